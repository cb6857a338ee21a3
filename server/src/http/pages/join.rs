//! What a link says that lets people into a group: who invites whom, into what, as what; and the forms that accept.

use super::{Answer, account::begun_at, draw, trouble::to_sign_in};
use crate::{
    actions::{Failure, invite::LinkToken, join_group, sign_in::Caller},
    http::{
        error::Refusal,
        extract::{Here, Me, Part, wants_sign_in},
        pages::trouble::{self, PageRefusal},
        state::Door,
    },
};
use axum::{
    Form,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use domain::{
    page::{Invited, JoinSheet, Page, Visitor},
    permission::Reader,
};
use serde::Deserialize;

const X_ROBOTS_TAG: HeaderName = HeaderName::from_static("x-robots-tag");

/// Keeps the address of a link from search engines. Other sites are not told where a visitor comes from by any page (`guard`);
/// to tell Postil itself nothing either would make browsers hide where its own forms come from.
pub fn unseen(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(X_ROBOTS_TAG, HeaderValue::from_static("noindex, nofollow"));
    response
}

/// The page of a link.
pub async fn show(
    State(door): State<Door>,
    Part(token): Part,
    me: Result<Me, Refusal>,
    here: Result<Here<Reader>, Refusal>,
    caller: Caller,
) -> Response {
    let visitor = here.ok().map(|here| here.visitor);
    let answer = async {
        let person = me.ok().map(|me| me.person);
        let link = LinkToken::from_path(&token);
        let invited = join_group::look(&door.house, person.as_ref(), caller.address, &link).await?;
        Ok(drawn(&door, visitor.clone(), invited, &token, StatusCode::OK, Said::default()).await)
    };
    let answer: Answer = answer.await;
    finish(&door, visitor.clone(), answer).await
}

/// What the page says beside what the link does.
#[derive(Default)]
struct Said {
    typed: String,
    trouble: Option<String>,
}

async fn drawn(
    door: &Door,
    visitor: Option<Visitor>,
    invited: Invited,
    token: &str,
    status: StatusCode,
    said: Said,
) -> Response {
    let may_sign_up = join_group::may_sign_up(&door.house);
    let Said { typed, trouble } = said;
    let sheet = JoinSheet { invited, path: format!("/join/{token}"), may_sign_up, typed, trouble };
    draw(door, status, visitor, Page::Join(Box::new(sheet))).await
}

/// What is not open any more, and what never was, is said in the same words.
async fn finish(door: &Door, visitor: Option<Visitor>, answer: Answer) -> Response {
    unseen(match answer {
        Ok(response) => response,
        Err(PageRefusal(refusal)) if matches!(refusal.problem.kind, "not_found" | "gone" | "too_many_guesses") => {
            draw(door, refusal.status, visitor, Page::DeadLink).await
        }
        Err(PageRefusal(refusal)) => trouble::show(door, visitor, refusal).await,
    })
}

/// Joins the group, and shows it.
pub async fn accept(
    State(door): State<Door>,
    uri: Uri,
    Part(token): Part,
    me: Result<Me, Refusal>,
    here: Result<Here<Reader>, Refusal>,
    caller: Caller,
) -> Response {
    let me = match me {
        Ok(me) => me,
        Err(refusal) if wants_sign_in(&refusal) => return unseen(to_sign_in(&door, &uri).await),
        Err(refusal) => return finish(&door, None, Err(refusal.into())).await,
    };
    let link = LinkToken::from_path(&token);
    let joined = join_group::join(&door.house, &me.person, &me.token, caller.address, &link).await;
    let answer = joined.map(|_| Redirect::to("/").into_response()).map_err(PageRefusal::from);
    finish(&door, here.ok().map(|here| here.visitor), answer).await
}

/// What the form sends that makes an account.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

/// Makes an account, joins the group with it, and signs it in there.
pub async fn accept_anew(
    State(door): State<Door>,
    Part(token): Part,
    caller: Caller,
    jar: CookieJar,
    Form(typed): Form<Typed>,
) -> Response {
    let link = LinkToken::from_path(&token);
    let from = caller.address;
    let answer = async {
        match join_group::join_anew(&door.house, &link, &typed.name, &typed.password, caller).await {
            Ok(begun) => Ok(begun_at(&door, jar, &begun, "/")),
            Err(failure) if is_mendable(&failure) => {
                let refusal = Refusal::from(failure);
                let invited = join_group::look(&door.house, None, from, &link).await?;
                let said = Said { typed: typed.name, trouble: Some(refusal.problem.message) };
                Ok(drawn(&door, None, invited, &token, refusal.status, said).await)
            }
            Err(failure) => Err(failure.into()),
        }
    };
    let answer: Answer = answer.await;
    finish(&door, None, answer).await
}

/// Whether the form says what is wrong. A link that lets nobody in is found when it is looked at once more.
fn is_mendable(failure: &Failure) -> bool {
    matches!(failure, Failure::Invalid(_) | Failure::Conflict(_) | Failure::Closed(_) | Failure::TooManyTries { .. })
}
