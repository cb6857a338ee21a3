//! Web pages that were saved as one file with all they show (MHTML, RFC 2557).

use crate::{
    Brought, ImportError, Limits,
    bytes::{self, Known},
    carried::{self, HOST},
    html,
    reading::Reading,
};
use domain::article::{OriginForm, WebAddress};
use mailparse::{MailHeaderMap, ParsedMail, parse_mail};
use std::collections::HashMap;
use url::Url;

/// How far into a file it may say that it is one, in bytes.
const LOOKED_AT: usize = 8 * 1024;
/// The most lines of a file. Each may be a header, of which so many cost 80 MiB of memory.
pub(crate) const MAX_LINES: usize = 2_000_000;
/// The most lines that may begin a part.
pub(crate) const MAX_PARTS: usize = 100_000;

/// Whether the bytes say so: headers with the version of MIME and parts that belong together.
pub(crate) fn is_mhtml(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let end = ["\r\n\r\n", "\n\n"].iter().filter_map(|gap| memchr::memmem::find(head, gap.as_bytes())).min();
    let headers = String::from_utf8_lossy(&head[..end.unwrap_or(head.len())]).to_ascii_lowercase();
    headers.contains("mime-version:") && headers.contains("multipart/related")
}

/// Reads the page of the file.
///
/// # Errors
/// A file that is none, is damaged, or is beyond the limits; a page that cannot be read.
pub(crate) fn read(brought: &Brought<'_>, limits: &Limits) -> Result<Reading, ImportError> {
    let bytes = within(brought.bytes, limits)?;
    let mail = parse_mail(bytes).map_err(|error| damaged(&error))?;
    let root = root(&mail).ok_or(ImportError::NotThis { form: "MHTML", lacks: "a page" })?;
    let body = root.get_body_raw().map_err(|error| damaged(&error))?;
    let own = location(root).or_else(|| parsed(mail.headers.get_first_value("Snapshot-Content-Location")?.trim()));
    let address = own.as_ref().map(placed).or_else(|| brought.address.cloned());
    let media_type = root.headers.get_first_value("Content-Type");
    let known = Known {
        form: Some(OriginForm::Html),
        media_type: media_type.as_deref(),
        country: address.as_ref().and_then(Url::domain).and_then(|host| host.rsplit('.').next()),
        ..Known::default()
    };
    let decoded = bytes::decode(&body, &known, limits.max_file_bytes)?;
    let slim = carried::slim(&decoded.text);
    if slim.html.len() > limits.max_bytes {
        return Err(ImportError::TooLarge { bytes: slim.html.len(), limit: limits.max_bytes });
    }
    let mut reading = html::read_page(&slim.html, address.as_ref(), limits)?;
    let parts = parts(&mail);
    carried::settle(&mut reading, |address| {
        slim.picture(address).or_else(|| parts.get(address.as_str())?.get_body_raw().ok())
    });
    let found = own.filter(|own| matches!(own.scheme(), "http" | "https"));
    reading.imprint.address = found.and_then(|own| WebAddress::parse(own.as_str())).or(reading.imprint.address);
    reading.notices.extend(decoded.notice);
    Ok(reading)
}

/// The bytes, when there are not more of them, of their lines and of their parts than it takes to hold a page.
fn within<'a>(bytes: &'a [u8], limits: &Limits) -> Result<&'a [u8], ImportError> {
    if bytes.len() > limits.max_file_bytes {
        return Err(ImportError::FileTooLarge { bytes: bytes.len(), limit: limits.max_file_bytes });
    }
    if memchr::memchr_iter(b'\n', bytes).nth(MAX_LINES).is_some() {
        return Err(damaged(&"too many lines"));
    }
    if memchr::memmem::find_iter(bytes, b"\n--").nth(MAX_PARTS).is_some() {
        return Err(ImportError::TooManyFiles { limit: MAX_PARTS });
    }
    Ok(bytes)
}

fn damaged(what: &dyn std::fmt::Display) -> ImportError {
    ImportError::Damaged { what: what.to_string() }
}

