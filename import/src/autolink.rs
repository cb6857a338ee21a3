//! Bare web addresses in words become links.

use domain::article::{Run, WebAddress};

/// Splits runs so that each bare `http` or `https` address is a link. The words stay as they are.
pub(crate) fn link_addresses(runs: Vec<Run>) -> Vec<Run> {
    let mut linked = Vec::with_capacity(runs.len());
    for run in runs {
        if run.code || run.link.is_some() || !run.text.contains("://") {
            linked.push(run);
        } else {
            split(&run, &mut linked);
        }
    }
    linked
}

fn split(run: &Run, linked: &mut Vec<Run>) {
    let text = run.text.as_str();
    let (strong, emphasis) = (run.strong, run.emphasis);
    let part = |text: &str, link| Run { text: text.to_owned(), strong, emphasis, link, ..Run::default() };
    let (mut from, mut seen) = (0, 0);
    for (at, _) in text.match_indices("http") {
        let word_before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        if at < seen || word_before {
            continue;
        }
        let Some(address) = address_at(&text[at..]) else { continue };
        seen = at + address.len();
        if let Some(link) = WebAddress::parse(address).filter(|link| link.host().is_some_and(|host| !host.is_empty())) {
            if from < at {
                linked.push(part(&text[from..at], None));
            }
            linked.push(part(address, Some(link)));
            from = seen;
        }
    }
    if from < text.len() {
        linked.push(part(&text[from..], None));
    }
}

/// The address at the beginning of a text, without the punctuation of the sentence around it.
fn address_at(text: &str) -> Option<&str> {
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return None;
    }
    let outside = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\u{201c}' | '\u{201d}' | '\u{bb}')
    };
    let mut address = &text[..text.find(outside).unwrap_or(text.len())];
    let opened = address.contains('(');
    while let Some(last) = address.chars().next_back() {
        let unopened = last == ')' && !opened;
        if !unopened && !matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '\u{2019}' | ']' | '}' | '*' | '|') {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_addresses_become_links() {
        let rows: [(&str, &[&str]); 8] = [
            ("see https://lsm.lv/a.", &["see ", "<https://lsm.lv/a>", "."]),
            ("(https://lsm.lv/a)", &["(", "<https://lsm.lv/a>", ")"]),
            ("https://a.lv/b_(c)", &["<https://a.lv/b_(c)>"]),
            ("https://a.lv,https://b.lv", &["<https://a.lv,https://b.lv>"]),
            ("xhttps://a.lv", &["xhttps://a.lv"]),
            ("https://", &["https://"]),
            ("javascript:alert(1)//http://a", &["javascript:alert(1)//", "<http://a>"]),
            ("no address", &["no address"]),
        ];
        for (text, expected) in rows {
            let shown = |run: Run| if run.link.is_some() { format!("<{}>", run.text) } else { run.text };
            let found: Vec<_> = link_addresses(vec![Run::plain(text)]).into_iter().map(shown).collect();
            assert_eq!(found, expected);
        }
    }
}
