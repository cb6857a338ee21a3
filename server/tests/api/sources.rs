//! A group's list of sources, and which of them an article rests on.

use crate::desk::{Answer, Desk};
use domain::{
    event::Change,
    page::SourceList,
    source::{Certainty, Source},
};
use serde_json::{Value, json};

fn kept(answer: &Answer) -> Source {
    match answer.change() {
        Change::SourceKept(source) => source,
        other => panic!("{other:?}"),
    }
}

fn full() -> Value {
    json!({
        "name": " The Saltmere Herald ",
        "aliases": [{"text": " Saltmere Herald ", "used": "plain"}, {"text": "Herald", "used": "guarded"}],
        "domains": ["WWW.Saltmere.example", "news.saltmere.example"],
        "country": "lv",
        "languages": ["EN", "lv"],
        "kind": "commercial",
        "owner": " Saltmere Press ",
    })
}

#[tokio::test]
async fn a_source_is_added_changed_and_taken_off() {
    let (desk, owner) = Desk::settled().await;
    desk.nobody().post("/api/v1/sources", full()).await.is_refused(401, "not_signed_in");
    let reading = owner.bring("As saltmere.example writes, the Saltmere Herald saw it.").await;
    assert!(reading.margin.mentions.is_empty());

    let source = kept(&owner.post("/api/v1/sources", full()).await);
    assert_eq!(source.name, "The Saltmere Herald");
    assert_eq!(source.aliases[0].text, "Saltmere Herald");
    assert_eq!(source.domains, ["saltmere.example", "news.saltmere.example"]);
    assert_eq!((source.country.as_deref(), source.owner.as_deref()), (Some("LV"), Some("Saltmere Press")));
    assert_eq!(source.languages, ["en", "lv"]);
    let mentions = owner.reading(reading.article.id).await.margin.mentions;
    assert_eq!(mentions.len(), 2, "its names are found from now on: {mentions:?}");
    assert!(mentions.iter().all(|each| each.source == source.id && each.certainty == Certainty::Named));

    let path = format!("/api/v1/sources/{}", source.id);
    let changed = kept(&owner.put(&path, json!({"name": "Herald", "kind": "other"})).await);
    assert_eq!((changed.id, changed.domains.len(), changed.country.clone()), (source.id, 0, None));
    let list: SourceList = owner.get("/api/v1/sources").await.read();
    assert!(list.sources.iter().any(|row| row.source == changed));
    assert!(list.sources.is_sorted_by(|a, b| a.source.name <= b.source.name));

    assert_eq!(owner.delete(&path).await.change(), Change::SourceRemoved(source.id));
    owner.delete(&path).await.is_refused(404, "not_found");
    owner.put(&path, json!({"name": "Herald", "kind": "other"})).await.is_refused(404, "not_found");
    assert_eq!(owner.get(&format!("/sources/{}", source.id)).await.status.as_u16(), 404);
}

