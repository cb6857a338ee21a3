//! Highlights words, gives them another colour, takes the highlight away.

use crate::{
    actions::Failure,
    clock,
    house::{Act, House},
};
use domain::{
    anchor,
    ask::{MakeHighlight, Recolour},
    event::{Change, Event},
    highlight::{Colour, Highlight},
    id::{ArticleId, HighlightId, RevisionId},
    note::{About, Visibility},
    permission::{Annotator, Member},
    selector::Selectors,
    text::{IndexedText, TextRange},
};

/// The most characters of one highlight, in code points: some three pages.
pub const MAX_HIGHLIGHT: u32 = 10_000;

/// What is said to who wants a highlight on the public page.
pub(super) const PUBLIC_HIGHLIGHT: &str =
    "a highlight is for you or for the group: write a public note about it, and the public page shows its words";

/// Highlights words of an article.
pub async fn make(
    house: &House,
    by: Member<Annotator>,
    article: ArticleId,
    ask: MakeHighlight,
) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    if ask.visibility == Visibility::Public {
        return Err(Failure::Invalid(PUBLIC_HIGHLIGHT.to_owned()));
    }
    let highlight = describe_at(&mut act, article, ask.revision, ask.range, ask.colour).await?;
    let id = ask.id.unwrap_or(highlight.id);
    let highlight = Highlight { id, visibility: ask.visibility, ..highlight };
    store::highlight::insert(&mut act, &highlight).await?;
    act.done(Some(article), Change::HighlightMade(highlight)).await
}

/// Keeps a highlight of these words, inside of an action.
pub(super) async fn mark(
    act: &mut Act,
    id: Option<HighlightId>,
    article: ArticleId,
    revision: RevisionId,
    range: TextRange,
    colour: Colour,
) -> Result<Highlight, Failure> {
    let highlight = describe_at(act, article, revision, range, colour).await?;
    let highlight = Highlight { id: id.unwrap_or(highlight.id), ..highlight };
    store::highlight::insert(act, &highlight).await?;
    Ok(highlight)
}

/// A highlight of these words of the latest reading, before it is kept.
pub(super) async fn describe_at(
    act: &mut Act,
    article: ArticleId,
    revision: RevisionId,
    range: TextRange,
    colour: Colour,
) -> Result<Highlight, Failure> {
    let selectors = described(act, article, revision, range).await?;
    Ok(Highlight {
        id: HighlightId::from_bits(clock::bits()),
        article,
        revision,
        colour,
        visibility: Visibility::Group,
        withdrawn: false,
        selectors,
        anchor: None,
        former: Vec::new(),
        made_by: act.by,
        made_at: act.now,
    })
}

/// Writes words of the latest reading down, when they can be a highlight.
pub(super) async fn described(
    act: &mut Act,
    article: ArticleId,
    revision: RevisionId,
    range: TextRange,
) -> Result<Selectors, Failure> {
    let text = store::revision::canonical_text(act, article, revision).await?.ok_or(Failure::NotFound("revision"))?;
    if store::revision::latest(act, article).await? != Some(revision) {
        return Err(Failure::Conflict("there is a newer reading of this article: mark its words there".to_owned()));
    }
    let text = IndexedText::new(&text);
    let beyond = || Failure::Invalid(format!("the range is not within the text, which has {} characters", text.len()));
    if range.start >= range.end {
        return Err(Failure::Invalid("the range is empty: its end must be greater than its start".to_owned()));
    }
    if range.len() > MAX_HIGHLIGHT {
        return Err(Failure::Invalid(format!(
            "a highlight has {MAX_HIGHLIGHT} characters at most: mark the words that matter"
        )));
    }
    let selectors = anchor::describe(&text, range).ok_or_else(beyond)?;
    if selectors.quote.exact.trim().is_empty() {
        return Err(Failure::Invalid("there are no words in that range".to_owned()));
    }
    Ok(selectors)
}

/// A highlight that the person who acts sees and that can be changed.
pub(super) async fn get(act: &mut Act, id: HighlightId) -> Result<Highlight, Failure> {
    let by = act.by;
    let highlight = store::highlight::get(act, id, by).await?.ok_or(Failure::NotFound("highlight"))?;
    if highlight.withdrawn {
        return Err(Failure::Conflict(
            "who marked these words took the highlight away: it is here only for the note that you keep on it"
                .to_owned(),
        ));
    }
    Ok(highlight)
}

/// Gives a highlight another colour.
pub async fn recolour(house: &House, by: Member<Annotator>, id: HighlightId, ask: Recolour) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let highlight = get(&mut act, id).await?;
    store::highlight::recolour(&mut act, id, ask.colour).await?;
    let article = highlight.article;
    act.done(Some(article), Change::HighlightRecoloured(Highlight { colour: ask.colour, ..highlight })).await
}

/// Takes a highlight away, and the notes about it. Not the words of a claim, and not others' words: a note that somebody
/// wrote about it for themselves stands in nobody's way, for that would tell of it, and keeps the highlight for them alone.
pub async fn remove(house: &House, by: Member<Annotator>, id: HighlightId) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let highlight = take_away(&mut act, id).await?;
    act.done_as(Some(highlight.article), Change::HighlightRemoved(id), highlight.visibility).await
}

/// The same inside of an action, which ends otherwise.
pub(super) async fn take_away(act: &mut Act, id: HighlightId) -> Result<Highlight, Failure> {
    let (by, now) = (act.by, act.now);
    let highlight = get(act, id).await?;
    if highlight.made_by != by {
        return Err(Failure::NotYours);
    }
    if store::claim::is_appearance(act, id).await? {
        return Err(Failure::Conflict("a claim stands on these words: remove the claim first".to_owned()));
    }
    if store::attribution::cites(act, id).await? {
        return Err(Failure::Conflict("these words are shown as evidence for a claim".to_owned()));
    }
    let about = About::Highlight(id);
    if store::note::authors_about(act, about, by).await?.iter().any(|author| *author != by) {
        return Err(Failure::Conflict("somebody else has written a note about these words".to_owned()));
    }
    store::note::remove_about(act, about, by, now).await?;
    store::highlight::remove(act, id, now).await?;
    Ok(highlight)
}
