//! Texts in the encodings of the last forty years.

use super::*;

const LATVIAN: &str = "Rīgas dome otrdien lēma par tilta remontu. Iedzīvotāji jautā, kāpēc tas ilgst tik ilgi, \
                       un vēlas redzēt visus dokumentus, šķiet, jau šonedēļ. Žēl, ka atbildes vēl nav.";
const RUSSIAN: &str = "Городской совет во вторник решил отремонтировать мост. Жители спрашивают, почему это длится \
                       так долго, и хотят увидеть все документы.";
const JAPANESE: &str =
    "市議会は火曜日に橋を修理することを決めました。住民はなぜこんなに時間がかかるのかと尋ねています。";

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, replaced) = encoding.encode(text);
    assert!(!replaced, "{text} in {}", encoding.name());
    bytes.into_owned()
}

fn utf16(text: &str, write: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(write).collect()
}

fn said(encoding: &str, said: Option<&str>, replaced: u32) -> Option<Notice> {
    Some(Notice::Decoded { encoding: encoding.to_owned(), said: said.map(str::to_owned), replaced })
}

#[track_caller]
fn check(bytes: &[u8], known: &Known<'_>, text: &str, notice: Option<Notice>) {
    let found = decode(bytes, known, 1024).unwrap();
    assert_eq!((&*found.text, found.notice), (text, notice));
}

#[test]
fn what_is_no_text_is_refused() {
    let rows: [(&[u8], ImportError); 6] = [
        (b"", ImportError::Empty),
        (b"\xef\xbb\xbf", ImportError::Empty),
        (b" \r\n\t \xc2\xa0", ImportError::Empty),
        (b"123456789", ImportError::TooLarge { bytes: 9, limit: 8 }),
        (b"ab\0c", ImportError::ContainsNul { byte: 2 }),
        (b"\xfe\xff\0a\0\0", ImportError::ContainsNul { byte: 4 }),
    ];
    for (bytes, expected) in rows {
        assert_eq!(decode(bytes, &Known::default(), 8), Err(expected), "{bytes:?}");
    }
}

#[test]
fn utf8_needs_no_words() {
    let none = Known::default();
    check(b"words", &none, "words", None);
    check(b"\xef\xbb\xbfwords", &none, "words", None);
    check("R\u{fffd}ga".as_bytes(), &none, "R\u{fffd}ga", None);
    check(b"\xc4\x81\xc4\x93\xc4\xab \xe2\x82", &none, "āēī \u{fffd}", said("UTF-8", None, 1));
    check(b"Riga \xe2\x82", &none, "Riga \u{fffd}", said("UTF-8", None, 1));
    let page = "<meta charset=windows-1257><p>Rīga";
    check(page.as_bytes(), &none, page, None);
    let file = Known { file_name: Some("a.html"), ..none };
    check(page.as_bytes(), &file, page, said("UTF-8", Some("windows-1257"), 0));
}

#[test]
fn the_encoding_that_is_said_is_taken() {
    let page = format!("<html><meta charset=windows-1257><p>{LATVIAN}");
    check(&encoded(&page, encoding_rs::WINDOWS_1257), &Known::default(), &page, None);
    let known = Known { media_type: Some("text/plain; charset=koi8-r"), ..Known::default() };
    check(&encoded(RUSSIAN, encoding_rs::KOI8_R), &known, RUSSIAN, None);
    // The server's word stands before the page's.
    let page = format!("<html><meta charset=windows-1257><p>{RUSSIAN}");
    let known = Known { media_type: Some("text/html; charset=windows-1251"), ..Known::default() };
    check(&encoded(&page, encoding_rs::WINDOWS_1251), &known, &page, None);
}

#[test]
fn utf16_is_read_with_and_without_its_mark() {
    for text in ["Words, and more.", LATVIAN, RUSSIAN] {
        let (little, big) = (utf16(text, u16::to_le_bytes), utf16(text, u16::to_be_bytes));
        check(&[b"\xff\xfe", little.as_slice()].concat(), &Known::default(), text, None);
        check(&[b"\xfe\xff", big.as_slice()].concat(), &Known::default(), text, None);
        check(&little, &Known::default(), text, said("UTF-16LE", None, 0));
        check(&big, &Known::default(), text, said("UTF-16BE", None, 0));
    }
    check(b"\xff\xfea\0\x00\xd8b\0", &Known::default(), "a\u{fffd}b", said("UTF-16LE", Some("UTF-16LE"), 1));
}

#[test]
fn the_encoding_that_nobody_says_is_found_out() {
    let rows = [
        (LATVIAN, encoding_rs::WINDOWS_1257, "windows-1257"),
        (RUSSIAN, encoding_rs::WINDOWS_1251, "windows-1251"),
        (RUSSIAN, encoding_rs::KOI8_U, "KOI8-U"),
        (JAPANESE, encoding_rs::SHIFT_JIS, "Shift_JIS"),
        (JAPANESE, encoding_rs::EUC_JP, "EUC-JP"),
    ];
    for (text, encoding, name) in rows {
        check(&encoded(text, encoding), &Known::default(), text, said(name, None, 0));
    }
    // A short text is known by the site that it is from.
    let known = Known { country: Some("lv"), ..Known::default() };
    check(b"\xcf\xe7nijs br\xeevdien\xe2 dev\xe2s", &known, "Ļēnijs brīvdienā devās", said("windows-1257", None, 0));
}

#[test]
fn a_wrong_word_is_not_believed() {
    let latvian = encoded(LATVIAN, encoding_rs::WINDOWS_1257);
    let known = Known { media_type: Some("text/plain; charset=utf-8"), ..Known::default() };
    check(&latvian, &known, LATVIAN, said("windows-1257", Some("UTF-8"), 0));
    let known = Known { media_type: Some("text/plain; charset=shift_jis"), ..Known::default() };
    check(LATVIAN.as_bytes(), &known, LATVIAN, said("UTF-8", Some("Shift_JIS"), 0));
    let broken = [LATVIAN.as_bytes(), b" \xff!"].concat();
    check(&broken, &known, &format!("{LATVIAN} \u{fffd}!"), said("UTF-8", Some("Shift_JIS"), 1));
}
