//! The language of an article, as a tag (BCP 47).

/// The letters of the words that a language is told by, in code points: fewer say too little.
const ENOUGH: usize = 120;
/// How many of them are looked at.
const LOOKED_AT: usize = 4000;

/// The first tag that a page says and that its words do not speak against; else what the words are.
pub(super) fn find<'a>(said: impl IntoIterator<Item = Option<&'a str>>, words: &str) -> Option<String> {
    let heard = heard(words);
    let said: Vec<String> = said.into_iter().flatten().filter_map(tag).collect();
    match heard {
        Some(heard) => said.into_iter().find(|tag| primary(tag) == primary(heard)).or_else(|| Some(heard.to_owned())),
        None => said.into_iter().next(),
    }
}

fn primary(tag: &str) -> &str {
    match tag.split('-').next().unwrap_or(tag) {
        // Norwegian is written in two ways, and called by three names.
        "no" | "nn" => "nb",
        primary => primary,
    }
}

/// A language tag with the language in lower case and the region in upper case; nothing for what is none.
fn tag(said: &str) -> Option<String> {
    let said = said.split([',', ';']).next()?.trim();
    let mut parts = said.split(['-', '_']);
    let language =
        parts.next().filter(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let mut tag = language.to_ascii_lowercase();
    for part in parts.filter(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())) {
        tag.push('-');
        if part.len() == 2 { tag.push_str(&part.to_ascii_uppercase()) } else { tag.push_str(part) }
    }
    Some(tag)
}

/// What language the words are in, when that is plain.
pub(crate) fn heard(words: &str) -> Option<&'static str> {
    let words: String = words.chars().take(LOOKED_AT).collect();
    if words.chars().filter(|c| c.is_alphabetic()).count() < ENOUGH {
        return None;
    }
    let heard = whatlang::detect(&words).filter(whatlang::Info::is_reliable)?;
    two_letters(heard.lang().code())
}

/// The tag of a language by its three letters (ISO 639-3).
fn two_letters(code: &str) -> Option<&'static str> {
    const CODES: [(&str, &str); 69] = [
        ("epo", "eo"),
        ("eng", "en"),
        ("rus", "ru"),
        ("cmn", "zh"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("ben", "bn"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("kat", "ka"),
        ("ara", "ar"),
        ("hin", "hi"),
        ("jpn", "ja"),
        ("heb", "he"),
        ("yid", "yi"),
        ("pol", "pl"),
        ("amh", "am"),
        ("jav", "jv"),
        ("kor", "ko"),
        ("nob", "nb"),
        ("dan", "da"),
        ("swe", "sv"),
        ("fin", "fi"),
        ("tur", "tr"),
        ("nld", "nl"),
        ("hun", "hu"),
        ("ces", "cs"),
        ("ell", "el"),
        ("bul", "bg"),
        ("bel", "be"),
        ("mar", "mr"),
        ("kan", "kn"),
        ("ron", "ro"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("mkd", "mk"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("tam", "ta"),
        ("vie", "vi"),
        ("urd", "ur"),
        ("tha", "th"),
        ("guj", "gu"),
        ("uzb", "uz"),
        ("pan", "pa"),
        ("aze", "az"),
        ("ind", "id"),
        ("tel", "te"),
        ("pes", "fa"),
        ("mal", "ml"),
        ("ori", "or"),
        ("mya", "my"),
        ("nep", "ne"),
        ("sin", "si"),
        ("khm", "km"),
        ("tuk", "tk"),
        ("aka", "ak"),
        ("zul", "zu"),
        ("sna", "sn"),
        ("afr", "af"),
        ("lat", "la"),
        ("slk", "sk"),
        ("cat", "ca"),
        ("tgl", "tl"),
        ("hye", "hy"),
    ];
    CODES.iter().find(|(three, _)| *three == code).map(|(_, two)| *two)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page says, the words, and what it is taken for.
    type Row = ([Option<&'static str>; 2], &'static str, Option<&'static str>);

    #[test]
    fn a_language_is_what_is_said_unless_the_words_say_otherwise() {
        let english = "The council of the town met on Tuesday, and it spoke about the bridge over the river, which has been closed \
            since an inspection found that its bearings had been worn out for years.";
        let latvian = "Pilsētas dome otrdien sanāca uz sēdi un runāja par tiltu pār upi, kas ir slēgts kopš pārbaudes, kurā atklāja, \
            ka tā balsti jau gadiem ilgi ir nolietoti un bīstami gan gājējiem, gan braucējiem.";
        let rows: [Row; 9] = [
            ([Some("en-us"), None], english, Some("en-US")),
            ([Some("en_GB"), None], "", Some("en-GB")),
            ([Some("en"), Some("lv_LV")], latvian, Some("lv-LV")),
            ([Some("en"), None], latvian, Some("lv")),
            ([None, None], latvian, Some("lv")),
            ([None, None], "A bridge", None),
            ([Some("x"), Some("LV")], "", Some("lv")),
            ([Some("zh-hans-cn"), None], "", Some("zh-hans-CN")),
            ([Some("<script>"), None], "", None),
        ];
        for (said, words, expected) in rows {
            assert_eq!(find(said, words).as_deref(), expected, "{said:?} {words}");
        }
    }
}
