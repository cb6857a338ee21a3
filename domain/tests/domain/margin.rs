//! A margin and the events that change it, one row each.

use crate::scene::{anna, article, at, claim, highlight, history, judged, margin, note, palette, tag};
use domain::{
    anchor::{Anchor, Score, Standing},
    article::Revised,
    event::{Change, Event},
    group::Joined,
    highlight::{Colour, FormerRange, Highlight},
    id::{ArticleId, ClaimId, GroupId, HighlightId, NoteId, PersonId, RevisionId, SourceId},
    note::{About, Note, Visibility},
    page::Margin,
    permission::Role,
    person::Person,
    source::{Source, SourceKind},
    tag::Answer,
    version::Stamp,
    words::PersonName,
};

fn event(number: u64, article: ArticleId, change: Change) -> Event {
    Event {
        number,
        group: GroupId::from_bits(1),
        article: Some(article),
        by: anna(),
        at: at(9),
        only_for: None,
        undoes: None,
        change,
    }
}

/// What happens to this article, one event after another.
fn after(changes: Vec<Change>) -> Margin {
    let mut margin = margin();
    for (number, change) in (1..).zip(changes) {
        margin.apply(&event(number, article(), change));
    }
    margin
}

fn elsewhere() -> ArticleId {
    ArticleId::from_bits(2)
}

fn about(highlight: u128) -> About {
    About::Highlight(HighlightId::from_bits(highlight))
}

fn source(id: u128, name: &str) -> Source {
    Source {
        id: SourceId::from_bits(id),
        group: GroupId::from_bits(1),
        name: name.to_owned(),
        aliases: Vec::new(),
        domains: Vec::new(),
        country: None,
        languages: Vec::new(),
        kind: SourceKind::Other,
        owner: None,
    }
}

#[test]
fn highlights_stand_in_the_order_of_the_text() {
    let made = |id, start, end| Change::HighlightMade(highlight(id, start, end, Colour::Yellow));
    let after = after(vec![
        made(1, 4, 9),
        made(2, 0, 3),
        made(4, 4, 9),
        made(3, 4, 9),
        made(5, 4, 6),
        Change::HighlightRecoloured(highlight(4, 4, 9, Colour::Rose)),
        Change::HighlightRemoved(HighlightId::from_bits(2)),
    ]);
    let expected = [(5, Colour::Yellow), (1, Colour::Yellow), (3, Colour::Yellow), (4, Colour::Rose)];
    let got: Vec<_> = after.highlights.iter().map(|each| (each.id, each.colour)).collect();
    assert_eq!(got, expected.map(|(id, colour)| (HighlightId::from_bits(id), colour)));
    assert_eq!(after.last_event, 7);
}

#[test]
fn with_a_highlight_or_a_note_go_all_that_answer_it() {
    let reply = |id, to| Change::NoteWritten(note(id, About::Note(NoteId::from_bits(to)), "Reply."));
    let made = || {
        vec![
            Change::HighlightMade(highlight(1, 0, 3, Colour::Blue)),
            Change::HighlightMade(highlight(2, 4, 9, Colour::Blue)),
            Change::NoteWritten(note(1, about(1), "On the first.")),
            Change::NoteWritten(note(2, about(2), "On the second.")),
            reply(3, 1),
            reply(4, 3),
            reply(5, 2),
            Change::NoteWritten(note(6, About::Article(article()), "On all of it.")),
        ]
    };
    let rows: [(Change, &[u128]); 5] = [
        (Change::HighlightRemoved(HighlightId::from_bits(1)), &[2, 5, 6]),
        (Change::NoteRemoved(NoteId::from_bits(1)), &[2, 5, 6]),
        (Change::NoteRemoved(NoteId::from_bits(3)), &[1, 2, 5, 6]),
        (Change::NoteRemoved(NoteId::from_bits(6)), &[1, 2, 3, 4, 5]),
        (Change::NoteRemoved(NoteId::from_bits(9)), &[1, 2, 3, 4, 5, 6]),
    ];
    for (change, left) in rows {
        let mut changes = made();
        changes.push(change.clone());
        let notes: Vec<_> = after(changes).notes.into_iter().map(|note| note.id).collect();
        let expected: Vec<_> = left.iter().map(|id| NoteId::from_bits(*id)).collect();
        assert_eq!(notes, expected, "{change:?}");
    }
}

