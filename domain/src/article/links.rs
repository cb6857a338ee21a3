//! A text that is nothing but links.

/// The links of a text that is nothing but links, one a line; nothing for any other text. They are not checked further
/// than that they begin as links do.
pub fn only_links(text: &str) -> Option<Vec<&str>> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    (!lines.is_empty() && lines.iter().all(|line| is_link(line))).then_some(lines)
}

fn is_link(line: &str) -> bool {
    let begins = ["http://", "https://"].iter().any(|scheme| {
        line.len() > scheme.len() && line.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    });
    begins && !line.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_links_is_links() {
        let rows: [(&str, Option<&[&str]>); 7] = [
            ("https://a.example/1", Some(&["https://a.example/1"])),
            (" https://a.example/1 \r\n\nHTTP://b.example\n", Some(&["https://a.example/1", "HTTP://b.example"])),
            ("https://a.example/1 and more", None),
            ("A title\nhttps://a.example/1", None),
            ("ftp://a.example", None),
            ("https://", None),
            ("", None),
        ];
        for (text, links) in rows {
            assert_eq!(only_links(text).as_deref(), links, "{text:?}");
        }
    }
}
