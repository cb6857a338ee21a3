//! Takes a text in from the web: a new article, a newer reading of one that is there, or nothing new.

use crate::{
    actions::{
        Failure,
        import_article::{self, Brought, Ready},
        revise_article::{self, Renewal, Resemblance},
    },
    house::{Act, House},
};
use domain::{
    arrival::ArrivalState,
    event::Change,
    id::{ArrivalId, ArticleId, GroupId},
    permission::{Editor, Member},
};
use std::sync::Arc;
use store::{Db, address::Known};

/// Takes a text in. The same article under another address is one article: it gets a newer reading when its text has
/// changed. `arrival`, when it came by one, is settled in the same transaction; one that was called off meanwhile leaves
/// nothing behind.
///
/// # Errors
/// [`Failure::Import`] when it cannot be read, [`Failure::Conflict`] when it was called off.
pub async fn take_in(
    house: &House,
    by: Member<Editor>,
    brought: Brought,
    arrival: Option<ArrivalId>,
) -> Result<ArrivalState, Failure> {
    let ready = Arc::new(import_article::read(house, brought).await?);
    take_in_read(house, by, ready, arrival).await
}

/// The same for a text that was read already.
pub(super) async fn take_in_read(
    house: &House,
    by: Member<Editor>,
    ready: Arc<Ready>,
    arrival: Option<ArrivalId>,
) -> Result<ArrivalState, Failure> {
    let mut another = None;
    loop {
        let mut snapshot = house.store.snapshot().await?;
        let found = find(&mut snapshot, by.group(), &ready).await?.filter(|(known, _)| another != Some(*known));
        drop(snapshot);
        if let Some((known, resemblance)) = found {
            match revise_article::renew(house, by, known, &ready, resemblance).await? {
                Renewal::Begun(begun) => {
                    let (mut act, revised) = *begun;
                    let state = ArrivalState::Revised { article: known };
                    settle(&mut act, arrival, &state).await?;
                    act.done(Some(known), Change::ArticleRevised(revised)).await?;
                    return Ok(state);
                }
                Renewal::Same { .. } => return known_already(house, by, arrival, known).await,
                Renewal::Another => another = Some(known),
            }
        }
        let mut act = house.begin(by).await?;
        let now = find(&mut act, by.group(), &ready).await?.filter(|(known, _)| another != Some(*known));
        if now.is_some() {
            // Somebody has brought the same meanwhile.
            continue;
        }
        let article = import_article::keep(&mut act, by.group(), by.person(), &ready).await?;
        let state = ArrivalState::Kept { article: article.id };
        settle(&mut act, arrival, &state).await?;
        act.done(Some(article.id), Change::ArticleAdded(article)).await?;
        return Ok(state);
    }
}

/// The article that is known under one of these addresses. Where only a page says so, be it this one or one of the article's,
/// and where a redirect led away, it has to resemble.
async fn find(db: &mut Db, group: GroupId, ready: &Ready) -> Result<Option<(ArticleId, Resemblance)>, Failure> {
    let keys: Vec<_> = ready.addresses.iter().map(|address| address.at.key()).collect();
    let Some((own, others)) = keys.split_first() else { return Ok(None) };
    let found = match store::address::article(db, group, std::slice::from_ref(own)).await? {
        Some(Known { article, claimed: false }) => return Ok(Some((article, Resemblance::Any))),
        Some(claims) => Some(claims),
        None => store::address::article(db, group, others).await?,
    };
    Ok(found.map(|known| (known.article, Resemblance::Some)))
}

async fn known_already(
    house: &House,
    by: Member<Editor>,
    arrival: Option<ArrivalId>,
    article: ArticleId,
) -> Result<ArrivalState, Failure> {
    let state = ArrivalState::Known { article };
    if let Some(id) = arrival {
        let mut act = house.begin(by).await?;
        settle(&mut act, arrival, &state).await?;
        let settled = store::arrival::get(&mut act, by.group(), id).await?.ok_or(Failure::NotFound("arrival"))?;
        act.done(Some(article), Change::ArrivalSettled(settled)).await?;
    }
    Ok(state)
}

/// Settles the arrival by which a text came, inside of the action that keeps the text.
pub(super) async fn settle(act: &mut Act, arrival: Option<ArrivalId>, state: &ArrivalState) -> Result<(), Failure> {
    match arrival {
        Some(id) if !store::arrival::settle(act, id, state).await? => {
            Err(Failure::Conflict("this was called off".to_owned()))
        }
        _ => Ok(()),
    }
}
