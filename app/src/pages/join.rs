//! What a link says that lets people into a group, and the forms that accept it.

use crate::pieces::{Moment, Wrong};
use domain::{
    page::{Invited, JoinSheet, Visitor},
    permission::Role,
    person::MIN_PASSWORD,
};
use leptos::prelude::*;
use phrases::{say, t, view};

/// The page.
#[component]
pub fn JoinPage(sheet: JoinSheet, visitor: Option<Visitor>) -> impl IntoView {
    let JoinSheet { invited, path, may_sign_up, typed, trouble } = sheet;
    let Invited { name, role, by, ends_at, held, group } = invited.clone();
    let in_it = held.is_some();
    view! {
        <section class="narrow">
            <h1 class="title">{if in_it { say!("You are in “{name}”") } else { say!("Join “{name}”") }}</h1>
            {held
                .is_none()
                .then(|| {
                    view! {
                        <p class="lead">
                            <b>{by.clone()}</b> " invites you to work in this group as " <b>{a_role(role)}</b> ": " {may(role)}
                            ". The others there see your name beside what you write."
                        </p>
                        <p class="text-sm text-faint mt-2">"The link holds until " <Moment at=ends_at /> "."</p>
                    }
                })}
            {held
                .map(|held| {
                    let words = if invited.gives() {
                        say!("You have the role of {held}; this link by {by} makes you {role}.", held = role_of(held), role = a_role(role))
                    } else {
                        say!("You are {role} there already. This link changes nothing for you.", role = a_role(held))
                    };
                    view! { <p class="lead">{words}</p> }
                })}
            {match (visitor, in_it && !invited.gives()) {
                (Some(_), true) => {
                    view! {
                        <form class="form" method="post" action=format!("/groups/{group}/enter")>
                            <button class="primary" type="submit">"Go there"</button>
                        </form>
                    }
                        .into_any()
                }
                (Some(visitor), false) => {
                    let button = if in_it { say!("Become {role}", role = a_role(role)) } else { t("Join the group").to_owned() };
                    view! {
                        <form class="form" method="post" action=path>
                            <button class="primary" type="submit">{button}</button>
                            <p class="text-sm text-faint">"You are signed in as " {visitor.person.name.to_string()} "."</p>
                        </form>
                    }
                        .into_any()
                }
                (None, _) => view! { <Stranger path may_sign_up typed trouble /> }.into_any(),
            }}
        </section>
    }
}

/// What somebody is offered who is not signed in.
#[component]
fn Stranger(path: String, may_sign_up: bool, typed: String, trouble: Option<String>) -> impl IntoView {
    let sign_in = format!("/sign-in?next={path}");
    if !may_sign_up {
        return view! {
            <Wrong trouble />
            <p class="mt-6"><a class="primary" href=sign_in>"Sign in to join"</a></p>
            <p class="text-sm text-faint mt-6">
                "Here links let in only those who have an account. If you have none, ask whoever runs this Postil for one."
            </p>
        }
            .into_any();
    }
    view! {
        <p class="mt-6">"Have you an account here? " <a href=sign_in>"Sign in to join"</a></p>
        <form class="form" method="post" action=format!("{path}/account")>
            <Wrong trouble />
            <label class="field">
                <span>"Your name"</span>
                <input name="name" autocomplete="username" required maxlength="80" value=typed />
                <small>"Others see it beside your notes."</small>
            </label>
            <label class="field">
                <span>"A password"</span>
                <input name="password" type="password" autocomplete="new-password" required minlength=MIN_PASSWORD.to_string() />
                <small>{say!("At least {least} characters. A few words in a row are easy to remember.", least = MIN_PASSWORD)}</small>
            </label>
            <button class="primary" type="submit">"Make an account and join"</button>
        </form>
    }
    .into_any()
}

/// A link that lets nobody in.
#[component]
pub fn DeadLinkPage() -> impl IntoView {
    view! {
        <section class="narrow trouble">
            <h1 class="title">"This link does not let anybody in"</h1>
            <p class="lead">
                "It may have ended, been used up or been taken back; or a part of it was lost on the way. Look whether it was
                copied whole, and otherwise ask whoever sent it to you for a new one."
            </p>
            <p class="ways-on"><a class="primary" href="/">"To the library"</a></p>
        </section>
    }
}

/// A role as what somebody is.
fn a_role(role: Role) -> &'static str {
    match role {
        Role::Reader => t("a reader"),
        Role::Annotator => t("an annotator"),
        Role::Editor => t("an editor"),
        Role::Owner => t("an owner"),
    }
}

/// A role, behind “the role of”.
fn role_of(role: Role) -> &'static str {
    match role {
        Role::Reader => t("reader"),
        Role::Annotator => t("annotator"),
        Role::Editor => t("editor"),
        Role::Owner => t("owner"),
    }
}

/// What somebody with this role does, in a few words.
fn may(role: Role) -> &'static str {
    match role {
        Role::Reader => t("you read its articles and what stands beside them"),
        Role::Annotator => t("you mark words, write notes and make claims"),
        Role::Editor => t("you bring articles, mark them, and judge claims"),
        Role::Owner => t("you decide who is in it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_its_article() {
        let all: Vec<_> = Role::ALL.iter().map(|role| a_role(*role)).collect();
        assert_eq!(all, ["a reader", "an annotator", "an editor", "an owner"]);
    }
}
