//! What is refused, and that no bytes break the readers.

use super::shown::zipped;
use lists::{Limits, ListError, MAX_LEFT_OUT};
use proptest::prelude::*;

fn refused(bytes: impl AsRef<[u8]>, limits: &Limits) -> Option<ListError> {
    lists::read(bytes.as_ref(), None, limits).err()
}

#[test]
fn what_is_no_list_is_refused() {
    let rows: Vec<(Vec<u8>, ListError)> = vec![
        (b"".to_vec(), ListError::Empty),
        (b" \n\t".to_vec(), ListError::Empty),
        (b"\xef\xbb\xbf".to_vec(), ListError::Empty),
        (b"[]".to_vec(), ListError::Empty),
        (b"{}".to_vec(), ListError::Empty),
        (b"url,time_added\n".to_vec(), ListError::Empty),
        (b"words and more words".to_vec(), ListError::Unknown),
        (b"name,value\na,b\n".to_vec(), ListError::Unknown),
        (b"<html><body><p>A page</p></body></html>".to_vec(), ListError::Unknown),
        (b"{\"a\": 1}".to_vec(), ListError::Unknown),
        (b"[{\"a\": 1}]".to_vec(), ListError::Unknown),
        (b"R\xeega".to_vec(), ListError::NotText { byte: 1 }),
        (b"PK\x03\x04 and no more".to_vec(), ListError::BrokenZip),
        (zipped(&[("a.txt", "words and words")]), ListError::Unknown),
        (
            b"[{\"a\": 1}".to_vec(),
            ListError::BrokenJson { cause: "EOF while parsing a list at line 1 column 9".to_owned() },
        ),
    ];
    for (bytes, expected) in rows {
        assert_eq!(refused(&bytes, &Limits::default()), Some(expected), "{:?}", String::from_utf8_lossy(&bytes));
    }
    let deep = refused("[".repeat(100_000), &Limits::default());
    assert!(matches!(deep, Some(ListError::BrokenJson { .. })), "{deep:?}");
}

#[test]
fn what_is_beyond_a_limit_is_refused() {
    let bomb = "0".repeat(3_000_000);
    let bomb = zipped(&[("part_000000.csv", bomb.as_str()), ("part_000001.csv", bomb.as_str())]);
    let limits = Limits::default();
    let rows: Vec<(Vec<u8>, Limits, ListError)> = vec![
        (vec![b'a'; 9], Limits { max_bytes: 8, ..limits }, ListError::TooLarge { bytes: 9, limit: 8 }),
        (b"a.lv\nb.lv\nc.lv".to_vec(), Limits { max_items: 2, ..limits }, ListError::TooManyItems { limit: 2 }),
        (
            zipped(&[("a.txt", "a.lv\nb.lv"), ("b.txt", "c.lv")]),
            Limits { max_items: 2, ..limits },
            ListError::TooManyItems { limit: 2 },
        ),
        (
            zipped(&[("a", "a"), ("b", "b")]),
            Limits { max_files: 1, ..limits },
            ListError::TooManyFiles { files: 2, limit: 1 },
        ),
        (bomb, Limits { max_unzipped: 5_000_000, ..limits }, ListError::TooMuchUnzipped { limit: 5_000_000 }),
    ];
    for (bytes, limits, expected) in rows {
        assert_eq!(refused(bytes, &limits), Some(expected));
    }
}

