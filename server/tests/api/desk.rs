//! A Postil in a folder of its own, and the hands that reach for it.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use domain::{
    article::Revised,
    event::{Change, Event},
    id::PersonId,
    page::{Reading, Site},
    permission::{Membership, Role},
    person::Person,
    words::PersonName,
};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::{
    actions::sign_in,
    config::Config,
    house::House,
    http::{Door, SiteFile, router},
};
use std::{
    fmt::Debug,
    net::{IpAddr, SocketAddr},
};
use store::Store;
use tempfile::TempDir;
use tower::ServiceExt;

/// A Postil with nobody in it yet.
pub struct Desk {
    pub house: House,
    /// It is there as long as this.
    _folder: TempDir,
}

pub const PASSWORD: &str = "plain long words";

impl Desk {
    pub async fn new() -> Self {
        Self::with(|_| ()).await
    }

    pub async fn with(set_up: fn(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::in_folder(folder.path().to_owned());
        set_up(&mut config);
        let store = Store::open(folder.path()).await.unwrap();
        Self { house: House::new(store, config).unwrap(), _folder: folder }
    }

    /// With an owner, who came through the form of the first visit.
    pub async fn settled() -> (Self, Hand) {
        let desk = Self::new().await;
        let mut owner = desk.nobody();
        let answer = owner.form("/welcome", &[("name", "Anna"), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
        owner.keep_cookie(&answer);
        (desk, owner)
    }

    /// Somebody who is not signed in.
    pub fn nobody(&self) -> Hand {
        Self::at(&self.house)
    }

    /// Somebody who is not signed in, at another server.
    pub fn at(house: &House) -> Hand {
        Hand { router: Self::router(house), cookie: None, bearer: None, address: None }
    }

    /// Every address of a server.
    pub fn router(house: &House) -> Router {
        let (worker, manifest) = (Some("/site/sw.js".to_owned()), Some("/site/manifest.webmanifest".to_owned()));
        let (house, site) = (house.clone(), Site { worker, manifest, ..Site::default() });
        router(Door { house, render: |sheet| format!("{sheet:#?}"), site_files, site })
    }

    /// Somebody who is signed in, and this in the first group there was.
    pub async fn member(&self, name: &str, role: Role) -> Hand {
        let mut tx = self.house.store.begin().await.unwrap();
        let people = store::person::all(&mut tx).await.unwrap();
        let owner = people.iter().min_by_key(|person| person.joined_at).unwrap().id;
        let group = store::group::memberships(&mut tx, owner).await.unwrap()[0].group;
        let person = insert_person(&mut tx, name).await;
        let member = Membership { person: person.id, group, role };
        store::group::add_member(&mut tx, member, server::clock::now()).await.unwrap();
        tx.commit().await.unwrap();
        self.signed_in(&person).await
    }

    /// Somebody who owns a group of their own, with the same beginnings as the first.
    pub async fn stranger(&self) -> Hand {
        let name = PersonName::parse("Stranger").unwrap();
        let password = domain::person::Password::new(PASSWORD).unwrap();
        let person = server::actions::sign_up::add_person(&self.house, name, password, None).await.unwrap();
        self.signed_in(&person).await
    }

    /// Somebody who has an account and is in no group.
    pub async fn outsider(&self) -> Hand {
        let mut tx = self.house.store.begin().await.unwrap();
        let person = insert_person(&mut tx, "Outsider").await;
        tx.commit().await.unwrap();
        self.signed_in(&person).await
    }

    async fn signed_in(&self, person: &Person) -> Hand {
        let begun = sign_in::begin(&self.house, person, sign_in::Caller::default()).await.unwrap();
        Hand { cookie: Some(format!("postil={}", begun.session.reveal())), ..self.nobody() }
    }
}

async fn insert_person(tx: &mut store::Db, name: &str) -> Person {
    let id = PersonId::from_bits(server::clock::bits());
    let person = Person { id, name: PersonName::parse(name).unwrap(), joined_at: server::clock::now() };
    store::person::insert(tx, &person, "no password has this hash").await.unwrap();
    person
}

fn site_files(name: &str) -> Option<SiteFile> {
    match name {
        "style.css" => Some(SiteFile { bytes: b"p {}".as_slice().into(), media_type: "text/css".to_owned() }),
        "sw.js" => Some(SiteFile { bytes: b"fetch".as_slice().into(), media_type: "text/javascript".to_owned() }),
        "manifest.webmanifest" => {
            Some(SiteFile { bytes: b"{}".as_slice().into(), media_type: "application/manifest+json".to_owned() })
        }
        "style.css.br" => Some(SiteFile { bytes: b"small".as_slice().into(), media_type: String::new() }),
        "broken" => panic!("a handler that panics"),
        _ => None,
    }
}

/// A browser or a program, with its cookie.
#[derive(Clone)]
pub struct Hand {
    pub router: Router,
    pub cookie: Option<String>,
    /// The token that it sends, as a program.
    pub bearer: Option<String>,
    /// The address that it calls from, when that is told.
    pub address: Option<IpAddr>,
}

/// What was answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// One part of a multipart form: its name, its file's name if it is a file, its bytes.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

impl Hand {
    pub async fn send(&self, request: axum::http::request::Builder, body: impl Into<Body>) -> Answer {
        let request = match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        let request = match &self.bearer {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        };
        let mut request: Request<Body> = request.body(body.into()).unwrap();
        if let Some(address) = self.address {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from((address, 4711))));
        }
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn json(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.raw_json(method, path, body.to_string()).await
    }

    pub async fn raw_json(&self, method: Method, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request, body).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.json(Method::POST, path, &body).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.json(Method::PUT, path, &body).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.json(Method::PATCH, path, &body).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Request::delete(path), Body::empty()).await
    }

