//! Which classes the markup names, and where: read from the tokens of the Rust sources.

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

/// A class that the markup names.
#[derive(Debug, PartialEq, Eq)]
pub struct Mention {
    /// One-based.
    pub line: usize,
    /// As written.
    pub class: String,
}

/// What one source says about classes.
#[derive(Debug, Default)]
pub struct Found {
    /// Names in `class=`, `class:name=`, `.class(…)`, `const …_CLASS`, `let class`, `fn …_class` and HTML in strings.
    pub named: Vec<Mention>,
    /// All other strings. Where one is nothing but classes it is taken as such, but it need not be.
    pub strings: Vec<String>,
}

/// Methods whose string argument is compared with something, not shown.
const PREDICATES: [&str; 7] = ["contains", "ends_with", "eq", "get", "ne", "starts_with", "strip_prefix"];

/// Reads a Rust source.
///
/// # Errors
/// The cause, when the text cannot be split into tokens.
pub fn find(source: &str) -> Result<Found, String> {
    let stream: TokenStream = source
        .parse()
        .map_err(|cause: proc_macro2::LexError| format!("line {}: not Rust: {cause}", cause.span().start().line))?;
    let mut found = Found::default();
    found.walk(&tokens(stream));
    Ok(found)
}

fn tokens(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}

impl Found {
    fn walk(&mut self, trees: &[TokenTree]) {
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            at += match tree {
                TokenTree::Punct(punct) if punct.as_char() == '#' => attribute(&trees[at..]),
                TokenTree::Ident(ident) => self.ident(&ident.to_string(), trees, at),
                TokenTree::Group(group) => {
                    self.walk(&tokens(group.stream()));
                    1
                }
                TokenTree::Literal(literal) => {
                    self.plain(literal);
                    1
                }
                TokenTree::Punct(_) => 1,
            };
        }
    }

    /// Reads what begins with an identifier; gives the number of tokens that are done with.
    fn ident(&mut self, word: &str, trees: &[TokenTree], at: usize) -> usize {
        let rest = &trees[at + 1..];
        let before = at.checked_sub(1).map(|index| &trees[index]);
        match word {
            "class" if is_assignment(rest) => {
                let value = &rest[1..];
                let length = attribute_value(value);
                self.value(&value[..length]);
                2 + length
            }
            "class" if is_punct(rest.first(), '.') => 1,
            "class" if before.is_some_and(|tree| is_punct(Some(tree), '.')) => match rest.first() {
                Some(TokenTree::Group(group)) => {
                    self.value(&tokens(group.stream()));
                    2
                }
                _ => 1,
            },
            "class" if is_punct(rest.first(), ':') && !is_declaration(before) => 1 + self.directive(rest),
            "const" | "static" | "let" if names_classes(rest) => {
                let length = statement(rest);
                self.value(&rest[..length]);
                1 + length
            }
            "fn" if names_classes(rest) => {
                let is_body =
                    |tree: &TokenTree| matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                let Some(body) = rest.iter().position(is_body) else { return 1 };
                self.value(&rest[body..=body]);
                2 + body
            }
            _ => 1,
        }
    }

    /// `class:name=`: the name may hold dashes and further colons.
    fn directive(&mut self, rest: &[TokenTree]) -> usize {
        let mut name = String::new();
        let mut line = 0;
        for (index, tree) in rest.iter().enumerate().skip(1) {
            match tree {
                TokenTree::Punct(punct) if punct.as_char() == '=' && !name.is_empty() => {
                    self.named.push(Mention { line, class: name });
                    return index + 1;
                }
                TokenTree::Punct(punct) if punct.as_char() == '-' => name.push('-'),
                TokenTree::Punct(punct) if punct.as_char() == ':' && !name.is_empty() => name.push(':'),
                TokenTree::Ident(_) | TokenTree::Literal(_) => name.push_str(&tree.to_string()),
                _ => return 0,
            }
            line = tree.span().start().line;
        }
        0
    }

    /// Every string in the value of a class attribute, save those that are compared with or matched on.
    fn value(&mut self, trees: &[TokenTree]) {
        for (at, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Literal(literal) if !is_compared(trees, at) => self.list(literal),
                TokenTree::Group(group) if !is_predicate(trees, at) => self.group(group),
                _ => {}
            }
        }
    }

    fn group(&mut self, group: &Group) {
        self.value(&tokens(group.stream()));
    }

    /// A string that is a list of classes. A bare placeholder stands for a list that is written elsewhere.
    fn list(&mut self, literal: &Literal) {
        let Some(text) = string(literal) else { return };
        let placeholder = |word: &str| word.starts_with('{') && word.ends_with('}');
        self.mention(literal, text.split_whitespace().filter(|word| !placeholder(word)));
    }

    fn mention<'a>(&mut self, literal: &Literal, words: impl Iterator<Item = &'a str>) {
        let written = literal.to_string();
        let first = literal.span().start().line;
        let mut from = 0;
        for word in words {
            // A word whose escapes hide it is reported on the string's first line.
            from = written[from..].find(word).map_or(from, |offset| from + offset);
            let line = first + written[..from].matches('\n').count();
            self.named.push(Mention { line, class: word.to_owned() });
        }
    }

    /// A string outside of class attributes: HTML is searched for its attributes, the rest is kept as it is.
    fn plain(&mut self, literal: &Literal) {
        let Some(text) = string(literal) else { return };
        let mut rest = text.as_str();
        let mut is_html = false;
        while let Some((_, after)) = rest.split_once("class=") {
            let quote = after.chars().next().filter(|mark| matches!(mark, '"' | '\''));
            let inside = quote.and_then(|mark| after[1..].split_once(mark));
            let Some((classes, after)) = inside else { break };
            is_html = true;
            let placeholder = |word: &str| word.starts_with('{') && word.ends_with('}');
            self.mention(literal, classes.split_whitespace().filter(|word| !placeholder(word)));
            rest = after;
        }
        if !is_html {
            self.strings.push(text);
        }
    }
}

