//! A person's link to the team's own sign-in over JSON. It is made in a browser only, for it leads to another site.

use crate::{
    actions::{keep_account::Proof, team_sign_in},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Me},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{account::TeamSignIn, ask::ProvePassword};

/// Who the person is there.
#[utoipa::path(get, path = "/api/v1/account/team", tag = "account", security(("cookie" = [])),
    responses((status = 200, body = TeamSignIn), (status = 401, body = Problem)))]
pub async fn show(State(house): State<House>, me: Me) -> Result<Json<TeamSignIn>, Refusal> {
    Ok(Json(team_sign_in::state(&house, &me.person).await?))
}

/// Takes the link away.
#[utoipa::path(post, path = "/api/v1/account/team/unlink", tag = "account", security(("cookie" = [])), request_body = ProvePassword,
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem), (status = 429, body = Problem)))]
pub async fn unlink(State(house): State<House>, me: Me, Body(ask): Body<ProvePassword>) -> Result<StatusCode, Refusal> {
    let proof = Proof { person: &me.person, here: &me.token, password: &ask.password };
    team_sign_in::unlink(&house, proof).await?;
    Ok(StatusCode::NO_CONTENT)
}
