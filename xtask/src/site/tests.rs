//! What names, addresses and stamps come out as.

use super::{Files, MOST_WASM, Site, hashed, is_compressible, light_enough, stamp};

#[test]
fn a_name_holds_the_digest_of_its_contents() {
    assert_eq!(hashed("client_bg.wasm", b"abc"), "client_bg.ba7816bf8f01.wasm");
    assert_eq!(hashed("LICENSE", b"abc"), "LICENSE.ba7816bf8f01");
    assert_ne!(hashed("a.js", b"one"), hashed("a.js", b"two"));
}

#[test]
fn text_and_wasm_are_compressed_pictures_are_not() {
    for (name, expected) in
        [("a.js", true), ("a.wasm", true), ("a.svg", true), ("a.woff2", false), ("a.png", false), ("a", false)]
    {
        assert_eq!(is_compressible(name), expected, "{name}");
    }
}

#[test]
fn a_module_that_is_too_large_fails_the_build() {
    assert!(light_enough(MOST_WASM).is_ok());
    assert!(light_enough(MOST_WASM + 1).is_err());
}

#[test]
fn addresses_in_the_stylesheet_get_final_names() {
    let mut site = Site::default();
    site.add("mark.svg", b"abc".to_vec());
    let css = site.with_addresses("p { mask: url(\"mark.svg\") }".into()).unwrap();
    assert_eq!(css, "p { mask: url(\"./mark.ba7816bf8f01.svg\") }");
    for strange in ["url(\"gone.svg\")", "url(https://elsewhere.example/a.woff2)", "url(//elsewhere.example/a)"] {
        assert!(site.with_addresses(strange.into()).is_err(), "{strange}");
    }
    assert!(site.with_addresses("p { background: url(\"data:image/svg+xml,x\") }".into()).is_ok());
}

#[test]
fn the_boot_module_gets_final_names() {
    let mut site = Site::default();
    site.add("client.js", b"abc".to_vec());
    assert_eq!(site.with_names("import \"./{client.js}\"; `${x}`"), "import \"./client.ba7816bf8f01.js\"; `${x}`");
}

#[test]
fn any_other_input_makes_another_stamp() {
    let boot = |text: &str| [("boot.js", text.to_owned())];
    let none = Files::new();
    let one = Files::from([("a".to_owned(), b"b".to_vec())]);
    let stamps = [
        stamp(5, b"w", "c", &boot("b"), &none),
        stamp(11, b"w", "c", &boot("b"), &none),
        stamp(5, b"v", "c", &boot("b"), &none),
        stamp(5, b"wc", "", &boot("b"), &none),
        stamp(5, b"w", "c", &boot("a"), &none),
        stamp(5, b"w", "c", &boot("b"), &one),
    ];
    for (index, left) in stamps.iter().enumerate() {
        assert!(stamps[index + 1..].iter().all(|right| left != right), "{index}");
    }
}
