//! Events as people are told of them.

use crate::scene::{anna, article, at, claim, highlight, judged, margin, note, palette, tag};
use domain::{
    activity::{FieldEdit, Known, MAX_QUOTED, Place, quoted, tell},
    claim::{Attribution, Claim, ClaimState, Stance},
    event::{Change, Event, Restored},
    feed::Choice,
    highlight::{Colour, Highlight},
    id::{AttributionId, ClaimId, EntryId, FeedId, GroupId, HighlightId, NoteId, SourceId},
    note::{About, Note, Reacted, Reaction},
    tag::Answer,
    words::{Claimant, NoteBody, Statement},
};

fn event(change: Change) -> Event {
    Event {
        number: 9,
        group: GroupId::from_bits(1),
        article: Some(article()),
        by: anna(),
        at: at(9),
        undoes: None,
        change,
    }
}

fn edit(field: &str, before: &str, after: &str) -> FieldEdit {
    let value = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    FieldEdit::of(field, value(before), value(after)).unwrap()
}

/// What is said of a change, and what it changed of what was before.
#[track_caller]
fn check(before: Option<Change>, change: Change, what: &str, words: Option<&str>, edits: &[FieldEdit]) {
    let (margin, palette) = (margin(), palette("Worth noting"));
    let known = Known { people: &margin.people, sources: &margin.sources, palette: &palette };
    let told = tell(&event(change.clone()), before.as_ref(), known);
    assert_eq!((told.what.as_str(), told.words.as_deref()), (what, words), "{change:?}");
    assert_eq!(told.edits, edits, "{change:?}");
}

fn rose() -> Highlight {
    highlight(1, 0, 9, Colour::Rose)
}

fn words(body: &str) -> Note {
    Note { body: NoteBody::parse(body).unwrap(), ..note(1, About::Article(article()), "One.") }
}

const STATEMENT: &str = "# The river <b>is</b> open | now #";

#[test]
fn marks_and_notes_are_told_with_their_words() {
    let marked = || Change::HighlightMade(highlight(1, 0, 9, Colour::Yellow));
    check(None, marked(), "highlighted words", Some("The river"), &[]);
    let colours = [edit("colour", "Worth noting", "1. Doubtful")];
    check(
        Some(marked()),
        Change::HighlightRecoloured(rose()),
        "gave a highlight another colour",
        Some("The river"),
        &colours,
    );
    let unknown = [edit("colour", "", "1. Doubtful")];
    check(None, Change::HighlightRecoloured(rose()), "gave a highlight another colour", Some("The river"), &unknown);
    let removed = || Change::HighlightRemoved(HighlightId::from_bits(1));
    check(Some(marked()), removed(), "removed a highlight", Some("The river"), &[]);
    check(None, removed(), "removed a highlight", None, &[]);
    let back = Change::HighlightRestored(Restored { highlights: vec![rose()], notes: Vec::new() });
    check(Some(removed()), back, "brought a highlight back", Some("The river"), &[]);

    let written = || Change::NoteWritten(words("One."));
    check(None, written(), "wrote a note", Some("One."), &[]);
    let reply = note(2, About::Note(NoteId::from_bits(1)), "Two.");
    check(None, Change::NoteWritten(reply), "replied", Some("Two."), &[]);
    check(
        Some(written()),
        Change::NoteEdited(words("Two.")),
        "changed a note",
        Some("Two."),
        &[edit("words", "One.", "Two.")],
    );
    check(Some(written()), Change::NoteResolved(words("One.")), "resolved a thread", Some("One."), &[]);
    check(Some(written()), Change::NoteReopened(words("One.")), "opened a thread again", Some("One."), &[]);
    let thanked =
        Note { reactions: vec![Reacted { reaction: Reaction::Thanks, by: anna(), at: at(3) }], ..words("One.") };
    check(Some(written()), Change::NoteReacted(thanked.clone()), "said “Thanks” to a note", Some("One."), &[]);
    let took_back = "took back what was said to a note";
    check(Some(Change::NoteReacted(thanked)), Change::NoteReacted(words("One.")), took_back, Some("One."), &[]);
    let removed = || Change::NoteRemoved(NoteId::from_bits(1));
    check(Some(written()), removed(), "removed a note", Some("One."), &[]);
    check(Some(removed()), Change::NoteRestored(vec![words("One.")]), "brought a note back", Some("One."), &[]);
}

