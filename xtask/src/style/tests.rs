//! Rows: classes that something styles, and classes that nothing does.

use std::path::Path;

use encre_css::Config;

use super::{Style, advice, declared};

const OWN: &str = ".prose { max-width: 65ch } .is-open > p:not(.quiet) { margin: 1.5rem .25rem }";

fn style() -> Style {
    let toml = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/encre.toml");
    let own = [("base.css", OWN), ("print.css", ".no-print { display: none }")];
    let own = own.map(|(name, css)| (name.to_owned(), css.to_owned()));
    Style::new(own.into(), Config::from_file(toml).unwrap())
}

fn sheet(source: &str) -> (String, Vec<(String, String)>) {
    let (css, unknown) = style().sheet(&[("app/src/page.rs".to_owned(), source.to_owned())]).unwrap();
    (css, unknown.into_iter().map(|unknown| (unknown.place, unknown.class)).collect())
}

#[test]
fn classes_that_something_styles() {
    let good = "flex mt-2 hover:underline md:grid-cols-2 w-1/2 -mt-2 bg-paper/50 text-ink border-rule font-serif \
                w-[42rem] dark:bg-ink print:hidden text-[color:var(--faint)] sr-only group focus-visible:outline-2 \
                prose is-open quiet no-print";
    let (_, unknown) = sheet(&format!("view! {{ <p class=\"{good}\"/> }}"));
    assert_eq!(unknown, []);
}

#[test]
fn classes_that_nothing_styles_are_named_with_their_place() {
    for class in [
        "size-6",
        "text-lg/7",
        "backdrop-blur",
        "flexx",
        "text-papre",
        "hovr:flex",
        "open",
        "5rem",
        "text-(--x)",
        "bg-paper!",
        "[foo]",
    ] {
        let (_, unknown) = sheet(&format!("view! {{\n <p class=\"flex\n {class}\"/> }}"));
        assert_eq!(unknown, [("app/src/page.rs:3".to_owned(), class.to_owned())]);
    }
}

#[test]
fn a_class_put_together_at_run_time_needs_rules_of_ours() {
    let (_, unknown) = sheet(r#"view! { <p class=format!("is-{state} hl-{colour}")/> }"#);
    assert_eq!(unknown, [("app/src/page.rs:1".to_owned(), "hl-{colour}".to_owned())]);
    assert!(advice("hl-{colour}").contains("in full"));
    assert!(advice("md:size-6").contains("w-…"));
}

#[test]
fn the_sheet_holds_what_is_used_and_nothing_else() {
    let (css, _) =
        sheet(r#"f("grid gap-2"); g("a table of contents"); view! { <p class="mt-2">"hidden in words"</p> }"#);
    for rule in [".mt-2 {", ".grid {", ".gap-2 {"] {
        assert!(css.contains(rule), "{rule} in {css}");
    }
    assert!(!css.contains(".table"), "{css}");
    assert!(!css.contains(".hidden"), "{css}");
}

#[test]
fn colours_and_fonts_are_our_variables() {
    let (css, _) = sheet(r#"view! { <p class="bg-paper text-ink/50 font-serif"/> }"#);
    assert!(css.contains("background-color: var(--paper);"), "{css}");
    assert!(css.contains("color: color-mix(in oklab, var(--ink) 50%, transparent);"), "{css}");
    assert!(css.contains("font-family: var(--serif);"), "{css}");
}

#[test]
fn utilities_win_over_our_rules_and_print_over_all() {
    let (css, _) = sheet(r#"view! { <p class="mt-2"/> }"#);
    assert!(css.starts_with("@layer reset, own, utilities, print;"));
    let layer =
        |rule: &str| css[..css.find(rule).unwrap()].rsplit("@layer ").next().unwrap().split(' ').next().unwrap();
    assert_eq!(
        [layer("box-sizing"), layer(".prose"), layer(".mt-2"), layer(".no-print")],
        ["reset", "own", "utilities", "print"]
    );
}

#[test]
fn names_that_our_files_declare() {
    let names: Vec<String> =
        declared("/* .no */ .a{} p.b-c:not(.d_e)>i{width:1.5em;margin:.5em;content:\".not\"}").into_iter().collect();
    assert_eq!(names, ["a", "b-c", "d_e"]);
}
#[test]
fn utilities_do_what_tailwind_does() {
    let css = style().utilities(["divide-y", "outline-2", "outline-dashed", "hover:font-mono"]);
    for rule in [
        ".divide-y > :not(:last-child) {",
        "outline-style: var(--en-outline-style, solid);\n  outline-width: 2px;",
        "--en-outline-style: dashed;\n  outline-style: dashed;",
        "font-family: var(--mono);",
    ] {
        assert!(css.contains(rule), "{rule} in {css}");
    }
}
