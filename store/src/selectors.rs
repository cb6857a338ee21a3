//! A range written down, as it stands in a row: in `highlights` and in `former_ranges`.

use domain::{
    selector::{QuoteSelector, Selectors},
    text::{Offset, TextRange},
};
use sqlx::FromRow;

/// The words, what stands around them, and where they stand.
#[derive(FromRow)]
pub(crate) struct Row {
    start_at: u32,
    end_at: u32,
    exact: String,
    prefix: String,
    suffix: String,
}

impl From<Row> for Selectors {
    fn from(row: Row) -> Self {
        Self {
            quote: QuoteSelector { exact: row.exact, prefix: row.prefix, suffix: row.suffix },
            position: TextRange { start: Offset(row.start_at), end: Offset(row.end_at) },
        }
    }
}
