//! A person's groups, and each with its people and the links that let people in: plain forms.

use super::{Answer, account::own_path, draw, trouble::for_member};
use crate::{
    actions::{Failure, change_role, enter_group, invite, leave_group, make_group, rename_group},
    clock,
    http::{
        error::Refusal,
        extract::{Acts, Here, Me, TwoParts, parsed},
        state::Door,
    },
};
use axum::{
    Form,
    extract::{Query, State, rejection::FormRejection},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    ask::Invite,
    page::{GroupPage, GroupsSheet, Page},
    permission::{AtLeast, Owner, Reader, Role},
    words::GroupName,
};
use serde::Deserialize;

/// The form that names a group.
#[derive(Debug, Deserialize)]
pub struct Named {
    #[serde(default)]
    name: String,
}

/// The list.
pub async fn list(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| listed(&door, here, StatusCode::OK, String::new(), None).await).await
}

async fn listed(door: &Door, here: Here<Reader>, status: StatusCode, name: String, trouble: Option<String>) -> Answer {
    let mut snapshot = door.house.store.snapshot().await?;
    let list = store::page::groups(&mut snapshot, here.by.person(), here.visitor.works_in()).await?;
    drop(snapshot);
    let sheet = Box::new(GroupsSheet { list, name, trouble });
    Ok(draw(door, status, Some(here.visitor), Page::Groups(sheet)).await)
}

/// Makes a group, works in it, and shows it: what comes next is to invite people.
pub async fn make(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    acts: Result<Acts, Refusal>,
    Form(typed): Form<Named>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let acts = acts?;
        let made = async {
            let name = GroupName::parse(&typed.name)?;
            make_group::make(&door.house, &acts.person, name, acts.token.as_ref()).await
        };
        match made.await {
            Ok(event) => Ok(Redirect::to(&format!("/groups/{}", event.group)).into_response()),
            Err(failure @ Failure::Internal(_)) => Err(failure.into()),
            Err(failure) => {
                let refusal = Refusal::from(failure);
                listed(&door, here, refusal.status, typed.name, Some(refusal.problem.message)).await
            }
        }
    })
    .await
}

/// Where to go on after another group was chosen.
#[derive(Debug, Deserialize)]
pub struct Onward {
    #[serde(default)]
    next: Option<String>,
}

/// Works in this group from now on.
pub async fn enter(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    me: Result<Me, Refusal>,
    form: Result<Form<Onward>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        enter_group::enter(&door.house, here.by, &me?.token).await?;
        let next = form.ok().and_then(|Form(onward)| onward.next);
        Ok(Redirect::to(own_path(next.as_deref()).unwrap_or("/")).into_response())
    })
    .await
}

/// What was done just now.
#[derive(Debug, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: Option<String>,
}

impl Done {
    /// In words; nothing for what nobody does.
    fn words(self) -> Option<String> {
        let words = match self.done.as_deref()? {
            "name" => "The group has another name.",
            "role" => "The role is changed. It holds from now on.",
            "removed" => "They are removed. What they wrote stays, with their name.",
            "revoked" => "The link is taken back. It lets nobody in any more.",
            _ => return None,
        };
        Some(words.to_owned())
    }
}

/// A group and its people.
pub async fn show(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    Query(done): Query<Done>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        shown(&door, here, StatusCode::OK, Said { done: done.words(), ..Said::default() }).await
    })
    .await
}

/// What the page of a group says beside the group.
#[derive(Default)]
struct Said {
    link: Option<String>,
    trouble: Option<String>,
    done: Option<String>,
}

async fn shown<L: AtLeast>(door: &Door, here: Here<L>, status: StatusCode, said: Said) -> Answer {
    let by = here.by.at_least::<Reader>().map_err(Failure::from)?;
    let mut snapshot = door.house.store.snapshot().await?;
    let sheet = store::page::group(&mut snapshot, by, clock::now()).await?.ok_or(Failure::NotFound("group"))?;
    drop(snapshot);
    let Said { link, trouble, done } = said;
    let page = Box::new(GroupPage { sheet, link, trouble, done });
    Ok(draw(door, status, Some(here.visitor), Page::Group(page)).await)
}

