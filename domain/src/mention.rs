//! People who are named with an @ in the words of a note.

use crate::{
    article::{Block, Kind, Run},
    id::PersonId,
    person::Person,
};

/// Marks the names of people that stand behind an @ in the words of blocks, code left out, and says whom they name: each
/// once, in the order of the words. Of two names that begin alike the longer one is meant where it stands.
pub fn mark(blocks: &mut [Block], people: &[Person]) -> Vec<PersonId> {
    let mut named = Vec::new();
    for runs in blocks.iter_mut().flat_map(words) {
        let marked = std::mem::take(runs).into_iter().flat_map(|run| split(run, people));
        *runs = marked.collect();
        for person in runs.iter().filter_map(|run| run.mention) {
            if !named.contains(&person) {
                named.push(person);
            }
        }
    }
    named
}

/// The stretches of words of a block.
fn words(block: &mut Block) -> Vec<&mut Vec<Run>> {
    match &mut block.kind {
        Kind::Heading { runs, .. }
        | Kind::Paragraph { runs }
        | Kind::ListItem { runs, .. }
        | Kind::Quote { runs, .. }
        | Kind::Figure { runs, .. } => vec![runs],
        Kind::Table { rows } => rows.iter_mut().flat_map(|row| &mut row.cells).map(|cell| &mut cell.runs).collect(),
        Kind::Code { .. } | Kind::Rule => Vec::new(),
    }
}

/// A run as runs: each name that is mentioned in it is one of its own.
fn split(run: Run, people: &[Person]) -> Vec<Run> {
    if run.code || run.link.is_some() || !run.text.contains('@') {
        return vec![run];
    }
    let part = |text: &str, mention| Run { text: text.to_owned(), mention, ..run.clone() };
    let (mut runs, mut plain, mut from) = (Vec::new(), 0, 0);
    while let Some(at) = run.text[from..].find('@').map(|at| from + at) {
        from = at + 1;
        // An address of mail is no mention.
        let begins = run.text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let Some((person, length)) = begins.then(|| longest(&run.text[from..], people)).flatten() else { continue };
        runs.extend((plain < at).then(|| part(&run.text[plain..at], None)));
        from += length;
        plain = from;
        runs.push(part(&run.text[at..from], Some(person)));
    }
    runs.extend((plain < run.text.len()).then(|| part(&run.text[plain..], None)));
    runs
}

/// The longest name with which a text begins, as a word, and how many bytes of the text it is.
fn longest(text: &str, people: &[Person]) -> Option<(PersonId, usize)> {
    let found = people.iter().filter_map(|person| Some((person.id, beginning(text, person.name.as_str())?)));
    found.max_by_key(|(_, length)| *length)
}

/// How many bytes of a text are this name, in letters of either case; nothing where it does not begin with it.
fn beginning(text: &str, name: &str) -> Option<usize> {
    let mut rest = text.chars();
    for letter in name.chars() {
        let same = rest.next().is_some_and(|c| c == letter || c.to_lowercase().eq(letter.to_lowercase()));
        if !same {
            return None;
        }
    }
    let ends = rest.clone().next().is_none_or(|c| !c.is_alphanumeric());
    ends.then(|| text.len() - rest.as_str().len())
}

/// What somebody is typing of a name: where its @ stands and what stands behind it, up to the cursor. All are bytes of the
/// text.
pub fn typing(text: &str, cursor: usize) -> Option<(usize, &str)> {
    let before = text.get(..cursor)?;
    let at = before.rfind('@')?;
    let begun = &before[at + 1..];
    let begins = before[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let is_name =
        begun.chars().count() <= MOST_TYPED && !begun.contains('\n') && !begun.starts_with(char::is_whitespace);
    (begins && is_name).then_some((at, begun))
}

/// As many letters of a name are compared: a longer text behind an @ is not a name that is being typed.
const MOST_TYPED: usize = 30;

/// The people whose names begin so, or have a word that does; those whose names begin so first.
pub fn offered<'a>(begun: &str, people: &'a [Person]) -> Vec<&'a Person> {
    let begun = begun.to_lowercase();
    let name = |person: &Person| person.name.as_str().to_lowercase();
    let begins = |person: &&Person| name(person).starts_with(&begun);
    let has = |person: &&Person| !begins(person) && name(person).split(' ').any(|word| word.starts_with(&begun));
    let all = people.iter().filter(begins).chain(people.iter().filter(has));
    all.take(MOST_OFFERED).collect()
}

