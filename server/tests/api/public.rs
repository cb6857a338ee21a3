//! The public page of an article: who opens it, what it shows, and that it is gone once it is closed.

use crate::{
    desk::{Answer, Desk, Hand},
    routes::World,
};
use axum::{body::Body, http::Request};
use domain::{
    event::Change,
    page::PublicReading,
    public_page::{PageState, PageTerms, PublicPage},
};
use serde_json::{Value, json};

async fn settings(hand: &Hand, world: &World) -> PublicPage {
    hand.get(&format!("/api/v1/articles/{}/public", world.id("article"))).await.read()
}

async fn token(hand: &Hand, world: &World) -> String {
    settings(hand, world).await.token.unwrap().as_str().to_owned()
}

/// What a token opens: the page, a picture, the original, what the API says, the form of a comment.
async fn all(hand: &Hand, world: &World, token: &str) -> [Answer; 5] {
    [
        hand.get(&format!("/p/{token}")).await,
        hand.get(&format!("/p/{token}/pictures/{}", world.id("digest"))).await,
        hand.get(&format!("/p/{token}/original")).await,
        hand.get(&format!("/api/v1/p/{token}")).await,
        hand.form(&format!("/p/{token}"), &[("name", "A"), ("words", "B"), ("stamp", world.id("stamp"))]).await,
    ]
}

#[tokio::test]
async fn an_address_leads_nowhere_once_it_is_renewed_or_closed() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let api = format!("/api/v1/articles/{}/public", world.id("article"));
    let nobody = desk.nobody();
    let mut old = Vec::new();
    let nowhere = async |token: &str, when: &str| {
        for answer in all(&nobody, &world, token).await {
            assert_eq!(answer.status.as_u16(), 404, "{when}: {answer:?}");
        }
    };
    nowhere(&"A".repeat(43), "never").await;
    nowhere("short", "never").await;
    for turn in 0..3 {
        let now = token(&owner, &world).await;
        assert_eq!(now.len(), 43);
        assert!(!old.contains(&now), "no address comes back");
        for answer in &all(&nobody, &world, &now).await[..4] {
            assert_eq!(answer.status.as_u16(), 200, "{answer:?}");
        }
        match turn {
            0 => owner.post(&format!("{api}/renew"), Value::Null).await.change(),
            _ => owner.delete(&api).await.change(),
        };
        nowhere(&now, "after it was renewed or closed").await;
        old.push(now);
        if turn == 1 {
            assert_eq!(settings(&owner, &world).await.token, None);
            owner.delete(&api).await.is_refused(409, "conflict");
            owner.post(&format!("{api}/renew"), Value::Null).await.is_refused(409, "conflict");
            let terms = serde_json::to_value(settings(&owner, &world).await.terms).unwrap();
            owner.put(&api, terms).await.change();
        }
    }
    for token in &old {
        nowhere(token, "at the end").await;
    }
}

#[tokio::test]
async fn the_group_is_told_of_it_and_not_of_its_address() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let (article, api) = (world.id("article"), format!("/api/v1/articles/{}/public", world.id("article")));
    let reader = desk.member("Rita", domain::permission::Role::Reader).await;
    assert!(reader.reading(article).await.margin.public);
    let terms = PageTerms { indexed: true, original: false, comments: false };
    let changed = owner.put(&api, serde_json::to_value(terms).unwrap()).await;
    let id = article.parse().unwrap();
    assert_eq!(changed.change(), Change::PublicPageSet(PageState { article: id, open: true, terms }));
    owner.put(&api, serde_json::to_value(terms).unwrap()).await.is_refused(409, "conflict");
    owner.put(&api, json!({"listed": true})).await.is_refused(422, "invalid");
    assert_eq!(token(&owner, &world).await, world.id("page"), "the address stays when its terms change");
    owner.delete(&api).await.change();
    assert!(!reader.reading(article).await.margin.public);
    let events = reader.get("/api/v1/events").await;
    assert!(!events.text().contains(world.id("page")));
}

