//! Old and careless feeds, so written that the parser knows them.

/// The text without its XML declaration, which spoke of bytes, and with a root that the parser knows: RSS of versions
/// that differ in nothing it reads, RSS 0.90 and Atom 0.3 under the names of their successors.
pub(super) fn repaired(text: String) -> String {
    let start = text.trim_start();
    let start = match start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest.trim_start(),
        None => start,
    };
    let Some((begin, end)) = root(start) else { return start.to_owned() };
    let (before, tag, after) = (&start[..begin], &start[begin..end], &start[end..]);
    let tag = if tag.starts_with("<rss") {
        with_known_version(tag)
    } else {
        let tag = tag.replace("http://my.netscape.com/rdf/simple/0.9/", "http://purl.org/rss/1.0/");
        tag.replace("http://purl.org/atom/ns#", "http://www.w3.org/2005/Atom")
    };
    [before, &tag, after].concat()
}

/// Where the root's first tag stands: behind comments, instructions and the document type.
fn root(text: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    loop {
        let begin = at + text[at..].find('<')?;
        let rest = &text[begin..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<!") && rest.split('>').next()?.contains('[') {
            rest.find("]>").or_else(|| rest.find("] >").map(|end| end + 1))? + 2
        } else {
            rest.find('>')? + 1
        };
        if !rest.starts_with(['!', '?']) && rest[1..].starts_with(|c: char| c.is_alphabetic()) {
            return Some((begin, begin + end));
        }
        at = begin + end;
    }
}

/// Versions that the parser reads as they are.
const KNOWN: [&str; 3] = ["2.0", "0.91", "0.92"];

fn with_known_version(tag: &str) -> String {
    let Some(at) = tag.find("version") else { return tag.replacen("<rss", "<rss version=\"2.0\"", 1) };
    let value = tag[at + "version".len()..].trim_start().strip_prefix('=').map(str::trim_start);
    let quote = value.and_then(|value| value.chars().next()).filter(|quote| "\"'".contains(*quote));
    let Some((value, quote)) = value.zip(quote) else { return tag.to_owned() };
    let version = value[1..].split(quote).next().unwrap_or_default();
    if KNOWN.contains(&version.trim()) && version == version.trim() {
        return tag.to_owned();
    }
    let start = tag.len() - value.len() + 1;
    [&tag[..start], "2.0", &tag[start + version.len()..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_one_that_the_parser_knows() {
        let rows = [
            ("<?xml version=\"1.0\"?>\n<rss version=\"2.0\">x", "<rss version=\"2.0\">x"),
            ("<rss version='0.94'>x", "<rss version='2.0'>x"),
            ("<rss version = \" 2.0 \" a=\"b\">", "<rss version = \"2.0\" a=\"b\">"),
            ("<rss>x", "<rss version=\"2.0\">x"),
            ("<rss version=\"0.91\">x", "<rss version=\"0.91\">x"),
            (
                "<!-- <rss> --><!DOCTYPE rss [<!ENTITY a \"b\">]><rss>",
                "<!-- <rss> --><!DOCTYPE rss [<!ENTITY a \"b\">]><rss version=\"2.0\">",
            ),
            ("<feed xmlns=\"http://purl.org/atom/ns#\">", "<feed xmlns=\"http://www.w3.org/2005/Atom\">"),
            ("<rss version=\">", "<rss version=\"2.0"),
            ("<rss", "<rss"),
            ("<?xml", "<?xml"),
            ("{\"version\": 1}", "{\"version\": 1}"),
            ("", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(repaired(text.to_owned()), expected, "{text:?}");
        }
    }
}
