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
