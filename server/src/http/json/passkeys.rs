//! Passkeys over JSON: those of a person, and signing in with one. A browser's script asks here, for only a browser reaches them.

use crate::{
    actions::{keep_account::Proof, keep_passkeys, sign_in::Caller},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Me, Part, parsed},
        session,
    },
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use axum_extra::extract::cookie::CookieJar;
use domain::{
    ask::{AddPasskey, BeginPasskey, ProveYourself, RenamePasskey, UsePasskey},
    passkey::{Passkey, PasskeyCeremony, Passkeys},
};

/// The passkeys of the account, the newest first, and where they work.
#[utoipa::path(get, path = "/api/v1/account/passkeys", tag = "account", security(("cookie" = [])),
    responses((status = 200, body = Passkeys), (status = 401, body = Problem)))]
pub async fn list(State(house): State<House>, me: Me) -> Result<Json<Passkeys>, Refusal> {
    Ok(Json(keep_passkeys::list(&house, &me.person).await?))
}

/// Begins to add a passkey: the options are for `navigator.credentials.create`. It is over in five minutes.
#[utoipa::path(post, path = "/api/v1/account/passkeys/begin", tag = "account", security(("cookie" = [])), request_body = BeginPasskey,
    responses((status = 201, body = PasskeyCeremony), (status = 401, body = Problem), (status = 403, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
pub async fn begin(
    State(house): State<House>,
    me: Me,
    Body(ask): Body<BeginPasskey>,
) -> Result<(StatusCode, Json<PasskeyCeremony>), Refusal> {
    let proof = Proof { person: &me.person, here: &me.token, password: &ask.password };
    Ok((StatusCode::CREATED, Json(keep_passkeys::begin(&house, proof, &ask.code).await?)))
}

/// Keeps the passkey that the browser has made, with the sign-in that began it.
#[utoipa::path(post, path = "/api/v1/account/passkeys", tag = "account", security(("cookie" = [])), request_body = AddPasskey,
    responses((status = 201, body = Passkey), (status = 401, body = Problem), (status = 403, body = Problem), (status = 409, body = Problem), (status = 410, body = Problem), (status = 422, body = Problem)))]
pub async fn add(
    State(house): State<House>,
    me: Me,
    Body(ask): Body<AddPasskey>,
) -> Result<(StatusCode, Json<Passkey>), Refusal> {
    Ok((StatusCode::CREATED, Json(keep_passkeys::add(&house, &me.person, &me.token, ask).await?)))
}

/// Calls a passkey something else.
#[utoipa::path(patch, path = "/api/v1/account/passkeys/{passkey}", tag = "account", security(("cookie" = [])), params(("passkey" = String, Path)),
    request_body = RenamePasskey,
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn rename(
    State(house): State<House>,
    me: Me,
    Part(passkey): Part,
    Body(ask): Body<RenamePasskey>,
) -> Result<StatusCode, Refusal> {
    keep_passkeys::rename(&house, &me.person, parsed(&passkey, "passkey")?, ask.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes a passkey, unless it is the only way into the account.
#[utoipa::path(post, path = "/api/v1/account/passkeys/{passkey}/remove", tag = "account", security(("cookie" = [])), params(("passkey" = String, Path)),
    request_body = ProveYourself,
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
pub async fn remove(
    State(house): State<House>,
    me: Me,
    Part(passkey): Part,
    Body(ask): Body<ProveYourself>,
) -> Result<StatusCode, Refusal> {
    let proof = Proof { person: &me.person, here: &me.token, password: &ask.password };
    keep_passkeys::remove(&house, proof, parsed(&passkey, "passkey")?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins a sign-in with a passkey: the options are for `navigator.credentials.get`. It is over in five minutes.
#[utoipa::path(post, path = "/api/v1/sign-in/passkey/begin", tag = "account", security(()),
    responses((status = 201, body = PasskeyCeremony), (status = 403, body = Problem), (status = 429, body = Problem)))]
pub async fn begin_sign_in(
    State(house): State<House>,
    caller: Caller,
) -> Result<(StatusCode, Json<PasskeyCeremony>), Refusal> {
    Ok((StatusCode::CREATED, Json(keep_passkeys::begin_sign_in(&house, &caller)?)))
}

/// Signs in whose passkey has answered: the answer brings the cookie of the sign-in.
#[utoipa::path(post, path = "/api/v1/sign-in/passkey", tag = "account", security(()), request_body = UsePasskey,
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 410, body = Problem), (status = 422, body = Problem)))]
pub async fn sign_in(
    State(house): State<House>,
    caller: Caller,
    jar: CookieJar,
    Body(ask): Body<UsePasskey>,
) -> Result<impl IntoResponse, Refusal> {
    let begun = keep_passkeys::sign_in(&house, ask, caller).await?;
    Ok((session::begin(jar, &house.config, &begun), StatusCode::NO_CONTENT))
}
