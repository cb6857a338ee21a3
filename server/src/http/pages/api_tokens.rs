//! The tokens of a person: what there are, and the form that makes one.

use super::{Answer, draw, trouble::for_member};
use crate::{
    actions::{Failure, keep_api_tokens},
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
    api_token::Scope,
    ask::MakeApiToken,
    page::{ApiTokensSheet, Page, TypedToken, Visitor},
    permission::Reader,
    words::TokenName,
};

/// The page.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |me| with(&door, me.visitor, StatusCode::OK, |sheet| sheet).await).await
}

/// The page, changed like this.
async fn with(
    door: &Door,
    visitor: Visitor,
    status: StatusCode,
    change: impl FnOnce(ApiTokensSheet) -> ApiTokensSheet,
) -> Answer {
    let tokens = keep_api_tokens::list(&door.house, &visitor.person).await?;
    let sheet = ApiTokensSheet { tokens, now: crate::clock::now(), ..ApiTokensSheet::default() };
    Ok(draw(door, status, Some(visitor), Page::ApiTokens(Box::new(change(sheet)))).await)
}

/// Makes a token, and shows it this once: no other address leads there, so nothing is left in the browser's history.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    Form(typed): Form<TypedToken>,
) -> Response {
    for_member(&door, &uri, who, async |me| {
        let made = async { keep_api_tokens::make(&door.house, &me.visitor.person, asked(&typed)?).await };
        match made.await {
            Ok(made) => {
                let shown = |sheet| ApiTokensSheet { made: Some(made), ..sheet };
                with(&door, me.visitor, StatusCode::CREATED, shown).await
            }
            Err(failure @ (Failure::Invalid(_) | Failure::Conflict(_))) => {
                let Refusal { status, problem, .. } = failure.into();
                let again = |sheet| ApiTokensSheet { typed, trouble: Some(problem.message), ..sheet };
                with(&door, me.visitor, status, again).await
            }
            Err(failure) => Err(failure.into()),
        }
    })
    .await
}

/// What was typed, as the API is asked it.
fn asked(typed: &TypedToken) -> Result<MakeApiToken, Failure> {
    let scope: Scope = typed.scope.parse().map_err(|_| Failure::Invalid("say what the token may do".to_owned()))?;
    let days = match typed.days.as_str() {
        "" => None,
        days => Some(days.parse().map_err(|_| Failure::Invalid("say how long the token lasts".to_owned()))?),
    };
    Ok(MakeApiToken { name: TokenName::parse(&typed.name)?, scope, days })
}

/// Revokes a token.
pub async fn revoke(
    State(door): State<Door>,
    uri: Uri,
    Part(token): Part,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |me| {
        keep_api_tokens::revoke(&door.house, &me.visitor.person, parsed(&token, "token")?).await?;
        Ok(Redirect::to("/account/tokens").into_response())
    })
    .await
}
