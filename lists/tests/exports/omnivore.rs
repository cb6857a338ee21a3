//! Omnivore's zip, and its metadata alone.

use super::shown::{check, zipped};

const METADATA: &str = r#"[
  {"id": "1", "slug": "a-1", "title": "A", "description": "d", "author": "Anna", "url": "https://lsm.lv/1", "state": "Archived",
   "readingProgress": 100, "thumbnail": "https://lsm.lv/1.jpg", "labels": ["x", {"name": "to read"}],
   "savedAt": "2023-11-14T22:13:20.000Z", "updatedAt": "2023-11-14T22:13:20.000Z", "publishedAt": "2023-11-13T00:00:00.000Z"},
  {"id": "2", "slug": "b-2", "title": "B", "author": null, "url": "https://lsm.lv/2", "state": "Active", "labels": [], "savedAt": null}
]"#;

#[test]
fn omnivore_is_read_with_texts_and_highlights() {
    let zip = zipped(&[
        ("content/a-1.html", "<p>Words</p>"),
        ("content/gone.html", "<p>Lost</p>"),
        ("highlights/a-1.md", "> Words \n\n#key\n\nWhy?\n\n> More\n> of it "),
        ("metadata_0_to_20.json", METADATA),
        (
            "metadata_20_to_21.json",
            r#"[{"slug": "c", "title": "C", "url": "omnivore://c", "savedAt": "2023-11-14T22:13:20.000Z"}]"#,
        ),
        ("metadata_21_to_22.json", "[{"),
        ("readme.txt", "x"),
        ("content/c.html", "<p>Kept</p>"),
    ]);
    check(
        zip,
        "Omnivore",
        &[
            "https://lsm.lv/1 | A | by Anna | published 2023-11-13T00:00 | picture https://lsm.lv/1.jpg | added 2023-11-14T22:13 | text <p>Words</p> | archived #x #to read",
            "  []Words[] #key",
            "    \" Why?",
            "  []More\n\nof it[]",
            "https://lsm.lv/2 | B",
            "(no address) | C | added 2023-11-14T22:13 | text <p>Kept</p>",
            "- readme.txt: Postil does not know what this file of the zip is for",
            "- metadata_20_to_21.json, item 1: “C”: “omnivore://c”: an article's address begins with http:// or https://, not with omnivore:; it is kept without an address",
            "- metadata_21_to_22.json: its JSON is damaged (EOF while parsing an object at line 1 column 2): export it again",
            "- content/gone.html: no article of the metadata has this name",
        ],
    );
    check(
        METADATA,
        "Omnivore",
        &[
            "https://lsm.lv/1 | A | by Anna | published 2023-11-13T00:00 | picture https://lsm.lv/1.jpg | added 2023-11-14T22:13 | archived #x #to read",
            "https://lsm.lv/2 | B",
        ],
    );
}
