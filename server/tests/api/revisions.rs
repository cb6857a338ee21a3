//! Notes that survive edits: newer readings of an article, and what becomes of what was marked.

/// Where highlights stand in a newer reading.
mod carried;
/// What a newer reading keeps, and what it leaves behind.
mod kept;
/// Many highlights, and many hands.
mod many;
/// Saying where a highlight's words stand.
mod ranges;
/// The claims whose words were edited.
mod touched;

use crate::desk::{Answer, Desk, Hand};
use axum::http::StatusCode;
use domain::{
    event::Change,
    highlight::Highlight,
    id::ArticleId,
    page::{Changes, History, Reading},
};
use serde_json::{Value, json};

const BRIDGE: &str = "The old bridge over the Gauja near Valmiera was closed to lorries on Tuesday morning.";
const BRIDGE_EDITED: &str = "The old bridge over the Gauja near Valmiera was opened to lorries on Tuesday morning.";
const MAYOR: &str = "Its mayor, Jānis Baiks, told Reuters that nobody had been hurt in the accident.";
const FERRY: &str = "A ferry will carry passengers twice an hour until the repairs are finished in May.";
const WEATHER: &str = "Forecasters expect heavy rain along the whole coast for the rest of the week.";

fn text(paragraphs: &[&str]) -> String {
    paragraphs.join("\n\n")
}

/// Where words stand in a reading.
fn place(reading: &Reading, words: &str) -> Value {
    let text = reading.revision.layout().into_text();
    let byte = text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    let start = text[..byte].chars().count();
    json!({"revision": reading.revision.id, "range": {"start": start, "end": start + words.chars().count()}})
}

async fn mark(hand: &Hand, reading: &Reading, words: &str) -> Answer {
    let mut ask = place(reading, words);
    ask["colour"] = json!("green");
    hand.post(&format!("/api/v1/articles/{}/highlights", reading.article.id), ask).await
}

async fn claim(hand: &Hand, reading: &Reading, words: &str) -> Answer {
    let ask = json!({"appears": {"words": place(reading, words)}, "statement": "It was so."});
    hand.post(&format!("/api/v1/articles/{}/claims", reading.article.id), ask).await
}

async fn set_range(hand: &Hand, highlight: &str, place: Value) -> Answer {
    hand.put(&format!("/api/v1/highlights/{highlight}/range"), place).await
}

fn moved(answer: &Answer) -> Highlight {
    match answer.change() {
        Change::HighlightMoved(highlight) => highlight,
        other => panic!("{other:?}"),
    }
}

/// How a highlight stands in a reading: the word for it, and its words there.
fn standing(reading: &Reading, id: &str) -> (&'static str, Option<String>) {
    let highlight = reading.margin.highlight(id.parse().unwrap()).expect("it is in this reading");
    let text = reading.revision.layout().into_text();
    let cut = |range: domain::text::TextRange| -> String {
        text.chars().skip(range.start.0 as usize).take(range.len() as usize).collect()
    };
    let words = highlight.range().map(cut);
    if let Some(words) = &words {
        assert_eq!(words, highlight.words(), "what is said of its words is what stands there");
    }
    (highlight.standing().word(), words)
}

async fn history(hand: &Hand, article: ArticleId) -> History {
    hand.get(&format!("/api/v1/articles/{article}/revisions")).await.read()
}

async fn changes(hand: &Hand, article: ArticleId, path: &str) -> Changes {
    hand.get(&format!("/api/v1/articles/{article}/revisions/{path}")).await.read()
}

/// An article, and a highlight in it.
async fn marked(owner: &Hand, paragraphs: &[&str], words: &str) -> (Reading, String) {
    let reading = owner.bring(&text(paragraphs)).await;
    let id = mark(owner, &reading, words).await.id();
    (reading, id)
}

