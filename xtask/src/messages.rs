//! The message files of all languages: made from the code, kept by translators, and checked against each other.

use std::{collections::BTreeMap, path::PathBuf};

use grammar::{Left, Reach};
use polib::{
    catalog::Catalog,
    message::{Message, MessageView},
    metadata::CatalogMetadata,
    po_file,
};

use crate::{
    cargo::{files_below, from_root, read, root, say, sources_below},
    failure::{During, Failure, Outcome},
};

/// What the scripts say.
mod script;
/// What a translation has to be, and what must not be left in English.
mod rules;

/// The languages beside English, each with its rule for plurals in gettext's form (that of CLDR; a test holds the code to it).
const LANGUAGES: [(&str, &str); 2] = [
    ("lv", "nplurals=3; plural=(n%10==0 || (n%100>=11 && n%100<=19) ? 0 : n%10==1 ? 1 : 2);"),
    ("uk", "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"),
];

/// How many forms of a word each of them has.
const FORMS: usize = 3;

/// Where people are told something, and what of it: the first that a path begins with counts.
const PLACES: [(&str, Option<Reach>); 40] = [
    ("app/src/", Some(Reach::Marked)),
    ("domain/src/activity/tell.rs", Some(Reach::Sentences)),
    ("domain/src/activity/claim.rs", Some(Reach::Sentences)),
    ("domain/src/activity/thing.rs", Some(Reach::Sentences)),
    ("domain/src/activity/topic.rs", Some(Reach::Sentences)),
    ("domain/src/undo.rs", Some(Reach::Sentences)),
    ("domain/src/version.rs", Some(Reach::Sentences)),
    ("domain/src/account.rs", Some(Reach::Sentences)),
    ("domain/src/words.rs", Some(Reach::Sentences)),
    ("domain/src/language.rs", None),
    ("domain/src/", Some(Reach::Labels)),
    ("server/src/actions/export_account.rs", Some(Reach::Labels)),
    // What a clipping says is kept as a note.
    ("server/src/actions/bring_clippings/text.rs", Some(Reach::Labels)),
    ("server/src/actions/", Some(Reach::Sentences)),
    ("server/src/actions.rs", Some(Reach::Sentences)),
    ("server/src/http/json.rs", Some(Reach::Labels)),
    ("server/src/http/traced.rs", None),
    ("server/src/http/", Some(Reach::Sentences)),
    ("server/src/letters.rs", Some(Reach::Marked)),
    ("server/src/live/hub.rs", Some(Reach::Labels)),
    ("server/src/oidc.rs", Some(Reach::Sentences)),
    ("server/src/guesses.rs", Some(Reach::Labels)),
    ("server/src/stamp.rs", Some(Reach::Labels)),
    ("server/src/passkeys.rs", Some(Reach::Sentences)),
    ("server/src/spam.rs", None),
    ("server/src/", None),
    ("import/src/", Some(Reach::Labels)),
    ("fetch/src/error.rs", Some(Reach::Sentences)),
    ("fetch/src/", Some(Reach::Labels)),
    ("lists/src/", Some(Reach::Labels)),
    ("store/src/error.rs", Some(Reach::Labels)),
    ("store/", None),
    ("xtask/", None),
    ("phrases/src/nouns.rs", Some(Reach::Marked)),
    ("phrases/", None),
    ("bench/", None),
    ("e2e/", None),
    ("fuzz/", None),
    ("postil/", None),
    ("", None),
];

/// What the browser's half draws too, and so has to be able to say.
const IN_BROWSER: [&str; 9] = [
    "style/",
    "app/src/blocks",
    "app/src/client.rs",
    "app/src/edits.rs",
    "app/src/island.rs",
    "app/src/live",
    "app/src/pieces.rs",
    "app/src/reader",
    "domain/src/",
];

/// A message: its context, its words, and its words for more than one.
type Key = (Option<String>, String, Option<String>);

/// Where a message stands, and how it is asked for.
#[derive(Debug, Default)]
struct Use {
    files: Vec<String>,
    in_pieces: bool,
}

