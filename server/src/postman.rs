//! Takes letters from the outbox to the mail server, and tries again later when it does not take them.

use crate::{actions::Failure, clock, config::Mail, house::House};
use chrono::{DateTime, TimeDelta, Utc};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use std::time::Duration;
use store::mail::Posted;

/// How long each try for a letter is after the one before; after the last, it is given up.
pub const PUT_OFF: [TimeDelta; 8] = [
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(15),
    TimeDelta::hours(1),
    TimeDelta::hours(2),
    TimeDelta::hours(4),
    TimeDelta::hours(8),
    TimeDelta::hours(8),
];
/// How long the mail server may take over one step.
pub const MAIL_TIME: Duration = Duration::from_secs(30);
/// How long to wait before looking again when nobody rang.
const REST: Duration = Duration::from_secs(15);

/// How letters leave.
pub struct Postman {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// What became of the letter whose turn it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// None was due.
    Nothing,
    /// The mail server has it.
    Sent,
    /// It is tried again.
    PutOff,
    /// It is given up: the mail server refuses it, or has not taken it for too long.
    GivenUp,
}

impl Postman {
    /// A postman for this mail server.
    ///
    /// # Errors
    /// What is wrong with the server's address or with the sender's.
    pub fn new(mail: &Mail) -> Result<Self, Failure> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(mail.server.reveal()).map_err(Failure::internal)?;
        let from = mail
            .from
            .parse()
            .map_err(|error| Failure::internal(format!("cannot send mail from {}: {error}", mail.from)))?;
        Ok(Self { server: server.timeout(Some(MAIL_TIME)).build(), from })
    }

    /// Delivers the letter whose turn it is, if there is one.
    pub async fn deliver(&self, house: &House, now: DateTime<Utc>) -> Result<Round, Failure> {
        let mut snapshot = house.store.snapshot().await?;
        let next = store::mail::next_due(&mut snapshot, now).await?;
        drop(snapshot);
        let Some(posted) = next else { return Ok(Round::Nothing) };
        let round = self.send(&posted).await;
        let mut tx = house.store.begin().await?;
        match (round, PUT_OFF.get(posted.tries as usize)) {
            (Round::PutOff, Some(later)) => store::mail::put_off(&mut tx, posted.ordinal, now + *later).await?,
            (Round::PutOff, None) => {
                tracing::error!(
                    letter = posted.message_id,
                    "a letter is given up: the mail server did not take it for too long"
                );
                store::mail::drop_letter(&mut tx, posted.ordinal).await?;
                tx.commit().await?;
                return Ok(Round::GivenUp);
            }
            _ => store::mail::drop_letter(&mut tx, posted.ordinal).await?,
        }
        tx.commit().await?;
        Ok(round)
    }

    async fn send(&self, posted: &Posted) -> Round {
        let letter = posted.message_id.as_str();
        let message = match self.message(posted) {
            Ok(message) => message,
            Err(error) => {
                tracing::error!(letter, %error, "a letter cannot be written");
                return Round::GivenUp;
            }
        };
        match self.server.send(message).await {
            Ok(_) => Round::Sent,
            // The log has the letter's name, and what the mail server itself says.
            Err(error) if error.is_permanent() => {
                tracing::error!(letter, %error, "the mail server refuses a letter");
                Round::GivenUp
            }
            Err(error) => {
                tracing::warn!(letter, %error, tries = posted.tries, "the mail server did not take a letter: it is tried again");
                Round::PutOff
            }
        }
    }

    fn message(&self, posted: &Posted) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
        let letter = Message::builder()
            .from(self.from.clone())
            .to(posted.address.0.as_str().parse()?)
            .subject(&posted.subject)
            .date(posted.written_at.into())
            .message_id(Some(posted.message_id.clone()))
            .header(ContentType::TEXT_PLAIN);
        let headers = posted.unsubscribe.iter().flat_map(|link| way_out(link));
        Ok(headers.fold(letter, |letter, header| letter.raw_header(header)).body(posted.body.clone())?)
    }
}

/// How a mail program ends what a letter belongs to: by a page (RFC 2369) and, over TLS, by itself (RFC 8058).
fn way_out(link: &str) -> Vec<HeaderValue> {
    const PAGE: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe");
    const ITSELF: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");
    let mut headers = vec![HeaderValue::new(PAGE, format!("<{link}>"))];
    if link.starts_with("https://") {
        headers.push(HeaderValue::new(ITSELF, "List-Unsubscribe=One-Click".to_owned()));
    }
    headers
}

/// Delivers letters until it is dropped. What is not sent then waits for the next start.
pub async fn run(house: House) {
    let Some(mail) = &house.config.mail else { return };
    let postman = match Postman::new(mail) {
        Ok(postman) => postman,
        Err(failure) => {
            tracing::error!(error = &failure as &dyn std::error::Error, "no mail is sent");
            return;
        }
    };
    loop {
        match postman.deliver(&house, clock::now()).await {
            Ok(Round::Nothing) => house.letters.heard(REST).await,
            Ok(_) => {}
            Err(failure) => {
                tracing::error!(error = &failure as &dyn std::error::Error, "a letter could not be delivered");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

/// Rings when there is a letter.
#[derive(Debug, Default)]
pub struct Letters(tokio::sync::Notify);

impl Letters {
    /// Says that there is a letter. Nothing is lost when nobody hears it: it is looked for again soon.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    async fn heard(&self, most: Duration) {
        let _ = tokio::time::timeout(most, self.0.notified()).await;
    }
}
