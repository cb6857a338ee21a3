//! Word documents, made here part by part, become the blocks that Word shows.
#![allow(clippy::unwrap_used)]

mod packed;

use domain::article::{Notice, OriginForm};
use packed::{GIF, read, shown, zip};

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" xmlns:r=\"r\" xmlns:mc=\"mc\" xmlns:a=\"a\"";

/// A document with this body. Its styles are those of a Latvian Word.
fn docx(body: &str, more: &[(&str, String)]) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/relationships/{kind}\" Target=\"{target}\"/>")
    };
    let external = |id: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"x/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>")
    };
    let relations = [
        relation("s", "styles", "styles.xml"),
        relation("n", "numbering", "numbering.xml"),
        relation("f", "footnotes", "footnotes.xml"),
        relation("e", "endnotes", "endnotes.xml"),
        relation("c", "comments", "comments.xml"),
        relation("h1", "header", "header1.xml"),
        relation("h2", "header", "header2.xml"),
        relation("i", "image", "media/a.gif"),
        relation("v", "image", "media/b.emf"),
        relation("up", "image", "../../../etc/passwd"),
        external("l", "https://lsm.lv/a?b=1&amp;c"),
        external("j", "javascript:alert(1)"),
        external("x", "https://tracker.example/pixel.gif"),
    ];
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='Virsraksts1'><w:name w:val='heading 1'/><w:pPr>\
        <w:outlineLvl w:val='0'/></w:pPr></w:style><w:style w:styleId='Virsraksts2'><w:name w:val='heading 2'/>\
        <w:basedOn w:val='Virsraksts1'/><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='3'/></w:numPr>\
        <w:outlineLvl w:val='1'/></w:pPr></w:style><w:style w:styleId='Nosaukums'><w:name w:val='Title'/></w:style>\
        <w:style w:styleId='Mans'><w:name w:val='Mans'/><w:basedOn w:val='Virsraksts1'/></w:style>\
        <w:style w:styleId='Paraksts'><w:name w:val='caption'/></w:style><w:style w:styleId='Cit'><w:name \
        w:val='Quote'/></w:style><w:style w:styleId='Kods'><w:name w:val='HTML Preformatted'/></w:style>\
        <w:style w:type='character' w:styleId='Izteiksmgs'><w:name w:val='Strong'/><w:rPr><w:b/></w:rPr></w:style>\
        <w:style w:type='character' w:styleId='K'><w:name w:val='HTML Code'/></w:style>\
        <w:style w:styleId='Saturs1'><w:name w:val='toc 1'/></w:style>\
        <w:style w:styleId='Aizzmes2'><w:name w:val='List Bullet 2'/><w:pPr><w:numPr><w:numId w:val='4'/></w:numPr>\
        </w:pPr></w:style><w:style w:styleId='Loop'><w:name w:val='x'/><w:basedOn w:val='Loop'/></w:style></w:styles>";
    let level = |level: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl='{level}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering><w:abstractNum w:abstractNumId='0'>{}{}</w:abstractNum><w:abstractNum w:abstractNumId='1'>{}{}\
         </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId \
         w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num><w:num w:numId='3'>\
         <w:abstractNumId w:val='1'/></w:num><w:abstractNum w:abstractNumId='2'>{}</w:abstractNum><w:num w:numId='4'>\
         <w:abstractNumId w:val='2'/></w:num></w:numbering>",
        level(0, "decimal", "%1."),
        level(1, "bullet", "o"),
        level(0, "upperRoman", "%1"),
        level(1, "decimal", "%1.%2."),
        level(0, "bullet", "o"),
    );
    let wrapped = |text: &str| text.replacen('>', &format!(" {W}>"), 1);
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".into(), b"<Types/>".to_vec()),
        (
            "word/_rels/document.xml.rels".into(),
            format!("<Relationships>{}</Relationships>", relations.concat()).into(),
        ),
        ("word/document.xml".into(), format!("<w:document {W}><w:body>{body}</w:body></w:document>").into()),
        ("word/styles.xml".into(), wrapped(styles).into()),
        ("word/numbering.xml".into(), wrapped(&numbering).into()),
        ("word/media/a.gif".into(), GIF.to_vec()),
        ("word/media/b.emf".into(), b"\x01\0\0\0".to_vec()),
    ];
    parts.extend(more.iter().map(|(name, text)| ((*name).to_owned(), text.replacen("W", W, 1).into_bytes())));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zip(&parts)
}

