//! Pocket, Instapaper, Readwise, Reader, and tables and texts of anybody.

use super::shown::{check, check_file, zipped};

#[test]
fn pocket_is_read() {
    let rows: &[(&str, &[&str])] = &[
        (
            "title,url,time_added,tags,status\n\
             Budžets,https://lsm.lv/1,1700000000,ekonomika|to read,unread\n\
             https://lsm.lv/2,https://lsm.lv/2,1700000060,,archive\n",
            &[
                "https://lsm.lv/1 | Budžets | added 2023-11-14T22:13 #ekonomika #to read",
                "https://lsm.lv/2 | added 2023-11-14T22:14 | archived",
            ],
        ),
        // A byte order mark, CRLF, a line break and quotation marks in a title, more columns, another order.
        (
            "\u{feff}url,time_added,cursor,title,status,tags\r\n\
             https://lsm.lv/1,0,abc,\"One,\r\n\"\"two\"\"\",unread,\r\n",
            &["https://lsm.lv/1 | One,\r\n\"two\""],
        ),
        (
            "title,url,time_added,mood\nA,https://lsm.lv/1,1,glad\n",
            &[
                "https://lsm.lv/1 | A | added 1970-01-01T00:00",
                "- line 1: Postil does not know what the column “mood” says",
            ],
        ),
        // Fewer columns; a row that is too short; one article twice.
        (
            "url,time_added\nhttps://lsm.lv/1\n\nhttps://www.lsm.lv/1/?utm_source=pocket,1700000000\n",
            &["https://lsm.lv/1 | added 2023-11-14T22:13"],
        ),
        (
            "title,url,time_added,tags,status\nA,https://lsm.lv/1,1,a,archive\nB,http://lsm.lv/1,2,b,unread\n",
            &[
                "https://lsm.lv/1 | A | added 1970-01-01T00:00 #a #b",
                "- line 3: it is the article of line 2, which has another title than “B”",
            ],
        ),
        (
            "title,url,time_added,tags,status\nMail,mailto:a@b.lv,1,,unread\nNone,,1,,unread\nA,lsm.lv/1,soon,,\n",
            &[
                "https://lsm.lv/1 | A",
                "- line 2: “Mail”: “mailto:a@b.lv”: an article's address begins with http:// or https://, not with mailto:",
                "- line 3: “None”: it has no address",
                "- line 4: “soon” is not a date that Postil can read",
            ],
        ),
    ];
    for (text, expected) in rows {
        check(text, "Pocket", expected);
    }
}

#[test]
fn the_parts_and_highlights_of_a_pocket_zip_are_put_together() {
    let zip = zipped(&[
        ("__MACOSX/._part_000000.csv", "x"),
        (
            "pocket/annotations/part_000000.json",
            r#"[{"url": "https://lsm.lv/1", "title": "A", "highlights": [{"quote": "words", "created_at": 1700000000}, {"quote": ""}]},
                {"url": "https://lsm.lv/3", "title": "C", "highlights": [{"quote": "more", "note": "why"}]}]"#,
        ),
        ("pocket/part_000000.csv", "title,url,time_added,tags,status\nA,https://lsm.lv/1,1700000000,a,unread\n"),
        (
            "pocket/part_000001.csv",
            "title,url,time_added,tags,status\nB,https://lsm.lv/2,1700000000,b,archive\n,x,1,,\n",
        ),
        ("pocket/picture.png", "\u{0}\u{1}"),
        ("inner.zip", "PK\u{3}\u{4}"),
    ]);
    check(
        zip,
        "Pocket",
        &[
            "https://lsm.lv/1 | A | added 2023-11-14T22:13 #a",
            "  []words[] at 2023-11-14T22:13",
            "https://lsm.lv/2 | B | added 2023-11-14T22:13 | archived #b",
            "https://lsm.lv/3 | C | archived",
            "  []more[]",
            "    \" why",
            "- pocket/part_000001.csv, line 3: “x”: this is not a web address: copy it whole from the browser's address bar",
            "- pocket/annotations/part_000000.json, item 1: a highlight without words",
            "- pocket/picture.png: this file is not a list that Postil knows",
            "- inner.zip: this file is not a list that Postil knows",
        ],
    );
}

#[test]
fn instapaper_is_read_with_its_selections() {
    let rows: &[(&str, &[&str])] = &[
        (
            "URL,Title,Selection,Folder,Timestamp,Tags\n\
             https://lsm.lv/1,A,,Unread,1700000000,[]\n\
             https://lsm.lv/2,B,\"Words, that\nstand out\",Archive,1700000000,\"[\"\"eu\"\", \"\"to read\"\"]\"\n\
             https://lsm.lv/3,C,,Starred,1700000000,\n\
             https://lsm.lv/4,D,,Elections,1700000000,[]\n",
            &[
                "https://lsm.lv/1 | A | added 2023-11-14T22:13",
                "https://lsm.lv/2 | B | added 2023-11-14T22:13 | archived #eu #to read",
                "  []Words, that\nstand out[] at 2023-11-14T22:13",
                "https://lsm.lv/3 | C | added 2023-11-14T22:13 #starred",
                "https://lsm.lv/4 | D | added 2023-11-14T22:13 #Elections",
            ],
        ),
        // The older form, as a spreadsheet saves it; letters, with and without a selection.
        (
            "URL;Title;Selection;Folder\r\n\
             instapaper-private://email/1;Letter;;Unread\r\n\
             instapaper-private://email/2;Letter 2;Words;Archive\r\n",
            &[
                "(no address) | Letter 2 | archived",
                "  []Words[]",
                "- line 2: “Letter”: “instapaper-private://email/1”: an article's address begins with http:// or https://, not with instapaper-private:",
                "- line 3: “Letter 2”: “instapaper-private://email/2”: an article's address begins with http:// or https://, not with instapaper-private:; it is kept without an address",
            ],
        ),
    ];
    for (text, expected) in rows {
        check(text, "Instapaper", expected);
    }
}

