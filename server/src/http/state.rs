//! What every handler is given.

use crate::house::House;
use axum::extract::FromRef;
use domain::page::{Sheet, Site};

/// Draws a page. It is handed in, so that this crate need not know who draws.
pub type Render = fn(Sheet) -> String;

/// Finds a file of the site by its name.
pub type SiteFiles = fn(&str) -> Option<SiteFile>;

/// A file of the site: a script, a stylesheet, an icon.
#[derive(Debug, Clone)]
pub struct SiteFile {
    /// Its bytes.
    pub bytes: std::borrow::Cow<'static, [u8]>,
    /// Its media type.
    pub media_type: String,
}

/// What every handler is given.
#[derive(Clone)]
pub struct Door {
    /// What the actions work with.
    pub house: House,
    /// Who draws the pages.
    pub render: Render,
    /// Where the site's files are.
    pub site_files: SiteFiles,
    /// The addresses of those that every page loads.
    pub site: Site,
}

impl FromRef<Door> for House {
    fn from_ref(door: &Door) -> Self {
        door.house.clone()
    }
}
