//! The articles that are read: texts of made-up words, with marks that are made over the API.

use crate::{Outcome, client::Connection, postil::Postil};
use serde_json::{Value, json};

/// The words of which the texts are made.
const WORDS: [&str; 24] = [
    "harbour", "the", "ferry", "council", "of", "and", "price", "morning", "said", "a", "in", "winter", "ministry",
    "figures", "to", "island", "decided", "with", "letters", "bridge", "report", "for", "people", "never",
];
/// How many words a paragraph has.
const PARAGRAPH: usize = 80;
/// How many paragraphs stand below a heading.
const SECTION: usize = 20;
/// How many words are marked at once.
const MARKED: usize = 6;

/// Who is signed in, and over what.
pub struct Shelf {
    connection: Connection,
    /// The cookie.
    pub cookie: String,
}

/// What an article is to hold.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many words.
    pub words: usize,
    /// How many highlights.
    pub highlights: usize,
    /// Each so many-th of them has a note.
    pub noted: usize,
    /// Each so many-th of them is a claim.
    pub claimed: usize,
}

/// An article that is there.
pub struct Kept {
    /// Its address.
    pub path: String,
    /// What is marked in it: the look, the first code point, and the one behind the last.
    pub marks: Vec<(String, u32, u32)>,
}

/// A text of so many words, the same each time, as Markdown.
fn text(count: usize) -> String {
    let mut state: u32 = 7;
    let mut word = move || {
        // A small generator of numbers: nobody has to guess them.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        WORDS[(state >> 16) as usize % WORDS.len()]
    };
    let mut text = "# A long text\n\n".to_owned();
    for paragraph in 0..count.div_ceil(PARAGRAPH) {
        if paragraph % SECTION == 0 {
            text.push_str(&format!("## Part {}\n\n", paragraph / SECTION + 1));
        }
        let words: Vec<&str> = (0..PARAGRAPH).map(|_| word()).collect();
        text.push_str(&format!("{}.\n\n", words.join(" ")));
    }
    text
}

impl Shelf {
    /// Signs the first person up.
    pub async fn open(postil: &Postil) -> Outcome<Self> {
        let cookie = postil.sign_up().await?.cookie;
        Ok(Self { connection: Connection::open(postil.address).await?, cookie })
    }

    /// Asks the API.
    pub async fn ask(&mut self, method: &str, path: &str, body: &Value) -> Outcome<Value> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\ncookie: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        );
        let answer = self.connection.ask(&request).await?;
        if !(200..300).contains(&answer.status) {
            return Err(format!("{method} {path}: {}, {}", answer.status, String::from_utf8_lossy(&answer.body)).into());
        }
        Ok(serde_json::from_slice(&answer.body)?)
    }

    /// Brings an article and marks it: words that stand at even distances, a colour after the other.
    pub async fn keep(&mut self, plan: Plan) -> Outcome<Kept> {
        let asked =
            json!({ "content": text(plan.words), "form": "markdown", "title": format!("{} marks", plan.highlights) });
        let article = self.ask("POST", "/api/v1/articles", &asked).await?;
        let path = format!("/articles/{}", article["id"].as_str().ok_or("an article has an id")?);
        let api = format!("/api/v1{path}");
        let reading = self.ask("GET", &api, &Value::Null).await?;
        let revision = &reading["revision"]["id"];
        let canonical = canonical(&text(plan.words));
        let starts: Vec<usize> = word_starts(&canonical);
        for at in 0..plan.highlights {
            let first = at * (starts.len() - MARKED - 1) / plan.highlights;
            let start = starts[first];
            let end = start + canonical[start..starts[first + MARKED]].trim_end().len();
            let range = json!({ "start": start, "end": end });
            if plan.claimed > 0 && at % plan.claimed == plan.claimed / 2 {
                let words = json!({ "words": { "revision": revision, "range": range } });
                let asked =
                    json!({ "appears": words, "statement": format!("The ferry of line {at} goes in the morning.") });
                self.ask("POST", &format!("{api}/claims"), &asked).await?;
                continue;
            }
            let colour = ["yellow", "green", "blue", "rose"][at % 4];
            let asked = json!({ "revision": revision, "range": range, "colour": colour });
            let made = self.ask("POST", &format!("{api}/highlights"), &asked).await?;
            let id = &made["change"]["highlight_made"]["id"];
            if plan.noted > 0 && at % plan.noted == 0 {
                let asked = json!({ "about": { "highlight": id }, "body": format!("Note {at}: the figures of the ministry say otherwise.") });
                self.ask("POST", &format!("{api}/notes"), &asked).await?;
            }
        }
        let reading = self.ask("GET", &api, &Value::Null).await?;
        Ok(Kept { path, marks: marks(&reading["margin"]) })
    }
}

/// The text as Postil lays it out: what stands between two blocks is an empty line, and marks of Markdown are gone.
fn canonical(markdown: &str) -> String {
    let blocks =
        markdown.split("\n\n").map(|block| block.trim_start_matches(['#', ' '])).filter(|block| !block.is_empty());
    blocks.collect::<Vec<_>>().join("\n\n")
}

/// Where each word begins, in letters: all are of ASCII.
fn word_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_start = |at: &usize| !bytes[*at].is_ascii_whitespace() && (*at == 0 || bytes[at - 1].is_ascii_whitespace());
    (0..bytes.len()).filter(is_start).collect()
}

/// What is painted of a margin, and as what.
fn marks(margin: &Value) -> Vec<(String, u32, u32)> {
    let claims = margin["claims"].as_array().map(Vec::as_slice).unwrap_or_default();
    let claimed: std::collections::HashSet<&str> = claims
        .iter()
        .flat_map(|claim| claim["appearances"].as_array().into_iter().flatten())
        .filter_map(Value::as_str)
        .collect();
    let mark = |highlight: &Value| {
        let id = highlight["id"].as_str()?;
        let look = if claimed.contains(id) { "claim-open" } else { highlight["colour"].as_str()? };
        let place = &highlight["selectors"]["position"];
        let of = |side: &str| u32::try_from(place[side].as_u64()?).ok();
        Some((look.to_owned(), of("start")?, of("end")?))
    };
    margin["highlights"].as_array().into_iter().flatten().filter_map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_as_many_words_as_it_is_to_have() {
        let words = canonical(&text(800)).split_whitespace().count();
        // The title and one heading stand before them.
        assert_eq!(words, 800 + 3 + 2);
        let text = canonical("# A b\n\nc d.\n\n");
        assert_eq!(text, "A b\n\nc d.");
        assert_eq!(word_starts(&text), [0, 2, 5, 7]);
    }
}