/// A paragraph of a style.
fn p(style: &str, words: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    let (draft, form) = read(&docx(body, &[])).unwrap();
    assert_eq!(form, OriginForm::Docx);
    assert_eq!(shown(&draft), expected, "{body}");
}

#[test]
fn headings_are_known_by_their_styles() {
    let words = p("", "It is a sentence.");
    check(
        &[p("Nosaukums", "A"), p("Virsraksts1", "B"), words.clone(), p("Virsraksts2", "C"), p("Mans", "D")].concat(),
        &["h1 A", "h2 B", "p It is a sentence.", "h3 I.1. C", "h2 D"],
    );
    check(&[p("Virsraksts1", "B"), words.clone()].concat(), &["h1 B", "p It is a sentence."]);
    check(
        &[p("Virsraksts1", "B"), words.clone(), p("Virsraksts1", "C")].concat(),
        &["h1 B", "p It is a sentence.", "h2 C"],
    );
    let outline = "<w:p><w:pPr><w:outlineLvl w:val='2'/></w:pPr><w:r><w:t>E</w:t></w:r></w:p>";
    check(&[p("Nosaukums", "A"), outline.to_owned(), p("Loop", "It is.")].concat(), &["h1 A", "h4 E", "p It is."]);
    let changed = "<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val='Virsraksts1'/></w:pPr></w:pPrChange></w:pPr>\
        <w:r><w:t>It is no heading.</w:t></w:r></w:p>";
    check(&[p("Nosaukums", "A"), changed.to_owned()].concat(), &["h1 A", "p It is no heading."]);
}

#[test]
fn lists_have_their_numbers() {
    let item = |list: u32, level: u8, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{words}\
             </w:t></w:r></w:p>"
        )
    };
    check(
        &[
            p("Nosaukums", "A"),
            item(1, 0, "a"),
            item(1, 1, "b"),
            item(1, 0, "c"),
            p("", "It is."),
            item(1, 0, "d"),
            item(2, 0, "e"),
            item(2, 0, "f"),
            item(9, 0, "g"),
            item(0, 0, "It is no item."),
            p("Aizzmes2", "h"),
        ]
        .concat(),
        &["h1 A", "1. a", "  - b", "2. c", "p It is.", "3. d", "5. e", "6. f", "- g", "p It is no item.", "  - h"],
    );
}

#[test]
fn words_have_their_looks_and_links() {
    let r = |own: &str, words: &str| format!("<w:r><w:rPr>{own}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>");
    let inside = [
        r("<w:b/>", "a "),
        r("<w:b w:val='0'/>", "b "),
        r("<w:rStyle w:val='Izteiksmgs'/>", "c "),
        r("<w:i/>", "d "),
        r("<w:rStyle w:val='K'/>", "e "),
        r("<w:rFonts w:ascii='Courier New'/>", "f "),
        r("<w:vanish/>", "x"),
        r("", "g&amp;lt;&#x101;"),
    ];
    check(&format!("<w:p>{}</w:p>", inside.concat()), &["p *a *b *c *_d _`e f `g&lt;\u{101}"]);
    let field = |sign: &str| format!("<w:r><w:fldChar w:fldCharType='{sign}'/></w:r>");
    let instruction = "<w:r><w:instrText>HYPERLINK \"https://tvnet.lv\"</w:instrText></w:r>";
    let inside = [
        &format!("<w:hyperlink r:id='l'>{}</w:hyperlink>", r("", "a")),
        &r("", " "),
        &format!("<w:hyperlink r:id='j'>{}</w:hyperlink>", r("", "b ")),
        &format!("<w:hyperlink w:anchor='j'>{}</w:hyperlink>", r("", "c ")),
        &format!("<w:fldSimple w:instr='HYPERLINK \"https://delfi.lv\"'>{}</w:fldSimple>", r("", "d")),
        &r("", " "),
        &field("begin"),
        instruction,
        &field("separate"),
        &r("", "e"),
        &field("end"),
        &r("", " f"),
    ];
    check(
        &format!("<w:p>{}</w:p>", inside.map(ToString::to_string).concat()),
        &["p [a]<https://lsm.lv/a?b=1&c> b c [d]<https://delfi.lv> [e]<https://tvnet.lv> f"],
    );
    let signs = "a<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>\
        <w:sym w:font='Wingdings' w:char='F0FC'/></w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>";
    check(&format!("<w:p>{signs}</w:p>"), &["p a b\nc\u{2011}d\u{ad}\u{f0fc}x=1"]);
    let typed = "<w:p><w:r><w:rPr><w:rFonts w:ascii='Courier New'/></w:rPr><w:t>It was typed.</w:t></w:r></w:p>";
    check(typed, &["p It was typed."]);
    let code = [p("Kods", "if a {"), p("Kods", "    b"), p("Kods", "}"), p("Cit", "It is said.")].concat();
    check(&code, &["code if a {\n    b\n}", "quote It is said."]);
}

