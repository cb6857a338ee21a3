//! Formulas (MathML): the words that stand for one in a text that is read without its drawing.

use super::tag::{Tag, tag_at};
use crate::html::tame::attributes::value_of;

/// The longest formula that is read, in bytes.
const MAX_FORMULA: usize = 16 * 1024;

/// The words of a formula as HTML: in TeX where the page has it so, else its letters and signs one after another. `rest`
/// begins after the formula's start tag; what comes after its words is given too, and nothing when it has no end.
pub(super) fn read<'a>(attributes: &str, rest: &'a str) -> Option<(String, &'a str)> {
    let near = &rest[..rest.floor_char_boundary(MAX_FORMULA)];
    let end = near.find("</math>")?;
    let inside = &near[..end];
    let tex = value_of(attributes, "alttext").map(str::to_owned).or_else(|| annotation(inside));
    let words = tex.unwrap_or_else(|| letters(inside));
    let words = words.trim().replace('<', "&lt;");
    let html = if words.is_empty() { String::new() } else { format!("<code>{words}</code>") };
    Some((html, &rest[end + "</math>".len()..]))
}

/// The formula in TeX, beside its signs (MathML 3, 5.1).
fn annotation(inside: &str) -> Option<String> {
    let at = inside.find("<annotation")?;
    let Tag::Open { attributes, length, .. } = tag_at(&inside[at..]) else { return None };
    value_of(attributes, "encoding").filter(|encoding| encoding.contains("tex"))?;
    let tex = &inside[at + length..];
    Some(tex[..tex.find("</annotation")?].to_owned())
}

fn letters(inside: &str) -> String {
    let mut words = String::new();
    let mut rest = inside;
    while let Some(at) = rest.find('<') {
        words.push_str(rest[..at].trim());
        let tag = &rest[at..];
        rest = match tag_at(tag) {
            Tag::Open { length, .. } | Tag::Close { length, .. } | Tag::Nothing { length } => &tag[length..],
            Tag::Character => &tag[1..],
            Tag::Endless => "",
        };
    }
    words.push_str(rest.trim());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_has_words() {
        let rows = [
            ("", "<mi>a</mi>\n <mo>&lt;</mo><mi>b</mi></math>c", Some(("<code>a&lt;b</code>", "c"))),
            (" alttext='a&lt;b'", "<mi>x</mi></math>c", Some(("<code>a&lt;b</code>", "c"))),
            (
                "",
                "<semantics><mi>x</mi><annotation encoding=\"application/x-tex\">\\frac{1}{2}</annotation></semantics></math>",
                Some(("<code>\\frac{1}{2}</code>", "")),
            ),
            ("", "<script>a</math>", Some(("<code>a</code>", ""))),
            ("", "</math>c", Some(("", "c"))),
            ("", "<mi>a", None),
        ];
        for (attributes, rest, expected) in rows {
            assert_eq!(read(attributes, rest).as_ref().map(|(html, rest)| (html.as_str(), *rest)), expected, "{rest}");
        }
    }
}
