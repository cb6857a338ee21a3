//! The table of addresses and keys: each row is one that people meet.

use super::*;
use proptest::prelude::*;

fn address(text: &str) -> ArticleAddress {
    ArticleAddress::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn an_address_is_read() {
    let rows = [
        ("https://www.lsm.lv/raksts/1", "https://www.lsm.lv/raksts/1"),
        ("  HTTP://LSM.LV:80  ", "http://lsm.lv/"),
        ("https://lsm.lv:443/a", "https://lsm.lv/a"),
        ("https://lsm.lv:8443/a", "https://lsm.lv:8443/a"),
        ("lsm.lv/raksts/1", "https://lsm.lv/raksts/1"),
        ("//lsm.lv/raksts/1", "https://lsm.lv/raksts/1"),
        ("lsm.lv:8080/a", "https://lsm.lv:8080/a"),
        ("LSM.lv/a:b?c=d:e", "https://lsm.lv/a:b?c=d:e"),
        ("https://anna:secret@lsm.lv/a", "https://lsm.lv/a"),
        ("https://lsm.lv/a#top", "https://lsm.lv/a"),
        ("https://lsm.lv/a#:~:text=budžets", "https://lsm.lv/a"),
        ("https://lsm.lv/#!/raksts/1", "https://lsm.lv/#!/raksts/1"),
        ("https://lsm.lv/#/raksts/1", "https://lsm.lv/#/raksts/1"),
        ("https://lsm.lv/#!", "https://lsm.lv/"),
        ("https://lsm.lv/a/../b/./c", "https://lsm.lv/b/c"),
        ("https://ķekava.lv/ziņas", "https://xn--ekava-n5a.lv/zi%C5%86as"),
        ("ķekava.lv", "https://xn--ekava-n5a.lv/"),
        ("http://127.0.0.1:4000/a", "http://127.0.0.1:4000/a"),
        ("http://localhost:4000/a", "http://localhost:4000/a"),
        ("http://[::1]:4000/a", "http://[::1]:4000/a"),
        ("https://lsm.lv/a\"<b>'", "https://lsm.lv/a%22%3Cb%3E'"),
    ];
    for (text, expected) in rows {
        let read = address(text);
        assert_eq!(read.as_str(), expected, "{text}");
        assert_eq!(read.web().as_str(), expected, "{text}");
        assert_eq!(serde_json::from_value::<ArticleAddress>(serde_json::json!(expected)).unwrap(), read);
    }
}

#[test]
fn what_is_no_address_is_refused() {
    let scheme = |scheme: &str| BadAddress::Scheme { scheme: scheme.to_owned() };
    let rows = [
        ("", BadAddress::Empty),
        (" \n", BadAddress::Empty),
        ("ftp://lsm.lv/a", scheme("ftp")),
        ("JavaScript:alert(1)", scheme("javascript")),
        ("mailto:anna@example.org", scheme("mailto")),
        ("data:text/html,x", scheme("data")),
        ("chrome-extension://abc/x", scheme("chrome-extension")),
        ("file:///etc/passwd", scheme("file")),
        ("budžets", BadAddress::NotAnAddress),
        ("lsm.lv and more", BadAddress::NotAnAddress),
        ("https://lsm.lv/a b", BadAddress::NotAnAddress),
        ("https://lsm.lv/a\u{0}b", BadAddress::NotAnAddress),
        ("anna@example.org", BadAddress::NotAnAddress),
        ("/raksts/1", BadAddress::NotAnAddress),
        ("3.14", BadAddress::NotAnAddress),
        ("127.0.0.1/a", BadAddress::NotAnAddress),
        ("localhost:4000", BadAddress::NotAnAddress),
        ("a.b", BadAddress::NotAnAddress),
        ("https://", BadAddress::NotAnAddress),
        ("http://./", BadAddress::NotAnAddress),
        ("https://a.b:99999/", BadAddress::NotAnAddress),
        ("https://exa mple.org", BadAddress::NotAnAddress),
    ];
    for (text, expected) in rows {
        assert_eq!(ArticleAddress::parse(text), Err(expected), "{text:?}");
    }
    let long = |count: usize| format!("https://lsm.lv/{}", "a".repeat(count));
    assert!(ArticleAddress::parse(&long(MAX_ADDRESS_BYTES - 15)).is_ok());
    assert_eq!(
        ArticleAddress::parse(&long(MAX_ADDRESS_BYTES - 14)),
        Err(BadAddress::TooLong { bytes: MAX_ADDRESS_BYTES + 1 })
    );
    // The standard writes each of these letters with six characters.
    let escaped = ArticleAddress::parse(&format!("https://lsm.lv/{}", "ā".repeat(1000)));
    assert_eq!(escaped, Err(BadAddress::TooLong { bytes: 6015 }));
}

#[test]
fn a_host_has_no_port() {
    let rows = [("https://Rus.LSM.lv:8443/a", "rus.lsm.lv"), ("http://[::1]:80/", "[::1]"), ("lsm.lv?a", "lsm.lv")];
    for (text, host) in rows {
        assert_eq!(address(text).host(), host, "{text}");
    }
}

#[test]
fn a_link_is_joined_to_its_page() {
    let page = address("https://lsm.lv/raksti/1?a=b");
    let rows = [
        ("2", Some("https://lsm.lv/raksti/2")),
        (" /feed.xml ", Some("https://lsm.lv/feed.xml")),
        ("//delfi.lv/a", Some("https://delfi.lv/a")),
        ("http://delfi.lv/a b#c", Some("http://delfi.lv/a%20b")),
        ("", Some("https://lsm.lv/raksti/1?a=b")),
        ("javascript:x", None),
        ("mailto:a@b.lv", None),
        ("http://", None),
    ];
    for (href, expected) in rows {
        assert_eq!(page.join(href).ok().as_ref().map(ArticleAddress::as_str), expected, "{href:?}");
    }
}

#[test]
fn one_article_has_one_key() {
    let rows: &[(&str, &[&str])] = &[
        (
            "lsm.lv/raksts/1",
            &[
                "https://lsm.lv/raksts/1",
                "http://lsm.lv/raksts/1",
                "https://www.lsm.lv/raksts/1/",
                "https://LSM.lv.:443/raksts/1//",
                "http://m.lsm.lv:80/raksts/1",
                "https://mobile.lsm.lv/raksts/1",
                "https://amp.lsm.lv/raksts/1",
                "https://www.m.lsm.lv/raksts/1?",
                "https://lsm.lv/raksts/1#comments",
                "https://lsm.lv/raksts/1/amp",
                "https://lsm.lv/raksts/1/amp/",
                "https://lsm.lv/raksts/1.amp",
                "https://lsm.lv/raksts/1?amp",
                "https://lsm.lv/raksts/1?amp=1",
                "https://lsm.lv/raksts/1?outputType=amp",
                "https://lsm-lv.cdn.ampproject.org/c/s/lsm.lv/raksts/1",
                "https://lsm-lv.cdn.ampproject.org/v/s/www.lsm.lv/raksts/1/amp?amp_js_v=0.1&usqp=mq331AQ",
                "https://cdn.ampproject.org/c/lsm.lv/raksts/1",
                "https://www.google.com/amp/s/www.lsm.lv/raksts/1",
                "https://google.co.uk/amp/s/lsm.lv/raksts/1/amp",
                "https://www.google.lv/amp/lsm.lv/raksts/1",
                "https://www.bing.com/amp/s/lsm.lv/raksts/1",
                "https://lsm-lv.bing-amp.com/c/s/lsm.lv/raksts/1",
                "https://lsm.lv/raksts/1?utm_source=rss&utm_medium=feed&UTM_Campaign=x",
                "https://lsm.lv/raksts/1?fbclid=IwAR0&gclid=a&dclid=b&msclkid=c&yclid=d&igshid=e",
                "https://lsm.lv/raksts/1?mc_cid=1&mc_eid=2&_ga=3&ref_src=twsrc%5Etfw&at_medium=social&cmpid=4",
                "https://lsm.lv/raksts/1?ref=twitter",
                "https://lsm.lv/raksts/1?ref=newsletter.example.org",
                "https://lsm.lv/raksts/1?&&=",
                "https://lsm.lv/%72aksts/%31",
                "https://lsm.lv/x/../raksts/1",
            ],
        ),
        ("lsm.lv", &["lsm.lv", "http://www.lsm.lv/", "https://lsm.lv/?utm_source=x", "https://lsm.lv/#top"]),
        (
            "lsm.lv?a=1&b=2",
            &["https://lsm.lv/?b=2&a=1", "https://lsm.lv?a=1&utm_term=c&b=2", "https://lsm.lv/?a=%31&b=2&"],
        ),
        ("lsm.lv?a=2&a=1&b", &["https://lsm.lv/?b&a=2&a=1", "https://lsm.lv/?a=2&b=&a=1"]),
        ("lsm.lv?q=a%20b", &["https://lsm.lv/?q=a+b", "https://lsm.lv/?q=a%20b"]),
        ("lsm.lv?q=a%2Bb%2Fc", &["https://lsm.lv/?q=a%2bb/c", "https://lsm.lv/?q=a%2Bb%2Fc"]),
        ("lsm.lv/a%2Fb", &["https://lsm.lv/a%2fb", "https://lsm.lv/a%2Fb"]),
        ("lsm.lv/zi%C5%86as(1)", &["https://lsm.lv/ziņas(1)", "https://lsm.lv/zi%c5%86as%281%29"]),
        ("lsm.lv/100%25", &["https://lsm.lv/100%", "https://lsm.lv/100%25"]),
        ("lsm.lv/a%7Cb", &["https://lsm.lv/a|b", "https://lsm.lv/a%7cb"]),
        ("xn--ekava-n5a.lv/a", &["https://ķekava.lv/a", "http://www.ĶEKAVA.lv/a"]),
        ("lsm.lv:8443/a", &["https://lsm.lv:8443/a", "http://m.lsm.lv:8443/a/"]),
        ("lsm.lv#!/raksts/1", &["https://lsm.lv/#!/raksts/1", "https://www.lsm.lv#!/raksts/%31"]),
        (
            "lv.wikipedia.org/wiki/R%C4%ABga",
            &["https://lv.m.wikipedia.org/wiki/Rīga", "lv.wikipedia.org/wiki/R%C4%ABga"],
        ),
        ("lsm.lv/stasts.html", &["https://lsm.lv/stasts.amp.html", "https://lsm.lv/stasts.html"]),
        ("lsm.lv/2026/11/stasts", &["https://lsm.lv/amp/2026/11/stasts", "https://amp.lsm.lv/2026/11/stasts/amp/amp"]),
        ("[::1]:4000/a", &["http://[::1]:4000/a"]),
        ("127.0.0.1/a", &["http://127.0.0.1/a"]),
    ];
    for (key, texts) in rows {
        for text in *texts {
            assert_eq!(address(text).key().as_str(), *key, "{text}");
        }
        assert_eq!(key.parse::<AddressKey>().unwrap().to_string(), *key);
        assert_eq!(serde_json::to_value(address(texts[0]).key()).unwrap(), *key);
    }
}

#[test]
fn two_articles_have_two_keys() {
    let rows = [
        ("https://lsm.lv/?id=1", "https://lsm.lv/?id=2"),
        ("https://lsm.lv/?p=1", "https://lsm.lv/"),
        ("https://lsm.lv/?story=1", "https://lsm.lv/?story=2"),
        ("https://lsm.lv/?cid=1", "https://lsm.lv/?cid=2"),
        ("https://lsm.lv/?page=2", "https://lsm.lv/"),
        ("https://lsm.lv/?lang=lv", "https://lsm.lv/?lang=ru"),
        ("https://lsm.lv/?a=1&a=2", "https://lsm.lv/?a=2&a=1"),
        ("https://lsm.lv/?a=b%26c", "https://lsm.lv/?a=b&c"),
        ("https://lsm.lv/?a=%E2", "https://lsm.lv/?a=%E3"),
        ("https://lsm.lv/?ref=main", "https://lsm.lv/?ref=v1.2"),
        ("https://lsm.lv/?amp=guitar", "https://lsm.lv/"),
        ("https://lsm.lv/A", "https://lsm.lv/a"),
        ("https://lsm.lv/a;b=1", "https://lsm.lv/a%3Bb=1"),
        ("https://lsm.lv/a", "https://lsm.lv/a.html"),
        ("https://lsm.lv/amp", "https://lsm.lv/"),
        ("https://lsm.lv/amp/guitars", "https://lsm.lv/guitars"),
        ("https://lsm.lv/..amp", "https://lsm.lv/"),
        ("https://lsm.lv/camp", "https://lsm.lv/c"),
        ("https://rus.lsm.lv/a", "https://lsm.lv/a"),
        ("https://m.lv/a", "https://www.lv/a"),
        ("https://m.co.uk/a", "https://amp.co.uk/a"),
        ("https://lsm.lv:8443/a", "https://lsm.lv/a"),
        ("https://lsm.lv/#!/a", "https://lsm.lv/#!/b"),
        ("https://lsm.lv/#/a", "https://lsm.lv/"),
        ("https://www.google.com/amp/s/lsm.lv/a", "https://www.google.com/amp/s/delfi.lv/a"),
        ("https://google.evil.com/amp/s/lsm.lv/a", "https://lsm.lv/a"),
        ("https://www.google.com/amp/", "https://www.google.com/"),
        ("https://x.cdn.ampproject.org/i/s/lsm.lv/a.jpg", "https://lsm.lv/a.jpg"),
    ];
    for (one, other) in rows {
        assert_ne!(address(one).key(), address(other).key(), "{one} {other}");
    }
}

#[test]
fn only_visible_ascii_is_a_key() {
    for (text, good) in
        [("lsm.lv/a?b#!c", true), ("", false), ("lsm.lv/a b", false), ("ķekava.lv", false), ("a\n", false)]
    {
        assert_eq!(text.parse::<AddressKey>().is_ok(), good, "{text:?}");
    }
}

#[test]
fn a_page_speaks_for_its_own_site() {
    let rows = [
        ("https://lsm.lv/a?id=1", "https://lsm.lv/b", true),
        ("https://m.lsm.lv/a", "https://www.lsm.lv/a", true),
        ("https://amp.lsm.lv/a", "http://lsm.lv/a", true),
        ("https://lsm.lv/a", "https://rus.lsm.lv/a", true),
        ("https://rus.lsm.lv/a", "https://lsm.lv/a", true),
        ("https://lsm.lv/a", "https://lsm.lv/?p=1", true),
        ("https://lsm.lv/", "https://www.lsm.lv/", true),
        ("https://lsm.lv/?utm_source=x", "https://www.lsm.lv/", true),
        ("https://lsm.lv:8443/a", "https://lsm.lv:8443/b", true),
        ("https://lsm-lv.cdn.ampproject.org/c/s/lsm.lv/a", "https://www.lsm.lv/a", true),
        ("https://www.google.com/amp/s/amp.lsm.lv/a", "https://lsm.lv/a", true),
        ("http://127.0.0.1:4000/a", "http://127.0.0.1:4000/b", true),
        ("https://lsm.lv/a", "https://lsm.lv/", false),
        ("https://lsm.lv/a", "https://www.lsm.lv/?utm_source=x", false),
        ("https://lsm.lv/a", "https://delfi.lv/a", false),
        ("https://rus.lsm.lv/a", "https://replay.lsm.lv/a", false),
        ("https://lsm.lv/a", "https://notlsm.lv/a", false),
        ("https://lsm.lv/a", "https://lsm.lv.evil.com/a", false),
        ("https://lsm.lv/a", "https://lsm.lv:8443/a", false),
        ("https://a.co.uk/a", "https://co.uk/a", false),
        ("https://lsm.lv/a", "https://lv/a", false),
        ("http://127.0.0.1/a", "http://0.0.0.1/a", false),
        ("https://lsm-lv.cdn.ampproject.org/c/s/lsm.lv/a", "https://delfi.lv/a", false),
        ("https://google.com/search", "https://google.com/amp/s/lsm.lv/a", false),
    ];
    for (page, canonical, trusted) in rows {
        assert_eq!(address(page).trusted_canonical(&address(canonical)), trusted, "{page} {canonical}");
    }
}

proptest! {
    #[test]
    fn an_address_made_of_a_key_has_this_key(
        host in "(www\\.|m\\.|lv\\.m\\.)?[a-z]{1,4}\\.(lv|com|co\\.uk)(:81)?",
        path in "(/[a-z0-9%'();|ā.]{0,5}){1,3}(/amp|\\.amp|\\.amp\\.html)?/?",
        query in "(\\?[a-z%=&+ā/2]{0,12})?",
    ) {
        let key = address(&format!("https://{host}{path}{query}")).key();
        prop_assert_eq!(address(&format!("https://{key}")).key(), key);
    }

    #[test]
    fn any_words_are_an_address_or_are_not(text in "(https?:/?/?)?\\PC{0,40}") {
        if let Ok(read) = ArticleAddress::parse(&text) {
            prop_assert!(read.key().as_str().parse::<AddressKey>().is_ok(), "{read}");
            prop_assert_eq!(ArticleAddress::parse(read.as_str()), Ok(read));
        }
    }
}
