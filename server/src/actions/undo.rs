//! Undoes one change: brings back what was removed, sets back what was edited. It is a new event; nothing that happened is
//! rewritten, and what was done since is never overwritten.

mod take_back;

use crate::{
    actions::Failure,
    house::{Act, House},
};
use domain::{
    activity::Thing,
    claim::Claim,
    event::{Change, Event, Restored},
    highlight::{Carrier, Highlight, Landing},
    id::{ArticleId, ClaimId, HighlightId, NoteId, RevisionId, SourceId},
    note::{About, Note, Visibility},
    permission::{Annotator, Editor, Member},
    text::IndexedText,
    undo::CannotUndo,
    version::version,
};
use store::Db;

impl From<CannotUndo> for Failure {
    fn from(error: CannotUndo) -> Self {
        Self::Conflict(format!("this cannot be undone: {error}"))
    }
}

/// Undoes what the event of this number did: one's own, or as an editor what others did.
pub async fn undo(house: &House, by: Member<Annotator>, number: u64) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let event = store::event::get(&mut act, by, number).await?.ok_or(Failure::NotFound("event"))?;
    event.change.undoable()?;
    if event.by != by.person() {
        if event.change.is_its_authors() {
            return Err(Failure::NotYours);
        }
        by.at_least::<Editor>()?;
    }
    // Who sees what is taken away now, whoever saw it when it was made.
    let mut seen = Visibility::Group;
    let (article, change) = match &event.change {
        Change::HighlightMade(highlight) => take_back::highlight(&mut act, highlight.id, 0, &mut seen).await?,
        Change::HighlightRestored(Restored { highlights, notes }) => {
            let id = highlights.first().map(|each| each.id).ok_or(Failure::NotFound("highlight"))?;
            take_back::highlight(&mut act, id, notes.len(), &mut seen).await?
        }
        Change::HighlightMoved(highlight) => take_back::place(&mut act, by, highlight).await?,
        Change::NoteWritten(note) => take_back::note(&mut act, note.id, 1, &mut seen).await?,
        Change::NoteRestored(notes) => {
            let id = notes.first().map(|each| each.id).ok_or(Failure::NotFound("note"))?;
            take_back::note(&mut act, id, notes.len(), &mut seen).await?
        }
        Change::NoteResolved(note) | Change::NoteReopened(note) => {
            take_back::resolution(&mut act, &event, note).await?
        }
        Change::NoteReacted(note) => take_back::reaction(&mut act, by, &event, note).await?,
        Change::NoteShared(note) => take_back::sight(&mut act, by, &event, note).await?,
        Change::ClaimMade { claim, highlight } | Change::ClaimAppeared { claim, highlight } => {
            take_back::appearance(&mut act, by, &event, claim, highlight).await?
        }
        Change::AppearanceTakenBack { claim, highlight } => {
            take_back::appearance_again(&mut act, by, &event, claim, *highlight).await?
        }
        Change::ClaimRestored(claim) => take_back::claim(&mut act, by, claim).await?,
        Change::SourceTagged(_) | Change::SourceUntagged(_) => take_back::tag(&mut act, &event).await?,
        Change::RepairReviewed(review) => take_back::review(&mut act, &event, *review).await?,
        Change::HighlightRecoloured(highlight) => recolour(&mut act, by, &event, highlight.id).await?,
        Change::HighlightRemoved(id) => bring_highlight(&mut act, &event, *id).await?,
        Change::NoteEdited(note) => edit_note(&mut act, by, &event, note.id).await?,
        Change::NoteRemoved(id) => bring_notes(&mut act, &event, *id).await?,
        Change::ClaimChanged(claim) => change_claim(&mut act, by, &event, claim).await?,
        Change::ClaimRemoved(id) => bring_claim(&mut act, by, &event, *id).await?,
        Change::SourceRemoved(id) => bring_source(&mut act, by, &event, *id).await?,
        _ => return Err(CannotUndo("there is no way back from it").into()),
    };
    // What comes back is seen by those who see it; of all else the change itself says whose it is.
    match &change {
        Change::HighlightRestored(Restored { highlights, .. }) => {
            seen = highlights.first().map_or(Visibility::Group, |each| each.visibility);
        }
        Change::NoteRestored(notes) => seen = notes.first().map_or(Visibility::Group, |note| note.visibility),
        _ => {}
    }
    act.undoing(number).done_as(article, change, seen).await
}

type Undone = (Option<ArticleId>, Change);

/// The change before an event about the same thing; what the thing was before is in it.
async fn before(act: &mut Act, by: Member<Annotator>, event: &Event, thing: Thing) -> Result<Change, Failure> {
    let before = store::event::before(act, by, thing, event.number, false).await?;
    Ok(before.ok_or(CannotUndo("what it was before was not written down"))?.change)
}

