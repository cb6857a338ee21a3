//! Everybody's accounts over JSON, for an administrator who is signed in.

use crate::{
    actions::{keep_passkeys, keep_people, reset_password},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Administers, Body, Part, parsed},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    ask::ChangePerson,
    person::{PersonRow, ResetLink},
};

/// Everybody who has an account, by name.
#[utoipa::path(get, path = "/api/v1/people", tag = "people", security(("cookie" = [])),
    responses((status = 200, body = Vec<PersonRow>), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn list(State(house): State<House>, Administers(by): Administers) -> Result<Json<Vec<PersonRow>>, Refusal> {
    Ok(Json(keep_people::list(&house, by).await?))
}

/// Disables an account, enables it, makes its person an administrator or no longer one.
#[utoipa::path(patch, path = "/api/v1/people/{person}", tag = "people", security(("cookie" = [])), params(("person" = String, Path)),
    request_body = ChangePerson,
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn change(
    State(house): State<House>,
    Administers(by): Administers,
    Part(person): Part,
    Body(ask): Body<ChangePerson>,
) -> Result<StatusCode, Refusal> {
    keep_people::change(&house, by, parsed(&person, "person")?, ask).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a link by which somebody chooses another password. It is in the answer, this once.
#[utoipa::path(post, path = "/api/v1/people/{person}/reset", tag = "people", security(("cookie" = [])), params(("person" = String, Path)),
    responses((status = 201, body = ResetLink), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn reset(
    State(house): State<House>,
    Administers(by): Administers,
    Part(person): Part,
) -> Result<(StatusCode, Json<ResetLink>), Refusal> {
    let link = reset_password::make_link(&house, by, parsed(&person, "person")?).await?;
    Ok((StatusCode::CREATED, Json(link)))
}

/// Removes all passkeys of somebody, who may have lost a device. Their sign-ins go on, and so does their password.
#[utoipa::path(delete, path = "/api/v1/people/{person}/passkeys", tag = "people", security(("cookie" = [])), params(("person" = String, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn remove_passkeys(
    State(house): State<House>,
    Administers(by): Administers,
    Part(person): Part,
) -> Result<StatusCode, Refusal> {
    keep_passkeys::remove_all(&house, by, parsed(&person, "person")?).await?;
    Ok(StatusCode::NO_CONTENT)
}
