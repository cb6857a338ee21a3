//! Why a task stopped, in words for the person at the terminal.

use std::fmt::{self, Display};

/// What a task gives back.
pub type Outcome<T = ()> = Result<T, Failure>;

/// A reason to stop.
#[derive(Debug)]
pub enum Failure {
    /// Words to print before leaving.
    Because(String),
    /// A command below has already told the person what is wrong.
    Told,
}

impl Failure {
    /// A failure with these words.
    pub fn because(words: impl Display) -> Self {
        Self::Because(words.to_string())
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Because(words) => f.write_str(words),
            Self::Told => f.write_str("see above"),
        }
    }
}

/// Says what was being done when something else failed.
pub trait During<T> {
    /// Puts `doing` before the cause: "could not {doing}: {cause}".
    fn during(self, doing: impl Display) -> Outcome<T>;
}

impl<T, E: Display> During<T> for Result<T, E> {
    fn during(self, doing: impl Display) -> Outcome<T> {
        self.map_err(|cause| Failure::Because(format!("could not {doing}: {cause:#}")))
    }
}
