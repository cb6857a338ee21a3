//! Where somebody had got to in an article.

use crate::{id::RevisionId, text::Offset};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where one person had got to in an article. It is theirs alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Bookmark {
    /// The reading that was shown.
    pub revision: RevisionId,
    /// The first code point that was in view; the length of the text when all of it was read.
    pub at: Offset,
    /// How much was read, in parts of a hundred.
    pub share: u8,
    /// When they left, in UTC.
    pub left_at: DateTime<Utc>,
}

/// How much of a text of this length stands before a place, in parts of a hundred.
pub fn share(at: Offset, length: u32) -> u8 {
    let hundredths = u64::from(at.0.min(length)) * 100 / u64::from(length.max(1));
    u8::try_from(hundredths).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_the_whole() {
        let rows = [
            (0, 0, 0),
            (0, 10, 0),
            (1, 3, 33),
            (999, 1000, 99),
            (10, 10, 100),
            (11, 10, 100),
            (u32::MAX, u32::MAX, 100),
        ];
        for (at, length, expected) in rows {
            assert_eq!(share(Offset(at), length), expected, "{at} of {length}");
        }
    }
}
