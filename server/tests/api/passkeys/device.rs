//! A device that keeps a passkey, made of software: Web Authentication, level 3, sections 6.1, 6.5.1 and 5.8.1.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use ring::{
    digest,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Map, Value, json};

/// Where people reach the Postil of these tests.
pub const HOME: &str = "http://localhost:3000";

/// Somebody has touched the device.
pub const PRESENT: u8 = 1;
/// It has asked them who they are.
pub const VERIFIED: u8 = 1 << 2;
/// A key is in what it says.
const WITH_KEY: u8 = 1 << 6;

/// What is said, by the browser and by the device: right as it stands, wrong where a row of a table changes it.
pub struct Says {
    /// Instead of the challenge that was given.
    pub challenge: Option<String>,
    pub origin: &'static str,
    pub rp: &'static str,
    pub flags: u8,
    /// Instead of what the ceremony is.
    pub kind: Option<&'static str>,
    pub cross_origin: bool,
    pub top_origin: Option<&'static str>,
    /// Instead of how often it was used.
    pub counter: Option<u32>,
    /// Instead of the person whose key it is; empty for nobody.
    pub handle: Option<Vec<u8>>,
    /// Instead of the id of its key.
    pub id: Option<Vec<u8>>,
    /// Instead of its signature.
    pub signature: Option<Vec<u8>>,
    /// Whether a bit of the signature, or of the new key, is another one.
    pub flip: bool,
}

impl Default for Says {
    fn default() -> Self {
        Self {
            challenge: None,
            origin: HOME,
            rp: "localhost",
            flags: PRESENT | VERIFIED,
            kind: None,
            cross_origin: false,
            top_origin: None,
            counter: None,
            handle: None,
            id: None,
            signature: None,
            flip: false,
        }
    }
}

impl Says {
    /// What the browser says of the ceremony, and the device signs.
    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = self.challenge.as_deref().or(options["challenge"].as_str()).unwrap();
        let kind = self.kind.unwrap_or(kind);
        let mut said = Map::from_iter([
            ("type".to_owned(), kind.into()),
            ("challenge".to_owned(), challenge.into()),
            ("origin".to_owned(), self.origin.into()),
            ("crossOrigin".to_owned(), self.cross_origin.into()),
        ]);
        said.extend(self.top_origin.map(|top| ("topOrigin".to_owned(), top.into())));
        Value::Object(said).to_string().into_bytes()
    }

    /// What the device says.
    fn device_data(&self, flags: u8, counter: u32) -> Vec<u8> {
        let counter = self.counter.unwrap_or(counter).to_be_bytes();
        [sha256(self.rp.as_bytes()).as_slice(), &[flags], &counter].concat()
    }
}

/// A device with one key.
pub struct Device {
    key: EcdsaKeyPair,
    /// The id of its key.
    pub id: Vec<u8>,
    /// Whose it is, as it was told.
    pub handle: Vec<u8>,
    /// How often it was used.
    pub counter: u32,
}

impl Device {
    /// One whose key nobody knows yet.
    pub fn new() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Self { key, id: server::clock::token().to_vec(), handle: Vec::new(), counter: 0 }
    }

    /// Whose key a device is asked to make.
    pub fn handle_of(options: &Value) -> Vec<u8> {
        BASE64.decode(options["user"]["id"].as_str().unwrap()).unwrap()
    }

    /// What a browser answers to `navigator.credentials.create`.
    pub fn makes(&mut self, options: &Value, says: &Says) -> Value {
        self.handle = Self::handle_of(options);
        self.counter += 1;
        let client_data = says.client_data("webauthn.create", options);
        let mut said = says.device_data(says.flags | WITH_KEY, self.counter);
        let point = self.key.public_key().as_ref();
        let (x, mut y) = (point[1..33].to_vec(), point[33..].to_vec());
        if says.flip {
            y[0] ^= 1;
        }
        said.extend([0; 16]);
        said.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        said.extend(&self.id);
        // COSE (RFC 9053): {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
        said.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        said.extend(x);
        said.extend([0x22, 0x58, 0x20]);
        said.extend(y);
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": said}.
        let length = u16::try_from(said.len()).unwrap().to_be_bytes();
        let object = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".as_slice(), &length, &said].concat();
        let response =
            json!({"clientDataJSON": BASE64.encode(client_data), "attestationObject": BASE64.encode(object)});
        self.credential(&self.id, response)
    }

    /// What a browser answers to `navigator.credentials.get`.
    pub fn answers(&mut self, options: &Value, says: &Says) -> Value {
        self.counter += 1;
        let client_data = says.client_data("webauthn.get", options);
        let said = says.device_data(says.flags, self.counter);
        let signed = [said.as_slice(), &sha256(&client_data)].concat();
        let mut signature = self.key.sign(&SystemRandom::new(), &signed).unwrap().as_ref().to_vec();
        if says.flip {
            *signature.last_mut().unwrap() ^= 1;
        }
        let signature = says.signature.as_ref().unwrap_or(&signature);
        let handle = says.handle.as_ref().unwrap_or(&self.handle);
        let handle = (!handle.is_empty()).then(|| BASE64.encode(handle));
        let response = json!({
            "clientDataJSON": BASE64.encode(client_data), "authenticatorData": BASE64.encode(said),
            "signature": BASE64.encode(signature), "userHandle": handle,
        });
        self.credential(says.id.as_ref().unwrap_or(&self.id), response)
    }

    fn credential(&self, id: &[u8], response: Value) -> Value {
        let id = BASE64.encode(id);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {}})
    }
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}
