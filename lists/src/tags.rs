//! Tags as exports write them.

/// The tags of a cell: a list in brackets (`["a", "b"]`, `['a', 'b']`), or words with one of the marks between them.
pub(crate) fn split(text: &str, between: &[char]) -> Vec<String> {
    let text = text.trim();
    match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(inside) => quoted(inside),
        None => tidied(text.split(between).map(str::to_owned).collect()),
    }
}

/// Tags without white space around them, none empty and none twice.
pub(crate) fn tidied(tags: Vec<String>) -> Vec<String> {
    let mut there = std::collections::HashSet::new();
    let trimmed = tags.into_iter().map(|tag| tag.split_whitespace().collect::<Vec<_>>().join(" "));
    trimmed.filter(|tag| !tag.is_empty() && there.insert(tag.clone())).collect()
}

/// What a list in JSON or Python holds: words in quotation marks of either kind, or bare, with commas between them.
fn quoted(inside: &str) -> Vec<String> {
    let mut tags = vec![String::new()];
    let mut quote = None;
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => add(&mut tags, chars.next().unwrap_or(c)),
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') if tags.last().is_some_and(|tag| tag.trim().is_empty()) => quote = Some(c),
            (None, ',') => tags.push(String::new()),
            (_, c) => add(&mut tags, c),
        }
    }
    tidied(tags)
}

fn add(tags: &mut [String], c: char) {
    if let Some(tag) = tags.last_mut() {
        tag.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_falls_into_tags() {
        let rows: [(&str, &[&str]); 11] = [
            ("", &[]),
            ("[]", &[]),
            ("a", &["a"]),
            ("a|b  c| |a", &["a", "b c"]),
            ("a, b", &["a", "b"]),
            (r#"["a","b \"c\""]"#, &["a", r#"b "c""#]),
            ("['a', 'it\\'s']", &["a", "it's"]),
            ("['a, b', \"it's\"]", &["a, b", "it's"]),
            ("[a, b's]", &["a", "b's"]),
            ("['a", &["['a"]),
            ("['\\]", &["\\"]),
        ];
        for (text, expected) in rows {
            assert_eq!(split(text, &['|', ',']), expected, "{text:?}");
        }
    }
}
