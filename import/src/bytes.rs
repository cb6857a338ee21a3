//! Bytes to text, in the encoding that they say or, when they do not, in the one that fits them.

mod claim;
mod utf16;

use crate::ImportError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use claim::Claim;
use domain::article::{Notice, OriginForm};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How much of a text is looked at to find out its encoding, in bytes from the first one that is not ASCII.
const DETECTED: usize = 1024 * 1024;

/// What is known of bytes beside themselves.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known<'a> {
    /// Their form, when it is said.
    pub form: Option<OriginForm>,
    /// The name of their file.
    pub file_name: Option<&'a str>,
    /// The media type that a server gave them.
    pub media_type: Option<&'a str>,
    /// The last part of the name of the site that they are from: languages have their own.
    pub country: Option<&'a str>,
}

/// A text, and what a reader should know of how it was read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// What is said of it.
    pub notice: Option<Notice>,
}

/// The text that the bytes hold, of which there may be as many as the limit.
///
/// The order is that of browsers (HTML, 13.2.3.2): the byte order mark, the media type, what the text says of itself,
/// a look at the bytes. But what is UTF-8 throughout is not read as anything else for its own word: what was pasted
/// still says what it once was.
pub(crate) fn decode<'a>(bytes: &'a [u8], known: &Known<'_>, limit: usize) -> Result<Decoded<'a>, ImportError> {
    if bytes.len() > limit {
        return Err(ImportError::TooLarge { bytes: bytes.len(), limit });
    }
    let (encoding, claimed, rest) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, Some(encoding), &bytes[mark..]),
        None => {
            let claimed = claim::of(bytes, known);
            (choose(bytes, claimed, known.country), claimed.map(Claim::encoding), bytes)
        }
    };
    let (text, replaced) = decoded(rest, encoding);
    if text.contains('\0') {
        return Err(ImportError::ContainsNul { byte: first_nul(bytes, encoding) });
    }
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let plain = claimed.is_none_or(|claimed| claimed == UTF_8 || known.file_name.or(known.media_type).is_none());
    let expected = claimed == Some(encoding) || (encoding == UTF_8 && plain);
    let notice = (!expected || replaced > 0).then(|| Notice::Decoded {
        encoding: encoding.name().to_owned(),
        said: claimed.map(|claimed| claimed.name().to_owned()),
        replaced,
    });
    Ok(Decoded { text, notice })
}

fn choose(bytes: &[u8], claimed: Option<Claim>, country: Option<&str>) -> &'static Encoding {
    match claimed {
        Some(Claim::Outside(encoding)) if encoding != UTF_8 && fits(bytes, encoding) => encoding,
        Some(Claim::Inside(encoding)) if !is_utf8(bytes) && encoding != UTF_8 && fits(bytes, encoding) => encoding,
        _ => detect(bytes, country),
    }
}

/// Whether the bytes can be that encoding: nothing in it has to be replaced.
fn fits(bytes: &[u8], encoding: &'static Encoding) -> bool {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

fn detect(bytes: &[u8], country: Option<&str>) -> &'static Encoding {
    if let Some(encoding) = utf16::detect(bytes) {
        return encoding;
    }
    if is_utf8(bytes) {
        return UTF_8;
    }
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[from..bytes.len().min(from + DETECTED)], true);
    let lower = |name: &&str| name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    detector.guess(country.filter(lower).map(str::as_bytes), Utf8Detection::Deny)
}

/// Whether the bytes are UTF-8, perhaps with a few that are broken: letters of other encodings do not fall into its
/// pattern by chance.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty()) + usize::from(chunk.invalid().len() == 1);
    }
    broken == 0 || whole > broken || (whole == 0 && broken == 1)
}

/// The text, and how many characters of it stand for bytes that could not be read.
fn decoded<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> (Cow<'a, str>, u32) {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return (text, 0);
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut text, mut rest, mut replaced) = (String::with_capacity(bytes.len()), bytes, 0);
    loop {
        text.reserve(decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len()) + 4);
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return (Cow::Owned(text), replaced),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                text.push(char::REPLACEMENT_CHARACTER);
                replaced += 1;
            }
        }
    }
}

fn first_nul(bytes: &[u8], encoding: &'static Encoding) -> usize {
    if [UTF_16LE, UTF_16BE].contains(&encoding) {
        return bytes.chunks_exact(2).position(|unit| unit == [0, 0]).unwrap_or(0) * 2;
    }
    bytes.iter().position(|byte| *byte == 0).unwrap_or(0)
}

#[cfg(test)]
mod tests;
