//! From bytes to a draft: decode, guess the form, read, repair, number what was done.

use crate::{
    ImportError, Limits, apart,
    bytes::{self, Decoded, Known},
    carried, docx, epub, form, html, markdown, mhtml, pdf,
    reading::{Mended, Reading, last_words, shortened},
    repair, text,
};
use domain::article::{Block, Draft, Layout, OriginForm, Repair, RepairKind, RepairNumber};
use std::path::Path;
use url::Url;

/// How much of a block a repair shows, in code points.
const SHOWN: usize = 160;

/// What a person brings, and what is known of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Brought<'a> {
    /// The bytes as they came.
    pub bytes: &'a [u8],
    /// What they are; found out when it is not said.
    pub form: Option<OriginForm>,
    /// The file's name, when it was a file.
    pub file_name: Option<&'a str>,
    /// The media type that a server gave it, with its parameters (RFC 9110, 8.3).
    pub media_type: Option<&'a str>,
    /// Where it was found, when it was found in the web: what its relative links begin at.
    pub address: Option<&'a Url>,
    /// Whether a person selected just these words: then the article is not looked for in them, all of them are it.
    pub selected: bool,
    /// The program that reads files which may harm their reader, called with [`crate::APART`]; without one they are read
    /// in this process.
    pub apart: Option<&'a Path>,
}

/// Reads what a person brought. Nothing is kept yet.
///
/// Invariant: each letter and digit of a plain text is in the draft's canonical text, in order; only the numbers of
/// list items stand beside their words. The title is one of the blocks, or a copy of words that are.
///
/// # Errors
/// [`ImportError`], which says what the person can do.
pub fn draft(brought: &Brought<'_>, limits: &Limits) -> Result<(Draft, OriginForm), ImportError> {
    let (reading, form) = match form::packed(brought) {
        Some(OriginForm::Epub) => (epub::read(brought.bytes, limits)?, OriginForm::Epub),
        Some(OriginForm::Pdf) => (read_pdf(brought, limits)?, OriginForm::Pdf),
        Some(OriginForm::Mhtml) => (mhtml::read(brought, limits)?, OriginForm::Mhtml),
        Some(OriginForm::Docx) => (docx::read(brought.bytes, limits)?, OriginForm::Docx),
        _ => read_text(brought, limits)?,
    };
    if reading.pieces.len() > limits.max_blocks {
        return Err(ImportError::TooManyBlocks { blocks: reading.pieces.len(), limit: limits.max_blocks });
    }
    if reading.pieces.iter().all(|piece| repair::title::is_blank(&piece.block)) {
        return Err(ImportError::Empty);
    }
    Ok((finish(reading), form))
}

fn read_pdf(brought: &Brought<'_>, limits: &Limits) -> Result<Reading, ImportError> {
    match brought.apart {
        Some(program) => apart::read(program, brought.bytes, limits),
        None => pdf::read(brought.bytes.to_vec(), limits),
    }
}

/// Reads what is text.
fn read_text(brought: &Brought<'_>, limits: &Limits) -> Result<(Reading, OriginForm), ImportError> {
    let host = brought.address.and_then(Url::domain);
    let known = Known {
        form: brought.form,
        file_name: brought.file_name,
        media_type: brought.media_type,
        country: host.and_then(|host| host.rsplit('.').next()),
    };
    // A page that carries its pictures in itself is as large as a file of them.
    let carries = memchr::memmem::find(brought.bytes, b"data:image/").is_some();
    let most = if carries { limits.max_bytes.max(limits.max_file_bytes) } else { limits.max_bytes };
    let Decoded { text, notice } = bytes::decode(brought.bytes, &known, most)?;
    let form = brought.form.unwrap_or_else(|| form::guess(&text, brought.file_name, brought.media_type));
    let mut reading = match form {
        OriginForm::Html => read_html(&text, brought, limits)?,
        _ if brought.bytes.len() > limits.max_bytes => {
            return Err(ImportError::TooLarge { bytes: brought.bytes.len(), limit: limits.max_bytes });
        }
        OriginForm::Text => text::read(&text),
        OriginForm::Markdown => markdown::read(&text),
        OriginForm::Pdf | OriginForm::Epub | OriginForm::Docx | OriginForm::Mhtml | OriginForm::Clippings => {
            return Err(ImportError::ContainsNul { byte: 0 });
        }
    };
    reading.notices.extend(notice);
    Ok((reading, form))
}

