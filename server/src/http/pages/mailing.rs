//! How often a person is mailed what they have not seen: the form that chooses, and the link that ends it.

use super::{draw, join::unseen, notices, reset::or_trouble, trouble, trouble::for_member, unreadable};
use crate::{
    actions::{
        Failure, mail_notices,
        sign_in::{Caller, Token},
    },
    clock,
    http::{
        error::Refusal,
        extract::{Here, Part, parsed},
        state::Door,
    },
};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    page::{NoticesSheet, Page, UnsubscribeSheet},
    permission::Reader,
};
use serde::Deserialize;

/// The form that chooses.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    rhythm: String,
}

/// Chooses; or shows the page once more, with what stands in the way.
pub async fn choose(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    form: Result<Form<Chosen>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Form(Chosen { rhythm }) = form.map_err(|rejection| unreadable(&rejection))?;
        let rhythm = parsed(&rhythm, "choice")?;
        match mail_notices::choose(&door.house, &here.visitor.person, rhythm, clock::now()).await {
            Ok(()) => Ok(Redirect::to("/account/notices#mail").into_response()),
            Err(failure @ Failure::Conflict(_)) => {
                let Refusal { status, problem, .. } = failure.into();
                let again = |sheet| NoticesSheet { trouble: Some(problem.message), ..sheet };
                notices::with(&door, here.visitor, status, None, again).await
            }
            Err(failure) => Err(failure.into()),
        }
    })
    .await
}

/// The page behind the link that ends it. Looking at it ends nothing: mail programs look at links too.
pub async fn look(State(door): State<Door>, Part(link): Part, caller: Caller) -> Response {
    let whose = mail_notices::whose(&door.house, &Token::from_cookie(&link), caller.address).await;
    answer(&door, link, whose.map(|person| (person, false))).await
}

/// Ends it, for who presses the button there, and for a mail program that asks by itself (RFC 8058): what it sends along
/// says nothing that the address does not say.
pub async fn unsubscribe(State(door): State<Door>, Part(link): Part, caller: Caller) -> Response {
    let ended = mail_notices::unsubscribe(&door.house, &Token::from_cookie(&link), caller.address).await;
    answer(&door, link, ended.map(|person| (person, true))).await
}

async fn answer(door: &Door, link: String, whose: Result<(domain::person::Person, bool), Failure>) -> Response {
    let answer = match whose {
        Ok((person, done)) => {
            let sheet = UnsubscribeSheet { link, name: person.name.to_string(), done };
            Ok(draw(door, StatusCode::OK, None, Page::Unsubscribe(sheet)).await)
        }
        Err(failure) => Err(in_words(failure)),
    };
    unseen(or_trouble(door, answer).await)
}

fn in_words(failure: Failure) -> trouble::PageRefusal {
    let missing = matches!(failure, Failure::NotFound(_));
    let mut refusal = Refusal::from(failure);
    if missing {
        refusal.problem.message =
            "This link is not good any more: it is of an old letter, or it was not copied whole. Sign in and \
                                   choose “No mail” on the page of what concerns you."
                .to_owned();
    }
    trouble::PageRefusal(refusal)
}
