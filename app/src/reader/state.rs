//! What the desk knows: the margin, and what a person is doing at this moment.

use super::{
    filter::Filter,
    places,
    stretch::{ALL, FIRST, Stretch},
};
use crate::client::Verb;
use domain::{
    anchor::Standing,
    claim::Claim,
    highlight::Highlight,
    id::{ClaimId, HighlightId, NoteId, RevisionId},
    note::Note,
    page::Margin,
    permission::Role,
    text::{Offset, TextRange},
};
use leptos::prelude::*;
use phrases::t;

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
    /// Whether the notes on the whole article were opened.
    pub whole: RwSignal<bool>,
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
    /// Which cards the person wants to see.
    pub filter: RwSignal<Filter>,
    /// The cards that they do not want to see, in order.
    hidden: Memo<Vec<CardKey>>,
    /// What was done last and can be undone, or was undone and can be done again, while that is offered.
    pub offer: RwSignal<Option<Offer>>,
    /// The numbers of the own events of this page that can be undone, the newest last.
    pub(super) own: StoredValue<Vec<u64>>,
    /// The numbers of those that undid them, the newest last: undoing these does it again.
    pub(super) undone: StoredValue<Vec<u64>>,
    /// Which of the offers of this page the last one was.
    #[cfg(feature = "browser")]
    pub(super) offers: StoredValue<u32>,
    /// The ids of what waits for the network.
    pub waiting: RwSignal<Vec<u128>>,
    /// Which cards are drawn where there are too many to draw them all.
    pub drawn: RwSignal<Stretch>,
    /// Those that are drawn wherever they stand: something is written in them, or they have the focus.
    pub kept: RwSignal<Vec<CardKey>>,
    /// Where each highlight stood in the margin when it was looked for last.
    found: StoredValue<Vec<(HighlightId, usize)>>,
    /// What was asked and not answered yet: a second click on the same button asks nothing.
    pub(super) asked: RwSignal<Vec<Asked>>,
}

/// What a key and the toast offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// To undo what was done.
    Undo,
    /// To do again what was undone.
    Redo,
    /// Nothing: what was done changed nothing here.
    Nothing,
}

/// A request: verb, address, body.
pub(super) type Asked = (Verb, String, Option<String>);

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
    /// What kind of thing.
    pub kind: DraftKind,
    /// About these words.
    pub range: TextRange,
    /// The words.
    pub words: String,
}

/// What is written about selected words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftKind {
    /// A claim.
    Claim,
    /// A note.
    Note,
    /// The name of a source on which the article rests.
    Source,
}

