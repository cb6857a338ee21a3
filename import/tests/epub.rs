//! Books, made here part by part, become the blocks of their chapters.
#![allow(clippy::unwrap_used)]

mod packed;

use domain::article::OriginForm;
use packed::{GIF, read, refused, shown, zip};

const CONTAINER: &str = "<container><rootfiles><rootfile full-path='OEBPS/content.opf'/></rootfiles></container>";

/// A book with these chapters (name, inside of its body), in this order.
fn epub(metadata: &str, chapters: &[(&str, &str)], guide: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let item = |(name, _): &(&str, &str)| {
        let nav = if *name == "nav.xhtml" { " properties='nav'" } else { "" };
        format!("<item id='{name}' href='text/{name}' media-type='application/xhtml+xml'{nav}/>")
    };
    let order = |(name, _): &(&str, &str)| format!("<itemref idref='{name}'/>");
    let package = format!(
        "<package xmlns:dc='x' xmlns:opf='y'><metadata>{metadata}</metadata><manifest>{}<item id='pic' \
         href='images/a%20b.gif' media-type='image/gif'/></manifest><spine>{}</spine><guide>{guide}</guide></package>",
        chapters.iter().map(item).collect::<String>(),
        chapters.iter().map(order).collect::<String>(),
    );
    let documents: Vec<(String, String)> = chapters
        .iter()
        .map(|(name, inside)| {
            let inside = format!(
                "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='z' xmlns:xlink='l'><head>\
             <title/></head><body>{inside}</body></html>"
            );
            (format!("OEBPS/text/{name}"), inside)
        })
        .collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/content.opf", package.as_bytes()),
        ("OEBPS/images/a b.gif", GIF),
    ];
    parts.extend(documents.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    parts.extend(more);
    zip(&parts)
}

const METADATA: &str = "<dc:title>The Sea</dc:title><dc:creator opf:role='aut'>Anna Bee</dc:creator><dc:creator>C. Dee\
    </dc:creator><dc:publisher>Paper</dc:publisher><dc:language>lv</dc:language><dc:date opf:event='modification'>2020-01-01\
    </dc:date><dc:date>2019-05-04</dc:date><dc:source>https://sea.example/book</dc:source><dc:identifier>x</dc:identifier>";

#[track_caller]
fn check(chapters: &[(&str, &str)], guide: &str, expected: &[&str]) {
    let (draft, form) = read(&epub(METADATA, chapters, guide, &[])).unwrap();
    assert_eq!((form, draft.title.as_str()), (OriginForm::Epub, "The Sea"));
    assert_eq!(shown(&draft), expected);
}

#[test]
fn chapters_follow_the_spine() {
    check(
        &[("b.xhtml", "<h1>One</h1><p>It is.</p><h2>Deeper</h2>"), ("a.xhtml", "<h1>Two</h1><p>It was.</p>")],
        "",
        &["h1 The Sea", "h2 One", "p It is.", "h3 Deeper", "h2 Two", "p It was."],
    );
    check(&[("a.xhtml", "<h1>The  Sea</h1><h3>One</h3><p>It is.</p>")], "", &["h1 The Sea", "h4 One", "p It is."]);
    check(
        &[("a.xhtml", "<p>Title: x</p><h3>One</h3><p>It is.</p>")],
        "",
        &["h1 The Sea", "p Title: x", "h2 One", "p It is."],
    );
    check(&[("a.xhtml", "<h1>One</h1><p>not <br> closed")], "", &["h1 The Sea", "h2 One", "p not\nclosed"]);
}

#[test]
fn what_a_book_says_of_itself_is_its_imprint() {
    let (draft, _) = read(&epub(METADATA, &[("a.xhtml", "<p>It is.</p>")], "", &[])).unwrap();
    let imprint = draft.imprint;
    assert_eq!(imprint.title.as_deref(), Some("The Sea"));
    assert_eq!(imprint.byline.as_deref(), Some("Anna Bee, C. Dee"));
    assert_eq!(imprint.outlet.as_deref(), Some("Paper"));
    assert_eq!(imprint.language.as_deref(), Some("lv"));
    assert_eq!(imprint.published.map(|moment| moment.to_rfc3339()).as_deref(), Some("2019-05-04T00:00:00+00:00"));
    assert_eq!(imprint.canonical.as_ref().map(|address| address.as_str()), Some("https://sea.example/book"));
}

