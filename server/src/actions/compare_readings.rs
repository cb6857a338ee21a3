//! Lays two readings of an article over each other.

use crate::{actions::Failure, house::House};
use domain::{
    article::{Comparison, RevisionLine},
    id::ArticleId,
    page::{Changes, History},
    permission::{Member, Reader},
};

/// What a reading changed since an older one; since the one before it when none is said.
pub async fn compare(
    house: &House,
    by: Member<Reader>,
    id: ArticleId,
    from: Option<u32>,
    to: u32,
) -> Result<Changes, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let history = store::page::history(&mut snapshot, by, id).await?.ok_or(Failure::NotFound("article"))?;
    let to = line(&history, to)?;
    let from =
        from.or(to.number.checked_sub(1).filter(|number| *number > 0)).ok_or(Failure::NotFound("older reading"))?;
    let from = line(&history, from)?;
    if from.number >= to.number {
        let (from, to) = (from.number, to.number);
        return Err(Failure::Invalid(format!(
            "reading {from} is not older than reading {to}: compare with an older one"
        )));
    }
    let missing = || Failure::NotFound("reading");
    let old = store::revision::get(&mut snapshot, id, Some(from.number)).await?.ok_or_else(missing)?;
    let new = store::revision::get(&mut snapshot, id, Some(to.number)).await?.ok_or_else(missing)?;
    drop(snapshot);
    let laid = tokio::task::spawn_blocking(move || Comparison::of(&old.blocks, &new.blocks));
    let comparison = laid.await.map_err(Failure::internal)?;
    let between = history.revisions.iter().rev().filter(|row| {
        let number = row.revision.number;
        from.number < number && number <= to.number
    });
    let touched = between.flat_map(|row| row.touched.clone()).collect();
    let newest = history.revisions.first().map_or(to.number, |row| row.revision.number);
    Ok(Changes { article: history.article, from, to, newest, comparison, touched })
}

fn line(history: &History, number: u32) -> Result<RevisionLine, Failure> {
    let row = history.revisions.iter().find(|row| row.revision.number == number);
    row.map(|row| row.revision.clone()).ok_or(Failure::NotFound("reading"))
}
