//! Any bytes as html: as a whole page, and as selected words.
#![no_main]

use domain::article::OriginForm;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    fuzz::read(bytes, Some(OriginForm::Html), false);
    fuzz::read(bytes, Some(OriginForm::Html), true);
});
