//! The kinds of edits that real texts undergo, in the scripts and languages that people read here.

use super::stands;

const BRIDGE: &str = "The bridge over the river was closed on Monday after an inspection found cracks in two of its \
    piers. Engineers from the ministry said that repairs would take at least four months. Traffic has been led over \
    the northern road since then.\n\nThe mayor called the decision late but right. Shops along the river street have \
    lost a third of their customers, the chamber of commerce told Reuters on Thursday.";

/// Words, and what was put in their place.
type Edits<'a> = &'a [(&'a str, &'a str)];

/// What was edited in [`BRIDGE`], the words that were marked, and how they stand afterwards.
fn check(edits: Edits, words: &str, expected: &str) {
    let new = edits.iter().fold(BRIDGE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from:?} is there to be edited");
        text.replacen(from, to, 1)
    });
    check_texts(BRIDGE, words, &new, expected);
}

fn check_texts(old: &str, words: &str, new: &str, expected: &str) {
    for (found, with) in stands(old, words, new).into_iter().zip(["with the older text", "without it"]) {
        assert_eq!(found, expected, "{with}: {words:?} in {new:?}");
    }
}

#[test]
fn words_are_followed_through_edits() {
    let cracks = "an inspection found cracks in two of its piers";
    let repairs = "Engineers from the ministry said that repairs would take at least four months.";
    let rows: &[(Edits, &str, &str)] = &[
        (&[], cracks, "exact: an inspection found cracks in two of its piers"),
        (&[("The bridge", "On Friday: the bridge")], cracks, "moved: an inspection found cracks in two of its piers"),
        // A typo, and its repair.
        (&[("cracks", "carcks")], cracks, "changed: an inspection found carcks in two of its piers"),
        // Another word, another number.
        (&[("cracks", "rust")], cracks, "changed: an inspection found rust in two of its piers"),
        (
            &[("four months", "six months")],
            repairs,
            "changed: Engineers from the ministry said that repairs would take at least six months.",
        ),
        // At an end of what was marked, where the edit matters as much.
        (
            &[("an inspection found", "a new inspection did find")],
            cracks,
            "changed: a new inspection did find cracks in two of its piers",
        ),
        // Words put in and left out.
        (&[("two of", "at least two of")], cracks, "changed: an inspection found cracks in at least two of its piers"),
        (
            &[(" from the ministry", "")],
            repairs,
            "changed: Engineers said that repairs would take at least four months.",
        ),
        // Reworded, with its neighbours as they were.
        (
            &[("said that repairs would take at least four months", "expect repairs to take four months or more")],
            repairs,
            "changed: Engineers from the ministry expect repairs to take four months",
        ),
        // A sentence cut in two, and two made one.
        (
            &[("said that repairs", "had a statement. Repairs")],
            repairs,
            "changed: Engineers from the ministry had a statement. Repairs would take at least four months.",
        ),
        (
            &[("piers. Engineers", "piers; engineers")],
            repairs,
            "changed: engineers from the ministry said that repairs would take at least four months.",
        ),
        // Taken out.
        (&[(" Engineers from the ministry said that repairs would take at least four months.", "")], repairs, "gone"),
    ];
    for (edits, words, expected) in rows {
        check(edits, words, expected);
    }
}

#[test]
fn moved_paragraphs_keep_their_notes() {
    let (first, second) = BRIDGE.split_once("\n\n").unwrap();
    let swapped = format!("{second}\n\n{first}");
    for words in
        ["The mayor called the decision late but right.", "found cracks in two", "lost a third of their customers"]
    {
        check_texts(BRIDGE, words, &swapped, &format!("moved: {words}"));
    }
    // Moved and edited as well.
    let edited = swapped.replace("late but right", "late but still right");
    check_texts(
        BRIDGE,
        "The mayor called the decision late but right.",
        &edited,
        "changed: The mayor called the decision late but still right.",
    );
}

#[test]
fn ranges_of_several_blocks_and_cells_are_followed() {
    let across = "since then.\n\nThe mayor called the decision";
    check(&[("since then.", "ever since then.")], across, "moved: since then.\n\nThe mayor called the decision");
    check(
        &[("\n\nThe mayor", "\n\nA line put in between.\n\nThe mayor")],
        across,
        "changed: since then.\n\nA line put in between.\n\nThe mayor called the decision",
    );
    let table = "Station\tLevel\nOgre\t112\nJelgava\t98\nBauska\t87";
    check_texts(
        table,
        "Jelgava\t98",
        "Station\tLevel\nOgre\t112\nTalsi\t76\nJelgava\t98\nBauska\t87",
        "moved: Jelgava\t98",
    );
    check_texts(
        table,
        "Jelgava\t98\nBauska",
        "Station\tLevel\nOgre\t112\nJelgava\t99\nBauska\t87",
        "changed: Jelgava\t99\nBauska",
    );
}

