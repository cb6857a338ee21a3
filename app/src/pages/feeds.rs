//! The feeds that a group follows: the list, and a plain form that follows one.

use crate::pieces::{Moment, Wrong, for_group};
use domain::{
    feed::FeedRow,
    page::{FeedsSheet, OfferedFeed},
    permission::Role,
};
use leptos::prelude::*;
use phrases::{counted, heard, say, t, view};

/// The page.
#[component]
pub fn FeedsPage(sheet: FeedsSheet, role: Option<Role>) -> impl IntoView {
    let may_follow = role.is_some_and(|role| role >= Role::Editor);
    let FeedsSheet { list, address, trouble, offered } = sheet;
    view! {
        <p class="crumb"><a href="/inbox">"Inbox"</a></p>
        <h1 class="title">"Feeds"</h1>
        <p class="lead">
            "What a source publishes in its feed waits in the inbox until somebody keeps or drops it. Nothing is asked of a
            site before you follow it, and then no oftener than it likes."
        </p>
        {may_follow.then(|| view! { <Follow address trouble offered /> })}
        {list
            .feeds
            .is_empty()
            .then(|| {
                view! {
                    <div class="empty">
                        <p>"No feed is followed yet."</p>
                        <p>"The front page of a site is enough as an address: most say there where their feed is. RSS, Atom and JSON feeds are read."</p>
                    </div>
                }
            })}
        <ul class="shelf">
            {list.feeds.into_iter().map(|row| view! { <Row row may_follow /> }).collect_view()}
        </ul>
    }
}

#[component]
fn Follow(address: String, trouble: Option<String>, offered: Vec<OfferedFeed>) -> impl IntoView {
    view! {
        <form class="form" method="post" action=for_group("/feeds")>
            <Wrong trouble />
            <label class="field">
                <span>"Address of a feed, or of a site that has one"</span>
                <input name="address" required inputmode="url" placeholder="https://www.example.org/rss" value=address />
            </label>
            <button class="primary" type="submit">"Follow"</button>
        </form>
        {(!offered.is_empty())
            .then(|| {
                view! {
                    <section class="mt-6" aria-labelledby="offered">
                        <h2 class="column-head" id="offered">"This page offers several: which one?"</h2>
                        <ul class="mt-2 grid gap-2">
                            {offered.into_iter().map(|feed| view! { <Offer feed /> }).collect_view()}
                        </ul>
                    </section>
                }
            })}
    }
}

#[component]
fn Offer(feed: OfferedFeed) -> impl IntoView {
    let address = feed.address.as_str().to_owned();
    view! {
        <li>
            <form class="actions" method="post" action=for_group("/feeds")>
                <input type="hidden" name="address" value=address.clone() />
                <button class="choice" type="submit">{feed.title}</button>
                <span class="text-sm text-faint break-all">{address}</span>
            </form>
        </li>
    }
}

#[component]
fn Row(row: FeedRow, may_follow: bool) -> impl IntoView {
    let FeedRow { feed, pulse, source, waiting } = row;
    let own = format!("/feeds/{}", feed.id);
    let home = feed.home.as_ref().unwrap_or(&feed.address);
    let (href, host) = (home.as_str().to_owned(), home.host().unwrap_or_default());
    let title = feed.title.clone();
    view! {
        <li class="shelf-row">
            <h2 class="shelf-title">{feed.title}</h2>
            <p class="text-sm text-faint">
                <a href=href rel="noreferrer">{host}</a>
                {source.map(|source| view! { <span class="dot">{source}</span> })}
                {(waiting > 0)
                    .then(|| {
                        view! {
                            <span class="dot"><a href="/inbox">{counted!(waiting, "{n} entry waits", "{n} entries wait")}</a></span>
                        }
                    })}
            </p>
            <p class="text-sm text-faint">
                {match pulse.polled_at {
                    Some(at) => view! { "Last look " <Moment at /> }.into_any(),
                    None => view! { "Not looked at yet" }.into_any(),
                }}
                <span class="dot">"next look " <Moment at=pulse.next_poll_at /></span>
            </p>
            {pulse.trouble.map(|trouble| view! { <p class="wrong mt-2 text-sm">{failed(pulse.failures)} ": " {heard(&trouble)}</p> })}
            {may_follow
                .then(|| {
                    view! {
                        <div class="actions feed-tools">
                            <form method="post" action=format!("{own}/poll")>
                                <button class="quiet" type="submit">"Look now"</button>
                            </form>
                            <details>
                                <summary class="quiet">"Stop following"</summary>
                                <form method="post" action=format!("{own}/unfollow")>
                                    <button class="quiet danger" type="submit">{say!("Stop following “{title}”")}</button>
                                    <span class="text-sm text-faint">" What was kept of it stays."</span>
                                </form>
                            </details>
                        </div>
                    }
                })}
        </li>
    }
}

/// What went wrong how often.
fn failed(failures: u32) -> String {
    match failures {
        0 | 1 => t("The last look failed").to_owned(),
        many => counted!(many, "The last {n} look failed", "The last {n} looks failed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_often_it_failed_is_said() {
        assert_eq!(failed(1), "The last look failed");
        assert_eq!(failed(3), "The last 3 looks failed");
    }
}
