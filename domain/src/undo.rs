//! What can be undone, and how a claim is set back to what it was before one change.
//!
//! Undoing is a change of its own: what happened stays as it was written down.

use crate::{
    claim::{Attribution, Claim},
    event::Change,
    version::{Finding, Stamp, version},
};

/// Why something cannot be undone, as a sentence without its full stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CannotUndo(pub &'static str);

impl Change {
    /// Whether it is of a kind that can be undone; if not, what to do instead.
    pub fn undoable(&self) -> Result<(), CannotUndo> {
        Err(CannotUndo(match self {
            Self::HighlightMade(_)
            | Self::HighlightRecoloured(_)
            | Self::HighlightMoved(_)
            | Self::HighlightRemoved(_)
            | Self::HighlightRestored(_)
            | Self::NoteWritten(_)
            | Self::NoteEdited(_)
            | Self::NoteRemoved(_)
            | Self::NoteRestored(_)
            | Self::NoteResolved(_)
            | Self::NoteReopened(_)
            | Self::NoteReacted(_)
            | Self::NoteShared(_)
            | Self::ClaimMade { .. }
            | Self::ClaimAppeared { .. }
            | Self::ClaimChanged(_)
            | Self::ClaimRemoved(_)
            | Self::AppearanceTakenBack { .. }
            | Self::ClaimRestored(_)
            | Self::SourceTagged(_)
            | Self::SourceUntagged(_)
            | Self::RepairReviewed(_)
            | Self::SourceRemoved(_) => return Ok(()),
            Self::ArticleAdded(_) => "an article that was added stays: nothing refers to what is not there",
            Self::ArticleRenamed(_) => "give the article its title again on its page",
            Self::ArticleRevised(_) => "a reading is never taken back; the one before it can still be read",
            Self::ColoursNamed(_) => "name the colours again on their page",
            Self::SourceKept(_) => "change the source again on its page",
            Self::ArrivalsBrought { .. }
            | Self::ArrivalSettled(_)
            | Self::ArrivalRetried(_)
            | Self::ArrivalsCancelled { .. }
            | Self::ArrivalsCleared { .. } => "what is on its way is called off or tried again on its own page",
            Self::ClippingsBrought { .. } => "remove what was brought one by one",
            Self::FeedFollowed(_) | Self::FeedUnfollowed(_) => "follow the feed, or stop, on the page of the feeds",
            Self::EntriesChosen { .. } => "choose again in the inbox",
            Self::HighlightShared { .. } => "what others have seen cannot be hidden from them again, only taken away",
            Self::PublicPageSet(_) => "the public page is opened and closed on its own page",
            Self::CommentDecided { .. } => "decide again on the page of the comments",
            Self::Withheld => "it is somebody else's own",
            Self::WebhookAdded { .. } | Self::WebhookRemoved(_) | Self::WebhookRetried(_) => {
                "webhooks are added and removed on their own page"
            }
            Self::GroupMade { .. } | Self::GroupRenamed { .. } => "the group is named on its own page",
            Self::InvitationMade(_) | Self::InvitationRevoked(_) => "links are made and taken back on the group's page",
            Self::MemberJoined(_) | Self::RoleChanged { .. } | Self::MemberLeft(_) => {
                "who is in the group is decided by its owner"
            }
        }))
    }

    /// Whether only who did it can undo it: what somebody wrote, marked or said is theirs, also to take back.
    pub fn is_its_authors(&self) -> bool {
        matches!(
            self,
            Self::HighlightMade(_)
                | Self::HighlightRestored(_)
                | Self::NoteWritten(_)
                | Self::NoteRestored(_)
                | Self::NoteReacted(_)
                | Self::NoteShared(_)
        )
    }
}

/// Said of a field that has a newer version than the change that is to be undone.
const NEWER_STATEMENT: &str = "what is claimed was changed again since";
const NEWER_CLAIMANT: &str = "who says it was changed again since";
const NEWER_JUDGEMENT: &str = "the claim was judged or opened again since";
const NEWER_SOURCE: &str = "the source behind the claim was changed again since";

