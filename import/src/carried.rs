//! Pictures that a page carries in itself (RFC 2397, and parts of a MIME file): taken out before it is read, and put
//! where its figures ask for them.

use crate::{
    picture::Pictures,
    reading::{Reading, are_blank, runs_mut},
};
use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use domain::article::{Kind, PictureDigest, Run, WebAddress};
use std::{borrow::Cow, fmt::Write};
use url::Url;

/// A host that no server has (RFC 2606, 2): a carried picture is found there while its page is read.
pub(crate) const HOST: &str = "carried.invalid";
/// The longest address in a page that is left as it is, in bytes: what is that small only holds a place.
const SMALL: usize = 400;
/// Elements whose words are no tags.
const RAW: [&str; 3] = ["script", "textarea", "title"];

/// A page without what it carries.
#[derive(Debug)]
pub(crate) struct Slim<'a> {
    /// The page, with short addresses in place of the pictures.
    pub html: Cow<'a, str>,
    /// The `data:` addresses that stood there.
    carried: Vec<&'a str>,
}

/// Takes out of the tags of a page each `data:` address that is longer than one that only holds a place, and gives each
/// `cid:` address a host.
pub(crate) fn slim(html: &str) -> Slim<'_> {
    let mut slim = Slim { html: Cow::Borrowed(html), carried: Vec::new() };
    let has = |scheme: &[u8]| memchr::memmem::find(html.as_bytes(), scheme).is_some();
    if !["data:", "DATA:", "Data:", "cid:", "CID:"].iter().any(|scheme| has(scheme.as_bytes())) {
        return slim;
    }
    let mut out = String::with_capacity(html.len().min(1024 * 1024));
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (words, tag) = rest.split_at(at);
        out.push_str(words);
        let end = tag_end(tag);
        replace(&tag[..end], &mut slim.carried, &mut out);
        let raw = end + raw_length(&tag[..end], &tag[end..]);
        out.push_str(&tag[end..raw]);
        rest = &tag[raw..];
    }
    out.push_str(rest);
    slim.html = Cow::Owned(out);
    slim
}

/// Where the tag or the comment ends that the text begins with; 1 when it begins with neither. What a style sheet
/// carries is in its tag, for it has no words.
fn tag_end(text: &str) -> usize {
    if text.starts_with("<!--") {
        // `<!-->` is a whole comment.
        return text[2..].find("-->").map_or(text.len(), |at| 2 + at + "-->".len());
    }
    let opens = text[1..].strip_prefix('/').unwrap_or(&text[1..]).starts_with(|c: char| c.is_ascii_alphabetic());
    if !opens {
        return 1;
    }
    let (mut quote, mut before) = (None, '<');
    let end = text.char_indices().find(|(_, c)| {
        match (quote, *c) {
            (Some(open), c) if open == c => quote = None,
            // A quote that does not begin a value is part of a name.
            (None, '"' | '\'') if before == '=' => quote = Some(*c),
            (None, '>') => return true,
            _ => {}
        }
        if !c.is_ascii_whitespace() {
            before = *c;
        }
        false
    });
    let end = end.map_or(text.len(), |(at, _)| at + 1);
    if name(text) == "style" { end + upto(&text[end..], "</style") } else { end }
}

/// How much follows a tag that is raw text, in which nothing is a tag.
fn raw_length(tag: &str, after: &str) -> usize {
    let name = name(tag);
    if RAW.contains(&name.as_str()) { upto(after, &format!("</{name}")) } else { 0 }
}

fn name(tag: &str) -> String {
    let name = &tag[1..];
    name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())].to_ascii_lowercase()
}

/// Where a closing tag begins, or the end.
fn upto(text: &str, close: &str) -> usize {
    let is_close = |at: &usize| text.get(*at..at + close.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(close));
    memchr::memchr_iter(b'<', text.as_bytes()).find(is_close).unwrap_or(text.len())
}

fn replace<'a>(tag: &'a str, carried: &mut Vec<&'a str>, out: &mut String) {
    let mut rest = tag;
    while let Some(colon) = memchr::memchr(b':', rest.as_bytes()) {
        let before = &rest[..colon];
        let scheme = ["data", "cid"].into_iter().find(|scheme| {
            let begin = colon.checked_sub(scheme.len());
            let opens = |begin: usize| before[..begin].ends_with(['"', '\'', '=', '(', ' ', ',', '\n', '\t', '\r']);
            begin.is_some_and(|at| before.get(at..).is_some_and(|word| word.eq_ignore_ascii_case(scheme)) && opens(at))
        });
        let Some(scheme) = scheme else {
            out.push_str(&rest[..=colon]);
            rest = &rest[colon + 1..];
            continue;
        };
        let begin = colon - scheme.len();
        let end = rest[begin..].find(|c: char| c.is_ascii_whitespace() || "\"'<>)".contains(c));
        let end = end.map_or(rest.len(), |end| begin + end);
        out.push_str(&rest[..begin]);
        match &rest[begin..end] {
            address if scheme == "cid" => {
                let _ = write!(out, "https://{HOST}/cid/{}", address["cid:".len()..].trim_start_matches('/'));
            }
            address if address.len() <= SMALL => out.push_str(address),
            address if is_picture(address) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "https://{HOST}/data/{}", carried.len());
                carried.push(address);
            }
            _ => out.push_str("data:,"),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
}

/// Whether a `data:` address says that it is a picture that can be kept.
fn is_picture(address: &str) -> bool {
    let kind = address.get("data:".len().."data:".len() + 13).unwrap_or_default().to_ascii_lowercase();
    kind.starts_with("image/") && !kind.starts_with("image/svg")
}

