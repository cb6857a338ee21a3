//! Pictures that are kept with an article, so that a reader's browser asks nobody else for them.

use serde::{Deserialize, Serialize};

/// SHA-256 of a picture's bytes, in lower-case hexadecimal: its name among the pictures that are kept.
///
/// Invariant: 64 of `0-9a-f`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct PictureDigest(String);

impl PictureDigest {
    /// The digest, when it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 64 && text.bytes().all(hex)).then(|| Self(text.to_owned()))
    }

    /// The digest in hexadecimal.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PictureDigest {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "the name of a picture has 64 hexadecimal digits".to_owned())
    }
}

impl From<PictureDigest> for String {
    fn from(digest: PictureDigest) -> Self {
        digest.0
    }
}

impl std::fmt::Display for PictureDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for PictureDigest {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::try_from(text.to_owned())
    }
}

/// A picture as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its name.
    pub digest: PictureDigest,
    /// What its bytes are, found in the bytes themselves.
    pub form: PictureForm,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What the bytes of a picture are: the forms that every browser draws and that cannot hold a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureForm {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
    /// AVIF.
    Avif,
}

crate::word::worded!(PictureForm, "a form of picture", {
    Jpeg = "jpeg", "JPEG";
    Png = "png", "PNG";
    Gif = "gif", "GIF";
    Webp = "webp", "WebP";
    Avif = "avif", "AVIF";
});

impl PictureForm {
    /// What the bytes are, by the signature they begin with (WHATWG MIME Sniffing, 6.1); nothing for all else, SVG
    /// among it.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some(Self::Avif),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let rows: [(&[u8], Option<PictureForm>); 7] = [
            (b"\xff\xd8\xff\xe0", Some(PictureForm::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Some(PictureForm::Png)),
            (b"GIF89a", Some(PictureForm::Gif)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(PictureForm::Webp)),
            (b"\0\0\0\x1cftypavif", Some(PictureForm::Avif)),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
            (b"", None),
        ];
        for (bytes, form) in rows {
            assert_eq!(PictureForm::of(bytes), form, "{bytes:?}");
        }
    }

    #[test]
    fn a_digest_is_hexadecimal() {
        let digest = "0123456789abcdef".repeat(4);
        assert_eq!(PictureDigest::parse(&digest).unwrap().as_str(), digest);
        for wrong in ["", "../../etc/passwd", &digest[1..], &digest.to_uppercase()] {
            assert_eq!(PictureDigest::parse(wrong), None, "{wrong}");
        }
    }
}
