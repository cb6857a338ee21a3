//! All messages of a source, and the words in it that are none and look as if people were told them.

use crate::{
    Counted, Said,
    token::{collapsed, has_words, is_punct, string, string_of},
    view::looked_up,
};
use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

/// Something that people are told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// The English words.
    pub id: String,
    /// Which of several meanings the words have, where they have more than one.
    pub context: Option<String>,
    /// The English words for more than one.
    pub plural: Option<String>,
    /// Whether it is asked for piece by piece: then its pieces keep their order in every language.
    pub in_pieces: bool,
    /// One-based.
    pub line: usize,
}

/// Words that are no message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The words.
    pub words: String,
    /// One-based.
    pub line: usize,
}

/// How much of a source is told to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// What is marked so, by the macros and by `t`: where pages are drawn.
    Marked,
    /// The labels of `worded!` and the sentences of errors: below the pages, where words are English until somebody is told them.
    Labels,
    /// Beside these, all strings of two words or more.
    Sentences,
}

/// What a source says.
#[derive(Debug, Default)]
pub struct Found {
    /// What people are told, in the order of the source.
    pub messages: Vec<Message>,
    /// Strings of two words or more, and single words that begin like a sentence, that are no message.
    pub left: Vec<Left>,
}

/// Macros and methods whose strings are for programmers.
const FOR_PROGRAMMERS: [&str; 24] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug",
    "error",
    "expect",
    "info",
    "panic",
    "query",
    "query_as",
    "query_scalar",
    "reason",
    "trace",
    "unreachable",
    "warn",
    "debug_span",
    "info_span",
    "during",
    "from_static",
    "class",
    "error_span",
    "query_selector",
    "selector",
    "concat",
];

/// Reads a Rust source.
///
/// # Errors
/// The cause, when the text cannot be split into tokens, or a macro of ours cannot be read.
pub fn find(source: &str, reach: Reach) -> Result<Found, String> {
    let stream: TokenStream = source
        .parse()
        .map_err(|cause: proc_macro2::LexError| format!("line {}: not Rust: {cause}", cause.span().start().line))?;
    let mut walk = Walk { found: Found::default(), reach };
    walk.trees(&tokens(stream))?;
    Ok(walk.found)
}

/// The names in braces, in their order.
#[must_use]
pub fn placeholders(message: &str) -> Vec<String> {
    message.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
}

fn tokens(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}

struct Walk {
    found: Found,
    reach: Reach,
}

