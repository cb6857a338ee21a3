//! What stays of people who delete their account: nothing of their own, and of their work with others no name.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    account::{FORMER, GroupLeft},
    event::Change,
    id::{GroupId, NoteId, PersonId},
};
use serde_json::Value;
use sqlx::{AssertSqlSafe, FromRow, types::Text};

/// The groups that a person is in, with what leaving them means, the first they joined first.
pub async fn groups(db: &mut Db, person: PersonId) -> Result<Vec<GroupLeft>, Error> {
    #[derive(FromRow)]
    struct Row {
        group_id: Text<GroupId>,
        name: String,
        others: u32,
        other_owners: u32,
        articles: u32,
        notes: u32,
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT groups.id AS group_id, groups.name,
                (SELECT COUNT(*) FROM memberships AS others
                 WHERE others.group_id = groups.id AND others.person <> $1) AS others,
                (SELECT COUNT(*) FROM memberships AS owners
                 WHERE owners.group_id = groups.id AND owners.person <> $1 AND owners.role = 'owner') AS other_owners,
                (SELECT COUNT(*) FROM articles WHERE articles.group_id = groups.id) AS articles,
                (SELECT COUNT(*) FROM notes JOIN articles ON articles.id = notes.article
                 WHERE articles.group_id = groups.id AND notes.written_by = $1 AND notes.removed_at IS NULL) AS notes
         FROM memberships JOIN groups ON groups.id = memberships.group_id
         WHERE memberships.person = $1 ORDER BY memberships.rowid",
    )
    .bind(Text(person))
    .fetch_all(db)
    .await?;
    let left = |row: Row| GroupLeft {
        id: row.group_id.0,
        name: row.name,
        others: row.others,
        needs_owner: row.others > 0 && row.other_owners == 0,
        articles: row.articles,
        notes: row.notes,
    };
    Ok(rows.into_iter().map(left).collect())
}

/// The notes that a person wrote in a group and that are there, the newest first: what answers comes before what it answers.
pub async fn notes(db: &mut Db, person: PersonId, group: GroupId) -> Result<Vec<NoteId>, Error> {
    let rows: Vec<Text<NoteId>> = sqlx::query_scalar(
        "SELECT notes.id FROM notes JOIN articles ON articles.id = notes.article
         WHERE articles.group_id = $1 AND notes.written_by = $2 AND notes.removed_at IS NULL
         ORDER BY notes.written_at DESC, notes.rowid DESC",
    )
    .bind(Text(group))
    .bind(Text(person))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|id| id.0).collect())
}

/// Takes a group away with everything in it, for good, and the pictures that nobody else shows.
pub async fn erase_group(db: &mut Db, group: GroupId) -> Result<(), Error> {
    // Whatever hangs on a group, through whichever tables, goes before what it hangs on.
    erase(db, "groups", "id = $1", group).await?;
    sqlx::query("DELETE FROM pictures WHERE digest NOT IN (SELECT digest FROM article_pictures)")
        .execute(&mut *db)
        .await?;
    // The ordinals of notices that went along are given out again: none of those that come counts as mailed.
    sqlx::query("UPDATE mailings SET mailed = MIN(mailed, (SELECT COALESCE(MAX(ordinal), 0) FROM notices))")
        .execute(db)
        .await?;
    Ok(())
}

