//! A person's own account over JSON.

use crate::{
    actions::{keep_account, sign_in::Caller},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Me, Part, parsed},
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
use domain::{account::Account, ask::ChangePassword, person::Password};

/// Who is signed in, and where.
#[utoipa::path(get, path = "/api/v1/account", tag = "account", security(("cookie" = [])), responses((status = 200, body = Account), (status = 401, body = Problem)))]
pub async fn show(State(house): State<House>, me: Me) -> Result<Json<Account>, Refusal> {
    Ok(Json(keep_account::account(&house, me.person, &me.token).await?))
}

/// Ends one sign-in.
#[utoipa::path(delete, path = "/api/v1/account/sessions/{session}", tag = "account", security(("cookie" = [])), params(("session" = String, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn end(State(house): State<House>, me: Me, Part(session): Part) -> Result<StatusCode, Refusal> {
    keep_account::end_session(&house, &me.person, &parsed(&session, "sign-in")?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends all sign-ins but this one.
#[utoipa::path(delete, path = "/api/v1/account/sessions", tag = "account", security(("cookie" = [])), responses((status = 204), (status = 401, body = Problem)))]
pub async fn end_others(State(house): State<House>, me: Me) -> Result<StatusCode, Refusal> {
    keep_account::end_others(&house, &me.person, &me.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Chooses another password. All sign-ins end; the answer's cookies are those of a new one.
#[utoipa::path(put, path = "/api/v1/account/password", tag = "account", security(("cookie" = [])), request_body = ChangePassword,
    responses((status = 204), (status = 401, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
pub async fn change_password(
    State(house): State<House>,
    me: Me,
    caller: Caller,
    jar: CookieJar,
    Body(ask): Body<ChangePassword>,
) -> Result<Response, Refusal> {
    let new = Password::new(&ask.new).map_err(crate::actions::Failure::from)?;
    let begun = keep_account::change_password(&house, &me.person, &me.token, &ask.current, &new, caller).await?;
    Ok((session::begin(jar, &house.config, &begun), StatusCode::NO_CONTENT).into_response())
}
