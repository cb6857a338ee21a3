//! In which of their groups somebody is, and as what.

use super::{Kept, signed_in};
use crate::{
    actions::{Failure, sign_in},
    http::{error::Refusal, state::Door},
};
use axum::{
    extract::{FromRequestParts, Query, RawPathParams, rejection::RawPathParamsRejection},
    http::{Method, request::Parts},
};
use domain::{
    id::{ArrivalId, ArticleId, FeedId, GroupId, SourceId},
    page::{Away, NamedGroup, Visitor},
    permission::{AtLeast, Editor, Member, Membership},
};
use serde::Deserialize;
use store::{Db, group::Belonging};

/// Somebody who is signed in and at least an `L` in the group that the request is about (see [`Place`]).
pub struct Here<L: AtLeast> {
    /// The proof.
    pub by: Member<L>,
    /// Who and where, for the page's head.
    pub visitor: Visitor,
}

/// Which group is meant, for the API's description.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
pub struct Within {
    /// The id of one of your groups; the one that you work in when it is not said.
    group: Option<String>,
}

/// What a request says of the group that it is about, the strongest first.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// The group said in the address: `/groups/{group}`, or `?group=` where that is taken. No other will do.
    said: Option<GroupId>,
    /// The group of the thing that the address names, when there is such a thing.
    named: Option<GroupId>,
    /// The group that was chosen to work in.
    chosen: Option<GroupId>,
}

impl Place {
    /// Which of somebody's groups is meant. One that they are not in is not there for them.
    ///
    /// A thing of a group that they are not in leads to where they work, where it is not found.
    fn among(self, groups: &[GroupId]) -> Option<GroupId> {
        let one_of = |id: GroupId| groups.contains(&id).then_some(id);
        match self.said {
            Some(said) => one_of(said),
            None => self.named.and_then(one_of).or_else(|| self.work(groups)),
        }
    }

    /// Where somebody works: the group that they chose while they are in it, else the first that they joined.
    fn work(self, groups: &[GroupId]) -> Option<GroupId> {
        self.chosen.filter(|id| groups.contains(id)).or_else(|| groups.first().copied())
    }
}

impl<L: AtLeast> FromRequestParts<Door> for Here<L> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Refusal> {
        let (person, token, mut snapshot) = signed_in(parts, door).await?;
        let missing = || Failure::NotFound("group");
        let belongings = store::group::of_person(&mut snapshot, person.id).await?;
        let groups: Vec<GroupId> = belongings.iter().map(|each| each.group.id).collect();
        let place = Place {
            said: said(parts, door).await?,
            named: named(parts, door, &mut snapshot).await?,
            chosen: match &token {
                Some(token) => sign_in::chosen_group(&mut snapshot, token).await?,
                // A program says which group it means.
                None => None,
            },
        };
        let (meant, work) = place.among(&groups).zip(place.work(&groups)).ok_or_else(missing)?;
        let find = |id: GroupId| belongings.iter().find(|each| each.group.id == id).ok_or_else(missing);
        let Belonging { group, role, .. } = find(meant)?.clone();
        let membership = Membership { person: person.id, group: meant, role };
        // Where a form was sent to is no page to come back to.
        let page = parts.uri.path_and_query().filter(|_| parts.method == Method::GET);
        let path = page.map_or("/", |path| path.as_str()).to_owned();
        let away = Away { works_in: named_group(find(work)?), path };
        let unread = store::notice::unread(&mut snapshot, person.id).await?;
        // Who may decide on them is told how many wait.
        let comments = match membership.at_least::<Editor>() {
            Ok(by) => store::comment::waiting_in(&mut snapshot, by.group()).await?,
            Err(_) => 0,
        };
        let look = store::look::of(&mut snapshot, person.id).await?;
        let visitor = Visitor {
            person,
            look,
            group,
            role,
            unread,
            comments,
            groups: belongings.iter().map(named_group).collect(),
            away: (meant != work).then_some(away),
        };
        match membership.at_least::<L>() {
            Ok(by) => Ok(Self { by, visitor }),
            // They are told so on a page of their own group.
            Err(refused) => Err(Refusal { visitor: Some(Box::new(visitor)), ..Failure::from(refused).into() }),
        }
    }
}

fn named_group(belonging: &Belonging) -> NamedGroup {
    NamedGroup { id: belonging.group.id, name: belonging.group.name.clone() }
}

/// The group that the address says: `/groups/{group}`, or `?group=` of the API and of forms that were made for a group. A
/// page has no such thing, since the links in it would lead elsewhere.
async fn said(parts: &mut Parts, door: &Door) -> Result<Option<GroupId>, Refusal> {
    let missing = |_| Failure::NotFound(GroupId::NAME);
    let params = match RawPathParams::from_request_parts(parts, door).await {
        Ok(params) => Some(params),
        // What is not even text names nothing: least of all the group that one works in.
        Err(RawPathParamsRejection::InvalidUtf8InPathParam(_)) => return Err(Failure::NotFound("thing").into()),
        Err(_) => None,
    };
    let in_path = params.iter().flatten().find(|(name, _)| *name == GroupId::NAME).map(|(_, value)| value.to_owned());
    let is_page = parts.method == Method::GET && !parts.uri.path().starts_with("/api/");
    let text = match in_path {
        None if !is_page => Query::<Within>::try_from_uri(&parts.uri).map_err(Refusal::from)?.0.group,
        in_path => in_path,
    };
    Ok(text.map(|text| text.parse()).transpose().map_err(missing)?)
}

/// The group of the thing that the address names.
async fn named(parts: &mut Parts, door: &Door, db: &mut Db) -> Result<Option<GroupId>, Refusal> {
    let Ok(params) = RawPathParams::from_request_parts(parts, door).await else { return Ok(None) };
    for (name, value) in &params {
        let group = match name {
            ArticleId::NAME => group_of::<ArticleId>(value, db).await?,
            ArrivalId::NAME => group_of::<ArrivalId>(value, db).await?,
            FeedId::NAME => group_of::<FeedId>(value, db).await?,
            SourceId::NAME => group_of::<SourceId>(value, db).await?,
            _ => None,
        };
        if group.is_some() {
            return Ok(group);
        }
    }
    Ok(None)
}

async fn group_of<T: Kept>(text: &str, db: &mut Db) -> Result<Option<GroupId>, store::Error> {
    match text.parse::<T>() {
        Ok(id) => id.group(db).await,
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_comes_before_what_is_shown_and_that_before_what_was_chosen() {
        let id = |bits: u128| (bits > 0).then(|| GroupId::from_bits(bits));
        // In groups 1, 2 and 3, not in 9.
        let groups = [1, 2, 3].map(GroupId::from_bits);
        let rows = [
            ((0, 0, 0), (1, 1)),
            ((0, 0, 2), (2, 2)),
            ((0, 0, 9), (1, 1)),
            ((0, 3, 0), (3, 1)),
            ((0, 3, 2), (3, 2)),
            ((0, 9, 2), (2, 2)),
            ((1, 3, 2), (1, 2)),
            ((9, 3, 2), (0, 2)),
        ];
        for ((said, named, chosen), (meant, work)) in rows {
            let place = Place { said: id(said), named: id(named), chosen: id(chosen) };
            assert_eq!((place.among(&groups), place.work(&groups)), (id(meant), id(work)), "{place:?}");
        }
        assert_eq!(Place { chosen: id(1), ..Place::default() }.among(&[]), None);
    }
}