async fn recolour(act: &mut Act, by: Member<Annotator>, event: &Event, id: HighlightId) -> Result<Undone, Failure> {
    let removed = CannotUndo("the highlight was removed since");
    let now = store::highlight::get(act, id, by.person()).await?.ok_or(removed)?;
    let newest = store::event::last_about(act, event.group, Thing::Highlight(id), "highlight_recoloured").await?;
    if newest != Some(event.number) {
        return Err(CannotUndo("the highlight was given another colour since").into());
    }
    let before = before(act, by, event, Thing::Highlight(id)).await?;
    let colour = before.highlight(id).map_or(now.colour, |before| before.colour);
    store::highlight::recolour(act, id, colour).await?;
    Ok((Some(now.article), Change::HighlightRecoloured(Highlight { colour, ..now })))
}

/// Brings a highlight back, and the notes that went with it. In readings that came since, its words are looked for.
async fn bring_highlight(act: &mut Act, event: &Event, id: HighlightId) -> Result<Undone, Failure> {
    let article = event.article.ok_or(Failure::NotFound("article"))?;
    if !store::highlight::restore(act, id, event.at).await? {
        return Err(CannotUndo("the highlight was brought back since").into());
    }
    let mut notes = Vec::new();
    for note in store::note::removed_about(act, About::Highlight(id), event.at).await? {
        notes.extend(store::note::restore(act, note, event.at).await?);
    }
    notes.sort_by_key(|note: &Note| note.written_at);
    let highlights = carried(act, article, id).await?;
    Ok((Some(article), Change::HighlightRestored(Restored { highlights, notes })))
}

/// The highlight as it stands in each reading, the latest first. While it was away it was not carried over to the readings
/// that came: that is done now, one step after the other.
async fn carried(act: &mut Act, article: ArticleId, id: HighlightId) -> Result<Vec<Highlight>, Failure> {
    let person = act.by;
    let mut readings: Vec<RevisionId> =
        store::revision::of_article(act, article).await?.into_iter().map(|line| line.id).collect();
    readings.reverse();
    let mut standings: Vec<Highlight> = Vec::new();
    let mut previous: Option<RevisionId> = None;
    for reading in readings {
        let here =
            store::highlight::of_article(act, article, reading, person).await?.into_iter().find(|each| each.id == id);
        let here = match (here, standings.first(), previous) {
            (Some(here), ..) => Some(here),
            // It was made after this reading.
            (None, None, _) | (None, _, None) => None,
            (None, Some(before), Some(previous)) => {
                let landing = carry(act, article, before.clone(), previous, reading).await?;
                let now = act.now;
                store::placement::insert(act, id, reading, &landing.standing, landing.words.as_deref(), now).await?;
                store::highlight::of_article(act, article, reading, person)
                    .await?
                    .into_iter()
                    .find(|each| each.id == id)
            }
        };
        if let Some(here) = here {
            standings.insert(0, here);
        }
        previous = Some(reading);
    }
    Ok(standings)
}

/// One step from the reading before to the next, away from the threads that answer requests.
async fn carry(
    act: &mut Act,
    article: ArticleId,
    highlight: Highlight,
    previous: RevisionId,
    next: RevisionId,
) -> Result<Landing, Failure> {
    let previous_text = text(act, article, previous).await?;
    let new_text = text(act, article, next).await?;
    let older = match highlight.revision == previous {
        true => None,
        false => Some((highlight.revision, text(act, article, highlight.revision).await?)),
    };
    let work = tokio::task::spawn_blocking(move || {
        let (previous, new) = (IndexedText::new(&previous_text), IndexedText::new(&new_text));
        let older = older.as_ref().map(|(id, text)| (*id, IndexedText::new(text)));
        let carrier = Carrier::new(&previous, older.iter().map(|(id, text)| (*id, text)), &new);
        carrier.carry_all(std::slice::from_ref(&highlight)).pop()
    });
    let landing = work.await.map_err(Failure::internal)?;
    landing.ok_or_else(|| Failure::internal("a highlight landed nowhere"))
}

async fn text(db: &mut Db, article: ArticleId, revision: RevisionId) -> Result<String, Failure> {
    store::revision::canonical_text(db, article, revision).await?.ok_or(Failure::NotFound("reading"))
}

