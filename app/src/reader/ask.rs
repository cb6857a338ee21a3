//! How the desk asks for something, and how it goes back: each thing done can be undone, and done again.

use super::state::{Asked, Offer, State};
use crate::client::Verb;
use domain::event::{Change, Event};
use leptos::prelude::*;
use phrases::t;
use serde::Serialize;

impl State {
    /// Asks the API for something; what it made is taken in, then `after` is told.
    pub fn ask<T: Serialize>(self, verb: Verb, path: String, body: Option<T>, after: impl FnOnce(&Event) + 'static) {
        // What is generic ends here, so that the browser downloads the rest once and not for each thing asked.
        let body = body.and_then(|body| serde_json::to_string(&body).ok());
        self.send(false, verb, path, body, Box::new(after));
    }

    /// Undoes what was done last on this page, or does again what was undone last.
    pub fn go_back(self, way: Offer) {
        let from = match way {
            Offer::Undo => self.own,
            Offer::Redo => self.undone,
            Offer::Nothing => return,
        };
        // One after the other: each may stand on the one before.
        let is_asked = self.asked.with_untracked(|all| all.iter().any(|(_, path, _)| path.contains("/undo?")));
        let number = if is_asked { None } else { from.try_update_value(Vec::pop).flatten() };
        let Some(number) = number else { return };
        self.offer.set(None);
        // The number is one of the article's group, which need not be the one that the person works in.
        let group = self.margin.with_untracked(|margin| margin.group);
        let path = format!("/api/v1/events/{number}/undo?group={group}");
        self.send(way == Offer::Redo, Verb::Post, path, None, Box::new(|_| {}));
    }

    /// Keeps what was done for a key that undoes it, and offers that.
    fn offer_undo(self, event: &Event, again: bool) {
        if matches!(event.change, Change::HighlightShared { .. } | Change::SourceKept(_)) {
            return self.forget_way_back();
        }
        let undid = event.undoes.is_some() && !again;
        let kept = if undid { self.undone } else { self.own };
        kept.update_value(|all| all.push(event.number));
        if event.undoes.is_none() {
            // What was undone before is not done again on top of this.
            self.undone.update_value(Vec::clear);
        }
        self.show_offer(if undid { Offer::Redo } else { Offer::Undo });
    }

    /// What was done last cannot be undone by a key: nor is, in its stead, what was done before it.
    fn forget_way_back(self) {
        self.own.update_value(Vec::clear);
        self.undone.update_value(Vec::clear);
        self.offer.set(None);
    }

    /// Shows what was done last, with the way back that there is, for a while; the key goes on doing it.
    pub fn show_offer(self, offer: Offer) {
        self.offer.set(Some(offer));
        #[cfg(feature = "browser")]
        {
            let this = self.offers.get_value().wrapping_add(1);
            self.offers.set_value(this);
            self.withdraw_later(this);
        }
    }

    #[cfg(feature = "browser")]
    fn withdraw_later(self, this: u32) {
        set_timeout(
            move || {
                let is_used = document().query_selector("#undoable:is(:hover, :focus-within)").ok().flatten().is_some();
                match self.offers.get_value() == this {
                    true if is_used => self.withdraw_later(this),
                    true => self.offer.set(None),
                    false => {}
                }
            },
            OFFERED,
        );
    }

