//! What an id_token says, once it is believed (OpenID Connect Core, 3.1.3.7): RS256 and ES256 (RFC 7515, 7518), no others.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use ring::signature::{ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;

/// How far the issuer's clock may be from ours, in seconds.
const LEEWAY: i64 = 120;
/// The most bytes of a subject (OpenID Connect Core, 2).
const MAX_SUBJECT: usize = 255;

/// A set of keys (RFC 7517). One that is not understood is left out.
#[derive(Debug, Deserialize)]
pub struct Keys {
    /// The keys.
    #[serde(deserialize_with = "understood")]
    pub keys: Vec<Key>,
}

/// A public key of the issuer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Key {
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    #[serde(flatten)]
    public: Public,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kty")]
enum Public {
    #[serde(rename = "RSA")]
    Rsa { n: String, e: String },
    #[serde(rename = "EC")]
    Ec { crv: String, x: String, y: String },
}

fn understood<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Key>, D::Error> {
    let all = Vec::<serde_json::Value>::deserialize(from)?;
    Ok(all.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect())
}

/// What a token has to say to be believed.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Who issues it.
    pub issuer: &'a str,
    /// For whom.
    pub client_id: &'a str,
    /// Upon which question.
    pub nonce: &'a str,
    /// The present instant.
    pub now: DateTime<Utc>,
}

