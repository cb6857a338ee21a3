//! A link to words of an article that says which words: a text fragment (URL Fragment Text Directives, WICG).
//!
//! Browsers look for the words themselves, so it leads there in every reading that still has them, and nowhere else.

/// The most characters of a quote that a link has whole; of a longer one it has the first and the last words.
const WHOLE: usize = 120;
/// How many words stand for the beginning of a long quote, and for its end.
const EDGE: usize = 5;
/// How many words of what stands around them tell words from their twins.
const CONTEXT: usize = 4;

/// The fragment of a link to these words. What stands before and behind them is said where they have twins.
pub fn fragment(words: &str, around: Option<(&str, &str)>) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    let whole = all.join(" ");
    let mut link = "#:~:text=".to_owned();
    let (before, behind) = around.unwrap_or_default();
    let before: Vec<&str> = before.split_whitespace().collect();
    if let Some(near) = before.get(before.len().saturating_sub(CONTEXT)..).filter(|near| !near.is_empty()) {
        encode(&near.join(" "), &mut link);
        link.push_str("-,");
    }
    if whole.chars().count() <= WHOLE || all.len() <= 2 * EDGE {
        encode(&whole, &mut link);
    } else {
        encode(&all[..EDGE].join(" "), &mut link);
        link.push(',');
        encode(&all[all.len() - EDGE..].join(" "), &mut link);
    }
    let behind: Vec<&str> = behind.split_whitespace().take(CONTEXT).collect();
    if !behind.is_empty() {
        link.push_str(",-");
        encode(&behind.join(" "), &mut link);
    }
    link
}

/// Letters and digits as they are, all else by its bytes: `-`, `,` and `&` mean something in a directive.
fn encode(words: &str, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in words.bytes() {
        if byte.is_ascii_alphanumeric() || b"._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_which_words_it_means() {
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
                    seventeen eighteen nineteen twenty twenty-one";
        let rows = [
            ("The  bridge\nis open", None, "#:~:text=The%20bridge%20is%20open"),
            ("a-b, c & d", None, "#:~:text=a%2Db%2C%20c%20%26%20d"),
            ("tilts ā", None, "#:~:text=tilts%20%C4%81"),
            (
                "open",
                Some(("We know that the river is", "now. And it")),
                "#:~:text=that%20the%20river%20is-,open,-now.%20And%20it",
            ),
            ("open", Some(("", "now")), "#:~:text=open,-now"),
            (
                long,
                None,
                "#:~:text=one%20two%20three%20four%20five,seventeen%20eighteen%20nineteen%20twenty%20twenty%2Done",
            ),
        ];
        for (words, around, expected) in rows {
            assert_eq!(fragment(words, around), expected);
        }
    }
}
