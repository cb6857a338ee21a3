//! Undoing repairs, naming colours, giving another title.

use crate::desk::Desk;
use axum::http::Method;
use domain::{article::RepairNumber, event::Change};
use serde_json::json;

#[tokio::test]
async fn a_repair_is_undone_and_done_again_and_moves_no_word() {
    let (desk, owner) = Desk::settled().await;
    let reading = owner.bring("The bridge,and the river,are open.").await;
    let other = owner.bring("Another article.").await;
    let (path, text) = (format!("/api/v1/articles/{}/repairs", reading.article.id), reading.revision.layout());
    let count = u32::try_from(reading.revision.repairs.len()).unwrap();
    assert!(count > 0);
    let ask = |repair: i64, undone: bool| json!({"revision": reading.revision.id, "repair": repair, "undone": undone});
    desk.nobody().put(&path, ask(1, true)).await.is_refused(401, "not_signed_in");
    for undone in [true, true, false] {
        let Change::RepairReviewed(review) = owner.put(&path, ask(1, undone)).await.change() else { panic!() };
        assert_eq!((review.repair, review.undone), (RepairNumber(1), undone));
        let now = owner.reading(reading.article.id).await;
        assert_eq!(now.reviews, [review]);
        assert_eq!((now.undone(RepairNumber(1)), &now.revision.layout()), (undone, &text));
    }
    for repair in [0, i64::from(count) + 1, 4_294_967_295] {
        owner.put(&path, ask(repair, true)).await.is_refused(404, "not_found");
    }
    for repair in [-1, 4_294_967_296] {
        owner.put(&path, ask(repair, true)).await.is_refused(422, "invalid");
    }
    let foreign = json!({"revision": other.revision.id, "repair": 1, "undone": true});
    owner.put(&path, foreign).await.is_refused(404, "not_found");
}

#[tokio::test]
async fn colours_have_meanings() {
    let (_desk, owner) = Desk::settled().await;
    let reading = owner.bring("Words.").await;
    let good = [("yellow", "Doubtful"), ("green", " Good "), ("blue", "Ķīmija"), ("rose", "?")];
    let body: serde_json::Map<_, _> = good.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let saved = owner.form("/colours", &good).await;
    assert_eq!((saved.status.as_u16(), saved.header("location")), (303, "/colours?saved=yes"));
    let by_form = owner.reading(reading.article.id).await.margin.palette;
    let Change::ColoursNamed(by_api) = owner.put("/api/v1/colours", json!(body)).await.change() else { panic!() };
    assert_eq!((by_form.green.as_str(), &by_form), ("Good", &by_api));

    let long = "x".repeat(61);
    for bad in ["", " ", "a\u{7}b", &long] {
        let mut fields = good;
        (fields[0].1, fields[2].1) = ("Typed now", bad);
        let shown = owner.form("/colours", &fields).await;
        assert_eq!(shown.status.as_u16(), 422, "{bad:?}");
        assert!(
            shown.text().contains("A colour’s meaning") || shown.text().contains("A colour's meaning"),
            "{shown:?}"
        );
        assert!(shown.text().contains("yellow: \"Typed now\""), "what was typed is still there: {shown:?}");
        let mut body = body.clone();
        body["blue"] = json!(bad);
        owner.put("/api/v1/colours", json!(body)).await.is_refused(422, "invalid");
    }
    owner.put("/api/v1/colours", json!({"yellow": "only"})).await.is_refused(422, "invalid");
    assert_eq!(owner.reading(reading.article.id).await.margin.palette, by_api, "a bad name changes none");
}

#[tokio::test]
async fn an_article_gets_another_title_and_keeps_its_text() {
    let (_desk, owner) = Desk::settled().await;
    let before = owner.bring("The river is open.").await;
    let path = format!("/api/v1/articles/{}", before.article.id);
    let Change::ArticleRenamed(article) = owner.patch(&path, json!({"title": " Ours "})).await.change() else {
        panic!()
    };
    assert_eq!(article.title, "Ours");
    let now = owner.reading(before.article.id).await;
    assert_eq!((now.article, now.revision), (article, before.revision));
    let long = "x".repeat(501);
    for bad in [json!({"title": ""}), json!({ "title": long }), json!({"title": null}), json!({"name": "x"})] {
        owner.json(Method::PATCH, &path, &bad).await.is_refused(422, "invalid");
    }
}
