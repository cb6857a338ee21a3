//! The words of one language.

#[cfg(feature = "catalogues")]
use crate::plural::forms;
use domain::language::Language;

/// Between a context and its words, as gettext has it.
pub(crate) const CONTEXT: char = '\u{4}';

/// All messages of a language that have words in it, in the order of their English words.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    entries: Vec<(&'static str, &'static str)>,
    /// The English words for more than one, each with its key. A browser has no use for them.
    #[cfg(feature = "catalogues")]
    plurals: Vec<(&'static str, &'static str)>,
}

impl Catalogue {
    /// Reads the form in which a browser is handed a language: a line for each message, its key, then its forms, with tabs between.
    /// The lines are in the order of their keys.
    pub(crate) fn read(text: &'static str) -> Self {
        Self {
            entries: text.lines().filter_map(|line| line.split_once('\t')).collect(),
            #[cfg(feature = "catalogues")]
            plurals: Vec::new(),
        }
    }

    /// A message in one of its forms.
    pub(crate) fn find(&self, key: &str, form: usize) -> Option<&'static str> {
        let at = self.entries.binary_search_by(|(own, _)| (*own).cmp(key)).ok()?;
        self.entries[at].1.split('\t').nth(form).filter(|words| !words.is_empty())
    }

    /// The messages that have places for values, with their words: for [`crate::heard`].
    #[cfg(feature = "catalogues")]
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let plain = |(key, words): &&(&str, &str)| key.contains('{') && !key.contains(CONTEXT) && !words.contains('\t');
        self.entries.iter().filter(plain).copied()
    }

    /// A number with its word: `3 notes`.
    #[cfg(feature = "catalogues")]
    pub(crate) fn counted(&self, sentence: &str, language: Language) -> Option<String> {
        let (digits, word) = sentence.split_once(' ')?;
        let number: u64 = digits.parse().ok()?;
        let is_it = |many: &str| many.strip_prefix("{n} ").is_some_and(|own| own == word);
        let (_, key) = self.plurals.iter().find(|(many, _)| is_it(many))?;
        let words = self.find(key, crate::plural_form(language, number))?;
        Some(words.replace("{n}", &crate::number(number)))
    }
}

/// The catalogue of a language; English needs none.
#[cfg(feature = "catalogues")]
pub(crate) fn of(language: Language) -> Option<&'static Catalogue> {
    use std::sync::LazyLock;
    static LATVIAN: LazyLock<Catalogue> =
        LazyLock::new(|| from_file(include_bytes!("../messages/lv.po"), Language::Latvian));
    static UKRAINIAN: LazyLock<Catalogue> =
        LazyLock::new(|| from_file(include_bytes!("../messages/uk.po"), Language::Ukrainian));
    match language {
        Language::English => None,
        Language::Latvian => Some(&LATVIAN),
        Language::Ukrainian => Some(&UKRAINIAN),
    }
}

/// Reads a message file, once for as long as the program runs. One that is damaged leaves all in English; the check and a test
/// keep such a file out.
#[cfg(feature = "catalogues")]
fn from_file(bytes: &[u8], language: Language) -> Catalogue {
    let Ok(file) = polib::po_file::parse_from_reader(bytes) else { return Catalogue::default() };
    let mut lines: Vec<String> = Vec::new();
    let mut plurals: Vec<(&'static str, &'static str)> = Vec::new();
    for message in file.messages().filter(|message| message.is_translated() && !message.is_fuzzy()) {
        let words = match message.msgstr_plural() {
            Ok(words) if words.len() == forms(language) => words.join("\t"),
            _ => message.msgstr().map(str::to_owned).unwrap_or_default(),
        };
        if let Ok(many) = message.msgid_plural().map(str::to_owned) {
            plurals.push((String::leak(many), String::leak(message.msgid().to_owned())));
        }
        let context = message.msgctxt().filter(|context| !context.is_empty());
        let context = context.map(|context| format!("{context}{CONTEXT}")).unwrap_or_default();
        lines.push(format!("{context}{}\t{words}", message.msgid()));
    }
    lines.sort_by(|one, other| one.split('\t').next().cmp(&other.split('\t').next()));
    Catalogue { plurals, ..Catalogue::read(String::leak(lines.join("\n"))) }
}

#[cfg(not(feature = "catalogues"))]
static HANDED: std::sync::OnceLock<Catalogue> = std::sync::OnceLock::new();

/// What was handed over.
#[cfg(not(feature = "catalogues"))]
pub(crate) fn of(language: Language) -> Option<&'static Catalogue> {
    if language == Language::English { None } else { HANDED.get() }
}

/// Hands over the words of a language, in the form that [`Catalogue::read`] reads, and speaks it from now on. The first time counts.
#[cfg(not(feature = "catalogues"))]
pub fn hand(language: &str, words: String) {
    if let Ok(language) = language.parse() {
        let _ = HANDED.set(Catalogue::read(String::leak(words)));
        crate::speak(language);
    }
}

#[cfg(all(test, feature = "catalogues"))]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_found_in_each_of_its_forms() {
        let catalogue =
            Catalogue::read("Save\tSaglabāt\nverb\u{4}Open\tAtvērt\n{n} word\t{n} vārdu\t{n} vārds\t{n} vārdi");
        let rows = [
            ("Save", 0, Some("Saglabāt")),
            ("Save", 1, None),
            ("Open", 0, None),
            ("verb\u{4}Open", 0, Some("Atvērt")),
            ("{n} word", 2, Some("{n} vārdi")),
        ];
        for (key, form, expected) in rows {
            assert_eq!(catalogue.find(key, form), expected, "{key:?} {form}");
        }
    }

    #[test]
    fn the_message_files_can_be_read() {
        for language in [Language::Latvian, Language::Ukrainian] {
            assert!(of(language).is_some_and(|catalogue| catalogue.find("Library", 0).is_some()), "{language}");
        }
    }
}
