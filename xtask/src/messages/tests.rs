//! Which words fit their message.

use super::{rules, script};

#[test]
fn words_fit_their_message() {
    let key = |id: &str, plural: Option<&str>| (None, id.to_owned(), plural.map(str::to_owned));
    let rows: [(_, bool, &[&str], &str); 11] = [
        (key("Save", None), false, &["Saglabāt"], ""),
        (key("Save", None), false, &[""], "has no words"),
        (key("{n} word", Some("{n} words")), false, &["{n} vārdu", "{n} vārds", "{n} vārdi"], ""),
        (key("{n} word", Some("{n} words")), false, &["{n} vārdu", "{n} vārds"], "has not all 3 forms"),
        (key("{n} word", Some("{n} words")), false, &["{n} vārdu", "vārds", "{n} vārdi"], "has other placeholders"),
        (key("{a} of {b}", None), false, &["{b}: {a}"], ""),
        (key("{a} of {b}", None), true, &["{b}: {a}"], "has its pieces in another order"),
        (key("Rests on {1}", None), true, &["{1} ir pamatā"], "has its pieces in another order"),
        (key("No? <a>Yes</a>.", None), true, &["Nav? <a>Ir</a>."], ""),
        (key("No? <a>Yes</a>.", None), true, &["Nav? Ir."], "has its pieces in another order"),
        (key("wait ", None), false, &["gaidiet"], "begins or ends with a space"),
    ];
    for (key, in_pieces, words, expected) in rows {
        let words: Vec<String> = words.iter().map(|form| (*form).to_owned()).collect();
        let wrong: Vec<String> = rules::words(&key, in_pieces, &words).collect();
        assert_eq!(wrong.is_empty(), expected.is_empty(), "{key:?}: {wrong:?}");
        assert!(wrong.iter().all(|why| why.starts_with(expected)), "{key:?}: {wrong:?}");
    }
}

#[test]
fn a_message_has_one_plural() {
    let keys = [(None, "{n} word".to_owned(), Some("{n} words".to_owned())), (None, "{n} word".to_owned(), None)];
    assert_eq!(rules::alike(keys.iter()).len(), 1);
    assert!(rules::alike(keys[..1].iter()).is_empty());
}

#[test]
fn scripts_say_what_is_marked() {
    let source = "a = say(\"One {b}\", { b }); say(\"Two\");\n[/x/, later(\"Three\")]; this.say(\"no\"); essay(\"no\");\n\
                  c = say.counted(\n  \"{n} a\",\n  \"{n} b\",\n  d,\n);";
    let found = script::find(source).into_iter().map(|each| (each.id, each.plural, each.line)).collect::<Vec<_>>();
    let row = |id: &str, plural: Option<&str>, line| (id.to_owned(), plural.map(str::to_owned), line);
    let expected =
        [row("One {b}", None, 1), row("Two", None, 1), row("Three", None, 2), row("{n} a", Some("{n} b"), 3)];
    assert_eq!(found, expected);
}