#[test]
fn an_edited_note_keeps_its_place() {
    let edited = note(1, about(1), "Other words.");
    let margin = after(vec![
        Change::NoteWritten(note(1, about(1), "One.")),
        Change::NoteWritten(note(2, about(1), "Two.")),
        Change::NoteEdited(edited.clone()),
        Change::NoteEdited(note(3, about(1), "Nobody's.")),
    ]);
    assert_eq!(margin.notes, [edited, note(2, about(1), "Two.")]);
}

#[test]
fn a_reply_opens_a_settled_thread() {
    let resolved =
        |id| Note { resolved: Some(Stamp { version: 9, by: anna(), at: at(9) }), ..note(id, about(1), "One.") };
    let reply = |id, to| Change::NoteWritten(note(id, About::Note(NoteId::from_bits(to)), "Reply."));
    let begun = || {
        vec![
            Change::NoteWritten(note(1, about(1), "One.")),
            reply(2, 1),
            Change::NoteWritten(note(3, about(1), "Other.")),
            Change::NoteResolved(resolved(1)),
        ]
    };
    let rows = [
        (Change::NoteReopened(note(1, about(1), "One.")), false),
        (reply(4, 1), false),
        (reply(4, 2), false),
        (reply(4, 3), true),
        (Change::NoteWritten(note(4, about(1), "Beside it.")), true),
        (Change::NoteReacted(resolved(1)), true),
    ];
    for (change, expected) in rows {
        let mut changes = begun();
        changes.push(change.clone());
        let notes = after(changes).notes;
        assert_eq!(notes[0].resolved.is_some(), expected, "{change:?}");
        assert!(notes[1..].iter().all(|note| note.resolved.is_none()), "{change:?}");
    }
}

#[test]
fn a_claim_comes_with_its_words_and_leaves_them() {
    let words = highlight(1, 0, 3, Colour::Yellow);
    let more = highlight(2, 4, 9, Colour::Yellow);
    let first = vec![
        Change::ClaimMade { claim: claim(5, &[2]), highlight: more.clone() },
        Change::ClaimMade { claim: claim(4, &[1]), highlight: words.clone() },
    ];
    let margin = after(first.clone());
    assert_eq!(margin.claims, [claim(4, &[1]), claim(5, &[2])], "the first made first");
    assert_eq!(margin.highlights, [words.clone(), more.clone()]);
    assert_eq!(margin.claim_of(words.id), Some(&claim(4, &[1])));

    let rows: [(Change, &[domain::claim::Claim]); 3] = [
        (Change::ClaimChanged(judged(claim(4, &[1]))), &[judged(claim(4, &[1])), claim(5, &[2])]),
        (Change::ClaimRemoved(ClaimId::from_bits(4)), &[claim(5, &[2])]),
        (Change::ClaimChanged(claim(6, &[])), &[claim(4, &[1]), claim(5, &[2])]),
    ];
    for (change, expected) in rows {
        let mut changes = first.clone();
        changes.push(change.clone());
        let margin = after(changes);
        assert_eq!(margin.claims, expected, "{change:?}");
        assert_eq!(margin.highlights.len(), 2, "the words stay marked");
    }
}

