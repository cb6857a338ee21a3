//! The button that takes a thing away: it asks once more before it does.

use super::press::press;
use leptos::prelude::*;
use phrases::t;

/// Asks once more, then removes.
#[component]
pub fn Remove(
    /// The word for what is removed.
    what: &'static str,
    /// Its words.
    of: String,
    /// Removes it.
    remove: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let sure = RwSignal::new(false);
    let confirmed = move |_| {
        sure.set(false);
        remove();
    };
    let this = match what {
        "note" => t("Remove this note"),
        "claim" => t("Remove this claim"),
        _ => t("Remove this highlight"),
    };
    let ask =
        press("quiet", Box::new(|| t("Remove")), &of, Box::new(move || sure.get()), Box::new(move |_| sure.set(true)));
    let no = move || !sure.get();
    [
        ask,
        press("quiet danger", Box::new(move || this), &of, Box::new(no), Box::new(confirmed)),
        press("quiet", Box::new(|| t("Keep")), &of, Box::new(no), Box::new(move |_| sure.set(false))),
    ]
}
