//! A field of an open form that others may change meanwhile: both versions stand side by side, and a person chooses.

use super::state::State;
use crate::blocks::escape;
use domain::version::{Stamp, version};
use leptos::prelude::*;
use phrases::{say, t, view};

/// What has become of a field while its form was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lot {
    /// It is as it was when the form was opened.
    Still,
    /// It was changed, and nothing was typed that this would overwrite.
    Follows,
    /// It was changed, and something else was typed.
    Overtaken,
}

/// Compares what was there when the form was opened (and its version) with what is typed and what is there now.
fn lot((begun, base): (&str, u64), typed: &str, (now, version): (&str, u64)) -> Lot {
    if version <= base {
        Lot::Still
    } else if typed.trim() == begun.trim() || typed.trim() == now.trim() {
        Lot::Follows
    } else {
        Lot::Overtaken
    }
}

/// What a field says now and who said so; nothing once it is gone.
pub type Reads = Box<dyn Fn() -> Option<(String, Option<Stamp>)> + Send + Sync>;

/// What a form knows of one of its fields. Few kinds of signals, as each is much for a browser to download.
#[derive(Clone, Copy)]
pub struct Field {
    /// What is typed.
    pub typed: RwSignal<String>,
    /// Both versions as HTML; empty as long as there is but one.
    versions: RwSignal<String>,
    inner: StoredValue<Inner>,
    state: State,
}

struct Inner {
    /// What was there when it was begun, and its version.
    begun: (String, u64),
    reads: Reads,
    /// A value in words.
    said: fn(&str) -> String,
}

impl Field {
    /// A field that is being opened. `said` puts a value into words.
    pub fn open(state: State, said: fn(&str) -> String, reads: Reads) -> Self {
        let (value, stamp) = untrack(&reads).unwrap_or_default();
        let typed = RwSignal::new(value.clone());
        let inner = StoredValue::new(Inner { begun: (value, version(&stamp)), reads, said });
        let field = Self { typed, versions: RwSignal::new(String::new()), inner, state };
        Effect::new(move |_| field.weigh());
        field
    }

    /// Finds out what has become of it.
    fn weigh(self) {
        let typed = self.typed.get();
        let Some((now, stamp)) = self.inner.with_value(|inner| (inner.reads)()) else { return };
        let lot = self.inner.with_value(|inner| lot((&inner.begun.0, inner.begun.1), &typed, (&now, version(&stamp))));
        match lot {
            Lot::Still => self.versions.set(String::new()),
            Lot::Follows => {
                if typed.trim() != now.trim() {
                    self.typed.set(now.clone());
                }
                self.inner.update_value(|inner| inner.begun = (now, version(&stamp)));
                self.versions.set(String::new());
            }
            Lot::Overtaken => {
                let who = self.state.margin.with_untracked(|margin| match stamp {
                    Some(stamp) if stamp.by != margin.you => margin.person_name(stamp.by).to_owned(),
                    _ => t("You").to_owned(),
                });
                // It is said once to those who do not see it, and not with each letter that they type.
                if self.versions.with_untracked(String::is_empty) {
                    self.state.done.set(Some(changed(&who)));
                }
                let said = self.inner.with_value(|inner| inner.said);
                self.versions.set(html(&who, &said(&now), &said(&typed)));
            }
        }
    }

    /// What was typed, when it is something else than what was there.
    pub fn changed(self) -> Option<String> {
        let typed = self.typed.get_untracked();
        self.inner.with_value(|inner| typed.trim() != inner.begun.0.trim()).then_some(typed)
    }

    /// The version of which the person knows.
    pub fn base(self) -> Option<u64> {
        Some(self.inner.with_value(|inner| inner.begun.1))
    }

    /// The person has seen what others wrote. What is typed stays, or theirs takes its place.
    fn look(self, keep_theirs: bool) {
        if let Some((now, stamp)) = untrack(|| self.inner.with_value(|inner| (inner.reads)())) {
            if keep_theirs {
                self.typed.set(now.clone());
            }
            self.inner.update_value(|inner| inner.begun = (now, version(&stamp)));
        }
        untrack(|| self.weigh());
    }
}

/// What is said of a field that somebody else has changed meanwhile.
fn changed(who: &str) -> String {
    say!("{who} changed this while it was open here. What you wrote is not lost.")
}