impl Claim {
    /// This claim, as it is now, with everything set back that the change from `before` to `after` had set. `number` is
    /// that of the change's event. What was changed since stands in the way, and nothing is set back.
    ///
    /// Law: where nothing happened since, all but the stamps is as it was before.
    pub fn undone(&self, before: &Self, after: &Self, number: u64, stamp: Stamp) -> Result<Self, CannotUndo> {
        let mut claim = self.clone();
        let mut anything = false;
        let mut is_newest = |last: &Option<Stamp>, newer| {
            anything = true;
            if version(last) == number { Ok(()) } else { Err(CannotUndo(newer)) }
        };
        if before.statement != after.statement {
            is_newest(&self.edits.statement, NEWER_STATEMENT)?;
            claim.statement = before.statement.clone();
            claim.edits.statement = Some(stamp);
        }
        if before.claimant != after.claimant {
            is_newest(&self.edits.claimant, NEWER_CLAIMANT)?;
            claim.claimant = before.claimant.clone();
            claim.edits.claimant = Some(stamp);
        }
        if Finding::of(before) != Finding::of(after) || before.judgement != after.judgement {
            is_newest(&self.edits.judgement, NEWER_JUDGEMENT)?;
            claim.state = before.state;
            claim.judgement = before.judgement.clone();
            claim.edits.judgement = Some(stamp);
        }
        let sources = claim.sources_undone(before, after, stamp)?;
        if anything || sources { Ok(claim) } else { Err(CannotUndo("nothing was changed by it")) }
    }

    /// Sets the sources back; says whether any was to be.
    fn sources_undone(&mut self, before: &Self, after: &Self, stamp: Stamp) -> Result<bool, CannotUndo> {
        let find = |all: &[Attribution], one: &Attribution| all.iter().position(|each| each.id == one.id);
        let mut anything = false;
        for has in &after.attributions {
            let had = find(&before.attributions, has).map(|at| &before.attributions[at]);
            if had == Some(has) {
                continue;
            }
            anything = true;
            let now = find(&self.attributions, has).filter(|at| self.attributions[*at] == *has);
            let now = now.ok_or(CannotUndo(NEWER_SOURCE))?;
            match had {
                None => drop(self.attributions.remove(now)),
                Some(had) => {
                    self.attributions[now] = Attribution { edit: Some(stamp), ..had.clone() };
                    self.is_behind_once(now)?;
                }
            }
        }
        for (at, had) in before.attributions.iter().enumerate() {
            if find(&after.attributions, had).is_some() {
                continue;
            }
            anything = true;
            if find(&self.attributions, had).is_some() {
                return Err(CannotUndo("the source stands behind the claim already"));
            }
            // Behind the nearest of those that stood before it.
            let above = before.attributions[..at].iter().rev().find_map(|each| find(&self.attributions, each));
            let place = above.map_or(0, |above| above + 1);
            self.attributions.insert(place, had.clone());
            self.is_behind_once(place)?;
        }
        Ok(anything)
    }

