//! Brings what another tool kept of an article: its text, the words that were marked there, what was written about them.

mod text;

use crate::{
    actions::{
        Failure, annotate,
        carry_arrival::{fetch_page, luggage, may_pass},
        import_article::{self, Brought, Ready},
        revise_article::{self, Renewal, Resemblance},
        take_in,
    },
    clock,
    hands::Carried,
    house::{Act, House},
};
use domain::{
    anchor::{Finder, Standing},
    arrival::{Arrival, ArrivalState, Phase},
    article::OriginForm,
    event::Change,
    highlight::{Colour, Highlight},
    id::{ArticleId, NoteId, RevisionId},
    note::{About, Note, Visibility},
    permission::{Editor, Member},
    selector::{QuoteSelector, Selectors},
    text::{IndexedText, Offset, TextRange},
    words::{MAX_NOTE, NoteBody},
};
use lists::{Item, Mark, Remark, Tool};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::address::Known;

/// An entry of another tool's list, as it is kept until it has arrived.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Clipping {
    /// Where it comes from.
    pub tool: Tool,
    /// What was kept there.
    pub item: Item,
}

/// Brings a clipping. Its article is the page as it is read now, or the text that came along. Where that cannot be had,
/// though it was tried as often as any link, or marked words are not in it, the marked words alone are its first reading; so none is lost, and those that the page no
/// longer has are shown as orphaned.
pub(super) async fn bring(
    house: &House,
    by: Member<Editor>,
    arrival: &Arrival,
    carried: &Carried<'_>,
) -> Result<(), Failure> {
    let json = luggage(house, arrival).await?;
    let Clipping { tool, item } = serde_json::from_slice(&json).map_err(Failure::internal)?;
    let page = page(house, by, &item, carried).await;
    if let Err(Failure::Fetch(error)) = &page
        && ((item.marks.is_empty() && item.notes.is_empty()) || may_pass(house, arrival, error).await?.is_some())
    {
        // It is tried again like any link: there is nothing to keep but the page, or the page may still be had.
        return Err(error.clone().into());
    }
    let page = page.ok();
    // What an article only claims to be is looked at once more, and without a page it cannot be.
    let known = known(house, by, &item).await?.filter(|known| page.is_some() || !known.claimed);
    let known = known.map(|known| known.article);
    let whole = page.as_ref().filter(|page| known.is_some() || text::has_all(page, &item.marks));
    let article = match (whole, known) {
        (Some(page), _) => arrived(take_in::take_in_read(house, by, page.clone(), None).await?)?,
        (None, Some(known)) => known,
        (None, None) => keep_marks_alone(house, by, &item, json).await?,
    };
    annotate_with(house, by, article, tool, &item).await?;
    if let Some(page) = page.filter(|_| known.is_none())
        && let Renewal::Begun(begun) = revise_article::renew(house, by, article, &page, Resemblance::Any).await?
    {
        let (act, revised) = *begun;
        act.done(Some(article), Change::ArticleRevised(revised)).await?;
    }
    finish(house, by, arrival, article).await
}

fn arrived(state: ArrivalState) -> Result<ArticleId, Failure> {
    state.article().ok_or_else(|| Failure::internal("what was taken in is no article"))
}

/// The text of the article: what came along, or the page as it is now.
async fn page(house: &House, by: Member<Editor>, item: &Item, carried: &Carried<'_>) -> Result<Arc<Ready>, Failure> {
    let brought = match (&item.content, &item.address) {
        (Some(content), address) => Brought {
            bytes: content.clone().into_bytes(),
            form: Some(OriginForm::Html),
            title: item.title.as_deref().and_then(|title| title.parse().ok()),
            address: address.clone(),
            selected: true,
            fetched: true,
            ..Brought::default()
        },
        (None, Some(address)) => fetch_page(house, by, &address.web(), carried).await?,
        (None, None) => return Err(Failure::NotFound("address")),
    };
    carried.reached(Phase::Reading);
    let mut ready = import_article::read(house, brought).await?;
    ready.draft.imprint.byline = ready.draft.imprint.byline.or_else(|| item.byline.clone());
    ready.draft.imprint.language = ready.draft.imprint.language.or_else(|| item.language.clone());
    ready.draft.imprint.published = ready.draft.imprint.published.or(item.published);
    ready.draft.imprint.picture = ready.draft.imprint.picture.or_else(|| item.picture.clone());
    Ok(Arc::new(ready))
}

