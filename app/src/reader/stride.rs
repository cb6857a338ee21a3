//! How far a key takes a selection: by a word, by a sentence.

/// A step of a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stride {
    /// To the end of the next word.
    Word,
    /// To the end of the sentence.
    Sentence,
}

/// How many code points of these words the stride takes, from their beginning; all of them where it ends behind them.
pub fn ahead(words: &str, stride: Stride) -> u32 {
    ends(words, stride).next().unwrap_or_else(|| length(words))
}

/// How many code points are left of these words when the last stride is taken back; never less than the first one.
pub fn behind(words: &str, stride: Stride) -> u32 {
    let all = length(words);
    let (mut left, mut first) = (None, None);
    for end in ends(words, stride) {
        first.get_or_insert(end);
        if end < all {
            left = Some(end);
        }
    }
    left.or(first).unwrap_or(all)
}

/// Where the first word after the first one begins, in code points; nothing where there is only one.
pub fn next_word(words: &str) -> Option<u32> {
    let first = ahead(words, Stride::Word);
    let gap = words.chars().skip(first as usize).take_while(|c| !is_of_word(*c)).count();
    let next = first + u32::try_from(gap).ok()?;
    (next < length(words)).then_some(next)
}

/// Where the last word of these begins, in code points.
pub fn last_word(words: &str) -> u32 {
    let behind = words.chars().rev().skip_while(|c| !is_of_word(*c)).skip_while(|c| is_of_word(*c)).count();
    u32::try_from(behind).unwrap_or(u32::MAX)
}

fn length(words: &str) -> u32 {
    u32::try_from(words.chars().count()).unwrap_or(u32::MAX)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '\u{ad}')
}

/// The end of each stride, in code points.
fn ends(words: &str, stride: Stride) -> impl Iterator<Item = u32> {
    let mut rest = words.chars().enumerate().peekable();
    std::iter::from_fn(move || {
        let mut end = None;
        match stride {
            Stride::Word => {
                while rest.next_if(|(_, c)| !is_of_word(*c)).is_some() {}
                while let Some((at, _)) = rest.next_if(|(_, c)| is_of_word(*c)) {
                    end = Some(at);
                }
            }
            Stride::Sentence => {
                while rest.next_if(|(_, c)| c.is_whitespace()).is_some() {}
                while let Some((at, c)) = rest.next() {
                    end = Some(at);
                    if !matches!(c, '.' | '!' | '?' | '…') {
                        continue;
                    }
                    while let Some((at, _)) =
                        rest.next_if(|(_, c)| matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '’' | '»' | ')' | ']'))
                    {
                        end = Some(at);
                    }
                    if rest.peek().is_none_or(|(_, c)| c.is_whitespace()) {
                        break;
                    }
                }
            }
        }
        u32::try_from(end? + 1).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::{Stride::*, *};

    const TEXT: &str = "“Upe ir vaļā.” It’s so, said LSM.lv! (No?) End";

    fn part(from: u32, to: u32) -> String {
        TEXT.chars().skip(from as usize).take((to - from) as usize).collect()
    }

    #[test]
    fn strides_end_where_words_and_sentences_do() {
        let all = |stride| {
            let mut from = 0;
            let mut parts = Vec::new();
            while from < length(TEXT) {
                let next = from + ahead(&part(from, length(TEXT)), stride);
                parts.push(part(from, next));
                from = next;
            }
            parts
        };
        assert_eq!(all(Word), ["“Upe", " ir", " vaļā", ".” It’s", " so", ", said", " LSM", ".lv", "! (No", "?) End"]);
        assert_eq!(all(Sentence), ["“Upe ir vaļā.”", " It’s so, said LSM.lv!", " (No?)", " End"]);
    }

    #[test]
    fn what_was_taken_is_given_back() {
        let rows = [
            ("one two three", Word, "one two"),
            ("one two, ", Word, "one two"),
            ("one two", Word, "one"),
            ("one", Word, "one"),
            ("One. Two. Th", Sentence, "One. Two."),
            ("One. Two.", Sentence, "One."),
            ("One.", Sentence, "One."),
            ("", Word, ""),
            ("...", Word, "..."),
        ];
        for (words, stride, expected) in rows {
            let left: String = words.chars().take(behind(words, stride) as usize).collect();
            assert_eq!(left, expected, "{words}");
        }
    }

    #[test]
    fn a_selection_may_begin_later_or_earlier() {
        for (words, expected) in [("“Upe ir", Some(5)), ("one", None), ("one. ", None), ("", None), ("a, b", Some(3))]
        {
            assert_eq!(next_word(words), expected, "{words}");
        }
        for (words, expected) in [("one two", 4), ("one two, “", 4), ("one", 0), ("", 0)] {
            assert_eq!(last_word(words), expected, "{words}");
        }
    }
}
