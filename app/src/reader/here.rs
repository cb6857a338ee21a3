//! Who else has the article open.

use super::state::State;
use domain::{
    id::{ClaimId, PersonId},
    live::Here,
    page::Margin,
    text::{Offset, TextRange},
};
use leptos::prelude::*;

/// How many colours there are for people; the stylesheet has one for each number below this.
pub const TINTS: u8 = 6;

/// The most people whose names are shown; the others are counted.
const MOST_NAMES: usize = 5;

/// Somebody else who has the article open, in one of their windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// The number of their colour: the same for all who look, and each time.
    pub tint: u8,
    /// The first code point that they have in view.
    pub at: Option<Offset>,
    /// The words that they have selected.
    pub selected: Option<TextRange>,
    /// The claim that they are writing about.
    pub writing: Option<ClaimId>,
}

impl Other {
    /// The letter that stands for them where there is no room for a name.
    pub fn initial(&self) -> String {
        self.name.chars().next().map(|first| first.to_uppercase().collect()).unwrap_or_default()
    }
}

/// Those who are here beside the person who looks, as the server told of them.
pub fn others(margin: &Margin, here: &Here) -> Vec<Other> {
    let others = here.people.iter().filter(|each| each.person != margin.you);
    others
        .map(|each| Other {
            person: each.person,
            name: margin.person_name(each.person).to_owned(),
            tint: (each.person.bits() % u128::from(TINTS)) as u8,
            at: each.at,
            selected: each.selected,
            writing: each.writing,
        })
        .collect()
}

/// Each person once, the first of their windows that says where they read.
fn people(others: Vec<Other>) -> Vec<Other> {
    let mut people: Vec<Other> = Vec::new();
    for other in others {
        match people.iter_mut().find(|each| each.person == other.person) {
            Some(known) if known.at.is_none() => known.at = other.at,
            Some(_) => {}
            None => people.push(other),
        }
    }
    people
}

/// What is said of those who write about a claim.
pub fn writing(others: &[Other], claim: ClaimId) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for other in others.iter().filter(|other| other.writing == Some(claim)) {
        if !names.contains(&other.name.as_str()) {
            names.push(&other.name);
        }
    }
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("{one} is writing …")),
        [one, other] => Some(format!("{one} and {other} are writing …")),
        [one, others @ ..] => Some(format!("{one} and {} others are writing …", others.len())),
    }
}

/// Their names, in quiet colours. A click on one shows where they read.
#[component]
pub fn Names(state: State) -> impl IntoView {
    let list = move || {
        let (others, unlisted) = state.here.get();
        let mut people = people(others);
        let beyond = people.len().saturating_sub(MOST_NAMES) + unlisted as usize;
        people.truncate(MOST_NAMES);
        let names: Vec<_> = people.into_iter().map(|other| name(state, other)).collect();
        let beyond = (beyond > 0).then(|| view! { <li class="text-faint">{format!("+{beyond}")}</li> });
        (names, beyond)
    };
    view! {
        <ul class="here" aria-label="Also here" hidden=move || state.here.with(|(others, _)| others.is_empty())>
            {list}
        </ul>
    }
}

fn name(state: State, other: Other) -> AnyView {
    let Other { name, tint, at, .. } = other;
    let title = format!("Show where {name} reads");
    let go = move |_| {
        if let Some(at) = at {
            show(state, at);
        }
    };
    view! {
        <li>
            <button type="button" class=format!("here-name tint-{tint}") title=title on:click=go>
                {name}
            </button>
        </li>
    }
    .into_any()
}

/// Scrolls to a place of the text.
fn show(_: State, _at: Offset) {
    #[cfg(feature = "browser")]
    super::browser::show(_at);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(person: u128, name: &str, at: Option<u32>, writing: Option<u128>) -> Other {
        Other {
            person: PersonId::from_bits(person),
            name: name.to_owned(),
            tint: 0,
            at: at.map(Offset),
            selected: None,
            writing: writing.map(ClaimId::from_bits),
        }
    }

    #[test]
    fn each_person_is_shown_once() {
        let windows =
            vec![other(1, "Anna", None, None), other(2, "Bruno", Some(4), None), other(1, "Anna", Some(9), None)];
        let shown: Vec<_> = people(windows).into_iter().map(|each| (each.name, each.at.map(|at| at.0))).collect();
        assert_eq!(shown, [("Anna".to_owned(), Some(9)), ("Bruno".to_owned(), Some(4))]);
    }

    #[test]
    fn who_writes_is_told_in_a_few_words() {
        let rows: [(&[(u128, &str, u128)], Option<&str>); 5] = [
            (&[], None),
            (&[(1, "Anna", 8)], None),
            (&[(1, "Anna", 7), (1, "Anna", 7)], Some("Anna is writing …")),
            (&[(1, "Anna", 7), (2, "Bruno", 7)], Some("Anna and Bruno are writing …")),
            (&[(1, "Anna", 7), (2, "Bruno", 7), (3, "Cilla", 7)], Some("Anna and 2 others are writing …")),
        ];
        for (who, expected) in rows {
            let others: Vec<_> = who.iter().map(|(id, name, claim)| other(*id, name, None, Some(*claim))).collect();
            assert_eq!(writing(&others, ClaimId::from_bits(7)).as_deref(), expected, "{who:?}");
        }
    }

    #[test]
    fn an_initial_is_one_letter_of_any_script() {
        for (name, expected) in [("anna", "A"), ("Žanete", "Ž"), ("ßeta", "SS"), ("", "")] {
            assert_eq!(other(1, name, None, None).initial(), expected);
        }
    }
}
