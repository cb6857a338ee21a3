//! What a person is told because it concerns them.

use crate::desk::{Desk, Hand, PASSWORD};
use axum::http::StatusCode;
use domain::{id::ArticleId, notice::Notices, page::Reading, permission::Role};
use serde_json::{Value, json};

impl Hand {
    async fn notices(&self) -> Notices {
        self.get("/api/v1/account/notices").await.read()
    }

    /// Who did what, the newest first.
    async fn told(&self) -> Vec<(String, String)> {
        let notices = self.notices().await.notices;
        notices.into_iter().map(|notice| (notice.by_name, notice.why.to_string())).collect()
    }

    async fn note(&self, article: ArticleId, about: Value, body: &str) -> String {
        let ask = json!({ "about": about, "body": body });
        self.post(&format!("/api/v1/articles/{article}/notes"), ask).await.id()
    }

    async fn mark(&self, reading: &Reading) -> String {
        let ask = json!({ "revision": reading.revision.id, "range": { "start": 4, "end": 10 }, "colour": "green" });
        self.post(&format!("/api/v1/articles/{}/highlights", reading.article.id), ask).await.id()
    }
}

fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(by, why)| ((*by).to_owned(), (*why).to_owned())).collect()
}

#[tokio::test]
async fn who_is_not_signed_in_is_told_nothing() {
    let (desk, _) = Desk::settled().await;
    desk.nobody().get("/api/v1/account/notices").await.is_refused(401, "not_signed_in");
}

#[tokio::test]
async fn answers_go_to_those_who_are_in_the_conversation() {
    let (desk, anna) = Desk::settled().await;
    let boris = desk.member("Boris", Role::Annotator).await;
    let cilla = desk.member("Cilla", Role::Annotator).await;
    let reading = anna.bring("The bridge is open.").await;
    let article = reading.article.id;
    let highlight = anna.mark(&reading).await;
    let first = boris.note(article, json!({ "highlight": highlight }), "Is it?").await;
    let second = cilla.note(article, json!({ "note": first }), "Since Monday.").await;
    boris.note(article, json!({ "note": second }), "Who says so?").await;
    cilla.note(article, json!({ "article": article }), "A note about the article.").await;

    assert_eq!(anna.told().await, pairs(&[("Boris", "noted")]), "she marked the words and has not written");
    assert_eq!(boris.told().await, pairs(&[("Cilla", "answered")]));
    assert_eq!(cilla.told().await, pairs(&[("Boris", "answered")]), "the strongest reason, once");
    let notice = &boris.notices().await.notices[0];
    assert_eq!(notice.excerpt.as_deref(), Some("Since Monday."));
    assert_eq!(notice.path, format!("/articles/{article}#note-{second}"));

    // A third person in the conversation is told of what others say there.
    anna.note(article, json!({ "note": first }), "The mayor.").await;
    assert_eq!(boris.told().await, pairs(&[("Anna", "answered"), ("Cilla", "answered")]));
    assert_eq!(cilla.told().await, pairs(&[("Anna", "joined"), ("Boris", "answered")]));

    // Words that were taken back are not told.
    let last = cilla.note(article, json!({ "note": first }), "A slip of the pen.").await;
    assert_eq!(boris.notices().await.notices[0].excerpt.as_deref(), Some("A slip of the pen."));
    cilla.delete(&format!("/api/v1/notes/{last}")).await.change();
    assert_eq!(boris.notices().await.notices[0].excerpt, None);
}

