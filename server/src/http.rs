//! Pages, the JSON API, and what guards both.

pub mod bearer;
pub mod caller;
pub mod error;
pub mod extract;
pub mod guard;
pub mod json;
pub mod once;
pub mod pages;
pub mod router;
pub mod session;
pub mod site;
mod spoken;
pub mod state;
pub mod traced;

pub use router::router;
pub use state::{Door, Render, SiteFile, SiteFiles};