#[test]
fn highlights_of_one_document_become_one_article() {
    let rows: &[(&str, &[&str])] = &[
        (
            "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n\
             \"Words\nin two lines\",Budžets,Anna,,Why?,pink,\"a,b\",page,12,2023-11-14 22:13:20+00:00,economy\n\
             Other words,budžets,ANNA,,,orange,,location,345,2023-11-14 23:13:20+02:00,\"economy, read\"\n\
             Words of a book,Grāmata,Berta,B000X,,,,page,1,,\n\
             ,Budžets,Anna,,A note alone,,,,,,\n\
             ,Budžets,Anna,,,yellow,,,,,\n",
            &[
                "(no address) | Budžets | by Anna #economy #read",
                "  []Words\nin two lines[] rose at 2023-11-14T22:13 #a #b",
                "    \" Why? at 2023-11-14T22:13",
                "  []Other words[] yellow at 2023-11-14T21:13",
                "  \" A note alone",
                "(no address) | Grāmata | by Berta",
                "  []Words of a book[]",
                "- line 4: it is the article of line 2, which has another title than “budžets”",
            ],
        ),
        // An address in a column of its own, and one in the place of a title; the same highlight twice.
        (
            "Highlight,Title,Author,URL,Note,Location,Date\n\
             Words,A,Anna,https://lsm.lv/1,,,\n\
             Words,A,Anna,https://www.lsm.lv/1,,,\n\
             More,https://lsm.lv/2,,,,,\n",
            &["https://lsm.lv/1 | A | by Anna", "  []Words[]", "https://lsm.lv/2", "  []More[]"],
        ),
    ];
    check(rows[1].0, "Readwise", rows[1].1);
    let expected: Vec<&str> = rows[0].1.iter().copied().filter(|line| !line.contains("another title")).collect();
    let mut with_reasons = expected.clone();
    with_reasons.push("- line 4: it is the article of line 2, which has another title than “budžets”");
    with_reasons.push("- line 4: it is the article of line 2, which has another byline than “ANNA”");
    with_reasons.push("- line 7: a highlight with neither words nor a note");
    check(rows[0].0, "Readwise", &with_reasons);
}

#[test]
fn reader_is_read() {
    check(
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n\
         A,https://lsm.lv/1,01h,\"['economy', 'to read']\",2023-11-14 22:13:20+00:00,0.5,archive,True\n\
         B,https://lsm.lv/2,01i,[],2023-11-14,0,shortlist,False\n\
         C,mailto:reader-forwarded-email/1,01j,[],2023-11-14,0,new,False\n",
        "Readwise Reader",
        &[
            "https://lsm.lv/1 | A | added 2023-11-14T22:13 | archived #economy #to read",
            "https://lsm.lv/2 | B | added 2023-11-14T00:00 #shortlist",
            "- line 4: “C”: “mailto:reader-forwarded-email/1”: an article's address begins with http:// or https://, not with mailto:",
        ],
    );
}

#[test]
fn any_table_with_addresses_is_read() {
    check(
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n\
         1,A,\"my, note\",x,https://lsm.lv/1,Work,\"a, b\",2023-11-14T22:13:20.000Z,,words,false\n",
        "List of links",
        &[
            "https://lsm.lv/1 | A | added 2023-11-14T22:13 #a #b #Work",
            "  \" my, note",
            "- line 1: Postil does not know what the column “highlights” says",
        ],
    );
    check("sep=;\nName;Link\nA;https://lsm.lv/1\n", "List of links", &["https://lsm.lv/1 | A"]);
}

#[test]
fn a_text_with_addresses_is_read() {
    check(
        "# Mine\nhttps://lsm.lv/1\r\n\n- [B](https://lsm.lv/2)\nlsm.lv/3\nwords in between\nhttp://www.lsm.lv/1 A\n",
        "List of links",
        &[
            "https://lsm.lv/1 | A",
            "https://lsm.lv/2 | B",
            "https://lsm.lv/3",
            "- line 6: “words in between”: there is no address of an article",
        ],
    );
    check("[B](https://lsm.lv/2)\n", "List of links", &["https://lsm.lv/2 | B"]);
    check_file(
        "Read this\nand this\nand\nhttps://lsm.lv/1\n",
        "mine.TXT",
        "List of links",
        &[
            "https://lsm.lv/1",
            "- line 1: “Read this”: there is no address of an article",
            "- line 2: “and this”: there is no address of an article",
            "- line 3: “and”: there is no address of an article",
        ],
    );
    // UTF-16, as some editors save.
    let wide: Vec<u8> = "\u{feff}https://lsm.lv/ā".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(wide, "List of links", &["https://lsm.lv/%C4%81"]);
}