#[test]
fn each_field_of_a_claim_is_told_before_and_after() {
    let first = || claim(4, &[1]);
    let made = || Change::ClaimMade { claim: first(), highlight: rose() };
    check(None, made(), "made a claim", Some(STATEMENT), &[]);
    let changed = |change: fn(&mut Claim)| {
        let mut claim = first();
        change(&mut claim);
        Change::ClaimChanged(claim)
    };
    let said = changed(|claim| claim.statement = Statement::parse("It is.").unwrap());
    check(
        Some(made()),
        said,
        "changed what is claimed",
        Some("It is."),
        &[edit("what is claimed", STATEMENT, "It is.")],
    );
    let by = changed(|claim| claim.claimant = Claimant::parse_optional("She").unwrap());
    check(Some(made()), by, "changed who says it", Some(STATEMENT), &[edit("who says it", "", "She")]);
    let review = changed(|claim| claim.state = ClaimState::InReview);
    check(Some(made()), review, "took a claim into review", Some(STATEMENT), &[edit("state", "Open", "In review")]);
    check(
        Some(made()),
        made().claim().cloned().map(Change::ClaimChanged).unwrap(),
        "saved a claim without changing it",
        Some(STATEMENT),
        &[],
    );

    let settled = || Claim { attributions: Vec::new(), ..judged(first()) };
    let found = [
        edit("state", "Open", "Settled"),
        edit("verdict", "", "Holds in part"),
        edit("reason", "", "Seen,\nand *written* down."),
    ];
    check(Some(made()), Change::ClaimChanged(settled()), "judged a claim: Holds in part", Some(STATEMENT), &found);
    let taken_back = [
        edit("state", "Settled", "Open"),
        edit("verdict", "Holds in part", ""),
        edit("reason", "Seen,\nand *written* down.", ""),
    ];
    check(
        Some(Change::ClaimChanged(settled())),
        Change::ClaimChanged(first()),
        "opened a claim again",
        Some(STATEMENT),
        &taken_back,
    );

    let behind = |stance| Attribution {
        id: AttributionId::from_bits(1),
        source: SourceId::from_bits(1),
        stance,
        evidence: None,
        added_by: anna(),
        added_at: at(1),
        edit: None,
    };
    let with = |stance| Change::ClaimChanged(Claim { attributions: vec![behind(stance)], ..first() });
    let rows = [
        (made(), with(Stance::Repeats), "named Reuters behind a claim", edit("Reuters", "", "repeats")),
        (
            with(Stance::Repeats),
            with(Stance::Disputes),
            "changed how Reuters stands to a claim",
            edit("Reuters", "repeats", "disputes"),
        ),
        (
            with(Stance::Repeats),
            Change::ClaimChanged(first()),
            "took Reuters from behind a claim",
            edit("Reuters", "repeats", ""),
        ),
    ];
    for (before, change, what, edits) in rows {
        check(Some(before), change, what, Some(STATEMENT), &[edits]);
    }
    check(Some(made()), Change::ClaimRemoved(ClaimId::from_bits(4)), "removed a claim", Some(STATEMENT), &[]);
    check(None, Change::ClaimRestored(first()), "brought a claim back", Some(STATEMENT), &[]);
    let appeared = Change::ClaimAppeared { claim: claim(4, &[1, 2]), highlight: rose() };
    check(
        Some(made()),
        appeared,
        "marked another place of a claim",
        Some(STATEMENT),
        &[edit("appears in", "", "The river")],
    );
}

#[test]
fn what_is_the_group_s_is_told_in_a_line() {
    let rows = [
        (Change::SourceTagged(tag(1, Answer::Confirmed)), "confirmed that an article rests on Reuters"),
        (Change::SourceTagged(tag(9, Answer::Rejected)), "said that an article does not rest on a source"),
        (Change::ColoursNamed(palette("Odd")), "said what the colours mean"),
        (Change::ArrivalsBrought { count: 1 }, "brought one link or file"),
        (Change::ArrivalsBrought { count: 3 }, "brought 3 links and files"),
        (Change::FeedUnfollowed(FeedId::from_bits(1)), "stopped following a feed"),
        (
            Change::EntriesChosen { entries: vec![EntryId::from_bits(1)], choice: Choice::Drop },
            "dropped one entry of feeds",
        ),
        (
            Change::ClippingsBrought { highlights: vec![rose()], notes: Vec::new() },
            "brought one highlight and 0 notes from another tool",
        ),
    ];
    for (change, what) in rows {
        check(None, change, what, None, &[]);
    }
    check(None, Change::SourceRemoved(SourceId::from_bits(1)), "took a source off the list", Some("Reuters"), &[]);
}

#[test]
fn each_leads_to_where_it_can_be_seen() {
    let (margin, palette) = (margin(), palette("Worth noting"));
    let known = Known { people: &margin.people, sources: &margin.sources, palette: &palette };
    let id = HighlightId::from_bits(1);
    let rows = [
        (Change::HighlightMade(rose()), Some(Place::Article(format!("highlight-{id}")))),
        (Change::NoteWritten(words("One.")), Some(Place::Article(format!("note-{}", NoteId::from_bits(1))))),
        (Change::ClaimChanged(claim(4, &[1])), Some(Place::Article(format!("claim-{}", ClaimId::from_bits(4))))),
        (Change::SourceTagged(tag(1, Answer::Confirmed)), Some(Place::Article(String::new()))),
        (Change::ColoursNamed(palette.clone()), Some(Place::Page("/colours".to_owned()))),
        (Change::HighlightRemoved(id), None),
    ];
    for (change, place) in rows {
        assert_eq!(tell(&event(change.clone()), None, known).place, place, "{change:?}");
    }
}

#[test]
fn a_quote_is_cut_at_a_word() {
    assert_eq!(quoted("two\n words "), "two words");
    let long = quoted(&"word ".repeat(40));
    assert!(long.ends_with("word …") && long.chars().count() <= MAX_QUOTED + 2, "{long}");
    let endless = quoted(&"x".repeat(500));
    assert_eq!(endless.chars().count(), MAX_QUOTED + 2);
}
