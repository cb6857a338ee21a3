//! The headline of a page, without the name of its site.

use crate::reading::bare;
use std::collections::HashSet;

/// What stands between a headline and the name of a site.
const BETWEEN: [&str; 13] = [
    " : ",
    " | ",
    " - ",
    " \u{2013} ",
    " \u{2014} ",
    " \u{2015} ",
    " \u{b7} ",
    " \u{2022} ",
    " \u{bb} ",
    " :: ",
    " / ",
    " \u{ab} ",
    " \u{2039} ",
];
/// How many words a headline has at least, when what parts it from the rest is all that is known.
const FEW_WORDS: usize = 4;
/// How many words a heading has at least that nothing else confirms whole, and how many letters a word that tells.
const FEW_IN_HEADING: usize = 3;
const TELLING: usize = 4;
/// The longest headline, in bytes.
const MAX_HEADLINE: usize = 400;

/// The headline: a heading that the page's name or description says too; else the only heading; else what the page
/// says of itself, shortened by the name of the site.
pub(super) fn find<'a>(
    headings: &[String],
    said: impl Iterator<Item = &'a str>,
    page_name: Option<&'a str>,
    outlet: Option<&str>,
) -> Option<String> {
    let said: Vec<String> = said.chain(page_name).map(super::one_line).filter(|said| !said.is_empty()).collect();
    let sayings: Vec<String> = said.iter().map(|said| bare(said)).collect();
    let outlet_bare = outlet.map(bare).unwrap_or_default();
    let confirmed = headings.iter().filter(|heading| {
        let heading = bare(heading);
        heading.len() > 3 && heading != outlet_bare && sayings.iter().any(|said| says(said, &heading))
    });
    if let Some(heading) = confirmed.max_by_key(|heading| heading.len()) {
        return Some(heading.clone());
    }
    // What a page calls itself elsewhere is often shorter or louder than what stands above its article.
    let known: HashSet<String> = said.iter().flat_map(|said| telling_words(said)).collect();
    let alike = |heading: &&String| bare(heading) != outlet_bare && words(heading) >= FEW_IN_HEADING;
    let shared = |heading: &&String| telling_words(heading).filter(|word| known.contains(word)).count();
    if let Some(heading) = headings.iter().filter(alike).filter(|heading| shared(heading) > 0).max_by_key(shared) {
        return Some(heading.clone());
    }
    let shortened: Vec<String> = said.iter().map(|said| without_site(said, outlet, &sayings)).collect();
    let of_page = shortened.into_iter().find(|said| said.len() <= MAX_HEADLINE && bare(said) != outlet_bare);
    match headings {
        [only] if of_page.is_none() && bare(only) != outlet_bare => Some(only.clone()),
        _ => of_page,
    }
}

/// The words of a headline that are long enough to tell it from others.
fn telling_words(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().map(bare).filter(|word| word.chars().count() >= TELLING)
}

/// Whether a saying is the heading, or the heading with something before or after it.
fn says(said: &str, heading: &str) -> bool {
    let long = |times: usize| heading.len() * times >= said.len();
    // What stands last is more often the site.
    said == heading || (long(4) && said.starts_with(heading)) || (long(2) && said.ends_with(heading))
}

/// A page's name without that of its site.
fn without_site(name: &str, outlet: Option<&str>, sayings: &[String]) -> String {
    let outlet = outlet.map(bare).unwrap_or_default();
    let mut name = name;
    while let Some((at, between)) = last_between(name) {
        let (head, tail) = (&name[..at], &name[at + between.len()..]);
        let is_site = |part: &str| {
            let part = bare(part);
            !part.is_empty()
                && (part == outlet || (!outlet.is_empty() && (outlet.contains(&part) || part.contains(&outlet))))
        };
        // Another saying that has only this part of the name decides.
        let alone = |part: &str| sayings.contains(&bare(part));
        if alone(head)
            || is_site(tail)
            || (outlet.is_empty() && words(head) >= FEW_WORDS && words(tail) <= words(head) / 2)
        {
            name = head;
        } else if alone(tail) || is_site(head) {
            name = tail;
        } else {
            break;
        }
    }
    name.trim().to_owned()
}

fn last_between(name: &str) -> Option<(usize, &'static str)> {
    BETWEEN.iter().filter_map(|between| Some((name.rfind(between)?, *between))).max_by_key(|(at, _)| *at)
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_has_no_name_of_a_site() {
        type Row<'a> = (&'a [&'a str], &'a [&'a str], Option<&'a str>, Option<&'a str>, Option<&'a str>);
        let rows: [Row; 12] = [
            (
                &["A Bridge for Saltmere"],
                &[],
                Some("A Bridge for Saltmere | The Post"),
                None,
                Some("A Bridge for Saltmere"),
            ),
            (&["The Post", "A Bridge"], &[], Some("A Bridge - The Post"), Some("The Post"), Some("A Bridge")),
            (&[], &["A Bridge"], Some("A Bridge - The Post"), None, Some("A Bridge")),
            (&[], &[], Some("A Bridge - The Post"), Some("The Post"), Some("A Bridge")),
            (&[], &[], Some("The Post: news | A Bridge"), Some("The Post"), Some("A Bridge")),
            (&[], &[], Some("A Bridge for the Town - News - The Post"), None, Some("A Bridge for the Town")),
            (&[], &[], Some("Left - Right"), None, Some("Left - Right")),
            (&["Home"], &[], Some("A Bridge"), None, Some("A Bridge")),
            (&["How a bridge fell"], &["Bridge: the whole story"], None, None, Some("How a bridge fell")),
            (&["The Post"], &[], Some("A Bridge for the Town :: The Post"), None, Some("A Bridge for the Town")),
            (&["A Bridge"], &[], None, None, Some("A Bridge")),
            (&[], &[], None, None, None),
        ];
        for (headings, said, page_name, outlet, expected) in rows {
            let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
            let found = find(&headings, said.iter().copied(), page_name, outlet);
            assert_eq!(found.as_deref(), expected, "{headings:?} {page_name:?}");
        }
    }
}
