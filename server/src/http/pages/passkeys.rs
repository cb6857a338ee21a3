//! A person's passkeys: a list with plain forms, and what the script needs that adds one.

use super::{Answer, draw, trouble::for_member};
use crate::{
    actions::{Failure, keep_account::Proof, keep_passkeys, sign_in::Caller},
    http::{
        error::Refusal,
        extract::{Here, Me, Part, parsed},
        state::Door,
    },
};
use axum::{
    Form,
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    page::{Page, PasskeysSheet, Visitor},
    permission::Reader,
    words::PasskeyName,
};
use serde::Deserialize;

/// The page.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>, caller: Caller) -> Response {
    for_member(&door, &uri, who, async |me| with(&door, me.visitor, StatusCode::OK, caller.called, None).await).await
}

async fn with(door: &Door, visitor: Visitor, status: StatusCode, called: String, trouble: Option<String>) -> Answer {
    let passkeys = keep_passkeys::list(&door.house, &visitor.person).await?;
    let sheet = PasskeysSheet { passkeys, called, trouble };
    Ok(draw(door, status, Some(visitor), Page::Passkeys(Box::new(sheet))).await)
}

/// The form that calls one something else.
#[derive(Deserialize)]
pub struct Typed {
    name: String,
}

/// Calls a passkey something else.
pub async fn rename(
    State(door): State<Door>,
    uri: Uri,
    Part(passkey): Part,
    who: Result<Here<Reader>, Refusal>,
    caller: Caller,
    Form(typed): Form<Typed>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let renamed = async {
            let name = PasskeyName::parse(&typed.name)?;
            let id = passkey.parse().map_err(|_| Failure::NotFound("passkey"))?;
            keep_passkeys::rename(&door.house, &here.visitor.person, id, name).await
        };
        match renamed.await {
            Ok(()) => Ok(Redirect::to("/account/passkeys").into_response()),
            Err(failure) => again(&door, here.visitor, caller, failure).await,
        }
    })
    .await
}

/// The form that removes one.
#[derive(Deserialize)]
pub struct Proven {
    #[serde(default)]
    password: String,
}

/// Removes a passkey.
pub async fn remove(
    State(door): State<Door>,
    uri: Uri,
    Part(passkey): Part,
    who: Result<Here<Reader>, Refusal>,
    me: Result<Me, Refusal>,
    caller: Caller,
    Form(typed): Form<Proven>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Me { person, token } = me?;
        let proof = Proof { person: &person, here: &token, password: &typed.password };
        match keep_passkeys::remove(&door.house, proof, parsed(&passkey, "passkey")?).await {
            Ok(()) => Ok(Redirect::to("/account/passkeys").into_response()),
            Err(failure) => again(&door, here.visitor, caller, failure).await,
        }
    })
    .await
}

/// Shows the page with what was wrong, when a person can mend it.
async fn again(door: &Door, visitor: Visitor, caller: Caller, failure: Failure) -> Answer {
    let words = match &failure {
        Failure::WrongPassword => Some("That is not your password: the passkey was not removed.".to_owned()),
        Failure::Invalid(_) | Failure::Conflict(_) | Failure::TooManyGuesses { .. } => None,
        _ => return Err(failure.into()),
    };
    let Refusal { status, problem, wait, .. } = failure.into();
    let words = words.unwrap_or(problem.message);
    let mut answer = with(door, visitor, status, caller.called, Some(words)).await?;
    Refusal::say_wait(wait, &mut answer);
    Ok(answer)
}
