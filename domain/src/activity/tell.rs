//! An event in words.

use super::{FieldEdit, Known, claim};
use crate::{
    arrival::ArrivalState,
    claim::Claim,
    comment::CommentState,
    event::{Change, Event, Restored},
    highlight::Highlight,
    note::{Note, Visibility},
    word::counted,
};

/// An event in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// What was done, as the rest of a sentence.
    pub what: String,
    /// The words that it was done to, whole.
    pub words: Option<String>,
    /// The part of the article's address that shows it, or an address of its own.
    pub place: Option<Place>,
    /// Each field that was changed.
    pub edits: Vec<FieldEdit>,
}

/// Where something can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the event's article: a fragment of its address, empty for all of it.
    Article(String),
    /// On a page of its own: a path.
    Page(String),
}

impl Told {
    fn did(what: impl Into<String>) -> Self {
        Self { what: what.into(), ..Self::default() }
    }

    fn to(self, words: impl Into<String>) -> Self {
        Self { words: Some(words.into()), ..self }
    }

    fn at(self, fragment: String) -> Self {
        Self { place: Some(Place::Article(fragment)), ..self }
    }

    fn on(self, path: impl Into<String>) -> Self {
        Self { place: Some(Place::Page(path.into())), ..self }
    }

    pub(super) fn with(self, edits: impl IntoIterator<Item = FieldEdit>) -> Self {
        Self { edits: edits.into_iter().collect(), ..self }
    }
}

