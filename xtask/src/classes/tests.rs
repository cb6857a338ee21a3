//! Rows: a piece of a source, and the classes that it names with their lines.

use super::find;

fn check(source: &str, expected: &[(usize, &str)]) {
    let found = find(source).unwrap();
    let named: Vec<_> = found.named.iter().map(|mention| (mention.line, mention.class.as_str())).collect();
    assert_eq!(named, expected, "{source}");
}

#[test]
fn class_attributes() {
    check(r#"view! { <p class="flex mt-2">"text"</p> }"#, &[(1, "flex"), (1, "mt-2")]);
    check("view! {\n<p\n  class=\"flex\n mt-2\"/> }", &[(3, "flex"), (4, "mt-2")]);
    check(r##"view! { <p class=r#"flex"# id="no"/> }"##, &[(1, "flex")]);
    check(r#"view! { <Button class="px-3" label="no"/> }"#, &[(1, "px-3")]);
    check(r#"a().class("flex").id("no")"#, &[(1, "flex")]);
}

#[test]
fn class_directives() {
    check("view! { <p class:hidden=move || shut.get() class:mt-2=on/> }", &[(1, "hidden"), (1, "mt-2")]);
    check("view! { <p class:hover:underline=on/> }", &[(1, "hover:underline")]);
    check(r#"view! { <p class=("is-open", move || state == "no")/> }"#, &[(1, "is-open")]);
    check(r#"view! { <p class=(["a", "b"], on)/> }"#, &[(1, "a"), (1, "b")]);
}

#[test]
fn values_that_are_computed() {
    check(r#"view! { <p class=if on { "a" } else { "b" } id="no">"no"</p> }"#, &[(1, "a"), (1, "b")]);
    check(r#"view! { <p class=move || if x == "no" { "a" } else { "" } on:click=go("no")/> }"#, &[(1, "a")]);
    check(r#"view! { <p class=move || match s { "no" | "not" => "a", _ => "b" }>"no"</p> }"#, &[(1, "a"), (1, "b")]);
    check(r#"view! { <p class=on.then_some("a") title=s.get("no")/> }"#, &[(1, "a")]);
    check(r#"view! { <p class=format!("{base} a hl-{colour}")/> }"#, &[(1, "a"), (1, "hl-{colour}")]);
}

#[test]
fn names_that_promise_classes() {
    check(r#"const BUTTON_CLASS: &str = "px-3 py-1"; const OTHER: &str = "no";"#, &[(1, "px-3"), (1, "py-1")]);
    check(r#"fn state_class(s: &str) -> &str { match s { "no" => "a", _ => "b" } }"#, &[(1, "a"), (1, "b")]);
    check(r#"let class = if on { "a" } else { "b" }; let no = "no";"#, &[(1, "a"), (1, "b")]);
    check(r#"let class: String = "a".into();"#, &[(1, "a")]);
    check(r#"fn f(class: &str, no: &str) { g("no") }"#, &[]);
}

#[test]
fn html_in_strings() {
    check(r##"let html = r#"<p class="a b">no</p><i class='c'>"#;"##, &[(1, "a"), (1, "b"), (1, "c")]);
    check(r##"write!(out, r#"<p class="{class}">"#)"##, &[]);
}

#[test]
fn what_is_left_out() {
    check("/// <p class=\"no\">\n//! class=\"no\"\nfn f() {}", &[]);
    check("// class=\"no\"\n/* class=\"no\" */", &[]);
    check(
        "#[cfg(test)]\nmod tests { fn f() { view! { <p class=\"no\"/> } } }\nfn g() { view! { <p class=\"a\"/> } }",
        &[(3, "a")],
    );
    check("struct Props { class: String }", &[]);
}

#[test]
fn other_strings_are_kept_for_later() {
    assert_eq!(find(r#"f("flex mt-2"); view! { <p class="a">"words"</p> }"#).unwrap().strings, ["flex mt-2", "words"]);
}

#[test]
fn a_text_that_is_not_rust_is_an_error() {
    assert!(find("fn f() {\n \"open").unwrap_err().starts_with("line "));
}