/// Leads on when it was done; shows the group with what is wrong when a person can mend it.
async fn after<L: AtLeast, T>(door: &Door, here: Here<L>, outcome: Result<T, Failure>, next: &str) -> Answer {
    match outcome {
        Ok(_) => Ok(Redirect::to(next).into_response()),
        Err(failure @ (Failure::Invalid(_) | Failure::Conflict(_))) => {
            let refusal = Refusal::from(failure);
            let said = Said { trouble: Some(refusal.problem.message), ..Said::default() };
            shown(door, here, refusal.status, said).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The page of the group that somebody is in, with what was done.
fn own<L: AtLeast>(here: &Here<L>, done: &str) -> String {
    format!("/groups/{}?done={done}", here.by.group())
}

/// Gives the group another name.
pub async fn rename(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Owner>, Refusal>,
    Form(typed): Form<Named>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let renamed = async { rename_group::rename(&door.house, here.by, GroupName::parse(&typed.name)?).await };
        let (outcome, next) = (renamed.await, own(&here, "name"));
        after(&door, here, outcome, &next).await
    })
    .await
}

/// The form that gives a role.
#[derive(Debug, Deserialize)]
pub struct Given {
    #[serde(default)]
    role: String,
}

/// Gives a member another role.
pub async fn change(
    State(door): State<Door>,
    uri: Uri,
    TwoParts(_, person): TwoParts,
    who: Result<Here<Owner>, Refusal>,
    Form(given): Form<Given>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let person = parsed(&person, "member")?;
        let changed = async { change_role::change(&door.house, here.by, person, a_role(&given.role)?).await };
        let (outcome, next) = (changed.await, own(&here, "role"));
        after(&door, here, outcome, &next).await
    })
    .await
}

fn a_role(text: &str) -> Result<Role, Failure> {
    text.parse().map_err(|unknown: domain::word::UnknownWord| Failure::Invalid(unknown.to_string()))
}

/// Removes a member.
pub async fn remove(
    State(door): State<Door>,
    uri: Uri,
    TwoParts(_, person): TwoParts,
    who: Result<Here<Owner>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let outcome = leave_group::remove(&door.house, here.by, parsed(&person, "member")?).await;
        let next = own(&here, "removed");
        after(&door, here, outcome, &next).await
    })
    .await
}

/// Leaves the group.
pub async fn leave(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        let outcome = leave_group::leave(&door.house, here.by).await;
        after(&door, here, outcome, "/groups").await
    })
    .await
}

/// The form that makes a link.
#[derive(Debug, Deserialize)]
pub struct Link {
    #[serde(default)]
    role: String,
    #[serde(default)]
    days: String,
    #[serde(default)]
    uses: String,
}

/// Makes a link that lets people in, and shows it this once.
pub async fn invite(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Owner>, Refusal>,
    Form(typed): Form<Link>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let made = async {
            let ask = Invite { role: a_role(&typed.role)?, days: number(&typed.days)?, uses: number(&typed.uses)? };
            invite::make(&door.house, here.by, ask).await
        };
        match made.await {
            Ok(made) => {
                let said = Said { link: Some(made.link), ..Said::default() };
                shown(&door, here, StatusCode::CREATED, said).await
            }
            Err(failure) => after::<_, ()>(&door, here, Err(failure), "").await,
        }
    })
    .await
}

/// A number in a form; nothing where nothing was typed.
fn number(text: &str) -> Result<Option<u32>, Failure> {
    let text = text.trim();
    let bad = |_| Failure::Invalid(format!("“{text}” is not a number"));
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(bad) }
}

/// Takes a link back.
pub async fn revoke(
    State(door): State<Door>,
    uri: Uri,
    TwoParts(_, invitation): TwoParts,
    who: Result<Here<Owner>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let outcome = invite::revoke(&door.house, here.by, parsed(&invitation, "invitation")?).await;
        let next = own(&here, "revoked");
        after(&door, here, outcome, &next).await
    })
    .await
}