#[test]
fn pictures_are_the_book_s_own() {
    let inside = "<p>It is <a href='b.xhtml#c'>there</a> and <a href='https://lsm.lv/'>here</a>.</p>\
        <figure><img src='../images/a%20b.gif' alt='a tree'/><figcaption>May</figcaption></figure>\
        <p><img src='../images/a b.gif'/></p><svg><image xlink:href='../images/a%20b.gif'/></svg>\
        <p><img src='https://tracker.example/a.gif' alt='far'/></p><p><img src='../../../../etc/passwd'/></p>\
        <figure><img src='../images/none.gif'/><figcaption>Gone</figcaption></figure>";
    let (draft, _) = read(&epub(METADATA, &[("a.xhtml", inside)], "", &[])).unwrap();
    let expected = [
        "h1 The Sea",
        "p It is there and [here]<https://lsm.lv/>.",
        "figure kept (a tree) May",
        "figure kept () ",
        "figure kept () ",
        "figure (far) ",
        "p Gone",
    ];
    assert_eq!(shown(&draft), expected);
    assert_eq!(draft.pictures.iter().map(|picture| picture.bytes.as_slice()).collect::<Vec<_>>(), [GIF]);
}

/// In the same chapter, and in one that has the notes of all.
#[test]
fn footnotes_are_found_in_all_of_the_book() {
    let one = "<h1>One</h1><p>It is<a epub:type='noteref' href='#n1'>1</a> so<a href='notes.xhtml#n1'>2</a>.</p>\
               <aside epub:type='footnote' id='n1'><p>A note.</p></aside>";
    let notes = "<h1>Notes</h1><p id='n1'>Another.</p>";
    let expected = ["h1 The Sea", "h2 One", "p It is1^1 so2^2.", "^1 p A note.", "h2 Notes", "^2 p Another."];
    check(&[("a.xhtml", one), ("notes.xhtml", notes)], "", &expected);
}

#[test]
fn covers_and_contents_are_not_said_again() {
    let contents =
        "<h1>Contents</h1><p><a href='a.xhtml'>One and a longer name</a></p><p><a href='b.xhtml'>Two</a></p>";
    let chapters = [
        ("cover.xhtml", "<svg><image xlink:href='../images/a%20b.gif'/></svg><p>The Sea, a novel</p>"),
        ("nav.xhtml", "<nav epub:type='toc'><h1>Contents</h1><ol><li><a href='a.xhtml'>One</a></li></ol></nav>"),
        ("list.xhtml", contents),
        ("a.xhtml", "<h1>One</h1><p>It is.</p><aside epub:type='footnote' hidden='hidden'><p>1. A note.</p></aside>"),
    ];
    let guide = "<reference type='toc' href='text/list.xhtml'/>";
    check(&chapters, guide, &["h1 The Sea", "h2 One", "p It is.", "p 1. A note."]);
    let long = format!("<h1>Cover story</h1><p>{}</p>", "It is a long story. ".repeat(20));
    let (draft, _) = read(&epub(METADATA, &[("cover.xhtml", &long)], "", &[])).unwrap();
    assert_eq!(draft.blocks.len(), 3, "a chapter that is only called so is kept");
}

#[test]
fn locked_books_are_refused_and_hidden_fonts_are_not() {
    let of = |method: &str, place: &str| {
        format!(
            "<encryption><e:EncryptedData><e:EncryptionMethod Algorithm='{method}'/><k:KeyInfo><e:EncryptedKey>\
             <e:EncryptionMethod Algorithm='rsa'/></e:EncryptedKey></k:KeyInfo><e:CipherData><e:CipherReference \
             URI='{place}'/></e:CipherData></e:EncryptedData></encryption>"
        )
    };
    let book = |encryption: String| {
        epub(METADATA, &[("a.xhtml", "<p>It is.</p>")], "", &[("META-INF/encryption.xml", encryption.as_bytes())])
    };
    let locked = book(of("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/text/a.xhtml"));
    assert_eq!(
        refused(&locked),
        "it is locked (copy protection, DRM), and only programs with its key can read it: bring a copy that is not locked"
    );
    assert!(read(&book(of("http://www.idpf.org/2008/embedding", "OEBPS/fonts/a.otf"))).is_ok());
    assert!(read(&book(of("http://ns.adobe.com/pdf/enc#RC", "OEBPS/fonts/a.otf"))).is_ok());
}
