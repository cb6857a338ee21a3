//! The sources that a group begins with.

use domain::{
    id::{GroupId, SourceId},
    source::{Certainty, Detector, RegistryEntry, Source},
};
use std::collections::HashSet;

fn source(at: usize, entry: RegistryEntry) -> Source {
    entry.into_source(SourceId::from_bits(at as u128), GroupId::from_bits(0))
}

#[test]
fn the_starter_registry_is_read() {
    let entries = store::source::starter().unwrap();
    assert!(entries.len() > 50, "{}", entries.len());
    let keys: HashSet<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys.len(), entries.len(), "each key stands once");
    for entry in &entries {
        assert!(!entry.name.is_empty() && entry.name.trim() == entry.name, "{entry:?}");
        assert!(entry.country.as_ref().is_none_or(|code| code.len() == 2), "{entry:?}");
        assert!(
            entry.domains.iter().all(|name| *name == name.to_lowercase() && !name.starts_with("www.")),
            "{entry:?}"
        );
    }
}

#[test]
fn its_names_are_found_and_doubtful_ones_asked() {
    let sources: Vec<Source> =
        store::source::starter().unwrap().into_iter().enumerate().map(|(at, entry)| source(at, entry)).collect();
    let detector = Detector::new(&sources);
    let rows: [(&str, &[(&str, Certainty)]); 4] = [
        ("RETV,Tvnet,LSM,and", &[("RETV", Certainty::Named), ("Tvnet", Certainty::Named), ("LSM", Certainty::Named)]),
        ("on ZDFheute.de today", &[("ZDFheute.de", Certainty::Named)]),
        ("as Delphi wrote", &[("Delphi", Certainty::Asked)]),
        ("Ir diena, kad up and ir", &[]),
    ];
    for (text, expected) in rows {
        let mentions = detector.mentions(text);
        let found: Vec<(&str, Certainty)> = mentions.iter().map(|each| (each.words.as_str(), each.certainty)).collect();
        assert_eq!(found, expected, "{text}");
    }
}
