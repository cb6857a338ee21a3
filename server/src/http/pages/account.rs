//! Making the owner's account, signing in, signing out: plain forms that work without script.

use super::{Answer, draw};
use crate::{
    actions::{
        Failure,
        sign_in::{self as signing, Caller, SignedIn},
        sign_up,
    },
    http::{session, state::Door},
};
use axum::{
    Form,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use domain::{
    page::{AccountForm, Page},
    person::Password,
    words::PersonName,
};
use serde::Deserialize;

/// What the forms send.
#[derive(Deserialize)]
pub struct Typed {
    name: String,
    password: String,
    #[serde(default)]
    next: Option<String>,
}

/// Where to go after signing in.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: Option<String>,
}

/// A path of this server: what begins with `//` or `/\` would be another one.
fn own_path(next: Option<&str>) -> Option<&str> {
    let plain = |path: &&str| !path.chars().any(|c| c.is_control() || c == '\\');
    next.filter(|path| path.starts_with('/') && !path.starts_with("//")).filter(plain)
}

/// The form of the first visit.
pub async fn welcome(State(door): State<Door>) -> Answer {
    if !sign_up::is_first_visit(&door.house).await? {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    Ok(draw(&door, StatusCode::OK, None, Page::Welcome(AccountForm::default())).await)
}

/// Makes the owner's account and signs them in.
pub async fn make_owner(State(door): State<Door>, caller: Caller, jar: CookieJar, Form(typed): Form<Typed>) -> Answer {
    let made = async {
        let name = PersonName::parse(&typed.name)?;
        let password = Password::new(&typed.password)?;
        sign_up::make_owner(&door.house, name, password).await
    };
    match made.await {
        Ok(person) => {
            let begun = signing::begin(&door.house, &person, caller.browser).await?;
            Ok(begun_at(&door, jar, &begun, "/"))
        }
        Err(failure) => again(&door, typed, failure, Page::Welcome).await,
    }
}

/// The form that lets one in.
pub async fn sign_in(State(door): State<Door>, Query(query): Query<Next>) -> Answer {
    if sign_up::is_first_visit(&door.house).await? {
        return Ok(Redirect::to("/welcome").into_response());
    }
    let form = AccountForm { next: own_path(query.next.as_deref()).map(str::to_owned), ..AccountForm::default() };
    Ok(draw(&door, StatusCode::OK, None, Page::SignIn(form)).await)
}

/// Signs a person in.
pub async fn take_sign_in(
    State(door): State<Door>,
    caller: Caller,
    jar: CookieJar,
    Form(typed): Form<Typed>,
) -> Answer {
    match signing::sign_in(&door.house, &typed.name, &typed.password, caller).await {
        Ok(begun) => Ok(begun_at(&door, jar, &begun, own_path(typed.next.as_deref()).unwrap_or("/"))),
        Err(failure) => again(&door, typed, failure, Page::SignIn).await,
    }
}

/// Leads on, with the cookies of a sign-in.
fn begun_at(door: &Door, jar: CookieJar, begun: &SignedIn, next: &str) -> Response {
    let config = &door.house.config;
    let (session, browser) =
        (session::keep(jar, config, &begun.session), session::keep_browser(config, &begun.browser));
    (session, browser, Redirect::to(next)).into_response()
}

/// Shows the form once more, with what was typed and what was wrong with it. Only what a person can mend is shown so.
async fn again(door: &Door, typed: Typed, failure: Failure, page: fn(AccountForm) -> Page) -> Answer {
    if matches!(failure, Failure::Internal(_)) {
        return Err(failure.into());
    }
    let wait = if let Failure::TooManyGuesses { wait } = &failure { Some(wait.num_seconds().max(1)) } else { None };
    let refusal = crate::http::error::Refusal::from(failure);
    let form = AccountForm {
        name: typed.name,
        trouble: Some(refusal.problem.message),
        next: own_path(typed.next.as_deref()).map(str::to_owned),
    };
    let mut answer = draw(door, refusal.status, None, page(form)).await;
    if let Some(seconds) = wait {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(answer)
}

/// Ends the sign-in.
pub async fn sign_out(State(door): State<Door>, jar: CookieJar) -> Answer {
    if let Some(token) = session::token(&jar, &door.house.config) {
        signing::sign_out(&door.house, &token).await?;
    }
    Ok((session::forget(jar, &door.house.config), Redirect::to("/sign-in")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_sent_back_only_to_this_server() {
        let rows = [
            (Some("/articles/a?b#c"), Some("/articles/a?b#c")),
            (Some("//evil.example"), None),
            (Some("/\\evil.example"), None),
            (Some("/\t/evil.example"), None),
            (Some("https://evil.example"), None),
            (Some(""), None),
            (None, None),
        ];
        for (next, expected) in rows {
            assert_eq!(own_path(next), expected, "{next:?}");
        }
    }
}
