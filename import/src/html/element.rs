//! What each HTML element means to an article.

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It and all in it is left out: scripts, forms' controls, pictures made of markup.
    Dropped,
    /// A block of its own, so that words before, in and after it stand apart.
    Boundary,
    Heading(u8),
    List {
        ordered: bool,
    },
    Item,
    Term,
    Quote,
    Preformatted,
    Table,
    Caption,
    Figure,
    Picture,
    Rule,
    LineBreak,
    /// The page around the article.
    Surroundings,
    Strong,
    Emphasis,
    Code,
    Link,
    /// Nothing: its words go on in the same line.
    Inline,
}

/// What an element of this name means.
pub(super) fn meaning(name: &str) -> Meaning {
    use Meaning::*;
    match name {
        "script" | "style" | "template" | "noscript" | "iframe" | "object" | "embed" | "applet" | "svg" | "math"
        | "canvas" | "video" | "audio" | "map" | "head" | "title" | "button" | "select" | "option" | "datalist"
        | "input" | "textarea" | "output" | "progress" | "meter" | "rt" | "rp" => Dropped,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Heading(name.as_bytes()[1] - b'0'),
        "ul" | "menu" | "dir" => List { ordered: false },
        "ol" => List { ordered: true },
        "li" => Item,
        "dt" => Term,
        "blockquote" => Quote,
        "pre" | "listing" | "xmp" => Preformatted,
        "table" => Table,
        "caption" | "figcaption" => Caption,
        "figure" => Figure,
        "img" => Picture,
        "hr" => Rule,
        "br" => LineBreak,
        "nav" | "aside" | "footer" => Surroundings,
        "b" | "strong" => Strong,
        "i" | "em" | "cite" | "dfn" => Emphasis,
        "code" | "kbd" | "samp" | "tt" => Code,
        "a" => Link,
        "address" | "article" | "body" | "center" | "dd" | "details" | "dialog" | "div" | "dl" | "fieldset"
        | "form" | "header" | "hgroup" | "html" | "legend" | "main" | "p" | "search" | "section" | "summary"
        | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => Boundary,
        _ => Inline,
    }
}

/// Whether an element of this role (WAI-ARIA 1.2, 5.3.4) is the page around the article.
pub(super) fn is_surrounding(role: &str) -> bool {
    matches!(role, "navigation" | "complementary" | "contentinfo" | "search")
}
