//! A text as words: where each stands, and two numbers by which it is known again.

use super::fold::{Letter, letter, loose_letters};

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// The byte at which it begins.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// All its letters in their loose form, as a number. Two words may share one by chance: what is found by it is
    /// compared letter by letter afterwards.
    pub key: u32,
    /// The same of its first [`STEM`] letters, so that a word is known again with another ending.
    pub stem: u32,
    /// How many letters it has, 255 at most.
    pub letters: u8,
}

/// How many letters are taken for the stem.
const STEM: u8 = 5;

/// The small letter or digit of each ASCII character; 0 for those that stand between words.
const SMALL: [u8; 128] = {
    let mut small = [0; 128];
    let mut at = 0;
    while at < 128 {
        if (at as u8).is_ascii_alphanumeric() {
            small[at] = (at as u8).to_ascii_lowercase();
        }
        at += 1;
    }
    small
};

/// The words of a text, in its order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6);
    read(text, 0, &mut words);
    words
}

/// Adds the words of a text, whose first byte is number `first` of a larger one.
pub(super) fn read(text: &str, first: u32, words: &mut Vec<Word>) {
    let begun = words.len();
    let mut hand = Hand::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let begin = at;
        if byte.is_ascii() {
            at += 1;
            match SMALL[usize::from(*byte)] {
                0 => hand.close(begin, words),
                small => hand.letter(begin, small.into()),
            }
            continue;
        }
        // The byte begins a character: the loop only ever steps by whole ones.
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        match letter(c) {
            Letter::None => hand.close(begin, words),
            Letter::Silent => {}
            Letter::One(one) => hand.letter(begin, one.into()),
            Letter::Many => loose_letters(c).for_each(|each| hand.letter(begin, each.into())),
            Letter::Alone(one) => {
                hand.close(begin, words);
                hand.letter(begin, one.into());
                hand.close(at, words);
            }
        }
    }
    hand.close(text.len(), words);
    for word in words.iter_mut().skip(begun) {
        word.start += first;
        word.end += first;
    }
}

/// Reads one word.
#[derive(Default)]
struct Hand {
    start: usize,
    hash: u32,
    stem: u32,
    letters: u8,
}

impl Hand {
    fn letter(&mut self, at: usize, letter: u32) {
        if self.letters == 0 {
            self.start = at;
        }
        // FxHash's step, on 32 bits.
        self.hash = (self.hash.rotate_left(5) ^ letter).wrapping_mul(0x9E37_79B9);
        self.letters = self.letters.saturating_add(1);
        if self.letters <= STEM {
            self.stem = self.hash;
        }
    }

    fn close(&mut self, end: usize, words: &mut Vec<Word>) {
        if self.letters > 0 {
            let Self { start, hash, stem, letters } = std::mem::take(self);
            words.push(Word { start: start as u32, end: end as u32, key: hash, stem, letters });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_with_their_places() {
        let shown = |text: &'static str| {
            words(text).iter().map(|word| &text[word.start as usize..word.end as usize]).collect::<Vec<_>>()
        };
        assert_eq!(shown("The bridge, it’s \n open."), ["The", "bridge", "it", "s", "open"]);
        assert_eq!(shown("Ķēniņš e\u{301}t\u{AD}é 2 000"), ["Ķēniņš", "e\u{301}t\u{AD}é", "2", "000"]);
        assert_eq!(shown("日本a"), ["日", "本", "a"]);
        assert_eq!(shown(""), Vec::<&str>::new());
    }

    #[test]
    fn a_word_is_known_in_another_dress() {
        let rows = [("Café", "CAFE\u{301}"), ("ﬁn", "fin"), ("Straße", "strasse"), ("co\u{AD}op", "coop")];
        for (one, other) in rows {
            assert_eq!(words(one)[0].key, words(other)[0].key, "{one} and {other}");
        }
        let (one, other) = (words("slēgtas")[0], words("slēgts")[0]);
        assert_ne!(one.key, other.key);
        assert_eq!(one.stem, other.stem);
    }
}
