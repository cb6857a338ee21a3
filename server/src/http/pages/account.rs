//! Making the owner's account, signing in, signing out: plain forms that work without script.

use super::{
    Answer, draw,
    trouble::{encode, for_member, show},
};
use crate::{
    actions::{
        Failure, choose_language, keep_account,
        sign_in::{self as signing, Caller, Entered, SignedIn, Token},
        sign_up,
    },
    http::{
        error::Refusal,
        extract::{Here, Part, parsed},
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
    account::SignUp,
    page::{AccountForm, AccountSheet, Page, Visitor},
    permission::Reader,
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
    /// Said when another password was just set.
    #[serde(default)]
    reset: Option<String>,
}

/// A path of this server: what begins with `//` or `/\` would be another one.
pub(super) fn own_path(next: Option<&str>) -> Option<&str> {
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
            let begun = signing::begin(&door.house, &person, caller).await?;
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
    let form = AccountForm {
        next: own_path(query.next.as_deref()).map(str::to_owned),
        done: query.reset.map(|_| "The new password is set: sign in with it."),
        may_sign_up: anybody_may(&door),
        sends_mail: door.house.config.mail.is_some(),
        team: team(&door),
        passkeys: passkeys(&door),
        ..AccountForm::default()
    };
    Ok(draw(&door, StatusCode::OK, None, Page::SignIn(form)).await)
}

/// The address at which people sign in with passkeys, where they can.
fn passkeys(door: &Door) -> Option<String> {
    door.house.passkeys.webauthn().is_ok().then(|| door.house.config.public_url.clone())
}

/// What the team's own sign-in is called, where there is one.
fn team(door: &Door) -> Option<String> {
    door.house.team.as_ref().map(|issuer| issuer.name().to_owned())
}

/// Signs a person in.
pub async fn take_sign_in(
    State(door): State<Door>,
    caller: Caller,
    jar: CookieJar,
    Form(typed): Form<Typed>,
) -> Answer {
    match signing::sign_in(&door.house, &typed.name, &typed.password, caller).await {
        Ok(Entered::In(begun)) => Ok(begun_at(&door, jar, &begun, own_path(typed.next.as_deref()).unwrap_or("/"))),
        Ok(Entered::Waits(waiting)) => {
            let next = own_path(typed.next.as_deref()).map(|next| format!("?next={}", encode(next)));
            let code = format!("/sign-in/code{}", next.unwrap_or_default());
            Ok((session::waits(&door.house.config, &waiting), Redirect::to(&code)).into_response())
        }
        Err(failure) => again(&door, typed, failure, Page::SignIn).await,
    }
}

/// Whether anybody may make an account.
fn anybody_may(door: &Door) -> bool {
    door.house.config.sign_up == SignUp::Open
}

/// The form with which anybody makes an account, where anybody may.
pub async fn sign_up(State(door): State<Door>, Query(query): Query<Next>) -> Answer {
    if sign_up::is_first_visit(&door.house).await? {
        return Ok(Redirect::to("/welcome").into_response());
    }
    if !anybody_may(&door) {
        return Ok(show(&door, None, Failure::Closed(sign_up::BY_INVITATION).into()).await);
    }
    let next = own_path(query.next.as_deref()).map(str::to_owned);
    let form = AccountForm { next, may_sign_up: true, ..AccountForm::default() };
    Ok(draw(&door, StatusCode::OK, None, Page::SignUp(form)).await)
}

/// Makes an account and signs it in.
pub async fn take_sign_up(
    State(door): State<Door>,
    caller: Caller,
    jar: CookieJar,
    Form(typed): Form<Typed>,
) -> Answer {
    match sign_up::sign_up(&door.house, &typed.name, &typed.password, caller.address).await {
        Ok(person) => {
            let begun = signing::begin(&door.house, &person, caller).await?;
            Ok(begun_at(&door, jar, &begun, own_path(typed.next.as_deref()).unwrap_or("/")))
        }
        Err(failure @ Failure::Closed(_)) => Ok(show(&door, None, failure.into()).await),
        Err(failure) => again(&door, typed, failure, Page::SignUp).await,
    }
}

/// Leads on, with the cookies of a sign-in.
pub(super) fn begun_at(door: &Door, jar: CookieJar, begun: &SignedIn, next: &str) -> Response {
    (session::begin(jar, &door.house.config, begun), Redirect::to(next)).into_response()
}

/// Shows the form once more, with what was typed and what was wrong with it. Only what a person can mend is shown so.
async fn again(door: &Door, typed: Typed, failure: Failure, page: fn(AccountForm) -> Page) -> Answer {
    if matches!(failure, Failure::Internal(_)) {
        return Err(failure.into());
    }
    let refusal = Refusal::from(failure);
    let form = AccountForm {
        name: typed.name,
        trouble: Some(refusal.problem.message),
        next: own_path(typed.next.as_deref()).map(str::to_owned),
        done: None,
        may_sign_up: anybody_may(door),
        sends_mail: door.house.config.mail.is_some(),
        team: team(door),
        passkeys: passkeys(door),
    };
    let mut answer = draw(door, refusal.status, None, page(form)).await;
    Refusal::say_wait(refusal.wait, &mut answer);
    Ok(answer)
}

/// Ends the sign-in.
pub async fn sign_out(State(door): State<Door>, jar: CookieJar) -> Answer {
    if let Some(token) = session::token(&jar, &door.house.config) {
        signing::sign_out(&door.house, &token).await?;
    }
    Ok((session::forget(jar, &door.house.config), Redirect::to("/sign-in")).into_response())
}

/// A person's own account.
pub async fn own(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>, jar: CookieJar) -> Response {
    for_member(&door, &uri, who, async |here| own_again(&door, here.visitor, &jar, StatusCode::OK, None).await).await
}

/// The page of the account, with what was wrong with the last try.
async fn own_again(
    door: &Door,
    visitor: Visitor,
    jar: &CookieJar,
    status: StatusCode,
    trouble: Option<String>,
) -> Answer {
    let account = keep_account::account(&door.house, visitor.person.clone(), &here(door, jar)?).await?;
    let language = choose_language::language(&door.house, &visitor.person).await?;
    let sheet = AccountSheet { account, language, team: team(door), trouble };
    Ok(draw(door, status, Some(visitor), Page::Account(Box::new(sheet))).await)
}

/// The token of this sign-in.
fn here(door: &Door, jar: &CookieJar) -> Result<Token, Failure> {
    session::token(jar, &door.house.config).ok_or(Failure::NotSignedIn)
}

/// The form that changes a password.
#[derive(Deserialize)]
pub struct TwoPasswords {
    current: String,
    new: String,
}

/// Changes the password, and shows the account.
pub async fn change_password(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    caller: Caller,
    jar: CookieJar,
    Form(typed): Form<TwoPasswords>,
) -> Response {
    for_member(&door, &uri, who, async |me| {
        let token = here(&door, &jar)?;
        let changed = async {
            let new = Password::new(&typed.new)?;
            let person = &me.visitor.person;
            keep_account::change_password(&door.house, person, &token, &typed.current, &new, caller).await
        };
        match changed.await {
            Ok(begun) => {
                Ok((session::begin(jar, &door.house.config, &begun), Redirect::to("/account")).into_response())
            }
            Err(Failure::WrongPassword) => {
                let words = "That is not the password you have now.".to_owned();
                own_again(&door, me.visitor, &jar, StatusCode::UNAUTHORIZED, Some(words)).await
            }
            Err(failure @ (Failure::Invalid(_) | Failure::TooManyGuesses { .. })) => {
                let refusal = Refusal::from(failure);
                own_again(&door, me.visitor, &jar, refusal.status, Some(refusal.problem.message)).await
            }
            Err(failure) => Err(failure.into()),
        }
    })
    .await
}

/// Ends one sign-in of the person's.
pub async fn end_session(
    State(door): State<Door>,
    uri: Uri,
    Part(session): Part,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |me| {
        keep_account::end_session(&door.house, &me.visitor.person, &parsed(&session, "sign-in")?).await?;
        Ok(Redirect::to("/account").into_response())
    })
    .await
}

/// Ends all others.
pub async fn end_others(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    jar: CookieJar,
) -> Response {
    for_member(&door, &uri, who, async |me| {
        keep_account::end_others(&door.house, &me.visitor.person, &here(&door, &jar)?).await?;
        Ok(Redirect::to("/account").into_response())
    })
    .await
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
