//! A team's own sign-in: OpenID Connect, authorization code flow with PKCE (RFC 7636), as a relying party.

/// What an id_token says, once it is believed.
pub mod id_token;

use crate::{actions::Failure, clock, config::Oidc, digest};
use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use chrono::{DateTime, TimeDelta, Utc};
use fetch::Named;
use id_token::{Claims, Expected, Key, Keys};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use url::{Url, form_urlencoded};

/// How long what the issuer says of itself and its keys are believed without asking again.
pub const ISSUER_BELIEVED: TimeDelta = TimeDelta::hours(1);
/// How soon keys are asked for again when a token is signed with one that is not known: issuers change keys.
pub const KEYS_ASKED_AGAIN: TimeDelta = TimeDelta::minutes(1);

/// The issuer that whoever runs Postil has named.
#[derive(Debug)]
pub struct Issuer {
    config: Oidc,
    /// Where the issuer sends people back to.
    back: String,
    named: Named,
    known: Mutex<Option<Known>>,
}

/// What the issuer says of itself.
#[derive(Debug, Clone)]
struct Known {
    discovery: Discovery,
    keys: Vec<Key>,
    at: DateTime<Utc>,
}

/// OpenID Connect Discovery 1.0, as far as it is needed.
#[derive(Debug, Clone, Deserialize)]
struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

/// What is remembered while a person is with the issuer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, Deserialize)]
pub struct Asked {
    /// What the issuer gives back, so that nobody else's answer is taken.
    pub state: String,
    /// What stands in the id_token, so that no other one is taken.
    pub nonce: String,
    /// What shows that whoever asked also fetches (PKCE).
    pub verifier: String,
}

impl Asked {
    /// What is asked now.
    pub fn now() -> Self {
        let random = || BASE64_URL_SAFE_NO_PAD.encode(clock::token());
        Self { state: random(), nonce: random(), verifier: random() }
    }
}

/// What the token endpoint answers, as far as it is needed.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

impl Issuer {
    /// The issuer of this configuration, which sends people back to the Postil at this public address.
    pub fn new(config: Oidc, public_url: &str) -> Result<Self, fetch::FetchError> {
        let named = Named::new(concat!("Postil/", env!("CARGO_PKG_VERSION")))?;
        Ok(Self { config, back: format!("{public_url}/sign-in/team/back"), named, known: Mutex::default() })
    }

    /// What the button that leads there says.
    pub fn name(&self) -> &str {
        &self.config.name
    }

    /// The issuer's own name for itself, under which its people are kept.
    pub fn id(&self) -> &str {
        &self.config.issuer
    }

    /// Whether somebody whom nobody here knows gets an account.
    pub fn makes_accounts(&self) -> bool {
        self.config.makes_accounts
    }

