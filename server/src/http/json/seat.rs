//! A seat before an article: what happens in its group, told as it happens.

use crate::{
    house::House,
    http::{
        error::{Problem, Refusal, sentence},
        extract::{Acts, Asked, On},
        guard::SameSite,
    },
    live::{
        hub::NoSeat,
        seat::{self, Connection, Sitter},
    },
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header::UPGRADE},
    response::{IntoResponse, Response},
};
use domain::{
    id::ArticleId,
    live::{Said, Told},
    permission::Reader,
};
use hyper::upgrade::OnUpgrade;
use hyper_util::{rt::TokioIo, server::conn::auto::upgrade::downcast};
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;

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
    mut request: Request,
) -> Result<Response, Refusal> {
    let Ok(answer) = create_response_with_body(&request, Body::empty) else { return Ok(upgrade_required()) };
    let place = house.hub.admit(acts.person.id)?;
    let sitter = Sitter { person: acts.person.id, group: on.by.group(), article: on.id, proof: acts.proof };
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        // Who goes away meanwhile does not sit down.
        let Some(connection) = upgraded(upgrade).await else { return };
        seat::sit(house.hub, house.store, place, sitter, after, connection).await;
    });
    Ok(answer)
}

/// The connection itself, when the answer has been sent. Those who have something to tell write to it directly.
async fn upgraded(upgrade: OnUpgrade) -> Option<Connection> {
    match downcast::<TokioIo<TcpStream>>(upgrade.await.ok()?) {
        Ok(parts) => Some(Connection { stream: parts.io.into_inner(), read: parts.read_buf.into() }),
        Err(_) => {
            tracing::error!("a seat was asked for over something else than a TCP connection");
            None
        }
    }
}

fn upgrade_required() -> Response {
    let message = "This address is a WebSocket: ask for one (RFC 6455). What has happened is also at /api/v1/events.";
    let refusal = Refusal::new(StatusCode::UPGRADE_REQUIRED, "not_a_websocket", message);
    ([(UPGRADE, HeaderValue::from_static("websocket"))], refusal).into_response()
}
