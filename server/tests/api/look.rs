//! How a person wants the pages to look.

use crate::desk::Desk;
use axum::http::StatusCode;
use domain::{
    look::{Light, Look, Size},
    permission::Role,
};
use serde_json::json;

const ALL: [(&str, &str); 6] = [
    ("light", "contrast"),
    ("face", "plain"),
    ("size", "largest"),
    ("measure", "narrow"),
    ("leading", "open"),
    ("setting", "justified"),
];

#[tokio::test]
async fn who_is_not_signed_in_has_no_look() {
    let (desk, _) = Desk::settled().await;
    desk.nobody().get("/api/v1/account/look").await.is_refused(401, "not_signed_in");
}

#[tokio::test]
async fn what_one_chooses_is_kept_for_them_alone() {
    let (desk, anna) = Desk::settled().await;
    let rita = desk.member("Rita", Role::Reader).await;
    assert_eq!(anna.get("/api/v1/account/look").await.read::<Look>(), Look::default());

    // The form of a page, and the way back to it.
    let mut fields = ALL.to_vec();
    for (next, expected) in
        [("/articles/1#b3", "/articles/1#b3"), ("//evil.example", "/account"), ("https://a.b", "/account")]
    {
        fields.truncate(ALL.len());
        fields.push(("next", next));
        let answer = rita.form("/account/look", &fields).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, expected), "{next}");
    }
    let chosen = rita.get("/api/v1/account/look").await.value();
    for (name, word) in ALL {
        assert_eq!(chosen[name], word);
    }
    assert_eq!(anna.get("/api/v1/account/look").await.read::<Look>(), Look::default());

    // A program says some of it; the rest is as Postil would have it.
    let ask = json!({"light": "sepia", "size": "small"});
    assert_eq!(rita.put("/api/v1/account/look", ask).await.status, StatusCode::NO_CONTENT);
    let expected = Look { light: Light::Sepia, size: Size::Small, ..Look::default() };
    assert_eq!(rita.get("/api/v1/account/look").await.read::<Look>(), expected);
}

#[tokio::test]
async fn what_there_is_not_is_refused_and_nothing_changes() {
    let (_desk, anna) = Desk::settled().await;
    let rows =
        [(json!({"light": "neon"}), 422), (json!({"size": 12}), 400), (json!({"colour": "red"}), 422), (json!(1), 422)];
    for (ask, status) in rows {
        anna.put("/api/v1/account/look", ask).await.is_refused(status, "invalid");
    }
    let mut fields = ALL.to_vec();
    fields[0] = ("light", "neon");
    for fields in [&fields[..], &ALL[..5]] {
        assert_eq!(anna.form("/account/look", fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(anna.get("/api/v1/account/look").await.read::<Look>(), Look::default());
}
