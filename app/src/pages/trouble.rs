//! Something went wrong: what, and where to go from here.

use domain::{id::GroupId, page::Trouble};
use leptos::prelude::*;
use phrases::{t, view};

/// What went wrong, in a few words.
pub fn heading(status: u16) -> &'static str {
    match status {
        400 | 415 | 422 => t("That was not understood"),
        401 => t("You are not signed in"),
        403 => t("Not with your role here"),
        404 => t("Nothing is here"),
        405 => t("Not in this way"),
        408 | 503 => t("Busy just now"),
        409 => t("Somebody was faster"),
        410 => t("It is gone"),
        413 => t("Too large"),
        429 => t("Too often"),
        500.. => t("Something broke here"),
        _ => t("That did not work"),
    }
}

/// What to do about it, beside what the message says.
fn advice(status: u16) -> &'static str {
    match status {
        403 => t("An owner of the group can give you another role. The page of the group says who they are."),
        404 => t(
            "If somebody sent you here, ask them for a new link. If you typed the address, look whether all of it is there.",
        ),
        410 => t("Whoever sent you here may have a newer address."),
        408 | 429 | 503 => t("What you typed is still in its form when you go back. Try again in a little while."),
        500.. => t(
            "Nothing that was saved is lost. Go back and try again; if it stays so, tell whoever looks after this Postil \
             what you did, and when: its log says more.",
        ),
        _ => t("Go back to change it: what you typed is still there."),
    }
}

/// What went wrong, and what to do.
#[component]
pub fn TroublePage(
    trouble: Trouble,
    /// The group that it is about, when it is known.
    group: Option<GroupId>,
) -> impl IntoView {
    let Trouble { status, message } = trouble;
    view! {
        <section class="narrow trouble">
            <p class="trouble-status">{status}</p>
            <h1 class="title">{heading(status)}</h1>
            <p class="trouble-words">{message}</p>
            <p class="lead">{advice(status)}</p>
            <p class="ways-on">
                <a class="primary" href="/">"To the library"</a>
                {(status == 403)
                    .then(|| match group {
                        Some(group) => view! { <a href=format!("/groups/{group}")>"People of this group"</a> }.into_any(),
                        None => view! { <a href="/groups">"Your groups"</a> }.into_any(),
                    })}
            </p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_is_said_with_what_to_do() {
        for (status, head, words) in [
            (403, "Not with your role here", "An owner of the group"),
            (404, "Nothing is here", "ask them for a new link"),
            (418, "That did not work", "Go back"),
            (429, "Too often", "Try again"),
            (502, "Something broke here", "Nothing that was saved is lost"),
        ] {
            let trouble = Trouble { status, message: "It is <so>.".to_owned() };
            let html = Owner::new().with(|| view! { <TroublePage trouble group=None /> }.to_html());
            for part in [head, words, "It is &lt;so&gt;.", &status.to_string()] {
                assert!(html.contains(part), "{part} in {html}");
            }
        }
    }
}
