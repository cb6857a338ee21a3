//! Groups, their colours, and who is in them.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    group::{Group, Palette},
    id::{GroupId, PersonId},
    page::MemberRow,
    permission::{Membership, Role},
    person::Person,
    words::{Meaning, PersonName},
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    id: Text<GroupId>,
    name: String,
    yellow: Text<Meaning>,
    green: Text<Meaning>,
    blue: Text<Meaning>,
    rose: Text<Meaning>,
}

impl From<Row> for Group {
    fn from(row: Row) -> Self {
        let palette = Palette { yellow: row.yellow.0, green: row.green.0, blue: row.blue.0, rose: row.rose.0 };
        Self { id: row.id.0, name: row.name, palette }
    }
}

/// Keeps a new group; with `private_of`, as this person's private one. It has no events yet.
pub async fn insert(db: &mut Db, group: &Group, private_of: Option<PersonId>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO groups (id, name, yellow, green, blue, rose, last_event, private_of)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7)",
    )
    .bind(Text(group.id))
    .bind(&group.name)
    .bind(group.palette.yellow.as_str())
    .bind(group.palette.green.as_str())
    .bind(group.palette.blue.as_str())
    .bind(group.palette.rose.as_str())
    .bind(private_of.map(Text))
    .execute(db)
    .await?;
    Ok(())
}

/// The group.
pub async fn get(db: &mut Db, id: GroupId) -> Result<Option<Group>, Error> {
    let row: Option<Row> = sqlx::query_as("SELECT id, name, yellow, green, blue, rose FROM groups WHERE id = $1")
        .bind(Text(id))
        .fetch_optional(db)
        .await?;
    Ok(row.map(Group::from))
}

/// Gives the group another name.
pub async fn rename(db: &mut Db, id: GroupId, name: &str) -> Result<(), Error> {
    sqlx::query("UPDATE groups SET name = $2 WHERE id = $1").bind(Text(id)).bind(name).execute(db).await?;
    Ok(())
}

/// Whose private group it is; nothing for one that people made.
pub async fn private_of(db: &mut Db, id: GroupId) -> Result<Option<PersonId>, Error> {
    let person: Option<Option<Text<PersonId>>> =
        sqlx::query_scalar("SELECT private_of FROM groups WHERE id = $1").bind(Text(id)).fetch_optional(db).await?;
    Ok(person.flatten().map(|person| person.0))
}

