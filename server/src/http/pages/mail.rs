//! A person's mail address: where they say it, where they confirm it, and where who has forgotten their password asks
//! for a link.

use super::{
    Answer, draw,
    reset::or_trouble,
    trouble::{self, for_member},
};
use crate::{
    actions::{
        Failure,
        keep_account::Proof,
        keep_mail,
        sign_in::{Caller, Token},
    },
    http::{
        error::Refusal,
        extract::{Here, Me, Part},
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
    page::{ConfirmSheet, ForgottenSheet, MailSheet, Page, Visitor},
    permission::Reader,
};
use serde::Deserialize;

/// The page of the address.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |me| again(&door, me.visitor, StatusCode::OK, String::new(), None).await).await
}

async fn again(door: &Door, visitor: Visitor, status: StatusCode, typed: String, trouble: Option<String>) -> Answer {
    let mail = keep_mail::account_mail(&door.house, &visitor.person).await?;
    let sheet = MailSheet { mail, typed, trouble };
    Ok(draw(door, status, Some(visitor), Page::Mail(Box::new(sheet))).await)
}

/// The form that says an address, or takes it away.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    address: String,
    password: String,
}

/// Sends a link to the address.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    me: Result<Me, Refusal>,
    Form(typed): Form<Typed>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Me { person, token } = me?;
        let asked = async {
            let address =
                typed.address.parse().map_err(|bad: domain::mail::BadMailAddress| Failure::Invalid(bad.to_string()))?;
            let proof = Proof { person: &person, here: &token, password: &typed.password };
            keep_mail::ask_for(&door.house, proof, address).await
        };
        let done = asked.await;
        or_again(&door, here.visitor, typed.address.clone(), done).await
    })
    .await
}

/// Takes the address away.
pub async fn remove(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    me: Result<Me, Refusal>,
    Form(typed): Form<Typed>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Me { person, token } = me?;
        let proof = Proof { person: &person, here: &token, password: &typed.password };
        let done = keep_mail::remove(&door.house, proof).await;
        or_again(&door, here.visitor, String::new(), done).await
    })
    .await
}

/// Back to the page; with what was wrong, when a person can mend it.
async fn or_again(door: &Door, visitor: Visitor, typed: String, done: Result<(), Failure>) -> Answer {
    match done {
        Ok(()) => Ok(Redirect::to("/account/mail").into_response()),
        Err(Failure::WrongPassword) => {
            let words = "That is not your password. Nothing was changed.".to_owned();
            again(door, visitor, StatusCode::UNAUTHORIZED, typed, Some(words)).await
        }
        Err(
            failure @ (Failure::Invalid(_)
            | Failure::Conflict(_)
            | Failure::TooManyGuesses { .. }
            | Failure::TooManyTries { .. }),
        ) => {
            let Refusal { status, problem, wait, .. } = failure.into();
            let mut answer = again(door, visitor, status, typed, Some(problem.message)).await?;
            Refusal::say_wait(wait, &mut answer);
            Ok(answer)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The page behind the link that confirms an address. Looking at it confirms nothing: mail programs look at links too.
pub async fn confirmation(State(door): State<Door>, Part(link): Part, caller: Caller) -> Response {
    let awaited = keep_mail::awaited(&door.house, &Token::from_cookie(&link), caller.address).await;
    let answer = match awaited {
        Ok((person, address)) => {
            let sheet = ConfirmSheet { link, name: person.name.to_string(), address, confirmed: false };
            Ok(draw(&door, StatusCode::OK, None, Page::Confirm(sheet)).await)
        }
        Err(failure) => Err(in_words(failure)),
    };
    or_trouble(&door, answer).await
}

/// Confirms an address.
pub async fn confirm(State(door): State<Door>, Part(link): Part, caller: Caller) -> Response {
    let token = Token::from_cookie(&link);
    let confirmed = async {
        let (person, address) = keep_mail::awaited(&door.house, &token, caller.address).await?;
        keep_mail::confirm(&door.house, &token, caller.address).await?;
        Ok(ConfirmSheet { link: link.clone(), name: person.name.to_string(), address, confirmed: true })
    };
    let answer = match confirmed.await {
        Ok(sheet) => Ok(draw(&door, StatusCode::OK, None, Page::Confirm(sheet)).await),
        Err(failure) => Err(in_words(failure)),
    };
    or_trouble(&door, answer).await
}

fn in_words(failure: Failure) -> trouble::PageRefusal {
    let missing = matches!(failure, Failure::NotFound(_));
    let mut refusal = Refusal::from(failure);
    if missing {
        refusal.problem.message =
            "This link is not good any more: it was used, it is older than two days, or another address \
                                   was said since. Say the address once more on your account’s page."
                .to_owned();
    }
    trouble::PageRefusal(refusal)
}

/// Where who has forgotten their password asks for a link. It is there where mail is sent.
pub async fn forgotten(State(door): State<Door>) -> Response {
    if door.house.config.mail.is_none() {
        return or_trouble(&door, Err(Failure::NotFound("page").into())).await;
    }
    draw(&door, StatusCode::OK, None, Page::Forgotten(ForgottenSheet::default())).await
}

/// The form that asks for a link.
#[derive(Deserialize)]
pub struct Asked {
    name: String,
}

/// Sends a link to whoever it is, and says the same whether there is somebody or not.
pub async fn send_link(State(door): State<Door>, caller: Caller, Form(asked): Form<Asked>) -> Response {
    let answer = match keep_mail::send_link(&door.house, asked.name.clone(), caller.address) {
        Ok(()) => {
            let sheet = ForgottenSheet { name: asked.name, sent: true };
            Ok(draw(&door, StatusCode::OK, None, Page::Forgotten(sheet)).await)
        }
        Err(failure) => Err(failure.into()),
    };
    or_trouble(&door, answer).await
}
