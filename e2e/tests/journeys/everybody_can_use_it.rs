//! No page has a barrier that axe-core can find, in any light. It finds about half of those that there can be.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::{Value, json};

/// What runs in each page. axe-core 4.14: all rules that are on by default, WCAG 2.2 and good practice.
const AXE: &str = include_str!("../../axe/axe.min.js");

/// What is wrong with a page: each rule with the elements that break it.
const BARRIERS: &str =
    "return axe.run({ exclude: [['noscript']] }, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ target, any }) =>
        `${target.join(' ')} ${any.map(({ message }) => message).join('; ')}`).join(', ')}`))";

/// Pages that somebody sees who is not signed in.
const OUTSIDE: [&str; 5] = ["/sign-in", "/forgotten", "/no-such-page", "/join/nothing", "/unsubscribe/nothing"];

/// Pages of somebody who is, beside those of articles.
const INSIDE: [&str; 24] = [
    "/",
    "/add",
    "/arrivals",
    "/clip",
    "/inbox",
    "/feeds",
    "/claims",
    "/sources",
    "/sources/new",
    "/colours",
    "/activity",
    "/comments",
    "/groups",
    "/account",
    "/account/tokens",
    "/account/passkeys",
    "/account/mail",
    "/account/second-step",
    "/account/notices",
    "/account/delete",
    "/people",
    "/webhooks",
    "/no-such-page",
    "/sources?all=yes",
];

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_it() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    let mut found = Vec::new();
    browser.visit("/welcome").await;
    look(&browser, "/welcome", &mut found).await;
    owner::makes_their_account(&browser).await;
    for page in INSIDE {
        browser.visit(page).await;
        look(&browser, page, &mut found).await;
    }
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    browser.press_on(".looks summary").await;
    look(&browser, "an article, and how it looks", &mut found).await;
    browser.press_on(".looks summary").await;
    let (claimed, marked) = (Words::Of(0, 1, 5).find(&browser).await, Words::Of(1, 1, 5).find(&browser).await);
    article::claim(&browser, &claimed, "The train is planned.").await;
    look(&browser, "an article with a claim that is open", &mut found).await;
    article::highlight(&browser, &marked, "blue").await;
    look(&browser, "an article with a highlight", &mut found).await;
    let path = browser.run("return location.pathname", &[]).await;
    let path = path.as_str().unwrap_or_default().to_owned();
    for below in ["/revisions", "/public", "/print"] {
        browser.visit(&format!("{path}{below}")).await;
        look(&browser, below, &mut found).await;
    }
    let open = "const path = `/api/v1/articles/${arguments[0]}/public`;
        const asked = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ indexed: false, original: true, comments: true }) };
        return fetch(path, asked).then(() => fetch(path)).then((answer) => answer.json()).then(({ token }) => token)";
    let id = path.rsplit('/').next().unwrap_or_default();
    let public = browser.run(open, &[json!(id)]).await;
    let public = format!("/p/{}", public.as_str().expect("the page is open"));
    browser.complained_of_nothing_but("404").await;
    browser.close().await;

    let stranger = Browser::open(&postil, Screen::Phone).await;
    for page in OUTSIDE.into_iter().chain([public.as_str()]) {
        stranger.visit(page).await;
        look(&stranger, page, &mut found).await;
    }
    stranger.complained_of_nothing_but("404").await;
    stranger.close().await;
    assert!(found.is_empty(), "{found:#?}");
}

/// Looks at a page in light and dark, in sepia and in high contrast.
async fn look(browser: &Browser, page: &str, found: &mut Vec<String>) {
    browser.run(&format!("if (!window.axe) {{ {AXE} }}"), &[]).await;
    for (scheme, light) in
        [("light", "system"), ("dark", "system"), ("light", "sepia"), ("light", "contrast"), ("dark", "contrast")]
    {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.devtools("Emulation.setEmulatedMedia", &media);
        browser.run("document.documentElement.dataset.light = arguments[0]", &[json!(light)]).await;
        let barriers = browser.run(BARRIERS, &[]).await;
        let Value::Array(barriers) = barriers else { panic!("{page}: {barriers}") };
        found.extend(barriers.iter().map(|barrier| format!("{page}, {scheme} {light}: {barrier}")));
    }
}
