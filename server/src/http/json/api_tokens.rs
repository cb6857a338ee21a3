//! The tokens of a person over JSON. Only a sign-in makes and revokes them: no token makes another.

use crate::{
    actions::keep_api_tokens,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Me, Part, parsed},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    api_token::{ApiToken, MadeApiToken},
    ask::MakeApiToken,
};

/// The tokens, the newest first.
#[utoipa::path(get, path = "/api/v1/account/tokens", tag = "account", security(("cookie" = [])),
    responses((status = 200, body = Vec<ApiToken>), (status = 401, body = Problem)))]
pub async fn list(State(house): State<House>, me: Me) -> Result<Json<Vec<ApiToken>>, Refusal> {
    Ok(Json(keep_api_tokens::list(&house, &me.person).await?))
}

/// Makes a token. Its secret is in the answer, this once.
#[utoipa::path(post, path = "/api/v1/account/tokens", tag = "account", security(("cookie" = [])), request_body = MakeApiToken,
    responses((status = 201, body = MadeApiToken), (status = 401, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn make(
    State(house): State<House>,
    me: Me,
    Body(ask): Body<MakeApiToken>,
) -> Result<(StatusCode, Json<MadeApiToken>), Refusal> {
    Ok((StatusCode::CREATED, Json(keep_api_tokens::make(&house, &me.person, ask).await?)))
}

/// Revokes a token.
#[utoipa::path(delete, path = "/api/v1/account/tokens/{token}", tag = "account", security(("cookie" = [])), params(("token" = String, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn revoke(State(house): State<House>, me: Me, Part(token): Part) -> Result<StatusCode, Refusal> {
    keep_api_tokens::revoke(&house, &me.person, parsed(&token, "token")?).await?;
    Ok(StatusCode::NO_CONTENT)
}
