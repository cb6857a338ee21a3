//! What stands around every page: the head of the document, and the way from page to page.

use domain::{
    id::GroupId,
    page::{Away, NamedGroup, Site, Visitor},
    permission::Role,
};
use leptos::prelude::*;
use phrases::{counted, say, t, view};

/// A whole document.
#[component]
pub fn Shell(
    /// The files that every page loads.
    site: Site,
    /// What the browser's tab says.
    title: String,
    /// Who is signed in.
    visitor: Option<Visitor>,
    /// Whether the page takes the whole width.
    wide: bool,
    /// Whether search engines are told to leave it out.
    #[prop(optional)]
    unlisted: bool,
    /// Where in the way from page to page this is: the address there, and whether it is just that page.
    here: Option<(&'static str, bool)>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let width = if wide { "page page-wide" } else { "page" };
    let look = visitor.as_ref().map(|visitor| visitor.look).unwrap_or_default();
    let person = visitor.as_ref().map(|visitor| visitor.person.id.to_string());
    view! {
        <html
            lang=phrases::language().word()
            data-face=look.face.word()
            data-size=look.size.word()
            data-measure=look.measure.word()
            data-leading=look.leading.word()
            data-setting=look.setting.word()
            data-light=look.light.word()
            data-person=person
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{format!("{title} · Postil")}</title>
                {unlisted.then(|| view! { <meta name="robots" content="noindex, nofollow" /> })}
                {site.style.map(|href| view! { <link rel="stylesheet" href=href /> })}
                {site.icon.map(|href| view! { <link rel="icon" type="image/svg+xml" href=href /> })}
                {site
                    .manifest
                    .map(|_| {
                        view! {
                            <link rel="manifest" href="/manifest.webmanifest" />
                            {theme_color("(prefers-color-scheme: light)", "#fbf8f1")}
                            {theme_color("(prefers-color-scheme: dark)", "#1a1917")}
                        }
                    })}
                {site.preload.into_iter().map(|href| view! { <link rel="modulepreload" href=href /> }).collect_view()}
                {site.passkeys.map(|src| view! { <script type="module" src=src></script> })}
                {site.boot.map(|src| view! { <script type="module" src=src></script> })}
            </head>
            <body>
                <a class="skip" href="#main">"Skip to the text"</a>
                <header class="masthead">
                    <a class="wordmark" href="/">"Postil"</a>
                    {visitor.map(|visitor| view! { <Ways visitor here /> })}
                </header>
                <main id="main" class=width>{children()}</main>
            </body>
        </html>
    }
}

/// The colour of what a system draws around the page: the paper of `style/base.css`.
fn theme_color(media: &'static str, paper: &'static str) -> impl IntoView {
    leptos::html::meta().name("theme-color").content(paper).attr("media", media)
}

/// The way from page to page, and from group to group.
#[component]
fn Ways(visitor: Visitor, here: Option<(&'static str, bool)>) -> impl IntoView {
    let way = move |address: &'static str, words: &'static str| {
        let current = here.filter(|(at, _)| *at == address).map(|(_, just)| if just { "page" } else { "true" });
        view! { <a href=address aria-current=current>{words}</a> }
    };
    let Visitor { person, look: _, group, groups, away, role, unread, comments } = visitor;
    view! {
        <Switch shown=group.id name=group.name groups />
        {match away {
            None => {
                view! {
                    <nav class="ways" aria-label="Pages">
                        {way("/", t("Library"))}
                        {way("/inbox", t("Inbox"))}
                        {way("/claims", t("Claims"))}
                        {way("/sources", t("Sources"))}
                        {way("/colours", t("Colours"))}
                        {way("/activity", t("Activity"))}
                        {(role >= Role::Editor)
                            .then(|| {
                                view! {
                                    <a href="/comments" aria-current=(here == Some(("/comments", true))).then_some("page")>
                                        "Comments"
                                        {(comments > 0)
                                            .then(|| {
                                                let wait = counted!(comments, "{n} waits", "{n} wait");
                                                view! { " " <span class="count" aria-label=wait>{comments}</span> }
                                            })}
                                    </a>
                                }
                            })}
                    </nav>
                }
                    .into_any()
            }
            Some(away) => view! { <Elsewhere shown=group.id away /> }.into_any(),
        }}
        <form id="sign-out" class="ml-auto flex items-center gap-3 text-sm" method="post" action="/sign-out">
            {(unread > 0)
                .then(|| {
                    let many = counted!(unread, "{n} notice that you have not seen", "{n} notices that you have not seen");
                    let title = many.clone();
                    view! {
                        <a class="bell" href="/account/notices" title=title>
                            <span aria-hidden="true">{unread}</span>
                            <span class="sr-only">{many}</span>
                        </a>
                    }
                })}
            <a class="account-name" href="/account">{person.name.to_string()}</a>
            <button class="quiet sign-out" type="submit">"Sign out"</button>
        </form>
    }
}

/// The group of what is shown, and the way to the others.
#[component]
fn Switch(shown: GroupId, name: String, groups: Vec<NamedGroup>) -> impl IntoView {
    let others: Vec<_> = groups.into_iter().filter(|each| each.id != shown).collect();
    view! {
        <details class="switch">
            <summary aria-label=say!("Group: {name}")>
                <span class="switch-name">{name.clone()}</span>
            </summary>
            <div class="switch-sheet">
                {(!others.is_empty())
                    .then(|| {
                        view! {
                            <form method="post">
                                <p class="switch-head">"Work in another group"</p>
                                {others
                                    .into_iter()
                                    .map(|each| {
                                        view! {
                                            <button type="submit" formaction=format!("/groups/{}/enter", each.id)>
                                                {each.name}
                                            </button>
                                        }
                                    })
                                    .collect_view()}
                            </form>
                        }
                    })}
                <a href=format!("/groups/{shown}")>"People of this group"</a>
                <a href="/groups">"All groups, or a new one"</a>
                <a class="switch-account" href="/account">"Your account"</a>
                <button class="switch-account" type="submit" form="sign-out">"Sign out"</button>
            </div>
        </details>
    }
}

/// What is shown is of another group than the one that the person works in, so the pages of neither are offered.
#[component]
fn Elsewhere(shown: GroupId, away: Away) -> impl IntoView {
    view! {
        <form class="elsewhere-bar" method="post" action=format!("/groups/{shown}/enter")>
            <input type="hidden" name="next" value=away.path />
            <span>"You work in " <a href="/">{away.works_in.name}</a> "."</span>
            <button class="choice" type="submit">"Work here instead"</button>
        </form>
    }
}