#[tokio::test]
async fn who_made_a_claim_is_told_what_becomes_of_it() {
    let (desk, anna) = Desk::settled().await;
    let boris = desk.member("Boris", Role::Annotator).await;
    let reading = anna.bring("The bridge is open.").await;
    let appears = json!({ "words": { "revision": reading.revision.id, "range": { "start": 4, "end": 19 } } });
    let ask = json!({ "appears": appears, "statement": "The bridge is open." });
    let claim = boris.post(&format!("/api/v1/articles/{}/claims", reading.article.id), ask).await.id();
    anna.patch(&format!("/api/v1/claims/{claim}"), json!({ "claimant": "The mayor" })).await.change();
    boris.patch(&format!("/api/v1/claims/{claim}"), json!({ "statement": "The bridge was open." })).await.change();
    anna.put(&format!("/api/v1/claims/{claim}/verdict"), json!({ "verdict": "holds" })).await.change();
    anna.revise(reading.article.id, "The bridge is shut now.").await;
    let expected = [("Anna", "touched"), ("Anna", "judged"), ("Anna", "edited")];
    assert_eq!(boris.told().await, pairs(&expected), "and not of what he did himself");
    assert_eq!(anna.told().await, []);
    let newest = &boris.notices().await.notices[0];
    assert_eq!(newest.excerpt.as_deref(), Some("The bridge was open."), "as it is now");
    assert!(newest.path.contains("#highlight-"), "{}", newest.path);
}

#[tokio::test]
async fn what_was_seen_is_not_new_any_more() {
    let (desk, anna) = Desk::settled().await;
    let boris = desk.member("Boris", Role::Annotator).await;
    let reading = anna.bring("The bridge is open.").await;
    let highlight = anna.mark(&reading).await;
    for at in 0..60 {
        boris.note(reading.article.id, json!({ "highlight": highlight }), &format!("Note {at}.")).await;
    }
    let first = anna.notices().await;
    assert_eq!((first.unread, first.notices.len()), (60, 50));
    assert_eq!(first.notices[0].excerpt.as_deref(), Some("Note 59."));
    let page = anna.get("/").await;
    assert!(page.text().contains("unread: 60"), "the head of each page has the count");
    let older: Notices = anna.get(&format!("/api/v1/account/notices?before={}", first.before.unwrap())).await.read();
    assert_eq!((older.notices.len(), older.before), (10, None));
    // What came while one was looking stays new.
    boris.note(reading.article.id, json!({ "highlight": highlight }), "One more.").await;
    let through = json!({ "through": first.notices[0].ordinal });
    assert_eq!(anna.put("/api/v1/account/notices/read", through).await.status, StatusCode::NO_CONTENT);
    let now = anna.notices().await;
    assert_eq!((now.unread, now.notices[0].read, now.notices[1].read), (1, false, true));
    assert_eq!(boris.notices().await.unread, 0, "nobody else’s");
}

#[tokio::test]
async fn a_group_that_goes_takes_no_other_s_notices_along() {
    let (desk, anna) = Desk::settled().await;
    let boris = desk.member("Boris", Role::Annotator).await;
    let reading = anna.bring("The bridge is open.").await;
    let note = boris.note(reading.article.id, json!({ "article": reading.article.id }), "Is it?").await;
    anna.note(reading.article.id, json!({ "note": note }), "It is.").await;
    let number = boris.notices().await.notices[0].number;
    let stranger = desk.stranger().await;
    while stranger.events(0).await.len() <= number as usize {
        stranger.bring("Words of a stranger, who is about to leave.").await;
    }
    let gone = stranger.post("/api/v1/account/departure", json!({ "password": PASSWORD })).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{gone:?}");
    assert_eq!(boris.notices().await.unread, 1);
}

#[tokio::test]
async fn who_has_left_is_told_nothing() {
    let (desk, anna) = Desk::settled().await;
    let boris = desk.member("Boris", Role::Annotator).await;
    let reading = anna.bring("The bridge is open.").await;
    let note = boris.note(reading.article.id, json!({ "article": reading.article.id }), "Is it?").await;
    anna.note(reading.article.id, json!({ "note": note }), "It is.").await;
    assert_eq!(boris.notices().await.unread, 1);
    let person = boris.reading(reading.article.id).await.margin.you;
    let removed = anna.delete(&format!("/api/v1/groups/{}/members/{person}", reading.article.group)).await;
    assert_eq!(removed.status, StatusCode::OK, "{removed:?}");
    assert_eq!(boris.notices().await.notices, [], "nor shown what was told");
    anna.note(reading.article.id, json!({ "note": note }), "Still.").await;
    assert_eq!(boris.notices().await.unread, 0);
}
