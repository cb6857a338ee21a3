//! Any bytes as text.
#![no_main]

use domain::article::OriginForm;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    fuzz::read(bytes, Some(OriginForm::Text), false);
    fuzz::read(bytes, Some(OriginForm::Markdown), false);
    fuzz::read(bytes, None, false);
});
