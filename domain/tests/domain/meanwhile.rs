//! Two people who change one claim, in any order and from any versions.

use crate::scene::{anna, at, claim};
use domain::{
    ask::{EditAttribution, EditClaim, JudgeClaim},
    claim::{Attribution, Claim, ClaimState, Evidence, Stance, Verdict},
    id::{AttributionId, PersonId, SourceId},
    note::Written,
    version::{ClaimBase, FieldValue, Finding, Stamp, version},
    words::{Claimant, NoteBody, Reason, Statement},
};
use proptest::prelude::*;

fn stamp(version: u64, by: u128) -> Stamp {
    Stamp { version, by: PersonId::from_bits(by), at: at(version as i64) }
}

fn statement(text: &str) -> Option<Statement> {
    Some(Statement::parse(text).unwrap())
}

fn said_by(text: &str) -> Option<Option<Claimant>> {
    Some(Claimant::parse_optional(text).unwrap())
}

const NOTHING: EditClaim = EditClaim { statement: None, claimant: None, state: None, base: None };

fn base(statement: Option<u64>, claimant: Option<u64>, judgement: Option<u64>) -> Option<ClaimBase> {
    Some(ClaimBase { statement, claimant, judgement })
}

/// The claim after Berta, with event 5, has said that the lake is open, and that the mayor says so.
fn changed() -> Claim {
    let ask = EditClaim { statement: statement("The lake is open."), claimant: said_by("The mayor"), ..NOTHING };
    claim(4, &[1]).edited(ask, stamp(5, 2)).unwrap()
}

#[test]
fn a_field_is_replaced_by_who_has_seen_it() {
    let rows: [(EditClaim, Result<(&str, &str), &[&str]>); 9] = [
        // Seen, and not said what was seen.
        (EditClaim { statement: statement("A."), base: base(Some(5), None, None), ..NOTHING }, Ok(("A.", "The mayor"))),
        (EditClaim { statement: statement("A."), ..NOTHING }, Ok(("A.", "The mayor"))),
        (EditClaim { statement: statement("A."), base: base(None, Some(0), None), ..NOTHING }, Ok(("A.", "The mayor"))),
        // Not seen: only what is the same goes.
        (
            EditClaim { statement: statement("A."), base: base(Some(0), None, None), ..NOTHING },
            Err(&["what is claimed"]),
        ),
        (
            EditClaim { statement: statement("A."), base: base(Some(4), None, None), ..NOTHING },
            Err(&["what is claimed"]),
        ),
        (
            EditClaim { statement: statement("The lake is open."), base: base(Some(0), None, None), ..NOTHING },
            Ok(("The lake is open.", "The mayor")),
        ),
        // All of an edit or nothing.
        (
            EditClaim {
                statement: statement("A."),
                claimant: said_by("B"),
                base: base(Some(5), Some(0), None),
                ..NOTHING
            },
            Err(&["who says it"]),
        ),
        (
            EditClaim {
                statement: statement("A."),
                claimant: said_by(""),
                base: base(Some(1), Some(0), None),
                ..NOTHING
            },
            Err(&["what is claimed", "who says it"]),
        ),
        // Nobody has touched how far the work is, so that merges.
        (
            EditClaim { state: Some(ClaimState::InReview), base: base(None, None, Some(0)), ..NOTHING },
            Ok(("The lake is open.", "The mayor")),
        ),
    ];
    for (ask, expected) in rows {
        let edited = changed().edited(ask.clone(), stamp(9, 1));
        match (&edited, expected) {
            (Ok(claim), Ok((statement, claimant))) => {
                assert_eq!(claim.statement.as_str(), statement, "{ask:?}");
                assert_eq!(claim.claimant.as_ref().map(Claimant::as_str), Some(claimant), "{ask:?}");
            }
            (Err(fields), Err(names)) => {
                let got: Vec<_> = fields.iter().map(|each| each.now.name()).collect();
                assert_eq!(got, names, "{ask:?}");
                for each in fields {
                    assert_eq!((each.version, each.by), (5, PersonId::from_bits(2)), "who is in the way is named");
                    assert_ne!(each.now, each.asked);
                }
            }
            other => panic!("{ask:?} gave {other:?}"),
        }
    }
}

