//! How highlights stand in readings other than the ones that their selectors speak of.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    anchor::{Anchor, Score, Standing},
    id::{HighlightId, RevisionId},
    text::{Offset, TextRange},
    word::UnknownWord,
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};

/// A placement beside the highlight that it is of; nothing where there is none.
#[derive(FromRow)]
pub(crate) struct Row {
    placed_in: Option<Text<RevisionId>>,
    standing: Option<String>,
    placed_start: Option<u32>,
    placed_end: Option<u32>,
    score: Option<u16>,
    candidates: Option<Json<Vec<TextRange>>>,
    words: Option<String>,
}

impl Row {
    /// How it stands there. Words that are the marked ones need not be said again.
    pub fn anchor(self, marked: &str) -> Result<Option<Anchor>, Error> {
        let (Some(revision), Some(word)) = (self.placed_in, self.standing) else { return Ok(None) };
        let bounds = self.placed_start.zip(self.placed_end);
        let range = bounds.map(|(start, end)| TextRange { start: Offset(start), end: Offset(end) });
        let standing = match (word.as_str(), range, self.score, self.candidates) {
            ("exact", Some(range), ..) => Standing::Exact { range },
            ("moved", Some(range), ..) => Standing::Moved { range },
            ("changed", Some(range), Some(score), _) => Standing::Changed { range, score: Score(score) },
            ("ambiguous", _, _, Some(candidates)) => Standing::Ambiguous { candidates: candidates.0 },
            ("gone", ..) => Standing::Gone,
            _ => {
                let cause = UnknownWord { what: "a standing with its place", word };
                return Err(Error::Unreadable { place: "placements.standing", cause: cause.into() });
            }
        };
        Ok(Some(Anchor { revision: revision.0, standing, words: self.words.filter(|words| words != marked) }))
    }
}

/// Keeps how a highlight stands in a reading, and the words that stand at its place there.
pub async fn insert(
    db: &mut Db,
    highlight: HighlightId,
    revision: RevisionId,
    standing: &Standing,
    words: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let range = standing.range();
    let (score, candidates) = match standing {
        Standing::Changed { score, .. } => (Some(score.0), None),
        Standing::Ambiguous { candidates } => (None, Some(Json(candidates))),
        _ => (None, None),
    };
    sqlx::query(
        "INSERT INTO placements (highlight, revision, standing, start_at, end_at, score, candidates, words, placed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(Text(highlight))
    .bind(Text(revision))
    .bind(standing.word())
    .bind(range.map(|range| range.start.0))
    .bind(range.map(|range| range.end.0))
    .bind(score)
    .bind(candidates)
    .bind(words)
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// How a highlight stands in each reading but the one that its selectors speak of; `marked` are the words they say.
pub async fn of_highlight(db: &mut Db, highlight: HighlightId, marked: &str) -> Result<Vec<Anchor>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT placements.revision AS placed_in, placements.standing, placements.start_at AS placed_start,
                placements.end_at AS placed_end, placements.score, placements.candidates, placements.words
         FROM placements JOIN highlights ON highlights.id = placements.highlight
         JOIN revisions ON revisions.id = placements.revision
         WHERE placements.highlight = $1 AND placements.revision <> highlights.revision ORDER BY revisions.number",
    )
    .bind(Text(highlight))
    .fetch_all(db)
    .await?;
    rows.into_iter().filter_map(|row| row.anchor(marked).transpose()).collect()
}

/// Forgets how a highlight stood in a reading: its selectors speak of that one now.
pub async fn remove(db: &mut Db, highlight: HighlightId, revision: RevisionId) -> Result<(), Error> {
    sqlx::query("DELETE FROM placements WHERE highlight = $1 AND revision = $2")
        .bind(Text(highlight))
        .bind(Text(revision))
        .execute(db)
        .await?;
    Ok(())
}