#[tokio::test]
async fn a_text_that_has_not_changed_is_no_reading() {
    let (_desk, owner) = Desk::settled().await;
    let (before, _) = marked(&owner, &[BRIDGE, MAYOR], MAYOR).await;
    let article = before.article.id;
    let path = format!("/articles/{article}/revisions");
    let same = text(&[BRIDGE, MAYOR]);
    let last = owner.events(0).await.len();
    let message = owner.post(&format!("/api/v1{path}"), json!({ "content": same })).await.is_refused(409, "conflict");
    assert_eq!(message, "Nothing has changed since reading 1.");
    let shown = owner.multipart(&path, &[("text", None, same.as_bytes())]).await;
    assert_eq!(shown.status, StatusCode::CONFLICT);
    for words in ["Revisions(", "Nothing has changed since reading 1.", "nobody had been hurt"] {
        assert!(shown.text().contains(words), "{words}: {shown:?}");
    }
    assert_eq!((owner.events(0).await.len(), history(&owner, article).await.revisions.len()), (last, 1));
    // The same words in other blocks are a change, and one of the words alone is.
    let heading = json!({"content": format!("# {BRIDGE}\n\n{MAYOR}"), "form": "markdown"});
    owner.post(&format!("/api/v1{path}"), heading).await.change();
    assert_eq!(owner.reading(article).await.margin.highlights[0].standing().word(), "exact");
    owner.revise(article, &same).await;
    assert_eq!(history(&owner, article).await.revisions.len(), 3, "an older text may come back");
}

