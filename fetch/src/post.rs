//! What is sent to another server, and what it said to that.

use std::time::Duration;

use reqwest::{
    Response,
    header::{CONTENT_TYPE, HeaderName, HeaderValue},
};
use url::Url;

use crate::{FetchError, Fetcher, address, status};

/// What is posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its media type, in visible ASCII.
    pub media_type: &'static str,
    /// Headers of its own: lower-case names, values in visible ASCII.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What was said to it. The body of the answer is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The status.
    pub status: u16,
    /// How long the site asks to be left alone, at most [`crate::MAX_RETRY_AFTER`].
    pub retry_after: Option<Duration>,
}

impl Posted {
    /// Whether it was taken: any status of 200 to 299.
    pub fn is_taken(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Fetcher {
    /// Posts a message to this address and nowhere else: a redirect is an answer like any other, for what was signed for
    /// one address is not for another. The address is judged as for [`Fetcher::get`]. All of it takes at most `time`.
    ///
    /// # Errors
    /// Why it could not be sent.
    pub async fn post(&self, address: &Url, message: Message, time: Duration) -> Result<Posted, FetchError> {
        let slow = FetchError::Slow { seconds: time.as_secs() };
        let response = tokio::time::timeout(time, self.send(address, message)).await.map_err(|_| slow)??;
        let retry_after = status::retry_after(response.headers());
        Ok(Posted { status: response.status().as_u16(), retry_after })
    }

    async fn send(&self, address: &Url, message: Message) -> Result<Response, FetchError> {
        address::check(address, &self.rules.allow)?;
        let mut request = self.client.post(address.clone()).header(CONTENT_TYPE, message.media_type);
        for (name, value) in message.headers {
            let value = HeaderValue::from_str(&value).map_err(|_| FetchError::Broken)?;
            request = request.header(HeaderName::from_static(name), value);
        }
        let answered = request.body(message.body).send().await;
        answered.map_err(|error| FetchError::of(&error, address::host(address), self.rules.connect_time))
    }
}
