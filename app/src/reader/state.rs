//! What the desk knows: the margin, and what a person is doing at this moment.

use super::{
    news::{News, news},
    places,
};
use crate::client::{Away, Verb};
use domain::{
    anchor::Standing,
    claim::Claim,
    event::{Change, Event},
    highlight::Highlight,
    id::{ClaimId, HighlightId, NoteId, RevisionId},
    note::Note,
    page::Margin,
    permission::Role,
    text::{Offset, TextRange},
};
use leptos::prelude::*;
use phrases::t;
use serde::Serialize;

/// What the desk knows. It is a handful of signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct State {
    /// What stands beside the article.
    pub margin: RwSignal<Margin>,
    /// The reading that was the latest when the page was opened.
    pub began: StoredValue<RevisionId>,
    /// The words that are selected, if any are.
    pub selected: RwSignal<Option<Selected>>,
    /// What is being written about words.
    pub draft: RwSignal<Option<Draft>>,
    /// The highlight that was clicked.
    pub active: RwSignal<Option<HighlightId>>,
    /// What went wrong last.
    pub trouble: RwSignal<Option<String>>,
    /// The highlight that is to be given other words.
    pub attaching: RwSignal<Option<HighlightId>>,
    /// A place that is shown because it could be meant.
    pub pointed: RwSignal<Option<TextRange>>,
    /// Whether what is marked next is for this person alone.
    pub alone: RwSignal<bool>,
    /// What was done last, for people who do not see it.
    pub done: RwSignal<Option<String>>,
    /// How what was removed last is brought back: an address of the API.
    pub undo: RwSignal<Option<String>>,
    /// What was asked and not answered yet: a second click on the same button asks nothing.
    asked: RwSignal<Vec<Asked>>,
}

/// A request: verb, address, body.
type Asked = (Verb, String, Option<String>);

/// Words that are selected, and where on the page the bar belongs.
#[derive(Debug, Clone, PartialEq)]
pub struct Selected {
    /// Where in the text.
    pub range: TextRange,
    /// The words.
    pub words: String,
    /// The middle of the selection's last line, in CSS pixels from the page's left edge.
    pub left: f64,
    /// The bottom of it, in CSS pixels from the page's top.
    pub top: f64,
}

/// What is being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// A claim or a note.
    pub kind: DraftKind,
    /// About these words.
    pub range: TextRange,
    /// The words.
    pub words: String,
}

/// A claim or a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftKind {
    /// A claim.
    Claim,
    /// A note.
    Note,
}

/// One card of the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardKey {
    /// What is being written.
    Draft,
    /// A claim.
    Claim(ClaimId),
    /// A highlight that no claim stands on.
    Highlight(HighlightId),
}

impl State {
    /// A desk with this margin, where nothing is going on.
    pub fn new(margin: Margin) -> Self {
        Self {
            began: StoredValue::new(margin.latest),
            margin: RwSignal::new(margin),
            selected: RwSignal::new(None),
            draft: RwSignal::new(None),
            active: RwSignal::new(None),
            trouble: RwSignal::new(None),
            attaching: RwSignal::new(None),
            pointed: RwSignal::new(None),
            alone: RwSignal::new(false),
            done: RwSignal::new(None),
            undo: RwSignal::new(None),
            asked: RwSignal::new(Vec::new()),
        }
    }

    /// Whether the reading shown is the latest.
    pub fn is_latest(self) -> bool {
        self.margin.with_untracked(Margin::is_latest)
    }

    /// Whether a newer reading was brought since the page was opened.
    pub fn has_newer(self) -> bool {
        self.margin.with(|margin| margin.latest) != self.began.get_value()
    }

    /// Whether the page was opened on the latest reading and there is a newer one now: it is not to be marked any more.
    pub fn is_overtaken(self) -> bool {
        self.has_newer() && self.margin.with(|margin| margin.revision) == self.began.get_value()
    }

    /// Whether the person may write here. In an older reading nobody does.
    pub fn can_annotate(self) -> bool {
        self.margin.with_untracked(|margin| margin.role >= Role::Annotator && margin.is_latest())
    }

    /// Whether the person may judge here.
    pub fn can_judge(self) -> bool {
        self.margin.with_untracked(|margin| margin.role >= Role::Editor && margin.is_latest())
    }