/// All that the code says.
#[derive(Debug, Default)]
struct Code {
    messages: BTreeMap<Key, Use>,
    /// In the order of the code: the files keep to it.
    order: Vec<Key>,
    /// Words that are no message, where all should be.
    left: Vec<(String, Left)>,
}

fn code() -> Outcome<Code> {
    let mut code = Code::default();
    let mut broken = Vec::new();
    for folder in
        ["app/src", "domain/src", "server/src", "import/src", "fetch/src", "lists/src", "phrases/src", "store/src"]
    {
        for (path, text) in sources_below(&root().join(folder))? {
            let reach = PLACES.iter().find(|(place, _)| path.starts_with(place)).and_then(|(_, reach)| *reach);
            let Some(reach) = reach.filter(|_| !path.ends_with("/tests.rs")) else { continue };
            match grammar::find(&text, reach) {
                Ok(found) => {
                    for message in found.messages {
                        code.add(&path, message);
                    }
                    code.left.extend(found.left.into_iter().map(|left| (path.clone(), left)));
                }
                Err(cause) => broken.push(format!("{path}: {cause}")),
            }
        }
    }
    for path in files_below(&root().join("style"))? {
        if path.extension().is_some_and(|extension| extension == "js") {
            script::find(&read(&path)?).into_iter().for_each(|message| code.add(&from_root(&path), message));
        }
    }
    if broken.is_empty() { Ok(code) } else { Err(Failure::Because(broken.join("\n  "))) }
}

impl Code {
    fn add(&mut self, path: &str, message: grammar::Message) {
        let key = (message.context, message.id, message.plural);
        if !self.messages.contains_key(&key) {
            self.order.push(key.clone());
        }
        let each = self.messages.entry(key).or_default();
        each.in_pieces |= message.in_pieces;
        if !each.files.iter().any(|file| file == path) {
            each.files.push(path.to_owned());
        }
    }
}

fn file_of(language: &str) -> PathBuf {
    root().join(format!("phrases/messages/{language}.po"))
}

fn catalogue(language: &str, plural: &str) -> Outcome<Catalog> {
    let path = file_of(language);
    if !path.is_file() {
        let header = format!(
            "Project-Id-Version: Postil\nLanguage: {language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nPlural-Forms: {plural}\n"
        );
        let metadata = CatalogMetadata::parse(&header).during("make a message file")?;
        return Ok(Catalog::new(metadata));
    }
    let bytes = read(&path)?;
    po_file::parse_from_reader(bytes.as_bytes()).during(format_args!("read {}", from_root(&path)))
}

fn key_of(message: &dyn MessageView) -> Key {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    (message.msgctxt().and_then(some), message.msgid().to_owned(), message.msgid_plural().ok().and_then(some))
}

/// The words of a message in a language: one form, or several.
fn words_of(message: &dyn MessageView) -> Vec<String> {
    match message.msgstr_plural() {
        Ok(forms) => forms.clone(),
        Err(_) => vec![message.msgstr().unwrap_or_default().to_owned()],
    }
}

/// Brings the message files up to date with the code: what is new stands in them without words, what is gone is gone, and
/// all that translators wrote is kept.
///
/// # Errors
/// A file that cannot be read or written.
pub fn update() -> Outcome {
    let code = code()?;
    for (language, plural) in LANGUAGES {
        let before = catalogue(language, plural)?;
        let kept: BTreeMap<Key, &dyn MessageView> =
            before.messages().map(|message| (key_of(message), message)).collect();
        let mut after = Catalog::new(before.metadata.clone());
        after.preheader.clone_from(&before.preheader);
        let mut empty = 0;
        for key in &code.order {
            let words = kept.get(key).map(|message| words_of(*message)).unwrap_or_default();
            empty += usize::from(words.iter().all(String::is_empty));
            after.append_or_update(message(key, &code.messages[key], words, kept.get(key).copied()));
        }
        let gone = kept.keys().filter(|key| !code.messages.contains_key(*key)).count();
        let path = file_of(language);
        po_file::write_to_file(&after, &path).during(format_args!("write {}", from_root(&path)))?;
        say(format_args!("{}: {} messages, {empty} without words, {gone} gone", from_root(&path), code.order.len()));
    }
    Ok(())
}

