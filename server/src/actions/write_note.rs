//! Writes a note, changes it, takes it away.

use crate::{
    actions::Failure,
    clock,
    house::{Act, House},
};
use domain::{
    article::Block,
    ask::{EditNote, WriteNote},
    event::{Change, Event},
    highlight::Highlight,
    id::{ArticleId, GroupId, NoteId},
    mention,
    note::{About, Note, Visibility, Written},
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
    let (above, most) = most_visible(&mut act, article, ask.about).await?;
    let visibility = ask.visibility.unwrap_or(Visibility::Group.min(most));
    check_visibility(visibility, most)?;
    let Written { body, blocks, mentions } = written(&mut act, by.group(), ask.body, blocks).await?;
    let note = Note {
        id: ask.id.unwrap_or_else(|| NoteId::from_bits(clock::bits())),
        article,
        about: ask.about,
        visibility,
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
    // What is new is not folded away unread.
    for settled in above.iter().filter(|above| above.resolved.is_some() && note.reopens(above)) {
        store::note::set_resolved(&mut act, settled.id, None).await?;
    }
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

/// Nobody sees more of a conversation than its beginning.
pub(super) fn check_visibility(visibility: Visibility, most: Visibility) -> Result<(), Failure> {
    if visibility > most {
        return Err(Failure::Invalid("a note can be seen by no more people than what it is about".to_owned()));
    }
    Ok(())
}

/// By whom a note about this can be seen at the most: what it is about is of the same article, and its author sees it.
/// Gives the notes that it answers as well, the nearest first.
async fn most_visible(act: &mut Act, article: ArticleId, about: About) -> Result<(Vec<Note>, Visibility), Failure> {
    let by = act.by;
    let (what, home, most) = match about {
        About::Article(id) => ("article", Some(id), Visibility::Public),
        About::Highlight(id) => match store::highlight::get(act, id, by).await? {
            Some(highlight) => ("highlight", Some(highlight.article), on_highlight(&highlight)),
            None => ("highlight", None, Visibility::Me),
        },
        About::Note(id) => match store::note::get(act, id, by).await? {
            Some(note) => ("note", Some(note.article), note.visibility),
            None => ("note", None, Visibility::Me),
        },
    };
    if home != Some(article) {
        return Err(Failure::NotFound(what));
    }
    Ok((above(act, about).await?, most))
}

/// Words that only one person sees are written about for that person.
pub(super) fn on_highlight(highlight: &Highlight) -> Visibility {
    let alone = highlight.withdrawn || highlight.visibility == Visibility::Me;
    if alone { Visibility::Me } else { Visibility::Public }
}

async fn above(act: &mut Act, mut about: About) -> Result<Vec<Note>, Failure> {
    let by = act.by;
    let mut above = Vec::new();
    while let About::Note(id) = about {
        let note = store::note::get(act, id, by).await?.ok_or(Failure::NotFound("note"))?;
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
    let note = own(&mut act, id).await?;
    let written = written(&mut act, by.group(), ask.body, blocks).await?;
    let stamp = act.stamp().await?;
    let note = note.edited(written, ask.base, stamp).map_err(Failure::EditedMeanwhile)?;
    store::note::edit(&mut act, &note).await?;
    act.done(Some(note.article), Change::NoteEdited(note)).await
}

/// Takes one's own note away, if nobody else has answered it. What others answered for themselves stays theirs.
pub async fn remove(house: &House, by: Member<Annotator>, id: NoteId) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let note = take_away(&mut act, id).await?;
    act.done_as(Some(note.article), Change::NoteRemoved(id), note.visibility).await
}

/// The same inside of an action, which ends otherwise.
pub(super) async fn take_away(act: &mut Act, id: NoteId) -> Result<Note, Failure> {
    let (by, now) = (act.by, act.now);
    let note = own(act, id).await?;
    if store::note::authors_about(act, About::Note(id), by).await?.iter().any(|author| *author != by) {
        return Err(Failure::Conflict("somebody else has answered this note".to_owned()));
    }
    store::note::remove(act, id, by, now).await?;
    Ok(note)
}

/// A note of the person who acts.
async fn own(act: &mut Act, id: NoteId) -> Result<Note, Failure> {
    let by = act.by;
    let note = store::note::get(act, id, by).await?.ok_or(Failure::NotFound("note"))?;
    (note.written_by == by).then_some(note).ok_or(Failure::NotYours)
}