    /// Whether the person may give these words another place: words that stand surely are for who marked them and for
    /// editors. What has no place says itself how it can be given one.
    pub fn may_move(self, highlight: &Highlight) -> bool {
        let own = self.margin.with_untracked(|margin| margin.you == highlight.made_by);
        match highlight.standing() {
            Standing::Exact { .. } | Standing::Moved { .. } => self.can_annotate() && (own || self.can_judge()),
            Standing::Changed { .. } => self.can_annotate(),
            Standing::Ambiguous { .. } | Standing::Gone => false,
        }
    }

    /// Where a highlight can be seen in another reading.
    pub fn reading_path(self, revision: RevisionId, highlight: HighlightId) -> String {
        self.margin.with_untracked(|margin| {
            let article = format!("/articles/{}", margin.article);
            match margin.number_of(revision) {
                Some(number) if revision != margin.latest => {
                    format!("{article}/revisions/{number}#highlight-{highlight}")
                }
                _ => format!("{article}#highlight-{highlight}"),
            }
        })
    }

    /// The address of this article in the API.
    pub fn article_path(self) -> String {
        self.margin.with_untracked(|margin| format!("/api/v1/articles/{}", margin.article))
    }

    /// A claim of this article as it is now.
    pub fn claim(self, id: ClaimId) -> Option<Claim> {
        self.margin.with(|margin| margin.claims.iter().find(|claim| claim.id == id).cloned())
    }

    /// Looks at a note as it is now.
    pub fn on_note<T>(self, id: NoteId, look: impl FnOnce(&Margin, &Note) -> Option<T>) -> Option<T> {
        self.margin.with(|margin| look(margin, margin.notes.iter().find(|note| note.id == id)?))
    }

    /// A highlight as it is now.
    pub fn highlight(self, id: HighlightId) -> Option<Highlight> {
        self.margin.with(|margin| margin.highlight(id).cloned())
    }

    /// The cards in the order of the text, each with the place that it speaks of.
    pub fn cards(self) -> Vec<(CardKey, Offset)> {
        let draft = self.draft.with(|draft| draft.as_ref().map(|draft| (CardKey::Draft, draft.range.start)));
        self.margin.with(|margin| places::cards(margin, draft))
    }

    /// The cards of what stands nowhere in the text.
    pub fn orphans(self) -> Vec<CardKey> {
        self.margin.with(places::orphans)
    }

    /// Whether this card is the one that was clicked.
    pub fn is_active(self, key: CardKey) -> bool {
        let active = self.active.get();
        match key {
            CardKey::Draft => true,
            CardKey::Highlight(id) => active == Some(id),
            CardKey::Claim(id) => active.is_some_and(|highlight| {
                self.margin.with(|margin| margin.claim_of(highlight).is_some_and(|claim| claim.id == id))
            }),
        }
    }

    /// Asks the API for something; what it made is taken in, then `after` is told.
    pub fn ask<T: Serialize>(self, verb: Verb, path: String, body: Option<T>, after: impl FnOnce(&Event) + 'static) {
        // What is generic ends here, so that the browser downloads the rest once and not for each thing asked.
        let body = body.and_then(|body| serde_json::to_string(&body).ok());
        self.send(verb, path, body, Box::new(after));
    }

    fn send(self, verb: Verb, path: String, body: Option<String>, after: Box<dyn FnOnce(&Event)>) {
        let asked: Asked = (verb, path.clone(), body.clone());
        if self.asked.with_untracked(|all| all.contains(&asked)) {
            return;
        }
        self.asked.update_untracked(|all| all.push(asked.clone()));
        leptos::task::spawn_local(async move {
            let answer = crate::client::send(verb, &path, body).await;
            self.asked.update_untracked(|all| all.retain(|each| *each != asked));
            match answer {
                Ok(event) => {
                    self.trouble.set(None);
                    let removed = verb == Verb::Delete;
                    let words = match &event.change {
                        Change::ClaimChanged(_) if removed => t("Source removed"),
                        change => said(change),
                    };
                    self.done.set(Some(words.to_owned()));
                    self.undo.set(removed.then(|| format!("/api/v1/events/{}/undo", event.number)));
                    self.take_in(&event).await;
                    after(&event);
                }
                Err(trouble) => {
                    if trouble.overtaken {
                        // Where that fails too, what is said is the trouble.
                        let _ = self.catch_up().await;
                    }
                    let words = if untrack(|| self.is_overtaken()) { overtaken().to_owned() } else { trouble.words };
                    self.tell(words, trouble.overtaken);
                }
            }
        });
    }

