//! One form for letters that are written in many: case, ligatures, Unicode normal forms, accents, soft hyphens.
//!
//! The *loose* form, by which words are looked for, drops accents too. The *strict* form, by which likeness is measured,
//! keeps them, and unites the quotation marks, the dashes and the white space.

use std::sync::OnceLock;
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfkc_quick};

/// What a character is to a reader of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letter {
    /// Stands between words.
    None,
    /// Belongs to the letter before it and is dropped: an accent, a soft hyphen, a joiner.
    Silent,
    /// One letter.
    One(char),
    /// More than one letter, or a rare one: [`loose_letters`] says which.
    Many,
    /// A word of its own, in a script that sets no space between words.
    Alone(char),
}

/// The first character that has no place in the table: after it come scripts that are looked up one by one.
const TABLE: usize = 0x0530;

/// What this character is.
pub(super) fn letter(c: char) -> Letter {
    static LETTERS: OnceLock<Box<[Letter]>> = OnceLock::new();
    let known = LETTERS.get_or_init(|| (0..TABLE as u32).filter_map(char::from_u32).map(look_up).collect());
    match known.get(c as usize) {
        Some(letter) => *letter,
        None => look_up(c),
    }
}

fn look_up(c: char) -> Letter {
    if silent(c) {
        return Letter::Silent;
    }
    if !c.is_alphanumeric() {
        return Letter::None;
    }
    let mut letters = loose_letters(c);
    match (letters.next(), letters.next()) {
        (Some(one), None) if alone(c) => Letter::Alone(one),
        (Some(one), None) => Letter::One(one),
        (None, _) => Letter::Silent,
        _ => Letter::Many,
    }
}

fn silent(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{640}') || is_combining_mark(c)
}

/// Scripts that set no space between words: Thai, Lao, Burmese, Khmer, and those of Chinese and Japanese.
fn alone(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// The letters that a character stands for, in small letters and without accents.
pub(super) fn loose_letters(c: char) -> impl Iterator<Item = char> {
    let sharp = c == 'ß' || c == 'ẞ';
    let first = if sharp { 's' } else { c };
    std::iter::once(first)
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c))
        .chain(sharp.then_some('s'))
}

/// The strict form of a text: what differs only in typography is the same.
pub(super) fn strict(text: &str) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_ascii() && !composed(c) {
            out.clear();
            text.nfkc().for_each(|c| unite(c, &mut out));
            break;
        }
        unite(c, &mut out);
    }
    if out.last() == Some(&' ') {
        out.pop();
    }
    out
}

/// Whether a character stays as it is in the composed form (UAX 15, NFKC), whatever stands beside it.
fn composed(c: char) -> bool {
    match c as u32 {
        0..=0x9F => true,
        // Latin with accents, Greek and Cyrillic, but for the few that stand for others.
        0xC0..=0x131
        | 0x134..=0x13E
        | 0x141..=0x148
        | 0x14A..=0x17E
        | 0x391..=0x3CE
        | 0x400..=0x482
        | 0x48A..=0x52F => true,
        // Dashes and quotation marks.
        0x2010 | 0x2012..=0x2016 | 0x2018..=0x201F => true,
        _ => is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes && !is_combining_mark(c),
    }
}

fn unite(c: char, out: &mut Vec<char>) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '\'' | '`' => out.push('\''),
        // "--" is how a dash is typed.
        '-' => {
            if out.last() != Some(&'-') {
                out.push('-');
            }
        }
        _ if c.is_whitespace() => {
            if out.last().is_some_and(|last| *last != ' ') {
                out.push(' ');
            }
        }
        _ if c.is_ascii() => out.push(c),
        'ʼ' => out.push('\''),
        '\u{C0}'..='\u{52F}' => small(c, out),
        '‘' | '’' | '‚' | '‛' | '′' | '´' => out.push('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => out.push('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => unite('-', out),
        '…' => out.extend(['.', '.', '.']),
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
        _ => small(c, out),
    }
}

/// Writes a letter as a small one.
fn small(c: char, out: &mut Vec<char>) {
    match c {
        'а'..='я' | 'ѐ'..='џ' | 'ß'..='ö' | 'ø'..='ÿ' => out.push(c),
        'А'..='Я' => out.extend(char::from_u32(c as u32 + 0x20)),
        _ => out.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_is_one_form() {
        let rows = [
            ("“Café”  \u{AD}—\nDEUX", "\"Cafe\u{301}\" - deux"),
            ("ﬁn‘s…", "fin's..."),
            ("а\u{306}--б", "ӑ-б"),
            (" a\u{A0}b ", "a b"),
        ];
        for (one, other) in rows {
            assert_eq!(strict(one), strict(other), "{one:?} and {other:?}");
        }
        assert_ne!(strict("Rīga"), strict("Riga"));
    }

    #[test]
    fn letters_are_known_without_case_and_accents() {
        let loose = |text: &str| text.chars().flat_map(loose_letters).collect::<String>();
        assert_eq!(loose("ĢirtsЙЇﬁßÉ"), "girtsиіfisse");
        assert_eq!(letter('ā'), Letter::One('a'));
        assert_eq!(letter('本'), Letter::Alone('本'));
        assert_eq!(letter('’'), Letter::None);
        assert_eq!(letter('\u{301}'), Letter::Silent);
    }
}