/// What a token says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// What tells them from all others of the issuer; never given to another.
    pub subject: String,
    /// What they could be called, the best first.
    pub names: Vec<String>,
}

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadIdToken {
    /// It is not three parts of base64url JSON, or a part lacks what it must have.
    #[error("it is no id_token")]
    Malformed,
    /// Neither RS256 nor ES256, or with an extension that must be understood.
    #[error("it is signed in a way that is not taken")]
    Algorithm,
    /// None of the issuer's keys that are known.
    #[error("it is signed with an unknown key")]
    UnknownKey,
    /// The signature is not the key's.
    #[error("its signature is wrong")]
    Signature,
    /// Somebody else issued it.
    #[error("somebody else issued it")]
    Issuer,
    /// It is for somebody else.
    #[error("it is for somebody else")]
    Audience,
    /// It has run out, or is of the future.
    #[error("it has run out; the clocks may differ")]
    Time,
    /// It answers another question.
    #[error("it answers another question")]
    Nonce,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Said {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    name: Option<String>,
    preferred_username: Option<String>,
    email: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Reads a token, and believes it or not.
pub fn read(token: &str, keys: &[Key], expected: &Expected<'_>) -> Result<Claims, BadIdToken> {
    let (signed, signature) = token.rsplit_once('.').ok_or(BadIdToken::Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(BadIdToken::Malformed)?;
    let header: Header = part(header)?;
    if header.crit.is_some() || !matches!(header.alg.as_str(), "RS256" | "ES256") {
        return Err(BadIdToken::Algorithm);
    }
    let fits = |key: &&Key| {
        let kind = match key.public {
            Public::Rsa { .. } => "RS256",
            Public::Ec { .. } => "ES256",
        };
        let named = header.kid.is_none() || key.kid == header.kid;
        kind == header.alg && named && key.purpose.as_deref().is_none_or(|purpose| purpose == "sig")
    };
    let mut fitting = keys.iter().filter(fits);
    let key = fitting.next().ok_or(BadIdToken::UnknownKey)?;
    // Which one it is has to be said where there are several.
    if header.kid.is_none() && fitting.next().is_some() {
        return Err(BadIdToken::UnknownKey);
    }
    key.verify(signed.as_bytes(), &bytes(signature)?)?;
    believe(part(payload)?, expected)
}

fn bytes(text: &str) -> Result<Vec<u8>, BadIdToken> {
    BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| BadIdToken::Malformed)
}

fn part<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, BadIdToken> {
    serde_json::from_slice(&bytes(text)?).map_err(|_| BadIdToken::Malformed)
}

impl Key {
    fn verify(&self, signed: &[u8], signature: &[u8]) -> Result<(), BadIdToken> {
        let verified = match &self.public {
            Public::Rsa { n, e } => RsaPublicKeyComponents { n: bytes(n)?, e: bytes(e)? }.verify(
                &RSA_PKCS1_2048_8192_SHA256,
                signed,
                signature,
            ),
            Public::Ec { crv, x, y } if crv == "P-256" => {
                // SEC 1, 2.3.3: uncompressed.
                let point = [&[4u8][..], &bytes(x)?, &bytes(y)?].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature)
            }
            Public::Ec { .. } => return Err(BadIdToken::Algorithm),
        };
        verified.map_err(|_| BadIdToken::Signature)
    }
}

fn believe(said: Said, expected: &Expected<'_>) -> Result<Claims, BadIdToken> {
    if said.iss != expected.issuer {
        return Err(BadIdToken::Issuer);
    }
    let ours = |audience: &String| audience == expected.client_id;
    let (for_us, alone) = match &said.aud {
        Audience::One(one) => (ours(one), true),
        Audience::Many(many) => (many.iter().any(ours), many.len() == 1),
    };
    let authorized = said.azp.as_ref().map_or(alone, ours);
    if !for_us || !authorized {
        return Err(BadIdToken::Audience);
    }
    let now = expected.now.timestamp();
    if said.exp.saturating_add(LEEWAY) <= now || said.iat.saturating_sub(LEEWAY) > now {
        return Err(BadIdToken::Time);
    }
    if said.nonce.as_deref() != Some(expected.nonce) {
        return Err(BadIdToken::Nonce);
    }
    if said.sub.is_empty() || said.sub.len() > MAX_SUBJECT {
        return Err(BadIdToken::Malformed);
    }
    let before_at = said.email.as_deref().and_then(|email| email.split('@').next()).map(str::to_owned);
    let names = [said.name, said.preferred_username, before_at].into_iter().flatten();
    Ok(Claims { subject: said.sub, names: names.filter(|name| !name.trim().is_empty()).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::{
        rand::SystemRandom,
        signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair},
    };
    use serde_json::{Value, json};

    /// A key for this test and nothing else: PKCS #8, base64.
    const RSA: &str = include_str!("test_key.b64");

    fn encode(bytes: impl AsRef<[u8]>) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    struct Signer {
        rsa: RsaKeyPair,
        ec: EcdsaKeyPair,
    }

    impl Signer {
        fn new() -> Self {
            let rsa = base64::prelude::BASE64_STANDARD.decode(RSA.replace('\n', "")).unwrap();
            let random = SystemRandom::new();
            let ec = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
            Self {
                rsa: RsaKeyPair::from_der(&rsa).unwrap(),
                ec: EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, ec.as_ref(), &random).unwrap(),
            }
        }

        fn keys(&self) -> Vec<Key> {
            let rsa = RsaPublicKeyComponents::<Vec<u8>>::from(self.rsa.public_key());
            let point = self.ec.public_key().as_ref();
            let set = json!({"keys": [
                {"kty": "RSA", "kid": "r", "use": "sig", "alg": "RS256", "n": encode(rsa.n), "e": encode(rsa.e)},
                {"kty": "EC", "kid": "e", "crv": "P-256", "x": encode(&point[1..33]), "y": encode(&point[33..])},
                {"kty": "OKP", "kid": "o", "crv": "Ed25519", "x": "abc"},
                {"kty": "RSA", "kid": "encrypts", "use": "enc", "n": "AQAB", "e": "AQAB"},
            ]});
            serde_json::from_value::<Keys>(set).unwrap().keys
        }

        fn sign(&self, header: &Value, payload: &Value) -> String {
            let signed = format!("{}.{}", encode(header.to_string()), encode(payload.to_string()));
            let random = SystemRandom::new();
            let signature = if header["alg"] == "ES256" {
                self.ec.sign(&random, signed.as_bytes()).unwrap().as_ref().to_vec()
            } else {
                let mut signature = vec![0; self.rsa.public().modulus_len()];
                self.rsa.sign(&RSA_PKCS1_SHA256, &random, signed.as_bytes(), &mut signature).unwrap();
                signature
            };
            format!("{signed}.{}", encode(signature))
        }
    }

    const NOW: i64 = 1_800_000_000;

    fn payload() -> Value {
        json!({"iss": "https://id.example", "sub": "42", "aud": "postil", "exp": NOW + 60, "iat": NOW - 5,
            "nonce": "n", "name": " ", "preferred_username": "anna", "email": "anna.k@example.org"})
    }

    #[track_caller]
    fn check(signer: &Signer, token: &str, expected: Result<&str, BadIdToken>) {
        let now = DateTime::from_timestamp(NOW, 0).unwrap();
        let wanted = Expected { issuer: "https://id.example", client_id: "postil", nonce: "n", now };
        let read = read(token, &signer.keys(), &wanted);
        assert_eq!(read.map(|claims| claims.subject), expected.map(str::to_owned), "{token}");
    }

    #[test]
    fn a_token_is_believed_when_all_of_it_is_right() {
        let signer = Signer::new();
        assert_eq!(signer.keys().len(), 3, "what is not understood is left out");
        let (rs, es) = (json!({"alg": "RS256", "kid": "r"}), json!({"alg": "ES256", "kid": "e"}));
        for header in [&rs, &es, &json!({"alg": "ES256"}), &json!({"alg": "RS256"})] {
            check(&signer, &signer.sign(header, &payload()), Ok("42"));
        }
        let changed = |field: &str, value: Value| {
            let mut payload = payload();
            payload[field] = value;
            payload
        };
        use BadIdToken::*;
        let rows = [
            ("iss", json!("https://evil.example"), Err(Issuer)),
            ("aud", json!("another"), Err(Audience)),
            ("aud", json!(["postil"]), Ok("42")),
            ("aud", json!(["postil", "another"]), Err(Audience)),
            ("azp", json!("another"), Err(Audience)),
            ("exp", json!(NOW - 60), Ok("42")),
            ("exp", json!(NOW - LEEWAY), Err(Time)),
            ("iat", json!(NOW + LEEWAY + 1), Err(Time)),
            ("nonce", json!("m"), Err(Nonce)),
            ("nonce", json!(null), Err(Nonce)),
            ("sub", json!(""), Err(Malformed)),
            ("sub", json!("a".repeat(256)), Err(Malformed)),
        ];
        for (field, value, expected) in rows {
            check(&signer, &signer.sign(&es, &changed(field, value)), expected);
        }
        let mut both = changed("aud", json!(["postil", "another"]));
        both["azp"] = json!("postil");
        check(&signer, &signer.sign(&rs, &both), Ok("42"));
    }

    #[test]
    fn no_trick_with_the_signature_is_taken() {
        use BadIdToken::*;
        let signer = Signer::new();
        let good = signer.sign(&json!({"alg": "RS256", "kid": "r"}), &payload());
        let (signed, signature) = good.rsplit_once('.').unwrap();
        let other = Signer::new();
        let forged = format!("{}.{}", encode(r#"{"alg":"RS256","kid":"r"}"#), encode(json!({"sub": "1"}).to_string()));
        let rows = [
            (format!("{}.{}.", encode(r#"{"alg":"none"}"#), encode(payload().to_string())), Algorithm),
            (signer.sign(&json!({"alg": "HS256", "kid": "r"}), &payload()), Algorithm),
            (signer.sign(&json!({"alg": "RS256", "kid": "r", "crit": ["x"]}), &payload()), Algorithm),
            // The key of one kind is not taken for the other.
            (signer.sign(&json!({"alg": "ES256", "kid": "r"}), &payload()), UnknownKey),
            (signer.sign(&json!({"alg": "RS256", "kid": "elsewhere"}), &payload()), UnknownKey),
            (other.sign(&json!({"alg": "ES256", "kid": "e"}), &payload()), Signature),
            (format!("{forged}.{signature}"), Signature),
            (format!("{signed}."), Signature),
            (signed.to_owned(), Malformed),
            ("a.b.c".to_owned(), Malformed),
            (String::new(), Malformed),
        ];
        for (token, error) in rows {
            check(&signer, &token, Err(error));
        }
        let named = read(
            &good,
            &signer.keys(),
            &Expected {
                issuer: "https://id.example",
                client_id: "postil",
                nonce: "n",
                now: DateTime::from_timestamp(NOW, 0).unwrap(),
            },
        );
        assert_eq!(named.unwrap().names, ["anna", "anna.k"], "a blank name is none");
    }
}