    /// Says what went wrong; unless somebody changed the same meanwhile, and both versions stand on the page to choose from.
    fn tell(self, words: String, overtaken: bool) {
        #[cfg(feature = "browser")]
        if overtaken {
            // They stand there once what was caught up with is drawn.
            return request_animation_frame(move || {
                if !super::browser::show_versions() {
                    self.trouble.set(Some(words));
                }
            });
        }
        let _ = overtaken;
        self.trouble.set(Some(words));
    }

    /// Takes in an own event. Where others came before it that are not known here yet, they come first.
    ///
    /// Invariant: no number is left out. When those before it cannot be had now, it comes once more behind them, from the
    /// seat or with the next catching up.
    async fn take_in(self, event: &Event) {
        if event.number > self.known() + 1 {
            let _ = self.catch_up().await;
        }
        if event.number == self.known() + 1 {
            self.take(std::slice::from_ref(event));
        }
    }

    /// The number of the last event that is known here.
    pub fn known(self) -> u64 {
        self.margin.with_untracked(|margin| margin.last_event)
    }

    /// Takes in what is not known here yet, as far as the server tells it.
    pub async fn catch_up(self) -> Result<(), Away> {
        let group = self.margin.with_untracked(|margin| margin.group);
        loop {
            let missed = crate::client::events_after(group, self.known()).await?;
            let known = self.known();
            self.take(&missed);
            // What is told at once has an end, and the seat may have told it meanwhile.
            if missed.last().is_none_or(|last| last.number <= known) {
                return Ok(());
            }
        }
    }

    /// Hears what happened, in order. What is known already is passed over; where a number is missing, all since the last
    /// known one is asked for.
    #[cfg(feature = "browser")]
    pub fn hear(self, events: &[Event]) {
        let known = self.known();
        let new = events.partition_point(|event| event.number <= known);
        match events.get(new) {
            Some(next) if next.number > known + 1 => leptos::task::spawn_local(async move {
                // Where that fails the connection is gone too, and it is done when that is there again.
                let _ = self.catch_up().await;
            }),
            Some(_) => self.take(&events[new..]),
            None => {}
        }
    }

    /// Takes in events that follow on what is known. Only what changes something here draws anything anew.
    fn take(self, events: &[Event]) {
        let known = self.known();
        let moves = self.margin.with_untracked(|margin| {
            events.iter().any(|event| event.number > known && event.by != margin.you && margin.concerns(event))
        });
        if moves {
            hold_still();
        }
        let mut told = Vec::new();
        self.margin.maybe_update(|margin| {
            let mut changed = false;
            for event in events.iter().filter(|event| event.number > known) {
                let concerns = margin.concerns(event);
                margin.apply(event);
                changed |= concerns;
                told.extend(concerns.then(|| news(margin, event)).flatten());
            }
            changed
        });
        tell(self, told);
    }
}

/// Sees to it that what is read does not move when what others did is drawn.
fn hold_still() {
    #[cfg(feature = "browser")]
    super::browser::hold_still();
}

/// Tells what others did.
fn tell(_state: State, _told: Vec<News>) {
    #[cfg(feature = "browser")]
    super::browser::tell(_state, _told);
}

/// What is said to who marks a reading that was the latest when it was opened.
fn overtaken() -> &'static str {
    t("A newer reading of this article was brought meanwhile, and only the latest can be marked. \
       Nothing that you wrote is lost: open the newer reading, and mark the words there.")
}

/// What is said of a change to those who do not see the page.
fn said(change: &Change) -> &'static str {
    match change {
        Change::HighlightMade(_) => t("Highlighted"),
        Change::HighlightRecoloured(_) => t("Recoloured"),
        Change::HighlightMoved(_) => t("Attached"),
        Change::HighlightRemoved(_) => t("Highlight removed"),
        Change::NoteWritten(_) => t("Note added"),
        Change::NoteEdited(_) => t("Note saved"),
        Change::NoteRemoved(_) => t("Note removed"),
        Change::NoteResolved(_) => t("Thread resolved"),
        Change::NoteReopened(_) => t("Thread opened again"),
        Change::ClaimMade { .. } => t("Claim made"),
        Change::ClaimAppeared { .. } => t("Marked as another appearance"),
        Change::ClaimChanged(_) => t("Claim saved"),
        Change::ClaimRemoved(_) => t("Claim removed"),
        Change::HighlightRestored(_) | Change::NoteRestored(_) | Change::ClaimRestored(_) => t("Brought back"),
        Change::SourceTagged(_) => t("Source saved"),
        _ => t("Saved"),
    }
}
