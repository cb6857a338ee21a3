//! Brings a newer reading of an article, and carries its highlights over.

use crate::{
    actions::{
        Failure,
        import_article::{self, Brought, Ready},
    },
    clock,
    house::{Act, House},
    packed,
};
use domain::{
    article::{
        Article, CANONICAL_TEXT_VERSION, Carried, Comparison, Repair, Revised, Revision, RevisionChange, RevisionLine,
        TouchedClaim,
    },
    claim::Claim,
    event::{Change, Event},
    highlight::{Carrier, Highlight, Landing},
    id::{ArticleId, GroupId, HighlightId, RevisionId},
    note::Visibility,
    permission::{Editor, Member},
    text::IndexedText,
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};
use store::{Db, revision::Original};

/// An article as a newer reading finds it.
#[derive(PartialEq)]
struct Before {
    article: Article,
    revision: Revision,
    canonical_text: String,
    original: Original,
    highlights: Vec<Highlight>,
    claims: Vec<Claim>,
    /// The texts of the other readings of which highlights speak.
    older: Vec<(RevisionId, String)>,
}

/// How much of a text must be left for a page to be the same article because its address says so, in hundredths of its
/// words.
const LEAST_RESEMBLANCE: usize = 20;

/// What a newer reading changes.
struct News {
    added: u32,
    removed: u32,
    /// Where each highlight lands, in the order of [`Before::highlights`].
    landings: Vec<Landing>,
    /// Another title for the article.
    title: Option<String>,
}

/// Brings a newer reading. Nothing is kept when anything is wrong with it, or when nothing has changed.
pub async fn revise(
    house: &House,
    by: Member<Editor>,
    id: ArticleId,
    brought: Brought,
) -> Result<(RevisionLine, Event), Failure> {
    let ready = Arc::new(import_article::read(house, brought).await?);
    match renew(house, by, id, &ready, Resemblance::Any).await? {
        Renewal::Begun(begun) => {
            let (act, revised) = *begun;
            let line = revised.revision.clone();
            let event = act.done(Some(id), Change::ArticleRevised(revised)).await?;
            Ok((line, event))
        }
        Renewal::Same { number } => Err(Failure::Conflict(format!("nothing has changed since reading {number}"))),
        Renewal::Another => Err(Failure::Conflict("this is another text".to_owned())),
    }
}

/// How much of the text before must be in a newer reading of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resemblance {
    /// Nothing: a person says that it is the same article.
    Any,
    /// Some of it: a page says so, and pages err.
    Some,
}

/// What a text is to an article that is there.
pub(super) enum Renewal {
    /// A newer reading, which is kept once this act is done.
    Begun(Box<(Act, Revised)>),
    /// The latest reading, of this number, to the letter.
    Same {
        /// Which.
        number: u32,
    },
    /// So different that it is not the same article.
    Another,
}

/// Brings what was read as a newer reading of an article, inside of an action that the caller ends.
pub(super) async fn renew(
    house: &House,
    by: Member<Editor>,
    id: ArticleId,
    ready: &Arc<Ready>,
    resemblance: Resemblance,
) -> Result<Renewal, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let seen = Arc::new(gather(&mut snapshot, by.group(), id).await?);
    drop(snapshot);
    // The long part is done while others can write. What they marked meanwhile is carried over with the rest.
    let mut news = find_news(&seen, ready).await?;
    let mut act = house.begin(by).await?;
    let mut before = Arc::new(gather(&mut act, by.group(), id).await?);
    if before == seen {
        before = seen;
    } else {
        news = find_news(&before, ready).await?;
    }
    let Some(news) = news else { return Ok(Renewal::Same { number: before.revision.number }) };
    if resemblance == Resemblance::Some && before.is_another(&news) {
        return Ok(Renewal::Another);
    }
    let revised = keep(&mut act, &before, ready, news).await?;
    Ok(Renewal::Begun(Box::new((act, revised))))
}

async fn gather(db: &mut Db, group: GroupId, id: ArticleId) -> Result<Before, Failure> {
    let missing = || Failure::NotFound("article");
    let article = store::article::get(db, group, id).await?.ok_or_else(missing)?;
    let revision = store::revision::get(db, id, None).await?.ok_or_else(missing)?;
    let canonical_text = store::revision::canonical_text(db, id, revision.id).await?.ok_or_else(missing)?;
    let original = store::revision::original(db, id, Some(revision.number)).await?.ok_or_else(missing)?;
    let highlights = store::highlight::all_of_article(db, id, revision.id).await?;
    let claims = store::claim::of_article(db, id).await?;
    let mut older = Vec::new();
    let spoken_of: BTreeSet<RevisionId> = highlights.iter().map(|highlight| highlight.revision).collect();
    for other in spoken_of.into_iter().filter(|other| *other != revision.id) {
        older.push((other, store::revision::canonical_text(db, id, other).await?.ok_or_else(missing)?));
    }
    Ok(Before { article, revision, canonical_text, original, highlights, claims, older })
}