impl Walk {
    fn trees(&mut self, trees: &[TokenTree]) -> Result<(), String> {
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            at += match tree {
                TokenTree::Punct(punct) if punct.as_char() == '#' => self.attribute(&trees[at..])?,
                TokenTree::Ident(ident) => self.ident(&ident.to_string(), trees, at)?,
                TokenTree::Group(group) => {
                    self.trees(&tokens(group.stream()))?;
                    1
                }
                TokenTree::Literal(literal) => {
                    self.literal(literal, trees, at);
                    1
                }
                TokenTree::Punct(_) => 1,
            };
        }
        Ok(())
    }

    /// Reads what begins with a name; gives the number of tokens that are done with.
    fn ident(&mut self, word: &str, trees: &[TokenTree], at: usize) -> Result<usize, String> {
        let line = trees[at].span().start().line;
        let in_line = |cause: String| format!("line {line}: {cause}");
        let bang = is_punct(trees.get(at + 1), '!');
        let Some(TokenTree::Group(group)) = trees.get(at + 1 + usize::from(bang)) else { return Ok(1) };
        let inside = || tokens(group.stream());
        let is_defined = at > 0 && matches!(&trees[at - 1], TokenTree::Ident(before) if before == "fn");
        match (word, bang) {
            ("view", true) => self.trees(&tokens(looked_up(group.stream()).map_err(in_line)?))?,
            ("say", true) => {
                let said = Said::read(group.stream()).map_err(in_line)?;
                self.message(said.words, None, None, line);
                self.values(&inside()[1..])?;
            }
            ("counted", true) => {
                let Counted { one, many, .. } = Counted::read(group.stream()).map_err(in_line)?;
                self.message(one, None, Some(many), line);
                self.values(&inside())?;
            }
            ("counted", false) if !is_defined && self.reach == Reach::Sentences => {
                let words: Vec<String> = inside().iter().filter_map(|tree| string_of(Some(tree))).collect();
                if let [one, many] = words.as_slice() {
                    self.message(format!("{{n}} {one}"), None, Some(format!("{{n}} {many}")), line);
                    self.message(format!("one {one}"), None, None, line);
                }
                self.values(&inside())?;
            }
            ("worded", true) => self.labels(&inside()),
            ("format", true) => {
                // A format for people may have but one word of its own.
                if let Some(words) = string_of(inside().first()).map(|text| collapsed(&text))
                    && self.reach == Reach::Marked
                    && !is_said(&words)
                    && is_formatted(&words)
                {
                    self.found.left.push(Left { words, line });
                }
                self.trees(&inside())?;
            }
            ("t" | "t_later" | "part", false) if !is_defined => match string_of(inside().first()) {
                Some(id) => {
                    self.found.messages.push(Message {
                        id,
                        context: None,
                        plural: None,
                        in_pieces: word == "part",
                        line,
                    });
                }
                None => self.trees(&inside())?,
            },
            ("t_in", false) if !is_defined => match (string_of(inside().first()), string_of(inside().get(2))) {
                (context @ Some(_), Some(words)) => self.message(words, context, None, line),
                _ => return Err(format!("line {line}: t_in takes a context and words")),
            },
            (word, _) if FOR_PROGRAMMERS.contains(&word) && group.delimiter() == Delimiter::Parenthesis => {}
            _ => return Ok(1),
        }
        Ok(2 + usize::from(bang))
    }

    /// What stands between brackets beside the words: it may say more.
    fn values(&mut self, trees: &[TokenTree]) -> Result<(), String> {
        let others: Vec<_> = trees.iter().filter(|tree| string_of(Some(tree)).is_none()).cloned().collect();
        self.trees(&others)
    }

    fn message(&mut self, id: String, context: Option<String>, plural: Option<String>, line: usize) {
        self.found.messages.push(Message { id, context, plural, in_pieces: false, line });
    }

    /// The second string of each row.
    fn labels(&mut self, trees: &[TokenTree]) {
        if self.reach == Reach::Marked {
            return;
        }
        for tree in trees {
            if let TokenTree::Group(group) = tree {
                let rows = tokens(group.stream());
                for row in rows.split(|tree| is_punct(Some(tree), ';')) {
                    let mut strings = row.iter().filter_map(|tree| Some((string_of(Some(tree))?, tree)));
                    if let Some((label, tree)) = strings.nth(1) {
                        self.message(label, None, None, tree.span().start().line);
                    }
                }
            }
        }
    }

    /// An attribute: what an error says. All others are for programmers, and so is what is for tests.
    fn attribute(&mut self, trees: &[TokenTree]) -> Result<usize, String> {
        let skipped = 1 + usize::from(is_punct(trees.get(1), '!'));
        let Some(TokenTree::Group(group)) = trees.get(skipped) else { return Ok(1) };
        let inside = tokens(group.stream());
        if let [TokenTree::Ident(name), TokenTree::Group(said), ..] = inside.as_slice()
            && name == "error"
            && self.reach != Reach::Marked
            && let Some(words) = string_of(tokens(said.stream()).first())
        {
            self.sentence(&words, group);
        }
        let length = skipped + 1;
        if group.stream().to_string().replace(' ', "") != "cfg(test)" {
            return Ok(length);
        }
        let ends = |tree: &TokenTree| {
            let body = matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            body || is_punct(Some(tree), ';')
        };
        Ok(trees[length..].iter().position(ends).map_or(length, |end| length + end + 1))
    }

    fn sentence(&mut self, words: &str, group: &Group) {
        let id = numbered(&collapsed(words));
        let own: String = id.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        if has_words(&own) {
            self.message(id, None, None, group.span_open().start().line);
        }
    }

    /// A string that nothing marks.
    fn literal(&mut self, literal: &Literal, trees: &[TokenTree], at: usize) {
        let Some(words) = string(literal).map(|text| collapsed(&text)) else { return };
        let line = literal.span().start().line;
        let is_class = at >= 2 && is_punct(trees.get(at - 1), '=') && is_named(&trees[at - 2], "class");
        if is_class || !is_said(&words) {
            return;
        }
        match self.reach {
            Reach::Marked => self.found.left.push(Left { words, line }),
            Reach::Labels => {}
            Reach::Sentences => self.message(numbered(&words), None, None, line),
        }
    }
}

