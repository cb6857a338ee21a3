//! Mail: an address that is confirmed by a link, a link for who has forgotten their password, and an outbox that bears a
//! mail server which does not take everything at once.

use crate::desk::{Desk, Hand, PASSWORD};
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use domain::mail::AccountMail;
use serde_json::json;
use server::{
    actions::keep_mail::CONFIRMATION_LASTS,
    clock,
    config::{Config, Mail, MailServer},
    guesses::{GUESSES_FROM_ADDRESS, LETTERS},
    house::House,
    postman::{self, PUT_OFF, Postman, Round},
};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

const OTHER: &str = "other long words";

/// A mail server on this machine that speaks SMTP (RFC 5321) as far as a letter needs it.
#[derive(Clone)]
pub struct Server {
    port: u16,
    /// How it greets whoever comes, when it does not welcome them.
    greeting: Arc<Mutex<Option<&'static str>>>,
    /// What it answers to the next recipients; all are welcome once this is empty.
    pub moods: Arc<Mutex<VecDeque<&'static str>>>,
    /// What came: recipient and text.
    pub taken: Arc<Mutex<Vec<(String, String)>>>,
}

impl Server {
    pub async fn new() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, greeting: Arc::default(), moods: Arc::default(), taken: Arc::default() };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = serving.clone();
                tokio::spawn(async move { server.converse(stream).await });
            }
        });
        server
    }

    async fn converse(&self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut to = String::new();
        let greeting = self.greeting.lock().unwrap().unwrap_or("220 mail.example ready");
        write.write_all(format!("{greeting}\r\n").as_bytes()).await?;
        while let Some(line) = lines.next_line().await? {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let answer = match verb.as_str() {
                "EHLO" => "250-mail.example\r\n250 8BITMIME".to_owned(),
                "MAIL" => "250 fine".to_owned(),
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    self.moods.lock().unwrap().pop_front().unwrap_or("250 welcome").to_owned()
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await?;
                    let mut text = String::new();
                    while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                        text += line.strip_prefix('.').unwrap_or(&line);
                        text.push('\n');
                    }
                    self.taken.lock().unwrap().push((to.clone(), text));
                    "250 taken".to_owned()
                }
                "RSET" | "NOOP" => "250 fine".to_owned(),
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => "502 what?".to_owned(),
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }

    fn mail(&self) -> Mail {
        let server = MailServer::parse(&format!("smtp://127.0.0.1:{}", self.port)).unwrap();
        Mail { server, from: "Postil <postil@example.org>".to_owned() }
    }

    pub fn taken(&self) -> Vec<(String, String)> {
        self.taken.lock().unwrap().clone()
    }

    /// The path of the link in the last letter to this address.
    pub fn link(&self, to: &str) -> String {
        let taken = self.taken();
        let (_, text) = taken.iter().rev().find(|(address, _)| address == to).expect("a letter");
        let at = text.find("http://127.0.0.1:3000/").expect("a link");
        let link = text[at..].lines().next().unwrap();
        link.strip_prefix("http://127.0.0.1:3000").unwrap().to_owned()
    }
}

/// A Postil that sends mail, its owner, and the postman.
pub async fn settled(server: &Server) -> (Desk, House, Hand, Postman) {
    let desk = Desk::new().await;
    let mail = server.mail();
    let postman = Postman::new(&mail).unwrap();
    let config = Config { mail: Some(mail), ..(*desk.house.config).clone() };
    let house = House { config: Arc::new(config), ..desk.house.clone() };
    let mut owner = Desk::at(&house);
    let made = owner.form("/welcome", &[("name", "Anna"), ("password", PASSWORD)]).await;
    owner.keep_cookie(&made);
    (desk, house, owner, postman)
}

async fn say(hand: &Hand, address: &str) -> StatusCode {
    hand.put("/api/v1/account/mail", json!({"address": address, "password": PASSWORD})).await.status
}

async fn account_mail(hand: &Hand) -> (Option<String>, Option<String>) {
    let mail: AccountMail = hand.get("/api/v1/account/mail").await.read();
    assert!(mail.sends);
    (mail.address.map(String::from), mail.waiting.map(String::from))
}

/// Delivers all that is due.
pub async fn deliver(postman: &Postman, house: &House, now: DateTime<Utc>) -> Vec<Round> {
    let mut rounds = Vec::new();
    loop {
        match postman.deliver(house, now).await.unwrap() {
            Round::Nothing => return rounds,
            round => rounds.push(round),
        }
    }
}

