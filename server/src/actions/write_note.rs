//! Writes a note, changes it, takes it away.

use crate::{actions::Failure, clock, house::House};
use domain::{
    article::Block,
    ask::{EditNote, WriteNote},
    event::{Change, Event},
    id::{ArticleId, GroupId, NoteId},
    mention,
    note::{About, Note, Written},
    permission::{Annotator, Member},
    words::NoteBody,
};
use store::Db;

/// How deep replies may stand: the 20th answer to an answer is written beside it instead.
pub const MAX_REPLY_DEPTH: usize = 20;

/// Writes a note about a highlight, the article or another note. A reply to a settled thread opens it again.
pub async fn write(house: &House, by: Member<Annotator>, article: ArticleId, ask: WriteNote) -> Result<Event, Failure> {
    let blocks = import::note_blocks(ask.body.as_str());
    let mut act = house.begin(by).await?;
    let above = check_about(&mut act, article, ask.about).await?;
    for note in above.iter().filter(|note| note.resolved.is_some()) {
        store::note::set_resolved(&mut act, note.id, None).await?;
    }
    let Written { body, blocks, mentions } = written(&mut act, by.group(), ask.body, blocks).await?;
    let note = Note {
        id: NoteId::from_bits(clock::bits()),
        article,
        about: ask.about,
        body,
        blocks,
        written_by: act.by,
        written_at: act.now,
        edited_at: None,
        edit: None,
        mentions,
        resolved: None,
        reactions: Vec::new(),
    };
    store::note::insert(&mut act, &note).await?;
    act.done(Some(article), Change::NoteWritten(note)).await
}

/// The words with the names in them that are those of people of the group.
pub(super) async fn written(
    db: &mut Db,
    group: GroupId,
    body: NoteBody,
    mut blocks: Vec<Block>,
) -> Result<Written, Failure> {
    let mentions = match body.as_str().contains('@') {
        true => mention::mark(&mut blocks, &store::person::of_group(db, group).await?),
        false => Vec::new(),
    };
    Ok(Written { body, blocks, mentions })
}

/// What a note is about must be of the same article. Gives the notes that it answers, the nearest first.
async fn check_about(db: &mut Db, article: ArticleId, about: About) -> Result<Vec<Note>, Failure> {
    let (what, home) = match about {
        About::Article(id) => ("article", Some(id)),
        About::Highlight(id) => ("highlight", store::highlight::get(db, id).await?.map(|each| each.article)),
        About::Note(id) => ("note", store::note::get(db, id).await?.map(|each| each.article)),
    };
    if home != Some(article) {
        return Err(Failure::NotFound(what));
    }
    above(db, about).await
}

async fn above(db: &mut Db, mut about: About) -> Result<Vec<Note>, Failure> {
    let mut above = Vec::new();
    while let About::Note(id) = about {
        let note = store::note::get(db, id).await?.ok_or(Failure::NotFound("note"))?;
        about = note.about;
        above.push(note);
        if above.len() == MAX_REPLY_DEPTH {
            return Err(Failure::Invalid(format!(
                "replies stand {MAX_REPLY_DEPTH} deep at the most: answer the note above this one"
            )));
        }
    }
    Ok(above)
}

/// Changes one's own note.
pub async fn edit(house: &House, by: Member<Annotator>, id: NoteId, ask: EditNote) -> Result<Event, Failure> {
    let blocks = import::note_blocks(ask.body.as_str());
    let mut act = house.begin(by).await?;
    let note = own(&mut act, by, id).await?;
    let written = written(&mut act, by.group(), ask.body, blocks).await?;
    let stamp = act.stamp().await?;
    let note = note.edited(written, ask.base, stamp).map_err(Failure::EditedMeanwhile)?;
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
