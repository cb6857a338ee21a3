//! A `view!` with its words looked up: what stands in quotes between tags, and in attributes that people are told of.
//!
//! Words with tags between them are one message: `"No account? " <a href=x>"Make one"</a> "."` is `No account? <a>Make
//! one</a>.`, and each of its pieces is asked for by its number. So a translator sees the whole sentence, and the page keeps
//! its elements. `<code>`, `<kbd>` and `<samp>` hold what a machine says, which is said alike in all languages.

use crate::token::{collapsed, has_words, is_punct, string, string_of};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

/// Attributes whose words people are told.
const TOLD: [&str; 9] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "hint",
    "label",
    "legend",
    "placeholder",
    "title",
];

/// Elements that stand within a sentence.
const INLINE: [&str; 16] =
    ["a", "abbr", "b", "br", "code", "em", "i", "kbd", "mark", "q", "samp", "small", "span", "strong", "sub", "time"];

/// Elements that hold what a machine says.
const VERBATIM: [&str; 4] = ["code", "kbd", "pre", "samp"];

/// The tokens of a `view!`, with every word of it looked up.
///
/// # Errors
/// Why it cannot be read: what it says is no markup.
pub fn looked_up(view: TokenStream) -> Result<TokenStream, String> {
    let trees: Vec<TokenTree> = view.into_iter().collect();
    let mut at = 0;
    let nodes = nodes(&trees, &mut at)?;
    if at < trees.len() {
        return Err("a tag is closed that was not opened".to_owned());
    }
    let mut out = Vec::new();
    write(&nodes, false, &mut out);
    Ok(out.into_iter().collect())
}

enum Node {
    /// Words in quotes.
    Text(TokenTree, String),
    /// A value in braces.
    Block(TokenTree),
    Element(Element),
}

struct Element {
    /// Empty for `<>`.
    name: String,
    open: Vec<TokenTree>,
    children: Vec<Node>,
    close: Vec<TokenTree>,
}

impl Element {
    fn is_verbatim(&self) -> bool {
        VERBATIM.contains(&self.name.as_str())
    }

    fn is_inline(&self) -> bool {
        INLINE.contains(&self.name.as_str()) || self.name.starts_with(char::is_uppercase)
    }

    /// Its words, when it holds nothing else.
    fn words(&self) -> Option<&str> {
        match self.children.as_slice() {
            [Node::Text(_, words)] if !self.is_verbatim() && has_words(words) => Some(words),
            _ => None,
        }
    }
}

/// Reads nodes up to the end, or to the tag that closes what they are in.
fn nodes(trees: &[TokenTree], at: &mut usize) -> Result<Vec<Node>, String> {
    let mut nodes = Vec::new();
    while let Some(tree) = trees.get(*at) {
        match tree {
            TokenTree::Literal(literal) => {
                let words = string(literal).map(|text| collapsed(&text)).unwrap_or_default();
                nodes.push(Node::Text(tree.clone(), words));
                *at += 1;
            }
            TokenTree::Punct(punct) if punct.as_char() == '<' => {
                if is_punct(trees.get(*at + 1), '/') {
                    break;
                }
                nodes.push(Node::Element(element(trees, at)?));
            }
            _ => {
                nodes.push(Node::Block(tree.clone()));
                *at += 1;
            }
        }
    }
    Ok(nodes)
}

/// Reads an element that begins here.
fn element(trees: &[TokenTree], at: &mut usize) -> Result<Element, String> {
    let mut open = vec![trees[*at].clone()];
    *at += 1;
    let name = name(trees, at, &mut open);
    let closed = attributes(trees, at, &mut open).ok_or_else(|| format!("<{name}> has no end"))?;
    if closed {
        return Ok(Element { name, open, children: Vec::new(), close: Vec::new() });
    }
    let children = nodes(trees, at)?;
    let mut close = Vec::new();
    while let Some(tree) = trees.get(*at) {
        close.push(tree.clone());
        *at += 1;
        if is_punct(Some(tree), '>') {
            return Ok(Element { name, open, children, close });
        }
    }
    Err(format!("<{name}> is not closed"))
}

/// Reads the name of a tag; of a path, its last part.
fn name(trees: &[TokenTree], at: &mut usize, open: &mut Vec<TokenTree>) -> String {
    let mut name = String::new();
    while let Some(tree) = trees.get(*at) {
        let joins = |mark| is_punct(Some(tree), mark) && !name.is_empty();
        match tree {
            TokenTree::Ident(ident) if name.is_empty() || name.ends_with(['-', ':']) => {
                if name.ends_with(':') {
                    name.clear();
                }
                name.push_str(&ident.to_string());
            }
            _ if joins('-') => name.push('-'),
            _ if joins(':') => name.push(':'),
            _ => break,
        }
        open.push(tree.clone());
        *at += 1;
    }
    name
}

