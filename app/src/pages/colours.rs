//! What the four colours mean to the group: a plain form.

use crate::pieces::{ClaimMark, Wrong, for_group};
use domain::{
    claim::{ClaimState, Verdict},
    group::Palette,
    highlight::Colour,
    page::ColourForm,
    permission::Role,
};
use leptos::prelude::*;
use phrases::{t, view};

/// The form.
#[component]
pub fn ColoursPage(form: ColourForm, palette: Option<Palette>, role: Option<Role>) -> impl IntoView {
    let locked = role.is_none_or(|role| role < Role::Editor);
    let field = |colour: Colour| {
        let typed = form.typed.as_ref().map(|typed| typed.meaning(colour));
        let meaning = typed.or_else(|| palette.as_ref().map(|palette| palette.meaning(colour)));
        let meaning = meaning.unwrap_or_default().to_owned();
        view! {
            <label class="field">
                <span>
                    <span class=format!("swatch swatch-{}", colour.word()) aria-hidden="true"></span>
                    " "
                    {t(colour.label())}
                    " "
                    <span class=format!("colour-words mark-{}", colour.word()) aria-hidden="true">"words marked so"</span>
                </span>
                <input name=colour.word() required maxlength="60" value=meaning />
            </label>
        }
    };
    let line = |verdict: Option<Verdict>| {
        let word = verdict.map_or(ClaimState::Open.word(), Verdict::word);
        view! {
            <li>
                <ClaimMark state=ClaimState::Open verdict />
                <span class=format!("colour-words mark-claim-{word}") aria-hidden="true">"words marked so"</span>
            </li>
        }
    };
    view! {
        <h1 class="title">"Colours"</h1>
        <p class="lead">"What a highlight of each colour means in this group. Everybody sees the same words, and each colour has a line of its own, for eyes that do not tell them apart."</p>
        <form class="form" method="post" action=for_group("/colours")>
            <Wrong trouble=form.trouble />
            {form.saved.then(|| view! { <p class="done" role="status">"Saved."</p> })}
            <fieldset class="contents" disabled=locked>
                {Colour::ALL.iter().copied().map(field).collect_view()}
                <button class="primary" type="submit">"Save"</button>
            </fieldset>
        </form>
        <section class="account-part">
            <h2 class="column-head">"Claims"</h2>
            <p class="lead">"The words of a claim have a line of their own, too: it says how the claim stands."</p>
            <ul class="verdict-lines">
                {std::iter::once(None).chain(Verdict::ALL.iter().copied().map(Some)).map(line).collect_view()}
            </ul>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{page::TypedColours, words::Meaning};

    #[test]
    fn what_was_typed_stays_in_the_fields() {
        let meaning = |word: &str| Meaning::parse(word).unwrap();
        let palette = Palette { yellow: meaning("a"), green: meaning("b"), blue: meaning("c"), rose: meaning("d") };
        let [yellow, green, blue, rose] = ["Doubtful", "", "e", "f"].map(str::to_owned);
        let typed = TypedColours { yellow, green, blue, rose };
        for (typed, expected) in [(None, ["a", "b", "c", "d"]), (Some(typed), ["Doubtful", "", "e", "f"])] {
            let form = ColourForm { typed, trouble: None, saved: false };
            let palette = Some(palette.clone());
            let html = Owner::new().with(|| view! { <ColoursPage form palette role=None /> }.to_html());
            let values: Vec<&str> = html.split(" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert_eq!(values, expected, "{html}");
        }
    }
}
