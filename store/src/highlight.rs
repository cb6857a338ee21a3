//! Ranges in colours.

use crate::{Db, Error, former_range, placement, selectors};
use chrono::{DateTime, Utc};
use domain::{
    highlight::{Colour, Highlight},
    id::{ArticleId, GroupId, HighlightId, PersonId, RevisionId},
    note::Visibility,
    selector::Selectors,
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    id: Text<HighlightId>,
    article: Text<ArticleId>,
    revision: Text<RevisionId>,
    colour: Text<Colour>,
    visibility: Text<Visibility>,
    withdrawn: bool,
    #[sqlx(flatten)]
    selectors: selectors::Row,
    made_by: Text<PersonId>,
    made_at: DateTime<Utc>,
    #[sqlx(flatten)]
    placement: placement::Row,
}

impl TryFrom<Row> for Highlight {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let selectors = Selectors::from(row.selectors);
        let anchor = row.placement.anchor(&selectors.quote.exact)?;
        Ok(Self {
            id: row.id.0,
            article: row.article.0,
            revision: row.revision.0,
            colour: row.colour.0,
            visibility: row.visibility.0,
            withdrawn: row.withdrawn,
            selectors,
            anchor,
            former: Vec::new(),
            made_by: row.made_by.0,
            made_at: row.made_at,
        })
    }
}

/// Keeps a new highlight.
pub async fn insert(db: &mut Db, highlight: &Highlight) -> Result<(), Error> {
    let Selectors { quote, position } = &highlight.selectors;
    sqlx::query(
        "INSERT INTO highlights (id, article, revision, colour, start_at, end_at, exact, prefix, suffix, made_by, made_at,
             visibility)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(Text(highlight.id))
    .bind(Text(highlight.article))
    .bind(Text(highlight.revision))
    .bind(Text(highlight.colour))
    .bind(position.start.0)
    .bind(position.end.0)
    .bind(&quote.exact)
    .bind(&quote.prefix)
    .bind(&quote.suffix)
    .bind(Text(highlight.made_by))
    .bind(highlight.made_at)
    .bind(Text(highlight.visibility))
    .execute(db)
    .await?;
    Ok(())
}

/// The highlights of an article that this person sees and that were marked on this reading or carried over to it, as they
/// stand in it: in the order of the text, then those whose place is not known.
pub async fn of_article(
    db: &mut Db,
    article: ArticleId,
    shown: RevisionId,
    person: PersonId,
) -> Result<Vec<Highlight>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT highlights.id, highlights.article, highlights.revision, highlights.colour, highlights.visibility,
                highlights.removed_at IS NOT NULL AS withdrawn, highlights.start_at,
                highlights.end_at, highlights.exact, highlights.prefix, highlights.suffix, highlights.made_by,
                highlights.made_at, placements.revision AS placed_in, placements.standing,
                placements.start_at AS placed_start, placements.end_at AS placed_end, placements.score,
                placements.candidates, placements.words
         FROM highlights
         LEFT JOIN placements ON placements.highlight = highlights.id AND placements.revision = $2
              AND placements.revision <> highlights.revision
         WHERE highlights.article = $1 AND (highlights.revision = $2 OR placements.revision IS NOT NULL)
           AND (highlights.removed_at IS NULL AND (highlights.visibility <> 'me' OR highlights.made_by = $3)
                OR highlights.removed_at IS NOT NULL AND EXISTS
                (SELECT 1 FROM notes WHERE notes.about = 'highlight' AND notes.about_id = highlights.id
                 AND notes.removed_at IS NULL AND notes.visibility = 'me' AND notes.written_by = $3))",
    )
    .bind(Text(article))
    .bind(Text(shown))
    .bind(Text(person))
    .fetch_all(&mut *db)
    .await?;
    sorted(db, article, rows).await
}

/// The highlights of an article that are nobody's alone, as they stand in this reading: in the order of the text.
pub async fn of_nobody(db: &mut Db, article: ArticleId, shown: RevisionId) -> Result<Vec<Highlight>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT highlights.id, highlights.article, highlights.revision, highlights.colour, highlights.visibility,
                highlights.removed_at IS NOT NULL AS withdrawn, highlights.start_at,
                highlights.end_at, highlights.exact, highlights.prefix, highlights.suffix, highlights.made_by,
                highlights.made_at, placements.revision AS placed_in, placements.standing,
                placements.start_at AS placed_start, placements.end_at AS placed_end, placements.score,
                placements.candidates, placements.words
         FROM highlights
         LEFT JOIN placements ON placements.highlight = highlights.id AND placements.revision = $2
              AND placements.revision <> highlights.revision
         WHERE highlights.article = $1 AND (highlights.revision = $2 OR placements.revision IS NOT NULL)
           AND highlights.removed_at IS NULL AND highlights.visibility <> 'me'",
    )
    .bind(Text(article))
    .bind(Text(shown))
    .fetch_all(&mut *db)
    .await?;
    sorted(db, article, rows).await
}

