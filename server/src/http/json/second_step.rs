//! The second step of a person's sign-ins over JSON.

use crate::{
    actions::{keep_account::Proof, second_step},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Me},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    ask::{ConfirmCode, ProveBoth, ProvePassword},
    second_step::{RecoveryCodes, SecondStep, SecondStepSecret},
};

/// Whether a second step is asked for.
#[utoipa::path(get, path = "/api/v1/account/second-step", tag = "account", security(("cookie" = [])),
    responses((status = 200, body = SecondStep), (status = 401, body = Problem)))]
pub async fn show(State(house): State<House>, me: Me) -> Result<Json<SecondStep>, Refusal> {
    Ok(Json(second_step::state(&house, &me.person).await?))
}

/// Makes a secret for an app. It is in the answer, this once; nothing is asked for until a code of it is confirmed.
#[utoipa::path(post, path = "/api/v1/account/second-step", tag = "account", security(("cookie" = [])), request_body = ProvePassword,
    responses((status = 201, body = SecondStepSecret), (status = 401, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
pub async fn begin(
    State(house): State<House>,
    me: Me,
    Body(ask): Body<ProvePassword>,
) -> Result<(StatusCode, Json<SecondStepSecret>), Refusal> {
    let proof = Proof { person: &me.person, here: &me.token, password: &ask.password };
    Ok((StatusCode::CREATED, Json(second_step::begin(&house, proof).await?)))
}

/// Turns it on, with a code of the app. The recovery codes are in the answer, this once.
#[utoipa::path(put, path = "/api/v1/account/second-step", tag = "account", security(("cookie" = [])), request_body = ConfirmCode,
    responses((status = 200, body = RecoveryCodes), (status = 401, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
pub async fn confirm(
    State(house): State<House>,
    me: Me,
    Body(ask): Body<ConfirmCode>,
) -> Result<Json<RecoveryCodes>, Refusal> {
    Ok(Json(second_step::confirm(&house, &me.person, &ask.code).await?))
}

/// Makes other recovery codes; those before are worth nothing.
#[utoipa::path(post, path = "/api/v1/account/second-step/recovery", tag = "account", security(("cookie" = [])), request_body = ProveBoth,
    responses((status = 200, body = RecoveryCodes), (status = 401, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
pub async fn renew(
    State(house): State<House>,
    me: Me,
    Body(ask): Body<ProveBoth>,
) -> Result<Json<RecoveryCodes>, Refusal> {
    let proof = Proof { person: &me.person, here: &me.token, password: &ask.password };
    Ok(Json(second_step::renew_recovery_codes(&house, proof, &ask.code).await?))
}

/// Turns it off.
#[utoipa::path(post, path = "/api/v1/account/second-step/off", tag = "account", security(("cookie" = [])), request_body = ProveBoth,
    responses((status = 204), (status = 401, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
pub async fn off(State(house): State<House>, me: Me, Body(ask): Body<ProveBoth>) -> Result<StatusCode, Refusal> {
    let proof = Proof { person: &me.person, here: &me.token, password: &ask.password };
    second_step::turn_off(&house, proof, &ask.code).await?;
    Ok(StatusCode::NO_CONTENT)
}
