//! The team's own sign-in: there and back, and where an account is linked to it.

use super::{
    Answer,
    account::{begun_at, own_path},
    draw,
    reset::or_trouble,
    trouble::{encode, for_member},
};
use crate::{
    actions::{
        Failure,
        keep_account::Proof,
        sign_in::{Caller, Entered},
        team_sign_in::{self, Came},
    },
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
use domain::{
    page::{Page, TeamSheet, Visitor},
    permission::Reader,
};
use serde::Deserialize;

/// Where to go after signing in.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: Option<String>,
}

/// Leads to the issuer.
pub async fn depart(State(door): State<Door>, Query(query): Query<Next>) -> Response {
    let next = own_path(query.next.as_deref()).map(str::to_owned);
    let answer = match team_sign_in::depart(&door.house, next).await {
        Ok((address, way)) => {
            Ok((session::on_the_way(&door.house.config, &way), Redirect::to(address.as_str())).into_response())
        }
        Err(failure) => Err(failure.into()),
    };
    or_trouble(&door, answer).await
}

/// What the issuer sends back.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: Option<String>,
}

/// Takes in who comes back.
pub async fn back(
    State(door): State<Door>,
    Query(back): Query<Back>,
    me: Result<Me, Refusal>,
    caller: Caller,
    jar: CookieJar,
) -> Response {
    let config = &door.house.config;
    let came = async {
        if let Some(error) = back.error {
            tracing::warn!(error, "the team's sign-in lets somebody not in");
            return Err(Failure::Team("the sign-in was refused or called off there: begin again".to_owned()));
        }
        let way = session::way(&jar, config).unwrap_or_default();
        let here = me.as_ref().ok().map(|me| &me.person);
        team_sign_in::come_back(&door.house, &way, (&back.code, &back.state), here, caller).await
    };
    let answer = match came.await {
        Ok(Came::Linked) => Ok(Redirect::to("/account/team").into_response()),
        Ok(Came::Entered(Entered::In(begun), next)) => {
            let next = own_path(next.as_deref()).unwrap_or("/");
            Ok(begun_at(&door, CookieJar::new(), &begun, next))
        }
        Ok(Came::Entered(Entered::Waits(waiting), next)) => {
            let next = own_path(next.as_deref()).map(|next| format!("?next={}", encode(next)));
            let code = format!("/sign-in/code{}", next.unwrap_or_default());
            Ok((session::waits(config, &waiting), Redirect::to(&code)).into_response())
        }
        Err(failure) => Err(failure.into()),
    };
    (session::off_the_way(config), or_trouble(&door, answer).await).into_response()
}

/// The page where an account is linked.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |me| with(&door, me.visitor, StatusCode::OK, None, None).await).await
}

async fn with(
    door: &Door,
    visitor: Visitor,
    status: StatusCode,
    onward: Option<String>,
    trouble: Option<String>,
) -> Answer {
    let team = team_sign_in::state(&door.house, &visitor.person).await?;
    let sheet = TeamSheet { team, onward, trouble };
    Ok(draw(door, status, Some(visitor), Page::Team(Box::new(sheet))).await)
}

/// The form of the page.
#[derive(Deserialize)]
pub struct Typed {
    password: String,
}

/// Shows the way to the issuer, to link the account. The form itself may lead to no other site (`form-action`), a link may.
pub async fn link(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    me: Result<Me, Refusal>,
    Form(typed): Form<Typed>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Me { person, token } = me?;
        let proof = Proof { person: &person, here: &token, password: &typed.password };
        match team_sign_in::depart_to_link(&door.house, proof).await {
            Ok((address, way)) => {
                let page = with(&door, here.visitor, StatusCode::OK, Some(address.into()), None).await?;
                Ok((session::on_the_way(&door.house.config, &way), page).into_response())
            }
            Err(failure) => again(&door, here.visitor, failure).await,
        }
    })
    .await
}

/// Takes the link away.
pub async fn unlink(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    me: Result<Me, Refusal>,
    Form(typed): Form<Typed>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Me { person, token } = me?;
        let proof = Proof { person: &person, here: &token, password: &typed.password };
        match team_sign_in::unlink(&door.house, proof).await {
            Ok(()) => Ok(Redirect::to("/account/team").into_response()),
            Err(failure) => again(&door, here.visitor, failure).await,
        }
    })
    .await
}

async fn again(door: &Door, visitor: Visitor, failure: Failure) -> Answer {
    let words = match &failure {
        Failure::WrongPassword => Some("That is not your password.".to_owned()),
        Failure::Team(_) | Failure::TeamOutOfReach(_) | Failure::Conflict(_) | Failure::TooManyGuesses { .. } => None,
        _ => return Err(failure.into()),
    };
    let Refusal { status, problem, wait, .. } = failure.into();
    let mut answer = with(door, visitor, status, None, Some(words.unwrap_or(problem.message))).await?;
    Refusal::say_wait(wait, &mut answer);
    Ok(answer)
}
