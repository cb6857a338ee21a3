//! The second step of a sign-in: a code of an app, or one of the codes for who has lost it.

use serde::{Deserialize, Serialize};

/// How many codes there are for who has lost their app.
pub const RECOVERY_CODES: usize = 10;
/// The letters of a recovery code: none that is easily taken for another. 32 of them, so that each has five bits.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// How many letters a recovery code has, 80 bits, in groups of four.
const LENGTH: usize = 16;

/// Whether an account asks for a second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SecondStep {
    /// Whether it does.
    pub on: bool,
    /// How many recovery codes are left.
    pub recovery_codes: u32,
}

/// What an app makes codes of: the one time that it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SecondStepSecret {
    /// The secret in base 32 (RFC 4648), to be typed.
    pub secret: String,
    /// The same as an `otpauth:` address, which a QR code shows.
    pub address: String,
}

/// Codes for who has lost their app: the one time that they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Each is good once.
    pub codes: Vec<String>,
}

/// A code as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedCode {
    /// Six digits of an app.
    App(String),
    /// A recovery code, without what only groups it.
    Recovery(String),
}

/// A recovery code of these bits, in groups: `abcd-efgh-ijkm-npqr`.
pub fn recovery_code(bits: u128) -> String {
    let letters = (0..LENGTH).map(|at| char::from(LETTERS[(bits >> (5 * at)) as usize & 31]));
    let mut code = String::new();
    for (at, letter) in letters.enumerate() {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        code.push(letter);
    }
    code
}

impl TypedCode {
    /// Reads a code; nothing for what is none. Spaces, hyphens and capitals do not matter.
    pub fn read(text: &str) -> Option<Self> {
        let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_lowercase();
        if bare.len() == 6 && bare.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::App(bare));
        }
        (bare.len() == LENGTH && bare.bytes().all(|byte| LETTERS.contains(&byte))).then_some(Self::Recovery(bare))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_typed() {
        let app = |digits: &str| Some(TypedCode::App(digits.to_owned()));
        let recovery = Some(TypedCode::Recovery("abcdefghijkmnpqr".to_owned()));
        let rows = [
            ("123456", app("123456")),
            (" 123 456 ", app("123456")),
            ("012-345", app("012345")),
            ("12345", None),
            ("１２３４５６", None),
            ("+12345", None),
            ("abcd-efgh-ijkm-npqr", recovery.clone()),
            ("ABCDEFGH IJKMNPQR", recovery.clone()),
            ("abcd-efgh-ijkm-npq", None),
            ("abcd-efgh-ijkm-npq1", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(TypedCode::read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_recovery_code_is_read_back() {
        for bits in [0, 1, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef] {
            let code = recovery_code(bits);
            assert_eq!(code.len(), 19, "{code}");
            assert_eq!(TypedCode::read(&code), Some(TypedCode::Recovery(code.replace('-', ""))), "{code}");
        }
        assert_ne!(recovery_code(1), recovery_code(1 << 79));
    }
}
