//! A person's groups, their people, and the links that let people in, over JSON.

use crate::{
    actions::{
        Failure, change_role, enter_group,
        invite::{self, LinkToken},
        join_group, leave_group, make_group, rename_group,
        sign_in::Caller,
    },
    clock,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Acts, Body, Here, Me, On, Part, TwoParts, parsed},
        pages::join::unseen,
    },
};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    ask::{ChangeRole, Invite, MakeGroup, RenameGroup},
    event::Event,
    id::GroupId,
    page::{GroupList, GroupSheet, Invited, MadeInvitation},
    permission::{Owner, Reader},
};

/// The groups that you are in, the first you joined first.
#[utoipa::path(get, path = "/api/v1/groups", tag = "groups", responses((status = 200, body = GroupList), (status = 401, body = Problem)))]
pub async fn list(State(house): State<House>, here: Here<Reader>) -> Result<Json<GroupList>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    let works_in = here.visitor.works_in();
    Ok(Json(store::page::groups(&mut snapshot, here.by.person(), works_in).await?))
}

/// Makes a group, with you as its owner. You go on working where you do.
#[utoipa::path(post, path = "/api/v1/groups", tag = "groups", request_body = MakeGroup,
    responses((status = 201, body = Event), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn make(
    State(house): State<House>,
    acts: Acts,
    Body(ask): Body<MakeGroup>,
) -> Result<(StatusCode, Json<Event>), Refusal> {
    Ok((StatusCode::CREATED, Json(make_group::make(&house, &acts.person, ask.name, None).await?)))
}

/// A group and its people. Its owners are told of the links that let people in.
#[utoipa::path(get, path = "/api/v1/groups/{group}", tag = "groups", params(("group" = String, Path)),
    responses((status = 200, body = GroupSheet), (status = 404, body = Problem)))]
pub async fn read(State(house): State<House>, on: On<GroupId, Reader>) -> Result<Json<GroupSheet>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    let sheet = store::page::group(&mut snapshot, on.by, clock::now()).await?;
    Ok(Json(sheet.ok_or(Failure::NotFound("group"))?))
}

/// Gives a group another name.
#[utoipa::path(patch, path = "/api/v1/groups/{group}", tag = "groups", params(("group" = String, Path)),
    request_body = RenameGroup, responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn rename(
    State(house): State<House>,
    on: On<GroupId, Owner>,
    Body(ask): Body<RenameGroup>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(rename_group::rename(&house, on.by, ask.name).await?))
}

/// Works in this group from now on, with the sign-in that asks.
#[utoipa::path(post, path = "/api/v1/groups/{group}/enter", tag = "groups", security(("cookie" = [])), params(("group" = String, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn enter(State(house): State<House>, on: On<GroupId, Reader>, me: Me) -> Result<StatusCode, Refusal> {
    enter_group::enter(&house, on.by, &me.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leaves a group. What you wrote there stays.
#[utoipa::path(post, path = "/api/v1/groups/{group}/leave", tag = "groups", params(("group" = String, Path)),
    responses((status = 200, body = Event), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn leave(State(house): State<House>, on: On<GroupId, Reader>) -> Result<Json<Event>, Refusal> {
    Ok(Json(leave_group::leave(&house, on.by).await?))
}

/// Gives a member another role.
#[utoipa::path(patch, path = "/api/v1/groups/{group}/members/{person}", tag = "groups",
    params(("group" = String, Path), ("person" = String, Path)), request_body = ChangeRole,
    responses((status = 200, body = Event), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn change_role(
    State(house): State<House>,
    on: On<GroupId, Owner>,
    TwoParts(_, person): TwoParts,
    Body(ask): Body<ChangeRole>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(change_role::change(&house, on.by, parsed(&person, "member")?, ask.role).await?))
}

/// Removes a member. What they wrote stays.
#[utoipa::path(delete, path = "/api/v1/groups/{group}/members/{person}", tag = "groups",
    params(("group" = String, Path), ("person" = String, Path)),
    responses((status = 200, body = Event), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn remove(
    State(house): State<House>,
    on: On<GroupId, Owner>,
    TwoParts(_, person): TwoParts,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(leave_group::remove(&house, on.by, parsed(&person, "member")?).await?))
}

/// Makes a link that lets people in. It is told this once.
#[utoipa::path(post, path = "/api/v1/groups/{group}/invitations", tag = "groups", params(("group" = String, Path)),
    request_body = Invite,
    responses((status = 201, body = MadeInvitation), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn invite(
    State(house): State<House>,
    on: On<GroupId, Owner>,
    Body(ask): Body<Invite>,
) -> Result<(StatusCode, Json<MadeInvitation>), Refusal> {
    Ok((StatusCode::CREATED, Json(invite::make(&house, on.by, ask).await?)))
}

/// Takes a link back.
#[utoipa::path(delete, path = "/api/v1/groups/{group}/invitations/{invitation}", tag = "groups",
    params(("group" = String, Path), ("invitation" = String, Path)),
    responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn revoke(
    State(house): State<House>,
    on: On<GroupId, Owner>,
    TwoParts(_, invitation): TwoParts,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(invite::revoke(&house, on.by, parsed(&invitation, "invitation")?).await?))
}

/// What a link says that lets people in: who invites, where, as what.
#[utoipa::path(get, path = "/api/v1/join/{token}", tag = "groups", security(("cookie" = [])), params(("token" = String, Path)),
    responses((status = 200, body = Invited), (status = 404, body = Problem), (status = 410, body = Problem), (status = 429, body = Problem)))]
pub async fn look(State(house): State<House>, me: Result<Me, Refusal>, caller: Caller, Part(token): Part) -> Response {
    let person = me.ok().map(|me| me.person);
    let invited = join_group::look(&house, person.as_ref(), caller.address, &LinkToken::from_path(&token)).await;
    unseen(invited.map(Json).map_err(Refusal::from).into_response())
}

/// Joins a group by a link, and works there. Who is in it already gets a higher role if the link gives one; the answer is
/// 204 when nothing changes.
#[utoipa::path(post, path = "/api/v1/join/{token}", tag = "groups", security(("cookie" = [])), params(("token" = String, Path)),
    responses((status = 200, body = Event), (status = 204), (status = 404, body = Problem), (status = 410, body = Problem)))]
pub async fn join(State(house): State<House>, me: Me, caller: Caller, Part(token): Part) -> Response {
    let token = LinkToken::from_path(&token);
    let joined = join_group::join(&house, &me.person, &me.token, caller.address, &token).await;
    unseen(match joined {
        Ok(Some(event)) => Json(event).into_response(),
        Ok(None) => StatusCode::NO_CONTENT.into_response(),
        Err(failure) => Refusal::from(failure).into_response(),
    })
}