#[test]
fn a_judgement_is_one_field() {
    let judge =
        |verdict, reason: &str, base| JudgeClaim { verdict, reason: Reason::parse_optional(reason).unwrap(), base };
    let open = claim(4, &[1]);
    let first = open.judged(judge(Verdict::Holds, "Seen.", Some(0)), stamp(5, 2)).unwrap();
    // Another verdict, and the same verdict for another reason, are other judgements.
    for (verdict, reason) in [(Verdict::Unproven, "Seen."), (Verdict::Holds, "Heard."), (Verdict::Holds, "")] {
        let meanwhile = first.judged(judge(verdict, reason, Some(0)), stamp(6, 1)).unwrap_err().remove(0);
        assert_eq!(meanwhile.now, FieldValue::Judgement(Finding::of(&first)));
        let seen = first.judged(judge(verdict, reason, Some(5)), stamp(6, 1)).unwrap();
        assert_eq!(seen.judgement.as_ref().map(|each| (each.verdict, each.judged_by)), Some((verdict, anna())));
    }
    // Two who judge alike agree: it stays with who was first, unless the other has seen it and says so too.
    let alike = first.judged(judge(Verdict::Holds, "Seen.", Some(0)), stamp(6, 1)).unwrap();
    assert_eq!(alike, first);
    let again = first.judged(judge(Verdict::Holds, "Seen.", Some(5)), stamp(6, 1)).unwrap();
    assert_eq!(again.judgement.map(|each| each.judged_by), Some(anna()));
    // Opening again takes the judgement back, so it must have been seen.
    let reopen = |base| EditClaim { state: Some(ClaimState::Open), base, ..NOTHING };
    first.edited(reopen(base(None, None, Some(0))), stamp(6, 1)).unwrap_err();
    let opened = first.edited(reopen(base(None, None, Some(5))), stamp(6, 1)).unwrap();
    assert_eq!((opened.state, &opened.judgement, version(&opened.edits.judgement)), (ClaimState::Open, &None, 6));
    // A judgement that was not seen is not unseen by a reopening either.
    opened.judged(judge(Verdict::Holds, "Seen.", Some(5)), stamp(7, 2)).unwrap_err();
}

#[test]
fn words_and_evidence_are_kept_the_same_way() {
    let note = crate::scene::note(1, domain::note::About::Article(crate::scene::article()), "One.");
    let body = |text: &str| NoteBody::parse(text).unwrap();
    let words = |text: &str| Written { body: body(text), blocks: Vec::new(), mentions: Vec::new() };
    let edited = note.edited(words("Two."), Some(0), stamp(5, 1)).unwrap();
    assert_eq!(version(&edited.edit), 5);
    let meanwhile = edited.edited(words("Three."), Some(0), stamp(6, 1)).unwrap_err().remove(0);
    assert_eq!((meanwhile.now, meanwhile.asked), (FieldValue::Body(body("Two.")), FieldValue::Body(body("Three."))));
    edited.edited(words("Two."), Some(0), stamp(6, 1)).unwrap();
    edited.edited(words("Three."), None, stamp(6, 1)).unwrap();

    let behind = Attribution {
        id: AttributionId::from_bits(1),
        source: SourceId::from_bits(1),
        stance: Stance::Repeats,
        evidence: None,
        added_by: anna(),
        added_at: at(1),
        edit: None,
    };
    let ask = |stance, evidence: Option<Evidence>, base| EditAttribution { stance, evidence, base };
    let link = || Some(Evidence::Link { address: "https://lsm.lv/a".to_owned().try_into().unwrap() });
    let edited = behind.edited(ask(Stance::Disputes, None, Some(0)), stamp(5, 2)).unwrap();
    // The stance and what shows it are one field.
    edited.edited(ask(Stance::Repeats, link(), Some(0)), stamp(6, 1)).unwrap_err();
    let seen = edited.edited(ask(Stance::Disputes, link(), Some(5)), stamp(6, 1)).unwrap();
    assert_eq!((seen.stance, seen.evidence, version(&seen.edit)), (Stance::Disputes, link(), 6));
}

