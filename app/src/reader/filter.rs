//! Which of the cards a person wants to see: by who, colour, kind, source and state, and by words in them.

use super::{
    places::appearances,
    state::{CardKey, State},
};
use crate::blocks::escape;
use domain::{
    claim::{Claim, ClaimState, Verdict},
    highlight::{Colour, Highlight},
    note::{About, Note},
    page::Margin,
};
use leptos::prelude::*;
use phrases::{say, t, t_later, view};

/// The kinds of cards to choose from, by the words that stand for them.
const KINDS: [(&str, &str); 4] = [
    ("claim", t_later("Claims")),
    ("note", t_later("With notes")),
    ("plain", t_later("Highlights only")),
    ("mine", t_later("Only mine to see")),
];

/// What is asked of a card; what is empty asks nothing. All of it are words, as a form has them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The id of a person who marked, wrote, made or judged something on it.
    pub person: String,
    /// The word for the colour of its highlight.
    pub colour: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// The id of a source behind its claim.
    pub source: String,
    /// The word for its claim's state or verdict; `unresolved` for a card with an open thread.
    pub state: String,
    /// Words that stand in it, in small letters.
    pub words: String,
}

/// What a card shows.
struct Card<'a> {
    claim: Option<&'a Claim>,
    highlights: Vec<&'a Highlight>,
    notes: Vec<&'a Note>,
}

impl<'a> Card<'a> {
    fn of(margin: &'a Margin, key: CardKey) -> Option<Self> {
        let (claim, highlights) = match key {
            CardKey::Draft => return None,
            CardKey::Highlight(id) => (None, margin.highlight(id).into_iter().collect()),
            CardKey::Claim(id) => {
                let claim = margin.claims.iter().find(|claim| claim.id == id)?;
                (Some(claim), appearances(margin, claim).collect::<Vec<_>>())
            }
        };
        let mut notes: Vec<&Note> = Vec::new();
        let mut above: Vec<_> = highlights.iter().map(|each| About::Highlight(each.id)).collect();
        while let Some(about) = above.pop() {
            for note in margin.notes_about(about) {
                above.push(About::Note(note.id));
                notes.push(note);
            }
        }
        Some(Self { claim, highlights, notes })
    }
}

impl Filter {
    /// Whether it asks anything.
    pub fn asks(&self) -> bool {
        *self != Self::default()
    }

    /// Whether a card is what is asked for. What is being written always is.
    pub fn takes(&self, margin: &Margin, key: CardKey) -> bool {
        let Some(card) = Card::of(margin, key) else { return true };
        let is = |asked: &str, test: &dyn Fn(&str) -> bool| asked.is_empty() || test(asked);
        is(&self.person, &|id| has_person(&card, id))
            && is(&self.colour, &|word| {
                card.claim.is_none() && card.highlights.iter().any(|each| each.colour.word() == word)
            })
            && is(&self.kind, &|word| is_kind(&card, word))
            && is(&self.source, &|id| {
                card.claim.is_some_and(|claim| claim.attributions.iter().any(|each| each.source.to_string() == id))
            })
            && is(&self.state, &|word| is_in_state(&card, word))
            && is(&self.words, &|words| says(margin, &card, words))
    }
}

fn has_person(card: &Card<'_>, id: &str) -> bool {
    let made = card.claim.into_iter().flat_map(|claim| {
        let judged = claim.judgement.as_ref().map(|each| each.judged_by);
        let added = claim.attributions.iter().map(|each| each.added_by);
        [Some(claim.made_by), judged].into_iter().flatten().chain(added)
    });
    let marked = card.highlights.iter().map(|each| each.made_by);
    made.chain(marked).chain(card.notes.iter().map(|each| each.written_by)).any(|person| person.to_string() == id)
}