/// Reads attributes up to the end of a tag, with the words in them looked up: whether the tag closes itself.
fn attributes(trees: &[TokenTree], at: &mut usize, open: &mut Vec<TokenTree>) -> Option<bool> {
    while let Some(tree) = trees.get(*at) {
        *at += 1;
        if is_punct(Some(tree), '/') && is_punct(trees.get(*at), '>') {
            open.extend([tree.clone(), trees[*at].clone()]);
            *at += 1;
            return Some(true);
        }
        let arrow = is_punct(open.last(), '=') || is_punct(open.last(), '-');
        if is_punct(Some(tree), '>') && !arrow {
            open.push(tree.clone());
            return Some(false);
        }
        let words = string_of(Some(tree)).map(|text| collapsed(&text)).filter(|words| has_words(words));
        match words {
            Some(words) if is_told(open) => open.push(braced(asked(&words, tree.span()))),
            _ => open.push(tree.clone()),
        }
    }
    None
}

/// Whether what was read ends in the name of an attribute that people are told, and `=`.
fn is_told(open: &[TokenTree]) -> bool {
    let mut rest = open.iter().rev();
    if !is_punct(rest.next(), '=') {
        return false;
    }
    let mut parts = Vec::new();
    loop {
        match rest.next() {
            Some(TokenTree::Ident(ident)) => parts.push(ident.to_string()),
            _ => return false,
        }
        if !is_punct(rest.clone().next(), '-') {
            // `prop:title` and the like are not attributes.
            let own = !is_punct(rest.next(), ':');
            parts.reverse();
            return own && TOLD.contains(&parts.join("-").as_str());
        }
        rest.next();
    }
}

fn write(nodes: &[Node], verbatim: bool, out: &mut Vec<TokenTree>) {
    if verbatim {
        nodes.iter().for_each(|node| plain(node, true, out));
        return;
    }
    // Sentences end where an element begins that stands on its own.
    let stands_alone = |node: &Node| matches!(node, Node::Element(element) if !element.is_inline());
    for run in nodes.chunk_by(|one, other| !stands_alone(one) && !stands_alone(other)) {
        match sentence(run) {
            Some((from, to)) if to - from > 1 => {
                run[..from].iter().for_each(|node| plain(node, false, out));
                parts(&run[from..to], out);
                run[to..].iter().for_each(|node| plain(node, false, out));
            }
            _ => run.iter().for_each(|node| plain(node, false, out)),
        }
    }
}

/// Where the sentence of these nodes begins and ends: at its first words and its last, or at what these lead to with a space.
fn sentence(run: &[Node]) -> Option<(usize, usize)> {
    let said = |node: &Node| matches!(node, Node::Text(_, words) if !words.trim().is_empty());
    let from = run.iter().position(said)?;
    let to = run.iter().rposition(said)?;
    if !run[from..=to].iter().any(|node| matches!(node, Node::Text(_, words) if has_words(words))) {
        return None;
    }
    let begins = matches!(&run[from], Node::Text(_, words) if words.starts_with(' ')) && from > 0;
    let ends = matches!(&run[to], Node::Text(_, words) if words.ends_with(' ')) && to + 1 < run.len();
    Some((from - usize::from(begins), to + 1 + usize::from(ends)))
}

/// A node as it was written, but for words of its own.
fn plain(node: &Node, verbatim: bool, out: &mut Vec<TokenTree>) {
    match node {
        Node::Text(tree, words) if !verbatim && has_words(words) => out.push(braced(asked(words, tree.span()))),
        Node::Text(tree, _) | Node::Block(tree) => out.push(tree.clone()),
        Node::Element(element) => {
            out.extend(element.open.iter().cloned());
            write(&element.children, verbatim || element.is_verbatim(), out);
            out.extend(element.close.iter().cloned());
        }
    }
}

/// The nodes of one sentence, each of its words asked for by the number of its piece.
fn parts(run: &[Node], out: &mut Vec<TokenTree>) {
    let message = message(run);
    let mut piece = 0;
    let ask = |piece: usize, span: Span| braced(call(&format!("::phrases::part({message:?}, {piece})"), span));
    let mut before_is_text = false;
    for node in run {
        match node {
            // Two texts side by side are one piece.
            Node::Text(..) if before_is_text => {}
            Node::Text(tree, _) => out.push(ask(piece, tree.span())),
            Node::Block(tree) => {
                out.push(tree.clone());
                piece += 1;
            }
            Node::Element(element) => match element.children.as_slice() {
                [Node::Text(tree, _)] if element.words().is_some() => {
                    out.extend(element.open.iter().cloned());
                    out.push(ask(piece + 1, tree.span()));
                    out.extend(element.close.iter().cloned());
                    piece += 2;
                }
                _ => {
                    plain(node, false, out);
                    piece += 1;
                }
            },
        }
        before_is_text = matches!(node, Node::Text(..));
    }
}