/// Lays the texts over each other, away from the threads that answer requests. Nothing where nothing has changed.
async fn find_news(before: &Arc<Before>, ready: &Arc<Ready>) -> Result<Option<News>, Failure> {
    let (before, ready) = (before.clone(), ready.clone());
    let work = tokio::task::spawn_blocking(move || {
        let Before { revision, canonical_text, .. } = &*before;
        if *canonical_text == ready.canonical_text && revision.blocks == ready.draft.blocks {
            return None;
        }
        let Comparison { added, removed, .. } = Comparison::of(&revision.blocks, &ready.draft.blocks);
        let landings = before.carry(&ready.canonical_text);
        Some(News { added, removed, landings, title: before.another_title(&ready.draft.title) })
    });
    work.await.map_err(Failure::internal)
}

impl Before {
    fn carry(&self, canonical_text: &str) -> Vec<Landing> {
        if self.highlights.is_empty() {
            return Vec::new();
        }
        let (previous, new) = (IndexedText::new(&self.canonical_text), IndexedText::new(canonical_text));
        let older: Vec<_> = self.older.iter().map(|(id, text)| (*id, IndexedText::new(text))).collect();
        let carrier = Carrier::new(&previous, older.iter().map(|(id, text)| (*id, text)), &new);
        carrier.carry_all(&self.highlights)
    }

    /// The title of the new text, when the article has that of the old one: not when a person gave it another.
    fn another_title(&self, new: &str) -> Option<String> {
        if self.article.title == new {
            return None;
        }
        let old = match &self.revision.imprint.title {
            Some(title) => title.clone(),
            // Readings of before the title was written down.
            None => self.drafted_title()?,
        };
        (old == self.article.title).then(|| new.to_owned())
    }

    fn drafted_title(&self) -> Option<String> {
        let origin = &self.revision.origin;
        let bytes = packed::unpack(&self.original.gzip).ok()?;
        let (form, file_name) = (Some(origin.form), origin.file_name.as_deref());
        let brought = import::Brought { bytes: &bytes, form, file_name, ..Default::default() };
        // It was taken in once, so it is not too large, whatever the limit is by now.
        let limits = import::Limits { max_bytes: bytes.len(), ..Default::default() };
        Some(import::draft(&brought, &limits).ok()?.0.title)
    }

    /// Whether nearly nothing of the text is left in the news: pages name the address of another page as their own.
    fn is_another(&self, news: &News) -> bool {
        let words = self.canonical_text.split_whitespace().count();
        news.removed as usize * 100 > words * (100 - LEAST_RESEMBLANCE)
    }

    /// The claims whose words the new reading edits or takes out, in the order of the text that was before.
    fn touched(&self, landings: &[Landing]) -> Vec<TouchedClaim> {
        let claims = self.claims.iter().flat_map(|claim| claim.appearances.iter().map(move |id| (*id, claim)));
        let claims: HashMap<HighlightId, &Claim> = claims.collect();
        let touched = self.highlights.iter().zip(landings).filter_map(|(highlight, landing)| {
            let claim = claims.get(&highlight.id)?;
            Some(TouchedClaim {
                claim: claim.id,
                statement: claim.statement.clone(),
                highlight: highlight.id,
                before: landing.touched.clone()?,
                now: landing.words.clone(),
            })
        });
        touched.collect()
    }
}

/// Keeps the reading, how each highlight stands in it, and which claims it touched.
async fn keep(act: &mut Act, before: &Before, ready: &Arc<Ready>, news: News) -> Result<Revised, Failure> {
    let (now, by) = (act.now, act.by);
    let revision = Revision {
        id: RevisionId::from_bits(clock::bits()),
        article: before.article.id,
        number: before.revision.number + 1,
        blocks: ready.draft.blocks.clone(),
        text_version: CANONICAL_TEXT_VERSION,
        repairs: ready.draft.repairs.clone(),
        notices: ready.draft.notices.clone(),
        origin: ready.origin.clone(),
        imprint: ready.draft.imprint.clone(),
        taken_at: now,
    };
    let News { added, removed, landings, title } = news;
    // Counted is what the group sees; what is one person's alone is not told of.
    let seen = |highlight: &Highlight| highlight.visibility != Visibility::Me && !highlight.withdrawn;
    let seen = before.highlights.iter().zip(&landings).filter(|(highlight, _)| seen(highlight));
    let carried = Carried::of(seen.map(|(_, landing)| &landing.standing));
    let change = Some(RevisionChange { added, removed, carried });
    let line = store::revision::insert(act, &revision, by, &ready.canonical_text, &ready.original, change).await?;
    for (highlight, landing) in before.highlights.iter().zip(&landings) {
        let words = landing.words.as_deref();
        store::placement::insert(act, highlight.id, revision.id, &landing.standing, words, now).await?;
    }
    let Ready { draft, addresses, .. } = &**ready;
    import_article::keep_around(act, before.article.group, revision.article, &revision, addresses, &draft.pictures)
        .await?;
    // What people undid, nobody has to undo again. It can have been undone until now, so it is read here.
    let undone = store::review::of_revision(act, before.revision.id).await?;
    for (older, newer) in Repair::made_again(&before.revision.repairs, &revision.repairs) {
        if undone.iter().any(|review| review.repair == older && review.undone) {
            store::review::carry(act, (before.revision.id, older), (revision.id, newer)).await?;
        }
    }
    let touched = before.touched(&landings);
    for each in &touched {
        store::touched_claim::insert(act, revision.id, each).await?;
    }
    if let Some(title) = &title {
        store::article::rename(act, before.article.id, title).await?;
    }
    Ok(Revised { revision: line, title, touched })
}
