//! What the four colours mean to the group: a plain form.

use crate::pieces::Wrong;
use domain::{group::Palette, highlight::Colour, page::ColourForm, permission::Role};
use leptos::prelude::*;

/// The form.
#[component]
pub fn ColoursPage(form: ColourForm, palette: Option<Palette>, role: Option<Role>) -> impl IntoView {
    let locked = role.is_none_or(|role| role < Role::Editor);
    let field = |colour: Colour| {
        let meaning = palette.as_ref().map(|palette| palette.meaning(colour).to_owned()).unwrap_or_default();
        view! {
            <label class="field">
                <span>
                    <span class=format!("swatch swatch-{}", colour.word()) aria-hidden="true"></span>
                    " "
                    {colour.label()}
                </span>
                <input name=colour.word() required maxlength="60" value=meaning />
            </label>
        }
    };
    view! {
        <h1 class="title">"Colours"</h1>
        <p class="lead">"What a highlight of each colour means in this group. Everybody sees the same words."</p>
        <form class="form" method="post" action="/colours">
            <Wrong trouble=form.trouble />
            {form.saved.then(|| view! { <p class="done" role="status">"Saved."</p> })}
            <fieldset class="contents" disabled=locked>
                {Colour::ALL.iter().copied().map(field).collect_view()}
                <button class="primary" type="submit">"Save"</button>
            </fieldset>
        </form>
    }
}