/// What a translator is shown of these nodes.
fn message(run: &[Node]) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut placeholder = |name: Option<String>| {
        let number = names.len() + 1;
        let name = name.filter(|name| !names.contains(name)).unwrap_or_else(|| number.to_string());
        names.push(name.clone());
        format!("{{{name}}}")
    };
    let mut out = String::new();
    for node in run {
        match node {
            Node::Text(_, words) => out.push_str(words),
            Node::Block(tree) => out.push_str(&placeholder(last_name(tree))),
            Node::Element(element) => match element.words() {
                Some(words) => {
                    let name = element.name.to_lowercase();
                    out.push_str(&format!("<{name}>{words}</{name}>"));
                }
                None => out.push_str(&placeholder(Some(element.name.to_lowercase()))),
            },
        }
    }
    collapsed(&out)
}

/// What a value is called: the last name of it that is no call.
fn last_name(tree: &TokenTree) -> Option<String> {
    let TokenTree::Group(group) = tree else { return None };
    let trees: Vec<TokenTree> = group.stream().into_iter().collect();
    let is_plain = |tree: &TokenTree| match tree {
        TokenTree::Ident(ident) => ident != "move" && ident != "if" && ident != "match",
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        _ => is_punct(Some(tree), '.'),
    };
    if !trees.iter().all(is_plain) {
        return None;
    }
    let called = |at: usize| matches!(trees.get(at + 1), Some(TokenTree::Group(_)));
    let names = trees.iter().enumerate().filter(|(at, _)| !called(*at));
    let mut name = names.filter_map(|(_, tree)| match tree {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    });
    name.next_back()
}

fn asked(words: &str, span: Span) -> TokenStream {
    call(&format!("::phrases::t({words:?})"), span)
}

/// Tokens of our own, said to stand where the words stand.
fn call(code: &str, span: Span) -> TokenStream {
    let stream: TokenStream = code.parse().unwrap_or_default();
    let placed = stream.into_iter().map(|mut tree| {
        tree.set_span(span);
        tree
    });
    placed.collect()
}

fn braced(stream: TokenStream) -> TokenTree {
    TokenTree::Group(Group::new(Delimiter::Brace, stream))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_up_and_nothing_else() {
        let rows = [
            (r#"<p class="a b">"Save"</p>"#, r#"<p class="a b">{::phrases::t("Save")}</p>"#),
            (r#"<p>" · " {name} "7"</p>"#, r#"<p>" · " {name} "7"</p>"#),
            (r#"<b aria-label="A  b" data-x="A b"/>"#, r#"<b aria-label={::phrases::t("A b")} data-x="A b"/>"#),
            (
                r#"<i on:click=move |_| {f("a")} title="T" required/>"#,
                r#"<i on:click=move |_| {f("a")} title={::phrases::t("T")} required/>"#,
            ),
            (r#"<code>"postil serve"</code>"#, r#"<code>"postil serve"</code>"#),
            (
                r#"<p>"No account? " <a href=x>"Make one"</a> "."</p>"#,
                r#"<p>{::phrases::part("No account? <a>Make one</a>.", 0)} <a href=x>
                   {::phrases::part("No account? <a>Make one</a>.", 1)}</a> {::phrases::part("No account? <a>Make one</a>.", 2)}</p>"#,
            ),
            (
                r#"<p>"Rests on " {row.sources.join(", ")}</p>"#,
                r#"<p>{::phrases::part("Rests on {sources}", 0)} {row.sources.join(", ")}</p>"#,
            ),
            (
                r#"<p>{n} " of " {all.get()} " in " <code>"x"</code> <em>{why}</em></p>"#,
                r#"<p>{n} {::phrases::part("{n} of {all} in {code}", 1)} {all.get()} {::phrases::part("{n} of {all} in {code}", 2)}
                   <code>"x"</code> <em>{why}</em></p>"#,
            ),
            (
                r#"<label><span>"Name"</span><input/>"Hint"</label>"#,
                r#"<label><span>{::phrases::t("Name")}</span><input/>{::phrases::t("Hint")}</label>"#,
            ),
            (r#"<a::B x=1/><>"Go"</>"#, r#"<a::B x=1/><>{::phrases::t("Go")}</>"#),
        ];
        let shown = |stream: TokenStream| stream.to_string();
        for (view, expected) in rows {
            let found = looked_up(view.parse().unwrap()).unwrap();
            assert_eq!(shown(found), shown(expected.parse().unwrap()), "{view}");
        }
    }

    #[test]
    fn what_is_no_markup_is_said() {
        for view in ["<p>\"a\"", "<p", "</p>"] {
            assert!(looked_up(view.parse().unwrap()).is_err(), "{view}");
        }
    }
}
