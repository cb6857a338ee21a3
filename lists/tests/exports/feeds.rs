//! Feeds of each kind, and pages that offer them.

use domain::article::ArticleAddress;
use lists::feed::{self, FeedError, MAX_FEED_BYTES, MAX_FEED_ENTRIES, MAX_FEED_LINKS};

fn base() -> ArticleAddress {
    ArticleAddress::parse("https://lsm.lv/feeds/all.xml").unwrap()
}

/// The feed in one line, then one for each entry.
fn lines(bytes: &[u8]) -> Vec<String> {
    let feed = feed::read(bytes, &base()).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)));
    let or = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let head = format!("{} | {} | {}", or(feed.title), or(feed.home.map(String::from)), or(feed.language));
    let entries = feed.entries.into_iter().map(|entry| {
        let at = entry.published.map(|at| at.format("%Y-%m-%dT%H:%M").to_string());
        let address = entry.address.map(String::from);
        [Some(entry.id), address, entry.title, entry.byline, entry.summary, at].map(or).join(" | ")
    });
    [head].into_iter().chain(entries).collect()
}

fn check(text: impl AsRef<[u8]>, expected: &[&str]) {
    let text = text.as_ref();
    assert_eq!(lines(text), expected, "{}", String::from_utf8_lossy(text));
}

#[test]
fn rss_is_read() {
    check(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Zi&#326;as &amp; co</title><link>https://lsm.lv/</link><language>lv</language>
<atom:link href="https://lsm.lv/feeds/all.xml" rel="self" type="application/rss+xml"/>
<item><guid isPermaLink="false">id-1</guid><link>/1?utm_source=rss</link><title><![CDATA[Bud&scaron;ets <b>ar</b> M&M]]></title>
  <dc:creator>Anna</dc:creator><description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;two &amp;amp; three&lt;/p&gt;</description>
  <pubDate>Tue, 14 Nov 2023 22:13:20 +0200</pubDate></item>
<item><guid>https://lsm.lv/2</guid><title>Two</title><content:encoded><![CDATA[<p>All of it</p>]]></content:encoded></item>
<item><link>https://lsm.lv/3</link><title>Three</title><pubDate>soon</pubDate></item>
<item><title>Four</title></item>
<item><description>nothing to know it by</description></item>
</channel></rss>"#,
        &[
            "Ziņas & co | https://lsm.lv/ | lv",
            "id-1 | https://lsm.lv/1?utm_source=rss | Budšets ar M&M | Anna | One two & three | 2023-11-14T20:13",
            "https://lsm.lv/2 | https://lsm.lv/2 | Two | - | All of it | -",
            "lsm.lv/3 | https://lsm.lv/3 | Three | - | - | -",
            "Four | - | Four | - | - | -",
        ],
    );
    // Versions that the parser does not know by name, and none at all.
    for version in ["version=\"0.91\"", "version=\"0.92\"", "version=\"0.94\"", "version='2.01'", ""] {
        let feed = format!(
            "\n <rss {version}><channel><title>A</title><link>https://lsm.lv/</link><description>d</description>\
             <item><title>One</title><link>https://lsm.lv/1</link></item></channel></rss>"
        );
        check(feed, &["A | https://lsm.lv/ | -", "lsm.lv/1 | https://lsm.lv/1 | One | - | - | -"]);
    }
    for space in ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"] {
        let feed = format!(
            "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"{space}\">\
             <channel rdf:about=\"x\"><title>A</title><link>https://lsm.lv/</link><description>d</description></channel>\
             <item rdf:about=\"y\"><title>One</title><link>https://lsm.lv/1</link></item></rdf:RDF>"
        );
        check(feed, &["A | https://lsm.lv/ | -", "lsm.lv/1 | https://lsm.lv/1 | One | - | - | -"]);
    }
}

#[test]
fn atom_is_read() {
    check(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="lv"><title type="html">A &amp;amp; B</title><id>f</id>
<link rel="self" href="https://lsm.lv/feeds/all.xml"/><link href="/"/><updated>2023-11-14T22:13:20Z</updated>
<entry><id>tag:1</id><title>One</title><link rel="enclosure" href="/1.mp3" type="audio/mpeg"/><link rel="alternate" href="/1"/>
  <author><name>Anna</name></author><author><name>Berta</name></author>
  <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <em>two</em></p></div></summary>
  <updated>2023-11-14T22:13:20+02:00</updated></entry>
<entry><id>tag:2</id><title>Two</title><content type="html">&lt;p&gt;All&lt;/p&gt;</content><published>2023-11-13T00:00:00Z</published><updated>2023-11-14T00:00:00Z</updated></entry>
</feed>"#,
        &[
            "A & B | https://lsm.lv/ | lv",
            "tag:1 | https://lsm.lv/1 | One | Anna, Berta | One two | 2023-11-14T20:13",
            "tag:2 | - | Two | - | All | 2023-11-13T00:00",
        ],
    );
    check(
        r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry><id>1</id><title>One</title>
           <link rel="alternate" type="text/html" href="https://lsm.lv/1"/></entry></feed>"#,
        &["Old | - | -", "1 | https://lsm.lv/1 | One | - | - | -"],
    );
}

#[test]
fn a_json_feed_is_read() {
    check(
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "A", "home_page_url": "https://lsm.lv/", "feed_url": "https://lsm.lv/feeds/all.xml",
            "language": "lv", "authors": [{"name": "Anna"}], "items": [
            {"id": "1", "url": "https://lsm.lv/1", "title": "One", "content_html": "<p>Words</p>", "date_published": "2023-11-14T22:13:20+02:00"},
            {"id": "https://lsm.lv/2", "content_text": "Only text"}]}"#,
        &[
            "A | https://lsm.lv/ | lv",
            "1 | https://lsm.lv/1 | One | Anna | Words | 2023-11-14T20:13",
            "https://lsm.lv/2 | https://lsm.lv/2 | - | Anna | Only text | -",
        ],
    );
}

