//! One group: its people, the links that let others in, its name, and the way out of it. All are plain forms.

/// The links that let others in.
mod links;

use crate::pieces::{Day, Wrong};
use domain::{
    page::{GroupPage, GroupSheet, MemberRow, MustOwn},
    permission::Role,
    words::MAX_GROUP_NAME,
};
use leptos::prelude::*;
use links::Invitations;
use phrases::{heard, say, t, view};

/// The page.
#[component]
pub fn GroupPageView(page: GroupPage) -> impl IntoView {
    let GroupPage { sheet, link, trouble, done } = page;
    let owner = sheet.role == Role::Owner;
    let own = format!("/groups/{}", sheet.id);
    let stays = sheet.must_own(sheet.you);
    view! {
        <p class="crumb"><a href="/groups">"Groups"</a></p>
        <h1 class="title">{sheet.name.clone()}</h1>
        <Wrong trouble />
        {done.map(|words| view! { <p class="done mt-4" role="status">{heard(&words)}</p> })}
        {sheet
            .private_of
            .map(|person| {
                let whose = if person == sheet.you {
                    t("This is your private group from the first day.")
                } else {
                    t("This is somebody’s private group from the first day.")
                };
                view! {
                    <p class="lead">
                        {whose}
                        " Who is invited sees all that is in it; to keep work with others apart, "
                        <a href="/groups">"make a group for it"</a> "."
                    </p>
                }
            })}
        <section class="account-part" aria-labelledby="people">
            <h2 class="column-head" id="people">"People"</h2>
            <People sheet=sheet.clone() own=own.clone() />
            <RoleWords />
        </section>
        {owner.then(|| view! { <Invitations rows=sheet.invitations.clone() own=own.clone() link /> })}
        {owner.then(|| view! { <Webhooks /> })}
        {owner.then(|| view! { <Rename name=sheet.name.clone() own=own.clone() /> })}
        <Leave own stays name=sheet.name />
    }
}

/// What each role may do.
#[component]
fn RoleWords() -> impl IntoView {
    view! {
        <details class="text-sm text-faint mt-2">
            <summary class="quiet">"What the roles may do"</summary>
            <dl class="roles">
                {Role::ALL
                    .iter()
                    .map(|role| view! { <div><dt>{t(role.label())}</dt> <dd>{may(*role)}</dd></div> })
                    .collect_view()}
            </dl>
        </details>
    }
}

/// What a role may do, beside all that the ones before it may.
fn may(role: Role) -> &'static str {
    match role {
        Role::Reader => t("reads and exports"),
        Role::Annotator => t("marks words, writes notes, makes claims, names their sources"),
        Role::Editor => t("brings articles, judges claims, edits the sources and the colours"),
        Role::Owner => t("decides who is in the group, as what, and what it is called"),
    }
}

#[component]
fn People(sheet: GroupSheet, own: String) -> impl IntoView {
    let owner = sheet.role == Role::Owner;
    let you = sheet.you;
    let stays: Vec<bool> = sheet.members.iter().map(|row| sheet.must_own(row.person.id).is_some()).collect();
    let private_of = sheet.private_of;
    let rows = sheet.members.into_iter().zip(stays);
    let row = |(row, stays): (MemberRow, bool)| {
        let is_you = row.person.id == you;
        let fixed = !owner || stays;
        let removable = owner && !is_you && private_of != Some(row.person.id);
        view! { <Person row is_you fixed removable own=own.clone() /> }
    };
    view! { <ul class="shelf">{rows.map(row).collect_view()}</ul> }
}

#[component]
fn Person(
    row: MemberRow,
    is_you: bool,
    /// Whether the role is only shown.
    fixed: bool,
    removable: bool,
    own: String,
) -> impl IntoView {
    let MemberRow { person, role, joined_at } = row;
    let own = format!("{own}/members/{}", person.id);
    let name = person.name.to_string();
    view! {
        <li class="shelf-row group-row">
            <div>
                <p class="person-name">
                    {name.clone()} {is_you.then(|| view! { <span class="text-sm text-faint dot">"you"</span> })}
                </p>
                <p class="text-sm text-faint">"Since " <Day at=joined_at /></p>
            </div>
            <div class="actions">
                {if fixed {
                    view! { <p class="text-sm">{t(role.label())}</p> }.into_any()
                } else {
                    view! { <SetRole role name=name.clone() action=format!("{own}/role") /> }.into_any()
                }}
                {removable
                    .then(|| {
                        view! {
                            <details class="sure">
                                <summary class="quiet" aria-label=say!("Remove {name}")>"Remove"</summary>
                                <form method="post" action=format!("{own}/remove")>
                                    <p class="text-sm text-faint">
                                        "What they wrote stays, with their name. Links that are open below still let others in."
                                    </p>
                                    <button class="quiet danger" type="submit">{say!("Remove {name}")}</button>
                                </form>
                            </details>
                        }
                    })}
            </div>
        </li>
    }
}

