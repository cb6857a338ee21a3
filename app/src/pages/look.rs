//! How the pages look: a form that is shown at once where there is script, and kept by a button where there is none.

use domain::look::{Face, Leading, Light, Look, Measure, Setting, Size};
use leptos::prelude::*;
use phrases::{t, t_in, view};

/// The choices, as they are.
#[component]
pub fn LookForm(
    /// What was chosen.
    look: Look,
    /// The page to come back to.
    next: String,
) -> impl IntoView {
    let faces = Face::ALL.iter().map(|each| (each.word(), t(each.label()), *each == look.face)).collect();
    let sizes = Size::ALL.iter().map(|each| (each.word(), t(each.label()), *each == look.size)).collect();
    let measures = Measure::ALL.iter().map(|each| (each.word(), t(each.label()), *each == look.measure)).collect();
    let leadings = Leading::ALL.iter().map(|each| (each.word(), t(each.label()), *each == look.leading)).collect();
    let settings = Setting::ALL.iter().map(|each| (each.word(), t(each.label()), *each == look.setting)).collect();
    let lights = Light::ALL.iter().map(|each| (each.word(), t(each.label()), *each == look.light)).collect();
    view! {
        <form class="look" method="post" action="/account/look" data-look="">
            <input type="hidden" name="next" value=next />
            <Choices name="light" legend=t_in("how bright", "Light") choices=lights />
            <Choices name="face" legend="Typeface" choices=faces />
            <Choices name="size" legend="Size" choices=sizes />
            <Choices name="measure" legend=t_in("how long", "Lines") choices=measures />
            <Choices name="leading" legend="Spacing" choices=leadings />
            <Choices name="setting" legend=t_in("of lines", "Edge") choices=settings />
            <button class="choice look-keep" type="submit">"Use this"</button>
            <p
                class="look-said text-sm text-faint"
                role="status"
                data-kept=t("Kept for you, in every browser.")
                data-out=t("It could not be kept: you are not signed in any more.")
                data-away=t("It could not be kept: the server did not answer.")
            >
                "Kept for you, in every browser."
            </p>
        </form>
    }
}

/// One of several: a word, its label, whether it is the one.
#[component]
fn Choices(
    name: &'static str,
    legend: &'static str,
    choices: Vec<(&'static str, &'static str, bool)>,
) -> impl IntoView {
    let choices = choices.into_iter().map(|(word, label, chosen)| {
        view! {
            <label class="look-choice">
                <input type="radio" name=name value=word checked=chosen />
                <span>{label}</span>
            </label>
        }
    });
    view! {
        <fieldset class="look-row">
            <legend>{legend}</legend>
            {choices.collect_view()}
        </fieldset>
    }
}