#[test]
fn what_happens_elsewhere_counts_where_it_is_known() {
    let begun =
        || after(vec![Change::ClaimMade { claim: claim(4, &[1]), highlight: highlight(1, 0, 3, Colour::Blue) }]);
    let there = Highlight { article: elsewhere(), ..highlight(7, 4, 9, Colour::Blue) };
    let with = |claims: &[domain::claim::Claim]| Margin { claims: claims.to_vec(), last_event: 2, ..begun() };
    let unchanged = with(&[claim(4, &[1])]);
    let rows = [
        (Change::ClaimChanged(judged(claim(4, &[1]))), with(&[judged(claim(4, &[1]))])),
        (Change::ClaimAppeared { claim: claim(4, &[1, 7]), highlight: there.clone() }, with(&[claim(4, &[1, 7])])),
        (Change::ClaimRemoved(ClaimId::from_bits(4)), with(&[])),
        (Change::ClaimChanged(claim(5, &[7])), unchanged.clone()),
        (Change::ClaimAppeared { claim: claim(5, &[6, 7]), highlight: there.clone() }, unchanged.clone()),
        (Change::ClaimMade { claim: claim(5, &[7]), highlight: there.clone() }, unchanged.clone()),
        (Change::HighlightMade(there), unchanged.clone()),
        (Change::NoteWritten(note(1, about(7), "Elsewhere.")), unchanged.clone()),
        (Change::SourceTagged(tag(1, Answer::Confirmed)), unchanged),
    ];
    for (change, expected) in rows {
        let mut margin = begun();
        margin.apply(&event(2, elsewhere(), change.clone()));
        assert_eq!(margin, expected, "{change:?}");
    }
}

#[test]
fn the_group_s_own_things_count_everywhere() {
    let kept = |id, name: &str| Event { article: None, ..event(1, article(), Change::SourceKept(source(id, name))) };
    let rows: [(Event, &[&str]); 5] = [
        (kept(4, "Reuters"), &["LSM.lv", "Reuters", "Reuters"]),
        (kept(3, "Delfi"), &["Delfi", "LSM.lv", "Reuters"]),
        (kept(1, "AFP"), &["AFP", "LSM.lv"]),
        (kept(3, "Žurnāls"), &["LSM.lv", "Reuters", "Žurnāls"]),
        (Event { article: None, ..event(1, article(), Change::SourceRemoved(SourceId::from_bits(2))) }, &["Reuters"]),
    ];
    for (event, expected) in rows {
        let mut margin = margin();
        margin.apply(&event);
        let offered = margin.sources.iter().filter(|each| !each.removed);
        let names: Vec<_> = offered.map(|each| each.name.as_str()).collect();
        assert_eq!(names, expected, "{event:?}");
        assert_ne!(margin.source_name(SourceId::from_bits(2)), "a source", "a removed source keeps its name");
    }
    let named = after(vec![Change::ColoursNamed(palette("Odd"))]);
    assert_eq!(named.palette.meaning(Colour::Yellow), "Odd");
    let tags = [tag(2, Answer::Confirmed), tag(1, Answer::Confirmed), tag(2, Answer::Rejected)];
    let tagged = after(tags.map(Change::SourceTagged).to_vec());
    assert_eq!(tagged.tags, [tag(1, Answer::Confirmed), tag(2, Answer::Rejected)], "the last answer, by source");
}

#[test]
fn an_event_counts_once() {
    let made = event(3, article(), Change::NoteWritten(note(1, about(1), "One.")));
    let mut margin = margin();
    margin.apply(&made);
    let once = margin.clone();
    for late in [made.clone(), Event { number: 2, ..made.clone() }] {
        margin.apply(&late);
        assert_eq!(margin, once);
    }
    margin.apply(&event(4, elsewhere(), made.change));
    assert_eq!(margin, Margin { last_event: 4, ..once }, "what changes nothing is known all the same");
}

/// A highlight as it stands in the second reading.
fn carried(standing: Standing, highlight: Highlight) -> Highlight {
    Highlight { anchor: Some(Anchor { revision: RevisionId::from_bits(2), standing, words: None }), ..highlight }
}

/// A highlight whose range a person has set on the second reading.
fn set_anew(id: u128, start: u32, end: u32) -> Highlight {
    let first = highlight(id, 0, 9, Colour::Blue);
    let former =
        FormerRange { revision: first.revision, selectors: first.selectors, changed_by: anna(), changed_at: at(9) };
    let now = highlight(id, start, end, Colour::Blue);
    Highlight { revision: RevisionId::from_bits(2), former: vec![former], ..now }
}

