//! A number as it is written.

use domain::language::Language;

/// A whole number with its thousands set apart, as CLDR has it: 12,345 in English, 12 345 elsewhere, where the space is one at
/// which no line ends. Latvian sets nothing apart in four digits.
#[must_use]
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let (mark, least) = match crate::language() {
        Language::English => (',', 4),
        Language::Latvian => ('\u{a0}', 5),
        Language::Ukrainian => ('\u{a0}', 4),
    };
    if digits.len() < least {
        return digits;
    }
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let rows = [
            (Language::English, "7 999 1,000 12,345 1,000,000"),
            (Language::Latvian, "7 999 1000 12\u{a0}345 1\u{a0}000\u{a0}000"),
            (Language::Ukrainian, "7 999 1\u{a0}000 12\u{a0}345 1\u{a0}000\u{a0}000"),
        ];
        for (language, expected) in rows {
            let written = [7, 999, 1_000, 12_345, 1_000_000].map(|n| crate::within(language, || number(n)));
            assert_eq!(written.join(" "), expected, "{language}");
        }
    }
}
