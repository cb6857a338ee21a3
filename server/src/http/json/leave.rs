//! What a person takes away, and the end of their account, over JSON.

use crate::{
    actions::{delete_account, export_account},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Me},
        pages::leave::packed,
        session,
    },
};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use domain::{account::Departure, ask::DeleteAccount};

/// Everything that is the person's, as one zip.
#[utoipa::path(get, path = "/api/v1/account/export", tag = "account", security(("cookie" = [])),
    responses((status = 200, content_type = "application/zip"), (status = 401, body = Problem)))]
pub async fn export(State(house): State<House>, me: Me) -> Result<Response, Refusal> {
    Ok(packed(export_account::pack(&house, &me.person).await?))
}

/// What would become of everything if the account were deleted.
#[utoipa::path(get, path = "/api/v1/account/departure", tag = "account", security(("cookie" = [])),
    responses((status = 200, body = Departure), (status = 401, body = Problem)))]
pub async fn foresee(State(house): State<House>, me: Me) -> Result<Json<Departure>, Refusal> {
    Ok(Json(delete_account::departure(&house, &me.person).await?))
}

/// Deletes the account, for good.
#[utoipa::path(post, path = "/api/v1/account/departure", tag = "account", security(("cookie" = [])), request_body = DeleteAccount,
    responses((status = 204), (status = 401, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
pub async fn delete(
    State(house): State<House>,
    me: Me,
    jar: CookieJar,
    Body(ask): Body<DeleteAccount>,
) -> Result<Response, Refusal> {
    delete_account::delete(&house, &me.person, &me.token, &ask.password, ask.notes_too).await?;
    Ok((session::forget(jar, &house.config), StatusCode::NO_CONTENT).into_response())
}
