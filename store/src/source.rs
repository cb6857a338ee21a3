//! The group's sources, and the starter registry that a new group's copy is made from.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    id::{GroupId, SourceId},
    page::NamedSource,
    source::{Alias, RegistryEntry, RegistryError, Source, SourceKind, read_registry},
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};

/// Facts about sources that Postil ships with: each group begins with a copy and edits its own.
const STARTER_REGISTRY: &str = include_str!("../registry/sources.tsv");

/// The sources that a new group begins with.
pub fn starter() -> Result<Vec<RegistryEntry>, RegistryError> {
    read_registry(STARTER_REGISTRY)
}

#[derive(FromRow)]
struct Row {
    id: Text<SourceId>,
    group_id: Text<GroupId>,
    name: String,
    aliases: Json<Vec<Alias>>,
    domains: Json<Vec<String>>,
    country: Option<String>,
    languages: Json<Vec<String>>,
    kind: Text<SourceKind>,
    owner: Option<String>,
}

impl From<Row> for Source {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            group: row.group_id.0,
            name: row.name,
            aliases: row.aliases.0,
            domains: row.domains.0,
            country: row.country,
            languages: row.languages.0,
            kind: row.kind.0,
            owner: row.owner,
        }
    }
}

/// Keeps a source: a new one, or what is known of one now.
pub async fn keep(db: &mut Db, source: &Source) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO sources (id, group_id, name, aliases, domains, country, languages, kind, owner)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, aliases = excluded.aliases, domains = excluded.domains,
             country = excluded.country, languages = excluded.languages, kind = excluded.kind, owner = excluded.owner",
    )
    .bind(Text(source.id))
    .bind(Text(source.group))
    .bind(&source.name)
    .bind(Json(&source.aliases))
    .bind(Json(&source.domains))
    .bind(&source.country)
    .bind(Json(&source.languages))
    .bind(Text(source.kind))
    .bind(&source.owner)
    .execute(db)
    .await?;
    Ok(())
}

/// The source, if it is on the group's list.
pub async fn get(db: &mut Db, group: GroupId, id: SourceId) -> Result<Option<Source>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, group_id, name, aliases, domains, country, languages, kind, owner
         FROM sources WHERE id = $1 AND group_id = $2 AND removed_at IS NULL",
    )
    .bind(Text(id))
    .bind(Text(group))
    .fetch_optional(db)
    .await?;
    Ok(row.map(Source::from))
}

/// On which group's list a source is: what a request that names only the source is checked against.
pub async fn group_of(db: &mut Db, id: SourceId) -> Result<Option<GroupId>, Error> {
    let group: Option<Text<GroupId>> =
        sqlx::query_scalar("SELECT group_id FROM sources WHERE id = $1 AND removed_at IS NULL")
            .bind(Text(id))
            .fetch_optional(db)
            .await?;
    Ok(group.map(|group| group.0))
}

/// The group's sources, by name; those of one name by id.
pub async fn of_group(db: &mut Db, group: GroupId) -> Result<Vec<Source>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, group_id, name, aliases, domains, country, languages, kind, owner
         FROM sources WHERE group_id = $1 AND removed_at IS NULL",
    )
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    let mut sources: Vec<Source> = rows.into_iter().map(Source::from).collect();
    sources.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(sources)
}

/// The names of all the group's sources, by name, those of one name by id; those included that were taken off the list.
pub async fn names(db: &mut Db, group: GroupId) -> Result<Vec<NamedSource>, Error> {
    let rows: Vec<(Text<SourceId>, String, Text<SourceKind>, bool)> =
        sqlx::query_as("SELECT id, name, kind, removed_at IS NOT NULL FROM sources WHERE group_id = $1")
            .bind(Text(group))
            .fetch_all(db)
            .await?;
    let named = |(id, name, kind, removed): (Text<SourceId>, _, Text<SourceKind>, _)| NamedSource {
        id: id.0,
        name,
        kind: kind.0,
        removed,
    };
    let mut names: Vec<NamedSource> = rows.into_iter().map(named).collect();
    names.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(names)
}

/// In how many articles a source was confirmed, and behind how many claims it stands.
#[derive(Debug, Clone, Copy, FromRow)]
pub struct Uses {
    /// Articles.
    pub articles: u32,
    /// Claims.
    pub claims: u32,
}

/// How often each of the group's sources is named, by source. One that is never named may be missing.
pub async fn uses(db: &mut Db, group: GroupId) -> Result<std::collections::HashMap<SourceId, Uses>, Error> {
    let rows: Vec<(Text<SourceId>, u32, u32)> = sqlx::query_as(
        "SELECT sources.id,
                (SELECT COUNT(*) FROM tags WHERE tags.source = sources.id AND tags.answer = 'confirmed'),
                (SELECT COUNT(DISTINCT attributions.claim) FROM attributions
                 JOIN claims ON claims.id = attributions.claim AND claims.removed_at IS NULL
                 WHERE attributions.source = sources.id)
         FROM sources WHERE sources.group_id = $1",
    )
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|(id, articles, claims)| (id.0, Uses { articles, claims })).collect())
}

/// Takes a source off the group's list. Its row stays.
pub async fn remove(db: &mut Db, id: SourceId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE sources SET removed_at = $2 WHERE id = $1").bind(Text(id)).bind(now).execute(db).await?;
    Ok(())
}

/// Puts a source back on the list that was taken off it just then; says whether it was.
pub async fn restore(db: &mut Db, id: SourceId, removed_at: DateTime<Utc>) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE sources SET removed_at = NULL WHERE id = $1 AND removed_at = $2")
        .bind(Text(id))
        .bind(removed_at)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}
