//! Akismet, by its documented API, version 1.1: verify-key, comment-check, submit-spam, submit-ham
//! (<https://akismet.com/developers/detailed-docs/>).

use super::{Opinion, Saying, Shown, SpamCheck, SpamError};
use fetch::Fetcher;
use url::{Url, form_urlencoded};

/// Where it is.
pub const AKISMET: &str = "https://rest.akismet.com";

/// Akismet, with somebody's key.
pub struct Akismet {
    fetcher: Fetcher,
    base: String,
    key: String,
    /// The site whose comments it looks at. Not the page: its address is a secret.
    blog: String,
}

impl std::fmt::Debug for Akismet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Akismet").field("base", &self.base).finish_non_exhaustive()
    }
}

impl Akismet {
    /// Akismet at this address, for this site.
    pub fn new(fetcher: Fetcher, base: String, key: String, blog: String) -> Self {
        Self { fetcher, base, key, blog }
    }

    async fn post(&self, call: &str, form: String) -> Result<String, SpamError> {
        let address = Url::parse(&format!("{}/1.1/{call}", self.base)).map_err(|_| SpamError::BadAddress)?;
        let answer = self.fetcher.post_form(&address, form).await?;
        Ok(String::from_utf8_lossy(&answer.bytes).trim().to_owned())
    }

    fn about(&self, comment: &Shown) -> String {
        let came_at = comment.came_at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        form(&[
            ("api_key", &self.key),
            ("blog", &self.blog),
            ("user_ip", &comment.address),
            ("user_agent", &comment.agent),
            ("comment_type", "comment"),
            ("comment_author", &comment.name),
            ("comment_content", &comment.words),
            ("comment_date_gmt", &came_at),
        ])
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// What Akismet answers to a key that it does not know.
const INVALID: &str = "invalid";

impl SpamCheck for Akismet {
    fn name(&self) -> &'static str {
        "Akismet"
    }

    fn verify(&self) -> Saying<'_, ()> {
        Box::pin(async {
            let form = form(&[("api_key", &self.key), ("key", &self.key), ("blog", &self.blog)]);
            match self.post("verify-key", form).await?.as_str() {
                "valid" => Ok(()),
                INVALID => Err(SpamError::BadKey),
                odd => Err(SpamError::Odd(beginning(odd))),
            }
        })
    }

    fn ask<'a>(&'a self, comment: &'a Shown) -> Saying<'a, Opinion> {
        Box::pin(async {
            match self.post("comment-check", self.about(comment)).await?.as_str() {
                "true" => Ok(Opinion::Spam),
                "false" => Ok(Opinion::Clean),
                INVALID => Err(SpamError::BadKey),
                odd => Err(SpamError::Odd(beginning(odd))),
            }
        })
    }

    fn correct<'a>(&'a self, comment: &'a Shown, right: Opinion) -> Saying<'a, ()> {
        let call = match right {
            Opinion::Spam => "submit-spam",
            Opinion::Clean => "submit-ham",
        };
        Box::pin(async move {
            match self.post(call, self.about(comment)).await?.as_str() {
                INVALID => Err(SpamError::BadKey),
                thanks if thanks.starts_with("Thanks") => Ok(()),
                odd => Err(SpamError::Odd(beginning(odd))),
            }
        })
    }
}

/// As much of an answer as a log needs.
fn beginning(answer: &str) -> String {
    answer.chars().take(60).collect()
}