fn read_html(html: &str, brought: &Brought<'_>, limits: &Limits) -> Result<Reading, ImportError> {
    let slim = carried::slim(html);
    if slim.html.len() > limits.max_bytes {
        return Err(ImportError::TooLarge { bytes: slim.html.len(), limit: limits.max_bytes });
    }
    let mut reading = match brought.selected {
        true => html::read_all(&slim.html, brought.address, limits)?,
        false => html::read_page(&slim.html, brought.address, limits)?,
    };
    carried::settle(&mut reading, |address| slim.picture(address));
    Ok(reading)
}

/// Looks for debris, then numbers the repairs in reading order.
pub(crate) fn finish(mut reading: Reading) -> Draft {
    repair::join_tables(&mut reading.pieces);
    let title = repair::title::find(&mut reading.pieces, reading.page_name);
    repair::dim(&title, &mut reading.pieces);
    reading.footnotes.settle(&mut reading.pieces);
    let mended: Vec<_> = reading.pieces.iter_mut().map(|piece| piece.mended.take()).collect();
    let blocks: Vec<Block> = reading.pieces.into_iter().map(|piece| piece.block).collect();
    let layout = Layout::of(&blocks);
    // What says nothing of its language is broken into lines, and read aloud, as what it plainly is.
    let heard = || html::heard(layout.text()).map(str::to_owned);
    reading.imprint.language = reading.imprint.language.take().or_else(heard);
    let lines: Vec<_> = repair::line::lines(&blocks, &layout).collect();
    let mut in_lines = repair::spacing::repairs(&lines);
    in_lines.extend(repair::hyphens::repairs(&lines, reading.wrapped));
    in_lines.extend(repair::markup::repairs(&lines));
    in_lines.sort_by_key(|(block, _)| *block);
    let mut in_lines = in_lines.into_iter().peekable();
    let mut repairs = Vec::new();
    for (at, (block, mended)) in blocks.iter().zip(mended).enumerate() {
        repairs.extend(mended.map(|mended| mended_repair(at, &blocks, mended)));
        repairs.extend(block.doubt.map(|doubt| {
            let words = shortened(&block.text(), SHOWN);
            (RepairKind::Dimming { block: at, doubt }, words.clone(), words)
        }));
        while let Some((_, repair)) = in_lines.next_if(|(block, _)| *block == at) {
            repairs.push(repair);
        }
    }
    let notices = repair::truncated::notice(&blocks).into_iter().chain(reading.notices).collect();
    let repairs = repairs
        .into_iter()
        .zip(1..)
        .map(|((kind, before, after), number)| Repair { number: RepairNumber(number), kind, before, after })
        .collect();
    Draft { title: title.words, blocks, repairs, notices, imprint: reading.imprint, pictures: reading.pictures }
}

/// What was done, the words before, the words after.
pub(crate) type Unnumbered = (RepairKind, String, String);

