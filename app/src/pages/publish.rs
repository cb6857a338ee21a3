//! The public page of an article as its editors set it: a plain form.

use domain::page::PublishSheet;
use leptos::prelude::*;
use phrases::{t, view};

/// The form.
#[component]
pub fn PublishPage(sheet: PublishSheet) -> impl IntoView {
    let PublishSheet { article, page, address } = sheet;
    let here = format!("/articles/{}/public", article.id);
    let open = address.is_some();
    let terms = page.terms;
    view! {
        <p class="crumb"><a href=format!("/articles/{}", article.id)>{article.title}</a></p>
        <h1 class="title">"Public page"</h1>
        <p class="lead">
            "Whoever has the address of the public page reads the article there, without an account: its text, the claims
            with their verdicts and sources, and the notes that their authors made public, with their names. Notes for the
            group, notes for oneself and the list of members stay here."
        </p>
        {address
            .map(|address| {
                view! {
                    <section class="public-address" aria-label="Address">
                        <label class="field">
                            <span>"Address"</span>
                            <input readonly value=address.clone() />
                            <small>"Nobody can guess it. Everybody you give it to can give it on."</small>
                        </label>
                        <p class="actions">
                            <a class="choice" href=address>"Open it"</a>
                        </p>
                    </section>
                }
            })}
        <form class="form" method="post" action=here.clone()>
            <Tick name="indexed" ticked=terms.indexed label="Search engines may list it"
                says=t("Without this they are told not to, and the address is known only to those you give it to.") />
            <Tick name="original" ticked=terms.original label="The original can be downloaded"
                says=t("The file or the page as it was brought, to the byte. Mind whose text it is.") />
            <Tick name="comments" ticked=terms.comments label="People may write comments"
                says=t("Each waits until an editor approves it.") />
            <button class="primary" type="submit">{if open { t("Save") } else { t("Open the public page") }}</button>
        </form>
        {open
            .then(|| {
                view! {
                    <div class="actions mt-6">
                        <details>
                            <summary class="quiet">"Another address"</summary>
                            <form method="post" action=format!("{here}/renew")>
                                <button class="quiet danger" type="submit">"Give it another address"</button>
                                <span class="text-sm text-faint">" The one it has now leads nowhere from then on."</span>
                            </form>
                        </details>
                        <details>
                            <summary class="quiet">"Close it"</summary>
                            <form method="post" action=format!("{here}/close")>
                                <button class="quiet danger" type="submit">"Close the public page"</button>
                                <span class="text-sm text-faint">" Nothing here is lost by that."</span>
                            </form>
                        </details>
                    </div>
                }
            })}
    }
}

#[component]
fn Tick(name: &'static str, ticked: bool, label: &'static str, says: &'static str) -> impl IntoView {
    view! {
        <label class="tick">
            <input type="checkbox" name=name value="yes" checked=ticked />
            <span>
                {label}
                <small>{says}</small>
            </span>
        </label>
    }
}
