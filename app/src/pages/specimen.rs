//! What a claim looks like, for those who have not seen one yet: where an account is made, and where there is no claim.

use crate::pieces::{SourceBadge, VerdictMark};
use domain::claim::{Stance, Verdict};
use leptos::prelude::*;
use phrases::{t, view};

/// Words of an article with a claim beside them. It says nothing that is not said in words elsewhere, so it is a picture.
#[component]
pub fn Specimen() -> impl IntoView {
    view! {
        <figure class="specimen" aria-hidden="true">
            <p class="specimen-text">
                "The night train is to run four times a week. " <span class="specimen-words">"It will cost the town nothing"</span>
                ", the council says; the harbour office counts otherwise."
            </p>
            <div class="specimen-card">
                <VerdictMark verdict=Verdict::HoldsInPart />
                <p class="statement">"The night train costs the town nothing."</p>
                <p class="text-sm text-faint">"Said by the council"</p>
                <p class="badges">
                    <SourceBadge name=t("The Bay Herald").to_owned() stance=Stance::Originates />
                    <SourceBadge name=t("Harbour office").to_owned() stance=Stance::Disputes />
                </p>
            </div>
        </figure>
    }
}
