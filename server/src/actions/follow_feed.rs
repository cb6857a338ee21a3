//! Follows feeds, and stops following them.

use crate::{
    actions::{Failure, poll_feed},
    clock,
    config::MAX_FEEDS,
    house::House,
};
use domain::{
    article::ArticleAddress,
    event::{Change, Event},
    feed::Feed,
    id::FeedId,
    page::OfferedFeed,
    permission::{Editor, Member},
};
use fetch::Kind;

/// What came of following an address.
#[derive(Debug)]
pub enum Following {
    /// It is followed.
    Begun(Box<(Feed, Event)>),
    /// The page offers several feeds: a person chooses.
    Offered(Vec<OfferedFeed>),
}

/// Follows the feed at an address, or the one that the page at that address offers.
pub async fn follow(house: &House, by: Member<Editor>, address: &str) -> Result<Following, Failure> {
    let mut address = ArticleAddress::parse(address).map_err(|error| Failure::Invalid(error.to_string()))?;
    let (mut at, mut bytes) = get(house, by, &address).await?;
    let read = match lists::feed::read(&bytes, &at) {
        Ok(read) => read,
        Err(error) => {
            let offered = lists::feed::links(&String::from_utf8_lossy(&bytes), &at);
            let [only] = offered.as_slice() else {
                let offered: Vec<OfferedFeed> = offered
                    .into_iter()
                    .map(|link| {
                        let address = link.address.web();
                        OfferedFeed { title: link.title.unwrap_or_else(|| address.as_str().to_owned()), address }
                    })
                    .collect();
                return if offered.is_empty() {
                    Err(Failure::Invalid(format!("{error}, and the page offers none")))
                } else {
                    Ok(Following::Offered(offered))
                };
            };
            address = only.address.clone();
            (at, bytes) = get(house, by, &address).await?;
            lists::feed::read(&bytes, &at).map_err(|error| Failure::Invalid(error.to_string()))?
        }
    };
    let mut act = house.begin(by).await?;
    if store::feed::of_group(&mut act, by.group()).await?.len() >= MAX_FEEDS {
        return Err(Failure::Conflict(format!("a group follows {MAX_FEEDS} feeds at most: stop following one first")));
    }
    let feed = Feed {
        id: FeedId::from_bits(clock::bits()),
        group: by.group(),
        address: address.web(),
        title: read.title.clone().unwrap_or_else(|| address.host().to_owned()),
        home: read.home.clone(),
        followed_by: by.person(),
        followed_at: act.now,
    };
    // It was read just now: that was its first look.
    let now = act.now;
    store::feed::insert(&mut act, &feed, now).await?;
    poll_feed::keep_entries(&mut act, &feed, &read, now).await?;
    store::feed::went_well(&mut act, feed.id, now, now + house.config.feed_interval, None).await?;
    let event = act.done(None, Change::FeedFollowed(feed.clone())).await?;
    Ok(Following::Begun(Box::new((feed, event))))
}

async fn get(
    house: &House,
    by: Member<Editor>,
    address: &ArticleAddress,
) -> Result<(ArticleAddress, Vec<u8>), Failure> {
    let fetched = house.web.get_anew(by.group(), &address.web(), Kind::Feed).await?;
    let at = ArticleAddress::parse(fetched.address.as_str()).unwrap_or_else(|_| address.clone());
    Ok((at, fetched.bytes))
}

/// No longer follows a feed. What waits of it leaves the inbox; what was kept of it stays.
pub async fn unfollow(house: &House, by: Member<Editor>, id: FeedId) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    if store::feed::group_of(&mut act, id).await? != Some(by.group()) {
        return Err(Failure::NotFound("feed"));
    }
    let now = act.now;
    store::feed::unfollow(&mut act, id, now).await?;
    act.done(None, Change::FeedUnfollowed(id)).await
}

/// Looks at a feed as soon as may be. Nothing is changed by that, so it makes no event.
pub async fn poll_soon(house: &House, by: Member<Editor>, id: FeedId) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    if store::feed::group_of(&mut tx, id).await? != Some(by.group()) {
        return Err(Failure::NotFound("feed"));
    }
    store::feed::poll_soon(&mut tx, id, clock::now()).await?;
    tx.commit().await?;
    house.hands.ring();
    Ok(())
}
