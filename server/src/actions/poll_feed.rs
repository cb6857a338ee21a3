//! Looks at feeds that are due, and puts what is new into the inbox. Nobody does this, so it makes no event: an entry is
//! the group's own once somebody keeps it.

use crate::{actions::Failure, clock, config::MAX_FEED_REST, house::House};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    article::ArticleAddress,
    feed::{Entry, Feed, FeedPulse},
    id::EntryId,
};
use fetch::{Answer, Kind, Want};
use store::{Db, feed::Look};

/// Looks at the feed that has been due for the longest time, and says whether there was one.
pub async fn poll_next(house: &House, now: DateTime<Utc>) -> Result<bool, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let Some((feed, pulse)) = store::feed::next_due(&mut snapshot, now).await? else { return Ok(false) };
    let (etag, modified) = store::feed::validators(&mut snapshot, feed.id).await?;
    drop(snapshot);
    let want = Want { kind: Kind::Feed, etag, modified };
    match look(house, &feed, want).await {
        Ok(found) => keep(house, &feed, found, now).await?,
        Err(Failure::Fetch(error)) => {
            let least = error.retry_after();
            fail(house, &feed, &pulse, now, error.to_string(), least).await?;
        }
        Err(failure) => fail(house, &feed, &pulse, now, failure.to_string(), None).await?,
    }
    Ok(true)
}

/// What a look found: nothing new, or a feed.
async fn look(house: &House, feed: &Feed, want: Want) -> Result<Option<(lists::feed::Feed, Look)>, Failure> {
    let address = ArticleAddress::parse(feed.address.as_str()).map_err(|error| Failure::Invalid(error.to_string()))?;
    let Answer::Fetched(fetched) = house.web.get(feed.group, &feed.address, want).await? else { return Ok(None) };
    let at = ArticleAddress::parse(fetched.address.as_str()).unwrap_or(address);
    let read = lists::feed::read(&fetched.bytes, &at).map_err(|error| Failure::Invalid(error.to_string()))?;
    let look = Look {
        etag: fetched.etag,
        last_modified: fetched.last_modified,
        title: read.title.clone(),
        home: read.home.clone(),
    };
    Ok(Some((read, look)))
}

async fn keep(
    house: &House,
    feed: &Feed,
    found: Option<(lists::feed::Feed, Look)>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    if let Some((read, _)) = &found {
        keep_entries(&mut tx, feed, read, now).await?;
    }
    let look = found.as_ref().map(|(_, look)| look);
    store::feed::went_well(&mut tx, feed.id, now, now + house.config.feed_interval, look).await?;
    Ok(tx.commit().await?)
}

/// Puts what is new into the inbox. What the group has as an article already is not offered again.
pub(super) async fn keep_entries(
    db: &mut Db,
    feed: &Feed,
    read: &lists::feed::Feed,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    for offered in &read.entries {
        let Some(address) = &offered.address else { continue };
        let known = store::address::article(db, feed.group, &[address.key()]).await?;
        if known.is_some_and(|known| !known.claimed) {
            continue;
        }
        let entry = Entry {
            id: EntryId::from_bits(clock::bits()),
            feed: feed.id,
            address: address.web(),
            title: offered.title.clone().unwrap_or_else(|| address.as_str().to_owned()),
            byline: offered.byline.clone(),
            summary: offered.summary.clone(),
            published: offered.published,
            seen_at: now,
        };
        store::entry::insert(db, &entry, &offered.id).await?;
    }
    Ok(())
}

/// Writes a failed look down. Each in a row doubles the rest, and no less than the server asks for.
async fn fail(
    house: &House,
    feed: &Feed,
    pulse: &FeedPulse,
    now: DateTime<Utc>,
    trouble: String,
    least: Option<std::time::Duration>,
) -> Result<(), Failure> {
    let next = now + rest(house.config.feed_interval, pulse.failures, least);
    let mut tx = house.store.begin().await?;
    store::feed::failed(&mut tx, feed.id, now, next, &trouble).await?;
    Ok(tx.commit().await?)
}

fn rest(interval: TimeDelta, failures: u32, least: Option<std::time::Duration>) -> TimeDelta {
    let doubled = interval.checked_mul(2_i32.saturating_pow(failures.min(10) + 1)).unwrap_or(MAX_FEED_REST);
    let asked = least.and_then(|least| TimeDelta::from_std(least).ok()).unwrap_or_default();
    doubled.min(MAX_FEED_REST).max(asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_feed_that_fails_is_left_alone_for_longer() {
        let half = TimeDelta::minutes(30);
        let rows = [
            (0, None, TimeDelta::hours(1)),
            (1, None, TimeDelta::hours(2)),
            (40, None, MAX_FEED_REST),
            (0, Some(Duration::from_secs(3 * 60 * 60)), TimeDelta::hours(3)),
            (3, Some(Duration::from_secs(60)), TimeDelta::hours(8)),
        ];
        for (failures, least, expected) in rows {
            assert_eq!(rest(half, failures, least), expected, "{failures} {least:?}");
        }
    }
}
