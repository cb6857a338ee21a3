//! The links that let people into a group: those that are open, those that are over, and the form that makes one.

use crate::pieces::{Day, Moment};
use domain::{
    invitation::{DEFAULT_USES, Invitation, InvitationState, MAX_USES},
    page::InvitationRow,
    permission::Role,
};
use leptos::prelude::*;
use phrases::{counted, say, t, t_later, view};

/// How many days a link may last, as they are offered; the first is chosen unless another is.
const DAYS: [(u32, &str); 4] =
    [(7, t_later("a week")), (1, t_later("a day")), (30, t_later("a month")), (90, t_later("three months"))];

/// The links of a group, and the form that makes one.
#[component]
pub fn Invitations(rows: Vec<InvitationRow>, own: String, link: Option<String>) -> impl IntoView {
    let (open, over): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.state == InvitationState::Open);
    let count = over.len();
    view! {
        <section class="account-part" aria-labelledby="invite">
            <h2 class="column-head" id="invite">"Invite by a link"</h2>
            {link.map(|link| view! { <MadeLink link /> })}
            <form class="form invite" method="post" action=format!("{own}/invitations")>
                <label class="field">
                    <span>"As"</span>
                    <select name="role">
                        {Invitation::ROLES
                            .iter()
                            .map(|role| {
                                view! { <option value=role.word() selected=*role == Role::Editor>{t(role.label())}</option> }
                            })
                            .collect_view()}
                    </select>
                </label>
                <label class="field">
                    <span>"For"</span>
                    <select name="days">
                        {DAYS.into_iter().map(|(days, words)| view! { <option value=days.to_string()>{t(words)}</option> }).collect_view()}
                    </select>
                </label>
                <label class="field">
                    <span>"How many people"</span>
                    <input
                        name="uses"
                        type="number"
                        min="1"
                        max=MAX_USES.to_string()
                        required
                        value=DEFAULT_USES.to_string()
                    />
                </label>
                <button class="primary" type="submit">"Make a link"</button>
            </form>
            {(!open.is_empty())
                .then(|| {
                    view! {
                        <h3 class="column-head mt-6">"Open links"</h3>
                        <ul class="shelf">
                            {open.into_iter().map(|row| view! { <Link row own=own.clone() /> }).collect_view()}
                        </ul>
                    }
                })}
            {(count > 0)
                .then(|| {
                    view! {
                        <details class="mt-4">
                            <summary class="quiet">
                                {counted!(count, "{n} link that lets nobody in any more", "{n} links that let nobody in any more")}
                            </summary>
                            <ul class="shelf">
                                {over.into_iter().map(|row| view! { <Link row own=own.clone() /> }).collect_view()}
                            </ul>
                        </details>
                    }
                })}
        </section>
    }
}

/// A link that was made just now.
#[component]
fn MadeLink(link: String) -> impl IntoView {
    view! {
        <div class="done mt-4" role="status">
            <label class="field">
                <span>"The link. Copy it now: it is not shown again"</span>
                <input class="made-link" readonly autofocus value=link />
            </label>
            <p class="text-sm text-faint mt-2">
                "Send it to whom you invite. Whoever has it can come in, so do not put it where others read."
            </p>
        </div>
    }
}

#[component]
fn Link(row: InvitationRow, own: String) -> impl IntoView {
    let InvitationRow { invitation, made_by, state, came } = row;
    let open = state == InvitationState::Open;
    let left = invitation.uses.saturating_sub(came.len() as u32);
    let names: Vec<String> = came.iter().map(|person| person.name.to_string()).collect();
    view! {
        <li class="shelf-row group-row">
            <div>
                <p>
                    {counted_role(invitation.role, invitation.uses)}
                    {if open {
                        view! { <span class="dot">{say!("{left} of {uses} left", uses = invitation.uses)}</span> }.into_any()
                    } else {
                        view! { <span class="dot text-faint">{t(state.label())}</span> }.into_any()
                    }}
                </p>
                <p class="text-sm text-faint">
                    "Made by " {made_by} ", " <Day at=invitation.made_at />
                    {open.then(|| view! { <span class="dot">"until " <Moment at=invitation.ends_at /></span> })}
                </p>
                {(!names.is_empty()).then(|| view! { <p class="text-sm">{say!("Came by it: {names}", names = names.join(", "))}</p> })}
            </div>
            {open
                .then(|| {
                    view! {
                        <form method="post" action=format!("{own}/invitations/{}/revoke", invitation.id)>
                            <button class="quiet danger" type="submit">"Take it back"</button>
                        </form>
                    }
                })}
        </li>
    }
}

/// `For 1 editor`, `For 2 readers`.
fn counted_role(role: Role, count: u32) -> String {
    match role {
        Role::Reader => counted!(count, "For {n} reader", "For {n} readers"),
        Role::Annotator => counted!(count, "For {n} annotator", "For {n} annotators"),
        Role::Editor => counted!(count, "For {n} editor", "For {n} editors"),
        Role::Owner => counted!(count, "For {n} owner", "For {n} owners"),
    }
}
