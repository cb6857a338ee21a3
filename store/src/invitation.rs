//! Links that let people into groups, and who came by them.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    id::{GroupId, InvitationId, PersonId},
    invitation::{Fate, Invitation, InvitationState},
    page::InvitationRow,
    permission::Role,
    person::Person,
    words::PersonName,
};
use sqlx::{FromRow, types::Text};

/// The most links that are told of a group: those that are open, then the newest.
pub const MAX_SHOWN: usize = 100;

/// A link as it is kept, with what has become of it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The link.
    pub invitation: Invitation,
    /// What has become of it.
    pub fate: Fate,
    /// What its maker is called.
    pub made_by: String,
}

#[derive(FromRow)]
struct Row {
    id: Text<InvitationId>,
    group_id: Text<GroupId>,
    role: Text<Role>,
    uses: u32,
    made_by: Text<PersonId>,
    made_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    revoked: bool,
    used: u32,
    maker_is_owner: bool,
    maker: String,
}

impl From<Row> for Kept {
    fn from(row: Row) -> Self {
        let invitation = Invitation {
            id: row.id.0,
            group: row.group_id.0,
            role: row.role.0,
            uses: row.uses,
            made_by: row.made_by.0,
            made_at: row.made_at,
            ends_at: row.ends_at,
        };
        let fate = Fate { used: row.used, revoked: row.revoked, maker_is_owner: row.maker_is_owner };
        Self { invitation, fate, made_by: row.maker }
    }
}

/// The query for links and what has become of them, with the rows that are meant.
macro_rules! kept {
    ($which:literal) => {
        concat!(
            "SELECT invitations.id, invitations.group_id, invitations.role, invitations.uses, invitations.made_by,
                invitations.made_at, invitations.ends_at, invitations.revoked_at IS NOT NULL AS revoked,
                (SELECT COUNT(*) FROM invitation_uses WHERE invitation = invitations.id) AS used,
                EXISTS (SELECT 1 FROM memberships WHERE memberships.group_id = invitations.group_id
                        AND memberships.person = invitations.made_by AND memberships.role = 'owner') AS maker_is_owner,
                people.name AS maker
         FROM invitations JOIN people ON people.id = invitations.made_by
             ",
            $which
        )
    };
}

/// Keeps a new link, under the digest of its token.
pub async fn insert(db: &mut Db, invitation: &Invitation, token_hash: &str) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO invitations (id, group_id, token_hash, role, uses, made_by, made_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(Text(invitation.id))
    .bind(Text(invitation.group))
    .bind(token_hash)
    .bind(Text(invitation.role))
    .bind(invitation.uses)
    .bind(Text(invitation.made_by))
    .bind(invitation.made_at)
    .bind(invitation.ends_at)
    .execute(db)
    .await?;
    Ok(())
}

/// The link with this token.
pub async fn by_token(db: &mut Db, token_hash: &str) -> Result<Option<Kept>, Error> {
    let row: Option<Row> =
        sqlx::query_as(kept!("WHERE invitations.token_hash = $1")).bind(token_hash).fetch_optional(db).await?;
    Ok(row.map(Kept::from))
}

async fn all_of_group(db: &mut Db, group: GroupId) -> Result<Vec<Kept>, Error> {
    let rows: Vec<Row> = sqlx::query_as(kept!(
        "WHERE invitations.group_id = $1 ORDER BY invitations.made_at DESC, invitations.rowid DESC"
    ))
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Kept::from).collect())
}

/// The links of a group with who came by them: those that are open first, then the newest; [`MAX_SHOWN`] at the most.
pub async fn of_group(db: &mut Db, group: GroupId, now: DateTime<Utc>) -> Result<Vec<InvitationRow>, Error> {
    let state = |kept: &Kept| kept.invitation.state(kept.fate, now);
    let mut all = all_of_group(db, group).await?;
    all.sort_by_key(|kept| state(kept) != InvitationState::Open);
    all.truncate(MAX_SHOWN);
    let mut rows = Vec::with_capacity(all.len());
    for kept in all {
        let came = came_by(db, kept.invitation.id).await?;
        rows.push(InvitationRow { state: state(&kept), invitation: kept.invitation, made_by: kept.made_by, came });
    }
    Ok(rows)
}

/// How many links of a group are open.
pub async fn count_open(db: &mut Db, group: GroupId, now: DateTime<Utc>) -> Result<usize, Error> {
    let all = all_of_group(db, group).await?;
    Ok(all.iter().filter(|kept| kept.invitation.state(kept.fate, now) == InvitationState::Open).count())
}

/// Who came by a link, the first first.
async fn came_by(db: &mut Db, id: InvitationId) -> Result<Vec<Person>, Error> {
    let rows: Vec<(Text<PersonId>, Text<PersonName>, DateTime<Utc>)> = sqlx::query_as(
        "SELECT people.id, people.name, people.joined_at
         FROM invitation_uses JOIN people ON people.id = invitation_uses.person
         WHERE invitation_uses.invitation = $1 ORDER BY invitation_uses.rowid",
    )
    .bind(Text(id))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|(id, name, joined_at)| Person { id: id.0, name: name.0, joined_at }).collect())
}

/// Notes that somebody came by a link.
pub async fn use_up(db: &mut Db, id: InvitationId, person: PersonId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("INSERT INTO invitation_uses (invitation, person, used_at) VALUES ($1, $2, $3)")
        .bind(Text(id))
        .bind(Text(person))
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}

/// Takes a link of a group back. Whether there was such a one that was not taken back already.
pub async fn revoke(db: &mut Db, group: GroupId, id: InvitationId, now: DateTime<Utc>) -> Result<bool, Error> {
    let revoked =
        sqlx::query("UPDATE invitations SET revoked_at = $3 WHERE id = $1 AND group_id = $2 AND revoked_at IS NULL")
            .bind(Text(id))
            .bind(Text(group))
            .bind(now)
            .execute(db)
            .await?;
    Ok(revoked.rows_affected() == 1)
}