    /// A request that says more of itself.
    pub async fn saying(&self, says: &[(&str, &str)], method: Method, path: &str, body: &Value) -> Answer {
        let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        let request = says.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request, body.to_string()).await
    }

    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, pairs.join("&")).await
    }

    pub async fn multipart(&self, path: &str, parts: &[Part<'_>]) -> Answer {
        let mut body = Vec::new();
        for (name, file, bytes) in parts {
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request, body).await
    }

    /// A program that acts for this person, by a new token of this scope.
    pub async fn program(&self, scope: &str) -> Self {
        let made = self.post("/api/v1/account/tokens", json!({"name": "A program", "scope": scope})).await;
        assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
        let secret = made.value()["secret"].as_str().unwrap().to_owned();
        Self { cookie: None, bearer: Some(secret), ..self.clone() }
    }

    /// Keeps the cookie that an answer brought, as a browser does.
    pub fn keep_cookie(&mut self, answer: &Answer) {
        let set = answer.header("set-cookie");
        let (pair, _) = set.split_once(';').expect("a cookie with attributes");
        self.cookie = Some(pair.to_owned());
    }

    /// Brings a plain text and opens it.
    pub async fn bring(&self, text: &str) -> Reading {
        let answer = self.post("/api/v1/articles", json!({ "content": text, "form": "text" })).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        self.reading(answer.value()["id"].as_str().unwrap()).await
    }

    pub async fn reading(&self, article: impl ToString) -> Reading {
        self.get(&format!("/api/v1/articles/{}", article.to_string())).await.read()
    }

    /// One reading of an article.
    pub async fn reading_of(&self, article: impl ToString, number: u32) -> Reading {
        self.get(&format!("/api/v1/articles/{}/revisions/{number}", article.to_string())).await.read()
    }

    /// Brings a newer reading of an article, a plain text.
    pub async fn revise(&self, article: impl ToString, text: &str) -> Revised {
        let path = format!("/api/v1/articles/{}/revisions", article.to_string());
        let change = self.post(&path, json!({ "content": text, "form": "text" })).await.change();
        if let Change::ArticleRevised(revised) = change { revised } else { panic!("{change:?}") }
    }

    pub async fn events(&self, after: u64) -> Vec<Event> {
        self.get(&format!("/api/v1/events?after={after}")).await.read()
    }

    /// The id of a source of the group.
    pub async fn source(&self, name: &str) -> String {
        let list = self.get("/api/v1/sources").await.value();
        let rows = list["sources"].as_array().unwrap();
        let row = rows.iter().find(|row| row["source"]["name"] == name).expect(name);
        row["source"]["id"].as_str().unwrap().to_owned()
    }
}

impl Answer {
    pub fn read<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{self:?}");
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    pub fn change(&self) -> Change {
        self.read::<Event>().change
    }

    /// The thing that the event is about.
    pub fn thing(&self) -> Value {
        assert!(self.status.is_success(), "{self:?}");
        let changes = self.value()["change"].as_object().expect("a change").clone();
        changes.into_iter().next().expect("what changed").1
    }

    /// Its id.
    pub fn id(&self) -> String {
        assert!(self.status.is_success(), "{self:?}");
        let thing = &self.thing();
        let of = thing.get("claim").unwrap_or(thing);
        of["id"].as_str().expect("an id").to_owned()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name} in {self:?}")).to_str().unwrap()
    }

    /// Refused with this status, in the one shape that refusals have, in words that a person can read.
    #[track_caller]
    pub fn is_refused(&self, status: u16, kind: &str) -> String {
        assert_eq!(self.status.as_u16(), status, "{self:?}");
        let problem = self.value();
        assert_eq!(problem["kind"], kind, "{self:?}");
        let message = problem["message"].as_str().expect("words").to_owned();
        assert!(message.starts_with(|c: char| c.is_uppercase() || c == '“'), "{message}");
        assert!(message.ends_with(['.', '!', '?', '…']), "{message}");
        message
    }
}

impl Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let body: String = String::from_utf8_lossy(&self.body).chars().take(600).collect();
        write!(f, "{} {:?}\n{body}", self.status, self.headers)
    }
}