    /// Asks for something, the same not twice at once. `again` is whether it does again what was undone.
    fn send(self, again: bool, verb: Verb, path: String, body: Option<String>, after: Box<dyn FnOnce(&Event)>) {
        let asked: Asked = (verb, path.clone(), body.clone());
        if self.asked.with_untracked(|all| all.contains(&asked)) {
            return;
        }
        self.asked.update_untracked(|all| all.push(asked.clone()));
        let body = body.map(|body| with_ids(&path, body));
        let (foreseen, quote) = expect(self, &path, body.as_deref().unwrap_or_default());
        leptos::task::spawn_local(async move {
            let answer = crate::client::ask(verb, &path, body.as_deref(), &quote).await;
            self.asked.update_untracked(|all| all.retain(|each| *each != asked));
            match answer {
                Ok(None) => {
                    self.trouble.set(None);
                    self.forget_way_back();
                    self.done.set(Some(t("Kept here: it is sent when the network is back").to_owned()));
                    if let Some(event) = foreseen {
                        after(&event);
                    }
                }
                Ok(Some(event)) => {
                    self.trouble.set(None);
                    let removed = verb == Verb::Delete;
                    let words = match &event.change {
                        _ if again => t("Done again"),
                        _ if event.undoes.is_some() => t("Undone"),
                        Change::ClaimChanged(_) if removed => t("Source removed"),
                        change => said(change),
                    };
                    self.done.set(Some(words.to_owned()));
                    self.offer_undo(&event, again);
                    self.take_in(&event).await;
                    after(&event);
                }
                Err(trouble) => {
                    // What could not be asked can be asked once more; what does not go any more cannot.
                    let number = path.split_once("/undo?").and_then(|(path, _)| path.rsplit('/').next()?.parse().ok());
                    if let Some(number) = number.filter(|_| !trouble.overtaken) {
                        (if again { self.undone } else { self.own }).update_value(|all| all.push(number));
                    }
                    if trouble.overtaken {
                        // Where that fails too, what is said is the trouble.
                        let _ = self.catch_up().await;
                    }
                    let words = if untrack(|| self.is_overtaken()) { overtaken().to_owned() } else { trouble.words };
                    self.tell(words, trouble.overtaken);
                }
            }
        });
    }

    /// Says what went wrong; unless somebody changed the same meanwhile, and both versions stand on the page to choose from.
    fn tell(self, words: String, overtaken: bool) {
        #[cfg(feature = "browser")]
        if overtaken {
            // They stand there once what was caught up with is drawn.
            return request_animation_frame(move || {
                if !super::browser::show_versions() {
                    self.trouble.set(Some(words));
                }
            });
        }
        let _ = overtaken;
        self.trouble.set(Some(words));
    }
}

/// The body of a request, with the ids of what it makes.
fn with_ids(_path: &str, body: String) -> String {
    #[cfg(feature = "browser")]
    return crate::client::with_ids(_path, &body);
    #[cfg(not(feature = "browser"))]
    body
}

/// What a request will have done should it have to wait for the network, and the words that it is about.
fn expect(_state: State, _path: &str, _body: &str) -> (Option<Event>, String) {
    #[cfg(feature = "browser")]
    {
        let (event, quote) = super::browser::expect(_state, _path, _body);
        (Some(event), quote)
    }
    #[cfg(not(feature = "browser"))]
    (None, String::new())
}

/// What is said to who marks a reading that was the latest when it was opened.
fn overtaken() -> &'static str {
    t("A newer reading of this article was brought meanwhile, and only the latest can be marked. \
       Nothing that you wrote is lost: open the newer reading, and mark the words there.")
}

/// How long the toast offers to undo what was done.
#[cfg(feature = "browser")]
const OFFERED: std::time::Duration = std::time::Duration::from_secs(8);

/// What is said of a change to those who do not see the page.
fn said(change: &Change) -> &'static str {
    match change {
        Change::HighlightMade(_) => t("Highlighted"),
        Change::HighlightRecoloured(_) => t("Recoloured"),
        Change::HighlightMoved(_) => t("Attached"),
        Change::HighlightRemoved(_) => t("Highlight removed"),
        Change::NoteWritten(_) => t("Note added"),
        Change::NoteEdited(_) => t("Note saved"),
        Change::NoteRemoved(_) => t("Note removed"),
        Change::NoteResolved(_) => t("Thread resolved"),
        Change::NoteReopened(_) => t("Thread opened again"),
        Change::ClaimMade { .. } => t("Claim made"),
        Change::ClaimAppeared { .. } => t("Marked as another appearance"),
        Change::ClaimChanged(_) => t("Claim saved"),
        Change::ClaimRemoved(_) => t("Claim removed"),
        Change::SourceTagged(_) => t("Source saved"),
        _ => t("Saved"),
    }
}
