//! The article that Postil was first made for: it stands beside the project and not in it.

use domain::{
    id::{GroupId, SourceId},
    source::{Certainty, Detector, Source, read_registry},
};
use std::path::Path;

/// The sources of the shipped registry, as a group that has just begun has them.
fn sources() -> Vec<Source> {
    let entries = read_registry(include_str!("../../../store/registry/sources.tsv")).unwrap();
    let group = GroupId::from_bits(0);
    entries
        .into_iter()
        .enumerate()
        .map(|(at, entry)| entry.into_source(SourceId::from_bits(at as u128), group))
        .collect()
}

#[test]
fn the_seed_article_names_four_sources_and_asks_for_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples/seed-article.txt");
    if !path.parent().is_some_and(Path::exists) {
        println!("skipped: {} is not on this machine", path.display());
        return;
    }
    let sources = sources();
    let text = std::fs::read_to_string(path).unwrap();
    let mentions = Detector::new(&sources).mentions(&text);
    let name = |id| sources.iter().find(|source| source.id == id).unwrap().name.as_str();
    let mut found: Vec<_> =
        mentions.iter().map(|each| (each.words.as_str(), name(each.source), each.certainty)).collect();
    found.sort_unstable_by_key(|(words, ..)| *words);
    found.dedup();
    let expected = [
        ("Delphi", "Delfi", Certainty::Asked),
        ("LSM", "LSM.lv", Certainty::Named),
        ("RETV", "ReTV", Certainty::Named),
        ("Tvnet", "TVNET", Certainty::Named),
        ("ZDFheute.de", "ZDFheute", Certainty::Named),
    ];
    assert_eq!(found, expected);
}