fn message(key: &Key, place: &Use, words: Vec<String>, before: Option<&dyn MessageView>) -> Message {
    let (context, id, plural) = key.clone();
    let mut build = if plural.is_some() { Message::build_plural() } else { Message::build_singular() };
    build.with_msgid(id).with_source(place.files.join("\n"));
    if let Some(context) = context {
        build.with_msgctxt(context);
    }
    if let Some(comments) = before.map(MessageView::translator_comments).filter(|comments| !comments.is_empty()) {
        build.with_translator_comments(comments.to_owned());
    }
    match plural {
        Some(plural) => {
            let words = if words.len() == FORMS { words } else { vec![String::new(); FORMS] };
            build.with_msgid_plural(plural).with_msgstr_plural(words);
        }
        None => {
            build.with_msgstr(words.into_iter().next().unwrap_or_default());
        }
    }
    build.done()
}

/// Checks that every message has words in every language, and that they fit; and that no words are left in English.
///
/// # Errors
/// All that is wrong, each with its place.
pub fn check() -> Outcome {
    let code = code()?;
    let mut wrong = rules::left(&code.left);
    wrong.extend(rules::alike(code.messages.keys()));
    for (language, plural) in LANGUAGES {
        let file = catalogue(language, plural)?;
        let named = from_root(&file_of(language));
        if file.metadata.plural_rules.dump().trim_end_matches(';') != plural.trim_end_matches(';') {
            wrong.push(format!("{named}: its Plural-Forms must be {plural}"));
        }
        let translated: BTreeMap<Key, &dyn MessageView> =
            file.messages().map(|message| (key_of(message), message)).collect();
        for (key, each) in &code.messages {
            let place = format!("{named}: {:?} ({})", key.1, each.files.join(", "));
            match translated.get(key) {
                None => wrong.push(format!("{place} is not there: run `cargo xtask messages`")),
                Some(message) if message.is_fuzzy() => wrong.push(format!("{place} is marked as fuzzy")),
                Some(message) => {
                    wrong.extend(
                        rules::words(key, each.in_pieces, &words_of(*message)).map(|why| format!("{place} {why}")),
                    );
                }
            }
        }
        let unused = translated.keys().filter(|key| !code.messages.contains_key(*key));
        wrong.extend(unused.map(|key| format!("{named}: {:?} is said nowhere: run `cargo xtask messages`", key.1)));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Failure::Because(format!("these words are not right:\n  {}", wrong.join("\n  "))))
}

/// What a browser is handed of each language: the messages that its half of Postil says, in the form that
/// `phrases::Catalogue` reads.
///
/// # Errors
/// A file that cannot be read.
pub fn for_browser() -> Outcome<Vec<(String, Vec<u8>)>> {
    let code = code()?;
    let mut files = Vec::new();
    for (language, plural) in LANGUAGES {
        let file = catalogue(language, plural)?;
        let mut lines = BTreeMap::new();
        for message in file.messages().filter(|message| message.is_translated() && !message.is_fuzzy()) {
            let key = key_of(message);
            let said = code.messages.get(&key).is_some_and(|each| {
                each.files.iter().any(|file| IN_BROWSER.iter().any(|place| file.starts_with(place)))
            });
            if said {
                let context = key.0.map(|context| format!("{context}\u{4}")).unwrap_or_default();
                lines.insert(format!("{context}{}", key.1), words_of(message).join("\t"));
            }
        }
        let text: String = lines.into_iter().map(|(key, words)| format!("{key}\t{words}\n")).collect();
        files.push((format!("messages-{language}.txt"), text.into_bytes()));
    }
    Ok(files)
}

#[cfg(test)]
mod tests;
