//! Addresses that are told what happens in a group, as [Standard Webhooks](https://www.standardwebhooks.com) has it:
//! each event is posted once it is kept, signed, in order, and again until it was taken.

use crate::{
    article::WebAddress,
    id::{GroupId, PersonId, WebhookId},
    word::worded,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// An address that is told what happens in a group. The secret that its messages are signed with is not part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// The group.
    pub group: GroupId,
    /// Where messages are posted.
    pub address: WebAddress,
    /// What it is told.
    pub wants: Wants,
    /// Who added it.
    pub added_by: PersonId,
    /// When, in UTC.
    pub added_at: DateTime<Utc>,
}

/// What a webhook is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Wants {
    /// All that everybody in the group may see.
    Everything,
    /// What becomes of claims: they are made, changed, judged, removed.
    Claims,
    /// What is written: notes, and answers to them.
    Notes,
    /// What comes in: articles, newer readings.
    Articles,
}

worded!(Wants, "what a webhook is told", {
    Everything = "everything", "Everything that happens";
    Claims = "claims", "What becomes of claims";
    Notes = "notes", "Notes and answers";
    Articles = "articles", "Articles and newer readings";
});

#[cfg(not(feature = "browser"))]
impl Wants {
    /// Whether a webhook that wants this is told of this change. Each is told that it was added: its first message.
    pub fn takes(self, change: &crate::event::Change, webhook: WebhookId) -> bool {
        use crate::event::Change::{
            AppearanceTakenBack, ArticleAdded, ArticleRenamed, ArticleRevised, ClaimAppeared, ClaimChanged, ClaimMade,
            ClaimRemoved, ClippingsBrought, NoteEdited, NoteRemoved, NoteShared, NoteWritten, WebhookAdded, Withheld,
        };
        if let WebhookAdded { webhook: added, .. } = change {
            return self == Self::Everything || *added == webhook;
        }
        match self {
            Self::Everything => !matches!(change, Withheld),
            Self::Claims => {
                matches!(
                    change,
                    ClaimMade { .. }
                        | ClaimAppeared { .. }
                        | ClaimChanged(_)
                        | ClaimRemoved(_)
                        | AppearanceTakenBack { .. }
                )
            }
            Self::Notes => {
                matches!(
                    change,
                    NoteWritten(_) | NoteShared(_) | NoteEdited(_) | NoteRemoved(_) | ClippingsBrought { .. }
                )
            }
            Self::Articles => matches!(change, ArticleAdded(_) | ArticleRenamed(_) | ArticleRevised(_)),
        }
    }
}

/// How the last message to a webhook went, and when the next one may go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WebhookPulse {
    /// The number of the last event that it was told, or that is not for it.
    pub told: u64,
    /// When a message was taken last, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<DateTime<Utc>>,
    /// How often in a row the next message was not taken.
    pub failures: u32,
    /// Why not, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    /// The next message goes out then, in UTC; not before. Nothing when Postil has given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
}

/// A webhook in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WebhookRow {
    /// The webhook.
    pub webhook: Webhook,
    /// How it goes.
    pub pulse: WebhookPulse,
    /// What its messages are signed with: `whsec_` and base64.
    pub secret: String,
    /// How many events of the group are still to be looked at for it.
    pub behind: u64,
}

/// The webhooks of a group, in the order in which they were added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WebhookList {
    /// One row each.
    pub webhooks: Vec<WebhookRow>,
}

/// How long to wait after a message was not taken, once for each failure in a row: what Standard Webhooks recommends,
/// three days in all. After the last one Postil gives up until a person says to try again.
const RESTS: [TimeDelta; 11] = [
    TimeDelta::seconds(5),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(5),
    TimeDelta::hours(10),
    TimeDelta::hours(10),
    TimeDelta::hours(10),
    TimeDelta::hours(10),
    TimeDelta::hours(10),
    TimeDelta::hours(14),
];

/// How long to wait after this many failures in a row, and no less than the address asks for; nothing to give up.
pub fn rest(failures: u32, asked: Option<TimeDelta>) -> Option<TimeDelta> {
    let at = usize::try_from(failures).ok()?.checked_sub(1)?;
    RESTS.get(at).map(|rest| asked.map_or(*rest, |asked| asked.max(*rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_makes_the_rest_longer_until_it_is_given_up() {
        let rows = [
            (1, None, Some(TimeDelta::seconds(5))),
            (1, Some(TimeDelta::seconds(90)), Some(TimeDelta::seconds(90))),
            (2, Some(TimeDelta::seconds(90)), Some(TimeDelta::minutes(5))),
            (3, None, Some(TimeDelta::minutes(30))),
            (11, None, Some(TimeDelta::hours(14))),
            (12, None, None),
            (u32::MAX, None, None),
        ];
        for (failures, asked, expected) in rows {
            assert_eq!(rest(failures, asked), expected, "{failures} {asked:?}");
        }
        let days: TimeDelta = RESTS.iter().sum();
        assert_eq!(days.num_days(), 2, "with the last try three days after the first: {days}");
        assert!(RESTS.is_sorted());
    }
}