async fn edit_note(act: &mut Act, by: Member<Annotator>, event: &Event, id: NoteId) -> Result<Undone, Failure> {
    let removed = CannotUndo("the note was removed since");
    let now = store::note::get(act, id, by.person()).await?.ok_or(removed)?;
    if version(&now.edit) != event.number {
        return Err(CannotUndo("the note was changed again since").into());
    }
    let before = before(act, by, event, Thing::Note(id)).await?;
    let before = before.note(id).ok_or(CannotUndo("what it said before was not written down"))?;
    let (body, blocks, mentions) = (before.body.clone(), before.blocks.clone(), before.mentions.clone());
    let edit = Some(act.stamp().await?);
    let note = Note { body, blocks, mentions, edited_at: before.edited_at, edit, ..now };
    store::note::edit(act, &note).await?;
    Ok((Some(note.article), Change::NoteEdited(note)))
}

/// Brings a note back, and the replies that went with it.
async fn bring_notes(act: &mut Act, event: &Event, id: NoteId) -> Result<Undone, Failure> {
    let person = act.by;
    let notes = store::note::restore(act, id, event.at).await?;
    let Some(first) = notes.iter().find(|note| note.id == id) else {
        return Err(CannotUndo("the note was brought back since").into());
    };
    let there = match first.about {
        About::Article(_) => true,
        About::Highlight(highlight) => store::highlight::get(act, highlight, person).await?.is_some(),
        About::Note(above) => store::note::get(act, above, person).await?.is_some(),
    };
    if !there {
        return Err(CannotUndo("what it was about was removed since: bring that back first").into());
    }
    Ok((Some(first.article), Change::NoteRestored(notes)))
}

async fn change_claim(act: &mut Act, by: Member<Annotator>, event: &Event, after: &Claim) -> Result<Undone, Failure> {
    let removed = CannotUndo("the claim was removed since: bring it back first");
    let now = store::claim::get(act, by.group(), after.id).await?.ok_or(removed)?;
    let before = before(act, by, event, Thing::Claim(after.id)).await?;
    let before = before.claim().ok_or(CannotUndo("what it was before was not written down"))?;
    // Words that are marked apart from the claim: that it does not appear in them was all that changed.
    if let Some(words) = before.appearances.iter().find(|words| !after.appearances.contains(words)) {
        return take_back::appearance_in(act, event, now, *words).await;
    }
    let stamp = act.stamp().await?;
    let claim = now.undone(before, after, event.number, stamp)?;
    // What was judged is the editors', and so is judging.
    let words = |claim: &Claim| (claim.statement.clone(), claim.claimant.clone(), claim.state);
    if claim.judgement != now.judgement || now.judgement.is_some() && words(&claim) != words(&now) {
        by.at_least::<Editor>()?;
    }
    for each in &claim.attributions {
        if let Some(domain::claim::Evidence::Highlight { highlight }) = &each.evidence
            && store::highlight::get(act, *highlight, by.person()).await?.is_none()
        {
            return Err(CannotUndo("the words that show it were removed since: bring them back first").into());
        }
    }
    store::claim::update(act, &claim).await?;
    store::attribution::set_all(act, claim.id, &claim.attributions).await?;
    let article = store::claim::home(act, claim.id).await?;
    Ok((article, Change::ClaimChanged(claim)))
}

async fn bring_claim(act: &mut Act, by: Member<Annotator>, event: &Event, id: ClaimId) -> Result<Undone, Failure> {
    let before = before(act, by, event, Thing::Claim(id)).await?;
    let before = before.claim().ok_or(CannotUndo("what it was before was not written down"))?;
    if before.judgement.is_some() {
        by.at_least::<Editor>()?;
    }
    if !store::claim::restore(act, id, event.at).await? {
        return Err(CannotUndo("the claim was brought back since").into());
    }
    for highlight in &before.appearances {
        if store::highlight::get(act, *highlight, by.person()).await?.is_none() {
            return Err(CannotUndo("words in which it appears were removed since: bring them back first").into());
        }
        if store::claim::is_appearance(act, *highlight).await? {
            return Err(CannotUndo("its words belong to another claim now").into());
        }
        store::claim::add_appearance(act, id, *highlight).await?;
    }
    let claim = store::claim::get(act, by.group(), id).await?.ok_or(Failure::NotFound("claim"))?;
    let article = store::claim::home(act, id).await?;
    Ok((article, Change::ClaimRestored(claim)))
}

async fn bring_source(act: &mut Act, by: Member<Annotator>, event: &Event, id: SourceId) -> Result<Undone, Failure> {
    by.at_least::<Editor>()?;
    if !store::source::restore(act, id, event.at).await? {
        return Err(CannotUndo("the source was put back on the list since").into());
    }
    let source = store::source::get(act, by.group(), id).await?.ok_or(Failure::NotFound("source"))?;
    Ok((None, Change::SourceKept(source)))
}
