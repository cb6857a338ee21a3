//! Takes letters from the outbox to the mail server, and tries again later when it does not take them.

use crate::{
    actions::{Failure, mail_notices},
    clock,
    config::Mail,
    house::House,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::mail::Letter;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp,
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
    /// It is not sent: nothing of it may be told any more.
    Withdrawn,
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
        let Some(posted) = store::mail::next_due(&mut snapshot, now).await? else { return Ok(Round::Nothing) };
        let letter = mail_notices::written(house, &mut snapshot, &posted).await?;
        drop(snapshot);
        let round = match &letter {
            Some(letter) => self.send(&posted, letter).await,
            None => Round::Withdrawn,
        };
        let mut tx = house.store.begin().await?;
        match (round, PUT_OFF.get(posted.tries as usize)) {
            (Round::PutOff, Some(later)) => store::mail::put_off(&mut tx, &posted, now + *later).await?,
            (Round::PutOff, None) => {
                tracing::error!(
                    letter = posted.message_id,
                    "a letter is given up: the mail server did not take it for too long"
                );
                store::mail::drop_letter(&mut tx, &posted).await?;
                tx.commit().await?;
                return Ok(Round::GivenUp);
            }
            _ => store::mail::drop_letter(&mut tx, &posted).await?,
        }
        tx.commit().await?;
        Ok(round)
    }

    async fn send(&self, posted: &Posted, words: &Letter) -> Round {
        let letter = posted.message_id.as_str();
        let message = match self.message(posted, words) {
            Ok(message) => message,
            Err(error) => {
                tracing::error!(letter, %error, "a letter cannot be written");
                return Round::GivenUp;
            }
        };
        let Err(error) = self.server.send(message).await else { return Round::Sent };
        // The log has the letter's name, and what the mail server itself says.
        if !error.is_permanent() {
            tracing::warn!(letter, %error, tries = posted.tries, "the mail server did not take a letter: it is tried again");
            return Round::PutOff;
        }
        if self.is_shut_out(&error).await {
            tracing::error!(letter, %error, tries = posted.tries, "the mail server takes nothing from here: a letter is tried again");
            return Round::PutOff;
        }
        tracing::error!(letter, %error, "the mail server refuses a letter");
        Round::GivenUp
    }

    /// Whether the mail server refuses us rather than this letter: our name and password (530 to 538 are of them: RFC 4954, 6),
    /// or whoever comes from here. That is for somebody to mend, and no reason to lose letters.
    async fn is_shut_out(&self, error: &smtp::Error) -> bool {
        let not_signed_in = error.status().is_some_and(|code| (530..540).contains(&u16::from(code)));
        not_signed_in || !matches!(self.server.test_connection().await, Ok(true))
    }

    fn message(&self, posted: &Posted, words: &Letter) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
        let letter = Message::builder()
            .from(self.from.clone())
            .to(posted.address.0.as_str().parse()?)
            .subject(&words.subject)
            .date(posted.written_at.into())
            .message_id(Some(posted.message_id.clone()))
            .header(ContentType::TEXT_PLAIN);
        let headers = posted.unsubscribe.iter().flat_map(|link| way_out(link));
        Ok(headers.fold(letter, |letter, header| letter.raw_header(header)).body(words.body.clone())?)
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
