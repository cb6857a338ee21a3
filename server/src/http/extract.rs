//! Who asks, and whether they may: what a handler takes as arguments.

mod here;

pub use here::{Here, Within};

use super::{bearer::ByToken, error::Refusal, session, state::Door};
use crate::{
    actions::{
        Failure, keep_people,
        sign_in::{self, Token},
    },
    live::seat::Proof,
};
use axum::{
    Json,
    extract::{FromRequest, FromRequestParts, Query, RawPathParams, Request},
    http::{StatusCode, request::Parts},
};
use axum_extra::extract::cookie::CookieJar;
use domain::{
    id::{
        ArrivalId, ArticleId, ClaimId, CommentId, FeedId, GroupId, HighlightId, NoteId, PersonId, SourceId, WebhookId,
    },
    permission::{Administrator, AtLeast, Member},
    person::Person,
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};
use std::{convert::Infallible, fmt, future::Future, marker::PhantomData, str::FromStr};
use store::{Db, Snapshot};

/// Somebody who is signed in, or for whom a program acts, and the snapshot in which the rest is looked up.
async fn signed_in(parts: &Parts, door: &Door) -> Result<(Person, Option<Token>, Snapshot), Refusal> {
    if let Some(ByToken { person, .. }) = parts.extensions.get() {
        let mut snapshot = door.house.store.snapshot().await?;
        speak_to(&mut snapshot, person).await?;
        return Ok((person.clone(), None, snapshot));
    }
    let (Me { person, token }, snapshot) = by_cookie(parts, door).await?;
    Ok((person, Some(token), snapshot))
}

/// Somebody who is signed in with a browser.
async fn by_cookie(parts: &Parts, door: &Door) -> Result<(Me, Snapshot), Refusal> {
    let jar = CookieJar::from_headers(&parts.headers);
    let token = session::token(&jar, &door.house.config).ok_or(Failure::NotSignedIn)?;
    let mut snapshot = door.house.store.snapshot().await?;
    let person = sign_in::who(&mut snapshot, &token).await?.ok_or(Failure::NotSignedIn)?;
    speak_to(&mut snapshot, &person).await?;
    Ok((Me { person, token }, snapshot))
}

/// Speaks the language that a person has chosen, from here to the end of the answer.
async fn speak_to(db: &mut Db, person: &Person) -> Result<(), store::Error> {
    if let Some(language) = store::language::of(db, person.id).await? {
        phrases::speak(language);
    }
    Ok(())
}

/// Somebody who is signed in with a browser, whatever group they are in, for what is theirs alone. No token gets here
/// ([`super::bearer::admit`]), and none would be enough.
pub struct Me {
    /// Who it is.
    pub person: Person,
    /// What their browser keeps of this sign-in.
    pub token: Token,
}

impl FromRequestParts<Door> for Me {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Refusal> {
        Ok(by_cookie(parts, door).await?.0)
    }
}

/// Somebody who is signed in, or for whom a program acts, whatever group they are in.
pub struct Acts {
    /// Who it is.
    pub person: Person,
    /// What their browser keeps of the sign-in, where it is one.
    pub token: Option<Token>,
    /// The digest of what proves it.
    pub proof: Proof,
}

impl FromRequestParts<Door> for Acts {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Refusal> {
        if let Some(ByToken { person, digest }) = parts.extensions.get() {
            return Ok(Self { person: person.clone(), token: None, proof: Proof::ApiToken(digest.clone()) });
        }
        let (Me { person, token }, _) = by_cookie(parts, door).await?;
        let proof = Proof::Session(token.digest());
        Ok(Self { person, token: Some(token), proof })
    }
}

/// Somebody who is signed in with a browser and looks after this Postil.
pub struct Administers(pub Administrator);

impl FromRequestParts<Door> for Administers {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Refusal> {
        let (me, mut snapshot) = by_cookie(parts, door).await?;
        Ok(Self(keep_people::administrator(&mut snapshot, &me.person).await?))
    }
}

/// A thing that a path names, and that belongs to a group.
pub trait Kept: FromStr + Copy + Send + 'static {
    /// The name of its part of the path, and the word for it in an error.
    const NAME: &'static str;

    /// The group it belongs to.
    fn group(self, db: &mut Db) -> impl Future<Output = Result<Option<GroupId>, store::Error>> + Send;

    /// The same, as far as a person may know of the thing.
    fn group_for(self, db: &mut Db, _: PersonId) -> impl Future<Output = Result<Option<GroupId>, store::Error>> + Send {
        self.group(db)
    }
}

impl Kept for ArticleId {
    const NAME: &'static str = "article";

    async fn group(self, db: &mut Db) -> Result<Option<GroupId>, store::Error> {
        store::article::group_of(db, self).await
    }
}

impl Kept for ArrivalId {
    const NAME: &'static str = "arrival";

    async fn group(self, db: &mut Db) -> Result<Option<GroupId>, store::Error> {
        store::arrival::group_of(db, self).await
    }
}

impl Kept for CommentId {
    const NAME: &'static str = "comment";

    async fn group(self, db: &mut Db) -> Result<Option<GroupId>, store::Error> {
        store::comment::group_of(db, self).await
    }
}

