//! Puts the cursor where a person is about to write.

use leptos::{
    html::{Input, Textarea},
    prelude::*,
};

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

/// The same for a field of one line, with what stands in it selected.
pub fn input_at_once() -> NodeRef<Input> {
    let field = NodeRef::<Input>::new();
    field.on_load(|field| {
        request_animation_frame(move || {
            let _ = field.focus();
            field.select();
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