/// Both versions side by side, and what can be done. As HTML: a view for each button is much for a browser to download.
fn html(who: &str, now: &str, typed: &str) -> String {
    let mut out = String::from("<p>");
    escape(&changed(who), &mut out);
    out.push_str(&format!("</p><dl><dt>{}</dt><dd>", t("Now")));
    escape(now, &mut out);
    out.push_str(&format!("</dd><dt>{}</dt><dd>", t("Yours")));
    escape(typed, &mut out);
    out.push_str("</dd></dl><div class=\"actions\">");
    for (what, words) in [("theirs", t("Keep theirs")), ("mine", t("Use mine")), ("edit", t("Edit"))] {
        out.push_str(&format!("<button type=\"button\" class=\"quiet\" data-do=\"{what}\">{words}</button>"));
    }
    out.push_str("</div>");
    out
}

/// Both versions of a field that was changed meanwhile, and what can be done about it; nothing as long as it was not.
#[component]
pub fn Overtaken(
    field: Field,
    /// Asks for what is typed.
    save: Box<dyn Fn() + Send + Sync>,
) -> AnyView {
    let press = move |event: leptos::ev::MouseEvent| {
        let pressed = event_target::<leptos::web_sys::Element>(&event).get_attribute("data-do");
        match pressed.as_deref() {
            Some("theirs") => field.look(true),
            Some("mine") => {
                field.look(false);
                save();
            }
            Some(_) => {
                focus_beside(&event);
                field.look(false);
            }
            None => {}
        }
    };
    view! {
        <div
            class="overtaken"
            hidden=move || field.versions.with(String::is_empty)
            inner_html=move || field.versions.get()
            on:click=press
        ></div>
    }
    .into_any()
}

/// Puts the cursor into the field beside which a button was pressed.
fn focus_beside(event: &leptos::ev::MouseEvent) {
    #[cfg(feature = "browser")]
    super::focus::beside(event);
    #[cfg(not(feature = "browser"))]
    let _ = event;
}

/// The two parts of a field that is made of a word and of words.
pub fn parts(value: &str) -> (&str, &str) {
    value.split_once('\n').unwrap_or((value, ""))
}

/// Sets the word.
pub fn set_word(typed: RwSignal<String>, word: &str) {
    typed.update(|typed| *typed = format!("{word}\n{}", parts(typed).1));
}

/// Sets the words.
pub fn set_words(typed: RwSignal<String>, words: &str) {
    typed.update(|typed| *typed = format!("{}\n{words}", parts(typed).0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_never_replaced_unseen() {
        let rows = [
            // (when it was opened, typed, now)
            (("a", 3), "a", ("a", 3), Lot::Still),
            (("a", 3), "b", ("a", 3), Lot::Still),
            (("a", 3), "a", ("c", 4), Lot::Follows),
            (("a", 3), " a ", ("c", 4), Lot::Follows),
            (("a", 3), "b", ("c", 4), Lot::Overtaken),
            // Somebody wrote the same; so does one's own save.
            (("a", 3), "c ", ("c", 4), Lot::Follows),
            // Back and forth is a change too, but overwrites nothing.
            (("a", 3), "a", ("a", 5), Lot::Follows),
            (("a", 3), "b", ("a", 5), Lot::Overtaken),
            // Once it was looked at, what is typed stays.
            (("c", 4), "b", ("c", 4), Lot::Still),
        ];
        for (begun, typed, now, expected) in rows {
            assert_eq!(lot(begun, typed, now), expected, "{begun:?} {typed:?} {now:?}");
        }
    }

    #[test]
    fn words_are_shown_as_words() {
        let html = html("A<b>", "<i>now</i>", "mine & theirs");
        for part in ["<p>A&lt;b&gt; changed", "<dd>&lt;i&gt;now&lt;/i&gt;</dd>", "<dd>mine &amp; theirs</dd>"] {
            assert!(html.contains(part), "{html}");
        }
        assert_eq!(html.matches("data-do=").count(), 3);
    }

    #[test]
    fn a_word_and_words_are_one_field() {
        let owner = Owner::new();
        owner.with(|| {
            let typed = RwSignal::new("holds".to_owned());
            assert_eq!(parts(&typed.get_untracked()), ("holds", ""));
            set_words(typed, "two\nlines");
            set_word(typed, "unproven");
            assert_eq!(parts(&typed.get_untracked()), ("unproven", "two\nlines"));
        });
    }
}
