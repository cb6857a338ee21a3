//! What a person was told because it concerns them, the newest first.

use super::mailing::ByMail;
use crate::pieces::{Day, Moment};
use domain::{
    bulletin::{Bulletin, MadeBulletin},
    notice::{Notice, Notices},
    page::NoticesSheet,
};
use leptos::prelude::*;
use phrases::{say, t, view};

/// The page.
#[component]
pub fn NoticesPage(sheet: NoticesSheet) -> impl IntoView {
    let NoticesSheet { notices: Notices { notices, unread, before }, mailing, trouble, bulletins, made } = sheet;
    let newest = notices.first().map(|newest| newest.ordinal);
    view! {
        <h1 class="title">"What concerns you"</h1>
        {made.map(|made| view! { <Made made /> })}
        <p class="text-sm mt-2">
            <a href="#mail">"By mail"</a> <span class="dot"><a href="#feed-reader">"In your feed reader"</a></span>
        </p>
        {if notices.is_empty() {
            view! {
                <p class="lead">
                    "Nothing yet. When somebody answers a note of yours, writes about words you highlighted, or judges a claim
                    that you made, it stands here."
                </p>
            }
                .into_any()
        } else {
            view! {
                {newest
                    .filter(|_| unread > 0)
                    .map(|newest| {
                        view! {
                            <form class="actions" method="post" action="/account/notices/read">
                                <input type="hidden" name="through" value=newest.to_string() />
                                <button class="quiet" type="submit">"Mark all as seen"</button>
                            </form>
                        }
                    })}
                <ul class="shelf">{notices.into_iter().map(|notice| view! { <Row notice /> }).collect_view()}</ul>
            }
                .into_any()
        }}
        {before
            .map(|before| {
                view! {
                    <p class="mt-6"><a href=format!("/account/notices?before={before}")>"Older ones"</a></p>
                }
            })}
        <ByMail mailing trouble />
        <FeedReader bulletins />
    }
}

#[component]
fn Row(notice: Notice) -> impl IntoView {
    let Notice { group_name, why, by_name, at, title, excerpt, path, read, .. } = notice;
    view! {
        <li class="shelf-row" class:unseen=!read>
            <p>
                {(!read).then(|| view! { <span class="sr-only">"New: "</span> })}
                <a href=path><b>{by_name}</b> " " {t(why.label())}</a>
            </p>
            {excerpt.map(|excerpt| view! { <blockquote class="excerpt">{excerpt}</blockquote> })}
            <p class="text-sm text-faint">
                {match title {
                    Some(title) => view! { {title} <span class="dot">{group_name}</span> }.into_any(),
                    None => view! { {group_name} }.into_any(),
                }}
                <span class="dot"><Moment at /></span>
            </p>
        </li>
    }
}

/// The one time that an address for a feed reader is shown.
#[component]
fn Made(made: MadeBulletin) -> impl IntoView {
    view! {
        <div class="done mt-6" role="status">
            <p>
                "The address is made. Copy it now and give it to your feed reader: it is not shown again. Whoever has it reads what
                you may read, so keep it to yourself."
            </p>
            <p class="mt-2"><code class="secret">{made.address}</code></p>
        </div>
    }
}

/// The groups of a person, each with its address for a feed reader.
#[component]
fn FeedReader(bulletins: Vec<Bulletin>) -> impl IntoView {
    view! {
        <section class="account-part" aria-labelledby="feed-reader">
            <h2 class="column-head" id="feed-reader">"In your feed reader"</h2>
            <p class="text-sm text-faint mt-2">
                "A feed reader can follow what happens in a group: make an address of your own, an Atom feed, and give it to the
                reader. It shows what you may see in the group, save what is yours alone, and ends when you leave the group."
            </p>
            <ul class="shelf">{bulletins.into_iter().map(|bulletin| view! { <Address bulletin /> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Address(bulletin: Bulletin) -> impl IntoView {
    let Bulletin { group, group_name, made_at } = bulletin;
    let made = made_at.is_some();
    let make = if made { t("Make another address") } else { t("Make an address") };
    let label =
        if made { say!("Make another address for {group_name}") } else { say!("Make an address for {group_name}") };
    let revoke = say!("Revoke the address for {group_name}");
    view! {
        <li class="shelf-row group-row">
            <div>
                <p class="person-name">{group_name}</p>
                <p class="text-sm text-faint">
                    {match made_at {
                        Some(at) => view! { "Address made " <Day at /> }.into_any(),
                        None => t("No address").into_any(),
                    }}
                </p>
            </div>
            <div class="actions">
                <form method="post" action="/account/bulletins">
                    <input type="hidden" name="group" value=group.to_string() />
                    <button class="quiet" type="submit" aria-label=label>{make}</button>
                </form>
                {made
                    .then(|| {
                        view! {
                            <form method="post" action="/account/bulletins/revoke">
                                <input type="hidden" name="group" value=group.to_string() />
                                <button class="quiet danger" type="submit" aria-label=revoke>"Revoke"</button>
                            </form>
                        }
                    })}
            </div>
        </li>
    }
}
