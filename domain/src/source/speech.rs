//! What shows that a body speaks or is cited in a text, and is not only its subject.

use super::{
    bounds::{words_after, words_before},
    cues::outside_quotes,
};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

/// Forms of verbs that say that somebody said something, language by language.
const VERBS: &[&str] = &[
    "said says reported reports announced announces told tells stated states confirmed confirms warned warns claimed \
     claims denied denies wrote writes tweeted posted published added noted notes assessed assesses estimates",
    "paziņo paziņoja paziņojusi paziņojis paziņojuši ziņo ziņoja ziņojusi ziņojis saka teica sacīja norāda norādīja \
     norādījusi norādījis informē informēja informējusi informējis vēsta vēstīja pavēstīja apgalvo apgalvoja uzsver \
     uzsvēra raksta rakstīja apstiprināja atzina brīdina brīdināja skaidro skaidroja",
    "teilte teilten teilt berichtet berichtete berichten meldet meldete melden sagt sagte erklärt erklärte schreibt \
     schrieb warnt warnte bestätigt bestätigte betont betonte behauptet behauptete",
    "сообщил сообщила сообщили сообщило сообщает сообщают заявил заявила заявили заявило заявляет заявляют пишет \
     написал написала написали отметил отметила отметили подтвердил подтвердила подтвердили подтвердило объявил \
     объявила объявили утверждает утверждают рассказал рассказали передает передаёт",
    "повідомив повідомила повідомили повідомило повідомляє повідомляють заявив заявило заявляє пише написав написало \
     зазначив зазначила зазначили підтвердив підтвердила підтвердили оголосив оголосила оголосили стверджує",
];

/// Words that may stand between a body and its verb.
const BETWEEN: &[&str] = &[
    "has",
    "have",
    "had",
    "also",
    "later",
    "earlier",
    "previously",
    "ir",
    "arī",
    "jau",
    "также",
    "уже",
    "також",
    "вже",
];

/// Words after a name that make it the voice behind what is said.
const VOICES: &[&str] = &[
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "spokespeople",
    "pārstāvis",
    "pārstāve",
    "zufolge",
    "datiem",
    "ziņām",
    "aplēsēm",
];

/// Words that cite what follows them, language by language; an article may stand between. "Told" is not among them:
/// who is told something is not who says it.
const CITING: &[&str] = &[
    "according to, as reported by, reported by, published by, as stated by, cited by, citing, quoting, \
     spokesperson for, spokesperson of, spokesman for, spokesman of, spokeswoman for, spokeswoman of, \
     wrote on, posted on, post on, video on",
    "saskaņā ar, atsaucoties uz, kā ziņo, kā ziņoja, kā vēsta, kā vēstīja, kā raksta, kā norāda, kā informē, \
     kā paziņoja, kā pavēstīja",
    "laut, nach angaben, nach angaben von, unter berufung auf, sprecher, sprecherin, schrieb auf",
    "по данным, по информации, по словам, по оценке, согласно, со ссылкой на, как сообщает, как сообщила, \
     как сообщил, сообщили в, сообщают в, заявили в, отметили в, рассказали в, пресс-секретарь, \
     представитель, написал в, написала в",
    "за даними, за інформацією, за словами, за оцінкою, згідно з, з посиланням на, як повідомляє, \
     як повідомила, як повідомив, повідомили в, повідомили у, заявили у, зазначили в, зазначили у, \
     прес-секретар, представник, написав у, написав в, написала у",
];

const ARTICLES: &[&str] = &["the", "der", "die", "das", "dem", "den", "des"];

/// What a comma-like mark before the verb looks like in "…, said NATO."
const AFTER_SPEECH: &str = ",»«“”\"’‘—–";

/// What cites, by its last word: where none of these stands before a name, nothing more need be looked at.
static CITING_BY_END: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut by_end: HashMap<&str, Vec<&str>> = HashMap::new();
    for citing in CITING.iter().flat_map(|phrases| phrases.split(", ")) {
        by_end.entry(citing.rsplit(' ').next().unwrap_or(citing)).or_default().push(citing);
    }
    by_end
});

static VERB_SET: LazyLock<HashSet<&str>> =
    LazyLock::new(|| VERBS.iter().flat_map(|verbs| verbs.split_whitespace()).collect());

