//! The second step of a sign-in: where it is set up, and where the code is asked for.

use super::{
    Answer,
    account::{begun_at, own_path},
    draw,
    trouble::for_member,
};
use crate::{
    actions::{Failure, keep_account::Proof, second_step, sign_in::Caller},
    http::{
        error::Refusal,
        extract::{Here, Me},
        session,
        state::Door,
    },
};
use axum::{
    Form,
    extract::{Query, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    page::{CodeForm, Page, SecondStepSheet, Visitor},
    permission::Reader,
    second_step::SecondStepSecret,
};
use qrcode::{QrCode, render::svg};
use serde::Deserialize;

/// The page.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |me| with(&door, me.visitor, StatusCode::OK, |sheet| sheet).await).await
}

/// The page, changed like this.
async fn with(
    door: &Door,
    visitor: Visitor,
    status: StatusCode,
    change: impl FnOnce(SecondStepSheet) -> SecondStepSheet,
) -> Answer {
    let state = second_step::state(&door.house, &visitor.person).await?;
    let sheet = change(SecondStepSheet { state, begun: None, codes: None, trouble: None });
    Ok(draw(door, status, Some(visitor), Page::SecondStep(Box::new(sheet))).await)
}

/// What the forms of the page send.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// Makes a secret, and shows it this once.
pub async fn begin(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    me: Result<Me, Refusal>,
    Form(typed): Form<Typed>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Me { person, token } = me?;
        let proof = Proof { person: &person, here: &token, password: &typed.password };
        match second_step::begin(&door.house, proof).await {
            Ok(secret) => {
                let qr = qr(&secret)?;
                let begun = |sheet| SecondStepSheet { begun: Some((secret, qr)), ..sheet };
                with(&door, here.visitor, StatusCode::CREATED, begun).await
            }
            Err(failure) => again(&door, here.visitor, failure).await,
        }
    })
    .await
}

/// The secret's address as a picture: an SVG in a `data:` address.
fn qr(secret: &SecondStepSecret) -> Result<String, Failure> {
    let code = QrCode::new(secret.address.as_bytes()).map_err(Failure::internal)?;
    let picture = code.render::<svg::Color>().min_dimensions(220, 220).build();
    Ok(format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(picture)))
}

/// Turns it on, and shows the recovery codes this once.
pub async fn confirm(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    Form(typed): Form<Typed>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        match second_step::confirm(&door.house, &here.visitor.person, &typed.code).await {
            Ok(codes) => {
                let made = |sheet| SecondStepSheet { codes: Some(codes), ..sheet };
                with(&door, here.visitor, StatusCode::CREATED, made).await
            }
            Err(failure) => again(&door, here.visitor, failure).await,
        }
    })
    .await
}

/// Makes other recovery codes, and shows them this once.
pub async fn renew(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    me: Result<Me, Refusal>,
    Form(typed): Form<Typed>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Me { person, token } = me?;
        let proof = Proof { person: &person, here: &token, password: &typed.password };
        match second_step::renew_recovery_codes(&door.house, proof, &typed.code).await {
            Ok(codes) => {
                let made = |sheet| SecondStepSheet { codes: Some(codes), ..sheet };
                with(&door, here.visitor, StatusCode::CREATED, made).await
            }
            Err(failure) => again(&door, here.visitor, failure).await,
        }
    })
    .await
}

/// Turns it off.
pub async fn off(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    me: Result<Me, Refusal>,
    Form(typed): Form<Typed>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Me { person, token } = me?;
        let proof = Proof { person: &person, here: &token, password: &typed.password };
        match second_step::turn_off(&door.house, proof, &typed.code).await {
            Ok(()) => Ok(Redirect::to("/account/second-step").into_response()),
            Err(failure) => again(&door, here.visitor, failure).await,
        }
    })
    .await
}

/// Shows the page with what was wrong, when a person can mend it.
async fn again(door: &Door, visitor: Visitor, failure: Failure) -> Answer {
    if matches!(failure, Failure::Internal(_) | Failure::NotSignedIn) {
        return Err(failure.into());
    }
    let wrong_password = matches!(failure, Failure::WrongPassword);
    let Refusal { status, problem, wait, .. } = failure.into();
    let words = if wrong_password { "That is not your password.".to_owned() } else { problem.message };
    let mut answer = with(door, visitor, status, |sheet| SecondStepSheet { trouble: Some(words), ..sheet }).await?;
    Refusal::say_wait(wait, &mut answer);
    Ok(answer)
}

/// Where to go after signing in.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: Option<String>,
}

/// The form that asks for the code, when a sign-in waits for one.
pub async fn ask(State(door): State<Door>, Query(query): Query<Next>, jar: CookieJar) -> Answer {
    let waiting = session::waiting(&jar, &door.house.config);
    let whose = match &waiting {
        Some(waiting) => second_step::whose(&door.house, waiting).await?,
        None => None,
    };
    if whose.is_none() {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let form = CodeForm { trouble: None, next: own_path(query.next.as_deref()).map(str::to_owned) };
    Ok(draw(&door, StatusCode::OK, None, Page::Code(form)).await)
}

/// The code.
#[derive(Deserialize)]
pub struct TypedCode {
    code: String,
    #[serde(default)]
    next: Option<String>,
}

/// Signs the person in, when the code is right.
pub async fn take(State(door): State<Door>, caller: Caller, jar: CookieJar, Form(typed): Form<TypedCode>) -> Answer {
    let config = &door.house.config;
    let Some(waiting) = session::waiting(&jar, config) else { return Ok(Redirect::to("/sign-in").into_response()) };
    let next = own_path(typed.next.as_deref());
    match second_step::sign_in(&door.house, &waiting, &typed.code, caller).await {
        Ok(begun) => {
            let answer = begun_at(&door, CookieJar::new(), &begun, next.unwrap_or("/"));
            Ok((session::waits_no_longer(config), answer).into_response())
        }
        Err(Failure::NotSignedIn) => Ok(Redirect::to("/sign-in").into_response()),
        Err(failure @ (Failure::WrongCode | Failure::TooManyTries { .. })) => {
            let Refusal { status, problem, wait, .. } = failure.into();
            let form = CodeForm { trouble: Some(problem.message), next: next.map(str::to_owned) };
            let mut answer = draw(&door, status, None, Page::Code(form)).await;
            Refusal::say_wait(wait, &mut answer);
            Ok(answer)
        }
        Err(failure) => Err(failure.into()),
    }
}
