//! Which form of a word a number takes: CLDR's cardinal rules for whole numbers, in the order in which the message files have
//! the forms.

use domain::language::Language;

/// How many forms a word has.
#[must_use]
pub const fn forms(language: Language) -> usize {
    match language {
        Language::English => 2,
        Language::Latvian | Language::Ukrainian => 3,
    }
}

/// Which of them stands beside a number. English: one, other. Latvian: zero (0, 10, 11 to 19, 20 …), one (1, 21 …), other.
/// Ukrainian: one (1, 21 …), few (2 to 4, 22 …), many.
#[must_use]
pub const fn plural_form(language: Language, number: u64) -> usize {
    let (last, two) = (number % 10, number % 100);
    let teens = two >= 11 && two <= 19;
    match language {
        Language::English => (number != 1) as usize,
        Language::Latvian if last == 0 || teens => 0,
        Language::Latvian => 1 + (last != 1) as usize,
        Language::Ukrainian if last == 1 && two != 11 => 0,
        Language::Ukrainian if last >= 2 && last <= 4 && !teens => 1,
        Language::Ukrainian => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu_plurals::{PluralCategory, PluralRules};

    #[test]
    fn forms_are_those_of_cldr() {
        use PluralCategory::{Few, Many, One, Other, Zero};
        let rows: [(Language, &[PluralCategory]); 3] = [
            (Language::English, &[One, Other]),
            (Language::Latvian, &[Zero, One, Other]),
            (Language::Ukrainian, &[One, Few, Many]),
        ];
        for (language, categories) in rows {
            let locale: icu_locale_core::Locale = language.word().parse().unwrap();
            let rules = PluralRules::try_new_cardinal(locale.into()).unwrap();
            assert_eq!(forms(language), categories.len());
            for number in (0..2_000_u64).chain([10_011, 1_000_000, 1_000_001, u64::MAX]) {
                let form = categories[plural_form(language, number)];
                assert_eq!(form, rules.category_for(number), "{number} in {language}");
            }
        }
    }
}
