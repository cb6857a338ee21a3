//! What happened, on a page; and the plain form that undoes it.

use super::{Answer, draw, trouble::for_member};
use crate::{
    actions::{Failure, undo},
    config::{DEEDS_PER_PAGE, MAX_DEEDS_OF_CLAIM},
    http::{
        error::Refusal,
        extract::{Asked, Here, Part, parsed},
        json::activity::LookBack,
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
    id::ClaimId,
    page::{ActivitySheet, Page, Visitor},
    permission::{Annotator, AtLeast, Member, Reader},
};
use serde::Deserialize;

/// What happened in the group. A choice that is left open is an empty field of the form.
pub async fn show(
    State(door): State<Door>,
    uri: Uri,
    Asked(chosen): Asked<Chosen>,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        list(&door, here.by, here.visitor, chosen.look_back()?, StatusCode::OK, None).await
    })
    .await
}

/// What was chosen in the form.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    before: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    about: String,
}

impl Chosen {
    fn look_back(&self) -> Result<LookBack, Refusal> {
        fn chosen<T: std::str::FromStr>(text: &str, what: &'static str) -> Result<Option<T>, Refusal> {
            if text.is_empty() { Ok(None) } else { parsed(text, what).map(Some) }
        }
        Ok(LookBack {
            before: chosen(&self.before, "page")?,
            by: chosen(&self.by, "person")?,
            about: chosen(&self.about, "topic")?,
        })
    }
}

async fn list(
    door: &Door,
    by: Member<Reader>,
    visitor: Visitor,
    back: LookBack,
    status: StatusCode,
    trouble: Option<String>,
) -> Answer {
    let mut snapshot = door.house.store.snapshot().await?;
    let activity = store::deeds::activity(&mut snapshot, by, back.looked(), DEEDS_PER_PAGE).await?;
    let people = store::person::of_group(&mut snapshot, by.group()).await?;
    drop(snapshot);
    let sheet = ActivitySheet { activity, people, by: back.by, about: back.about, trouble };
    Ok(draw(door, status, Some(visitor), Page::Activity(Box::new(sheet))).await)
}

/// What happened to a claim.
pub async fn of_claim(
    State(door): State<Door>,
    uri: Uri,
    Part(claim): Part,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        claim_history(&door, here.by, here.visitor, parsed(&claim, "claim")?, StatusCode::OK, None).await
    })
    .await
}

async fn claim_history(
    door: &Door,
    by: Member<Reader>,
    visitor: Visitor,
    id: ClaimId,
    status: StatusCode,
    trouble: Option<String>,
) -> Answer {
    let mut snapshot = door.house.store.snapshot().await?;
    let sheet = store::deeds::of_claim(&mut snapshot, by, id, MAX_DEEDS_OF_CLAIM).await?;
    drop(snapshot);
    let mut sheet = sheet.ok_or(Failure::NotFound("claim"))?;
    sheet.trouble = trouble;
    Ok(draw(door, status, Some(visitor), Page::ClaimHistory(Box::new(sheet))).await)
}

/// Where somebody pressed the button.
#[derive(Debug, Default, Deserialize)]
pub struct Pressed {
    /// The claim whose history they looked at, if they looked at one.
    #[serde(default)]
    claim: String,
}

/// Undoes what happened, and shows what happened once more. What stands in the way is said there.
pub async fn undo(
    State(door): State<Door>,
    uri: Uri,
    Part(event): Part,
    who: Result<Here<Annotator>, Refusal>,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        // Without the form one pressed the button on the page of all that happened.
        let Pressed { claim } = pressed.map(|Form(pressed)| pressed).unwrap_or_default();
        let claim = if claim.is_empty() { None } else { Some(parsed::<ClaimId>(&claim, "claim")?) };
        let refused = match undo::undo(&door.house, here.by, parsed(&event, "event")?).await {
            Ok(_) => {
                let back = claim.map_or("/activity".to_owned(), |claim| format!("/claims/{claim}/history"));
                return Ok(Redirect::to(&back).into_response());
            }
            Err(failure @ Failure::Internal(_)) => return Err(failure.into()),
            Err(failure) => Refusal::from(failure),
        };
        let (by, words) = (as_reader(here.by)?, Some(refused.problem.message));
        match claim {
            Some(claim) => claim_history(&door, by, here.visitor, claim, refused.status, words).await,
            None => list(&door, by, here.visitor, LookBack::default(), refused.status, words).await,
        }
    })
    .await
}

fn as_reader<L: AtLeast>(by: Member<L>) -> Result<Member<Reader>, Failure> {
    Ok(by.at_least()?)
}
