//! A long text, the same one edited, and notes on it: made by chance from a fixed seed, so the same on every machine.

use domain::{
    anchor::{Finder, Standing, describe},
    highlight::{Carrier, Colour, Highlight, Landing},
    id::{ArticleId, HighlightId, PersonId, RevisionId},
    selector::Selectors,
    text::{IndexedText, TextRange},
};

/// A text before and after it was edited, and notes on it as it was before.
#[derive(Debug)]
pub struct Case {
    /// As it was.
    pub old: String,
    /// As it is.
    pub new: String,
    /// What people marked in `old`.
    pub notes: Vec<Selectors>,
}

/// How many different words the text is made of.
const VOCABULARY: u32 = 6_000;

impl Case {
    /// A text of about so many words, and so many notes on it.
    pub fn new(words: usize, notes: usize) -> Self {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
        let mut paragraphs: Vec<Vec<String>> = Vec::new();
        let mut written = 0;
        while written < words {
            let sentences: Vec<String> = (0..dice.below(7) + 3)
                .map(|_| {
                    let length = dice.below(18) + 6;
                    written += length as usize;
                    sentence(&mut dice, length)
                })
                .collect();
            paragraphs.push(sentences);
        }
        let old = joined(&paragraphs);
        let new = joined(&edited(paragraphs, &mut dice));
        let text = IndexedText::new(&old);
        let note = |_| {
            let length = dice.below(180) + 15;
            let start = dice.below(text.len() - length);
            TextRange::of(start, start + length).and_then(|range| describe(&text, range))
        };
        let notes = (0..notes).filter_map(note).collect();
        Self { old, new, notes }
    }

    /// Finds all notes in the edited text, with the older text at hand or without.
    pub fn anchor(&self, with_old: bool) -> Vec<Standing> {
        let (old, new) = (IndexedText::new(&self.old), IndexedText::new(&self.new));
        let finder = if with_old { Finder::across(&old, &new) } else { Finder::new(&new) };
        finder.find_all(&self.notes)
    }
}

impl Case {
    /// The notes as highlights of the older text.
    pub fn highlights(&self) -> Vec<Highlight> {
        let highlight = |(at, selectors): (usize, &Selectors)| Highlight {
            id: HighlightId::from_bits(at as u128),
            article: ArticleId::from_bits(1),
            revision: RevisionId::from_bits(1),
            colour: Colour::Yellow,
            visibility: Default::default(),
            withdrawn: false,
            selectors: selectors.clone(),
            anchor: None,
            former: Vec::new(),
            made_by: PersonId::from_bits(1),
            made_at: Default::default(),
        };
        self.notes.iter().enumerate().map(highlight).collect()
    }

    /// Carries highlights over as bringing a newer reading does: described anew, found, judged.
    pub fn carry(&self, highlights: &[Highlight]) -> Vec<Landing> {
        let (old, new) = (IndexedText::new(&self.old), IndexedText::new(&self.new));
        Carrier::new(&old, [], &new).carry_all(highlights)
    }
}

fn joined(paragraphs: &[Vec<String>]) -> String {
    paragraphs.iter().map(|sentences| sentences.join(" ")).collect::<Vec<_>>().join("\n\n")
}

fn sentence(dice: &mut Dice, length: u32) -> String {
    let words: Vec<String> = (0..length).map(|_| dice.word()).collect();
    format!("{}.", words.join(" "))
}

/// Of a hundred sentences eight have a word replaced, four have words put in, four are taken out and two are put in; of
/// a hundred paragraphs three are moved to the end.
fn edited(paragraphs: Vec<Vec<String>>, dice: &mut Dice) -> Vec<Vec<String>> {
    let (mut stay, mut moved) = (Vec::new(), Vec::new());
    for sentences in paragraphs {
        let sentences = sentences.into_iter().flat_map(|sentence| one_edited(sentence, dice)).collect();
        if dice.below(100) < 3 { &mut moved } else { &mut stay }.push(sentences);
    }
    stay.extend(moved);
    stay
}

fn one_edited(whole: String, dice: &mut Dice) -> Vec<String> {
    let mut words: Vec<String> = whole.split(' ').map(str::to_owned).collect();
    let at = dice.below(words.len() as u32) as usize;
    match dice.below(100) {
        0..8 => words[at] = dice.word(),
        8..12 => words.splice(at..at, [dice.word(), dice.word()]).for_each(drop),
        12..16 => return Vec::new(),
        16..18 => return vec![whole, sentence(dice, 14)],
        _ => {}
    }
    vec![words.join(" ")]
}

/// Chance that is the same every time (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % u64::from(most.max(1))) as u32
    }

    /// A word that is made up; as in real texts a few are said very often and most seldom.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 20] = [
            "ka", "ri", "sta", "ne", "lo", "vi", "tu", "mē", "dra", "po", "si", "ge", "šu", "al", "be", "to", "īs",
            "ma", "ku", "re",
        ];
        let rank = self.below(1_000) as f32 / 1_000.0;
        let mut number = (rank * rank * rank * VOCABULARY as f32) as u32;
        let mut word = String::new();
        loop {
            word.push_str(SYLLABLES[(number % 20) as usize]);
            number /= 20;
            if number == 0 {
                return word;
            }
        }
    }
}