/// The part that is the page: the one that is said to be (RFC 2387, 3.2), else the first page.
fn root<'a>(mail: &'a ParsedMail<'a>) -> Option<&'a ParsedMail<'a>> {
    let is_page =
        |part: &&ParsedMail<'_>| matches!(part.ctype.mimetype.as_str(), "text/html" | "application/xhtml+xml");
    let start = mail.ctype.params.get("start").map(|id| bare(id));
    let id = |part: &ParsedMail<'_>| part.headers.get_first_value("Content-ID").map(|id| bare(&id).to_owned());
    let said = mail.parts().filter(is_page).find(|part| start.is_some() && id(part).as_deref() == start);
    said.or_else(|| mail.parts().find(is_page))
}

/// All parts by the addresses under which the page asks for them; of several, the first.
fn parts<'a>(mail: &'a ParsedMail<'a>) -> HashMap<String, &'a ParsedMail<'a>> {
    let mut parts = HashMap::new();
    for part in mail.parts().filter(|part| part.subparts.is_empty()) {
        let id = part.headers.get_first_value("Content-ID");
        let id = id.and_then(|id| Url::parse(&format!("https://{HOST}/cid/{}", bare(&id))).ok());
        for address in location(part).as_ref().map(placed).into_iter().chain(id) {
            parts.entry(address.to_string()).or_insert(part);
        }
    }
    parts
}

fn location(part: &ParsedMail<'_>) -> Option<Url> {
    parsed(part.headers.get_first_value("Content-Location")?.trim())
}

/// An address as a part gives it. One that is relative stands beside the page (RFC 2557, 5).
fn parsed(address: &str) -> Option<Url> {
    Url::parse(address).or_else(|_| Url::parse(&format!("file:///{address}"))).ok()
}

/// An address of the web as it is; a file of somebody's machine below the host of what is carried.
fn placed(address: &Url) -> Url {
    if matches!(address.scheme(), "http" | "https") {
        return address.clone();
    }
    let path = address.path().trim_start_matches('/');
    let inside = if address.scheme() == "cid" { "cid" } else { "file" };
    Url::parse(&format!("https://{HOST}/{inside}/{path}")).unwrap_or_else(|_| address.clone())
}

