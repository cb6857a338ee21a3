//! Which language a browser asks for: `Accept-Language` (RFC 9110, 12.5.4).

use domain::language::Language;

/// The language that it wants most of those that Postil speaks; English when it wants none of them.
///
/// A region does not matter: who asks for `uk-UA` gets Ukrainian.
#[must_use]
pub fn accepted(header: &str) -> Language {
    let mut best = (0, Language::English);
    for range in header.split(',') {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=").map(weight)).unwrap_or(1_000);
        // What stands first counts among equals.
        match primary.parse() {
            Ok(language) if weight > best.0 => best = (weight, language),
            _ => {}
        }
    }
    best.1
}

/// A weight in thousandths; what is none counts as nothing.
fn weight(text: &str) -> u16 {
    let text = text.trim();
    let plain = text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match text.parse::<f32>() {
        Ok(weight) if plain && weight <= 1.0 => (weight * 1_000.0) as u16,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_most_is_spoken() {
        let rows = [
            ("", "en"),
            ("uk-UA,uk;q=0.9,en-US;q=0.8,en;q=0.7", "uk"),
            ("lv", "lv"),
            ("LV-lv", "lv"),
            ("ru;q=0.9, lv;q=0.5, en;q=0.4", "lv"),
            ("en;q=0.4, lv;q=0.5", "lv"),
            ("lv, uk", "lv"),
            ("uk;q=0, lv;q=0.1", "lv"),
            ("de, fr", "en"),
            ("*", "en"),
            ("lv;q=2, uk;q=0.001", "uk"),
            ("lv;q=-1, uk;q=1.000", "uk"),
            (" ; , ;q=, uk ; q=0.3", "uk"),
            ("українська, lv;q=NaN", "en"),
        ];
        for (header, expected) in rows {
            assert_eq!(accepted(header).word(), expected, "{header:?}");
        }
    }
}
