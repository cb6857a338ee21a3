//! Groups, their colours, and who is in them.

use crate::{Db, Error};
use domain::{
    group::{Group, Palette},
    id::{GroupId, PersonId},
    permission::{Membership, Role},
    words::Meaning,
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

/// Keeps a new group. It has no events yet.
pub async fn insert(db: &mut Db, group: &Group) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO groups (id, name, yellow, green, blue, rose, last_event) VALUES ($1, $2, $3, $4, $5, $6, 0)",
    )
    .bind(Text(group.id))
    .bind(&group.name)
    .bind(group.palette.yellow.as_str())
    .bind(group.palette.green.as_str())
    .bind(group.palette.blue.as_str())
    .bind(group.palette.rose.as_str())
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

/// Takes a person into a group.
pub async fn add_member(db: &mut Db, member: Membership) -> Result<(), Error> {
    sqlx::query("INSERT INTO memberships (group_id, person, role) VALUES ($1, $2, $3)")
        .bind(Text(member.group))
        .bind(Text(member.person))
        .bind(Text(member.role))
        .execute(db)
        .await?;
    Ok(())
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
        sqlx::query_as("SELECT group_id, role FROM memberships WHERE person = $1 ORDER BY rowid")
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