#[test]
fn a_feed_in_another_encoding_is_read() {
    let feed = |encoding: &str, title: &[u8]| {
        let head = format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?><rss version=\"2.0\"><channel><title>");
        [head.as_bytes(), title, b"</title></channel></rss>"].concat()
    };
    check(feed("windows-1257", b"R\xeega"), &["Rīga | - | -"]);
    check(feed("windows-1251", b"\xd0\xe8\xe3\xe0"), &["Рига | - | -"]);
    check(feed("utf-8", "Rīga".as_bytes()), &["Rīga | - | -"]);
}

#[test]
fn entities_do_not_grow() {
    let mut bomb = String::from("<!DOCTYPE rss [<!ENTITY a0 \"aaaaaaaaaa\">");
    for level in 1..12 {
        bomb += &format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
    }
    bomb += "<!ENTITY file SYSTEM \"file:///etc/passwd\">";
    bomb += "]><rss version=\"2.0\"><channel><title>&a11; &file;</title></channel></rss>";
    check(bomb, &["&a11; &file; | - | -"]);
}

#[test]
fn a_feed_is_bounded() {
    let items: String = (0..MAX_FEED_ENTRIES + 5)
        .map(|number| {
            format!(
                "<item><guid>{number}</guid><pubDate>2023-11-14T22:{:02}:{:02}Z</pubDate></item>",
                number / 60,
                number % 60
            )
        })
        .collect();
    let feed =
        feed::read(format!("<rss version=\"2.0\"><channel>{items}</channel></rss>").as_bytes(), &base()).unwrap();
    assert_eq!(feed.entries.len(), MAX_FEED_ENTRIES);
    assert_eq!(feed.entries[0].id, (MAX_FEED_ENTRIES + 4).to_string(), "the newest are kept");

    let deep = format!("<rss version=\"2.0\"><channel>{}", "<a>".repeat(100_000));
    assert!(matches!(feed::read(deep.as_bytes(), &base()), Err(FeedError::Damaged { .. })));
    let large = vec![b' '; MAX_FEED_BYTES + 1];
    assert_eq!(feed::read(&large, &base()), Err(FeedError::TooLarge { bytes: MAX_FEED_BYTES + 1 }));
}

#[test]
fn what_is_no_feed_is_refused() {
    for text in [
        "",
        "words",
        "<html><head><title>A page</title></head><body><p>x</body></html>",
        "<!doctype html><title>A",
        "{}",
        "{\"version\": \"7\", \"title\": \"A\", \"items\": []}",
        "[1]",
        "\u{0}\u{1}",
    ] {
        assert_eq!(feed::read(text.as_bytes(), &base()), Err(FeedError::NotAFeed), "{text:?}");
    }
    for text in ["<rss version=\"2.0\"><channel><title>A", "{\"version\": \"https://jsonfeed.org/version/1\", "] {
        let error = feed::read(text.as_bytes(), &base());
        assert!(matches!(error, Err(FeedError::Damaged { .. })), "{text:?}: {error:?}");
    }
}

#[test]
fn the_feeds_of_a_page_are_found() {
    let page = ArticleAddress::parse("https://lsm.lv/raksti/1").unwrap();
    let rows: &[(&str, &[(&str, &str)])] = &[
        (
            r#"<html><head><link rel="alternate" type="application/rss+xml" title="Zi&#326;as" href="/rss.xml">
               <LINK TYPE='application/atom+xml; charset=utf-8' REL='Alternate home' HREF='atom.xml?a=1&amp;b=2'/>
               <link rel=alternate type=application/feed+json href=https://other.lv/feed.json>
               <link rel="alternate" type="application/rss+xml" href="/rss.xml">
               <link rel="alternate" hreflang="ru" href="https://rus.lsm.lv/1">
               <link rel="stylesheet" type="text/css" href="a.css">
               <link rel="alternate" type="application/rss+xml" href="javascript:x">
               <link rel="alternate" type="application/rss+xml">
               <script>"<link rel='alternate' type='application/rss+xml' href='/script.xml'>"</script>
               <!-- <link rel="alternate" type="application/rss+xml" href="/comment.xml"> -->"#,
            &[
                ("https://lsm.lv/rss.xml", "Ziņas"),
                ("https://lsm.lv/raksti/atom.xml?a=1&b=2", ""),
                ("https://other.lv/feed.json", ""),
            ],
        ),
        (
            r#"<base href="//cdn.lv/x/"><base href="/y/"><link rel="alternate" type="application/rss+xml" href="a.xml">"#,
            &[("https://cdn.lv/x/a.xml", "")],
        ),
        ("", &[]),
        ("<link rel=\"alternate\" type=\"application/rss+xml\" href=\"a", &[]),
    ];
    for (html, expected) in rows {
        let found = feed::links(html, &page);
        let found: Vec<(&str, &str)> =
            found.iter().map(|link| (link.address.as_str(), link.title.as_deref().unwrap_or_default())).collect();
        assert_eq!(found, *expected, "{html}");
    }
    let many: String =
        (0..50).map(|number| format!("<link rel=alternate type=application/rss+xml href=/{number}>")).collect();
    assert_eq!(feed::links(&many, &page).len(), MAX_FEED_LINKS);
}