#[tokio::test]
async fn an_answer_says_who_may_keep_and_list_it() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let (api, nobody) = (format!("/api/v1/articles/{}/public", world.id("article")), desk.nobody());
    let path = format!("/p/{}", world.id("page"));
    let page = nobody.get(&path).await;
    assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
    assert_eq!(page.header("cache-control"), "no-cache");
    assert_eq!(page.header("referrer-policy"), "same-origin");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"), "{policy}");

    owner.put(&api, json!({"indexed": true, "original": true})).await.change();
    let listed = nobody.get(&path).await;
    assert!(listed.headers.get("x-robots-tag").is_none(), "{listed:?}");
    let original = nobody.get(&format!("{path}/original")).await;
    assert_eq!(original.header("x-robots-tag"), "noindex, nofollow", "what is only downloaded is listed by nobody");
    assert!(original.header("content-disposition").starts_with("attachment"));

    let picture = format!("{path}/pictures/{}", world.id("digest"));
    let tag = nobody.get(&picture).await.header("etag").to_owned();
    let again = nobody.send(Request::get(&picture).header("if-none-match", &tag), Body::empty()).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));

    owner.put(&api, json!({"indexed": true})).await.change();
    assert_eq!(nobody.get(&format!("{path}/original")).await.status.as_u16(), 404, "only where it is wanted");
    assert_eq!(nobody.get("/p/nothing").await.header("x-robots-tag"), "noindex, nofollow");
}

#[tokio::test]
async fn the_page_shows_what_is_public_and_nothing_else() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let aija = desk.member("Aija", domain::permission::Role::Annotator).await;
    let article = world.id("article");
    let notes = format!("/api/v1/articles/{article}/notes");
    let write = async |hand: &Hand, about: Value, body: &str, visibility: &str| {
        hand.post(&notes, json!({"about": about, "body": body, "visibility": visibility})).await.id()
    };
    let claimed = owner.reading(article).await.margin.claims[0].appearances[0];
    let all = write(&aija, json!({"article": article}), "On *all* of it.", "public").await;
    write(&owner, json!({"note": all}), "So it is.", "public").await;
    write(&owner, json!({"note": all}), "Between us.", "group").await;
    write(&owner, json!({"highlight": claimed}), "On the claim.", "public").await;
    write(&owner, json!({"highlight": world.id("highlight")}), "Between us.", "group").await;
    owner
        .put(&format!("/api/v1/claims/{}/verdict", world.id("claim")), json!({"verdict": "holds", "reason": "Seen."}))
        .await;
    let read = async || desk.nobody().get(&format!("/api/v1/p/{}", world.id("page"))).await.read::<PublicReading>();
    let page = read().await;
    assert_eq!(page.number, 2);
    let marks: Vec<_> = page.marks.iter().map(|mark| (mark.number, mark.words.as_str(), mark.claimed)).collect();
    assert_eq!(marks, [(1, "the river", true)], "a highlight that only the group speaks of is not there");
    let [claim] = &page.claims[..] else { panic!("{page:?}") };
    assert_eq!((claim.statement.as_str(), claim.marks.as_slice()), ("The river is open.", &[1][..]));
    assert_eq!((claim.verdict.map(|verdict| verdict.word()), claim.reason.as_deref()), (Some("holds"), Some("Seen.")));
    assert_eq!(claim.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>(), ["Reuters"]);
    let [note] = &page.notes[..] else { panic!("{page:?}") };
    assert_eq!((note.author.as_str(), note.replies.len(), note.replies[0].author.as_str()), ("Aija", 1, "Anna"));
    assert_eq!(page.marks[0].notes.len(), 1);
    let text = serde_json::to_string(&page).unwrap();
    for hidden in ["Between us", article, world.id("claim"), world.id("highlight"), "Zxqoutside", "joined_at"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }

    // A public note shows its words; a newer reading is what is shown from then on.
    write(&aija, json!({"highlight": world.id("highlight")}), "Which bridge?", "public").await;
    let page = read().await;
    assert_eq!(page.marks.iter().map(|mark| mark.words.as_str()).collect::<Vec<_>>(), ["bridge", "the river"]);
    owner.revise(article, "Now the river alone is open.").await;
    let page = read().await;
    assert_eq!(page.number, 3);
    let gone: Vec<_> = page.marks.iter().map(|mark| (mark.words.as_str(), mark.range.is_some())).collect();
    assert!(gone.contains(&("bridge", false)), "what is gone is still said, without a place: {gone:?}");
}
