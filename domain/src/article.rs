//! One text of the world as a group keeps it: blocks, their canonical text, and each reading of it.

mod address;
mod block;
mod comparison;
mod history;
mod imprint;
mod layout;
mod links;
mod picture;
mod repair;
mod revision;

pub use address::{AddressKey, ArticleAddress, BadAddress, BadAddressKey};
pub use block::{Block, Cell, Doubt, FootnoteNumber, Kind, MAX_ADDRESS_BYTES, Row, Run, WebAddress};
pub use comparison::{Comparison, Passage};
pub use history::{Carried, Revised, RevisionChange, RevisionLine, TouchedClaim};
pub use imprint::Imprint;
pub use layout::{CANONICAL_TEXT_VERSION, Layout, Leaf, LeafPlace};
pub use links::only_links;
pub use picture::{Picture, PictureDigest, PictureForm};
pub use repair::{Notice, Repair, RepairKind, RepairNumber};
pub use revision::{Article, Draft, Origin, OriginForm, Review, Revision};