#[test]
fn tables_keep_their_columns() {
    let cell = |own: &str, inside: &str| format!("<w:tc><w:tcPr>{own}</w:tcPr>{inside}</w:tc>");
    let row = |own: &str, cells: &[String]| format!("<w:tr><w:trPr>{own}</w:trPr>{}</w:tr>", cells.concat());
    let table = |rows: &[String]| format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat());
    let (two, down, on) = ("<w:gridSpan w:val='2'/>", "<w:vMerge w:val='restart'/>", "<w:vMerge/>");
    let plain = |words: &str| cell("", &p("", words));
    let rows = [
        row("<w:tblHeader/>", &[plain("a"), cell(two, &p("", "b"))]),
        row("", &[cell(down, &p("", "c")), plain("d"), cell("", &[p("", "e"), p("", "f")].concat())]),
        row("", &[cell(on, &p("", "")), plain("g"), cell("", &table(&[row("", &[plain("h"), plain("i")])]))]),
        row("<w:del/>", &[plain("x"), plain("x"), plain("x")]),
        row("<w:gridBefore w:val='1'/>", &[plain("j"), plain("k")]),
    ];
    check(&table(&rows), &["table !a|!b| / c|d|e\nf / |g|h\ni / |j|k"]);
    let framed = row("", &[cell("", &[p("Virsraksts1", "a"), p("", "It is.")].concat())]);
    check(&table(&[framed]), &["h1 a", "p It is."]);
    check(&[table(&[row("", &[plain(""), plain("")])]), p("", "It is.")].concat(), &["p It is."]);
}

#[test]
fn changes_are_accepted_and_told() {
    let body = "<w:p><w:r><w:t>It was </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del><w:ins><w:r>\
        <w:t>really </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>here </w:t></w:r></w:moveFrom><w:r><w:t>so.</w:t></w:r>\
        </w:p><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p><w:p><w:r><w:t>line.</w:t>\
        </w:r></w:p>";
    let (draft, _) = read(&docx(body, &[])).unwrap();
    assert_eq!(shown(&draft), ["p It was really so.", "p One line."]);
    assert_eq!(draft.notices, [Notice::TrackedChanges { left_out: 2, taken_in: 1 }]);
}

#[test]
fn notes_comments_and_margins_are_kept() {
    let text = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let body = "<w:p><w:r><w:t>One</w:t><w:endnoteReference w:id='2'/><w:t> and two</w:t><w:footnoteReference w:id='4'/>\
        <w:t> and</w:t><w:footnoteReference w:id='3'/><w:t>.</w:t></w:r></w:p>";
    let notes = format!(
        "<w:footnotes W><w:footnote w:type='separator' w:id='0'>{}</w:footnote><w:footnote w:id='3'>{}</w:footnote>\
         <w:footnote w:id='4'>{}</w:footnote><w:footnote w:id='5'>{}</w:footnote></w:footnotes>",
        text(""),
        text("three"),
        text("four"),
        text("five")
    );
    let ends = format!("<w:endnotes W><w:endnote w:id='2'>{}</w:endnote></w:endnotes>", text("two"));
    let comment = format!("<w:comments W><w:comment w:author='Anna'>{}</w:comment></w:comments>", text("Why?"));
    let header = format!("<w:hdr W>{}</w:hdr>", text("The Paper"));
    let more = [
        ("word/footnotes.xml", notes),
        ("word/endnotes.xml", ends),
        ("word/comments.xml", comment),
        ("word/header1.xml", header.clone()),
        ("word/header2.xml", header),
    ];
    let (draft, _) = read(&docx(body, &more)).unwrap();
    let expected = [
        "p One[i]^3 and two[1]^1 and[2]^2.",
        "^1 p [1] four",
        "^2 p [2] three",
        "p five ?Unconfirmed",
        "^3 p [i] two",
        "p Anna: Why? ?Furniture",
        "p The Paper ?Furniture",
    ];
    assert_eq!(shown(&draft), expected);
}