fn is_kind(card: &Card<'_>, word: &str) -> bool {
    let is_own = |each: &&Highlight| each.visibility == domain::note::Visibility::Me;
    match word {
        "claim" => card.claim.is_some(),
        "note" => !card.notes.is_empty(),
        "plain" => card.claim.is_none() && card.notes.is_empty(),
        "mine" => card.highlights.iter().any(is_own) || card.notes.iter().any(|note| note.private_to().is_some()),
        _ => true,
    }
}

fn is_in_state(card: &Card<'_>, word: &str) -> bool {
    if word == "unresolved" {
        return card.notes.iter().any(|note| !note.is_reply() && note.resolved.is_none());
    }
    card.claim.is_some_and(|claim| {
        claim.state.word() == word || claim.judgement.as_ref().is_some_and(|each| each.verdict.word() == word)
    })
}

fn says(margin: &Margin, card: &Card<'_>, words: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(words);
    let claimed = card.claim.is_some_and(|claim| {
        has(claim.statement.as_str())
            || claim.claimant.as_ref().is_some_and(|claimant| has(&claimant.to_string()))
            || claim.judgement.iter().filter_map(|each| each.reason.as_ref()).any(|reason| has(reason.as_str()))
            || claim.attributions.iter().any(|each| has(margin.source_name(each.source)))
    });
    claimed
        || card.highlights.iter().any(|each| has(each.words()) || has(margin.person_name(each.made_by)))
        || card.notes.iter().any(|each| has(each.body.as_str()) || has(margin.person_name(each.written_by)))
}

/// The fields, above the cards, for who has a script; the keys find them there.
#[component]
pub fn FilterPanel(state: State) -> impl IntoView {
    // Only what the lists offer: while somebody chooses, they are not drawn anew for what others write.
    let fields = Memo::new(move |_| state.margin.with(|margin| html(margin, &state.filter.get_untracked())));
    // Said once: a panel that comes while others mark words would move what is read.
    let few = state.margin.with_untracked(|margin| margin.highlights.len() < 2);
    let asks = move || state.filter.with(Filter::asks);
    let said = move || match asks() {
        true => {
            let (shown, all) = state.counts();
            say!("Filter: {shown} of {all} shown")
        }
        false => t("Filter and search").to_owned(),
    };
    let read = move |event: leptos::ev::Event| {
        let field = event_target::<leptos::web_sys::Element>(&event);
        let value = event_target_value(&event);
        state.filter.update(|filter| match field.get_attribute("name").as_deref() {
            Some("person") => filter.person = value,
            Some("colour") => filter.colour = value,
            Some("kind") => filter.kind = value,
            Some("source") => filter.source = value,
            Some("state") => filter.state = value,
            _ => filter.words = value.trim().to_lowercase(),
        });
    };
    let clear = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        state.filter.set(Filter::default());
        #[cfg(feature = "browser")]
        super::browser::clear_fields();
    };
    view! {
        <details class="filter" id="filter" class:filtering=asks hidden=few>
            <summary class="panel-head"><span role="status">{said}</span></summary>
            <form on:input=read on:change=read on:submit=clear>
                <input
                    type="search"
                    name="words"
                    id="filter-words"
                    aria-label="Search in notes and claims"
                    placeholder="Words in notes, claims, quotes"
                />
                <div class="filter-fields" inner_html=move || fields.get()></div>
                <button class="quiet" type="submit" hidden=move || !asks()>
                    "Show all"
                </button>
            </form>
        </details>
    }
}