/// All highlights of an article, whoever sees them, as they stand in this reading: to be carried over to the next. Those
/// that were taken away are among them as long as somebody's note for themselves keeps them.
pub async fn all_of_article(db: &mut Db, article: ArticleId, shown: RevisionId) -> Result<Vec<Highlight>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT highlights.id, highlights.article, highlights.revision, highlights.colour, highlights.visibility,
                highlights.removed_at IS NOT NULL AS withdrawn, highlights.start_at,
                highlights.end_at, highlights.exact, highlights.prefix, highlights.suffix, highlights.made_by,
                highlights.made_at, placements.revision AS placed_in, placements.standing,
                placements.start_at AS placed_start, placements.end_at AS placed_end, placements.score,
                placements.candidates, placements.words
         FROM highlights
         LEFT JOIN placements ON placements.highlight = highlights.id AND placements.revision = $2
              AND placements.revision <> highlights.revision
         WHERE highlights.article = $1 AND (highlights.revision = $2 OR placements.revision IS NOT NULL)
           AND (highlights.removed_at IS NULL OR EXISTS
                (SELECT 1 FROM notes WHERE notes.about = 'highlight' AND notes.about_id = highlights.id
                 AND notes.removed_at IS NULL AND notes.visibility = 'me'))",
    )
    .bind(Text(article))
    .bind(Text(shown))
    .fetch_all(&mut *db)
    .await?;
    sorted(db, article, rows).await
}

async fn sorted(db: &mut Db, article: ArticleId, rows: Vec<Row>) -> Result<Vec<Highlight>, Error> {
    let mut former = former_range::of_article(db, article).await?;
    let mut highlights = rows.into_iter().map(Highlight::try_from).collect::<Result<Vec<_>, _>>()?;
    for highlight in &mut highlights {
        highlight.former = former.remove(&highlight.id).unwrap_or_default();
    }
    highlights.sort_by_key(Highlight::in_text_order);
    Ok(highlights)
}

/// The highlight as it stands in the latest reading, if this person sees it.
pub async fn get(db: &mut Db, id: HighlightId, person: PersonId) -> Result<Option<Highlight>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT highlights.id, highlights.article, highlights.revision, highlights.colour, highlights.visibility,
                highlights.removed_at IS NOT NULL AS withdrawn, highlights.start_at,
                highlights.end_at, highlights.exact, highlights.prefix, highlights.suffix, highlights.made_by,
                highlights.made_at, placements.revision AS placed_in, placements.standing,
                placements.start_at AS placed_start, placements.end_at AS placed_end, placements.score,
                placements.candidates, placements.words
         FROM highlights
         LEFT JOIN placements ON placements.highlight = highlights.id
              AND placements.revision <> highlights.revision AND placements.revision =
             (SELECT latest.id FROM revisions AS latest WHERE latest.article = highlights.article
              ORDER BY latest.number DESC LIMIT 1)
         WHERE highlights.id = $1
           AND (highlights.removed_at IS NULL AND (highlights.visibility <> 'me' OR highlights.made_by = $2)
                OR highlights.removed_at IS NOT NULL AND EXISTS
                (SELECT 1 FROM notes WHERE notes.about = 'highlight' AND notes.about_id = highlights.id
                 AND notes.removed_at IS NULL AND notes.visibility = 'me' AND notes.written_by = $2))",
    )
    .bind(Text(id))
    .bind(Text(person))
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let former = former_range::of_highlight(db, id).await?;
    Ok(Some(Highlight { former, ..row.try_into()? }))
}

/// Which group keeps a highlight that this person sees: what a request that names only the highlight is checked against.
pub async fn group_of(db: &mut Db, id: HighlightId, person: PersonId) -> Result<Option<GroupId>, Error> {
    let group: Option<Text<GroupId>> = sqlx::query_scalar(
        "SELECT articles.group_id FROM highlights JOIN articles ON articles.id = highlights.article
         WHERE highlights.id = $1
           AND (highlights.removed_at IS NULL AND (highlights.visibility <> 'me' OR highlights.made_by = $2)
                OR highlights.removed_at IS NOT NULL AND EXISTS
                (SELECT 1 FROM notes WHERE notes.about = 'highlight' AND notes.about_id = highlights.id
                 AND notes.removed_at IS NULL AND notes.visibility = 'me' AND notes.written_by = $2))",
    )
    .bind(Text(id))
    .bind(Text(person))
    .fetch_optional(db)
    .await?;
    Ok(group.map(|group| group.0))
}

/// Makes a highlight the group's.
pub async fn share(db: &mut Db, id: HighlightId) -> Result<(), Error> {
    sqlx::query("UPDATE highlights SET visibility = 'group' WHERE id = $1").bind(Text(id)).execute(db).await?;
    Ok(())
}

/// Gives a highlight the range that its selectors and its reading say now.
pub async fn set_range(db: &mut Db, highlight: &Highlight) -> Result<(), Error> {
    let Selectors { quote, position } = &highlight.selectors;
    sqlx::query(
        "UPDATE highlights SET revision = $2, start_at = $3, end_at = $4, exact = $5, prefix = $6, suffix = $7
         WHERE id = $1",
    )
    .bind(Text(highlight.id))
    .bind(Text(highlight.revision))
    .bind(position.start.0)
    .bind(position.end.0)
    .bind(&quote.exact)
    .bind(&quote.prefix)
    .bind(&quote.suffix)
    .execute(db)
    .await?;
    Ok(())
}

/// Gives a highlight another colour.
pub async fn recolour(db: &mut Db, id: HighlightId, colour: Colour) -> Result<(), Error> {
    sqlx::query("UPDATE highlights SET colour = $2 WHERE id = $1")
        .bind(Text(id))
        .bind(Text(colour))
        .execute(db)
        .await?;
    Ok(())
}

/// Takes a highlight off the page. Its row stays.
pub async fn remove(db: &mut Db, id: HighlightId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE highlights SET removed_at = $2 WHERE id = $1").bind(Text(id)).bind(now).execute(db).await?;
    Ok(())
}

/// Puts a highlight back that was removed just then; says whether it was.
pub async fn restore(db: &mut Db, id: HighlightId, removed_at: DateTime<Utc>) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE highlights SET removed_at = NULL WHERE id = $1 AND removed_at = $2")
        .bind(Text(id))
        .bind(removed_at)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}
