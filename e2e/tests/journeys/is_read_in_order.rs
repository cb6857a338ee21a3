//! What a screen reader is told of an article, and in which order: Chromium's accessibility tree, and the way of the Tab key.

use crate::{article, browser::Browser, owner, postil::Postil, screen::Screen};
use serde_json::{Value, json};

const TEXT: &str = "# The ferry\n\nThe council has decided on the ferry to the island, says a letter.\n\n\
                    The mayor said that it will go in May. Nobody asked the islanders about it.\n\n\
                    ## What it costs\n\nThe ticket costs four euros, as it did before the war.\n\n\
                    [The letter](https://letter.example/) can be read.";
const LAST: &str = "\n\nThe last line will be taken out.";

/// Marks the article over the API, then brings it without its last line. The order is not that of the text.
const MARK: &str = r"
    const api = `/api/v1${location.pathname}`;
    const ask = (method, path, body) => fetch(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
        .then(async (answer) => { if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`); return answer.json(); });
    const revision = document.getElementById('text').dataset.revision;
    const range = (words) => {
        const leaf = [...document.querySelectorAll('#text [data-o]')].find((each) => each.textContent.includes(words));
        const start = Number(leaf.dataset.o) + leaf.textContent.indexOf(words);
        return { start, end: start + words.length };
    };
    const note = (about, body) => ask('POST', `${api}/notes`, { about, body }).then(({ change }) => change.note_written.id);
    const mark = async (words, colour, body, visibility = 'group') => {
        const { change } = await ask('POST', `${api}/highlights`, { revision, range: range(words), colour, visibility });
        const highlight = change.highlight_made.id;
        return body ? note({ highlight }, body) : highlight;
    };
    return (async () => {
        await mark('The last line', 'rose', 'Where is it?');
        const settled = await mark('four euros', 'green', 'Three, I think.');
        await ask('PUT', `/api/v1/notes/${settled}/resolved`, { resolved: true });
        const above = await mark('decided on the ferry', 'yellow', 'Which ferry?');
        await note({ note: above }, 'The small one.');
        await mark('the ferry to the island', 'blue', 'It is old.');
        await mark('Nobody asked', 'rose', null, 'me');
        const appears = { words: { revision, range: range('it will go in May') } };
        const { change } = await ask('POST', `${api}/claims`, { appears, statement: 'The ferry goes in May.', claimant: 'The mayor' });
        await ask('PUT', `/api/v1/claims/${change.claim_made.claim.id}/verdict`, { verdict: 'holds_in_part', reason: 'In June.' });
        await ask('POST', `${api}/revisions`, { content: arguments[0], form: 'markdown' });
        return true;
    })()";

/// What is said of each card, in the order in which they stand: its words, its notes, its state.
const SAID: [&[&str]; 6] = [
    &["Its words are no longer in the text", "The last line", "Where is it?"],
    &["decided on the ferry", "Which ferry?", "The small one."],
    &["the ferry to the island", "It is old."],
    &["Claim", "The ferry goes in May.", "Settled", "Holds in part", "The mayor", "In June."],
    &["Nobody asked", "Only you"],
    &["four euros", "Resolved by"],
];

#[tokio::test(flavor = "multi_thread")]
async fn is_read_in_order() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    let add = "return fetch('/api/v1/articles', { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ content: arguments[0], form: 'markdown' }) }).then((answer) => answer.json()).then(({ id }) => id)";
    let id = browser.run(add, &[json!(format!("{TEXT}{LAST}"))]).await;
    let path = format!("/articles/{}", id.as_str().expect("an article has an id"));
    browser.visit(&path).await;
    article::is_open(&browser).await;
    assert_eq!(browser.run(MARK, &[json!(TEXT)]).await, json!(true));
    browser.visit(&path).await;
    article::is_open(&browser).await;
    browser.see("#cards.placed").await;

    let brief = tree(&browser);
    outline(&brief);
    cards(&brief);
    tabs_in_order(&browser).await;
    // Open, a card has all that can be done with it.
    for (selector, what) in [("#cards > .card:first-child .card-kind", "Which ferry?"), ("#cards .statement", "Settle")]
    {
        browser.press_on(selector).await;
        browser.read("#cards > .active", what).await;
        cards(&tree(&browser));
        names_differ(&tree(&browser));
    }
    browser.close().await;
}

/// What is said, in order: the depth, the role, the name, and the level of a heading.
struct Said {
    depth: usize,
    role: String,
    name: String,
    level: Option<i64>,
}

/// All that a screen reader is told of the page, from its beginning to its end.
fn tree(browser: &Browser) -> Vec<Said> {
    let tree = browser.devtools("Accessibility.getFullAXTree", &json!({}));
    let nodes = tree["nodes"].as_array().expect("a tree has nodes");
    let mut said = Vec::new();
    walk(nodes, &nodes[0], 0, &mut said);
    said
}

fn walk(nodes: &[Value], node: &Value, depth: usize, said: &mut Vec<Said>) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if node["ignored"] != true {
        let properties = node["properties"].as_array().into_iter().flatten();
        let level = properties.into_iter().find(|each| each["name"] == "level");
        said.push(Said {
            depth,
            role: text(&node["role"]["value"]),
            name: text(&node["name"]["value"]),
            level: level.and_then(|each| each["value"]["value"].as_i64()),
        });
    }
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = nodes.iter().find(|each| each["nodeId"] == *child) {
            walk(nodes, child, depth + 1, said);
        }
    }
}

/// Landmarks and headings say what the page is made of; the text comes before what stands beside it.
fn outline(said: &[Said]) {
    let landmarks = ["banner", "navigation", "main", "article", "complementary"];
    let found = said.iter().filter(|each| landmarks.contains(&&*each.role));
    let found: Vec<_> = found.map(|each| format!("{} {}", each.role, each.name)).collect();
    assert_eq!(found, ["banner ", "navigation Pages", "main ", "article ", "complementary Notes and claims"]);
    let headings = said.iter().filter(|each| each.role == "heading");
    let headings: Vec<_> = headings.map(|each| (each.level.unwrap_or_default(), each.name.trim())).collect();
    assert_eq!(headings, [(1, "The ferry"), (2, "What it costs"), (2, "Notes and claims")]);
}

/// Each highlight is an item of a list with its words, what was said of it and how it stands, in the order of the text.
fn cards(said: &[Said]) {
    let margin = said.iter().position(|each| each.role == "complementary").expect("there is a margin");
    let said = &said[margin..];
    let items = said.iter().enumerate().filter(|(_, each)| each.role == "listitem");
    let of = |(at, item): (usize, &Said)| {
        let inside = said[at + 1..].iter().take_while(|each| each.depth > item.depth);
        inside.map(|each| &*each.name).collect::<Vec<_>>().join(" | ")
    };
    let cards: Vec<String> = items.map(of).filter(|words| SAID.iter().any(|said| words.contains(said[0]))).collect();
    assert_eq!(cards.len(), SAID.len(), "{cards:#?}");
    for (card, expected) in cards.iter().zip(SAID) {
        for words in expected {
            assert!(card.contains(words), "“{words}” is not said in: {card}");
        }
    }
}

/// No two things that can be pressed are called the same, where they do different things.
fn names_differ(said: &[Said]) {
    let margin = said.iter().position(|each| each.role == "complementary").expect("there is a margin");
    let pressed = said[margin..].iter().filter(|each| ["button", "DisclosureTriangle"].contains(&&*each.role));
    let mut names: Vec<_> = pressed.map(|each| &*each.name).collect();
    assert!(names.len() > 5, "{names:?}");
    names.sort_unstable();
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    assert!(twice.is_empty(), "called the same: {twice:?} of {names:?}");
}

/// The Tab key goes through the page as it is written, every stop can be seen, and the cards come in the order of the text.
async fn tabs_in_order(browser: &Browser) {
    browser.run("document.activeElement.blur(); globalThis.stops = []", &[]).await;
    let stop = "const now = document.activeElement;
        const before = globalThis.stops.at(-1);
        if (now === document.body || now === globalThis.stops[0]) return 'end';
        globalThis.stops.push(now);
        if (before && !(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING)) return `${now.outerHTML} comes after ${before.outerHTML}`;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(now);
        const box = now.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) return `${now.outerHTML} cannot be seen`;
        if ((outlineStyle === 'none' || parseFloat(outlineWidth) === 0) && boxShadow === 'none') return `${now.outerHTML} does not show the focus`;
        return ''";
    for _ in 0..200 {
        browser.keys(&["Tab"]).await;
        match browser.run(stop, &[]).await.as_str() {
            Some("") => {}
            Some("end") => break,
            wrong => panic!("{wrong:?}"),
        }
    }
    let reached = "const cards = [...document.querySelectorAll('#cards > .card')];
        const stops = globalThis.stops.map((stop) => cards.findIndex((card) => card.contains(stop)));
        const text = globalThis.stops.findIndex((stop) => stop.closest('#text'));
        return [[...new Set(stops.filter((at) => at >= 0))], cards.length, text >= 0 && text < stops.findIndex((at) => at >= 0)]";
    let reached = browser.run(reached, &[]).await;
    assert_eq!(reached, json!([[0, 1, 2, 3, 4], 5, true]), "cards that the Tab key reaches, in its order");
}
