//! A person's mail address over JSON.

use crate::{
    actions::{keep_account::Proof, keep_mail},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Me},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    ask::{ProvePassword, SayMailAddress},
    mail::AccountMail,
};

/// The address, and one that is still to be confirmed.
#[utoipa::path(get, path = "/api/v1/account/mail", tag = "account", security(("cookie" = [])),
    responses((status = 200, body = AccountMail), (status = 401, body = Problem)))]
pub async fn show(State(house): State<House>, me: Me) -> Result<Json<AccountMail>, Refusal> {
    Ok(Json(keep_mail::account_mail(&house, &me.person).await?))
}

/// Says an address, to which a link is sent. Once it is followed, the address is the person's.
#[utoipa::path(put, path = "/api/v1/account/mail", tag = "account", security(("cookie" = [])), request_body = SayMailAddress,
    responses((status = 202), (status = 401, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
pub async fn say(State(house): State<House>, me: Me, Body(ask): Body<SayMailAddress>) -> Result<StatusCode, Refusal> {
    let proof = Proof { person: &me.person, here: &me.token, password: &ask.password };
    keep_mail::ask_for(&house, proof, ask.address).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Takes the address away.
#[utoipa::path(post, path = "/api/v1/account/mail/remove", tag = "account", security(("cookie" = [])), request_body = ProvePassword,
    responses((status = 204), (status = 401, body = Problem), (status = 429, body = Problem)))]
pub async fn remove(State(house): State<House>, me: Me, Body(ask): Body<ProvePassword>) -> Result<StatusCode, Refusal> {
    let proof = Proof { person: &me.person, here: &me.token, password: &ask.password };
    keep_mail::remove(&house, proof).await?;
    Ok(StatusCode::NO_CONTENT)
}
