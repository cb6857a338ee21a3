//! Bookmarks as HTML, and what Pocket gave earlier.

use super::shown::{check, check_file};

#[test]
fn bookmarks_are_read_with_their_folders() {
    check(
        r#"<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is made up. -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>
<DL><p>
    <DT><A HREF="https://lsm.lv/1?a=1&amp;b=2" ADD_DATE="1700000000" TAGS="eu,to read" ICON="data:image/png;base64,AA>">Bud&#382;ets &amp; <b>co</b></A>
    <DD>What I think
of it
    <DT><H3 ADD_DATE="1700000000" PERSONAL_TOOLBAR_FOLDER="true">Toolbar</H3>
    <DL><p>
        <DT><H3>News</H3>
        <DD>A folder of news
        <DL><p>
            <DT><A HREF="https://lsm.lv/2">Two</A>
            <DT><A HREF="javascript:alert(1)">A bookmarklet</A>
            <DT><A HREF="place:type=6">Recent</A>
        </DL><p>
        <DT><A HREF="https://www.lsm.lv/2">Two</A>
        <HR>
    </DL><p>
    <DT><A HREF="https://lsm.lv/3"></A>
</DL>"#,
        "Bookmarks",
        &[
            "https://lsm.lv/1?a=1&b=2 | Budžets & co | added 2023-11-14T22:13 #eu #to read",
            "  \" What I think of it",
            "https://lsm.lv/2 | Two #News",
            "https://lsm.lv/3",
            "- line 16: “A bookmarklet”: “javascript:alert(1)”: an article's address begins with http:// or https://, not with javascript:",
            "- line 17: “Recent”: “place:type=6”: an article's address begins with http:// or https://, not with place:",
        ],
    );
    check(
        "<dl><dt><a href=https://lsm.lv/1>A<dt><a href=https://lsm.lv/2>B",
        "Bookmarks",
        &["https://lsm.lv/1", "https://lsm.lv/2"],
    );
}

#[test]
fn the_older_export_of_pocket_is_read() {
    let page = r#"<!DOCTYPE html><html><head><meta charset="UTF-8"><title>Pocket Export</title></head><body>
<h1>Unread</h1><ul>
<li><a href="https://lsm.lv/1" time_added="1700000000" tags="a,b">One</a></li>
<li><a href="https://lsm.lv/2" time_added="1700000000" tags="">https://lsm.lv/2</a></li>
</ul>
<h1>Read Archive</h1><ul>
<li><a href="https://lsm.lv/3" time_added="0" tags="c">Three</a></li>
</ul></body></html>"#;
    let expected = [
        "https://lsm.lv/1 | One | added 2023-11-14T22:13 #a #b",
        "https://lsm.lv/2 | added 2023-11-14T22:13",
        "https://lsm.lv/3 | Three | archived #c",
    ];
    check(page, "Pocket", &expected);
    check_file(page.replace("Pocket Export", "x"), "ril_export.html", "Pocket", &expected);
}
