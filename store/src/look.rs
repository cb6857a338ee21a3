//! How people want the pages to look.

use crate::{Db, Error};
use domain::{id::PersonId, look::Look};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    face: Text<domain::look::Face>,
    size: Text<domain::look::Size>,
    measure: Text<domain::look::Measure>,
    leading: Text<domain::look::Leading>,
    setting: Text<domain::look::Setting>,
    light: Text<domain::look::Light>,
}

impl From<Row> for Look {
    fn from(row: Row) -> Self {
        let Row { face, size, measure, leading, setting, light } = row;
        Self { face: face.0, size: size.0, measure: measure.0, leading: leading.0, setting: setting.0, light: light.0 }
    }
}

/// How a person wants the pages to look.
pub async fn of(db: &mut Db, person: PersonId) -> Result<Look, Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT face, size, measure, leading, setting, light FROM looks WHERE person = $1")
            .bind(Text(person))
            .fetch_optional(db)
            .await?;
    Ok(row.map(Look::from).unwrap_or_default())
}

/// Keeps what they have chosen.
pub async fn set(db: &mut Db, person: PersonId, look: &Look) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO looks (person, face, size, measure, leading, setting, light) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (person) DO UPDATE SET face = excluded.face, size = excluded.size, measure = excluded.measure,
             leading = excluded.leading, setting = excluded.setting, light = excluded.light",
    )
    .bind(Text(person))
    .bind(look.face.word())
    .bind(look.size.word())
    .bind(look.measure.word())
    .bind(look.leading.word())
    .bind(look.setting.word())
    .bind(look.light.word())
    .execute(db)
    .await?;
    Ok(())
}
