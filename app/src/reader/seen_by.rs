//! Who sees a note: the choice beside its box, and the mark on what not everybody in the group sees.

use super::state::State;
use domain::{
    ask::Share,
    note::{About, Visibility},
    page::Margin,
};
use leptos::prelude::*;
use phrases::{t, view};

/// A choice of who sees something: from these, now this one; `pick` is told of another. One function for all, since each
/// of its own would be downloaded.
pub fn seen_by(from: &[Visibility], now: Visibility, pick: Box<dyn Fn(Visibility)>) -> AnyView {
    let option = |each: &Visibility| {
        view! { <option value=each.word() selected=*each == now>{t(each.label())}</option> }.into_any()
    };
    let options: Vec<AnyView> = from.iter().map(option).collect();
    let changed = move |event| {
        if let Ok(each) = event_target_value(&event).parse() {
            pick(each);
        }
    };
    view! { <select class="seen-by" aria-label="Who sees it" on:change=changed>{options}</select> }.into_any()
}

/// What can be chosen for a note about this: no more people than see that.
pub fn choices(margin: &Margin, about: About) -> Vec<Visibility> {
    let most = match about {
        About::Article(_) => Visibility::Public,
        About::Highlight(id) => match margin.highlight(id) {
            Some(highlight) if highlight.withdrawn || highlight.visibility == Visibility::Me => Visibility::Me,
            _ => Visibility::Public,
        },
        About::Note(id) => {
            margin.notes.iter().find(|note| note.id == id).map_or(Visibility::Group, |note| note.visibility)
        }
    };
    let offered = |each: &&Visibility| **each <= most && (margin.public || **each != Visibility::Public);
    Visibility::ALL.iter().filter(offered).copied().collect()
}

/// Says who sees a thing of this address.
pub fn share(state: State, path: String, visibility: Visibility) {
    state.ask(crate::client::Verb::Put, format!("{path}/visibility"), Some(Share { visibility }), |_| {});
}

/// The quiet mark on what not just the group sees.
pub fn mark(visibility: Visibility) -> Option<AnyView> {
    let words = match visibility {
        Visibility::Me => t("Only you"),
        Visibility::Group => return None,
        Visibility::Public => t("Public"),
    };
    Some(view! { <span class=format!("dot seen seen-{}", visibility.word())>{words}</span> }.into_any())
}