fn mended_repair(at: usize, blocks: &[Block], mended: Mended) -> Unnumbered {
    let words = blocks[at].text();
    match mended {
        Mended::Table(lines) => {
            let before = shortened(&lines.join("\n"), SHOWN);
            (RepairKind::Table { block: at, lines }, before, shortened(&words.replace('\t', " \u{b7} "), SHOWN))
        }
        Mended::RunInItem => {
            let item = shortened(&words, SHOWN / 2);
            let last: String = at.checked_sub(1).map(|before| blocks[before].text()).unwrap_or_default();
            let tail = match last_words(&last, SHOWN / 4) {
                tail if tail.len() < last.len() => format!("\u{2026}{tail}"),
                _ => last,
            };
            (RepairKind::RunInItem { block: at }, format!("{tail} {item}"), format!("{tail}\n{item}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::shown;
    use domain::article::Kind;

    /// Reads a text and shows its blocks, and of each repair the number of its block.
    #[track_caller]
    fn check(form: OriginForm, text: &str, title: &str, blocks: &[&str], repaired: &[usize]) {
        let brought = Brought { bytes: text.as_bytes(), form: Some(form), ..Brought::default() };
        let (draft, _) = draft(&brought, &Limits::default()).unwrap();
        assert_eq!(draft.title, title, "{text}");
        assert_eq!(draft.blocks.iter().map(shown).collect::<Vec<_>>(), blocks, "{text}");
        let layout = Layout::of(&draft.blocks);
        let block = |repair: &Repair| layout.block_at(repair.place(&layout).unwrap().start).unwrap();
        assert_eq!(draft.repairs.iter().map(block).collect::<Vec<_>>(), repaired, "{text}");
    }

    #[test]
    fn the_title_stays_among_the_blocks() {
        use OriginForm::{Html, Markdown, Text};
        check(Text, "A Bridge,and More\n\nIt is.", "A Bridge,and More", &["h1 A Bridge,and More", "p It is."], &[0]);
        check(Text, "# A Bridge", "A Bridge", &["h1 A Bridge"], &[]);
        check(Markdown, "# A _b_\n\nIt is.", "A b", &["h1 A _b_", "p It is."], &[]);
        check(
            Html,
            "<title>x</title><h1><a href=https://lsm.lv>A</a><br><i>b</i></h1><p>It is.",
            "A b",
            &["h1 [A\n]<https://lsm.lv>_b_", "p It is."],
            &[],
        );
        check(Html, "<title>x</title><h2>A</h2><p>It is.", "A", &["h1 A", "p It is."], &[]);
    }

    #[test]
    fn a_title_from_elsewhere_has_no_block() {
        use OriginForm::{Html, Text};
        check(Html, "<title>A</title><p>It is.<p>a", "A", &["p It is.", "p a ?RepeatsTitle"], &[1]);
        check(Html, "<title>A</title><p>A", "A", &["p A"], &[]);
        check(Text, "It is.\n\nA\n\nIt is.", "It is.", &["p It is.", "p A", "p It is. ?RepeatsTitle"], &[2]);
        check(Text, "A Bridge", "A Bridge", &["p A Bridge"], &[]);
    }

    #[test]
    fn a_title_is_not_doubted_and_hides_no_debris() {
        use OriginForm::Html;
        check(
            Html,
            "<h1>Home | A</h1><p>Share<p>We use cookies to count.<p>It is.<p>home a",
            "Home | A",
            &[
                "h1 Home | A",
                "p Share ?Furniture",
                "p We use cookies to count. ?Furniture",
                "p It is.",
                "p home a ?RepeatsTitle",
            ],
            &[1, 2, 4],
        );
        check(
            Html,
            "<p>It is.<p>Read more<h1>Read on</h1><p>One more",
            "Read on",
            &["p It is.", "p Read more ?Furniture", "h1 Read on", "p One more ?Furniture"],
            &[1, 3],
        );
        check(Html, "<h1>by</h1><p>It is.", "by", &["h1 by", "p It is."], &[]);
    }

    #[test]
    fn a_page_brings_its_pictures() {
        let data = format!("R0lGODlh{}", "AAAA".repeat(400_000));
        let page = format!(
            "<p>a<figure><img src='data:image/gif;base64,{data}'><figcaption>b</figcaption></figure>\
             <figure><img src='data:image/svg+xml;base64,{data}'><figcaption>c</figcaption></figure>\
             <a href=https://carried.invalid/data/0>d</a>"
        );
        let limits = Limits { max_bytes: 10_000, ..Limits::default() };
        let form = Some(OriginForm::Html);
        let brought = Brought { bytes: page.as_bytes(), form, selected: true, ..Brought::default() };
        let (draft, _) = draft(&brought, &limits).unwrap();
        assert_eq!(draft.blocks.iter().map(shown).collect::<Vec<_>>(), ["p a", "figure  () b", "p c", "p d"]);
        let [picture] = draft.pictures.as_slice() else { panic!("{:?}", draft.pictures.len()) };
        assert!(matches!(&draft.blocks[1].kind, Kind::Figure { kept: Some(digest), .. } if *digest == picture.digest));
        let text = Brought { form: Some(OriginForm::Text), ..brought };
        assert!(matches!(super::draft(&text, &limits), Err(ImportError::TooLarge { .. })));
    }

    #[test]
    fn footnotes_are_found_where_they_are_written() {
        use OriginForm::{Html, Markdown};
        let note = "<ol><li id=fn1>A note. <a href=#r1>\u{21a9}</a><li id='fn:2'><p>Two.<p>More.</ol>";
        check(
            Html,
            &format!(
                "<h1>A</h1><p>It is<sup id=r1><a href=#fn1>1</a></sup> so<a href='#fn%3A2'>[2]</a>.{note}<p id=x>End."
            ),
            "A",
            &["h1 A", "p It is1^1 so[2]^2.", "^1 1. A note. \u{21a9}", "^2 2. Two.\nMore.", "p End."],
            &[],
        );
        // A list of chapters leads to headings, and to words that are no sign; what leads upwards goes back.
        check(
            Html,
            "<h1>A</h1><p><a href=#b>1</a> <a href=#c>more</a> <a href=#n>2</a><h2 id=b>B</h2><p id=c>C.<p><a name=n href=#a>*</a> D.",
            "A",
            &["h1 A", "p 1 more 2^1", "h2 B", "p C.", "^1 p * D."],
            &[],
        );
        check(
            Markdown,
            "# A\n\nIt is[^a] so[^2], not[^3].\n\n[^a]: A *note*.\n[^2]: - Two\n",
            "A",
            &["h1 A", "p It is[a]^1 so[2]^2, not[^3].", "^1 p [a] A _note_.", "^2 - [2] Two"],
            &[],
        );
    }

    #[test]
    fn a_text_is_in_the_language_that_it_plainly_is() {
        let rows = [
            (
                "Dome otrdien nolēma, ka vilciens no pilsētas uz ostu kursēs četras reizes nedēļā, un par to maksās valsts, nevis pilsēta, kā to agrāk bija solījuši ministri un kā to gribēja paši iedzīvotāji.",
                Some("lv"),
            ),
            (
                "The council decided on Tuesday that the train from the town to the harbour will run four times a week, and that the state will pay for it, and not the town, as the ministers had said before.",
                Some("en"),
            ),
            ("The train will run.", None),
        ];
        for (text, expected) in rows {
            let brought = Brought { bytes: text.as_bytes(), form: Some(OriginForm::Text), ..Brought::default() };
            let (draft, _) = draft(&brought, &Limits::default()).unwrap();
            assert_eq!(draft.imprint.language.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn joined_rows_move_no_repair() {
        let rows = "| a | b |\n\n|\u{2014}|\u{2014}|\n\n| c | d |";
        check(
            OriginForm::Markdown,
            &format!("{rows}\n\n# A\n\nby\n\n{rows}\n\nOne,two.\n\n## a"),
            "A",
            &["table !a,!b;c,d", "h1 A", "p by ?EmptyByline", "table !a,!b;c,d", "p One,two.", "h2 a ?RepeatsTitle"],
            &[0, 2, 3, 4, 5],
        );
    }
}
