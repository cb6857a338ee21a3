//! Hypothesis: rows of its API and what its client exports.

use super::shown::check;

/// An annotation with these members beside the usual ones.
fn row(id: &str, members: &str) -> String {
    format!(
        r#"{{"id": "{id}", "created": "2023-11-14T22:13:20.123456+00:00", "user": "acct:anna@hypothes.is", "uri": "https://lsm.lv/1",
            "document": {{"title": ["A"]}}, {members}}}"#
    )
}

fn rows(rows: &[String]) -> String {
    format!(r#"{{"total": {}, "rows": [{}]}}"#, rows.len(), rows.join(","))
}

const QUOTE: &str = r#""target": [{"source": "https://lsm.lv/1", "selector": [
    {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 3},
    {"type": "TextPositionSelector", "start": 10, "end": 15},
    {"type": "TextQuoteSelector", "exact": "Words", "prefix": "Two ", "suffix": " more"}]}]"#;

#[test]
fn annotations_and_replies_are_read() {
    let at = "at 2023-11-14T22:13";
    let page =
        |id: &str, text: &str| row(id, &format!(r#""text": "{text}", "tags": ["p"], "target": [{{"source": "x"}}]"#));
    let reply = |id: &str, text: &str, to: &str| {
        row(id, &format!(r#""text": "{text}", "tags": [], "references": [{to}], "target": [{{}}]"#))
    };
    let text = rows(&[
        reply("r2", "Two", r#""m", "r1""#),
        row("m", &format!(r#""text": "Why?", "tags": ["a", "b"], {QUOTE}"#)),
        reply("r1", "One", r#""m""#),
        page("n", "All of it"),
        row("h", &format!(r#""text": "", "tags": [], {QUOTE}"#)),
        reply("r3", "To a highlight", r#""h""#),
        // The one it answers is not in the export; two that answer each other.
        reply("r4", "To what is gone", r#""gone", "r5""#),
        reply("x", "X", r#""y""#),
        reply("y", "Y", r#""x""#),
    ]);
    check(
        text,
        "Hypothesis",
        &[
            "https://lsm.lv/1 | A #p",
            "  [Two ]Words[ more] 10-15 at 2023-11-14T22:13 #a #b",
            &format!("    \" Why? (anna) {at}"),
            &format!("      \" One (anna) {at}"),
            &format!("        \" Two (anna) {at}"),
            "  [Two ]Words[ more] 10-15 at 2023-11-14T22:13",
            &format!("    \" To a highlight (anna) {at}"),
            &format!("  \" All of it (anna) {at}"),
            &format!("  \" To what is gone (anna) {at}"),
            &format!("  \" X (anna) {at}"),
            &format!("  \" Y (anna) {at}"),
        ],
    );
}

#[test]
fn what_has_no_place_in_a_page_is_kept_or_told() {
    let text = format!(
        r#"{{"export_date": "2023-11-14", "client_version": "1", "annotations": [
            {{"id": "1", "uri": "urn:x-pdf:abc", "user": "acct:a@b", "text": "In a PDF", "document": {{"title": "Paper"}}, "target": [{{}}]}},
            {{"id": "2", "uri": "urn:x-pdf:abc", "user": "acct:a@b", "text": "More", "target": [],
              "user_info": {{"display_name": "Anna Ā"}}}},
            {{"id": "3", "uri": "https://via.hypothes.is/https://lsm.lv/1", "user": "x", "text": "", {QUOTE}}},
            {{"id": "4", "uri": "https://lsm.lv/1", "text": "By place", "user": "x",
              "target": [{{"selector": [{{"type": "TextPositionSelector", "start": 1, "end": 2}}]}}, {{}}]}},
            {{"id": "5", "uri": "https://lsm.lv/1", "user": "x", "text": "Reply", "references": ["4"], "tags": ["t"]}},
            {{"id": "6", "uri": "https://lsm.lv/2", "user": "x", "target": [{{}}]}}, 7]}}"#
    );
    check(
        text,
        "Hypothesis",
        &[
            "(no address) | Paper",
            "  \" In a PDF (a)",
            "  \" More (Anna Ā)",
            "https://lsm.lv/1",
            "  [Two ]Words[ more] 10-15",
            "  \" By place (x)",
            "    \" Reply (x)",
            "https://lsm.lv/2",
            "- item 4: the tag “t” of a reply",
            "- item 4: it speaks of several places: the first alone is kept",
            "- item 4: its place is told without words, so it cannot be found in a text",
            "- item 6: it says nothing",
            "- item 7: it has no address",
        ],
    );
}

#[test]
fn a_long_chain_of_replies_is_kept_and_bounded() {
    let chain: Vec<String> = (0..2000)
        .map(|number: i32| {
            row(
                &format!("i{number}"),
                &format!(r#""text": "{number}", "references": ["i{}"], "target": []"#, number - 1),
            )
        })
        .collect();
    let list = lists::read(rows(&chain).as_bytes(), None, &lists::Limits::default()).unwrap();
    let said = super::shown::lines(&list);
    for number in 0..2000 {
        assert!(said.iter().any(|line| line.contains(&format!("\" {number} (anna)"))), "{number}");
    }
}
