//! A seat before an article: what happens in its group, told as it happens.

use crate::{
    config::MAX_SAID_BYTES,
    house::House,
    http::{
        error::{Problem, Refusal, sentence},
        extract::{Acts, Asked, On},
        guard::SameSite,
    },
    live::{
        hub::NoSeat,
        seat::{self, Sitter},
    },
};
use axum::{
    extract::{
        State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderValue, StatusCode, header::UPGRADE},
    response::{IntoResponse, Response},
};
use domain::{
    id::ArticleId,
    live::{Said, Told},
    permission::Reader,
};
use serde::Deserialize;

/// What each seat keeps of what comes in: a few messages of a browser.
const READ_BUFFER: usize = 1024;
/// How much that goes out is gathered before it is written. What is larger is written at once.
const WRITE_BUFFER: usize = 4 * 1024;

/// From where on a seat is told what happens.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// The number of the last event that was applied; 0 for none.
    #[serde(default)]
    after: u64,
}

impl From<NoSeat> for Refusal {
    fn from(reason: NoSeat) -> Self {
        let (status, kind) = match reason {
            NoSeat::Full(_) | NoSeat::Ended => (StatusCode::SERVICE_UNAVAILABLE, "no_seat"),
            NoSeat::Yours(_) => (StatusCode::TOO_MANY_REQUESTS, "too_many_seats"),
        };
        Self::new(status, kind, sentence(&reason.to_string()))
    }
}

/// Follows an article as it changes: a WebSocket (RFC 6455) with JSON in text frames.
///
/// The server tells (`Told`) every event of the article's group after the number, in order, contiguous, each once; and who has
/// the article open. A browser says (`Said`) where its person is. It is closed with 4008 when what is told is not taken in
/// (connect again with the last number that was applied), with 4003 when the person has left the group or is signed out, with 4010
/// when the number has not been given out here (read the article anew), with 1012 when the server stops.
#[utoipa::path(get, path = "/api/v1/articles/{article}/seat", tag = "live", params(("article" = String, Path), After),
    responses((status = 101, description = "the WebSocket is open; it tells this", body = Told, content_type = "application/json"),
        (status = "default", description = "what a browser says in it; never an answer", body = Said),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 426, description = "it was not asked for a WebSocket", body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
pub async fn sit(
    _: SameSite,
    State(house): State<House>,
    acts: Acts,
    on: On<ArticleId, Reader>,
    Asked(After { after }): Asked<After>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Refusal> {
    let Ok(upgrade) = upgrade else { return Ok(upgrade_required()) };
    let place = house.hub.admit(acts.person.id)?;
    let sitter = Sitter { person: acts.person.id, group: on.by.group(), article: on.id, proof: acts.proof };
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_message_size(MAX_SAID_BYTES)
        .max_frame_size(MAX_SAID_BYTES);
    Ok(upgrade.on_upgrade(move |socket| seat::sit(house.hub, house.store, place, sitter, after, socket)))
}

fn upgrade_required() -> Response {
    let message = "This address is a WebSocket: ask for one (RFC 6455). What has happened is also at /api/v1/events.";
    let refusal = Refusal::new(StatusCode::UPGRADE_REQUIRED, "not_a_websocket", message);
    ([(UPGRADE, HeaderValue::from_static("websocket"))], refusal).into_response()
}
