//! Everybody who has an account, for an administrator: a list, and plain forms that change what is in it.

use super::{Answer, draw, trouble::for_member};
use crate::{
    actions::{Failure, keep_passkeys, keep_people, reset_password},
    http::{
        error::Refusal,
        extract::{Here, Part, parsed},
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
    ask::ChangePerson,
    id::PersonId,
    page::{Page, PeopleSheet, Visitor},
    permission::{Administrator, Reader},
    person::ResetLink,
};
use serde::Deserialize;

async fn proof(door: &Door, visitor: &Visitor) -> Result<Administrator, Failure> {
    let mut snapshot = door.house.store.snapshot().await?;
    keep_people::administrator(&mut snapshot, &visitor.person).await
}

/// The page.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |me| {
        let by = proof(&door, &me.visitor).await?;
        with(&door, me.visitor, by, StatusCode::OK, None, None).await
    })
    .await
}

async fn with(
    door: &Door,
    visitor: Visitor,
    by: Administrator,
    status: StatusCode,
    link: Option<(PersonId, ResetLink)>,
    trouble: Option<String>,
) -> Answer {
    let people = keep_people::list(&door.house, by).await?;
    let sheet = PeopleSheet { people, you: by.person(), link, trouble };
    Ok(draw(door, status, Some(visitor), Page::People(Box::new(sheet))).await)
}

/// Makes a link by which somebody chooses another password, and shows it this once.
pub async fn reset(
    State(door): State<Door>,
    uri: Uri,
    Part(person): Part,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |me| {
        let by = proof(&door, &me.visitor).await?;
        let person = parsed(&person, "person")?;
        let link = reset_password::make_link(&door.house, by, person).await?;
        with(&door, me.visitor, by, StatusCode::CREATED, Some((person, link)), None).await
    })
    .await
}

/// What a button of the list says.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Change {
    Disable,
    Enable,
    Promote,
    Demote,
    RemovePasskeys,
}

/// The form of a button.
#[derive(Deserialize)]
pub struct Pressed {
    change: Change,
}

/// Changes an account.
pub async fn change(
    State(door): State<Door>,
    uri: Uri,
    Part(person): Part,
    who: Result<Here<Reader>, Refusal>,
    Form(Pressed { change }): Form<Pressed>,
) -> Response {
    let ask = match change {
        Change::Disable => Some(ChangePerson { disabled: Some(true), administrator: None }),
        Change::Enable => Some(ChangePerson { disabled: Some(false), administrator: None }),
        Change::Promote => Some(ChangePerson { disabled: None, administrator: Some(true) }),
        Change::Demote => Some(ChangePerson { disabled: None, administrator: Some(false) }),
        Change::RemovePasskeys => None,
    };
    for_member(&door, &uri, who, async |me| {
        let by = proof(&door, &me.visitor).await?;
        let person = parsed(&person, "person")?;
        let changed = match ask {
            Some(ask) => keep_people::change(&door.house, by, person, ask).await,
            None => keep_passkeys::remove_all(&door.house, by, person).await.map(drop),
        };
        match changed {
            Ok(()) => Ok(Redirect::to("/people").into_response()),
            Err(failure @ (Failure::Invalid(_) | Failure::Conflict(_))) => {
                let Refusal { status, problem, .. } = failure.into();
                with(&door, me.visitor, by, status, None, Some(problem.message)).await
            }
            Err(failure) => Err(failure.into()),
        }
    })
    .await
}