/// Waits for what goes on behind an answer, then delivers.
async fn deliver_soon(postman: &Postman, house: &House) -> Vec<Round> {
    for _ in 0..100 {
        let rounds = deliver(postman, house, clock::now()).await;
        if !rounds.is_empty() {
            return rounds;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Vec::new()
}

pub async fn confirmed(house: &House, hand: &Hand, server: &Server, postman: &Postman, address: &str) {
    assert_eq!(say(hand, address).await, StatusCode::ACCEPTED);
    deliver(postman, house, clock::now()).await;
    let answer = Desk::at(house).form(&server.link(address), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

#[tokio::test]
async fn an_address_counts_once_its_link_is_followed() {
    let server = Server::new().await;
    let (_desk, house, owner, postman) = settled(&server).await;
    let rows = [
        (json!({"address": "anna", "password": PASSWORD}), 422, "invalid"),
        (json!({"address": "anna@example.org\r\nBcc: all@example.org", "password": PASSWORD}), 422, "invalid"),
        (json!({"address": "anna@example.org", "password": "a guess"}), 401, "wrong_password"),
    ];
    for (body, status, kind) in rows {
        owner.put("/api/v1/account/mail", body).await.is_refused(status, kind);
    }
    assert_eq!(say(&owner, "anna@example.org").await, StatusCode::ACCEPTED);
    assert_eq!(account_mail(&owner).await, (None, Some("anna@example.org".to_owned())));
    assert_eq!(deliver(&postman, &house, clock::now()).await, [Round::Sent]);
    let (to, text) = server.taken().pop().unwrap();
    assert_eq!(to, "anna@example.org");
    for words in [
        "From: Postil <postil@example.org>",
        "To: anna@example.org",
        "Subject: Confirm your mail address",
        "Message-ID: <",
        "Content-Type: text/plain; charset=utf-8",
        "Date: ",
        "signed in as Anna",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let (link, hand) = (server.link("anna@example.org"), Desk::at(&house));
    // Looking at it confirms nothing.
    assert!(hand.get(&link).await.text().contains("confirmed: false"));
    assert_eq!(account_mail(&owner).await.0, None);
    assert!(hand.form(&link, &[]).await.text().contains("confirmed: true"));
    assert_eq!(account_mail(&owner).await, (Some("anna@example.org".to_owned()), None));
    let again = hand.form(&link, &[]).await;
    assert!(again.status == StatusCode::NOT_FOUND && again.text().contains("not good any more"), "{again:?}");

    // Another address takes its place once it is confirmed, and the one before is told.
    say(&owner, "first@example.org").await;
    deliver(&postman, &house, clock::now()).await;
    let first = server.link("first@example.org");
    confirmed(&house, &owner, &server, &postman, "berta@example.org").await;
    assert_eq!(hand.form(&first, &[]).await.status, StatusCode::NOT_FOUND, "only the last one that was said");
    assert_eq!(deliver(&postman, &house, clock::now()).await, [Round::Sent]);
    let (to, text) = server.taken().pop().unwrap();
    assert!(to == "anna@example.org" && text.contains("another mail address"), "{to}: {text}");
    let removed = owner.form("/account/mail/remove", &[("password", PASSWORD)]).await;
    assert_eq!(removed.header("location"), "/account/mail");
    assert_eq!(account_mail(&owner).await, (None, None));
}

#[tokio::test]
async fn a_confirmation_ends_and_nobody_is_flooded() {
    let server = Server::new().await;
    let (_desk, house, owner, postman) = settled(&server).await;
    for _ in 0..LETTERS {
        assert_eq!(say(&owner, "anna@example.org").await, StatusCode::ACCEPTED);
    }
    let answer = owner.put("/api/v1/account/mail", json!({"address": "b@example.org", "password": PASSWORD})).await;
    answer.is_refused(429, "too_many_guesses");
    deliver(&postman, &house, clock::now()).await;
    let link = server.link("anna@example.org");
    let hash = server::digest::sha256(link.rsplit('/').next().unwrap().as_bytes());
    let mut snapshot = house.store.snapshot().await.unwrap();
    for (later, there) in [(TimeDelta::zero(), true), (CONFIRMATION_LASTS, false)] {
        let then = clock::now() + later;
        assert_eq!(store::mail::confirmation(&mut snapshot, &hash, then).await.unwrap().is_some(), there, "{later}");
    }
}

/// A server that is busy, asks to come again (greylisting) or is not there gets the letter later; one that refuses it, never.
#[tokio::test]
async fn a_letter_is_tried_again_and_survives_a_restart() {
    let server = Server::new().await;
    let (_desk, house, owner, postman) = settled(&server).await;
    say(&owner, "anna@example.org").await;
    let now = clock::now();
    server.moods.lock().unwrap().extend(["451 4.7.1 greylisted, come again", "421 busy"]);
    assert_eq!(deliver(&postman, &house, now).await, [Round::PutOff]);
    assert_eq!(deliver(&postman, &house, now + TimeDelta::seconds(59)).await, [], "not before its time");
    assert_eq!(deliver(&postman, &house, now + PUT_OFF[0]).await, [Round::PutOff]);
    // Nobody there at all.
    let gone = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let nowhere = Server { port: gone.local_addr().unwrap().port(), ..server.clone() };
    drop(gone);
    let then = now + PUT_OFF[0] + PUT_OFF[1];
    assert_eq!(deliver(&Postman::new(&nowhere.mail()).unwrap(), &house, then).await, [Round::PutOff]);
    assert_eq!(server.taken(), []);
    // Another process, the same data folder: the letter is there, once, under its one name.
    let store = store::Store::open(&house.config.data).await.unwrap();
    let anew = House { store, ..house.clone() };
    assert_eq!(deliver(&Postman::new(&server.mail()).unwrap(), &anew, then + PUT_OFF[2]).await, [Round::Sent]);
    assert_eq!(server.taken().len(), 1);
    assert_eq!(deliver(&postman, &house, then + TimeDelta::days(9)).await, []);

    server.moods.lock().unwrap().push_back("550 5.1.1 no such box");
    say(&owner, "berta@example.org").await;
    assert_eq!(deliver(&postman, &house, clock::now()).await, [Round::GivenUp]);
    say(&owner, "berta@example.org").await;
    server.moods.lock().unwrap().extend(vec!["451 later"; PUT_OFF.len() + 1]);
    let mut then = clock::now();
    for pause in PUT_OFF {
        assert_eq!(deliver(&postman, &house, then).await, [Round::PutOff]);
        then += pause;
    }
    assert_eq!(deliver(&postman, &house, then).await, [Round::GivenUp]);
    assert_eq!(deliver(&postman, &house, then + TimeDelta::days(9)).await, []);
}

/// What is wrong between Postil and its mail server is no letter's fault.
#[tokio::test]
async fn who_is_shut_out_of_the_mail_server_loses_no_letter() {
    let server = Server::new().await;
    let (_desk, house, owner, postman) = settled(&server).await;
    say(&owner, "anna@example.org").await;
    let now = clock::now();
    *server.greeting.lock().unwrap() = Some("554 5.7.1 nothing from there");
    assert_eq!(deliver(&postman, &house, now).await, [Round::PutOff]);
    *server.greeting.lock().unwrap() = None;
    server.moods.lock().unwrap().push_back("530 5.7.0 authentication required");
    assert_eq!(deliver(&postman, &house, now + PUT_OFF[0]).await, [Round::PutOff]);
    assert_eq!(deliver(&postman, &house, now + PUT_OFF[0] + PUT_OFF[1]).await, [Round::Sent]);
}

#[tokio::test]
async fn who_has_forgotten_their_password_is_sent_a_link_and_nobody_learns_who_has_an_account() {
    let server = Server::new().await;
    let (desk, house, owner, postman) = settled(&server).await;
    assert!(Desk::at(&house).get("/sign-in").await.text().contains("sends_mail: true"));
    confirmed(&house, &owner, &server, &postman, "anna@example.org").await;
    desk.stranger().await;
    let ask = async |name: &str| {
        let answer = Desk::at(&house).form("/forgotten", &[("name", name)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        answer.text().replace(name, "…")
    };
    let before = server.taken().len();
    let (unknown, unreached) = (ask("Nobody").await, ask("Stranger").await);
    let known = ask("anna").await;
    assert_eq!([&unknown, &unreached], [&known; 2]);
    assert_eq!(deliver_soon(&postman, &house).await, [Round::Sent]);
    assert_eq!(ask("ANNA@example.org").await, known);
    assert_eq!(deliver_soon(&postman, &house).await, [Round::Sent]);
    let taken = server.taken();
    assert_eq!(taken.len(), before + 2);
    assert!(
        taken[before..].iter().all(|(to, text)| to == "anna@example.org" && text.contains("Choose another password"))
    );

    let link = server.link("anna@example.org");
    let set = Desk::at(&house).form(&link, &[("new", OTHER)]).await;
    assert_eq!(set.header("location"), "/sign-in?reset=done");
    owner.get("/api/v1/account").await.is_refused(401, "not_signed_in");
    let answer = Desk::at(&house).form("/sign-in", &[("name", "Anna"), ("password", OTHER)]).await;
    assert_eq!(answer.header("location"), "/");

    // No more letters than somebody would want, and the answer is the same.
    for _ in 0..LETTERS {
        assert_eq!(ask("anna").await, known);
    }
    let mut sent = 0;
    while !deliver_soon(&postman, &house).await.is_empty() {
        sent += 1;
    }
    assert!(sent < LETTERS as usize, "{sent}");
    let stranger = Hand { address: Some("192.0.2.1".parse().unwrap()), ..Desk::at(&house) };
    for _ in 0..GUESSES_FROM_ADDRESS {
        assert_eq!(stranger.form("/forgotten", &[("name", "Nobody")]).await.status, StatusCode::OK);
    }
    let answer = stranger.form("/forgotten", &[("name", "Nobody")]).await;
    assert!(answer.status == StatusCode::TOO_MANY_REQUESTS && answer.headers.contains_key("retry-after"));
}

/// The postman hears of a letter at once, and ends when he is dropped.
#[tokio::test]
async fn the_postman_goes_when_there_is_a_letter() {
    let server = Server::new().await;
    let (_desk, house, owner, _) = settled(&server).await;
    let going = tokio::spawn(postman::run(house.clone()));
    tokio::time::sleep(Duration::from_millis(50)).await;
    say(&owner, "anna@example.org").await;
    for _ in 0..250 {
        if !server.taken().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(server.taken().len(), 1);
    going.abort();
}