/// An event in words. `before` is the latest one before it about the same thing, where there is one.
pub fn tell(event: &Event, before: Option<&Change>, known: Known<'_>) -> Told {
    let meaning = |highlight: &Highlight| known.palette.meaning(highlight.colour).to_owned();
    match &event.change {
        Change::ArticleAdded(article) => Told::did("added an article").to(&article.title).at(String::new()),
        Change::ArticleRenamed(article) => {
            Told::did("gave an article another title").to(&article.title).at(String::new())
        }
        Change::ArticleRevised(revised) => {
            let number = revised.revision.number;
            let page = event.article.map(|article| format!("/articles/{article}/revisions/{number}/changes"));
            let told = Told::did(format!("brought reading {number} of an article"));
            page.map_or(told.clone(), |page| told.on(page))
        }
        Change::HighlightMade(highlight) => marked("highlighted words", highlight),
        Change::HighlightRecoloured(highlight) => {
            let was = before.and_then(|before| before.highlight(highlight.id)).map(meaning);
            marked("gave a highlight another colour", highlight).with(FieldEdit::of(
                "colour",
                was,
                Some(meaning(highlight)),
            ))
        }
        Change::HighlightMoved(highlight) => {
            let was = highlight.former.last().map(|former| former.selectors.quote.exact.clone());
            let now = Some(highlight.selectors.quote.exact.clone());
            marked("attached a highlight to other words", highlight).with(FieldEdit::of("words", was, now))
        }
        Change::HighlightRemoved(id) => {
            let told = Told::did("removed a highlight");
            match before.and_then(|before| before.highlight(*id)) {
                Some(highlight) => told.to(&highlight.selectors.quote.exact),
                None => told,
            }
        }
        Change::HighlightRestored(Restored { highlights, .. }) => match highlights.first() {
            Some(highlight) => marked("brought a highlight back", highlight),
            None => Told::did("brought a highlight back"),
        },
        Change::NoteWritten(note) => noted(if note.is_reply() { "replied" } else { "wrote a note" }, note),
        Change::NoteEdited(note) => {
            let was = before.and_then(|before| before.note(note.id)).map(|note| note.body.to_string());
            noted("changed a note", note).with(FieldEdit::of("words", was, Some(note.body.to_string())))
        }
        Change::NoteResolved(note) => noted("resolved a thread", note),
        Change::NoteReopened(note) => noted("opened a thread again", note),
        Change::NoteReacted(note) => {
            let had = before.and_then(|before| before.note(note.id)).map_or(&[][..], |note| &note.reactions);
            let given = note.reactions.iter().find(|each| each.by == event.by && !had.contains(each));
            let what = match given {
                Some(given) => format!("said “{}” to a note", given.reaction.label()),
                None => "took back what was said to a note".to_owned(),
            };
            noted(&what, note)
        }
        Change::NoteRemoved(id) => {
            let told = Told::did("removed a note");
            match before.and_then(|before| before.note(*id)) {
                Some(note) => told.to(note.body.as_str()),
                None => told,
            }
        }
        Change::NoteRestored(notes) => match notes.first() {
            Some(note) => noted("brought a note back", note),
            None => Told::did("brought a note back"),
        },
        Change::ClaimMade { claim, .. } => claimed("made a claim", claim).with(FieldEdit::of(
            "who says it",
            None,
            claim.claimant.as_ref().map(ToString::to_string),
        )),
        Change::ClaimAppeared { claim, highlight } => {
            let words = highlight.selectors.quote.exact.clone();
            claimed("marked another place of a claim", claim).with(FieldEdit::of("appears in", None, Some(words)))
        }
        Change::ClaimChanged(claim) => claim::told(claim, before.and_then(Change::claim), known),
        Change::ClaimRemoved(_) => match before.and_then(Change::claim) {
            Some(claim) => Told::did("removed a claim").to(claim.statement.as_str()),
            None => Told::did("removed a claim"),
        },
        Change::AppearanceTakenBack { claim, highlight } => {
            let words = before.and_then(|before| before.highlight(*highlight));
            let words = words.map(|highlight| highlight.selectors.quote.exact.clone());
            match claim.appearances.is_empty() {
                true => Told::did("took a claim back").to(claim.statement.as_str()),
                false => claimed("took back another place of a claim", claim),
            }
            .with(FieldEdit::of("appears in", words, None))
        }
        Change::ClaimRestored(claim) => claimed("brought a claim back", claim),
        Change::SourceTagged(tag) => {
            let name = known.source(tag.source);
            let what = match tag.answer {
                crate::tag::Answer::Confirmed => format!("confirmed that an article rests on {name}"),
                crate::tag::Answer::Rejected => format!("said that an article does not rest on {name}"),
            };
            Told::did(what).at(String::new())
        }
        Change::SourceUntagged(source) => {
            Told::did(format!("took back what was said of {} in an article", known.source(*source))).at(String::new())
        }
        Change::RepairReviewed(review) => {
            Told::did(if review.undone { "undid a repair" } else { "had a repair made again" }).at(String::new())
        }
        Change::ColoursNamed(_) => Told::did("said what the colours mean").on("/colours"),
        Change::SourceKept(source) => {
            let what = match before {
                Some(Change::SourceRemoved(_)) => "put a source back on the list",
                Some(_) => "changed a source",
                None => "kept a source",
            };
            Told::did(what).to(&source.name).on(format!("/sources/{}", source.id))
        }
        Change::SourceRemoved(id) => Told::did("took a source off the list").to(known.source(*id)),
        Change::ArrivalsBrought { count } => {
            Told::did(format!("brought {}", counted(u64::from(*count), "link or file", "links and files")))
                .on("/arrivals")
        }
        Change::ArrivalSettled(arrival) => {
            let what = match arrival.state {
                ArrivalState::Kept { .. } => "brought what became an article",
                ArrivalState::Revised { .. } => "brought what became a newer reading",
                ArrivalState::Known { .. } => "brought what was there already",
                ArrivalState::Failed { .. } => "brought what could not be taken in",
                ArrivalState::Cancelled => "called off what was on its way",
                ArrivalState::Waiting => "brought what waits for its turn",
            };
            Told::did(what).to(&arrival.label).on("/arrivals")
        }
        Change::ArrivalRetried(arrival) => Told::did("had something tried again").to(&arrival.label).on("/arrivals"),
        Change::ArrivalsCancelled { count } => {
            Told::did(format!("called off {}", counted(u64::from(*count), "arrival", "arrivals"))).on("/arrivals")
        }
        Change::ArrivalsCleared { count } => {
            Told::did(format!("took {} off the list", counted(u64::from(*count), "arrival", "arrivals")))
                .on("/arrivals")
        }
        Change::ClippingsBrought { highlights, notes } => {
            let (highlights, notes) = (highlights.len() as u32, notes.len() as u32);
            let marks = counted(u64::from(highlights), "highlight", "highlights");
            let words = counted(u64::from(notes), "note", "notes");
            Told::did(format!("brought {marks} and {words} from another tool")).at(String::new())
        }
        Change::FeedFollowed(feed) => Told::did("followed a feed").to(&feed.title).on("/feeds"),
        Change::FeedUnfollowed(_) => Told::did("stopped following a feed").on("/feeds"),
        Change::EntriesChosen { entries, choice } => {
            let count = counted(entries.len() as u64, "entry", "entries");
            let did = match choice {
                crate::feed::Choice::Keep => format!("kept {count} of feeds"),
                crate::feed::Choice::Drop => format!("dropped {count} of feeds"),
                crate::feed::Choice::Wait => format!("put {count} of feeds back"),
            };
            Told::did(did).on("/inbox")
        }
        Change::NoteShared(note) => noted(
            match note.visibility {
                Visibility::Me => "kept a note to themselves again",
                Visibility::Group => "showed a note to the group",
                Visibility::Public => "put a note on the public page",
            },
            note,
        ),
        Change::HighlightShared { highlight, .. } => marked("showed highlighted words to the group", highlight),
        Change::PublicPageSet(page) => {
            let did =
                if page.open { "set up the public page of an article" } else { "closed the public page of an article" };
            let told = Told::did(did);
            match event.article {
                Some(article) => told.on(format!("/articles/{article}/public")),
                None => told,
            }
        }
        Change::CommentDecided { state, .. } => {
            let did = match state {
                CommentState::Approved => "let a comment stand",
                CommentState::Refused => "refused a comment",
                CommentState::Spam => "marked a comment as spam",
                CommentState::Waiting => "put a comment back",
            };
            Told::did(did).on("/comments")
        }
        Change::Withheld => Told::did("did something for themselves alone"),
        Change::WebhookAdded { host, .. } => Told::did("added a webhook").to(host).on("/webhooks"),
        Change::WebhookRemoved(_) => Told::did("removed a webhook").on("/webhooks"),
        Change::WebhookRetried(_) => Told::did("had a webhook told again").on("/webhooks"),
        Change::MemberJoined(joined) if joined.id == event.by => Told::did("came into the group"),
        Change::MemberJoined(joined) => Told::did("took somebody into the group").to(joined.name.as_str()),
        Change::GroupMade { name } => Told::did("made the group").to(name),
        Change::GroupRenamed { name } => Told::did("gave the group another name").to(name),
        Change::RoleChanged { person, role } => {
            Told::did(format!("gave {} the role of {}", known.person(*person), role.word()))
        }
        Change::MemberLeft(person) if *person == event.by => Told::did("left the group"),
        Change::MemberLeft(person) => Told::did(format!("removed {} from the group", known.person(*person))),
        Change::InvitationMade(_) => Told::did("made a link that lets people in"),
        Change::InvitationRevoked(_) => Told::did("took a link back that let people in"),
    }
}

fn marked(what: &str, highlight: &Highlight) -> Told {
    Told::did(what).to(&highlight.selectors.quote.exact).at(format!("highlight-{}", highlight.id))
}

fn noted(what: &str, note: &Note) -> Told {
    Told::did(what).to(note.body.as_str()).at(format!("note-{}", note.id))
}

pub(super) fn claimed(what: &str, claim: &Claim) -> Told {
    Told::did(what).to(claim.statement.as_str()).at(format!("claim-{}", claim.id))
}