    /// A source stands behind a claim in one way once.
    fn is_behind_once(&self, at: usize) -> Result<(), CannotUndo> {
        let one = &self.attributions[at];
        let same = self.attributions.iter().filter(|each| (each.source, each.stance) == (one.source, one.stance));
        if same.count() == 1 {
            Ok(())
        } else {
            Err(CannotUndo("the source stands behind the claim in this way already"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        claim::{ClaimState, Judgement, Stance, Verdict},
        id::{AttributionId, ClaimId, GroupId, PersonId, SourceId},
        words::{Claimant, Statement},
    };
    use chrono::DateTime;
    use proptest::prelude::*;

    fn stamp(version: u64) -> Stamp {
        Stamp { version, by: PersonId::from_bits(2), at: DateTime::UNIX_EPOCH }
    }

    fn behind(id: u128, source: u128, stance: Stance) -> Attribution {
        Attribution {
            id: AttributionId::from_bits(id),
            source: SourceId::from_bits(source),
            stance,
            evidence: None,
            added_by: PersonId::from_bits(1),
            added_at: DateTime::UNIX_EPOCH,
            edit: None,
        }
    }

    /// A claim in one of many states.
    fn claims() -> impl Strategy<Value = Claim> {
        let sources = proptest::sample::subsequence(vec![1, 2, 3, 4], 0..=4).prop_shuffle();
        (0..3u8, 0..3u8, 0..4usize, sources, 0..5usize).prop_map(|(said, by, verdict, sources, stance)| {
            let judgement = Verdict::ALL.get(verdict.wrapping_sub(1)).map(|verdict| Judgement {
                verdict: *verdict,
                reason: None,
                judged_by: PersonId::from_bits(1),
                judged_at: DateTime::UNIX_EPOCH,
            });
            let stances = |at: usize| Stance::ALL[(stance + at) % Stance::ALL.len()];
            Claim {
                id: ClaimId::from_bits(1),
                group: GroupId::from_bits(1),
                statement: Statement::parse(&format!("Statement {said}")).unwrap(),
                claimant: Claimant::parse_optional(&"x".repeat(by.into())).unwrap(),
                state: if judgement.is_some() { ClaimState::Settled } else { ClaimState::Open },
                judgement,
                appearances: Vec::new(),
                attributions: sources.into_iter().map(|id| behind(id, id, stances(id as usize))).collect(),
                made_by: PersonId::from_bits(1),
                made_at: DateTime::UNIX_EPOCH,
                edits: Default::default(),
            }
        })
    }

    /// The claim after a change to all that is other in `to`, as an action leaves it behind.
    fn changed(from: &Claim, to: &Claim, stamp: Stamp) -> Claim {
        let mut claim = Claim { edits: from.edits, ..to.clone() };
        if claim.statement != from.statement {
            claim.edits.statement = Some(stamp);
        }
        if claim.claimant != from.claimant {
            claim.edits.claimant = Some(stamp);
        }
        if claim.judgement != from.judgement {
            claim.edits.judgement = Some(stamp);
        }
        // What stays keeps its order; what is new comes last.
        let order =
            |each: &Attribution| from.attributions.iter().position(|had| had.id == each.id).unwrap_or(usize::MAX);
        claim.attributions.sort_by_key(order);
        for each in &mut claim.attributions {
            if from.attributions.iter().any(|had| had.id == each.id && had.stance != each.stance) {
                each.edit = Some(stamp);
            }
        }
        claim
    }

    /// All but who set what when.
    fn bare(claim: &Claim) -> Claim {
        let attributions = claim.attributions.iter().map(|each| Attribution { edit: None, ..each.clone() }).collect();
        Claim { edits: Default::default(), attributions, ..claim.clone() }
    }

    proptest! {
        #[test]
        fn what_is_undone_is_as_it_was(before in claims(), to in claims()) {
            let after = changed(&before, &to, stamp(5));
            match after.undone(&before, &after, 5, stamp(6)) {
                Ok(back) => prop_assert_eq!(bare(&back), bare(&before)),
                Err(_) => prop_assert_eq!(bare(&after), bare(&before), "only what changed nothing is not undone"),
            }
        }

        /// What came after stays: of a field that was changed once more, nothing is undone at all.
        #[test]
        fn nothing_newer_is_overwritten(before in claims(), to in claims(), later in claims()) {
            let after = changed(&before, &to, stamp(5));
            let now = changed(&after, &later, stamp(7));
            if let Ok(back) = now.undone(&before, &after, 5, stamp(8)) {
                if now.statement != after.statement {
                    prop_assert_eq!(&back.statement, &now.statement);
                }
                if now.claimant != after.claimant {
                    prop_assert_eq!(&back.claimant, &now.claimant);
                }
                if now.judgement != after.judgement {
                    prop_assert_eq!(&back.judgement, &now.judgement);
                }
                for each in now.attributions.iter().filter(|each| !after.attributions.contains(each)) {
                    prop_assert!(back.attributions.contains(each), "what is newer is there still");
                }
                let pairs: std::collections::HashSet<_> =
                    back.attributions.iter().map(|each| (each.source, each.stance)).collect();
                prop_assert_eq!(pairs.len(), back.attributions.len(), "no source stands there twice in one way");
            }
        }
    }
}
