//! What people do: one verb a file, one permission, one transaction and one event each.

pub mod annotate;
pub mod answer_note;
pub mod bring_arrivals;
pub mod bring_clippings;
pub mod carry_arrival;
pub mod choose_entries;
pub mod follow_feed;
pub mod keep_mail;
pub mod mail_notices;
pub mod keep_people;
pub mod keep_picture;
pub mod poll_feed;
pub mod settle_arrival;
pub mod take_in;
pub mod team_sign_in;
pub mod undo;
pub mod back_up;
pub mod compare_readings;
pub mod decide_source;
pub mod delete_account;
pub mod export_account;
pub mod export_notes;
pub mod import_article;
pub mod judge_claim;
pub mod keep_source;
pub mod keep_account;
pub mod keep_api_tokens;
pub mod keep_passkeys;
pub mod keep_bulletins;
pub mod make_claim;
pub mod move_highlight;
pub mod choose_look;
pub mod choose_language;
pub mod keep_bookmark;
pub mod name_colours;
pub mod reset_password;
pub mod review_repair;
pub mod revise_article;
pub mod add_webhook;
pub mod tell_webhooks;
pub mod notify;
pub mod share;
pub mod second_step;
pub mod publish;
pub mod comment;
pub mod decide_comment;
pub mod check_comments;
pub mod sign_in;
pub mod sign_up;
pub mod write_note;
pub mod enter_group;
pub mod make_group;
pub mod rename_group;
pub mod change_role;
pub mod leave_group;
pub mod invite;
pub mod join_group;

use chrono::TimeDelta;
use domain::{
    permission::{NotAdministrator, NotEnough},
    person::BadPassword,
    version::Meanwhile,
    word::counted,
    words::BadWords,
};

/// Why an action was not done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Nobody is signed in.
    #[error("sign in first")]
    NotSignedIn,
    /// The name and the password do not belong together.
    #[error("that name and password do not belong together")]
    WrongPassword,
    /// The code is none that is good now.
    #[error("that code is not good: it may have run out or been used, so try the next one")]
    WrongCode,
    /// There were too many wrong passwords.
    #[error("there were too many wrong passwords: wait {}, or use a browser in which you have signed in before", minutes(*wait))]
    TooManyGuesses {
        /// How long until one more is looked at.
        wait: TimeDelta,
    },
    /// There were too many of something, most of them wrong.
    #[error("there were too many {what}: wait {}", minutes(*wait))]
    TooManyTries {
        /// What they were.
        what: &'static str,
        /// How long until one more is looked at.
        wait: TimeDelta,
    },
    /// The passkey lets nobody in; the words say why, as far as the browser should know.
    #[error("{0}")]
    WrongPasskey(&'static str),
    /// Nobody has this token.
    #[error("this token is not known here: it was revoked, has ended, or was not copied whole")]
    WrongToken,
    /// A token does not go this far; the words say how far.
    #[error("{0}")]
    BeyondToken(&'static str),
    /// There was too much of something of late.
    #[error("there were too many {what} of late: wait {}", minutes(*wait))]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How long until one more is taken.
        wait: TimeDelta,
    },
    /// The thing is not there, or not for this person to know of.
    #[error("there is no such {0} here")]
    NotFound(&'static str),
    /// The role is not enough.
    #[error(transparent)]
    NotAllowed(#[from] NotEnough),
    /// It takes somebody who looks after this Postil.
    #[error(transparent)]
    NotAdministrator(#[from] NotAdministrator),
    /// The account is disabled. Only who knows its password is told.
    #[error("this account is disabled: ask whoever looks after this Postil")]
    Disabled,
    /// The team's own sign-in lets nobody in this time; the words say why.
    #[error("{0}")]
    Team(String),
    /// The team's own sign-in does not answer as it should.
    #[error("{0}")]
    TeamOutOfReach(String),
    /// It was there and is no more; the words say what to do.
    #[error("{0}")]
    Gone(&'static str),
    /// Whoever runs this Postil does not let this be done so; the words say what would.
    #[error("{0}")]
    Closed(&'static str),
    /// It is another person's.
    #[error("only the person who wrote it can do that")]
    NotYours,
    /// What was asked makes no sense; the words say why and what would.
    #[error("{0}")]
    Invalid(String),
    /// It contradicts what is there.
    #[error("{0}")]
    Conflict(String),
    /// Somebody else changed the same meanwhile, and what was asked would have overwritten it unseen.
    #[error("{} edited meanwhile: look at both versions and choose", changed(.0))]
    EditedMeanwhile(Vec<Meanwhile>),
    /// What was brought cannot be an article.
    #[error(transparent)]
    Import(#[from] import::ImportError),
    /// What was to be fetched could not be.
    #[error(transparent)]
    Fetch(#[from] fetch::FetchError),
    /// Postil itself failed. The cause is logged, and not told.
    #[error("something went wrong inside Postil; the log says what")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Which fields were changed, as the beginning of a sentence.
fn changed(fields: &[Meanwhile]) -> String {
    let names: Vec<_> = fields.iter().map(|each| each.now.name()).collect();
    format!("{} {}", names.join(" and "), if names.len() == 1 { "was" } else { "were" })
}

/// A time in words, rounded up.
fn minutes(time: TimeDelta) -> String {
    match (time + TimeDelta::seconds(59)).num_minutes() {
        0 | 1 => "a minute".to_owned(),
        many => counted(many.unsigned_abs(), "minute", "minutes"),
    }
}

impl Failure {
    /// Wraps a cause that is Postil's own fault.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Conflict(conflict) => Self::Conflict(conflict.to_string()),
            other => Self::internal(other),
        }
    }
}

impl From<BadWords> for Failure {
    fn from(error: BadWords) -> Self {
        Self::Invalid(error.to_string())
    }
}

impl From<BadPassword> for Failure {
    fn from(error: BadPassword) -> Self {
        Self::Invalid(error.to_string())
    }
}