#[test]
fn an_older_reading_goes_on_showing_what_it_showed() {
    let revised = || {
        let revision = history(2).revisions[0].revision.clone();
        Change::ArticleRevised(Revised { revision, title: None, touched: Vec::new() })
    };
    let first = || highlight(1, 0, 9, Colour::Blue);
    let begun = || vec![Change::ClaimMade { claim: claim(4, &[1]), highlight: first() }, revised()];
    let known = after(begun());
    assert_eq!((known.latest, known.is_latest()), (RevisionId::from_bits(2), false));
    let numbers = [1, 2, 3].map(|id| known.number_of(RevisionId::from_bits(id)));
    assert_eq!(numbers, [Some(1), Some(2), None]);
    let later = Highlight { revision: RevisionId::from_bits(2), ..highlight(7, 4, 9, Colour::Blue) };
    let still = Anchor {
        revision: RevisionId::from_bits(1),
        standing: Standing::Exact { range: first().selectors.position },
        words: Some("The river".to_owned()),
    };
    let moved = Highlight { anchor: Some(still.clone()), ..set_anew(1, 24, 30) };
    // The same words in both readings need not be said twice.
    let same_words = Highlight { anchor: Some(Anchor { words: None, ..still }), ..set_anew(1, 0, 9) };
    let rose = Highlight { colour: Colour::Rose, ..first() };
    let rows: [(Change, Highlight, &[domain::claim::Claim]); 8] = [
        (Change::HighlightMade(later.clone()), first(), &[claim(4, &[1])]),
        (Change::HighlightMoved(later.clone()), first(), &[claim(4, &[1])]),
        (Change::ClaimMade { claim: claim(5, &[7]), highlight: later.clone() }, first(), &[claim(4, &[1])]),
        (Change::ClaimAppeared { claim: claim(4, &[1, 7]), highlight: later }, first(), &[claim(4, &[1, 7])]),
        (
            Change::ClaimAppeared { claim: claim(5, &[7, 1]), highlight: carried(Standing::Gone, first()) },
            first(),
            &[claim(4, &[1]), claim(5, &[7, 1])],
        ),
        (Change::HighlightRecoloured(carried(Standing::Gone, rose.clone())), rose, &[claim(4, &[1])]),
        (Change::HighlightMoved(set_anew(1, 24, 30)), moved, &[claim(4, &[1])]),
        (Change::HighlightMoved(set_anew(1, 0, 9)), same_words, &[claim(4, &[1])]),
    ];
    for (change, expected, claims) in rows {
        let mut changes = begun();
        changes.push(change.clone());
        let margin = after(changes);
        assert_eq!(margin.highlights, [expected], "{change:?}");
        assert_eq!(margin.claims, claims, "{change:?}");
    }
}

#[test]
fn what_was_lost_in_a_reading_is_lost_there_still() {
    let second = RevisionId::from_bits(2);
    let range = highlight(1, 4, 9, Colour::Blue).selectors.position;
    let edited = Standing::Changed { range, score: Score(800) };
    let rows = [
        (Standing::Gone, None, None),
        (edited.clone(), Some("river is"), Some("river is")),
        (edited, Some("bridge"), None),
    ];
    for (standing, words, expected) in rows {
        let anchor = |words: Option<&str>| {
            Some(Anchor { revision: second, standing: standing.clone(), words: words.map(str::to_owned) })
        };
        let here = Highlight { anchor: anchor(words), ..highlight(1, 0, 9, Colour::Blue) };
        let mut margin = Margin { revision: second, highlights: vec![here], ..margin() };
        let now = Highlight { revision: RevisionId::from_bits(3), ..set_anew(1, 24, 30) };
        assert_eq!(now.selectors.quote.exact, "bridge");
        margin.apply(&event(1, article(), Change::HighlightMoved(now.clone())));
        assert_eq!(margin.highlights, [Highlight { anchor: anchor(expected), ..now }], "{words:?}");
    }
}

