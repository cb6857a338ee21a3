//! An address becomes an answer: one hop after the other, each judged before it is asked.

use std::sync::Arc;

use reqwest::{
    Client, Response, StatusCode,
    header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION},
    redirect::Policy,
};
use rustls::RootCertStore;
use url::Url;

use crate::{
    Answer, FetchError, Fetched, Kind, Lookup, MAX_HEADER_BYTES, MAX_HEADERS, Rules, Want, address, answer,
    lookup::{Judged, of_this_machine},
    trust,
    unpack::CODINGS,
};

/// Gets what is on the public web. It keeps nothing between two requests: no cookie, no connection, no TLS session.
///
/// Invariant: what is connected to was judged for just that connection. A name is looked up once for each, only judged
/// addresses reach the connector, and none outlives its request.
#[derive(Debug, Clone)]
pub struct Fetcher {
    pub(crate) client: Client,
    pub(crate) rules: Rules,
}

impl Fetcher {
    /// One that asks this machine which addresses a host has, and whom to trust. Reads files, so make it once.
    ///
    /// # Errors
    /// [`FetchError::Setup`] when TLS is not to be had or the rules' `user_agent` cannot stand in a header.
    pub fn new(rules: Rules) -> Result<Self, FetchError> {
        Self::with_lookup(rules, of_this_machine())
    }

    /// One that asks somebody else which addresses a host has, as tests do.
    ///
    /// # Errors
    /// As [`Fetcher::new`].
    pub fn with_lookup(rules: Rules, lookup: Lookup) -> Result<Self, FetchError> {
        Self::build(rules, lookup, trust::authorities())
    }

    pub(crate) fn build(rules: Rules, lookup: Lookup, roots: RootCertStore) -> Result<Self, FetchError> {
        let tls = trust::config(roots).map_err(|error| FetchError::Setup { cause: error.to_string() })?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Judged { lookup, allow: Arc::from(rules.allow.as_slice()) })
            .user_agent(&rules.user_agent)
            .connect_timeout(rules.connect_time)
            .http1_max_headers(MAX_HEADERS)
            .http2_max_header_list_size(MAX_HEADER_BYTES)
            // A proxy of the environment would look hosts up itself.
            .no_proxy()
            // Redirects are followed here, for each is judged.
            .redirect(Policy::none())
            .referer(false)
            // A retry would be another connection.
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(0)
            .build();
        let client = client.map_err(|error| FetchError::Setup { cause: error.to_string() })?;
        Ok(Self { client, rules })
    }

    /// Gets what is at this address, wherever it leads. Dropping the future ends the connection.
    ///
    /// # Errors
    /// Why nothing came, in words for the person who asked.
    pub async fn get(&self, address: &Url, want: Want) -> Result<Answer, FetchError> {
        let slow = FetchError::Slow { seconds: self.rules.time.as_secs() };
        tokio::time::timeout(self.rules.time, self.follow(address.clone(), &want)).await.map_err(|_| slow)?
    }

    /// Sends a form (`application/x-www-form-urlencoded`) to this address and gives what is answered, which is words. It
    /// goes to no other: a redirect is an answer that will not do. Dropping the future ends the connection.
    ///
    /// # Errors
    /// Why nothing came.
    pub async fn post_form(&self, address: &Url, form: String) -> Result<Fetched, FetchError> {
        let slow = FetchError::Slow { seconds: self.rules.time.as_secs() };
        let sent = async {
            address::check(address, &self.rules.allow)?;
            let request = self.client.post(address.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
            let request = request.header(ACCEPT, "text/plain, */*;q=0.5").header(ACCEPT_ENCODING, CODINGS).body(form);
            let answered = request.send().await;
            let response =
                answered.map_err(|error| FetchError::of(&error, address::host(address), self.rules.connect_time))?;
            answer::read(response, Vec::new(), Kind::Page, &self.rules).await
        };
        tokio::time::timeout(self.rules.time, sent).await.map_err(|_| slow)?
    }

    async fn follow(&self, mut at: Url, want: &Want) -> Result<Answer, FetchError> {
        let mut passed = Vec::new();
        loop {
            address::check(&at, &self.rules.allow)?;
            let response = self.ask(&at, want).await?;
            if response.status() == StatusCode::NOT_MODIFIED && (want.etag.is_some() || want.modified.is_some()) {
                return Ok(Answer::NotModified);
            }
            let Some(next) = onward(&at, &response)? else {
                return answer::read(response, passed, want.kind, &self.rules).await.map(Answer::Fetched);
            };
            if passed.len() == self.rules.max_redirects {
                return Err(FetchError::ManyRedirects { limit: self.rules.max_redirects });
            }
            passed.push(at);
            if passed.iter().any(|before| is_same(before, &next)) {
                return Err(FetchError::Circle);
            }
            at = next;
        }
    }

    async fn ask(&self, at: &Url, want: &Want) -> Result<Response, FetchError> {
        let request = self.client.get(at.clone()).header(ACCEPT, want.kind.accept());
        let mut request = request.header(ACCEPT_ENCODING, CODINGS);
        for (name, value) in [(IF_NONE_MATCH, &want.etag), (IF_MODIFIED_SINCE, &want.modified)] {
            // Without a condition that cannot be sent, the answer is whole.
            if let Some(value) = value.as_ref().and_then(|value| HeaderValue::from_str(value).ok()) {
                request = request.header(name, value);
            }
        }
        let answered = request.send().await;
        answered.map_err(|error| FetchError::of(&error, address::host(at), self.rules.connect_time))
    }
}

/// Where an answer leads on to, if it does (RFC 9110, 15.4 and 10.2.2).
fn onward(at: &Url, response: &Response) -> Result<Option<Url>, FetchError> {
    if ![301, 302, 303, 307, 308].contains(&response.status().as_u16()) {
        return Ok(None);
    }
    let location = response.headers().get(LOCATION).ok_or(FetchError::NoWayOn)?;
    // Sites write other scripts as they are, in UTF-8.
    let location = std::str::from_utf8(location.as_bytes()).map_err(|_| FetchError::NoWayOn)?;
    let mut next = at.join(location).map_err(|_| FetchError::NoWayOn)?;
    if next.fragment().is_none() {
        next.set_fragment(at.fragment());
    }
    Ok(Some(next))
}

/// Whether two addresses ask for the same. What stands after `#` is never asked for.
fn is_same(one: &Url, other: &Url) -> bool {
    one[..url::Position::AfterQuery] == other[..url::Position::AfterQuery]
}
