//! Who else has the article open.

use crate::blocks::escape;
use domain::{
    id::{ClaimId, PersonId},
    live::Here,
    page::Margin,
    text::{Offset, TextRange},
};
use phrases::{counted, say};

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
    /// The number of their colour: the same for all who look.
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
            tint: tint(margin, each.person),
            at: each.at,
            selected: each.selected,
            writing: each.writing,
        })
        .collect()
}

/// The number of a person's colour, by their place among all names: so the first six have one each.
fn tint(margin: &Margin, person: PersonId) -> u8 {
    let place = margin.people.iter().position(|each| each.id == person).unwrap_or_default();
    (place % usize::from(TINTS)) as u8
}

/// Each person once, by the first of their windows that says where they read.
fn people(others: &[Other]) -> Vec<&Other> {
    let mut people: Vec<&Other> = Vec::new();
    for other in others {
        match people.iter_mut().find(|each| each.person == other.person) {
            Some(known) if known.at.is_none() => *known = other,
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
        [one] => Some(say!("{one} is writing …")),
        [one, other] => Some(say!("{one} and {other} are writing …")),
        [one, others @ ..] => {
            Some(counted!(others.len(), "{one} and {n} other are writing …", "{one} and {n} others are writing …"))
        }
    }
}

/// Their names, in quiet colours, as HTML; those beyond the first are counted. A name says where its person reads.
pub fn names(others: &[Other], unlisted: u32) -> String {
    let people = people(others);
    let mut html = String::new();
    for Other { name, tint, at, .. } in people.iter().take(MOST_NAMES) {
        let at = at.map_or(String::new(), |at| at.0.to_string());
        html.push_str(&format!("<li><button type=\"button\" class=\"here-name tint-{tint}\" data-reads=\"{at}\">"));
        escape(name, &mut html);
        html.push_str("</button></li>");
    }
    let beyond = people.len().saturating_sub(MOST_NAMES) + unlisted as usize;
    if beyond > 0 {
        html.push_str(&format!("<li>+{beyond}</li>"));
    }
    html
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
        let shown: Vec<_> = people(&windows).into_iter().map(|each| (&*each.name, each.at.map(|at| at.0))).collect();
        assert_eq!(shown, [("Anna", Some(9)), ("Bruno", Some(4))]);
    }

    #[test]
    fn names_are_words_and_the_rest_is_counted() {
        let html = names(&[other(1, "<b>Anna", Some(9), None)], 0);
        let name =
            "<li><button type=\"button\" class=\"here-name tint-0\" data-reads=\"9\">&lt;b&gt;Anna</button></li>";
        assert_eq!(html, name);
        let many: Vec<_> = (0..7).map(|person| other(person, "Anna", None, None)).collect();
        let html = names(&many, 3);
        assert_eq!((html.matches("<button").count(), html.ends_with("<li>+5</li>")), (5, true), "{html}");
        assert_eq!(names(&[], 0), "");
    }

    #[test]
    fn who_writes_is_told_in_a_few_words() {
        type Row<'a> = (&'a [(u128, &'a str, u128)], Option<&'a str>);
        let rows: [Row<'_>; 5] = [
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