#[component]
fn SetRole(role: Role, name: String, action: String) -> impl IntoView {
    let option = |each: &Role| view! { <option value=each.word() selected=*each == role>{t(each.label())}</option> };
    view! {
        <form class="set-role" method="post" action=action>
            <select name="role" aria-label=say!("Role of {name}")>{Role::ALL.iter().map(option).collect_view()}</select>
            <button class="quiet" type="submit" aria-label=say!("Set the role of {name}")>"Set"</button>
        </form>
    }
}

#[component]
fn Webhooks() -> impl IntoView {
    view! {
        <section class="account-part" aria-labelledby="webhooks">
            <h2 class="column-head" id="webhooks">"Other programs"</h2>
            <p class="text-sm mt-2">
                "What happens in the group you work in can be posted to another program: "
                <a href="/webhooks">"webhooks"</a> "."
            </p>
        </section>
    }
}

#[component]
fn Rename(name: String, own: String) -> impl IntoView {
    view! {
        <section class="account-part" aria-labelledby="rename">
            <h2 class="column-head" id="rename">"Its name"</h2>
            <form class="form" method="post" action=own>
                <label class="field">
                    <span>"What the group is called"</span>
                    <input name="name" required maxlength=MAX_GROUP_NAME.to_string() value=name />
                </label>
                <button class="primary" type="submit">"Rename"</button>
            </form>
        </section>
    }
}

#[component]
fn Leave(own: String, stays: Option<MustOwn>, name: String) -> impl IntoView {
    let words = match stays {
        Some(MustOwn::Private) => t("Your private group is yours from the first day; nobody leaves theirs."),
        Some(MustOwn::Alone) => t(
            "You are alone in this group, and a group is never without an owner. Invite somebody and make them an owner first.",
        ),
        Some(MustOwn::LastOwner) => t(
            "You are its only owner, and a group is never without one. Make somebody else an owner first: set their role above.",
        ),
        None => t("What you wrote stays, with your name. You come back only when somebody invites you again."),
    };
    view! {
        <section class="account-part" aria-labelledby="leave">
            <h2 class="column-head" id="leave">"Leave the group"</h2>
            <p class="text-sm text-faint mt-2">{words}</p>
            {stays
                .is_none()
                .then(|| {
                    view! {
                        <details class="sure mt-2">
                            <summary class="quiet">"Leave"</summary>
                            <form method="post" action=format!("{own}/leave")>
                                <button class="quiet danger" type="submit">{say!("Leave “{name}”")}</button>
                            </form>
                        </details>
                    }
                })}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        id::{GroupId, PersonId},
        person::Person,
        words::PersonName,
    };

    fn member(id: u128, role: Role) -> MemberRow {
        let joined_at = chrono::DateTime::UNIX_EPOCH;
        let name = PersonName::parse(["Anna", "Berta", "Carl"][id as usize]).unwrap();
        MemberRow { person: Person { id: PersonId::from_bits(id), name, joined_at }, role, joined_at }
    }

    /// What somebody finds to press on the page of a group.
    #[test]
    fn nobody_is_offered_what_would_be_refused() {
        let rows = [
            // Owners, whose private group it is, who looks: roles to set, people to remove, whether they may leave.
            (&[0_u128][..], None, 0, (2, 2, false)),
            (&[0, 1], None, 0, (3, 2, true)),
            (&[0, 1], Some(1), 0, (2, 1, true)),
            (&[0, 1], Some(0), 0, (2, 2, false)),
            (&[0], None, 1, (0, 0, true)),
            (&[0], None, 2, (0, 0, true)),
        ];
        for (owners, private_of, you, expected) in rows {
            let role = |id: u128| if owners.contains(&id) { Role::Owner } else { Role::Editor };
            let sheet = GroupSheet {
                id: GroupId::from_bits(1),
                name: "Desk".to_owned(),
                private_of: private_of.map(PersonId::from_bits),
                you: PersonId::from_bits(you),
                role: role(you),
                members: [0, 1, 2].map(|id| member(id, role(id))).to_vec(),
                invitations: Vec::new(),
            };
            let page = GroupPage { sheet, link: None, trouble: None, done: None };
            let html = Owner::new().with(|| view! { <GroupPageView page /> }.to_html());
            let count = |words: &str| html.matches(words).count();
            let got = (count("/role\""), count("/remove\""), count("/leave\"") == 1);
            assert_eq!(got, expected, "{owners:?} {private_of:?} {you}: {html}");
            assert_eq!(count("/invitations\""), usize::from(owners.contains(&you)), "{html}");
        }
    }
}
