//! Puts the cursor where a person is about to write.

use leptos::{html::Textarea, prelude::*};

/// A place for a text field that has the cursor as soon as it is there.
pub fn at_once() -> NodeRef<Textarea> {
    let field = NodeRef::<Textarea>::new();
    field.on_load(|field| {
        // The field is there one frame before it can be seen.
        request_animation_frame(move || {
            // A field that cannot be focused can still be clicked.
            let _ = field.focus();
        });
    });
    field
}

/// Puts the cursor into the first field of the form or the row in which a button was pressed.
#[cfg(feature = "browser")]
pub fn beside(event: &leptos::ev::MouseEvent) {
    use wasm_bindgen::JsCast;
    let button = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let around = button.and_then(|button| button.closest(".field-group, form, li").ok().flatten());
    let field = around.and_then(|around| around.query_selector("textarea, input").ok().flatten());
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A field that cannot be focused can still be clicked.
        let _ = field.focus();
    }
}
