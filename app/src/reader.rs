//! The article page's moving parts: selecting, painting, and the cards beside the text.

mod around;
mod attach;
mod bar;
mod behind;
mod card;
mod claim_card;
mod compose;
mod desk;
mod focus;
mod marked;
mod named;
mod places;
mod remove;
mod seen_by;
mod repairs;
mod settle;
mod state;
mod swatches;
mod thread;

/// What only a browser can do: selections, painted ranges, places on the screen.
#[cfg(feature = "browser")]
mod browser;

pub use desk::Desk;
pub use marked::shortened;
pub use repairs::{RepairLine, RepairList, Repairs};