/// A note of Berta's, for herself alone.
fn for_herself(id: u128, about: About) -> Note {
    Note { visibility: Visibility::Me, written_by: berta(), ..note(id, about, "Mine.") }
}

fn berta() -> PersonId {
    PersonId::from_bits(2)
}

#[test]
fn an_event_tells_each_person_what_they_may_know() {
    let (mine, ours) = (for_herself(1, about(1)), note(1, about(1), "Ours."));
    let alone = Highlight { visibility: Visibility::Me, made_by: berta(), ..highlight(1, 0, 3, Colour::Blue) };
    let gone = Change::NoteRemoved(NoteId::from_bits(1));
    let rows = [
        (Change::NoteWritten(ours.clone()), None, Change::NoteWritten(ours)),
        (Change::NoteWritten(mine.clone()), Some(berta()), Change::Withheld),
        (Change::NoteEdited(mine.clone()), Some(berta()), Change::Withheld),
        (gone.clone(), Some(berta()), Change::Withheld),
        (Change::HighlightRecoloured(alone), Some(berta()), Change::Withheld),
        // What was taken from their sight is gone for them.
        (Change::NoteShared(mine), Some(berta()), gone),
    ];
    for (change, only_for, expected) in rows {
        assert!(change.private_to().is_none_or(|person| Some(person) == only_for), "{change:?}");
        let event = Event { by: berta(), only_for, ..event(7, article(), change) };
        assert_eq!(event.seen_by(berta()), event, "one's own is told whole");
        let seen = event.seen_by(anna());
        assert_eq!((&seen.change, seen.number, seen.at, seen.only_for), (&expected, 7, event.at, None));
        if seen.change == Change::Withheld {
            assert_eq!((seen.article, seen.by), (None, PersonId::from_bits(0)), "neither who nor where");
        }
        let json = serde_json::to_string(&seen).unwrap();
        assert!(!json.contains("Mine."), "{json}");
        assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), seen);
    }
}

#[test]
fn what_one_wrote_for_oneself_outlives_what_others_take_away() {
    let begun = |you| {
        let mut margin = Margin { you, ..margin() };
        let to = |id| About::Note(NoteId::from_bits(id));
        let made = [
            Change::HighlightMade(highlight(1, 0, 3, Colour::Blue)),
            Change::NoteWritten(note(1, about(1), "Said.")),
            Change::NoteWritten(note(2, to(1), "And said.")),
            Change::NoteWritten(for_herself(3, to(2))),
            Change::NoteWritten(for_herself(4, to(3))),
            Change::NoteWritten(for_herself(5, about(1))),
        ];
        for (number, change) in (1..).zip(made) {
            let only_for = change.private_to();
            margin.apply(&Event { only_for, ..event(number, article(), change) }.seen_by(you));
        }
        margin
    };
    let taken = |you, changes: &[(PersonId, Change)]| {
        let mut margin = begun(you);
        for (number, (by, change)) in (7..).zip(changes.iter().cloned()) {
            margin.apply(&Event { by, ..event(number, article(), change) });
        }
        let notes: Vec<_> = margin.notes.iter().map(|note| (note.id.bits(), note.about)).collect();
        (margin.highlights.iter().map(|each| (each.id.bits(), each.withdrawn)).collect::<Vec<_>>(), notes)
    };
    let note_gone = (anna(), Change::NoteRemoved(NoteId::from_bits(1)));
    let words_gone = (anna(), Change::HighlightRemoved(HighlightId::from_bits(1)));
    let own_gone = |id| (berta(), Change::NoteRemoved(NoteId::from_bits(id)));
    let below = (4, About::Note(NoteId::from_bits(3)));
    let kept = vec![(3, about(1)), below, (5, about(1))];
    let rows = [
        (vec![note_gone.clone()], (vec![(1, false)], kept.clone())),
        (vec![words_gone.clone()], (vec![(1, true)], kept.clone())),
        (vec![note_gone.clone(), words_gone.clone()], (vec![(1, true)], kept)),
        (vec![words_gone.clone(), own_gone(5)], (vec![(1, true)], vec![(3, about(1)), below])),
        (vec![words_gone.clone(), own_gone(5), own_gone(3)], (vec![], vec![])),
    ];
    for (changes, expected) in rows {
        assert_eq!(taken(berta(), &changes), expected, "{changes:?}");
    }
    assert_eq!(taken(anna(), &[note_gone]), (vec![(1, false)], vec![]), "nobody else sees them");
    assert_eq!(taken(anna(), &[words_gone]), (vec![], vec![]));
}

