//! In which language Postil speaks to a person, over JSON.

use crate::{
    actions::choose_language,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Me},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::ask::ChooseLanguage;

/// The language that whoever is signed in has chosen; none when it is the one that their browser asks for.
#[utoipa::path(get, path = "/api/v1/account/language", tag = "account", security(("cookie" = [])), responses((status = 200, body = ChooseLanguage), (status = 401, body = Problem)))]
pub async fn show(State(house): State<House>, me: Me) -> Result<Json<ChooseLanguage>, Refusal> {
    let language = choose_language::language(&house, &me.person).await?;
    Ok(Json(ChooseLanguage { language }))
}

/// Keeps which language it is, in all browsers.
#[utoipa::path(put, path = "/api/v1/account/language", tag = "account", security(("cookie" = [])), request_body = ChooseLanguage,
    responses((status = 204), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub async fn choose(
    State(house): State<House>,
    me: Me,
    Body(ask): Body<ChooseLanguage>,
) -> Result<StatusCode, Refusal> {
    choose_language::choose(&house, &me.person, ask.language).await?;
    Ok(StatusCode::NO_CONTENT)
}