#[tokio::test]
async fn what_is_no_source_is_refused_by_the_api_and_the_form() {
    let (_desk, owner) = Desk::settled().await;
    let many: Vec<String> = (0..101).map(|at| format!("a{at}.lv")).collect();
    let rows: [(&str, Value, &str); 12] = [
        ("name", json!(""), "cannot be empty"),
        ("name", json!("x".repeat(121)), "120 characters at most"),
        ("domains", json!(["https://lsm.lv"]), "is not a domain"),
        ("domains", json!(["lsm"]), "is not a domain"),
        ("domains", json!(["lsm..lv"]), "is not a domain"),
        ("domains", json!(["lsm.lv/a"]), "is not a domain"),
        ("domains", json!(many), "100 domains at most"),
        ("country", json!("LVA"), "two letters"),
        ("country", json!("L1"), "two letters"),
        ("languages", json!(["latvian"]), "two letters"),
        ("kind", json!("tabloid"), "tabloid"),
        ("owner", json!("x\u{0}"), "control character"),
    ];
    let last = owner.events(0).await.len();
    for (field, value, words) in rows {
        let mut body = full();
        body[field] = value.clone();
        let message = owner.post("/api/v1/sources", body).await.is_refused(422, "invalid");
        assert!(message.contains(words), "{field}: {message}");

        let lines: Vec<&str> =
            value.as_array().map_or_else(Vec::new, |all| all.iter().filter_map(Value::as_str).collect());
        let typed = value.as_str().map_or_else(|| lines.join("\r\n"), str::to_owned);
        let names = ["name", "plain", "ask", "guarded", "domains", "country", "languages", "kind", "owner"];
        let valid = ["Herald", "A\r\n\r\n B ", "", "", "a.lv, b.lv", "", "lv, en", "other", ""];
        let fields: Vec<(&str, &str)> = names
            .into_iter()
            .zip(valid)
            .map(|(name, good)| (name, if name == field { &typed } else { good }))
            .collect();
        let shown = owner.form("/sources/new", &fields).await;
        assert_eq!(shown.status.as_u16(), 422, "{field}: {shown:?}");
        assert!(shown.text().contains("Herald") || field == "name", "what was typed is still there: {shown:?}");
    }
    let mut body = full();
    body["aliases"] = json!([{"text": "", "used": "plain"}]);
    owner.post("/api/v1/sources", body).await.is_refused(422, "invalid");
    assert_eq!(owner.events(0).await.len(), last, "what is refused leaves no event");
}

#[tokio::test]
async fn the_form_and_the_api_keep_the_same() {
    let (_desk, owner) = Desk::settled().await;
    let fields = [
        ("name", "The Saltmere Herald"),
        ("plain", "Saltmere Herald\r\n"),
        ("ask", ""),
        ("guarded", " \r\nHerald"),
        ("domains", "www.saltmere.example news.saltmere.example"),
        ("country", "lv"),
        ("languages", "en, lv"),
        ("kind", "commercial"),
        ("owner", "Saltmere Press"),
    ];
    let saved = owner.form("/sources/new", &fields).await;
    assert_eq!((saved.status.as_u16(), saved.header("location")), (303, "/sources"));
    let by_form = match &owner.events(0).await.last().unwrap().change {
        Change::SourceKept(source) => source.clone(),
        other => panic!("{other:?}"),
    };
    let by_api = kept(&owner.post("/api/v1/sources", full()).await);
    assert_eq!(Source { id: by_api.id, ..by_form }, by_api);
}

#[tokio::test]
async fn an_article_rests_on_the_sources_that_people_confirm() {
    let (desk, owner) = Desk::settled().await;
    let stranger = desk.stranger().await;
    let reading = owner.bring("Reuters,LSM.lv said so.").await;
    let path = format!("/api/v1/articles/{}/sources", reading.article.id);
    let (reuters, lsm) = (owner.source("Reuters").await, owner.source("LSM.lv").await);
    let found: Vec<String> = reading.margin.mentions.iter().map(|each| each.source.to_string()).collect();
    assert_eq!(found, [reuters.clone(), lsm.clone()]);
    let ask = |source: &str, answer: &str| json!({"source": source, "answer": answer});
    desk.nobody().put(&path, ask(&reuters, "confirmed")).await.is_refused(401, "not_signed_in");
    for answer in ["confirmed", "rejected", "confirmed"] {
        let Change::SourceTagged(tag) = owner.put(&path, ask(&reuters, answer)).await.change() else { panic!() };
        assert_eq!(tag.answer.word(), answer);
        assert_eq!(owner.reading(reading.article.id).await.margin.tags, [tag]);
    }
    owner.put(&path, ask(&lsm, "rejected")).await.change();
    let row = owner.get("/api/v1/articles").await.value()["articles"][0].clone();
    assert_eq!(row["sources"], json!(["Reuters"]));
    owner.put(&path, ask(&reuters, "perhaps")).await.is_refused(422, "invalid");
    let foreign = stranger.source("Reuters").await;
    owner.put(&path, ask(&foreign, "confirmed")).await.is_refused(404, "not_found");
    owner.put(&path, ask("AAAAAAAAAAAAAAAAAAAAAA", "confirmed")).await.is_refused(404, "not_found");
}
