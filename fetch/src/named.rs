//! One server that whoever runs Postil has named, such as the issuer of a team's sign-ins. It may be on a private network.

use std::time::Duration;

use reqwest::{
    Client, RequestBuilder, Response,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
    redirect::Policy,
};
use url::Url;

use crate::{FetchError, address, trust};

/// The longest that such a server may take.
pub const NAMED_TIME: Duration = Duration::from_secs(15);
/// The most bytes of what it answers.
pub const MAX_NAMED_BYTES: usize = 1024 * 1024;

/// Asks servers that are named in the configuration. What people type never gets here.
///
/// Invariant: it follows no redirect and keeps no cookie, so nothing that it sends goes elsewhere.
#[derive(Debug, Clone)]
pub struct Named {
    client: Client,
}

impl Named {
    /// One that trusts whom this machine trusts. Reads files, so make it once.
    ///
    /// # Errors
    /// [`FetchError::Setup`] when TLS is not to be had.
    pub fn new(user_agent: &str) -> Result<Self, FetchError> {
        let setup = |error: &dyn std::error::Error| FetchError::Setup { cause: error.to_string() };
        let tls = trust::config(trust::authorities()).map_err(|error| setup(&error))?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .user_agent(user_agent)
            .connect_timeout(NAMED_TIME)
            .timeout(NAMED_TIME)
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            // Asked seldom, and then anew.
            .pool_max_idle_per_host(0)
            .build();
        Ok(Self { client: client.map_err(|error| setup(&error))? })
    }

    /// The JSON at an address.
    ///
    /// # Errors
    /// Why nothing came.
    pub async fn get(&self, at: &Url) -> Result<Vec<u8>, FetchError> {
        self.ask(at, self.client.get(at.clone())).await
    }

    /// Sends a form, and gives the JSON that is answered. `authorization` is the value of that header.
    ///
    /// # Errors
    /// Why nothing came.
    pub async fn post(&self, at: &Url, form: String, authorization: Option<&str>) -> Result<Vec<u8>, FetchError> {
        let request = self.client.post(at.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        let request = match authorization {
            Some(authorization) => request.header(AUTHORIZATION, authorization),
            None => request,
        };
        self.ask(at, request).await
    }

    async fn ask(&self, at: &Url, request: RequestBuilder) -> Result<Vec<u8>, FetchError> {
        let failed = |error: reqwest::Error| FetchError::of(&error, address::host(at), NAMED_TIME);
        let response = request.header(ACCEPT, "application/json").send().await.map_err(failed)?;
        let status = response.status().as_u16();
        if !response.status().is_success() {
            return Err(FetchError::Status { status });
        }
        read(response).await?.map_err(failed)
    }
}

async fn read(mut response: Response) -> Result<Result<Vec<u8>, reqwest::Error>, FetchError> {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > MAX_NAMED_BYTES => {
                return Err(FetchError::TooLarge { limit: MAX_NAMED_BYTES });
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Ok(Ok(bytes)),
            Err(error) => return Ok(Err(error)),
        }
    }
}
