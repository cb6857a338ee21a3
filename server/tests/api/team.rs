//! The team's own sign-in, with an issuer on this machine that speaks OpenID Connect.

use crate::desk::{Answer, Desk, Hand, PASSWORD};
use axum::{
    Json, Router,
    extract::{Form, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::account::TeamSignIn;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use server::{
    clock,
    config::{ClientSecret, Config, Oidc},
    house::House,
};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;
use url::Url;

fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// An issuer: discovery, keys, and a token endpoint that is as strict as the standard asks.
struct Issuer {
    url: String,
    /// What it was asked at the authorization endpoint, by the code that it gave.
    asked: Mutex<HashMap<String, HashMap<String, String>>>,
    /// Who signs in there.
    person: Mutex<Value>,
    key: Mutex<(String, EcdsaKeyPair)>,
    /// What it says of itself, when that is to be wrong.
    calls_itself: Mutex<Option<String>>,
}

fn new_key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pair.as_ref(), &random).unwrap()
}

impl Issuer {
    async fn new() -> Arc<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let issuer = Arc::new(Self {
            url,
            asked: Mutex::default(),
            person: Mutex::new(json!({"sub": "42", "preferred_username": "anna", "name": "Anna Kalna"})),
            key: Mutex::new(("one".to_owned(), new_key())),
            calls_itself: Mutex::default(),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(issuer.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        issuer
    }

    fn oidc(&self, makes_accounts: bool) -> Oidc {
        Oidc {
            issuer: self.url.clone(),
            client_id: "postil".to_owned(),
            client_secret: ClientSecret::new("s&cret"),
            name: "Example".to_owned(),
            makes_accounts,
        }
    }

    /// What a browser does at the authorization endpoint: signs in, and is sent back. Gives the path it comes back to.
    fn sign_in(&self, address: &str) -> String {
        let address = Url::parse(address).unwrap();
        assert!(address.as_str().starts_with(&format!("{}/authorize?", self.url)), "{address}");
        let asked: HashMap<String, String> = address.query_pairs().into_owned().collect();
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", "postil"));
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
        let back = asked["redirect_uri"].strip_prefix("http://127.0.0.1:3000").unwrap().to_owned();
        let (code, state) = (encode(clock::token()), asked["state"].clone());
        self.asked.lock().unwrap().insert(code.clone(), asked);
        format!("{back}?code={code}&state={state}")
    }
}

async fn discovery(State(issuer): State<Arc<Issuer>>) -> Json<Value> {
    let url = &issuer.url;
    let name = issuer.calls_itself.lock().unwrap().clone().unwrap_or_else(|| url.clone());
    Json(json!({
        "issuer": name,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/keys"),
    }))
}

async fn keys(State(issuer): State<Arc<Issuer>>) -> Json<Value> {
    let (kid, key) = &*issuer.key.lock().unwrap();
    let point = key.public_key().as_ref();
    let (x, y) = (encode(&point[1..33]), encode(&point[33..]));
    Json(json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": kid, "x": x, "y": y}]}))
}

async fn token(
    State(issuer): State<Arc<Issuer>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    // RFC 6749, 2.3.1: both parts are encoded as in a form.
    let expected = format!("Basic {}", base64::prelude::BASE64_STANDARD.encode("postil:s%26cret"));
    if headers.get("authorization").is_none_or(|said| said != expected.as_str()) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let asked = issuer.asked.lock().unwrap().remove(&form["code"]).ok_or(StatusCode::BAD_REQUEST)?;
    let shown = encode(Sha256::digest(form["code_verifier"].as_bytes()));
    let same = form["grant_type"] == "authorization_code" && form["redirect_uri"] == asked["redirect_uri"];
    if shown != asked["code_challenge"] || !same {
        return Err(StatusCode::BAD_REQUEST);
    }
    let now = clock::now().timestamp();
    let mut said = json!({"iss": issuer.url, "aud": "postil", "iat": now, "exp": now + 300, "nonce": asked["nonce"]});
    for (name, value) in issuer.person.lock().unwrap().as_object().unwrap() {
        said[name] = value.clone();
    }
    let (kid, key) = &*issuer.key.lock().unwrap();
    let signed = format!("{}.{}", encode(json!({"alg": "ES256", "kid": kid}).to_string()), encode(said.to_string()));
    let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
    Ok(Json(
        json!({"access_token": "a", "token_type": "Bearer", "id_token": format!("{signed}.{}", encode(signature))}),
    ))
}

/// A Postil with this issuer, and its owner.
async fn settled(issuer: &Issuer, makes_accounts: bool) -> (Desk, House, Hand) {
    let (desk, owner) = Desk::settled().await;
    let config = Config { oidc: Some(issuer.oidc(makes_accounts)), ..(*desk.house.config).clone() };
    let house = House::new(desk.house.store.clone(), config).unwrap();
    let owner = Hand { cookie: owner.cookie, ..Desk::at(&house) };
    (desk, house, owner)
}

/// The pairs of the cookies that an answer sets.
fn cookies(answer: &Answer) -> HashMap<String, String> {
    let set = answer.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap());
    let pairs = set.filter_map(|set| set.split(';').next()?.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// A browser that sets out to the issuer: with the cookie it keeps, and the path by which it is sent back.
async fn set_out(house: &House, issuer: &Issuer, from: &str) -> (Hand, String) {
    let mut hand = Desk::at(house);
    let answer = hand.get(from).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    let set = answer.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    hand.keep_cookie(&answer);
    let back = issuer.sign_in(answer.header("location"));
    (hand, back)
}

/// There and back; the session that it brings, if it does.
async fn sign_in(house: &House, issuer: &Issuer) -> (Answer, Option<Hand>) {
    let (hand, back) = set_out(house, issuer, "/sign-in/team").await;
    let answer = hand.get(&back).await;
    let session = cookies(&answer).get("postil").map(|token| format!("postil={token}"));
    let inside = session.map(|cookie| Hand { cookie: Some(cookie), ..hand });
    (answer, inside)
}

async fn name(hand: &Hand) -> String {
    hand.get("/api/v1/account").await.value()["person"]["name"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_first_sign_in_makes_an_account_where_it_may_and_the_next_one_finds_it() {
    let issuer = Issuer::new().await;
    let (_desk, house, owner) = settled(&issuer, true).await;
    assert!(Desk::at(&house).get("/sign-in").await.text().contains("Example"));
    let (answer, hand) = sign_in(&house, &issuer).await;
    assert_eq!(answer.header("location"), "/");
    let hand = hand.expect("a session");
    assert_eq!(name(&hand).await, "Anna Kalna");
    assert_eq!(hand.get("/").await.status, StatusCode::OK);
    // Whoever else is called so gets another name; the same person does not become two.
    *issuer.person.lock().unwrap() = json!({"sub": "43", "name": "Anna Kalna"});
    assert_eq!(name(&sign_in(&house, &issuer).await.1.unwrap()).await, "Anna Kalna 2");
    *issuer.person.lock().unwrap() = json!({"sub": "42", "name": "Anna Zariņa"});
    assert_eq!(name(&sign_in(&house, &issuer).await.1.unwrap()).await, "Anna Kalna");
    *issuer.person.lock().unwrap() = json!({"sub": "44", "name": "An\nna", "email": "ilze@example.org"});
    assert_eq!(name(&sign_in(&house, &issuer).await.1.unwrap()).await, "ilze");
    assert_eq!(owner.get("/api/v1/people").await.value().as_array().unwrap().len(), 4);
    // Such an account has no password, so none is right.
    let answer = Desk::at(&house).form("/sign-in", &[("name", "Anna Kalna"), ("password", "")]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let words = hand.post("/api/v1/account/departure", json!({"password": ""})).await.is_refused(409, "conflict");
    assert!(words.contains("has no password yet"), "{words}");
    let next = set_out(&house, &issuer, "/sign-in/team?next=/claims").await;
    assert_eq!(next.0.get(&next.1).await.header("location"), "/claims");
    let next = set_out(&house, &issuer, "/sign-in/team?next=//evil.example").await;
    assert_eq!(next.0.get(&next.1).await.header("location"), "/");
}

#[tokio::test]
async fn an_account_that_is_there_is_linked_by_who_is_signed_in() {
    let issuer = Issuer::new().await;
    let (_desk, house, owner) = settled(&issuer, false).await;
    let (refused, hand) = sign_in(&house, &issuer).await;
    assert!(refused.status == StatusCode::FORBIDDEN && hand.is_none(), "{refused:?}");
    assert!(refused.text().contains("link it on your account"), "{refused:?}");

    let wrong = owner.form("/account/team", &[("password", "a guess")]).await;
    assert!(wrong.status == StatusCode::UNAUTHORIZED && wrong.headers.get("set-cookie").is_none(), "{wrong:?}");
    let page = owner.form("/account/team", &[("password", PASSWORD)]).await;
    let way = format!("postil-way={}", cookies(&page)["postil-way"]);
    let at = page.text().find("/authorize?").unwrap();
    let address = page.text()[at..].split('"').next().unwrap();
    let back = issuer.sign_in(&format!("{}{address}", issuer.url));
    // Another browser, or one that is signed out meanwhile, links nothing.
    let elsewhere = Hand { cookie: Some(way.clone()), ..owner.clone() };
    assert_eq!(elsewhere.get(&back).await.status, StatusCode::UNAUTHORIZED);
    let back = issuer.sign_in(&format!("{}{address}", issuer.url));
    let both = Hand { cookie: Some(format!("{}; {way}", owner.cookie.clone().unwrap())), ..owner.clone() };
    let linked = both.get(&back).await;
    assert_eq!(linked.header("location"), "/account/team");
    let team: TeamSignIn = owner.get("/api/v1/account/team").await.read();
    assert_eq!((team.name.as_deref(), team.identities[0].called.as_str()), (Some("Example"), "Anna Kalna"));
    let hand = sign_in(&house, &issuer).await.1.expect("a session");
    assert_eq!(name(&hand).await, "Anna");

    // A second step is asked for whichever way one comes; a disabled account lets nobody in.
    let secret: Value = owner.post("/api/v1/account/second-step", json!({"password": PASSWORD})).await.value();
    let secret = totp_rs::Secret::try_from_base32(secret["secret"].as_str().unwrap()).unwrap();
    let app = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let code = app.generate(clock::now().timestamp().unsigned_abs()).to_string();
    let on = owner.put("/api/v1/account/second-step", json!({"code": code})).await;
    assert_eq!(on.status, StatusCode::OK, "{on:?}");
    let (answer, hand) = sign_in(&house, &issuer).await;
    assert!(answer.header("location") == "/sign-in/code" && hand.is_none(), "{answer:?}");
    server::actions::second_step::turn_off_for(&house, "Anna").await.unwrap();

    let unlinked = owner.post("/api/v1/account/team/unlink", json!({"password": PASSWORD})).await;
    assert_eq!(unlinked.status, StatusCode::NO_CONTENT);
    owner.post("/api/v1/account/team/unlink", json!({"password": PASSWORD})).await.is_refused(404, "not_found");
    assert!(sign_in(&house, &issuer).await.1.is_none());
}

#[tokio::test]
async fn nobody_else_s_answer_is_taken() {
    let issuer = Issuer::new().await;
    let (_desk, house, _owner) = settled(&issuer, true).await;
    let (hand, back) = set_out(&house, &issuer, "/sign-in/team").await;
    let (_, stranger_back) = set_out(&house, &issuer, "/sign-in/team").await;
    let no_cookie = Desk::at(&house);
    let code = |back: &str| back.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let mixed = back.replace(&code(&back), &code(&stranger_back));
    let rows = [
        (&no_cookie, back.clone(), 403, "did not ask for that sign-in"),
        (&hand, stranger_back.clone(), 403, "did not ask for that sign-in"),
        // The code of another: the issuer refuses it, for its verifier is another's.
        (&hand, mixed, 502, "does not answer as it should"),
        (&hand, "/sign-in/team/back?error=access_denied&state=x".to_owned(), 403, "refused or called off"),
        (&hand, "/sign-in/team/back".to_owned(), 403, "did not ask for that sign-in"),
    ];
    for (hand, back, status, words) in rows {
        let answer = hand.get(&back).await;
        assert_eq!(answer.status.as_u16(), status, "{back}: {answer:?}");
        assert!(answer.text().contains(words), "{back}: {answer:?}");
        assert!(!cookies(&answer).contains_key("postil"), "{back}");
    }
    // A code is good once, and a token for somebody else is none for us.
    let (hand, back) = set_out(&house, &issuer, "/sign-in/team").await;
    assert!(cookies(&hand.get(&back).await).contains_key("postil"));
    assert_eq!(hand.get(&back).await.status, StatusCode::BAD_GATEWAY);
    for (field, value) in [("aud", "another"), ("iss", "https://evil.example"), ("nonce", "another")] {
        *issuer.person.lock().unwrap() = json!({"sub": "42", field: value});
        let (answer, hand) = sign_in(&house, &issuer).await;
        assert!(answer.status == StatusCode::FORBIDDEN && hand.is_none(), "{field}: {answer:?}");
        assert!(answer.text().contains("cannot be believed"), "{answer:?}");
    }
}

#[tokio::test]
async fn an_issuer_that_is_not_what_was_named_lets_nobody_in() {
    let issuer = Issuer::new().await;
    *issuer.calls_itself.lock().unwrap() = Some("https://evil.example".to_owned());
    let (_desk, house, _owner) = settled(&issuer, true).await;
    let answer = Desk::at(&house).get("/sign-in/team").await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(answer.text().contains("not set up here as it calls itself"), "{answer:?}");
    // It is asked again, not remembered.
    *issuer.calls_itself.lock().unwrap() = None;
    assert!(sign_in(&house, &issuer).await.1.is_some());
    // A key that nobody has seen is asked for, though not at once again.
    *issuer.key.lock().unwrap() = ("two".to_owned(), new_key());
    let (answer, hand) = sign_in(&house, &issuer).await;
    assert!(answer.text().contains("unknown key") && hand.is_none(), "{answer:?}");
    let anew = House::new(house.store.clone(), (*house.config).clone()).unwrap();
    assert!(sign_in(&anew, &issuer).await.1.is_some());
}
