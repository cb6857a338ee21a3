//! The article page's moving parts: selecting, painting, and the cards beside the text.

mod around;
mod ask;
mod attach;
mod bar;
mod behind;
mod card;
mod claim_card;
mod compose;
mod desk;
mod field;
mod filter;
mod focus;
mod hear;
mod marked;
mod named;
mod note_box;
mod news;
mod places;
mod press;
mod reactions;
mod remove;
mod seen_by;
mod repairs;
mod rows;
mod settle;
mod state;
mod stretch;
mod swatches;
mod thread;

// What is told of others, of the connection and of drafts, apart from the browser that shows it.
#[cfg(any(feature = "browser", test))]
#[cfg_attr(not(feature = "browser"), allow(dead_code, reason = "only a browser tells it; tests run without one"))]
mod drafts;
#[cfg(any(feature = "browser", test))]
#[cfg_attr(not(feature = "browser"), allow(dead_code, reason = "only a browser tells it; tests run without one"))]
mod here;
#[cfg(any(feature = "browser", test))]
#[cfg_attr(not(feature = "browser"), allow(dead_code, reason = "only a browser tells it; tests run without one"))]
mod line;
#[cfg(any(feature = "browser", test))]
#[cfg_attr(not(feature = "browser"), allow(dead_code, reason = "only a browser makes links; tests run without one"))]
mod link;
#[cfg(any(feature = "browser", test))]
#[cfg_attr(
    not(feature = "browser"),
    allow(dead_code, reason = "only a browser waits for a network; tests run without one")
)]
mod pending;
#[cfg(any(feature = "browser", test))]
#[cfg_attr(not(feature = "browser"), allow(dead_code, reason = "only a browser tells it; tests run without one"))]
mod stride;

/// What only a browser can do: selections, painted ranges, places on the screen.
#[cfg(feature = "browser")]
mod browser;

#[cfg(feature = "browser")]
pub use browser::repaint;
pub use desk::Desk;
pub use marked::shortened;
pub use repairs::{RepairLine, RepairList, Repairs};