fn bare(id: &str) -> &str {
    id.trim().trim_start_matches('<').trim_end_matches('>')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::shown;
    use domain::article::Kind;

    const GIF: &str = "R0lGODlhAQABAAAAACw=";

    fn file(head: &str, parts: &[(&str, &str)]) -> String {
        let parts: String = parts.iter().map(|(headers, body)| format!("--x\r\n{headers}\r\n\r\n{body}\r\n")).collect();
        format!("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"{head}\r\n\r\n{parts}--x--\r\n")
    }

    #[track_caller]
    fn check(file: &str, expected: &[&str], kept: usize) {
        assert!(is_mhtml(file.as_bytes()));
        let brought = Brought { bytes: file.as_bytes(), ..Brought::default() };
        let reading = read(&brought, &Limits::default()).unwrap();
        let found: Vec<_> = reading.pieces.iter().map(|piece| shown(&piece.block)).collect();
        assert_eq!(found, expected, "{file}");
        let has = |kind: &Kind| matches!(kind, Kind::Figure { kept: Some(_), .. });
        let figures = reading.pieces.iter().filter(|piece| has(&piece.block.kind)).count();
        assert_eq!((reading.pictures.len(), figures), (kept.min(1), kept));
    }

    #[test]
    fn a_page_is_read_with_its_pictures() {
        let gif =
            |location: &str| format!("Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n{location}");
        let words = "<p>R=C4=ABga =\r\nis.</p>";
        let html = |tail: &str| format!("{words}<figure><img src=3D\"{tail}\"><figcaption>b</figcaption></figure>");
        let page = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n";
        let rows = [
            ("https://a.lv/b/c", "Content-Location: https://a.lv/b/d.gif", "d.gif", "https://a.lv/b/d.gif"),
            ("https://a.lv/b/c", "Content-ID: <e@f>", "cid:e@f", ""),
            ("file:///C:/b/c.htm", "Content-Location: file:///C:/b/c_files/d.gif", "c_files/d.gif", ""),
            ("c.htm", "Content-Location: d.gif", "d.gif", ""),
            ("cid:frame@x", "Content-Location: cid:e@f", "cid:e@f", ""),
        ];
        for (at, location, asked, address) in rows {
            let location_of_page = format!("{page}Content-Location: {at}");
            let parts = [(location_of_page.as_str(), html(asked)), (&gif(location), GIF.to_owned())];
            let parts = parts.each_ref().map(|(headers, body)| (*headers, body.as_str()));
            check(&file("", &parts), &["p R\u{12b}ga is.", &format!("figure {address} () b")], 1);
        }
    }

    #[test]
    fn the_page_is_the_one_that_is_said_to_be() {
        let parts = [("Content-Type: text/html", "<p>a"), ("Content-Type: text/html\r\nContent-ID: <y>", "<p>b")];
        check(&file("", &parts), &["p a"], 0);
        check(&file("; start=\"<y>\"", &parts), &["p b"], 0);
        let latvian =
            [("Content-Type: text/html; charset=windows-1257\r\nContent-Transfer-Encoding: base64", "PHA+Uu5nYQ==")];
        check(&file("", &latvian), &["p R\u{12b}ga"], 0);
        let nested = [
            ("Content-Type: multipart/alternative; boundary=z", "--z\r\nContent-Type: text/html\r\n\r\n<p>a\r\n--z--"),
            ("Content-Type: text/html", "<p>b"),
        ];
        check(&file("", &nested), &["p a"], 0);
    }

    /// A file in which bytes are others, or which breaks off, is read or refused, and nothing else.
    #[test]
    fn broken_files_break_nothing() {
        let parts = [
            (
                "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable",
                "<p>R=C4=ABga<img src=3D\"cid:a\" alt=3Db>",
            ),
            ("Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <a>", GIF),
        ];
        let whole = file("", &parts).into_bytes();
        let mut seed = 1_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize
        };
        let mut read_well = 0;
        for round in 0..3_000 {
            let mut bytes = whole.clone();
            for _ in 0..1 + round % 4 {
                let at = next() % bytes.len();
                bytes[at] = next() as u8;
            }
            bytes.truncate(if round % 3 == 0 { next() % bytes.len() } else { bytes.len() });
            let found = read(&Brought { bytes: &bytes, ..Brought::default() }, &Limits::default());
            read_well += usize::from(found.is_ok());
        }
        assert!((1_000..2_900).contains(&read_well), "{read_well}");
    }

    #[test]
    fn what_is_no_page_is_refused() {
        let read = |file: &str, limits: &Limits| {
            read(&Brought { bytes: file.as_bytes(), ..Brought::default() }, limits).map(drop).unwrap_err().to_string()
        };
        let limits = Limits { max_file_bytes: 10_000_000, max_bytes: 1000, ..Limits::default() };
        let text = [("Content-Type: text/plain", "words")];
        let page = [("Content-Type: text/html", "words")];
        let bad = [("Content-Type: text/html\r\nContent-Transfer-Encoding: base64", "*")];
        let long = "word ".repeat(1000);
        let rows = [
            (file("", &text), "it is no MHTML file (a page is missing): bring it as what it is"),
            (file("", &page).replace("--x", "--y"), "it is no MHTML file (a page is missing): bring it as what it is"),
            (
                file("", &[("Content-Type: text/html", &long)]),
                "it has 5 KiB and an article may have 1000 bytes: bring the article's own text only",
            ),
            ("a\n".repeat(MAX_LINES + 1), "it is damaged (too many lines): save it or download it again"),
            ("\n--".repeat(MAX_PARTS + 1), "there are more than 100000 files in it: bring the text only"),
            (
                " ".repeat(10_000_001),
                "the file has 9.5 MiB and may have 9.5 MiB: make its pictures smaller, or bring the text only",
            ),
        ];
        for (file, message) in rows {
            assert_eq!(read(&file, &limits), message);
        }
        assert!(read(&file("", &bad), &limits).starts_with("it is damaged"));
        assert!(!is_mhtml(b"MIME-Version: 1.0\n\nmultipart/related"));
    }
}