/// Takes the rows of a table away, and first the rows of others that refer to them.
///
/// The schema says which those are, so that a new table is not forgotten. References lead in no circle.
async fn erase(db: &mut Db, table: &str, which: &str, group: GroupId) -> Result<(), Error> {
    // A reference may be of several columns: they are compared together.
    let referring: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT tables.name, group_concat('\"' || keys.\"from\" || '\"', ', ' ORDER BY keys.seq),
                group_concat('\"' || COALESCE(keys.\"to\", 'id') || '\"', ', ' ORDER BY keys.seq)
         FROM sqlite_schema AS tables JOIN pragma_foreign_key_list(tables.name) AS keys
         WHERE tables.type = 'table' AND keys.\"table\" = $1 AND tables.name <> $1
         GROUP BY tables.name, keys.id",
    )
    .bind(table)
    .fetch_all(&mut *db)
    .await?;
    for (child, columns, key) in referring {
        let which = format!("({columns}) IN (SELECT {key} FROM \"{table}\" WHERE {which})");
        Box::pin(erase(&mut *db, &child, &which, group)).await?;
    }
    // The names are those of our own schema.
    let delete = format!("DELETE FROM \"{table}\" WHERE {which}");
    sqlx::query(AssertSqlSafe(delete)).bind(Text(group)).execute(db).await?;
    Ok(())
}

/// Takes away what is the account's alone, leaves all groups, and leaves the row without a name.
pub async fn leave(db: &mut Db, person: PersonId, now: DateTime<Utc>) -> Result<(), Error> {
    take_name_out_of_events(db, person).await?;
    forget_what_was_theirs_alone(db, person, now).await?;
    for delete in [
        "DELETE FROM sessions WHERE person = $1",
        "DELETE FROM known_browsers WHERE person = $1",
        "DELETE FROM api_tokens WHERE person = $1",
        "DELETE FROM reset_links WHERE person = $1",
        "DELETE FROM mail_confirmations WHERE person = $1",
        "DELETE FROM outbox WHERE person = $1",
        "DELETE FROM recovery_codes WHERE person = $1",
        "DELETE FROM pending_sign_ins WHERE person = $1",
        "DELETE FROM second_steps WHERE person = $1",
        "DELETE FROM passkeys WHERE person = $1",
        "DELETE FROM identities WHERE person = $1",
        "DELETE FROM memberships WHERE person = $1",
        "DELETE FROM notices WHERE person = $1",
        "DELETE FROM looks WHERE person = $1",
        "DELETE FROM languages WHERE person = $1",
        "DELETE FROM bookmarks WHERE person = $1",
        "DELETE FROM request_keys WHERE person = $1",
        "DELETE FROM bulletins WHERE person = $1",
        "DELETE FROM mailings WHERE person = $1",
        "DELETE FROM unsubscribe_links WHERE person = $1",
    ] {
        sqlx::query(delete).bind(Text(person)).execute(&mut *db).await?;
    }
    // What is left of theirs is others' too.
    sqlx::query("UPDATE groups SET private_of = NULL WHERE private_of = $1")
        .bind(Text(person))
        .execute(&mut *db)
        .await?;
    // A group that was named after its first member is not any more.
    sqlx::query(
        "UPDATE groups SET name = 'A desk' WHERE name = (SELECT people.name || '’s desk' FROM people WHERE id = $1)",
    )
    .bind(Text(person))
    .execute(&mut *db)
    .await?;
    // Nobody types a name with a control character, so the key is nobody else's, and no password has an empty hash.
    sqlx::query(
        "UPDATE people SET name = $2, name_key = char(1) || id, password_hash = '', administrator = 0,
                disabled_at = NULL, mail = NULL, left_at = $3
         WHERE id = $1",
    )
    .bind(Text(person))
    .bind(FORMER)
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the words away that nobody else ever saw, or not any more.
async fn forget_what_was_theirs_alone(db: &mut Db, person: PersonId, now: DateTime<Utc>) -> Result<(), Error> {
    for update in [
        "UPDATE notes SET removed_at = $2, body = '-', blocks = '[]' WHERE written_by = $1 AND visibility = 'me'",
        "UPDATE highlights SET removed_at = $2 WHERE made_by = $1 AND visibility = 'me'",
        // What they took back from the others is gone for those, as it was before.
        "UPDATE events SET change = json_object('note_removed', json_extract(change, '$.note_shared.id')),
                only_for = NULL, kind = 'note_removed'
         WHERE only_for = $1 AND json_extract(change, '$.note_shared.id') IS NOT NULL AND $2 IS NOT NULL",
        "UPDATE events SET change = '\"withheld\"', kind = 'withheld' WHERE only_for = $1 AND $2 IS NOT NULL",
    ] {
        sqlx::query(update).bind(Text(person)).bind(now).execute(&mut *db).await?;
    }
    Ok(())
}

/// What happened stays as it was, without the name of this person.
async fn take_name_out_of_events(db: &mut Db, person: PersonId) -> Result<(), Error> {
    let id = person.to_string();
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT rowid, change FROM events WHERE instr(change, $1) > 0 AND instr(change, '\"name\"') > 0",
    )
    .bind(&id)
    .fetch_all(&mut *db)
    .await?;
    for (row, change) in rows {
        let unreadable = |cause: serde_json::Error| Error::Unreadable { place: "events.change", cause: cause.into() };
        let mut value: Value = serde_json::from_str(&change).map_err(unreadable)?;
        if !rename(&mut value, &id) {
            continue;
        }
        // What this version cannot read back is not written.
        serde_json::from_value::<Change>(value.clone()).map_err(unreadable)?;
        sqlx::query("UPDATE events SET change = $2 WHERE rowid = $1")
            .bind(row)
            .bind(value.to_string())
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// Takes the name of the person with this id out of whatever holds both. Whether it was there.
fn rename(value: &mut Value, id: &str) -> bool {
    match value {
        Value::Object(fields) => {
            let theirs = fields.get("id").is_some_and(|found| found == id) && fields.contains_key("name");
            if theirs {
                fields.insert("name".to_owned(), FORMER.into());
            }
            let mut renamed = theirs;
            for field in fields.values_mut() {
                renamed |= rename(field, id);
            }
            renamed
        }
        Value::Array(items) => {
            let mut renamed = false;
            for item in items {
                renamed |= rename(item, id);
            }
            renamed
        }
        _ => false,
    }
}
