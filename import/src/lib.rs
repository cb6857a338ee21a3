//! From what a person brings (text, HTML, Markdown) to an article's blocks, with its repairs in plain sight.

mod bytes;
mod draft;
mod form;
mod limits;
mod reading;

mod html;
mod markdown;
mod text;

mod docx;
mod epub;
mod mhtml;
mod pdf;

mod apart;

mod archive;
mod carried;
mod picture;
mod xml;

mod autolink;
mod footnote;
mod pipes;
mod repair;
mod runs;

mod sample;

#[cfg(feature = "study")]
pub mod study;

/// What reads files of strangers apart from everything else.
pub use apart::{APART, MAX_APART, MAX_APART_MEMORY, MAX_APART_SECONDS, answer};
/// The one way in: bytes become a draft.
pub use draft::{Brought, draft};
/// How much is taken, and what is said when it is not.
pub use limits::{DEFAULT_MAX_ARTICLE_BYTES, DEFAULT_MAX_FILE_BYTES, ImportError, Limits};
/// People's notes, which are Markdown too.
pub use markdown::note_blocks;
/// The article that Postil ships.
pub use sample::{SAMPLE_ARTICLE, SAMPLE_FILE_NAME};