/// One edit of one of two people: which field gets which of a few values, from which version.
#[derive(Debug, Clone)]
enum Act {
    Say(u8, u64),
    SaidBy(u8, u64),
    Both(u8, u8, u64, u64),
    Judge(u8, u64),
    Open(u64),
}

fn acts() -> impl Strategy<Value = Vec<(u128, Act)>> {
    let act = prop_oneof![
        (0..3u8, 0..40u64).prop_map(|(value, base)| Act::Say(value, base)),
        (0..3u8, 0..40u64).prop_map(|(value, base)| Act::SaidBy(value, base)),
        (0..3u8, 0..3u8, 0..40u64, 0..40u64).prop_map(|(a, b, base, other)| Act::Both(a, b, base, other)),
        (0..3u8, 0..40u64).prop_map(|(value, base)| Act::Judge(value, base)),
        (0..40u64).prop_map(Act::Open),
    ];
    proptest::collection::vec((1..3u128, act), 1..40)
}

/// Each field's value and version.
fn fields(claim: &Claim) -> [(String, u64); 3] {
    let finding = Finding::of(claim);
    [
        (claim.statement.to_string(), version(&claim.edits.statement)),
        (claim.claimant.as_ref().map(ToString::to_string).unwrap_or_default(), version(&claim.edits.claimant)),
        (format!("{finding:?}"), version(&claim.edits.judgement)),
    ]
}

proptest! {
    /// A value that was acknowledged is only replaced by somebody whose base was at least its version.
    #[test]
    fn nothing_is_overwritten_unseen(acts in acts()) {
        let mut claim = claim(4, &[1]);
        for (number, (who, act)) in (1..).zip(acts) {
            let stamp = stamp(number, who);
            // A base is a version that was there: nobody has seen what is to come.
            let seen = |base: u64| base % number;
            let words = |value: u8| statement(&format!("Value {value}."));
            let (bases, done) = match act.clone() {
                Act::Say(value, from) => {
                    let bases = [Some(seen(from)), None, None];
                    let ask = EditClaim { statement: words(value), base: base(bases[0], None, None), ..NOTHING };
                    (bases, claim.edited(ask, stamp))
                }
                Act::SaidBy(value, from) => {
                    let bases = [None, Some(seen(from)), None];
                    let claimant = said_by(&"x".repeat(value.into()));
                    (bases, claim.edited(EditClaim { claimant, base: base(None, bases[1], None), ..NOTHING }, stamp))
                }
                Act::Both(value, other, from, other_from) => {
                    let bases = [Some(seen(from)), Some(seen(other_from)), None];
                    let claimant = said_by(&"x".repeat(other.into()));
                    let ask = EditClaim { statement: words(value), claimant, base: base(bases[0], bases[1], None), ..NOTHING };
                    (bases, claim.edited(ask, stamp))
                }
                Act::Judge(value, from) => {
                    let bases = [None, None, Some(seen(from))];
                    let verdict = Verdict::ALL[usize::from(value)];
                    (bases, claim.judged(JudgeClaim { verdict, reason: None, base: bases[2] }, stamp))
                }
                Act::Open(from) => {
                    let bases = [None, None, Some(seen(from))];
                    let ask = EditClaim { state: Some(ClaimState::Open), base: base(None, None, bases[2]), ..NOTHING };
                    (bases, claim.edited(ask, stamp))
                }
            };
            let before = fields(&claim);
            match done {
                Ok(now) => {
                    for ((before, after), base) in before.iter().zip(fields(&now)).zip(bases) {
                        prop_assert!(after.1 >= before.1, "versions rise");
                        if after.0 != before.0 {
                            prop_assert!(base.is_some_and(|base| base >= before.1), "{act:?} overwrote {before:?} unseen");
                            prop_assert_eq!(after.1, number);
                        }
                    }
                    claim = now;
                }
                Err(meanwhile) => {
                    prop_assert!(!meanwhile.is_empty());
                    for each in meanwhile {
                        prop_assert_ne!(&each.now, &each.asked, "what is the same is no conflict");
                        prop_assert!(before.iter().any(|field| field.1 == each.version), "it names the version in the way");
                        prop_assert!(bases.iter().flatten().any(|base| *base < each.version), "who has seen it is not refused");
                    }
                }
            }
        }
    }
}