/// The most people that are offered at once.
const MOST_OFFERED: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{article::WebAddress, words::PersonName};
    use chrono::DateTime;

    fn people() -> Vec<Person> {
        let names = ["Anna", "Anna Liepa", "Žanete Ķ", "bob", "O’Neil, J."];
        let person = |(id, name): (u128, &&str)| Person {
            id: PersonId::from_bits(id),
            name: PersonName::parse(name).unwrap(),
            joined_at: DateTime::UNIX_EPOCH,
        };
        (1..).zip(&names).map(person).collect()
    }

    /// Each mention in brackets, with the number of whom it names.
    fn marked(run: Run) -> String {
        let mut blocks = [Block::sure(Kind::Paragraph { runs: vec![run] })];
        let named = mark(&mut blocks, &people());
        let Kind::Paragraph { runs } = &blocks[0].kind else { panic!("{blocks:?}") };
        let shown: String = runs
            .iter()
            .map(|run| match run.mention {
                Some(person) => format!("[{}|{}]", run.text, person.bits()),
                None => run.text.clone(),
            })
            .collect();
        let named: Vec<_> = named.into_iter().map(|person| person.bits().to_string()).collect();
        format!("{shown} {}", named.join(","))
    }

    #[test]
    fn a_name_behind_an_at_is_a_mention() {
        let rows = [
            ("no one", "no one "),
            ("@Anna", "[@Anna|1] 1"),
            ("see @anna, and @BOB.", "see [@anna|1], and [@BOB|4]. 1,4"),
            ("@Anna Liepa said", "[@Anna Liepa|2] said 2"),
            ("@Anna Liepas said", "[@Anna|1] Liepas said 1"),
            ("@Annabel", "@Annabel "),
            ("(@žanete ķ)", "([@žanete ķ|3]) 3"),
            ("@O’Neil, J. wrote", "[@O’Neil, J.|5] wrote 5"),
            ("anna@anna", "anna@anna "),
            ("@@Anna@Anna", "@[@Anna|1]@Anna 1"),
            ("@nobody @", "@nobody @ "),
            ("@Anna @Anna", "[@Anna|1] [@Anna|1] 1"),
        ];
        for (text, expected) in rows {
            assert_eq!(marked(Run::plain(text)), expected, "{text:?}");
        }
        assert_eq!(marked(Run { code: true, ..Run::plain("@Anna") }), "@Anna ");
        let link = WebAddress::parse("https://lsm.lv");
        assert_eq!(marked(Run { link, ..Run::plain("@Anna") }), "@Anna ");
        let strong = mark(
            &mut [Block::sure(Kind::Quote { depth: 0, runs: vec![Run { strong: true, ..Run::plain("@bob") }] })],
            &people(),
        );
        assert_eq!(strong, [PersonId::from_bits(4)]);
        assert!(mark(&mut [Block::sure(Kind::Code { text: "@Anna".to_owned() })], &people()).is_empty());
    }

    /// What is typed, what of it is a name and from where, and who is offered.
    type Typed = (&'static str, Option<(usize, &'static str)>, &'static [u128]);

    #[test]
    fn who_is_typed_is_offered() {
        let rows: [Typed; 9] = [
            ("@", Some((0, "")), &[1, 2, 3, 4, 5]),
            ("ask @an", Some((4, "an")), &[1, 2]),
            ("ask @Anna L", Some((4, "Anna L")), &[2]),
            ("@lie", Some((0, "lie")), &[2]),
            ("@Ž", Some((0, "Ž")), &[3]),
            ("@x", Some((0, "x")), &[]),
            ("mail@an", None, &[]),
            ("@ an", None, &[]),
            ("@anna\n", None, &[]),
        ];
        for (text, expected, ids) in rows {
            assert_eq!(typing(text, text.len()), expected, "{text:?}");
            let people = people();
            let offered = expected.map(|(_, begun)| offered(begun, &people)).unwrap_or_default();
            let got: Vec<_> = offered.into_iter().map(|person| person.id.bits()).collect();
            assert_eq!(got, ids, "{text:?}");
        }
        assert_eq!(typing("@an and more", 3), Some((0, "an")), "up to the cursor");
        assert_eq!(typing(&format!("@{}", "a ".repeat(20)), 41), None);
    }
}