fn is_named(tree: &TokenTree, name: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == name)
}

/// Whether it looks like what a person is told: two words or more, or one that begins a sentence.
fn is_said(words: &str) -> bool {
    let own: String = words
        .split('{')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('}').map_or("", |(_, rest)| rest) })
        .collect();
    let is_word = |word: &&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && word.chars().all(|c| c.is_alphabetic() || "’'-.,:;!?…()“”".contains(c))
    };
    let count = own.split_whitespace().filter(is_word).count();
    let is_code =
        own.contains(['<', '=', '/', '#', '[', '_', '&', '\\']) || own.contains("--") || own.contains("'self'");
    let alone = count == 1
        && own.split_whitespace().count() == 1
        && own.starts_with(char::is_uppercase)
        && own.chars().skip(1).any(char::is_lowercase);
    (count > 1 && !is_code) || (alone && !is_code && !own.contains('-'))
}

/// Whether a format has a word of its own between its values.
fn is_formatted(words: &str) -> bool {
    let is_word = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    words.split([' ', '“', '”', ',', ':', '?', '!']).any(is_word)
        && !words.contains(['<', '=', '/', '#', '[', '_', '&', '\\'])
}

/// The placeholders of a format, each with a name: `{}` by its number, `{word:?}` without its format.
fn numbered(words: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    let mut number = 0;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        number += 1;
        let name = name.split(':').next().unwrap_or_default();
        let name = if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            number.to_string()
        } else {
            name.to_owned()
        };
        out.push_str(before);
        out.push_str(&format!("{{{name}}}"));
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(source: &str, reach: Reach) -> Vec<String> {
        let shown = |message: Message| {
            let context = message.context.map(|context| format!("{context}|")).unwrap_or_default();
            format!("{context}{}{}", message.id, message.plural.map(|many| format!("|{many}")).unwrap_or_default())
        };
        find(source, reach).unwrap().messages.into_iter().map(shown).collect()
    }

    #[test]
    fn marked_words_are_messages() {
        let source = r#"
            fn t(words: &str) {}
            fn page() {
                let a = say!("Reading {number} of {last}", last = t("nine"));
                let b = counted!(c.len(), "{n} note", "{n} notes");
                tracing::warn!("a thing went wrong");
                view! { <p class="two words">"Save " {count} {x.then(|| view! { <b title="Two">"Three"</b> })}</p> };
                let verb = t_in("verb", "Open");
                let left = "not marked"; let read = format!("{share} % read"); let id = format!("claim-{id}");
            }
            #[cfg(test)]
            mod tests { fn a() { t("in a test") } }
        "#;
        let expected =
            ["Reading {number} of {last}", "nine", "{n} note|{n} notes", "Save {count}", "Two", "Three", "verb|Open"];
        assert_eq!(ids(source, Reach::Marked), expected);
        let left = find(source, Reach::Marked).unwrap().left;
        assert_eq!(left.iter().map(|left| left.words.as_str()).collect::<Vec<_>>(), ["not marked", "{share} % read"]);
    }

    #[test]
    fn below_the_pages_labels_and_errors_are() {
        let source = r#"
            worded!(Face, "a typeface", { Book = "book", "Literata"; Own = "own", "The browser’s own"; });
            #[error("there is no {what}, but {word:?} and {}", size(*.bytes))]
            #[error("{0}")]
            struct A;
            fn b() { Err("it is no file".to_owned()); "one"; "SELECT a FROM b"; "x = y z"; counted(n, "note", "notes"); }
        "#;
        let labels = ["Literata", "The browser’s own", "there is no {what}, but {word} and {3}"];
        assert_eq!(ids(source, Reach::Labels), labels);
        assert_eq!(
            ids(source, Reach::Sentences)[3..],
            ["it is no file", "SELECT a FROM b", "{n} note|{n} notes", "one note"]
        );
    }
}
