//! A field of an open form that others may change meanwhile: both versions stand side by side, and a person chooses.

use super::state::State;
use domain::version::{Stamp, version};
use leptos::prelude::*;

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

/// What a form knows of one of its fields.
#[derive(Clone, Copy)]
pub struct Field {
    /// What is typed.
    pub typed: RwSignal<String>,
    /// What was there when it was begun, and its version.
    begun: RwSignal<(String, u64)>,
    now: Memo<(String, Option<Stamp>)>,
    state: State,
}

/// What a field says now and who said so; nothing once it is gone.
pub type Reads = Box<dyn Fn() -> Option<(String, Option<Stamp>)> + Send + Sync>;

impl Field {
    /// A field that is being opened.
    pub fn open(state: State, reads: Reads) -> Self {
        let now = Memo::new(move |before: Option<&(String, Option<Stamp>)>| {
            reads().or_else(|| before.cloned()).unwrap_or_default()
        });
        let (value, stamp) = now.get_untracked();
        let field =
            Self { typed: RwSignal::new(value.clone()), begun: RwSignal::new((value, version(&stamp))), now, state };
        Effect::new(move |_| {
            if field.lot() == Lot::Follows {
                field.keep_theirs();
            }
        });
        field
    }

    fn lot(self) -> Lot {
        let (now, stamp) = self.now.get();
        let typed = self.typed.get();
        self.begun.with(|(begun, base)| lot((begun, *base), &typed, (&now, version(&stamp))))
    }

    /// What was typed, when it is something else than what was there.
    pub fn changed(self) -> Option<String> {
        let typed = self.typed.get_untracked();
        self.begun.with_untracked(|(begun, _)| typed.trim() != begun.trim()).then_some(typed)
    }

    /// The version of which the person knows.
    pub fn base(self) -> Option<u64> {
        Some(self.begun.with_untracked(|(_, base)| *base))
    }

    fn keep_theirs(self) {
        let (now, stamp) = self.now.get_untracked();
        if self.typed.with_untracked(|typed| typed.trim() != now.trim()) {
            self.typed.set(now.clone());
        }
        self.begun.set((now, version(&stamp)));
    }

    /// What is typed stays; that it replaces what others wrote is known from here on.
    fn look(self) {
        let (now, stamp) = self.now.get_untracked();
        self.begun.set((now, version(&stamp)));
    }
}

/// Both versions of a field that was changed meanwhile, and what can be done about it; nothing as long as it was not.
#[component]
pub fn Overtaken(
    field: Field,
    /// A value in words.
    said: fn(&str) -> String,
    /// Asks for what is typed.
    save: Box<dyn Fn() + Send + Sync>,
) -> AnyView {
    let state = field.state;
    let shown = Memo::new(move |_| (field.lot() == Lot::Overtaken).then(|| field.now.get()));
    let save = StoredValue::new(save);
    let edit = move |event: leptos::ev::MouseEvent| {
        field.look();
        focus_beside(&event);
    };
    let versions = move |(theirs, stamp): (String, Option<Stamp>)| {
        let who = stamp.map(|stamp| {
            state.margin.with_untracked(|margin| match stamp.by == margin.you {
                true => "You".to_owned(),
                false => margin.person_name(stamp.by).to_owned(),
            })
        });
        view! {
            <p>{who} " changed this while it was open here. Nothing that you wrote is lost."</p>
            <dl>
                <dt>"Now"</dt>
                <dd>{said(&theirs)}</dd>
                <dt>"Yours"</dt>
                <dd>{move || said(&field.typed.get())}</dd>
            </dl>
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| field.keep_theirs()>"Keep theirs"</button>
                <button
                    type="button"
                    class="quiet"
                    on:click=move |_| {
                        field.look();
                        save.with_value(|save| save());
                    }
                >
                    "Use mine"
                </button>
                <button type="button" class="quiet" on:click=edit>"Edit"</button>
            </div>
        }
        .into_any()
    };
    view! { <div class="overtaken" role="status">{move || shown.get().map(versions)}</div> }.into_any()
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
