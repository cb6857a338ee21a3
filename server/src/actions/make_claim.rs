//! Makes a claim, marks where else it appears, changes its words, takes it away.

use crate::{
    actions::{Failure, annotate},
    clock,
    house::{Act, House},
};
use domain::{
    activity::Thing,
    ask::{AddAppearance, Appearance, EditClaim, MakeClaim},
    claim::{Claim, ClaimState},
    event::{Change, Event},
    highlight::{Colour, Highlight},
    id::{ArticleId, ClaimId},
    note::Visibility,
    permission::{Annotator, Editor, Member},
    version::ClaimEdits,
};

/// The colour of words that are marked for a claim: it shows once the claim is gone.
const CLAIM_COLOUR: Colour = Colour::Yellow;

/// Makes a claim of words in an article.
pub async fn make(house: &House, by: Member<Annotator>, article: ArticleId, ask: MakeClaim) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let highlight = words(&mut act, article, ask.appears).await?;
    let claim = Claim {
        id: ask.id.unwrap_or_else(|| ClaimId::from_bits(clock::bits())),
        group: by.group(),
        statement: ask.statement,
        claimant: ask.claimant,
        state: ClaimState::Open,
        judgement: None,
        appearances: vec![highlight.id],
        attributions: Vec::new(),
        made_by: act.by,
        made_at: act.now,
        edits: ClaimEdits::default(),
    };
    // Its words have theirs by now, so the two differ as well.
    store::event::check_new(&mut act, Thing::Claim(claim.id)).await?;
    store::claim::insert(&mut act, &claim).await?;
    store::claim::add_appearance(&mut act, claim.id, highlight.id).await?;
    act.done(Some(article), Change::ClaimMade { claim, highlight }).await
}

/// Marks another place at which a claim appears, in this article or in another one of the group.
pub async fn appear(
    house: &House,
    by: Member<Annotator>,
    article: ArticleId,
    id: ClaimId,
    ask: AddAppearance,
) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let mut claim = store::claim::get(&mut act, by.group(), id).await?.ok_or(Failure::NotFound("claim"))?;
    let highlight = words(&mut act, article, ask.appears).await?;
    store::claim::add_appearance(&mut act, id, highlight.id).await?;
    claim.appearances.push(highlight.id);
    act.done(Some(article), Change::ClaimAppeared { claim, highlight }).await
}

async fn words(act: &mut Act, article: ArticleId, appears: Appearance) -> Result<Highlight, Failure> {
    match appears {
        Appearance::Words { revision, range, id } => {
            annotate::mark(act, id, article, revision, range, CLAIM_COLOUR).await
        }
        Appearance::Highlight(id) => {
            let highlight = annotate::get(act, id).await?;
            match highlight.visibility {
                _ if highlight.article != article => Err(Failure::NotFound("highlight")),
                // A claim is the group's: that its words become so is for their owner to say.
                Visibility::Me => Err(Failure::Conflict(
                    "this highlight is only yours: share it with the group, then make the claim".to_owned(),
                )),
                _ => Ok(highlight),
            }
        }
    }
}

/// Changes a claim's words, or how far the work on it is: all that is asked, or nothing where it does not go with what
/// others changed meanwhile.
pub async fn edit(house: &House, by: Member<Annotator>, id: ClaimId, ask: EditClaim) -> Result<Event, Failure> {
    if matches!(ask, EditClaim { statement: None, claimant: None, state: None, .. }) {
        return Err(Failure::Invalid("say what to change: statement, claimant or state".to_owned()));
    }
    let mut act = house.begin(by).await?;
    let claim = store::claim::get(&mut act, by.group(), id).await?.ok_or(Failure::NotFound("claim"))?;
    // What was judged is the editors': their verdict is of these words, and opening again takes it back.
    if claim.judgement.is_some() {
        by.at_least::<Editor>()?;
    }
    if ask.state == Some(ClaimState::Settled) && claim.judgement.is_none() {
        return Err(Failure::Invalid("a claim is settled by a verdict: judge it".to_owned()));
    }
    let stamp = act.stamp().await?;
    let claim = claim.edited(ask, stamp).map_err(Failure::EditedMeanwhile)?;
    store::claim::update(&mut act, &claim).await?;
    finish(act, claim).await
}

/// Takes a claim away: one's own that nobody else has worked on, or as an editor. The highlights of its words stay.
pub async fn remove(house: &House, by: Member<Annotator>, id: ClaimId) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let article = take_away(&mut act, by, id).await?;
    act.done(article, Change::ClaimRemoved(id)).await
}

/// The same inside of an action, which ends otherwise. Gives the article in which it was made.
pub(super) async fn take_away(act: &mut Act, by: Member<Annotator>, id: ClaimId) -> Result<Option<ArticleId>, Failure> {
    let claim = store::claim::get(act, by.group(), id).await?.ok_or(Failure::NotFound("claim"))?;
    let own = claim.made_by == by.person();
    let others = claim.judgement.is_some() || claim.attributions.iter().any(|each| each.added_by != by.person());
    if !own || others {
        by.at_least::<Editor>()?;
    }
    let article = store::claim::home(act, id).await?;
    let now = act.now;
    store::claim::remove(act, id, now).await?;
    Ok(article)
}

/// Ends an action that changed a claim.
pub(super) async fn finish(mut act: Act, claim: Claim) -> Result<Event, Failure> {
    let article = store::claim::home(&mut act, claim.id).await?;
    act.done(article, Change::ClaimChanged(claim)).await
}