#[test]
fn what_is_shared_comes_where_it_belongs() {
    let (first, second) = (RevisionId::from_bits(1), RevisionId::from_bits(2));
    let there = |revision| Anchor { revision, standing: Standing::Gone, words: None };
    // Marked on the first reading, carried to the second, which is the latest.
    let old = carried(Standing::Gone, highlight(1, 0, 3, Colour::Blue));
    // Set anew on the second; in the first it stands by a placement, or not at all.
    let new = Highlight { revision: second, ..highlight(2, 0, 3, Colour::Blue) };
    let shared = |highlight: &Highlight, elsewhere: &[Anchor]| Change::HighlightShared {
        highlight: highlight.clone(),
        elsewhere: elsewhere.to_vec(),
    };
    let rows = [
        (second, shared(&old, &[]), Some(old.clone())),
        (first, shared(&old, &[]), Some(Highlight { anchor: None, ..old.clone() })),
        (second, shared(&new, &[there(first)]), Some(new.clone())),
        (first, shared(&new, &[there(first)]), Some(Highlight { anchor: Some(there(first)), ..new.clone() })),
        (first, shared(&new, &[]), None),
    ];
    for (revision, change, expected) in rows {
        let mut margin = Margin { revision, ..margin() };
        margin.apply(&event(1, article(), change.clone()));
        assert_eq!(margin.highlights, Vec::from_iter(expected), "{change:?}");
    }
    let mut margin = margin();
    let notes = [note(2, about(1), "Later."), note(1, about(1), "Earlier.")];
    margin.apply(&event(1, article(), Change::NoteWritten(notes[0].clone())));
    margin.apply(&event(2, article(), Change::NoteShared(notes[1].clone())));
    assert_eq!(margin.notes, [notes[1].clone(), notes[0].clone()], "in the order in which they were written");
}

#[test]
fn what_one_may_do_follows_the_role_that_one_has() {
    let berta = PersonId::from_bits(77);
    let person = |id| Person { id, name: PersonName::parse("Berta").unwrap(), joined_at: at(1) };
    let joined = |id, role| Change::MemberJoined(Joined { role, ..Joined::of(&person(id), Role::Reader) });
    let role = |person, role| Change::RoleChanged { person, role };
    let rows: [(Vec<Change>, Role, usize); 8] = [
        (vec![], Role::Owner, 1),
        (vec![role(anna(), Role::Editor)], Role::Editor, 1),
        (vec![role(berta, Role::Reader)], Role::Owner, 1),
        (vec![role(anna(), Role::Reader), role(anna(), Role::Annotator)], Role::Annotator, 1),
        // Who left may do nothing; who was taken in again does what they were taken in for.
        (vec![Change::MemberLeft(anna())], Role::Reader, 1),
        (vec![Change::MemberLeft(anna()), joined(anna(), Some(Role::Editor))], Role::Editor, 1),
        // The names of those who left stay beside what they wrote.
        (vec![joined(berta, Some(Role::Reader)), Change::MemberLeft(berta)], Role::Owner, 2),
        // Of those who were taken in before it was written down it is not known as what.
        (vec![joined(berta, None)], Role::Owner, 2),
    ];
    for (changes, role, people) in rows {
        let margin = after(changes.clone());
        assert_eq!((margin.role, margin.people.len()), (role, people), "{changes:?}");
    }
    // What was written down before there were roles in it is read still.
    let before = format!(r#"{{"member_joined":{}}}"#, serde_json::to_string(&person(berta)).unwrap());
    assert_eq!(serde_json::from_str::<Change>(&before).unwrap(), joined(berta, None));
}