/// The lists as HTML, with what is chosen.
fn html(margin: &Margin, filter: &Filter) -> String {
    let mut out = String::new();
    let wrote = |id| {
        margin.highlights.iter().any(|each| each.made_by == id)
            || margin.notes.iter().any(|each| each.written_by == id)
            || margin.claims.iter().any(|each| each.made_by == id)
    };
    let people = margin.people.iter().filter(|each| wrote(each.id));
    let people: Vec<_> = people.map(|each| (each.id.to_string(), each.name.to_string())).collect();
    let used = |colour: &&Colour| margin.highlights.iter().any(|each| each.colour == **colour);
    let colours = Colour::ALL.iter().filter(used);
    let colours = colours.map(|each| (each.word().to_owned(), margin.palette.meaning(*each).to_owned())).collect();
    let kinds = KINDS.iter().map(|(word, label)| ((*word).to_owned(), t(label).to_owned())).collect();
    let behind = |id| margin.claims.iter().any(|claim| claim.attributions.iter().any(|each| each.source == id));
    let sources = margin.sources.iter().filter(|each| behind(each.id));
    let sources = sources.map(|each| (each.id.to_string(), each.name.clone())).collect();
    let mut states = vec![("unresolved".to_owned(), t("Unresolved notes").to_owned())];
    if !margin.claims.is_empty() {
        states.extend(ClaimState::ALL.iter().map(|each| (each.word().to_owned(), t(each.label()).to_owned())));
        states.extend(Verdict::ALL.iter().map(|each| (each.word().to_owned(), t(each.label()).to_owned())));
    }
    // A list of one person says nothing.
    let people = if people.len() > 1 { people } else { Vec::new() };
    list("person", t("Everybody"), people, &filter.person, &mut out);
    list("kind", t("All kinds"), kinds, &filter.kind, &mut out);
    list("colour", t("All colours"), colours, &filter.colour, &mut out);
    list("source", t("All sources"), sources, &filter.source, &mut out);
    list("state", t("All states"), states, &filter.state, &mut out);
    out
}

