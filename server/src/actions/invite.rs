//! Makes links that let people into a group, and takes them back.

use crate::{actions::Failure, clock, digest, house::House};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    ask::Invite,
    event::{Change, Event},
    id::InvitationId,
    invitation::{DEFAULT_DAYS, DEFAULT_USES, Invitation},
    page::MadeInvitation,
    permission::{Member, Owner},
};

/// The most links of one group that are open at a time.
pub const MAX_OPEN: usize = 50;

/// Where the links lead: the token follows.
pub const JOIN: &str = "/join/";

/// What opens a link: 256 random bits. The database knows only its digest.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken(String);

impl LinkToken {
    fn new() -> Self {
        Self(BASE64_URL_SAFE_NO_PAD.encode(clock::token()))
    }

    /// What stood in an address.
    pub fn from_path(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub(super) fn digest(&self) -> String {
        digest::sha256(self.0.as_bytes())
    }
}

impl std::fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkToken(…)")
    }
}

/// Makes a link. It is told this once.
///
/// # Errors
/// [`Failure::Invalid`] for a role, a time or a number that no link has; [`Failure::Conflict`] beyond [`MAX_OPEN`].
pub async fn make(house: &House, by: Member<Owner>, ask: Invite) -> Result<MadeInvitation, Failure> {
    let (days, uses) = (ask.days.unwrap_or(DEFAULT_DAYS), ask.uses.unwrap_or(DEFAULT_USES));
    let mut act = house.begin(by).await?;
    let now = act.now;
    let ends_at = Invitation::check(ask.role, days, uses, now).map_err(|error| Failure::Invalid(error.to_string()))?;
    if store::invitation::count_open(&mut act, by.group(), now).await? >= MAX_OPEN {
        return Err(Failure::Conflict(format!("{MAX_OPEN} links are open already: take one back first")));
    }
    let invitation = Invitation {
        id: InvitationId::from_bits(clock::bits()),
        group: by.group(),
        role: ask.role,
        uses,
        made_by: by.person(),
        made_at: now,
        ends_at,
    };
    let token = LinkToken::new();
    store::invitation::insert(&mut act, &invitation, &token.digest()).await?;
    let id = invitation.id;
    let event = act.done(None, Change::InvitationMade(invitation)).await?;
    Ok(MadeInvitation { id, link: format!("{}{JOIN}{}", house.config.public_url, token.0), event })
}

/// Takes a link back: it lets nobody in any more. Who came by it stays.
pub async fn revoke(house: &House, by: Member<Owner>, id: InvitationId) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let now = act.now;
    if !store::invitation::revoke(&mut act, by.group(), id, now).await? {
        return Err(Failure::NotFound("invitation"));
    }
    act.done(None, Change::InvitationRevoked(id)).await
}
