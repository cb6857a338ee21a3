//! Feeds and what they offer, over JSON.

use crate::{
    actions::{
        choose_entries,
        follow_feed::{self, Following},
    },
    config::MAX_ENTRIES_SHOWN,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Here, On, Within},
    },
};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    ask::{ChooseEntries, FollowFeed},
    event::Event,
    feed::{FeedList, Inbox},
    id::FeedId,
    page::OfferedFeed,
    permission::{Editor, Reader},
};

/// What waits for a choice, the newest first.
#[utoipa::path(get, path = "/api/v1/inbox", tag = "feeds", params(Within), responses((status = 200, body = Inbox), (status = 401, body = Problem)))]
pub async fn inbox(State(house): State<House>, here: Here<Reader>) -> Result<Json<Inbox>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(Json(store::page::inbox(&mut snapshot, here.by, MAX_ENTRIES_SHOWN).await?))
}

/// Says what becomes of entries: those that are kept are fetched.
#[utoipa::path(put, path = "/api/v1/entries", tag = "feeds", params(Within), request_body = ChooseEntries,
    responses((status = 200, body = Event), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn choose(
    State(house): State<House>,
    here: Here<Editor>,
    Body(ask): Body<ChooseEntries>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(choose_entries::choose(&house, here.by, ask).await?))
}

/// The feeds that the group follows.
#[utoipa::path(get, path = "/api/v1/feeds", tag = "feeds", params(Within), responses((status = 200, body = FeedList), (status = 401, body = Problem)))]
pub async fn list(State(house): State<House>, here: Here<Reader>) -> Result<Json<FeedList>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(Json(store::page::feeds(&mut snapshot, here.by).await?))
}

/// Follows the feed at an address. A page that offers several is answered with those, and nothing is followed.
#[utoipa::path(post, path = "/api/v1/feeds", tag = "feeds", params(Within), request_body = FollowFeed,
    responses((status = 201, body = Event), (status = 300, body = Vec<OfferedFeed>), (status = 409, body = Problem),
        (status = 422, body = Problem), (status = 502, body = Problem)))]
pub async fn follow(
    State(house): State<House>,
    here: Here<Editor>,
    Body(ask): Body<FollowFeed>,
) -> Result<Response, Refusal> {
    Ok(match follow_feed::follow(&house, here.by, &ask.address).await? {
        Following::Begun(begun) => (StatusCode::CREATED, Json(begun.1)).into_response(),
        Following::Offered(offered) => (StatusCode::MULTIPLE_CHOICES, Json(offered)).into_response(),
    })
}

/// No longer follows a feed.
#[utoipa::path(delete, path = "/api/v1/feeds/{feed}", tag = "feeds", params(("feed" = String, Path)),
    responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn unfollow(State(house): State<House>, on: On<FeedId, Editor>) -> Result<Json<Event>, Refusal> {
    Ok(Json(follow_feed::unfollow(&house, on.by, on.id).await?))
}

/// Looks at a feed as soon as may be.
#[utoipa::path(post, path = "/api/v1/feeds/{feed}/poll", tag = "feeds", params(("feed" = String, Path)),
    responses((status = 202), (status = 404, body = Problem)))]
pub async fn poll(State(house): State<House>, on: On<FeedId, Editor>) -> Result<StatusCode, Refusal> {
    follow_feed::poll_soon(&house, on.by, on.id).await?;
    Ok(StatusCode::ACCEPTED)
}