async fn known(house: &House, by: Member<Editor>, item: &Item) -> Result<Option<Known>, Failure> {
    let Some(address) = &item.address else { return Ok(None) };
    let mut snapshot = house.store.snapshot().await?;
    Ok(store::address::article(&mut snapshot, by.group(), &[address.key()]).await?)
}

/// Keeps the marked words as an article of their own.
async fn keep_marks_alone(house: &House, by: Member<Editor>, item: &Item, json: Vec<u8>) -> Result<ArticleId, Failure> {
    let ready = text::read(item, &json)?;
    let mut act = house.begin(by).await?;
    let article = import_article::keep(&mut act, by.group(), by.person(), &ready).await?;
    act.done(Some(article.id), Change::ArticleAdded(article.clone())).await?;
    Ok(article.id)
}

/// Marks the words in the latest reading and writes the notes, unless they are there already. What has no place there is
/// written about the article, with its words.
async fn annotate_with(
    house: &House,
    by: Member<Editor>,
    article: ArticleId,
    tool: Tool,
    item: &Item,
) -> Result<(), Failure> {
    let mut act = house.begin(by).await?;
    let missing = || Failure::NotFound("article");
    let revision = store::revision::latest(&mut act, article).await?.ok_or_else(missing)?;
    let text = store::revision::canonical_text(&mut act, article, revision).await?.ok_or_else(missing)?;
    let text = IndexedText::new(&text);
    let mut hand = Hand {
        article,
        revision,
        tool,
        there: store::highlight::of_article(&mut act, article, revision, by.person()).await?,
        said: store::note::of_article(&mut act, article, by.person()).await?,
        highlights: Vec::new(),
        notes: Vec::new(),
    };
    let finder = Finder::new(&text);
    for mark in &item.marks {
        match place(&finder, mark) {
            Some(range) => hand.mark(&mut act, mark, range).await?,
            None => hand.write_unplaced(&mut act, mark).await?,
        }
    }
    for remark in &item.notes {
        hand.write(&mut act, About::Article(article), remark).await?;
    }
    if let Some(kept) = text::tags_line(tool, item) {
        hand.write(&mut act, About::Article(article), &Remark { body: kept, ..Remark::default() }).await?;
    }
    let Hand { highlights, notes, .. } = hand;
    if highlights.is_empty() && notes.is_empty() {
        return Ok(());
    }
    act.done(Some(article), Change::ClippingsBrought { highlights, notes }).await.map(drop)
}

/// Where marked words stand, when they are there to the letter.
fn place(finder: &Finder<'_>, mark: &Mark) -> Option<TextRange> {
    match finder.find(&selectors(mark)?) {
        Standing::Exact { range } | Standing::Moved { range } => {
            (range.len() <= annotate::MAX_HIGHLIGHT).then_some(range)
        }
        _ => None,
    }
}

/// What another tool wrote down of the words. The place it counted is a hint among twins.
pub(super) fn selectors(mark: &Mark) -> Option<Selectors> {
    let exact = mark.quote.trim().to_owned();
    let length = u32::try_from(exact.chars().count()).ok().filter(|length| *length > 0)?;
    let start = mark.start.unwrap_or(0);
    Some(Selectors {
        quote: QuoteSelector {
            exact,
            prefix: mark.prefix.clone().unwrap_or_default(),
            suffix: mark.suffix.clone().unwrap_or_default(),
        },
        position: TextRange::new(Offset(start), Offset(start.saturating_add(length)))?,
    })
}