/// One card of the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
        let began = StoredValue::new(margin.latest);
        let (margin, filter) = (RwSignal::new(margin), RwSignal::new(Filter::default()));
        let hidden = Memo::new(move |_| {
            let filter = filter.get();
            if !filter.asks() {
                return Vec::new();
            }
            margin.with(|margin| {
                // Put where each belongs: a sort is much for a browser to download.
                let mut hidden: Vec<CardKey> = Vec::new();
                for key in places::keys(margin).into_iter().filter(|key| !filter.takes(margin, *key)) {
                    hidden.insert(hidden.partition_point(|each| *each < key), key);
                }
                hidden
            })
        });
        Self {
            began,
            margin,
            filter,
            hidden,
            selected: RwSignal::new(None),
            draft: RwSignal::new(None),
            active: RwSignal::new(None),
            whole: RwSignal::new(false),
            trouble: RwSignal::new(None),
            attaching: RwSignal::new(None),
            pointed: RwSignal::new(None),
            alone: RwSignal::new(false),
            done: RwSignal::new(None),
            offer: RwSignal::new(None),
            own: StoredValue::default(),
            undone: StoredValue::default(),
            #[cfg(feature = "browser")]
            offers: StoredValue::default(),
            waiting: RwSignal::new(Vec::new()),
            drawn: RwSignal::new(Stretch { from: 0, until: FIRST }),
            kept: RwSignal::new(Vec::new()),
            found: StoredValue::new(Vec::new()),
            asked: RwSignal::new(Vec::new()),
        }
    }

    /// What is said of a thing that waits for the network.
    pub fn waits(self, bits: u128) -> Option<&'static str> {
        self.waiting.with(|waiting| waiting.contains(&bits)).then_some(t("Waits for the network"))
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
        self.margin.with(|margin| self.find(margin, id).cloned())
    }

    /// The highlight with this id. It is looked for where it stood before and close by, for each card asks again after each
    /// change, and there can be very many.
    fn find(self, margin: &Margin, id: HighlightId) -> Option<&Highlight> {
        let is_it = |at: &usize| margin.highlights.get(*at).is_some_and(|each| each.id == id);
        let (slot, before) = self.found.with_value(|found| {
            let slot = found.partition_point(|(each, _)| *each < id);
            (slot, found.get(slot).filter(|(each, _)| *each == id).map(|(_, at)| *at))
        });
        let near = before.and_then(|at| [at, at + 1, at.wrapping_sub(1)].into_iter().find(is_it));
        let at = near.or_else(|| margin.highlights.iter().position(|each| each.id == id))?;
        if before != Some(at) {
            self.found.update_value(|found| match found.get_mut(slot).filter(|_| before.is_some()) {
                Some(known) => known.1 = at,
                None => found.insert(slot, (id, at)),
            });
        }
        margin.highlights.get(at)
    }

    /// Those of the cards that are drawn. The server draws all of them, unless there are too many.
    pub fn drawn_of(self, cards: &[(CardKey, Offset)]) -> Vec<CardKey> {
        let keys = cards.iter().map(|(key, _)| *key);
        let (drawn, kept) = (self.drawn.get(), self.kept.get());
        if drawn == Stretch::WHOLE || (cfg!(not(feature = "browser")) && cards.len() <= ALL) {
            return keys.collect();
        }
        let active = self.active.get().map(|id| self.margin.with(|margin| places::card_of(margin, id)));
        let is_drawn = |at, key| drawn.holds(at) || active == Some(key) || key == CardKey::Draft || kept.contains(&key);
        keys.enumerate().filter(|(at, key)| is_drawn(*at, *key)).map(|(_, key)| key).collect()
    }

    /// The cards in the order of the text, each with the place that it speaks of.
    pub fn cards(self) -> Vec<(CardKey, Offset)> {
        let draft = self.draft.with(|draft| draft.as_ref().map(|draft| (CardKey::Draft, draft.range.start)));
        let mut cards = self.margin.with(|margin| places::cards(margin, draft));
        // What something is written in stays, be it hidden.
        cards.retain(|(key, _)| !self.hides(*key) || self.kept.with(|kept| kept.contains(key)));
        cards
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

    /// Whether the filter hides this card. What was clicked, or is led to by a link, is shown all the same.
    pub fn hides(self, key: CardKey) -> bool {
        self.hidden.with(|hidden| hidden.binary_search(&key).is_ok()) && !self.is_active(key)
    }

    /// How many cards are shown, and how many there are.
    pub fn counts(self) -> (usize, usize) {
        let all = self.margin.with(|margin| places::keys(margin).len());
        (all - self.hidden.with(Vec::len).min(all), all)
    }

    /// Looks at the margin, and is told of each of its highlights whether the filter shows it.
    #[cfg(feature = "browser")]
    pub fn with_shown<T>(self, look: impl FnOnce(&Margin, &dyn Fn(HighlightId) -> bool) -> T) -> T {
        self.hidden.with(|hidden| {
            // Where nothing is hidden a click shows nothing else.
            let active = if hidden.is_empty() { None } else { self.active.get() };
            self.margin.with(|margin| {
                let is_hidden = |id| hidden.binary_search(&places::card_of(margin, id)).is_ok();
                look(margin, &|id| hidden.is_empty() || active == Some(id) || !is_hidden(id))
            })
        })
    }
}
