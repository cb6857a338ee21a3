//! Outlets, agencies, institutions and persons that stand behind claims, and how they are found in a text.

mod address;
mod bounds;
mod cues;
mod detect;
mod identity;
mod registry;
mod speech;

pub(crate) use address::is_host;

pub use detect::{Certainty, Detector, Mention};
pub use identity::{Alias, AliasUse, Source, SourceKind};
pub use registry::{RegistryEntry, RegistryError, read_registry};