/// Whether the text makes the body that it names in this byte range say something, or cites it.
///
/// So it is when a verb of saying follows ("NATO said"), when it is cited ("according to NATO"), when its spokesperson
/// speaks, or when a clause ends on it ("…, paziņoja NATO."). "Former NATO officials", "NATO membership" and "told
/// NATO" do not make it a source.
pub(super) fn speaks(text: &str, range: &Range<usize>) -> bool {
    let range = outside_quotes(text, range);
    let tail = &text[range.end..];
    if let Some(rest) = tail.strip_prefix('-')
        && rest.starts_with(char::is_alphanumeric)
    {
        return rest.starts_with("Sprecher");
    }
    says(text, range.end) || is_cited(text, &range)
}

fn says(text: &str, end: usize) -> bool {
    let possessive = ["'s", "’s"].iter().find(|ending| text[end..].starts_with(**ending));
    let after = words_after(text, end + possessive.map_or(0, |ending| ending.len()), 3);
    let mut after = after.into_iter().skip_while(|word| BETWEEN.contains(word));
    after.next().is_some_and(|word| VOICES.contains(&word) || possessive.is_none() && VERB_SET.contains(word))
}

fn is_cited(text: &str, range: &Range<usize>) -> bool {
    let mut before = words_before(text, range.start, 4);
    if before.words.first().is_some_and(|word| ARTICLES.contains(&word.to_lowercase().as_str())) {
        before.words.remove(0);
    }
    let Some(verb) = before.words.first().copied() else { return false };
    if CITING_BY_END.get(verb.to_lowercase().as_str()).is_some_and(|phrases| end_in_one(&before.words, phrases)) {
        return true;
    }
    let said = VERB_SET.contains(verb);
    let alone = before.words.len() == 1 && before.stop.is_some_and(|c| AFTER_SPEECH.contains(c));
    let after = words_after(text, range.end, 1);
    said && (alone && after.is_empty() && !text[range.end..].starts_with(['\'', '’']) || after == ["mit"])
}

/// Whether these words, the nearest to a name first, end in one of the phrases.
fn end_in_one(words: &[&str], phrases: &[&str]) -> bool {
    let words = words.iter().rev().map(|word| word.to_lowercase()).collect::<Vec<_>>().join(" ");
    let front = |phrase: &&str| words.strip_suffix(*phrase);
    phrases.iter().filter_map(front).any(|front| front.is_empty() || front.ends_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_speaks_or_is_only_named() {
        let rows = [
            ("NATO said on Monday", true),
            ("NATO has also said", true),
            ("NATO ir paziņojusi", true),
            ("NATO paziņoja, ka", true),
            ("„NATO” ziņo", true),
            ("NATO teilte mit", true),
            ("NATO сообщило", true),
            ("NATO повідомило", true),
            ("According to NATO, it", true),
            ("according to the NATO", true),
            ("as reported by NATO", true),
            ("Saskaņā ar NATO teikto", true),
            ("Laut der NATO ist", true),
            ("nach Angaben der NATO", true),
            ("По данным NATO", true),
            ("За даними NATO", true),
            ("NATO’s spokesperson", true),
            ("a NATO spokeswoman", true),
            ("der NATO-Sprecher", true),
            ("pēc NATO datiem", true),
            ("tā ir, paziņoja NATO.", true),
            ("“It is,” said NATO.", true),
            ("Das teilte die NATO mit.", true),
            ("former NATO officials", false),
            ("a NATO Secretary-General believes", false),
            ("NATO membership", false),
            ("NATO-interoperable", false),
            ("laut NATO-Chef", false),
            ("he told NATO that", false),
            ("he said NATO was ready", false),
            ("He said NATO.", false),
            ("tā, paziņoja NATO ģenerālsekretārs", false),
            ("NATO’s said goals", false),
            ("joined NATO. Said who?", false),
            ("according to reports, NATO is", false),
            ("NATO", false),
            ("nolaut NATO", false),
        ];
        for (text, expected) in rows {
            let at = text.find("NATO").unwrap();
            assert_eq!(speaks(text, &(at..at + 4)), expected, "{text:?}");
        }
    }
}
