//! Decides on a comment from outside.

use crate::{actions::Failure, house::House};
use domain::{
    comment::{CommentQueue, CommentState, SpamCheck},
    event::{Change, Event},
    id::CommentId,
    permission::{Editor, Member},
};
use store::comment::Report;

/// What a group's editors decide on; `most` of those that wait and of those that were decided.
pub async fn queue(house: &House, by: Member<Editor>, most: u32) -> Result<CommentQueue, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(store::comment::queue(&mut snapshot, by.group(), most).await?)
}

/// Approves, refuses, or calls spam. Each can be decided anew.
pub async fn decide(house: &House, by: Member<Editor>, id: CommentId, state: CommentState) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let comment = store::comment::get(&mut act, id).await?.ok_or(Failure::NotFound("comment"))?;
    if store::comment::group_of(&mut act, id).await? != Some(by.group()) {
        return Err(Failure::NotFound("comment"));
    }
    if state == CommentState::Waiting {
        return Err(Failure::Invalid("say approved, refused or spam".to_owned()));
    }
    if state == comment.state {
        return Err(Failure::Conflict(format!("it is {state} already")));
    }
    let (person, now) = (act.by, act.now);
    // A check is told where it was wrong, and of spam that it did not see.
    let report = match (state, comment.check) {
        _ if house.spam.is_none() => None,
        (CommentState::Approved, SpamCheck::Suspect) => Some(Report::Clean),
        (CommentState::Spam, SpamCheck::Clean | SpamCheck::Unchecked) => Some(Report::Spam),
        _ => None,
    };
    store::comment::decide(&mut act, id, state, person, now, report).await?;
    let article = comment.article;
    act.done(Some(article), Change::CommentDecided { comment: id, state }).await
}
