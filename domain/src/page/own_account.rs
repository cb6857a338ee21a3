//! What the pages of accounts show: tokens, mail, the second step, passkeys, the end of an account, and everybody's.

use crate::{
    account::{Departure, TeamSignIn},
    api_token::{ApiToken, MadeApiToken},
    id::PersonId,
    mail::{AccountMail, MailAddress},
    passkey::Passkeys,
    person::{PersonRow, ResetLink},
    second_step::{RecoveryCodes, SecondStep, SecondStepSecret},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// The tokens of a person, and the form that makes one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ApiTokensSheet {
    /// The tokens, the newest first.
    pub tokens: Vec<ApiToken>,
    /// The one that was just made.
    pub made: Option<MadeApiToken>,
    /// What was typed last, when something was wrong with it.
    pub typed: TypedToken,
    /// What was wrong with it.
    pub trouble: Option<String>,
    /// The present instant, by which tokens have ended or not.
    pub now: DateTime<Utc>,
}

/// What was typed to make a token.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct TypedToken {
    /// What it is to be called.
    pub name: String,
    /// What it may do.
    pub scope: String,
    /// How many days it lasts; empty for as long as nobody revokes it.
    pub days: String,
}

/// What becomes of everything when a person deletes their account, and the form that does it.
#[derive(Debug, Clone, PartialEq)]
pub struct DepartureSheet {
    /// What becomes of everything.
    pub departure: Departure,
    /// What they are called until then.
    pub name: String,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
}

/// Everybody who has an account, as an administrator sees them.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleSheet {
    /// One row each, by name.
    pub people: Vec<PersonRow>,
    /// Who looks.
    pub you: PersonId,
    /// A link that was just made, and for whom.
    pub link: Option<(PersonId, ResetLink)>,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
}

/// The form behind a link by which somebody chooses another password.
#[derive(Debug, Clone, PartialEq)]
pub struct ResetSheet {
    /// The end of the link's address.
    pub link: String,
    /// Whose password it is.
    pub name: String,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
}

/// A person's mail address, and the form that says another.
#[derive(Debug, Clone, PartialEq)]
pub struct MailSheet {
    /// What the account has to do with mail.
    pub mail: AccountMail,
    /// The address that was typed last; empty when it was to be taken away.
    pub typed: String,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
}

/// The page behind the link that ends letters of notices.
#[derive(Debug, Clone, PartialEq)]
pub struct UnsubscribeSheet {
    /// The end of the link's address.
    pub link: String,
    /// Whose letters they are.
    pub name: String,
    /// Whether it is done.
    pub done: bool,
}

/// The page behind the link that confirms an address.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfirmSheet {
    /// The end of the link's address.
    pub link: String,
    /// Who says that it is theirs.
    pub name: String,
    /// The address.
    pub address: MailAddress,
    /// Whether it is done.
    pub confirmed: bool,
}

/// The form by which who has forgotten their password asks for a link.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ForgottenSheet {
    /// What was typed.
    pub name: String,
    /// Whether a link was sent, if there was to whom.
    pub sent: bool,
}

/// The second step of a person's sign-ins, and the forms that change it.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondStepSheet {
    /// Whether it is on.
    pub state: SecondStep,
    /// A secret that was just made, and its QR code as an address of a picture.
    pub begun: Option<(SecondStepSecret, String)>,
    /// Recovery codes that were just made.
    pub codes: Option<RecoveryCodes>,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
}

/// The form that asks for a code.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CodeForm {
    /// What was wrong with the last try.
    pub trouble: Option<String>,
    /// Where to go afterwards: a path of this server.
    pub next: Option<String>,
}

/// The passkeys of a person, and the forms that change them.
#[derive(Debug, Clone, PartialEq)]
pub struct PasskeysSheet {
    /// The passkeys, and where they work.
    pub passkeys: Passkeys,
    /// What a new one is called unless its person says otherwise.
    pub called: String,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
}

/// A person's link to the team's own sign-in, and the forms that change it.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamSheet {
    /// Who they are there.
    pub team: TeamSignIn,
    /// Where to go on, once the password was right.
    pub onward: Option<String>,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
}
