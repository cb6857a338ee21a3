//! The addresses at which a person's feed reader asks what happens in their groups, over JSON.

use crate::{
    actions::keep_bulletins,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Me, Part, parsed},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::bulletin::{Bulletin, MadeBulletin};

/// One's groups, with whether there is an address for a feed reader. The addresses themselves are told once.
#[utoipa::path(get, path = "/api/v1/account/bulletins", tag = "account", security(("cookie" = [])),
    responses((status = 200, body = Vec<Bulletin>), (status = 401, body = Problem)))]
pub async fn list(State(house): State<House>, me: Me) -> Result<Json<Vec<Bulletin>>, Refusal> {
    Ok(Json(keep_bulletins::list(&house, &me.person).await?))
}

/// Makes an address: an Atom feed of what happens in the group, as oneself may see it. The one before opens nothing any more.
#[utoipa::path(post, path = "/api/v1/account/bulletins/{group}", tag = "account", params(("group" = String, Path)),
    security(("cookie" = [])),
    responses((status = 201, body = MadeBulletin), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub async fn make(
    State(house): State<House>,
    me: Me,
    Part(group): Part,
) -> Result<(StatusCode, Json<MadeBulletin>), Refusal> {
    let made = keep_bulletins::make(&house, &me.person, parsed(&group, "group")?).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Revokes the address.
#[utoipa::path(delete, path = "/api/v1/account/bulletins/{group}", tag = "account", params(("group" = String, Path)),
    security(("cookie" = [])),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub async fn revoke(State(house): State<House>, me: Me, Part(group): Part) -> Result<StatusCode, Refusal> {
    keep_bulletins::revoke(&house, &me.person, parsed(&group, "group")?).await?;
    Ok(StatusCode::NO_CONTENT)
}