impl Slim<'_> {
    /// The bytes of a picture that was taken out.
    pub fn picture(&self, address: &Url) -> Option<Vec<u8>> {
        let number: usize = address.path().strip_prefix("/data/")?.parse().ok()?;
        let (head, data) = self.carried.get(number)?.split_once(',')?;
        head.to_ascii_lowercase().ends_with(";base64").then(|| decoded(data)).flatten()
    }
}

/// Base64 as browsers take it (Infra standard, forgiving-base64 decode).
fn decoded(data: &str) -> Option<Vec<u8>> {
    const FORGIVING: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let engine = GeneralPurpose::new(&alphabet::STANDARD, FORGIVING);
    if !data.contains('%') {
        return engine.decode(data).ok();
    }
    let data = data.replace("%2B", "+").replace("%2b", "+").replace("%2F", "/").replace("%2f", "/");
    engine.decode(data.replace("%3D", "=").replace("%3d", "=")).ok()
}

/// Puts the carried pictures where figures ask for them by their addresses, each kept once. Nothing leads to the host
/// of carried ones any more.
pub(crate) fn settle(reading: &mut Reading, mut bytes: impl FnMut(&Url) -> Option<Vec<u8>>) {
    let mut pictures = Pictures::default();
    reading.pieces.retain_mut(|piece| {
        if let Kind::Table { rows } = &mut piece.block.kind {
            rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| unlink(&mut cell.runs));
        }
        runs_mut(&mut piece.block.kind).into_iter().for_each(|runs| unlink(runs));
        let Kind::Figure { picture, kept, alt, runs } = &mut piece.block.kind else { return true };
        if let Some(address) = picture.as_ref().and_then(|address| Url::parse(address.as_str()).ok()) {
            *kept = named(&mut pictures, &address, &mut bytes);
        }
        if picture.as_ref().is_some_and(is_inside) {
            *picture = None;
        }
        if picture.is_some() || kept.is_some() || !alt.is_empty() {
            return true;
        }
        let runs = std::mem::take(runs);
        let blank = are_blank(&runs);
        piece.block.kind = Kind::Paragraph { runs };
        !blank
    });
    let imprint = &mut reading.imprint;
    for address in [&mut imprint.address, &mut imprint.canonical] {
        address.take_if(|address| is_inside(address));
    }
    reading.pictures = pictures.take();
}

fn named(
    pictures: &mut Pictures,
    address: &Url,
    bytes: &mut impl FnMut(&Url) -> Option<Vec<u8>>,
) -> Option<PictureDigest> {
    pictures.named(address.as_str(), || bytes(address))
}

fn is_inside(address: &WebAddress) -> bool {
    let host = address.as_str().strip_prefix("https://").and_then(|rest| rest.strip_prefix(HOST));
    host.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn unlink(runs: &mut [Run]) {
    for run in runs {
        run.link.take_if(|link| is_inside(link));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(kind: &str) -> String {
        format!("data:{kind};base64,{}", "R0lG".repeat(200))
    }

    #[test]
    fn what_a_page_carries_is_taken_out_of_its_tags() {
        let (gif, font) = (long("image/gif"), long("font/woff2"));
        let rows = [
            (format!("<img src=\"{gif}\">"), "<img src=\"https://carried.invalid/data/0\">".to_owned(), 1),
            (format!("<img src={gif} alt=x>"), "<img src=https://carried.invalid/data/0 alt=x>".to_owned(), 1),
            (
                format!("<img srcset=\"{gif} 1x, {gif} 2x\">"),
                "<img srcset=\"https://carried.invalid/data/0 1x, https://carried.invalid/data/1 2x\">".to_owned(),
                2,
            ),
            (format!("<p style='src:url({font})'>"), "<p style='src:url(data:,)'>".to_owned(), 0),
            (format!("<style>a{{src:url({font})}}</style>"), "<style>a{src:url(data:,)}</style>".to_owned(), 0),
            (format!("<img src='{}'>", long("image/svg+xml")), "<img src='data:,'>".to_owned(), 0),
            ("<img src=cid:a@b>".to_owned(), "<img src=https://carried.invalid/cid/a@b>".to_owned(), 0),
        ];
        for (html, expected, carried) in rows {
            let slim = slim(&html);
            assert_eq!((&*slim.html, slim.carried.len()), (expected.as_str(), carried), "{html}");
        }
    }

    #[test]
    fn words_stay_as_they_are() {
        let gif = long("image/gif");
        let rows = [
            format!("<p>{gif} and \"{gif}\"</p>"),
            format!("<!-- --><title>\"{gif}</title><script>'{gif}'</script>"),
            format!("a < \"{gif}\" > b"),
            "<img src=data:image/gif;base64,R0lG>".to_owned(),
            "<img alt='a > b' data-cid:x=1 src='a:data:b'>".to_owned(),
            "<a href=\"data:".to_owned(),
            "<".to_owned(),
            "<ā \"data: ".to_owned(),
        ];
        for html in rows {
            assert_eq!(slim(&html).html, html);
        }
    }

    #[test]
    fn base64_is_read_as_browsers_read_it() {
        let rows = [
            ("R0lGODlh", Some(b"GIF89a".as_slice())),
            ("R0lGODk%3D", Some(b"GIF89")),
            ("R0lGODk", Some(b"GIF89")),
            ("R0lG*", None),
        ];
        for (data, expected) in rows {
            assert_eq!(decoded(data).as_deref(), expected, "{data}");
        }
    }
}
