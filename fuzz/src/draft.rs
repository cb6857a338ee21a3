//! What every target asks of a draft, and how parts become a packed file.

use domain::article::{CANONICAL_TEXT_VERSION, Draft, Layout, OriginForm, RepairKind};
use import::{Brought, Limits, draft};
use std::io::{Cursor, Write};
use url::Url;
use zip::{ZipWriter, write::SimpleFileOptions};

/// Reads bytes as this form, and holds what comes out to the laws of a draft.
pub fn read(bytes: &[u8], form: Option<OriginForm>, selected: bool) {
    let address = Url::parse("https://news.example/a/b?c").ok();
    let brought = Brought { bytes, form, selected, address: address.as_ref(), ..Brought::default() };
    if let Ok((draft, _)) = draft(&brought, &Limits::default()) {
        check(&draft);
    }
}

fn check(draft: &Draft) {
    assert_eq!(CANONICAL_TEXT_VERSION, 1);
    let layout = Layout::of(&draft.blocks);
    let length = layout.text().chars().count() as u32;
    assert!(draft.blocks.iter().filter(|block| block.is_title()).count() <= 1, "one title at the most");
    assert!(layout.leaves().iter().all(|leaf| leaf.range.end.0 <= length), "each leaf is in the text");
    for (repair, number) in draft.repairs.iter().zip(1..) {
        assert_eq!(repair.number.0, number, "repairs are numbered in order");
        if let RepairKind::Spacing { places } = &repair.kind {
            assert!(places.iter().all(|place| place.0 < length), "each space is in the text");
        }
    }
}

/// A zip with these parts.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // Writing to memory cannot fail.
        let _ = zip.start_file(*name, SimpleFileOptions::default()).map(|()| zip.write_all(bytes));
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