#[tokio::test]
async fn the_form_brings_a_reading_and_shows_what_it_changed() {
    let (_desk, owner) = Desk::settled().await;
    let (before, _) = marked(&owner, &[BRIDGE, MAYOR], MAYOR).await;
    let path = format!("/articles/{}/revisions", before.article.id);
    let page = format!("<p>{BRIDGE}</p><p>{FERRY}</p>");
    let rows: [(&str, Option<&str>, &[u8]); 3] = [
        ("html", None, page.as_bytes()),
        ("file", Some("words.md"), WEATHER.as_bytes()),
        ("text", None, FERRY.as_bytes()),
    ];
    for (number, row) in (2..).zip(rows) {
        let answer = owner.multipart(&path, &[row]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
        assert_eq!(answer.header("location"), format!("{path}/{number}/changes"));
        let shown = owner.get(answer.header("location")).await;
        assert!(shown.text().contains("Changes(") && shown.text().contains("Anna"), "{shown:?}");
        assert!(owner.get(&format!("{path}/{number}")).await.text().contains("Reader("));
    }
    let list = owner.get(&path).await;
    assert!(list.text().contains("Revisions(") && list.text().contains("words.md"), "{list:?}");
    let last = owner.events(0).await.len();
    let large = "a ".repeat(10_000_000);
    let typed = ("text", None, b"typed with care".as_slice());
    let refused: [(&[crate::desk::Part<'_>], u16, &str); 4] = [
        (&[("text", None, b" ")], 422, "There is no text in it: bring"),
        (&[typed, ("file", Some("a.txt"), b"Words")], 422, "typed with care"),
        (&[typed, ("html", None, large.as_bytes())], 413, "typed with care"),
        (&[("file", Some("a.txt"), b"a\0b")], 422, "looks like a binary file"),
    ];
    for (parts, status, words) in refused {
        let answer = owner.multipart(&path, parts).await;
        assert_eq!(answer.status.as_u16(), status, "{words}");
        assert!(answer.text().contains("Revisions(") && answer.text().contains(words), "{words}: {answer:?}");
    }
    let half = owner.form(&path, &[("text", "x")]).await;
    assert!(half.status.is_client_error() && half.text().contains("Revisions("), "no multipart form: {half:?}");
    assert_eq!(owner.events(0).await.len(), last);
    let most = "a ".repeat(5 * 512 * 1024);
    owner.revise(before.article.id, &most).await;
    let beyond = json!({ "content": format!("{most}a ") });
    owner.post(&format!("/api/v1{path}"), beyond).await.is_refused(413, "too_large");
}

#[tokio::test]
async fn readings_are_listed_compared_and_taken_away() {
    let (_desk, owner) = Desk::settled().await;
    let first = owner.bring(&text(&[BRIDGE, MAYOR])).await;
    let article = first.article.id;
    owner.revise(article, &text(&[BRIDGE_EDITED, MAYOR])).await;
    owner.revise(article, &text(&[BRIDGE_EDITED, MAYOR, WEATHER])).await;
    let history = history(&owner, article).await;
    let numbers: Vec<u32> = history.revisions.iter().map(|row| row.revision.number).collect();
    assert_eq!((numbers, history.article.id), (vec![3, 2, 1], article));
    let sizes = |at: usize| history.revisions[at].revision.change.map(|change| (change.added, change.removed));
    assert_eq!((sizes(0), sizes(1), sizes(2)), (Some((14, 0)), Some((1, 1)), None));
    assert!(history.revisions.iter().all(|row| row.brought_by == "Anna" && row.revision.words > 10));

    let whole = changes(&owner, article, "3/changes?from=1").await;
    assert_eq!((whole.from.number, whole.to.number, whole.newest), (1, 3, 3));
    assert_eq!((whole.comparison.added, whole.comparison.removed), (15, 1));
    assert_eq!(changes(&owner, article, "3/changes").await.from.number, 2);
    let earlier = changes(&owner, article, "2/changes").await;
    assert_eq!((earlier.from.number, earlier.to.number, earlier.newest), (1, 2, 3));
    let api = format!("/api/v1/articles/{article}/revisions");
    let refused = [
        ("4", 404, "not_found", "There is no such reading here."),
        ("0", 404, "not_found", "There is no such reading here."),
        ("01", 404, "not_found", "There is no such reading here."),
        ("4294967296", 404, "not_found", "There is no such reading here."),
        ("4/original", 404, "not_found", "There is no such reading here."),
        ("4/changes", 404, "not_found", "There is no such reading here."),
        ("1/changes", 404, "not_found", "There is no such older reading here."),
        ("3/changes?from=0", 404, "not_found", "There is no such reading here."),
        ("2/changes?from=7", 404, "not_found", "There is no such reading here."),
        ("2/changes?from=2", 422, "invalid", "Reading 2 is not older than reading 2: compare with an older one."),
        ("2/changes?from=3", 422, "invalid", "Reading 3 is not older than reading 2: compare with an older one."),
        ("2/changes?from=x", 400, "invalid", "from"),
        ("2/changes?to=1", 400, "invalid", "unknown field"),
    ];
    for (path, status, kind, words) in refused {
        let message = owner.get(&format!("{api}/{path}")).await.is_refused(status, kind);
        assert!(message.contains(words), "{path}: {message}");
        if path != "4/original" {
            let page = owner.get(&format!("/articles/{article}/revisions/{path}")).await;
            assert_eq!(page.status.as_u16(), status, "{path}");
            assert!(page.text().contains("Trouble"), "{path}: {page:?}");
        }
    }
    let originals = [text(&[BRIDGE, MAYOR]), text(&[BRIDGE_EDITED, MAYOR]), text(&[BRIDGE_EDITED, MAYOR, WEATHER])];
    for (number, original) in (1..).zip(originals) {
        let taken = owner.get(&format!("{api}/{number}/original")).await;
        assert_eq!((taken.text(), taken.header("content-type")), (original.as_str(), "text/plain; charset=utf-8"));
        assert_eq!(owner.reading_of(article, number).await.revision.number, number);
    }
    let latest = owner.get(&format!("/articles/{article}/original")).await;
    assert_eq!(latest.text(), text(&[BRIDGE_EDITED, MAYOR, WEATHER]));
}

#[tokio::test]
async fn the_title_follows_the_text_unless_a_person_gave_it() {
    let (_desk, owner) = Desk::settled().await;
    let rows = [
        (None, None, "New head"),
        (Some("Ours"), None, "Ours"),
        (None, Some("Ours"), "Ours"),
        (None, Some("Old head"), "New head"),
    ];
    for (given, renamed, expected) in rows {
        let content = format!("# Old head\n\n{BRIDGE}");
        let ask = json!({"content": content, "form": "markdown", "title": given});
        let article = owner.post("/api/v1/articles", ask).await.value()["id"].as_str().unwrap().to_owned();
        let api = format!("/api/v1/articles/{article}");
        if let Some(title) = renamed {
            owner.patch(&api, json!({ "title": title })).await.change();
        }
        let ask = json!({"content": content.replace("Old", "New"), "form": "markdown"});
        let Change::ArticleRevised(revised) = owner.post(&format!("{api}/revisions"), ask).await.change() else {
            panic!()
        };
        assert_eq!(owner.reading(&article).await.article.title, expected, "{given:?} {renamed:?}");
        assert_eq!(revised.title.as_deref(), (expected == "New head").then_some("New head"));
    }
}
