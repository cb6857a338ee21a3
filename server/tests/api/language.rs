//! In which language Postil speaks to a person.

use crate::desk::{Answer, Desk, Hand};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use domain::permission::Role;
use serde_json::{Value, json};

/// Asks as a browser that wants these languages.
async fn wanting(hand: &Hand, wants: &str, method: Method, path: &str) -> Answer {
    let request = Request::builder().method(method).uri(path).header(header::ACCEPT_LANGUAGE, wants);
    hand.send(request.header(header::CONTENT_TYPE, "application/json"), Body::from("{}")).await
}

#[tokio::test]
async fn who_is_not_signed_in_is_spoken_to_as_their_browser_asks() {
    let (desk, _) = Desk::settled().await;
    let rows = [
        ("uk-UA,uk;q=0.9,en;q=0.8", "uk", "Спершу увійдіть."),
        ("de, lv;q=0.5", "lv", "Vispirms piesakieties."),
        ("fr", "en", "Sign in first."),
        ("", "en", "Sign in first."),
    ];
    for (wants, language, words) in rows {
        let page = wanting(&desk.nobody(), wants, Method::GET, "/sign-in").await;
        assert_eq!((page.status, page.header("content-language")), (StatusCode::OK, language), "{wants}");
        assert!(page.headers.get_all(header::VARY).iter().any(|vary| vary == "accept-language"), "{page:?}");
        let refused = wanting(&desk.nobody(), wants, Method::GET, "/api/v1/articles").await;
        assert_eq!(refused.is_refused(401, "not_signed_in"), words, "{wants}");
        assert_eq!(refused.header("content-language"), language);
    }
}

#[tokio::test]
async fn an_app_is_installed_in_the_language_of_the_browser() {
    let (desk, _) = Desk::settled().await;
    let rows = [
        ("uk", "uk", "Читайте статті разом, позначайте твердження, називайте їхні джерела."),
        ("lv", "lv", "Lasiet rakstus kopā, iezīmējiet apgalvojumus, nosauciet to avotus."),
        ("fr", "en", "Read articles together, mark claims, name their sources."),
    ];
    for (wants, language, words) in rows {
        let told = wanting(&desk.nobody(), wants, Method::GET, "/manifest.webmanifest").await;
        assert_eq!(told.value(), json!({ "lang": language, "description": words }), "{wants}");
        assert_eq!(told.header("content-language"), language);
        assert!(told.headers.get_all(header::VARY).iter().any(|vary| vary == "accept-language"), "{told:?}");
    }
}

#[tokio::test]
async fn what_a_person_has_chosen_counts_more_than_their_browser() {
    let (desk, anna) = Desk::settled().await;
    let rita = desk.member("Rita", Role::Reader).await;
    let path = "/api/v1/account/language";
    assert_eq!(rita.get(path).await.value(), json!({ "language": null }));
    let spoken = async |hand: &Hand| {
        let page = wanting(hand, "uk", Method::GET, "/account").await;
        page.header("content-language").to_owned()
    };
    assert_eq!(spoken(&rita).await, "uk");

    // By the form, by a program, and back to what the browser says.
    let answer = rita.form("/account/language", &[("language", "lv")]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/account#language"));
    assert_eq!((spoken(&rita).await.as_str(), spoken(&anna).await.as_str()), ("lv", "uk"));
    let refused = wanting(&rita, "uk", Method::POST, "/api/v1/webhooks").await;
    let words = refused.value()["message"].as_str().unwrap().to_owned();
    assert!(words.contains("loma") || refused.status == StatusCode::UNPROCESSABLE_ENTITY, "{words}");
    for (language, expected) in [(json!("en"), "en"), (Value::Null, "uk")] {
        let ask = json!({ "language": language });
        assert_eq!(rita.put(path, ask.clone()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(rita.get(path).await.value(), ask);
        assert_eq!(spoken(&rita).await, expected);
    }
    rita.form("/account/language", &[("language", "")]).await;
    assert_eq!(spoken(&rita).await, "uk");
}

#[tokio::test]
async fn what_goes_wrong_is_told_in_the_language_with_its_values() {
    let (_desk, anna) = Desk::settled().await;
    assert_eq!(anna.put("/api/v1/account/language", json!({ "language": "lv" })).await.status, StatusCode::NO_CONTENT);
    let rows = [
        (json!({ "name": "" }), "grupas nosaukums nevar būt tukšs"),
        (json!({ "name": "ā".repeat(81) }), "grupas nosaukums: ne vairāk par 80 rakstzīmēm; šeit ir 81"),
    ];
    for (ask, words) in rows {
        let said = anna.post("/api/v1/groups", ask).await.is_refused(422, "invalid");
        assert!(said.contains(words) && !said.contains("Failed"), "{said}");
    }
    assert_eq!(
        anna.get("/api/v1/articles/AAAAAAAAAAAAAAAAAAAAAA").await.is_refused(404, "not_found"),
        "Te tāda nav: raksts."
    );
}

#[tokio::test]
async fn a_language_that_postil_does_not_speak_is_refused() {
    let (_desk, anna) = Desk::settled().await;
    for ask in [json!({ "language": "fr" }), json!({ "language": "LV" }), json!({ "tongue": "lv" })] {
        anna.put("/api/v1/account/language", ask).await.is_refused(422, "invalid");
    }
    let answer = anna.form("/account/language", &[("language", "fr")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(anna.get("/api/v1/account/language").await.value(), json!({ "language": null }));
}
