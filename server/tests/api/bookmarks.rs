//! `PUT /api/v1/articles/{article}/bookmark`: where somebody had got to in an article.

use crate::desk::{Desk, Hand};
use axum::http::StatusCode;
use domain::{
    page::{Library, Reading},
    permission::Role,
};
use serde_json::json;

async fn keep(hand: &Hand, reading: &Reading, at: u32) -> StatusCode {
    let ask = json!({"revision": reading.revision.id, "at": at});
    hand.put(&format!("/api/v1/articles/{}/bookmark", reading.article.id), ask).await.status
}

async fn kept(hand: &Hand, reading: &Reading) -> Option<(u32, u8)> {
    hand.reading(reading.article.id).await.bookmark.map(|bookmark| (bookmark.at.0, bookmark.share))
}

#[tokio::test]
async fn each_has_their_own_and_the_newest_counts() {
    let (desk, anna) = Desk::settled().await;
    let rita = desk.member("Rita", Role::Reader).await;
    let text = "The river is open.\n\nThe bridge is closed, and nobody knows for how long it will be.";
    let reading = anna.bring(text).await;
    let length = text.chars().count() as u32;
    assert_eq!(kept(&rita, &reading).await, None);
    for (at, expected) in
        [(20, (20, 24)), (0, (0, 0)), (length, (length, 100)), (u32::MAX, (length, 100)), (40, (40, 48))]
    {
        assert_eq!(keep(&rita, &reading, at).await, StatusCode::NO_CONTENT);
        assert_eq!(kept(&rita, &reading).await, Some(expected), "{at}");
    }
    assert_eq!(kept(&anna, &reading).await, None);
    let share = async |hand: &Hand| {
        let library: Library = hand.get("/api/v1/articles").await.read();
        library.articles.iter().find(|row| row.article.id == reading.article.id).unwrap().read
    };
    assert_eq!((share(&rita).await, share(&anna).await), (Some(48), None));
}

#[tokio::test]
async fn a_reading_of_another_article_is_none() {
    let (_desk, anna) = Desk::settled().await;
    let (one, other) = (anna.bring("The river is open.").await, anna.bring("The bridge is closed.").await);
    let ask = json!({"revision": other.revision.id, "at": 3});
    anna.put(&format!("/api/v1/articles/{}/bookmark", one.article.id), ask).await.is_refused(404, "not_found");
    let ask = json!({"revision": one.revision.id, "at": -1});
    anna.put(&format!("/api/v1/articles/{}/bookmark", one.article.id), ask).await.is_refused(422, "invalid");
    assert_eq!(kept(&anna, &one).await, None);
}
