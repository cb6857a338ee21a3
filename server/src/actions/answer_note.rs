//! Answers a note without words: settles its thread, opens it again, reacts.

use crate::{actions::Failure, house::House};
use domain::{
    ask::{ReactToNote, ResolveNote},
    event::{Change, Event},
    id::NoteId,
    note::{Note, Reacted},
    permission::{Annotator, Member},
};

/// Settles the thread that a note begins, or opens it again.
pub async fn resolve(house: &House, by: Member<Annotator>, id: NoteId, ask: ResolveNote) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let note = store::note::get(&mut act, id, by.person()).await?.ok_or(Failure::NotFound("note"))?;
    if note.is_reply() {
        return Err(Failure::Invalid("a thread is settled at the note that begins it".to_owned()));
    }
    if note.resolved.is_some() == ask.resolved {
        let words = if ask.resolved { "this thread is resolved already" } else { "this thread is open already" };
        return Err(Failure::Conflict(words.to_owned()));
    }
    let resolved = if ask.resolved { Some(act.stamp().await?) } else { None };
    store::note::set_resolved(&mut act, id, resolved).await?;
    let note = Note { resolved, ..note };
    let change = if ask.resolved { Change::NoteResolved } else { Change::NoteReopened };
    act.done(Some(note.article), change(note)).await
}

/// Says something to a note with one word, or takes it back.
pub async fn react(house: &House, by: Member<Annotator>, id: NoteId, ask: ReactToNote) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let mut note = store::note::get(&mut act, id, by.person()).await?.ok_or(Failure::NotFound("note"))?;
    let own = |each: &Reacted| each.by == by.person() && each.reaction == ask.reaction;
    match (note.reactions.iter().any(own), ask.given) {
        (false, true) => {
            let reacted = Reacted { reaction: ask.reaction, by: act.by, at: act.now };
            store::reaction::give(&mut act, id, &reacted).await?;
            note.reactions.push(reacted);
        }
        (true, false) => {
            store::reaction::take_back(&mut act, id, by.person(), ask.reaction).await?;
            note.reactions.retain(|each| !own(each));
        }
        (true, true) => return Err(Failure::Conflict("you have said that already".to_owned())),
        (false, false) => return Err(Failure::Conflict("you have not said that".to_owned())),
    }
    act.done(Some(note.article), Change::NoteReacted(note)).await
}
