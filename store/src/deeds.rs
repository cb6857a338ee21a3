//! What happened, gathered for people: each event with what it changed.

use crate::{
    Db, Error, article, claim,
    event::{self, Looked},
    group, person, source,
};
use domain::{
    activity::{Deed, Known, Place, quoted, tell},
    article::Article,
    event::Event,
    id::{ArticleId, ClaimId},
    page::{Activity, ClaimHistory, ClaimHistorySheet},
    permission::{Member, Reader, Role},
};
use std::collections::HashMap;

/// What happened in the group, the newest first: as many as are asked for at the most.
pub async fn activity(db: &mut Db, by: Member<Reader>, looked: Looked<'_>, most: usize) -> Result<Activity, Error> {
    let mut events = event::look_back(db, by, looked, most + 1).await?;
    let next = (events.len() > most).then(|| events[most - 1].number);
    events.truncate(most);
    Ok(Activity { deeds: deeds(db, by, events).await?, next })
}

/// What happened to a claim; nothing when the group does not follow it.
pub async fn of_claim(
    db: &mut Db,
    by: Member<Reader>,
    id: ClaimId,
    most: usize,
) -> Result<Option<ClaimHistorySheet>, Error> {
    let looked = Looked { thing: Some(domain::activity::Thing::Claim(id)), ..Looked::default() };
    let events = event::look_back(db, by, looked, most).await?;
    let now = claim::get(db, by.group(), id).await?;
    let removed = now.is_none();
    let last = || events.iter().find_map(|event| event.change.claim()).cloned();
    let Some(claim) = now.or_else(last) else { return Ok(None) };
    let home = match claim::home(db, id).await? {
        Some(home) => article::get(db, by.group(), home).await?.map(|article| (article.id, article.title)),
        None => None,
    };
    let names = source::names(db, by.group()).await?;
    let name = |id| names.iter().find(|each| each.id == id).map(|each| each.name.clone());
    let sources = claim.attributions.iter().filter_map(|each| Some((name(each.source)?, each.stance))).collect();
    let history = ClaimHistory { claim, removed, deeds: deeds(db, by, events).await? };
    Ok(Some(ClaimHistorySheet { history, sources, home, trouble: None }))
}

/// The newest things that happened in the group, for a feed reader: each with the words that it was done to, whole. What is
/// its reader's alone is left out: feed readers are often somebody else's machine.
pub async fn bulletin(db: &mut Db, by: Member<Reader>, most: usize) -> Result<Vec<(Deed, Option<String>)>, Error> {
    let looked = Looked { shared: true, ..Looked::default() };
    let events = event::look_back(db, by, looked, most).await?;
    whole_deeds(db, by, events, true).await
}

/// Each event with what it changed, told to a member.
async fn deeds(db: &mut Db, by: Member<Reader>, events: Vec<Event>) -> Result<Vec<Deed>, Error> {
    Ok(whole_deeds(db, by, events, false).await?.into_iter().map(|(deed, _)| deed).collect())
}

/// The same, with the words that it was done to, whole; `shared` says that nothing which is the member's alone is told.
async fn whole_deeds(
    db: &mut Db,
    by: Member<Reader>,
    events: Vec<Event>,
    shared: bool,
) -> Result<Vec<(Deed, Option<String>)>, Error> {
    let people = person::ever_in_group(db, by.group()).await?;
    let sources = source::names(db, by.group()).await?;
    let Some(group) = group::get(db, by.group()).await? else { return Ok(Vec::new()) };
    let known = Known { people: &people, sources: &sources, palette: &group.palette };
    let numbers: Vec<u64> = events.iter().map(|event| event.number).collect();
    let undone = event::undoing(db, by.group(), &numbers).await?;
    let mut articles: HashMap<ArticleId, Option<Article>> = HashMap::new();
    let mut deeds = Vec::with_capacity(events.len());
    for event in events {
        let thing = event.change.things().into_iter().next();
        let before = match thing {
            Some(thing) => event::before(db, by, thing, event.number, shared).await?,
            None => None,
        };
        let told = tell(&event, before.as_ref().map(|before| &before.change), known);
        if let Some(id) = event.article
            && !articles.contains_key(&id)
        {
            articles.insert(id, article::get(db, by.group(), id).await?);
        }
        let own = event.by == by.person() && by.role() >= Role::Annotator;
        let deed = Deed {
            number: event.number,
            by: event.by,
            name: known.person(event.by).to_owned(),
            at: event.at,
            path: told.place.and_then(|place| path(place, event.article)),
            article: event.article.and_then(|id| articles.get(&id).cloned().flatten()),
            what: told.what,
            quote: told.words.as_deref().map(quoted),
            edits: told.edits,
            undoes: event.undoes,
            undone_by: undone.get(&event.number).copied(),
            undoable: event.change.undoable().is_ok()
                && (own || by.role() >= Role::Editor && !event.change.is_its_authors()),
        };
        deeds.push((deed, told.words));
    }
    Ok(deeds)
}

fn path(place: Place, article: Option<ArticleId>) -> Option<String> {
    match place {
        Place::Page(path) => Some(path),
        Place::Article(fragment) if fragment.is_empty() => Some(format!("/articles/{}", article?)),
        Place::Article(fragment) => Some(format!("/articles/{}#{fragment}", article?)),
    }
}