impl Kept for FeedId {
    const NAME: &'static str = "feed";

    async fn group(self, db: &mut Db) -> Result<Option<GroupId>, store::Error> {
        store::feed::group_of(db, self).await
    }
}

impl Kept for WebhookId {
    const NAME: &'static str = "webhook";

    async fn group(self, db: &mut Db) -> Result<Option<GroupId>, store::Error> {
        store::webhook::group_of(db, self).await
    }
}

impl Kept for SourceId {
    const NAME: &'static str = "source";

    async fn group(self, db: &mut Db) -> Result<Option<GroupId>, store::Error> {
        store::source::group_of(db, self).await
    }
}

impl Kept for GroupId {
    const NAME: &'static str = "group";

    async fn group(self, _: &mut Db) -> Result<Option<Self>, store::Error> {
        // Whether it is there shows in who is in it.
        Ok(Some(self))
    }
}

impl Kept for ClaimId {
    const NAME: &'static str = "claim";

    async fn group(self, db: &mut Db) -> Result<Option<GroupId>, store::Error> {
        store::claim::group_of(db, self).await
    }
}

/// Things that only some people of the group may know of.
macro_rules! kept_for_some {
    ($($id:ty = $name:literal, $store:path;)*) => {$(
        impl Kept for $id {
            const NAME: &'static str = $name;

            /// Who asks is not known: then nobody is told.
            async fn group(self, _: &mut Db) -> Result<Option<GroupId>, store::Error> {
                Ok(None)
            }

            async fn group_for(self, db: &mut Db, person: PersonId) -> Result<Option<GroupId>, store::Error> {
                $store(db, self, person).await
            }
        }
    )*};
}

kept_for_some! {
    HighlightId = "highlight", store::highlight::group_of;
    NoteId = "note", store::note::group_of;
}

/// The thing that the path names, and the proof that somebody who is signed in is at least an `L` in its group.
///
/// A thing of a group that they are not in is not there for them.
pub struct On<T: Kept, L: AtLeast> {
    /// The proof.
    pub by: Member<L>,
    /// The thing.
    pub id: T,
}

impl<T: Kept, L: AtLeast> FromRequestParts<Door> for On<T, L> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Refusal> {
        let (person, _, mut snapshot) = signed_in(parts, door).await?;
        let missing = || Failure::NotFound(T::NAME);
        let params = RawPathParams::from_request_parts(parts, door).await.map_err(|_| missing())?;
        let named = params.iter().find(|(name, _)| *name == T::NAME).map(|(_, value)| value.to_owned());
        let id: T = named.and_then(|text| text.parse().ok()).ok_or_else(missing)?;
        let group = id.group_for(&mut snapshot, person.id).await?.ok_or_else(missing)?;
        let member = store::group::membership(&mut snapshot, person.id, group).await?.ok_or_else(missing)?;
        Ok(Self { by: member.at_least::<L>().map_err(Failure::from)?, id })
    }
}

/// The body of a request as JSON; what is wrong with it is said in Postil's own shape.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Door> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, door: &Door) -> Result<Self, Refusal> {
        let Json(Object(value)) = Json::<Object<T>>::from_request(request, door).await?;
        Ok(Self(value))
    }
}

/// What is written as an object. Serde alone would take the fields' values in an array for it as well.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(fields))
            }
        }

        from.deserialize_map(Fields(PhantomData)).map(Self)
    }
}

/// What stands behind the `?` of an address; what is wrong with it is said in Postil's own shape.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Door> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Refusal> {
        let Query(value) = Query::<T>::from_request_parts(parts, door).await?;
        Ok(Self(value))
    }
}

/// The part of an address that names a thing, as it was written. What is not even text is empty: it names nothing.
pub struct Part(pub String);

impl FromRequestParts<Door> for Part {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Infallible> {
        let params = RawPathParams::from_request_parts(parts, door).await;
        let first = params.ok().and_then(|params| params.iter().next().map(|(_, value)| value.to_owned()));
        Ok(Self(first.unwrap_or_default()))
    }
}

/// The two parts of an address that name a thing and what is asked of it, as they were written.
pub struct TwoParts(pub String, pub String);

impl FromRequestParts<Door> for TwoParts {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Infallible> {
        let params = RawPathParams::from_request_parts(parts, door).await;
        let mut values = params.iter().flatten().map(|(_, value)| value.to_owned());
        Ok(Self(values.next().unwrap_or_default(), values.next().unwrap_or_default()))
    }
}

/// The number of a reading in a path: 1, 2, 3 … Only the one way of writing a number is taken.
pub fn numbered(text: &str) -> Result<u32, Refusal> {
    let number = text.parse().ok().filter(|number: &u32| *number > 0 && number.to_string() == text);
    number.ok_or_else(|| Failure::NotFound("reading").into())
}

/// A part of a path read as what it is; anything else is a thing that is not there.
pub fn parsed<T: FromStr>(text: &str, what: &'static str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Failure::NotFound(what).into())
}

/// Whether a refusal is for want of a sign-in.
pub fn wants_sign_in(refusal: &Refusal) -> bool {
    refusal.status == StatusCode::UNAUTHORIZED
}
