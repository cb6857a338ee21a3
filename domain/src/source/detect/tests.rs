//! What the detector finds with the shipped registry, text by text.

use super::*;
use crate::{
    id::GroupId,
    source::{Alias, read_registry},
};
use Certainty::{Asked, Named};
use proptest::prelude::*;
use std::sync::LazyLock;

static SHIPPED: LazyLock<(Vec<Source>, Detector)> = LazyLock::new(|| {
    let entries = read_registry(include_str!("../../../../store/registry/sources.tsv")).unwrap();
    let sources: Vec<Source> = entries
        .into_iter()
        .zip(1..)
        .map(|(entry, bits)| entry.into_source(SourceId::from_bits(bits), GroupId::from_bits(0)))
        .collect();
    let detector = Detector::new(&sources);
    (sources, detector)
});

fn found(text: &str) -> Vec<(String, &'static str, Certainty)> {
    let (sources, detector) = &*SHIPPED;
    let name = |id| sources.iter().find(|source| source.id == id).unwrap().name.as_str();
    detector.mentions(text).into_iter().map(|found| (found.words, name(found.source), found.certainty)).collect()
}

fn check(text: &str, expected: &[(&str, &str, Certainty)]) {
    let found = found(text);
    let found: Vec<_> = found.iter().map(|(words, name, certainty)| (words.as_str(), *name, *certainty)).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn names_are_found_as_they_are_written() {
    check("Ir zināms, ka LSM ziņo", &[("LSM", "LSM.lv", Named)]);
    check(
        "LSM, ReTV un Latvijas Radio",
        &[("LSM", "LSM.lv", Named), ("ReTV", "ReTV", Named), ("Latvijas Radio", "Latvijas Radio", Named)],
    );
    check("To vēsta aģentūra LETA.", &[("LETA", "LETA", Named)]);
    check("Reuters and the BBC’s staff", &[("Reuters", "Reuters", Named), ("BBC", "BBC", Named)]);
    check("wie die FAZ meldet", &[("FAZ", "Frankfurter Allgemeine", Named)]);
    check("F.A.Z.", &[("F.A.Z.", "Frankfurter Allgemeine", Named)]);
    check("сообщает ТАСС", &[("ТАСС", "TASS", Named)]);
    check("пише Українська правда", &[("Українська правда", "Ukrainska Pravda", Named)]);
    check("Re:Baltica un Re:Check", &[("Re:Baltica", "Re:Baltica", Named), ("Re:Check", "Re:Check", Named)]);
    check("lsm reuters bbc tvnet Lsm", &[]);
    check("LSMX eLETA LETAs LSM2 LSM\u{304} xBBC BBC_x", &[]);
    check("Zelensky met Putin; kas ir", &[]);
    check("", &[]);
}

#[test]
fn a_space_that_is_missing_hides_nothing() {
    let four =
        [("RETV", "ReTV", Named), ("Tvnet", "TVNET", Named), ("LSM", "LSM.lv", Named), ("Delphi", "Delfi", Asked)];
    check("as RETV,Tvnet,LSM,and Delphi,say", &four);
    check(
        "said LSM.While others;TVNET(Reuters)",
        &[("LSM", "LSM.lv", Named), ("TVNET", "TVNET", Named), ("Reuters", "Reuters", Named)],
    );
    check("securing support, LSM.while", &[("LSM", "LSM.lv", Named)]);
}

#[test]
fn the_longest_name_counts() {
    check("Rus.Delfi raksta", &[("Rus.Delfi", "Delfi", Named)]);
    check("BBC News, BBC", &[("BBC News", "BBC", Named), ("BBC", "BBC", Named)]);
    check("Interfax-Ukraine", &[("Interfax-Ukraine", "Interfax-Ukraine", Named)]);
    check("Delfi Eesti", &[("Delfi Eesti", "Delfi Eesti", Named)]);
    check("Delfi Eestis", &[("Delfi", "Delfi", Named)]);
    check("Новая газета Европа", &[("Новая газета Европа", "Novaya Gazeta Europe", Named)]);
    check("Kyiv Post", &[("Kyiv Post", "Kyiv Post", Named)]);
    // A guarded name that does not count still hides the shorter one: that is not what stands there.
    check("Melo detektorius", &[]);
}

#[test]
fn domains_count_in_any_case() {
    check("(as ZDFheute.de has it)", &[("ZDFheute.de", "ZDFheute", Named)]);
    check(
        "lsm.lv LSM.LV Delfi.lv,TVNET.lv",
        &[
            ("lsm.lv", "LSM.lv", Named),
            ("LSM.LV", "LSM.lv", Named),
            ("Delfi.lv", "Delfi", Named),
            ("TVNET.lv", "TVNET", Named),
        ],
    );
    check("https://rus.delfi.lv/lsm.lv/LSM?q=BBC x", &[("rus.delfi.lv", "Delfi", Named)]);
    check("http://www.pravda.com.ua/eng/", &[("www.pravda.com.ua", "Ukrainska Pravda", Named)]);
    check("https://ru.rebaltica.lv.", &[("ru.rebaltica.lv", "Re:Baltica", Named)]);
    check("ir.lv un Bild.de", &[("ir.lv", "Ir", Named), ("Bild.de", "Bild", Named)]);
    check("https://epl.delfi.lt", &[("epl.delfi.lt", "Delfi Lietuva", Named)]);
    check("delfi.lv.evil.com notlsm.lv my-lsm.lv info@lsm.lv https://evil.com/LSM", &[]);
    check("https://t.me/NATO", &[("t.me", "Telegram", Asked)]);
    check("https://www.nato.int/x", &[("www.nato.int", "NATO", Asked)]);
    // Not sure to be theirs: asked.
    check("Diena.lv", &[("Diena.lv", "Diena", Asked)]);
}

#[test]
fn a_common_word_counts_only_where_it_is_marked() {
    check("Diena bija gara. Ir labi. UP, LA, DB", &[]);
    check("„Diena” un \"Ir\"", &[("Diena", "Diena", Asked), ("Ir", "Ir", Asked)]);
    check("«Диена» и «Вести»", &[("Диена", "Diena", Asked), ("Вести", "Press.lv", Asked)]);
    check("“Bild” reported", &[("Bild", "Bild", Asked)]);
    check("Das Bild zeigt", &[]);
    check("die Zeitung Bild schreibt", &[("Bild", "Bild", Asked)]);
    check("laikraksts Diena raksta", &[("Diena", "Diena", Asked)]);
    check("žurnālā Ir lasāms", &[("Ir", "Ir", Asked)]);
    check("Ir žurnāls. Ir portāls.", &[]);
    check("«diena», „ir”, “bild”", &[]);
    check("агентство AP, the RT channel", &[("AP", "Associated Press", Asked), ("RT", "RT", Asked)]);
    check("видання УП пише", &[("УП", "Ukrainska Pravda", Asked)]);
    check("Юле подарили, Медуза плывёт", &[]);
    check("X marks it; RT if you like", &[]);
    check("ŽURNĀLS IR PĀRDOTS", &[]);
}

#[test]
fn a_name_that_may_mean_a_source_is_asked() {
    check("to ziņo Delfos un Delfiem", &[("Delfos", "Delfi", Asked), ("Delfiem", "Delfi", Asked)]);
    check("Дельфи пишет", &[("Дельфи", "Delfi", Asked)]);
    check("berichtet das ZDF heute", &[("ZDF heute", "ZDFheute", Asked)]);
    check(
        "The Guardian, the Guardian",
        &[("The Guardian", "The Guardian", Named), ("Guardian", "The Guardian", Asked)],
    );
    check("за даними РИА", &[("РИА", "RIA Novosti", Asked)]);
}

#[test]
fn a_name_of_several_sources_means_the_one_that_it_is_plain_for() {
    check("Delfi raksta", &[("Delfi", "Delfi", Named)]);
    check("«Pravda»", &[("Pravda", "Ukrainska Pravda", Asked), ("Pravda", "Pravda.ru", Asked)]);
    check("«Правда»", &[("Правда", "Pravda.ru", Asked)]);
    check("Interfax", &[("Interfax", "Interfax-Ukraine", Asked)]);
}

#[test]
fn a_body_counts_only_where_it_speaks() {
    check("former NATO officials and NATO membership, a NATO-interoperable force", &[]);
    check("a former NATO Secretary-General believes", &[]);
    check("NATO said so", &[("NATO", "NATO", Asked)]);
    check("according to the White House", &[("White House", "The White House", Asked)]);
    check("Eiropas Komisija paziņoja", &[("Eiropas Komisija", "European Commission", Asked)]);
    check("как сообщили в НАТО", &[("НАТО", "NATO", Asked)]);
    check("Офіс президента повідомив", &[("Офіс президента", "Office of the President of Ukraine", Asked)]);
    check("laut der Europäische Kommission", &[("Europäische Kommission", "European Commission", Asked)]);
    check("ISW assessed; the ISW map", &[("ISW", "Institute for the Study of War", Asked)]);
    check("he uses Telegram, Facebook and YouTube", &[]);
    check("Saeima balsoja; tā notika, paziņoja Saeima.", &[("Saeima", "Saeima", Asked)]);
    check("X said; EK paziņoja", &[]);
}

#[test]
fn names_that_two_sources_share_are_asked_for_both() {
    let source = |bits, used, kind| Source {
        id: SourceId::from_bits(bits),
        group: GroupId::from_bits(0),
        name: format!("Paper {bits}"),
        aliases: vec![Alias { text: "Echo".into(), used }, Alias { text: " ".into(), used }],
        domains: vec!["WWW.Echo.example".into(), "localhost".into()],
        country: None,
        languages: Vec::new(),
        kind,
        owner: None,
    };
    let (paper, body) = (SourceKind::Commercial, SourceKind::Official);
    let rows = [
        ([(AliasUse::Plain, paper), (AliasUse::Plain, paper)], "Echo", vec![(1, Asked), (2, Asked)]),
        ([(AliasUse::Ask, paper), (AliasUse::Plain, paper)], "Echo", vec![(2, Named)]),
        ([(AliasUse::Ask, paper), (AliasUse::Ask, paper)], "Echo", vec![(1, Asked), (2, Asked)]),
        ([(AliasUse::Ask, paper), (AliasUse::Guarded, paper)], "Echo", vec![(1, Asked)]),
        ([(AliasUse::Plain, body), (AliasUse::Ask, paper)], "Echo", vec![(2, Asked)]),
        ([(AliasUse::Plain, body), (AliasUse::Plain, paper)], "Echo", vec![(2, Named)]),
        ([(AliasUse::Ask, paper), (AliasUse::Ask, paper)], "echo.example", vec![(1, Asked), (2, Asked)]),
        ([(AliasUse::Ask, paper), (AliasUse::Ask, paper)], "localhost Paper 2", vec![(2, Named)]),
    ];
    for ([(one, its), (two, other)], text, expected) in rows {
        let detector = Detector::new(&[source(1, one, its), source(2, two, other)]);
        let expected: Vec<_> = expected.into_iter().map(|(bits, sure)| (SourceId::from_bits(bits), sure)).collect();
        let found: Vec<_> = detector.mentions(text).iter().map(|found| (found.source, found.certainty)).collect();
        assert_eq!(found, expected, "{text:?} {one:?} {two:?}");
    }
    assert_eq!(Detector::new(&[]).mentions("Echo, lsm.lv"), []);
}

/// Any text, with names, dots and marks in it more often than chance has them.
fn texts() -> impl Strategy<Value = String> {
    let names: Vec<String> = SHIPPED
        .0
        .iter()
        .flat_map(|source| source.aliases.iter().map(|alias| alias.text.clone()).chain(source.domains.clone()))
        .chain(
            ["„", "”", "\"", ".", ",", " ", "-", "://", "@", "/", "laikraksts ", " said ", "\u{304}", "😀", "ā"]
                .map(str::to_owned),
        )
        .collect();
    let piece = prop_oneof![prop::sample::select(names), any::<String>()];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn mentions_are_slices_of_the_text_in_order(text in texts()) {
        let indexed = IndexedText::new(&text);
        let mentions = SHIPPED.1.mentions(&text);
        for mention in &mentions {
            prop_assert_eq!(indexed.slice(mention.range), Some(mention.words.as_str()));
        }
        for pair in mentions.windows(2) {
            let (one, two) = (&pair[0], &pair[1]);
            prop_assert!(one.range.end <= two.range.start || one.range == two.range && one.source != two.source);
        }
    }
}
