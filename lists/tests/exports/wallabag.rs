//! wallabag of both versions, and its API.

use super::shown::check;

#[test]
fn wallabag_is_read() {
    let rows: &[(&str, &[&str])] = &[
        (
            r#"[{"id": "1", "title": "A", "url": "https://lsm.lv/1", "is_archived": true, "is_starred": 1,
                "created_at": "2023-11-14T22:13:20+0000", "updated_at": "2023-11-14T22:13:20+0000", "language": "lv",
                "published_at": "2023-11-13T10:00:00+0200", "published_by": ["Anna", "Berta"], "domain_name": "lsm.lv",
                "preview_picture": "https://lsm.lv/1.jpg", "content": "<p>Words</p>", "tags": ["a", "b"],
                "annotations": [
                  {"user": "anna", "text": "Why?", "quote": "Words", "created_at": "2023-11-14T22:14:20+0000",
                   "ranges": [{"start": "/p[1]", "startOffset": "0", "end": "/p[1]", "endOffset": "5"}]},
                  {"text": "", "quote": "Other"}, {"text": "About all"}, {"quote": ""}]},
               {"title": "B", "url": "", "content": "<p>Kept</p>", "is_archived": 0, "tags": [{"label": "c", "slug": "c"}]},
               {"title": "C", "url": "", "is_archived": 0, "published_by": null, "created_at": "soon"}]"#,
            &[
                "https://lsm.lv/1 | A | by Anna, Berta | in lv | published 2023-11-13T08:00 | picture https://lsm.lv/1.jpg | added 2023-11-14T22:13 | text <p>Words</p> | archived #a #b #starred",
                "  []Words[] at 2023-11-14T22:14",
                "    \" Why? (anna) at 2023-11-14T22:14",
                "  []Other[]",
                "  \" About all",
                "(no address) | B | text <p>Kept</p> #c",
                "- item 1: an annotation with neither words nor a note",
                "- item 3: “soon” is not a date that Postil can read",
                "- item 3: “C”: it has no address",
            ],
        ),
        (
            r#"{"page": 1, "_embedded": {"items": [{"title": "A", "url": "https://lsm.lv/1", "is_archived": 0, "published_by": "Anna"}]}}"#,
            &["https://lsm.lv/1 | A | by Anna"],
        ),
        (
            r#"{"0": {"title": "A", "url": "https://lsm.lv/1", "is_read": "1", "is_fav": "0", "tags": "a, b"},
                "1": {"title": "B", "url": "https://lsm.lv/2", "is_read": "0", "is_fav": "1", "tags": ""}}"#,
            &["https://lsm.lv/1 | A | archived #a #b", "https://lsm.lv/2 | B #starred"],
        ),
        (
            r#"[null, {"url": "https://lsm.lv/1", "is_starred": "x", "title": 5, "tags": [7], "preview_picture": "/1.jpg", "annotations": {}}, 3]"#,
            &[
                "https://lsm.lv/1 | 5 #7",
                "- item 1: it has no address",
                "- item 2: “/1.jpg” is not the address of a picture",
                "- item 3: it has no address",
            ],
        ),
    ];
    for (text, expected) in rows {
        check(text, "wallabag", expected);
    }
}