#[test]
fn typography_is_no_edit_of_words() {
    let rows = [
        (
            "He said: \"It's over\" - and left the room.",
            "\"It's over\" - and",
            "He said: “It’s over” – and left the room.",
            "“It’s over” – and",
        ),
        (
            "Das Café am Fluß öffnet wieder im März.",
            "Das Café am Fluß",
            "Das Cafe\u{301} am Fluss o\u{308}ffnet wieder im März.",
            "Das Cafe\u{301} am Fluss",
        ),
        (
            "The ofﬁce of the ﬁrm is in Riga, by the river.",
            "ofﬁce of the ﬁrm",
            "The office of the firm is in Riga, by the river.",
            "office of the firm",
        ),
        (
            "It was twenty\u{a0}kilometres from the border post.",
            "twenty\u{a0}kilometres from",
            "It was twenty kilometres from the border post.",
            "twenty kilometres from",
        ),
        (
            "The co\u{ad}operation agreement was signed in spring.",
            "co\u{ad}operation agreement",
            "The cooperation agreement was signed in spring.",
            "cooperation agreement",
        ),
        (
            "Breaking news from the capital tonight at nine.",
            "Breaking news from the capital",
            "BREAKING NEWS FROM THE CAPITAL tonight at nine.",
            "BREAKING NEWS FROM THE CAPITAL",
        ),
    ];
    for (old, words, new, there) in rows {
        let expected = format!("changed: {there}");
        check_texts(old, words, new, &expected);
    }
}

#[test]
fn every_script_is_read() {
    let rows = [
        // Latvian: another ending, another word.
        (
            "Tilts pār Daugavu ir slēgts kopš pirmdienas, jo pārbaudē atklātas plaisas. Satiksme novirzīta pa ziemeļu ceļu.",
            "ir slēgts kopš pirmdienas, jo pārbaudē atklātas plaisas",
            "Tilts pār Daugavu bija slēgts kopš pirmdienas, jo pārbaudē atklātas bīstamas plaisas. Satiksme novirzīta pa ziemeļu ceļu.",
            "bija slēgts kopš pirmdienas, jo pārbaudē atklātas bīstamas plaisas",
        ),
        // Ukrainian.
        (
            "Міст через річку закрили в понеділок після перевірки. Ремонт триватиме щонайменше чотири місяці, кажуть у міністерстві.",
            "Ремонт триватиме щонайменше чотири місяці",
            "Міст через річку закрили в понеділок після перевірки. Ремонт триватиме щонайменше шість місяців, кажуть у міністерстві.",
            "Ремонт триватиме щонайменше шість місяців",
        ),
        // Russian, with ё written and not.
        (
            "Мост через реку закрыли в понедельник. Ещё четыре месяца движение пойдёт по северной дороге, сообщили в министерстве.",
            "Ещё четыре месяца движение пойдёт по северной дороге",
            "Мост через реку закрыли в понедельник. Еще четыре месяца движение пойдет по северной дороге, сообщили в министерстве.",
            "Еще четыре месяца движение пойдет по северной дороге",
        ),
        // German: one compound taken apart.
        (
            "Die Brücke wurde am Montag gesperrt, nachdem die Brückenprüfung Risse ergab. Die Reparatur dauert vier Monate.",
            "nachdem die Brückenprüfung Risse ergab",
            "Die Brücke wurde am Montag gesperrt, nachdem die jüngste Brückenprüfung tiefe Risse ergab. Die Reparatur dauert vier Monate.",
            "nachdem die jüngste Brückenprüfung tiefe Risse ergab",
        ),
        // From right to left.
        (
            "أغلق الجسر فوق النهر يوم الاثنين بعد فحص كشف عن تشققات. وقال مهندسون إن الإصلاح سيستغرق أربعة أشهر.",
            "بعد فحص كشف عن تشققات",
            "أغلق الجسر فوق النهر يوم الاثنين بعد فحص دقيق كشف عن تشققات. وقال مهندسون إن الإصلاح سيستغرق أربعة أشهر.",
            "بعد فحص دقيق كشف عن تشققات",
        ),
        // Without spaces between words.
        (
            "月曜日、検査で橋脚に亀裂が見つかり、橋は閉鎖された。修理には少なくとも四か月かかる見込みだ。",
            "検査で橋脚に亀裂が見つかり",
            "月曜日、定期検査で橋脚に大きな亀裂が見つかり、橋は閉鎖された。修理には少なくとも四か月かかる見込みだ。",
            "検査で橋脚に大きな亀裂が見つかり",
        ),
    ];
    for (old, words, new, there) in rows {
        check_texts(old, words, new, &format!("changed: {there}"));
    }
    // Emoji have no letters: they are found as they are.
    check_texts("All is well 🌉🌊 here.", "🌉🌊", "So all is well 🌉🌊 here.", "moved: 🌉🌊");
    check_texts("All is well 🌉🌊 here.", "🌉🌊", "So all is well here.", "gone");
}