fn string(literal: &Literal) -> Option<String> {
    syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
}

/// How many tokens an attribute such as `#[doc = "…"]` takes; with the item below it when that is for tests only.
fn attribute(trees: &[TokenTree]) -> usize {
    let skipped = 1 + usize::from(is_punct(trees.get(1), '!'));
    let Some(TokenTree::Group(group)) = trees.get(skipped) else { return 1 };
    if group.delimiter() != Delimiter::Bracket {
        return 1;
    }
    let length = skipped + 1;
    if group.stream().to_string().replace(' ', "") != "cfg(test)" {
        return length;
    }
    let ends = |tree: &TokenTree| {
        is_punct(Some(tree), ';') || matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
    };
    trees[length..].iter().position(ends).map_or(length, |end| length + end + 1)
}

/// How many tokens the value of an attribute takes in a `view!`: up to the tag's end or the next attribute.
fn attribute_value(trees: &[TokenTree]) -> usize {
    let ends = |at: usize| {
        let arrow = at > 0 && (is_punct(trees.get(at - 1), '=') || is_punct(trees.get(at - 1), '-'));
        let closes = is_punct(trees.get(at), '>') && !arrow;
        let slash = is_punct(trees.get(at), '/') && is_punct(trees.get(at + 1), '>');
        let next = matches!(trees[at], TokenTree::Ident(_)) && starts_attribute(&trees[at + 1..]);
        closes || slash || next || is_punct(trees.get(at), ';')
    };
    (0..trees.len()).find(|at| ends(*at)).unwrap_or(trees.len())
}

fn starts_attribute(rest: &[TokenTree]) -> bool {
    is_assignment(rest) || is_punct(rest.first(), ':') && !is_punct(rest.get(1), ':')
}

fn statement(trees: &[TokenTree]) -> usize {
    trees.iter().position(|tree| is_punct(Some(tree), ';')).unwrap_or(trees.len())
}

/// `=`, but neither `==` nor `=>`.
fn is_assignment(rest: &[TokenTree]) -> bool {
    is_punct(rest.first(), '=') && !is_punct(rest.get(1), '=') && !is_punct(rest.get(1), '>')
}

fn is_compared(trees: &[TokenTree], at: usize) -> bool {
    let pair = |first: usize, marks: [char; 2]| {
        is_punct(trees.get(first), marks[0]) && is_punct(trees.get(first + 1), marks[1])
    };
    let after = pair(at + 1, ['=', '=']) || pair(at + 1, ['!', '=']) || pair(at + 1, ['=', '>']);
    let pattern = is_punct(trees.get(at + 1), '|');
    let before = at >= 2 && (pair(at - 2, ['=', '=']) || pair(at - 2, ['!', '=']));
    after || pattern || before
}

fn is_predicate(trees: &[TokenTree], at: usize) -> bool {
    let name = at.checked_sub(1).map(|index| trees[index].to_string());
    at >= 2 && is_punct(trees.get(at - 2), '.') && name.is_some_and(|name| PREDICATES.contains(&name.as_str()))
}

/// Whether what follows `const`, `let` or `fn` is a name that promises classes.
fn names_classes(rest: &[TokenTree]) -> bool {
    let mut words = rest.iter().filter(|tree| !is_word(tree, "mut"));
    let Some(TokenTree::Ident(name)) = words.next() else { return false };
    let name = name.to_string().to_lowercase();
    name.ends_with("class") || name.ends_with("classes")
}

fn is_declaration(before: Option<&TokenTree>) -> bool {
    before.is_some_and(|tree| is_word(tree, "let") || is_word(tree, "mut"))
}

fn is_word(tree: &TokenTree, word: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == word)
}

fn is_punct(tree: Option<&TokenTree>, mark: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

#[cfg(test)]
mod tests;
