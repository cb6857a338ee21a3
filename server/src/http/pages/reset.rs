//! The page behind a link by which somebody chooses another password.

use super::{Answer, draw, trouble};
use crate::{
    actions::{
        Failure, reset_password,
        sign_in::{Caller, Token},
    },
    http::{error::Refusal, extract::Part, state::Door},
};
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    page::{Page, ResetSheet},
    person::Password,
};
use serde::Deserialize;

/// The form, when the link is good. Looking at it uses nothing up: mail programs look at links too.
pub async fn show(State(door): State<Door>, Part(link): Part, caller: Caller) -> Response {
    or_trouble(&door, form(&door, &link, &caller, StatusCode::OK, None).await).await
}

/// The form that chooses.
#[derive(Deserialize)]
pub struct Typed {
    new: String,
}

/// Sets the password, and leads to the sign-in.
pub async fn take(State(door): State<Door>, Part(link): Part, caller: Caller, Form(typed): Form<Typed>) -> Response {
    let new = match Password::new(&typed.new) {
        Ok(new) => new,
        Err(bad) => {
            let Refusal { status, problem, .. } = Failure::from(bad).into();
            return or_trouble(&door, form(&door, &link, &caller, status, Some(problem.message)).await).await;
        }
    };
    let set = reset_password::reset(&door.house, &Token::from_cookie(&link), new, caller.address).await;
    let answer = set.map(|()| Redirect::to("/sign-in?reset=done").into_response());
    or_trouble(&door, answer.map_err(in_words)).await
}

async fn form(door: &Door, link: &str, caller: &Caller, status: StatusCode, trouble: Option<String>) -> Answer {
    let whose = reset_password::whose(&door.house, &Token::from_cookie(link), caller.address).await;
    let person = whose.map_err(in_words)?;
    let sheet = ResetSheet { link: link.to_owned(), name: person.name.to_string(), trouble };
    Ok(draw(door, status, None, Page::Reset(sheet)).await)
}

/// A link that is not there is one that somebody had: they are told what may have become of it.
fn in_words(failure: Failure) -> trouble::PageRefusal {
    let missing = matches!(failure, Failure::NotFound(_));
    let mut refusal = Refusal::from(failure);
    if missing {
        refusal.problem.message =
            "This link is not good any more: it was used, it is older than a day, or it was not copied whole. Ask for another.".to_owned();
    }
    trouble::PageRefusal(refusal)
}

pub(super) async fn or_trouble(door: &Door, answer: Answer) -> Response {
    match answer {
        Ok(response) => response,
        Err(trouble::PageRefusal(refusal)) => {
            let wait = refusal.wait;
            let mut response = trouble::show(door, None, refusal).await;
            Refusal::say_wait(wait, &mut response);
            response
        }
    }
}
