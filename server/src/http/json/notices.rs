//! What a person was told because it concerns them, over JSON.

use crate::{
    actions::{mail_notices, notify},
    clock,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Asked, Body, Me},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    ask::{ReadNotices, SetMailing},
    mailing::Mailing,
    notice::Notices,
};
use serde::Deserialize;

/// Which notices are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// Only those before this one; the newest when it is not said.
    #[serde(default)]
    before: Option<u64>,
}

/// What a person was told, in all their groups, the newest first; fifty at the most.
#[utoipa::path(get, path = "/api/v1/account/notices", tag = "account", params(Before), security(("cookie" = [])),
    responses((status = 200, body = Notices), (status = 401, body = Problem)))]
pub async fn list(
    State(house): State<House>,
    me: Me,
    Asked(Before { before }): Asked<Before>,
) -> Result<Json<Notices>, Refusal> {
    Ok(Json(notify::list(&house, &me.person, before).await?))
}

/// Says that one has seen what one was told, up to a notice.
#[utoipa::path(put, path = "/api/v1/account/notices/read", tag = "account", request_body = ReadNotices, security(("cookie" = [])),
    responses((status = 204), (status = 401, body = Problem)))]
pub async fn read(State(house): State<House>, me: Me, Body(ask): Body<ReadNotices>) -> Result<StatusCode, Refusal> {
    notify::read(&house, &me.person, ask.through).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How one is mailed what one has not seen.
#[utoipa::path(get, path = "/api/v1/account/mailing", tag = "account", security(("cookie" = [])),
    responses((status = 200, body = Mailing), (status = 401, body = Problem)))]
pub async fn mailing(State(house): State<House>, me: Me) -> Result<Json<Mailing>, Refusal> {
    Ok(Json(mail_notices::mailing(&house, &me.person).await?))
}

/// Chooses how often one is mailed what one has not seen.
#[utoipa::path(put, path = "/api/v1/account/mailing", tag = "account", request_body = SetMailing, security(("cookie" = [])),
    responses((status = 204), (status = 401, body = Problem), (status = 409, body = Problem)))]
pub async fn set_mailing(
    State(house): State<House>,
    me: Me,
    Body(ask): Body<SetMailing>,
) -> Result<StatusCode, Refusal> {
    mail_notices::choose(&house, &me.person, ask.rhythm, clock::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
