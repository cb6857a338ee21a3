//! Any bytes as what another tool exports, and as a feed.
#![no_main]

use domain::article::ArticleAddress;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in [None, Some("a.csv"), Some("a.json"), Some("a.html"), Some("a.zip")] {
        if let Ok(list) = lists::read(bytes, name, &lists::Limits::default()) {
            assert!(list.items.iter().all(|item| item.marks.len() <= lists::Limits::default().max_marks));
        }
    }
    if let Ok(base) = ArticleAddress::parse("https://news.example/feed") {
        let _ = lists::feed::read(bytes, &base);
        let _ = lists::feed::links(&String::from_utf8_lossy(bytes), &base);
    }
});