/// Says what the colours mean.
pub async fn set_palette(db: &mut Db, id: GroupId, palette: &Palette) -> Result<(), Error> {
    sqlx::query("UPDATE groups SET yellow = $2, green = $3, blue = $4, rose = $5 WHERE id = $1")
        .bind(Text(id))
        .bind(palette.yellow.as_str())
        .bind(palette.green.as_str())
        .bind(palette.blue.as_str())
        .bind(palette.rose.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// Takes a person into a group. They are no former member of it any more.
pub async fn add_member(db: &mut Db, member: Membership, joined_at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("INSERT INTO memberships (group_id, person, role, joined_at) VALUES ($1, $2, $3, $4)")
        .bind(Text(member.group))
        .bind(Text(member.person))
        .bind(Text(member.role))
        .bind(joined_at)
        .execute(&mut *db)
        .await?;
    sqlx::query("DELETE FROM former_members WHERE group_id = $1 AND person = $2")
        .bind(Text(member.group))
        .bind(Text(member.person))
        .execute(db)
        .await?;
    Ok(())
}

/// Gives a member another role.
pub async fn set_role(db: &mut Db, member: Membership) -> Result<(), Error> {
    sqlx::query("UPDATE memberships SET role = $3 WHERE group_id = $1 AND person = $2")
        .bind(Text(member.group))
        .bind(Text(member.person))
        .bind(Text(member.role))
        .execute(db)
        .await?;
    Ok(())
}

/// Takes a person out of a group; their name stays beside what they wrote. `removed_by` is the owner who did it, and
/// nobody when they left by themselves.
pub async fn remove_member(
    db: &mut Db,
    group: GroupId,
    person: PersonId,
    now: DateTime<Utc>,
    removed_by: Option<PersonId>,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM memberships WHERE group_id = $1 AND person = $2")
        .bind(Text(group))
        .bind(Text(person))
        .execute(&mut *db)
        .await?;
    sqlx::query(
        "INSERT INTO former_members (group_id, person, left_at, removed_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (group_id, person) DO UPDATE SET left_at = excluded.left_at, removed_by = excluded.removed_by",
    )
    .bind(Text(group))
    .bind(Text(person))
    .bind(now)
    .bind(removed_by.map(Text))
    .execute(&mut *db)
    .await?;
    crate::bulletin::end(db, person, group, now).await
}

/// When an owner removed this person from the group, if one did and they are not back.
pub async fn removed_at(db: &mut Db, group: GroupId, person: PersonId) -> Result<Option<DateTime<Utc>>, Error> {
    Ok(sqlx::query_scalar(
        "SELECT left_at FROM former_members WHERE group_id = $1 AND person = $2 AND removed_by IS NOT NULL",
    )
    .bind(Text(group))
    .bind(Text(person))
    .fetch_optional(db)
    .await?)
}

/// Everybody in a group with their roles: owners first, then by name.
pub async fn members(db: &mut Db, group: GroupId) -> Result<Vec<MemberRow>, Error> {
    #[derive(FromRow)]
    struct Row {
        id: Text<PersonId>,
        name: Text<PersonName>,
        came_at: DateTime<Utc>,
        role: Text<Role>,
        joined_at: DateTime<Utc>,
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT people.id, people.name, people.joined_at AS came_at, memberships.role, memberships.joined_at
         FROM memberships JOIN people ON people.id = memberships.person
         WHERE memberships.group_id = $1 ORDER BY memberships.role <> 'owner', people.name_key",
    )
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    let row = |row: Row| MemberRow {
        person: Person { id: row.id.0, name: row.name.0, joined_at: row.came_at },
        role: row.role.0,
        joined_at: row.joined_at,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// A group that a person is in.
#[derive(Debug, Clone)]
pub struct Belonging {
    /// The group.
    pub group: Group,
    /// What they are in it.
    pub role: Role,
    /// How many people are in it.
    pub members: u32,
    /// Whether it is their private group.
    pub private: bool,
}

/// The groups that a person is in, the first they joined first.
pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<Belonging>, Error> {
    #[derive(FromRow)]
    struct Held {
        #[sqlx(flatten)]
        row: Row,
        role: Text<Role>,
        members: u32,
        private: bool,
    }
    let rows: Vec<Held> = sqlx::query_as(
        "SELECT groups.id, groups.name, groups.yellow, groups.green, groups.blue, groups.rose, memberships.role,
                (SELECT COUNT(*) FROM memberships AS all_of WHERE all_of.group_id = groups.id) AS members,
                COALESCE(groups.private_of = memberships.person, 0) AS private
         FROM memberships JOIN groups ON groups.id = memberships.group_id
         WHERE memberships.person = $1 ORDER BY memberships.joined_at, memberships.rowid",
    )
    .bind(Text(person))
    .fetch_all(db)
    .await?;
    let belonging = |held: Held| Belonging {
        group: held.row.into(),
        role: held.role.0,
        members: held.members,
        private: held.private,
    };
    Ok(rows.into_iter().map(belonging).collect())
}

/// Notes that a person chose to work in a group.
pub async fn enter(db: &mut Db, group: GroupId, person: PersonId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE memberships SET entered_at = $3 WHERE group_id = $1 AND person = $2")
        .bind(Text(group))
        .bind(Text(person))
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}

/// The group that a person chose last to work in; nothing when they never did.
pub async fn last_entered(db: &mut Db, person: PersonId) -> Result<Option<GroupId>, Error> {
    let group: Option<Text<GroupId>> = sqlx::query_scalar(
        "SELECT group_id FROM memberships WHERE person = $1 AND entered_at IS NOT NULL
         ORDER BY entered_at DESC LIMIT 1",
    )
    .bind(Text(person))
    .fetch_optional(db)
    .await?;
    Ok(group.map(|group| group.0))
}

/// What a person is in a group; nothing when they are not in it.
pub async fn membership(db: &mut Db, person: PersonId, group: GroupId) -> Result<Option<Membership>, Error> {
    let role: Option<Text<Role>> =
        sqlx::query_scalar("SELECT role FROM memberships WHERE person = $1 AND group_id = $2")
            .bind(Text(person))
            .bind(Text(group))
            .fetch_optional(db)
            .await?;
    Ok(role.map(|role| Membership { person, group, role: role.0 }))
}

/// The groups that a person is in, the first they joined first.
pub async fn memberships(db: &mut Db, person: PersonId) -> Result<Vec<Membership>, Error> {
    let rows: Vec<(Text<GroupId>, Text<Role>)> =
        sqlx::query_as("SELECT group_id, role FROM memberships WHERE person = $1 ORDER BY joined_at, rowid")
            .bind(Text(person))
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().map(|(group, role)| Membership { person, group: group.0, role: role.0 }).collect())
}

/// Those who hold just this role in a group.
pub async fn holding(db: &mut Db, group: GroupId, role: Role) -> Result<Vec<PersonId>, Error> {
    let rows: Vec<Text<PersonId>> =
        sqlx::query_scalar("SELECT person FROM memberships WHERE group_id = $1 AND role = $2 ORDER BY rowid")
            .bind(Text(group))
            .bind(Text(role))
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().map(|person| person.0).collect())
}