    /// Where a person signs in.
    pub async fn address(&self, asked: &Asked) -> Result<Url, Failure> {
        let known = self.known(clock::now(), false).await?;
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(asked.verifier.as_bytes()));
        let mut address = self.at(&known.discovery.authorization_endpoint)?;
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.config.client_id)
            .append_pair("redirect_uri", &self.back)
            .append_pair("scope", "openid profile email")
            .append_pair("state", &asked.state)
            .append_pair("nonce", &asked.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        Ok(address)
    }

    /// Who the code that the issuer gave speaks of.
    ///
    /// # Errors
    /// [`Failure::Team`] and [`Failure::TeamOutOfReach`] in words for the person.
    pub async fn who(&self, code: &str, asked: &Asked) -> Result<Claims, Failure> {
        let known = self.known(clock::now(), false).await?;
        let tokens = self.exchange(&known.discovery, code, asked).await?;
        let now = clock::now();
        let read = |keys: &[Key]| {
            let expected = Expected {
                issuer: &known.discovery.issuer,
                client_id: &self.config.client_id,
                nonce: &asked.nonce,
                now,
            };
            id_token::read(&tokens.id_token, keys, &expected)
        };
        let claims = match read(&known.keys) {
            Err(id_token::BadIdToken::UnknownKey) => read(&self.known(now, true).await?.keys),
            read => read,
        };
        claims.map_err(|error| {
            tracing::warn!(%error, "an id_token of the team's sign-in is not believed");
            Failure::Team(format!("what {} says of you cannot be believed: {error}", self.config.name))
        })
    }

    async fn exchange(&self, discovery: &Discovery, code: &str, asked: &Asked) -> Result<Tokens, Failure> {
        let (form, authorization) = self.claim(discovery, code, asked);
        let at = self.at(&discovery.token_endpoint)?;
        let answer = self.named.post(&at, form, authorization.as_deref()).await;
        self.parsed(&answer.map_err(|error| self.out_of_reach(&error))?)
    }

    /// The form that fetches tokens for a code, and the header that shows who fetches.
    fn claim(&self, discovery: &Discovery, code: &str, asked: &Asked) -> (String, Option<String>) {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.back)
            .append_pair("code_verifier", &asked.verifier);
        let (id, secret) = (&self.config.client_id, self.config.client_secret.reveal());
        let methods = &discovery.token_endpoint_auth_methods_supported;
        // In the header unless the issuer wants it otherwise (OpenID Connect Core, 9).
        if !methods.is_empty() && !methods.iter().any(|method| method == "client_secret_basic") {
            form.append_pair("client_id", id).append_pair("client_secret", secret);
            return (form.finish(), None);
        }
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let both = BASE64_STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret)));
        (form.finish(), Some(format!("Basic {both}")))
    }

    /// What the issuer says of itself: as it said lately, or asked anew.
    async fn known(&self, now: DateTime<Utc>, keys_anew: bool) -> Result<Known, Failure> {
        let mut known = self.known.lock().await;
        let believed = if keys_anew { KEYS_ASKED_AGAIN } else { ISSUER_BELIEVED };
        if let Some(known) = known.as_ref().filter(|known| (now - known.at).abs() < believed) {
            return Ok(known.clone());
        }
        let at = format!("{}/.well-known/openid-configuration", self.config.issuer.trim_end_matches('/'));
        let at = Url::parse(&at).map_err(Failure::internal)?;
        let discovery: Discovery =
            self.parsed(&self.named.get(&at).await.map_err(|error| self.out_of_reach(&error))?)?;
        // Discovery, 4.3: or another issuer could speak for this one.
        if discovery.issuer.trim_end_matches('/') != self.config.issuer.trim_end_matches('/') {
            tracing::error!(issuer = discovery.issuer, "the issuer calls itself otherwise than --oidc-issuer says");
            return Err(Failure::TeamOutOfReach(format!("{} is not set up here as it calls itself", self.config.name)));
        }
        let keys = self.named.get(&self.at(&discovery.jwks_uri)?).await.map_err(|error| self.out_of_reach(&error))?;
        let keys = self.parsed::<Keys>(&keys)?.keys;
        Ok(known.insert(Known { discovery, keys, at: now }).clone())
    }

    /// An address that the issuer says.
    fn at(&self, address: &str) -> Result<Url, Failure> {
        Url::parse(address).map_err(|error| {
            tracing::error!(%error, address, "the team's sign-in has an address that cannot be read");
            Failure::TeamOutOfReach(format!("{} answers what cannot be read", self.config.name))
        })
    }

    fn parsed<T: for<'de> Deserialize<'de>>(&self, bytes: &[u8]) -> Result<T, Failure> {
        serde_json::from_slice(bytes).map_err(|error| {
            tracing::error!(%error, "the team's sign-in answers what cannot be read");
            Failure::TeamOutOfReach(format!("{} answers what cannot be read", self.config.name))
        })
    }

    fn out_of_reach(&self, error: &fetch::FetchError) -> Failure {
        tracing::error!(%error, "the team's sign-in cannot be used");
        Failure::TeamOutOfReach(format!("{} does not answer as it should: try again later", self.config.name))
    }
}

/// Whether two secrets of a cookie and an address are the same, without telling by time where they differ.
pub fn is_same(one: &str, other: &str) -> bool {
    digest::sha256(one.as_bytes()) == digest::sha256(other.as_bytes())
}
