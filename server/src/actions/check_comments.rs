//! Shows comments to the spam check, and tells it where it was wrong.

use crate::{
    actions::Failure,
    config::MAX_CHECKS,
    house::House,
    spam::{Opinion, Shown},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::comment::SpamCheck;
use store::comment::{Due, Report};

/// How long a comment is left alone after the check was out of reach for the first time; each time after that, twice as
/// long.
const REST: TimeDelta = TimeDelta::minutes(2);

/// Sees to the next comment that is due, and says whether there was one. When the check is out of reach the comment waits
/// in the queue as unchecked, and is shown again later; it is lost in no case.
pub async fn check_next(house: &House, now: DateTime<Utc>) -> Result<bool, Failure> {
    let Some(spam) = &house.spam else { return Ok(false) };
    let mut snapshot = house.store.snapshot().await?;
    let Some(due) = store::comment::next_due(&mut snapshot, now).await? else { return Ok(false) };
    drop(snapshot);
    let id = due.comment.id;
    let shown = shown(&due);
    let said = match due.report {
        None => spam.ask(&shown).await.map(Some),
        Some(report) => spam.correct(&shown, opinion(report)).await.map(|()| None),
    };
    let mut tx = house.store.begin().await?;
    match said {
        Ok(Some(Opinion::Spam)) => store::comment::found(&mut tx, id, SpamCheck::Suspect).await?,
        Ok(Some(Opinion::Clean)) => store::comment::found(&mut tx, id, SpamCheck::Clean).await?,
        Ok(None) => store::comment::told(&mut tx, id).await?,
        Err(error) => {
            tracing::warn!(
                service = spam.name(),
                error = &error as &dyn std::error::Error,
                "a comment was not checked"
            );
            match (due.tries + 1 < MAX_CHECKS, due.report) {
                (true, _) => {
                    let until = now + REST * (1 << due.tries.min(16));
                    store::comment::put_off(&mut tx, id, Some(until)).await?;
                }
                (false, None) => store::comment::put_off(&mut tx, id, None).await?,
                (false, Some(_)) => store::comment::told(&mut tx, id).await?,
            }
        }
    }
    tx.commit().await?;
    Ok(true)
}

fn opinion(report: Report) -> Opinion {
    match report {
        Report::Spam => Opinion::Spam,
        Report::Clean => Opinion::Clean,
    }
}

fn shown(due: &Due) -> Shown {
    let comment = &due.comment;
    Shown {
        name: comment.name.to_string(),
        words: comment.words.to_string(),
        address: due.sender.address.clone().unwrap_or_default(),
        agent: due.sender.agent.clone(),
        came_at: comment.came_at,
    }
}
