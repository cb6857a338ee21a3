//! Whatever comes, there is a clear error or a clean article, in time that grows with its size and no faster.
#![allow(clippy::unwrap_used)]
// How long something takes is what these tests are about.
#![allow(clippy::disallowed_methods)]

use domain::article::{Draft, Kind, Layout, OriginForm, Run};
use import::{Brought, DEFAULT_MAX_ARTICLE_BYTES, ImportError, Limits, draft, note_blocks};
use std::time::{Duration, Instant};

fn read(bytes: &[u8], form: Option<OriginForm>) -> Result<Draft, ImportError> {
    draft(&Brought { bytes, form, ..Brought::default() }, &Limits::default()).map(|(draft, _)| draft)
}

/// What is said of a file without words.
const NO_TEXT: &str = "there is no text in it: bring the words of an article, its page, or a file that has words in it";

#[test]
fn what_cannot_be_taken_says_why() {
    let large = vec![b'a'; 20_000_000];
    let rows: [(&[u8], &str); 11] = [
        (b"", NO_TEXT),
        (b" \n\t\r\n\xc2\xa0", NO_TEXT),
        (b"\xef\xbb\xbf\n", NO_TEXT),
        (b"<html><body><script>alert(1)</script></body></html>", NO_TEXT),
        (b"<p hidden>x</p><!-- y --><style>z</style>", NO_TEXT),
        (b"---\n\n***", NO_TEXT),
        (&large, "it has 19.1 MiB and an article may have 5.0 MiB: bring the article's own text only"),
        (
            b"\xff\xfea\0\0\0b\0",
            "it looks like a binary file (a zero at byte 4): bring a text, a page, or an EPUB, Word or PDF file",
        ),
        (b"\xff\xfe \0\n\0", NO_TEXT),
        (b"a\0b", "it looks like a binary file (a zero at byte 1): bring a text, a page, or an EPUB, Word or PDF file"),
        (
            b"\x7fELF\x02\0",
            "it looks like a binary file (a zero at byte 5): bring a text, a page, or an EPUB, Word or PDF file",
        ),
    ];
    for (bytes, message) in rows {
        assert_eq!(read(bytes, None).unwrap_err().to_string(), message);
    }
    let many = "a\n\n".repeat(20_001);
    assert!(matches!(read(many.as_bytes(), None), Err(ImportError::TooManyBlocks { blocks: 20_001, limit: 20_000 })));
    let tags = "<i></i>".repeat(300_000);
    assert_eq!(read(tags.as_bytes(), None), Err(ImportError::TooManyTags));
}

/// Shapes that have made parsers slow, deep or large. The time is a ceiling for a slow machine without optimisation,
/// which anything quadratic exceeds many times over.
#[test]
fn nothing_is_slow_or_deep() {
    use OriginForm::{Html, Markdown, Text};
    let n = 100_000;
    let nested = |open: &str, close: &str| format!("{}word{}", open.repeat(n), close.repeat(n));
    let rows = [
        (Text, "word ".repeat(40_000)),
        (Text, "a".repeat(200_000)),
        (Text, "|a|b|\n|c|\n".repeat(n)),
        (Text, "A Head: b. ".repeat(n)),
        (Text, format!("Parts:\n{}", "A Long Head: b. Other Long Head: C\n".repeat(2_000))),
        (Text, "http://".repeat(n)),
        (Text, format!("http://{}", "))))".repeat(n))),
        (Text, "a,b.C;d:E!F?g".repeat(n / 4)),
        (Text, "1. a\n".repeat(15_000)),
        (Text, nested(">", "")),
        (Text, format!("{}{}\n\n{}", "a\n\n".repeat(n), "word ".repeat(40), "# a\n".repeat(n))),
        (Html, nested("<div>", "")),
        (Html, nested("<div>", "</div>")),
        (Html, nested("<span>", "</span>")),
        (Html, nested("<b>", "")),
        (Html, nested("<ul><li>", "")),
        (Html, nested("<table><tr><td>", "")),
        (Html, nested("<blockquote>", "")),
        (Html, nested("<svg>", "")),
        (Html, nested("<svg><td>", "")),
        (Html, nested("<template>", "word")),
        (Html, nested("<form><div></form>", "")),
        (Html, nested("<span><object></span>", "")),
        (Html, nested("<legend><div></legend>", "")),
        (Html, nested("<a href=https://a.lv><i>", "")),
        (Html, nested("<ruby><rt>", "")),
        (Html, format!("<p {}>word", "a=1 ".repeat(n))),
        (Html, format!("word {}", "<a ".repeat(n))),
        (Html, format!("word {}", "<!--".repeat(n))),
        (Html, format!("word {}", "</".repeat(n))),
        (Html, format!("word {}", "&".repeat(n))),
        (Html, format!("word {}", "<title>".repeat(n))),
        (Html, format!("<table>{}</table>word", "x<tr>".repeat(n / 4))),
        (Html, format!("<p title=x>{}<a href='/?{}'>b</a>", "a & b ".repeat(n), "&".repeat(n))),
        (Html, format!("<h1>{}</h1><title>{}</title>", "&".repeat(n), "&amp;".repeat(n))),
        (Html, format!("<div class='{}'><p>word", "comment ".repeat(n))),
        (Html, format!("<meta name=author content='{}'>{}", "a, ".repeat(n), "<p class=author>a".repeat(10_000))),
        (Html, format!("<script type=application/ld+json>{}</script>word", "[{\"@graph\":".repeat(n / 10))),
        (Html, format!("<div><p>{}", "<div><p>a, word, and more of them.</div>".repeat(15_000))),
        (Html, format!("<img srcset='{}'>word", "a 1w,".repeat(n))),
        (Markdown, nested("> ", "")),
        (Markdown, nested("[", "](a)")),
        (Markdown, nested("*", "*")),
        (Markdown, nested("`", "")),
        (Markdown, nested("![", "](a)")),
        (Markdown, nested("<a ", "")),
        (Markdown, nested("- ", "")),
        (Markdown, "a|b\n-|-\n".repeat(5_000)),
    ];
    for (form, text) in rows {
        let begun = Instant::now();
        let read = read(text.as_bytes(), Some(form));
        let (took, head) = (begun.elapsed(), &text[..60.min(text.len())]);
        if took > Duration::from_millis(300) {
            eprintln!("{took:?} for {form:?} {head:?}");
        }
        assert!(took < Duration::from_secs(10), "{took:?} for {form:?} {head:?}");
        match read {
            Ok(draft) => drop(draft),
            Err(ImportError::TooManyBlocks { .. } | ImportError::TooManyTags | ImportError::Empty) => {}
            Err(error) => panic!("{error} for {form:?} {head:?}"),
        }
    }
}

