//! Writes a note, changes it, takes it away.

use crate::{actions::Failure, clock, house::House};
use domain::{
    ask::{EditNote, WriteNote},
    event::{Change, Event},
    id::{ArticleId, NoteId},
    note::{About, Note},
    permission::{Annotator, Member},
};
use store::Db;

/// How deep replies may stand: the 20th answer to an answer is written beside it instead.
pub const MAX_REPLY_DEPTH: usize = 20;

/// Writes a note about a highlight, the article or another note.
pub async fn write(house: &House, by: Member<Annotator>, article: ArticleId, ask: WriteNote) -> Result<Event, Failure> {
    let blocks = import::note_blocks(ask.body.as_str());
    let mut act = house.begin(by).await?;
    check_about(&mut act, article, ask.about).await?;
    let note = Note {
        id: NoteId::from_bits(clock::bits()),
        article,
        about: ask.about,
        body: ask.body,
        blocks,
        written_by: act.by,
        written_at: act.now,
        edited_at: None,
        edit: None,
    };
    store::note::insert(&mut act, &note).await?;
    act.done(Some(article), Change::NoteWritten(note)).await
}

/// What a note is about must be of the same article.
async fn check_about(db: &mut Db, article: ArticleId, about: About) -> Result<(), Failure> {
    let (what, home) = match about {
        About::Article(id) => ("article", Some(id)),
        About::Highlight(id) => ("highlight", store::highlight::get(db, id).await?.map(|each| each.article)),
        About::Note(id) => ("note", store::note::get(db, id).await?.map(|each| each.article)),
    };
    if home != Some(article) {
        return Err(Failure::NotFound(what));
    }
    check_depth(db, about).await
}

async fn check_depth(db: &mut Db, about: About) -> Result<(), Failure> {
    let mut above = about;
    for _ in 0..MAX_REPLY_DEPTH {
        let About::Note(id) = above else { return Ok(()) };
        above = store::note::get(db, id).await?.ok_or(Failure::NotFound("note"))?.about;
    }
    Err(Failure::Invalid(format!("replies stand {MAX_REPLY_DEPTH} deep at the most: answer the note above this one")))
}

/// Changes one's own note.
pub async fn edit(house: &House, by: Member<Annotator>, id: NoteId, ask: EditNote) -> Result<Event, Failure> {
    let blocks = import::note_blocks(ask.body.as_str());
    let mut act = house.begin(by).await?;
    let note = own(&mut act, by, id).await?;
    let stamp = act.stamp().await?;
    let note = note.edited(ask.body, blocks, ask.base, stamp).map_err(|each| Failure::EditedMeanwhile(vec![each]))?;
    store::note::edit(&mut act, &note).await?;
    act.done(Some(note.article), Change::NoteEdited(note)).await
}

/// Takes one's own note away, if nobody else has answered it.
pub async fn remove(house: &House, by: Member<Annotator>, id: NoteId) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let note = own(&mut act, by, id).await?;
    if store::note::authors_about(&mut act, About::Note(id)).await?.iter().any(|author| *author != by.person()) {
        return Err(Failure::Conflict("somebody else has answered this note".to_owned()));
    }
    let now = act.now;
    store::note::remove(&mut act, id, now).await?;
    act.done(Some(note.article), Change::NoteRemoved(id)).await
}

async fn own(db: &mut Db, by: Member<Annotator>, id: NoteId) -> Result<Note, Failure> {
    let note = store::note::get(db, id).await?.ok_or(Failure::NotFound("note"))?;
    (note.written_by == by.person()).then_some(note).ok_or(Failure::NotYours)
}