/// Writes highlights and notes down, and remembers what is there.
struct Hand {
    article: ArticleId,
    revision: RevisionId,
    tool: Tool,
    there: Vec<Highlight>,
    said: Vec<Note>,
    highlights: Vec<Highlight>,
    notes: Vec<Note>,
}

impl Hand {
    async fn mark(&mut self, act: &mut Act, mark: &Mark, range: TextRange) -> Result<(), Failure> {
        let there = self.there.iter().find(|each| each.range() == Some(range)).map(|each| each.id);
        let highlight = match there {
            Some(id) => id,
            None => {
                let colour = mark.colour.unwrap_or(Colour::Yellow);
                let mut made = annotate::describe_at(act, self.article, self.revision, range, colour).await?;
                made.made_at = mark.made_at.unwrap_or(made.made_at);
                store::highlight::insert(act, &made).await?;
                let id = made.id;
                self.there.push(made.clone());
                self.highlights.push(made);
                id
            }
        };
        for remark in &mark.remarks {
            self.write(act, About::Highlight(highlight), remark).await?;
        }
        if let Some(tags) = text::tags(&mark.tags) {
            self.write(act, About::Highlight(highlight), &Remark { body: tags, ..Remark::default() }).await?;
        }
        Ok(())
    }

    async fn write_unplaced(&mut self, act: &mut Act, mark: &Mark) -> Result<(), Failure> {
        let note = Remark { body: text::unplaced(self.tool, mark), at: mark.made_at, ..Remark::default() };
        let Some(about) = self.write(act, About::Article(self.article), &note).await? else { return Ok(()) };
        for remark in &mark.remarks {
            self.write(act, About::Note(about), remark).await?;
        }
        Ok(())
    }

    /// Writes a remark and the replies to it; a long one in parts. Gives the note, also when it was there already.
    async fn write(&mut self, act: &mut Act, about: About, remark: &Remark) -> Result<Option<NoteId>, Failure> {
        let mut first = None;
        for body in text::bodies(self.tool, remark, MAX_NOTE) {
            let id = match self.said.iter().find(|note| note.about == about && note.body == body) {
                Some(note) => note.id,
                None => self.keep_note(act, about, body, remark).await?,
            };
            first = first.or(Some(id));
        }
        if let Some(id) = first {
            for reply in &remark.replies {
                // Replies to replies stand beside each other: the other tool's order is theirs by time.
                let about = if matches!(about, About::Note(_)) { about } else { About::Note(id) };
                Box::pin(self.write(act, about, reply)).await?;
            }
        }
        Ok(first)
    }

    async fn keep_note(
        &mut self,
        act: &mut Act,
        about: About,
        body: NoteBody,
        remark: &Remark,
    ) -> Result<NoteId, Failure> {
        let note = Note {
            id: NoteId::from_bits(clock::bits()),
            article: self.article,
            about,
            visibility: Visibility::Group,
            blocks: import::note_blocks(body.as_str()),
            body,
            written_by: act.by,
            written_at: remark.at.unwrap_or(act.now),
            edited_at: None,
            edit: None,
            mentions: Vec::new(),
            resolved: None,
            reactions: Vec::new(),
        };
        store::note::insert(act, &note).await?;
        let id = note.id;
        self.said.push(note.clone());
        self.notes.push(note);
        Ok(id)
    }
}

/// The last of it: the arrival is settled once all that came along is kept.
async fn finish(house: &House, by: Member<Editor>, arrival: &Arrival, article: ArticleId) -> Result<(), Failure> {
    let mut act = house.begin(by).await?;
    let state = ArrivalState::Kept { article };
    take_in::settle(&mut act, Some(arrival.id), &state).await?;
    let settled = Arrival { state, ..arrival.clone() };
    act.done(Some(article), Change::ArrivalSettled(settled)).await.map(drop)
}