#[test]
fn words_in_the_depth_are_kept() {
    for (open, close) in [("<div>", "</div>"), ("<div>", ""), ("<ul><li>", ""), ("<b>", "</b>"), ("<blockquote>", "")] {
        let html = format!("{}word{}<p>end</p>", open.repeat(10_000), close.repeat(10_000));
        let draft = read(html.as_bytes(), Some(OriginForm::Html)).unwrap();
        let words: Vec<_> = Layout::of(&draft.blocks).text().split_whitespace().map(str::to_owned).collect();
        assert_eq!(words, ["word", "end"], "{open}");
    }
}

#[test]
fn five_megabytes_are_read() {
    let sentence = "The council of Saltmere met on Tuesday,and it spoke about the bridge. ";
    let text = format!("{}\n\n", sentence.repeat(8)).repeat(DEFAULT_MAX_ARTICLE_BYTES / (sentence.len() * 8 + 2));
    let begun = Instant::now();
    let draft = read(text.as_bytes(), None).unwrap();
    eprintln!("{} bytes of text in {:?}", text.len(), begun.elapsed());
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert!(draft.blocks.len() > 9_000);
}

#[test]
fn no_address_that_a_browser_runs_comes_out() {
    let rows = [
        "<a href=javascript:alert(1)>a</a>",
        "<a href='  java\tscript:alert(1)'>a</a>",
        "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)'>a</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
        "<svg><a xlink:href='javascript:alert(1)'><text>a</text></a></svg>b",
        "<math href='javascript:alert(1)'>a</math>b",
        "<figure><img src='javascript:alert(1)'><figcaption>a</figcaption></figure>",
        "<form action='javascript:alert(1)'><p>a</p></form>",
        "[a](javascript:alert(1))",
        "[a]: javascript:alert(1)\n\n[a] b",
        "<javascript:alert(1)> a",
        "![a](javascript:alert(1)) b",
    ];
    for (text, form) in
        rows.iter().flat_map(|text| [(text, OriginForm::Html), (text, OriginForm::Markdown), (text, OriginForm::Text)])
    {
        let Ok(draft) = read(text.as_bytes(), Some(form)) else { continue };
        for block in draft.blocks.iter().chain(&note_blocks(text)) {
            let runs: &[Run] = match &block.kind {
                Kind::Paragraph { runs } | Kind::Heading { runs, .. } | Kind::Figure { runs, .. } => runs,
                _ => &[],
            };
            assert!(runs.iter().all(|run| run.link.is_none()), "{text} {block:?}");
            assert!(!matches!(&block.kind, Kind::Figure { picture: Some(_), .. }), "{text}");
        }
    }
}