#[test]
fn pictures_come_with_the_text() {
    let drawing = |id: &str, alt: &str| {
        format!("<w:r><w:drawing><wp:docPr descr='{alt}'/><a:blip r:embed='{id}'/></w:drawing></w:r>")
    };
    let of = |inside: &str| format!("<w:p>{inside}</w:p>");
    let body = [
        of(&format!("<w:r><w:t>It is.</w:t></w:r>{}", drawing("i", "a  tree"))),
        p("Paraksts", "A tree in May"),
        of(&drawing("v", "a chart")),
        of(&drawing("v", "")),
        of(&drawing("up", "")),
        of(&drawing("x", "")),
        of(&drawing("i", "")),
    ];
    let (draft, _) = read(&docx(&body.concat(), &[])).unwrap();
    assert_eq!(
        shown(&draft),
        ["p It is.", "figure kept (a tree) A tree in May", "figure (a chart) ", "figure kept () "]
    );
    assert_eq!(draft.pictures.iter().map(|picture| picture.bytes.as_slice()).collect::<Vec<_>>(), [GIF]);
}

#[test]
fn one_way_of_several_is_read() {
    let boxed = format!("<w:txbxContent>{}</w:txbxContent>", p("", "In a box."));
    let body = format!(
        "<w:p><w:r><w:t>Be</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{boxed}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{boxed}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>fore.</w:t></w:r></w:p>\
         <w:p><w:r><mc:AlternateContent><mc:Choice><x:symEx x:char='1F60A'/></mc:Choice><mc:Fallback><w:t>?</w:t>\
         </mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    check(&body, &["p Before.", "p In a box.", "p \u{1f60a}"]);
}

#[test]
fn a_table_of_contents_is_dimmed() {
    let contents = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>\
         <w:sdtContent>{}{}</w:sdtContent></w:sdt>",
        p("Virsraksts1", "Contents"),
        p("", "A 1")
    );
    check(
        &[p("Nosaukums", "T"), contents, p("Saturs1", "B 2"), p("", "It is.")].concat(),
        &["h1 T", "h2 Contents ?Furniture", "p A 1 ?Furniture", "p B 2 ?Furniture", "p It is."],
    );
}

#[test]
fn properties_become_the_imprint() {
    let relations = "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='/word/document.xml'/>\
        <Relationship Id='b' Type='x/core-properties' Target='docProps/core.xml'/></Relationships>";
    let core = |title: &str| {
        format!("<c><dc:title>{title}</dc:title><dc:creator>Anna \n Bee</dc:creator><dc:language>lv</dc:language></c>")
    };
    let body = [p("", "Eleven boats came"), p("", "It is a sentence.")].concat();
    for (title, said, named) in [
        ("Eleven Boats Came!", Some("Eleven Boats Came!"), "Eleven boats came"),
        ("Microsoft Word - a.doc", None, "Eleven boats came"),
        ("The whole story", Some("The whole story"), "The whole story"),
    ] {
        let more = [("_rels/.rels", relations.to_owned()), ("docProps/core.xml", core(title))];
        let (draft, _) = read(&docx(&body, &more)).unwrap();
        assert_eq!((draft.imprint.title.as_deref(), draft.title.as_str()), (said, named));
        assert_eq!(draft.imprint.byline.as_deref(), Some("Anna Bee"));
        assert_eq!(draft.imprint.language.as_deref(), Some("lv"));
    }
}