#[test]
fn a_zip_whose_headers_lie_is_counted_as_it_comes() {
    let mut zip = zipped(&[("a.txt", &"0".repeat(1_000_000))]);
    let said = 1_000_000_u32.to_le_bytes();
    while let Some(at) = zip.windows(4).position(|four| four == said) {
        zip[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    let error = refused(zip, &Limits { max_unzipped: 1000, ..Limits::default() });
    assert!(matches!(error, Some(ListError::TooMuchUnzipped { .. } | ListError::Unknown)), "{error:?}");
}

#[test]
fn too_many_highlights_and_reasons_are_told_in_one() {
    let rows: String = (0..5).map(|number| format!("words {number},A\n")).collect();
    let limits = Limits { max_marks: 3, ..Limits::default() };
    let list = lists::read(format!("Highlight,Title\n{rows}").as_bytes(), None, &limits).unwrap();
    assert_eq!(list.items[0].marks.len(), 3);
    let told: Vec<&str> = list.left_out.iter().map(|out| out.why.as_str()).collect();
    assert_eq!(told, ["1 highlights: an article can have 3"; 2]);

    let tags: String = (0..205).map(|number| format!("{number}|")).collect();
    let list = lists::read(format!("url,time_added,tags\na.lv,1,{tags}\n").as_bytes(), None, &limits).unwrap();
    assert_eq!(list.items[0].tags.len(), 200);
    assert_eq!(list.left_out[0].why, "5 tags: an article can have 200");

    let bad = "url,time_added\n".to_owned() + &"x,1\n".repeat(MAX_LEFT_OUT + 5);
    let list = lists::read(bad.as_bytes(), None, &Limits::default()).unwrap();
    assert_eq!(list.left_out.len(), MAX_LEFT_OUT + 1);
    assert_eq!(list.left_out[MAX_LEFT_OUT].why, "5 more could not be used");
}

#[test]
fn every_tool_says_something_else_of_itself() {
    use lists::Tool::*;
    let all = [Pocket, Instapaper, Readwise, Reader, Omnivore, Wallabag, Hypothesis, Bookmarks, Links];
    let labels: std::collections::HashSet<_> = all.iter().map(|tool| tool.label()).collect();
    assert_eq!(labels.len(), all.len());
}

/// Beginnings that lead into each reader.
const HEADS: [&str; 12] = [
    "",
    "title,url,time_added,tags,status\n",
    "URL,Title,Selection,Folder,Timestamp,Tags\n",
    "Highlight,Book Title,Book Author,Note,Color,Tags,Highlighted at\n",
    "Title,URL,ID,Document tags,Saved date,Location\n",
    "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL>",
    "<title>Pocket Export</title>",
    "[{\"url\": \"a.lv\", \"is_archived\": 1, \"annotations\": [",
    "{\"rows\": [{\"uri\": \"a.lv\", \"user\": \"x\", \"target\": [",
    "https://lsm.lv/1\n",
    "<rss version=\"2.0\"><channel><item>",
    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_bytes_break_the_readers(head in prop::sample::select(HEADS.to_vec()), tail in prop::collection::vec(any::<u8>(), 0..200)) {
        let bytes = [head.as_bytes(), &tail].concat();
        let base = domain::article::ArticleAddress::parse("lsm.lv").unwrap();
        let _ = lists::read(&bytes, None, &Limits::default());
        let _ = lists::feed::read(&bytes, &base);
    }

    #[test]
    fn no_text_breaks_the_readers(
        head in prop::sample::select(HEADS.to_vec()),
        tail in "([<>/=\"'&;,\\[\\]{}:#\n |-]|a|dl|dt|link|title|https://a\\.lv|\\PC){0,60}",
    ) {
        let text = format!("{head}{tail}");
        let base = domain::article::ArticleAddress::parse("lsm.lv").unwrap();
        let _ = lists::read(text.as_bytes(), Some("a.txt"), &Limits::default());
        let _ = lists::feed::read(text.as_bytes(), &base);
        let _ = lists::feed::links(&text, &base);
    }

    #[test]
    fn no_zip_breaks_the_reader(at in 0_usize..400, byte in any::<u8>()) {
        let mut zip = zipped(&[("part_000000.csv", "title,url,time_added\nA,https://lsm.lv/1,1\n"), ("a/b.json", "[]")]);
        let at = at % zip.len();
        zip[at] = byte;
        let _ = lists::read(&zip, None, &Limits::default());
    }
}