/// A list to choose from; nothing when there is nothing to choose.
fn list(name: &str, all: &str, options: Vec<(String, String)>, chosen: &str, out: &mut String) {
    if options.is_empty() {
        return;
    }
    out.push_str("<select name=\"");
    out.push_str(name);
    out.push_str("\" aria-label=\"");
    out.push_str(all);
    out.push_str("\"><option value=\"\">");
    out.push_str(all);
    out.push_str("</option>");
    for (value, label) in options {
        out.push_str("<option value=\"");
        escape(&value, out);
        out.push_str(if value == chosen { "\" selected>" } else { "\">" });
        escape(&label, out);
        out.push_str("</option>");
    }
    out.push_str("</select>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{ClaimId, HighlightId};
    use serde_json::{Value, json};

    fn id(number: u128) -> Value {
        json!(HighlightId::from_bits(number))
    }

    fn highlight(number: u128, colour: &str, words: &str, by: u128, visibility: &str) -> Value {
        json!({
            "id": id(number), "article": id(1), "revision": id(1), "colour": colour, "visibility": visibility,
            "selectors": {
                "quote": { "exact": words, "prefix": "", "suffix": "" }, "position": { "start": 0, "end": 1 },
            },
            "made_by": id(by), "made_at": "2026-03-01T12:00:00Z",
        })
    }

    fn note(number: u128, about: Value, body: &str, by: u128) -> Value {
        json!({
            "id": id(number), "article": id(1), "about": about, "visibility": "group", "body": body, "blocks": [],
            "written_by": id(by), "written_at": "2026-03-01T12:00:00Z", "reactions": [],
        })
    }

    /// A yellow highlight of Anna's with a note and a reply of Bo's, a green one of Bo's alone, a claim of Anna's.
    fn margin() -> Margin {
        let claim = json!({
            "id": id(1), "group": id(1), "statement": "The Bridge is open.", "claimant": "The mayor", "state": "settled",
            "judgement": { "verdict": "holds", "reason": "Seen.", "judged_by": id(2), "judged_at": "2026-03-01T12:00:00Z" },
            "attributions": [{
                "id": id(1), "source": id(7), "stance": "repeats", "added_by": id(1), "added_at": "2026-03-01T12:00:00Z",
            }],
            "appearances": [id(3)], "made_by": id(1), "made_at": "2026-03-01T12:00:00Z",
        });
        let person = |(number, name)| json!({ "id": id(number), "name": name, "joined_at": "2026-03-01T12:00:00Z" });
        let people = [(1, "Anna"), (2, "Bo"), (3, "Cy")].map(person);
        serde_json::from_value(json!({
            "article": id(1), "revision": id(1), "latest": id(1), "readings": [],
            "highlights": [
                highlight(1, "yellow", "a river", 1, "group"), highlight(2, "green", "a lake", 2, "me"),
                highlight(3, "yellow", "a bridge", 1, "group"),
            ],
            "notes": [
                note(4, json!({ "highlight": id(1) }), "Which RIVER?", 1), note(5, json!({ "note": id(4) }), "Gauja.", 2),
            ],
            "claims": [claim], "mentions": [], "tags": [],
            "sources": [{ "id": id(7), "name": "LETA", "kind": "agency" }, { "id": id(8), "name": "Delfi", "kind": "other" }],
            "people": people,
            "palette": { "yellow": "Noted", "green": "Good", "blue": "c", "rose": "d" },
            "you": id(2), "role": "owner", "last_event": 0, "group": id(1),
        }))
        .unwrap()
    }

    #[test]
    fn a_filter_takes_what_is_asked_for() {
        let margin = margin();
        let cards = [
            (1, CardKey::Highlight(HighlightId::from_bits(1))),
            (2, CardKey::Highlight(HighlightId::from_bits(2))),
            (3, CardKey::Claim(ClaimId::from_bits(1))),
        ];
        let text = |number: u128| HighlightId::from_bits(number).to_string();
        let none = Filter::default;
        let rows = [
            (none(), vec![1, 2, 3]),
            (Filter { person: text(2), ..none() }, vec![1, 2, 3]),
            (Filter { person: text(1), ..none() }, vec![1, 3]),
            (Filter { person: text(3), ..none() }, vec![]),
            (Filter { colour: "yellow".into(), ..none() }, vec![1]),
            (Filter { kind: "claim".into(), ..none() }, vec![3]),
            (Filter { kind: "note".into(), ..none() }, vec![1]),
            (Filter { kind: "plain".into(), ..none() }, vec![2]),
            (Filter { kind: "mine".into(), ..none() }, vec![2]),
            (Filter { source: text(7), ..none() }, vec![3]),
            (Filter { source: text(8), ..none() }, vec![]),
            (Filter { state: "settled".into(), ..none() }, vec![3]),
            (Filter { state: "holds".into(), ..none() }, vec![3]),
            (Filter { state: "open".into(), ..none() }, vec![]),
            (Filter { state: "unresolved".into(), ..none() }, vec![1]),
            (Filter { words: "river".into(), ..none() }, vec![1]),
            (Filter { words: "gauja".into(), ..none() }, vec![1]),
            (Filter { words: "leta".into(), ..none() }, vec![3]),
            (Filter { words: "bridge".into(), ..none() }, vec![3]),
            (Filter { words: "bridge".into(), state: "unresolved".into(), ..none() }, vec![]),
            (Filter { person: text(2), kind: "note".into(), ..none() }, vec![1]),
        ];
        for (filter, expected) in rows {
            let taken: Vec<_> =
                cards.iter().filter(|(_, key)| filter.takes(&margin, *key)).map(|(number, _)| *number).collect();
            assert_eq!(taken, expected, "{filter:?}");
        }
        assert!(Filter { kind: "plain".into(), ..none() }.takes(&margin, CardKey::Draft));
    }

    #[test]
    fn only_what_is_there_is_offered() {
        let html = html(&margin(), &Filter { state: "holds".into(), ..Filter::default() });
        for there in [">Anna<", ">Bo<", ">Noted<", ">Good<", ">LETA<", "\"holds\" selected"] {
            assert!(html.contains(there), "{there} in {html}");
        }
        for absent in ["Cy", "Delfi", "value=\"blue\""] {
            assert!(!html.contains(absent), "{absent} in {html}");
        }
    }
}
