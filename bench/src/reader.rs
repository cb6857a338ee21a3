//! The article's page in a real Chromium: how quickly marks are painted, what scrolling, a click and a note cost where there
//! are very many, and whether anything moves when a page wakes.
#![allow(clippy::print_stdout, reason = "the figures are the result")]

/// The browser.
pub mod chromium;
/// The articles.
pub mod shelf;

use crate::{Outcome, postil::Postil};
use chromium::Chromium;
use serde_json::{Value, json};
use shelf::{Kept, Plan, Shelf};
use std::{path::Path, time::Instant};

/// How many words the long article has.
const LONG: usize = 100_000;
/// How many highlights are in it.
const MANY: [usize; 3] = [100, 1_000, 10_000];
/// How often each of two things that are compared is done, in turns.
const TURNS: usize = 15;
/// How often each scrolls through the article.
const SCROLLS: usize = 3;
/// How many highlights are pointed at, and how many clicked.
const CLICKS: usize = 40;
/// How many notes are written.
const NOTES: usize = 15;
/// Windows in which a page is opened, in CSS pixels.
const WINDOWS: [(u32, u32); 4] = [(320, 640), (390, 844), (768, 1024), (1440, 900)];

/// Frames come when they are done, not with the beat of a screen: their length is what is measured.
const UNBOUND: [&str; 2] = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

/// Whether a page's islands are awake.
const AWAKE: &str = "document.documentElement.dataset.ready === 'true'";
/// Whether a page has been read whole.
const WHOLE: &str = "document.readyState === 'complete'";

/// Measures all of it.
pub async fn run(binary: &Path) -> Outcome {
    let data = tempfile::tempdir()?;
    let postil = Postil::start(binary, data.path()).await?;
    let mut shelf = Shelf::open(&postil).await?;
    let home = format!("http://{}", postil.address);
    // One browser has Postil as it is, the other one its pages without its script.
    let mut chromium = Chromium::start(&UNBOUND).await?;
    let mut plain = Chromium::start(&UNBOUND).await?;
    let (name, value) = shelf.cookie.split_once('=').ok_or("a cookie has a value")?;
    for each in [&mut chromium, &mut plain] {
        each.ask("Network.setCookie", json!({ "name": name, "value": value, "url": home })).await?;
        each.ask("Performance.enable", json!({})).await?;
        each.resize(1280, 900).await?;
    }
    plain.ask("Network.setBlockedURLs", json!({ "urls": ["*/boot.*", "*/client*"] })).await?;

    let few = Plan { words: 5_000, highlights: 200, noted: 1, claimed: 0 };
    let article = shelf.keep(few).await?;
    opening(&mut chromium, &mut plain, &mut shelf, &home, &article).await?;
    for highlights in MANY {
        let begun = Instant::now();
        let article = shelf.keep(Plan { words: LONG, highlights, noted: 10, claimed: 200 }).await?;
        println!("\n{highlights} highlights on {LONG} words ({:.0?} to make them)", begun.elapsed());
        chromium.resize(1280, 900).await?;
        painting(&mut chromium, &home, &article).await?;
        scrolling(&mut chromium, &mut plain, &home, &article).await?;
        if highlights == MANY[MANY.len() - 1] {
            cards(&mut chromium, &home, &article).await?;
            notes(&mut chromium, &home, &article).await?;
        }
    }
    Ok(())
}

/// Numbers that were measured.
struct Measured(Vec<f64>);

impl Measured {
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// The value that so many in a hundred do not exceed.
    fn at(&self, hundredth: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get((self.0.len() * hundredth / 100).min(last)).copied().unwrap_or(f64::NAN)
    }

    fn most(&self) -> f64 {
        self.at(100)
    }

    /// The median, and between what the middle eight of ten lie.
    fn shown(&self) -> String {
        format!("{:.1} ({:.1} to {:.1})", self.at(50), self.at(10), self.at(90))
    }

    fn p50_p95_most(&self) -> String {
        format!("p50 {:.1}, p95 {:.1}, longest {:.1} ms", self.at(50), self.at(95), self.most())
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

/// All marks anchored and painted, by Postil and by the least script that does so, in turns on the same page.
async fn painting(chromium: &mut Chromium, home: &str, article: &Kept) -> Outcome {
    let begun = Instant::now();
    chromium.visit(&format!("{home}{}", article.path), AWAKE).await?;
    println!("  opened and awake after {:.1?}", begun.elapsed());
    let script = "
        const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
        const { repaint } = await import(loaded.find((name) => /client\\.[0-9a-f]+\\.js$/.test(name)));
        const place = index();
        const times = { near: [], ours: [], bare: [], ours_script: [], bare_script: [], reading: [] };
        await rest(1000);
        for (let turn = 0; turn < given.turns; turn += 1) {
            CSS.highlights.clear();
            const ours = await timed(() => repaint(false, true));
            const sizes = [...CSS.highlights].filter(([name]) => given.looks.includes(name));
            const count = sizes.reduce((sum, [, set]) => sum + set.size, 0);
            if (count !== given.marks.length) throw new Error(`${count} are painted and not ${given.marks.length}`);
            await rest(50);
            const least = await timed(() => bare(place, given.marks));
            await rest(50);
            times.ours.push(ours[1]); times.bare.push(least[1]);
            times.ours_script.push(ours[0]); times.bare_script.push(least[0]);
            times.near.push((await timed(() => repaint(false, false)))[1]);
            await rest(50);
            times.reading.push((await timed(() => repaint(true, false)))[1]);
            await rest(50);
        }
        return times;";
    let looks = ["yellow", "green", "blue", "rose", "claim-open"];
    let times = chromium.run(script, &json!({ "turns": TURNS, "marks": article.marks, "looks": looks })).await?;
    let of = |name: &str| Measured::of(numbers(&times[name]));
    let (ours, bare) = (of("ours"), of("bare"));
    let (ours_script, bare_script) = (of("ours_script"), of("bare_script"));
    println!("  anchored and painted, ms: Postil {}, bare {}", ours.shown(), bare.shown());
    println!("    of that script: Postil {}, bare {}", ours_script.shown(), bare_script.shown());
    println!(
        "    as it is done, only what is near: {}; the text read besides: {}",
        of("near").shown(),
        of("reading").shown()
    );
    println!(
        "    ratio: painted {:.2}, script {:.2}",
        ours.at(50) / bare.at(50),
        ours_script.at(50) / bare_script.at(50)
    );
    Ok(())
}

/// The whole article scrolled through: as it is, and the same text with bare marks, without Postil's script and its margin.
async fn scrolling(chromium: &mut Chromium, plain: &mut Chromium, home: &str, article: &Kept) -> Outcome {
    let address = format!("{home}{}", article.path);
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..SCROLLS {
        chromium.visit(&address, AWAKE).await?;
        ours.push(Measured::of(numbers(&chromium.run("await rest(1000); return scrolled()", &Value::Null).await?)));
        chromium.visit("about:blank#rests", WHOLE).await?;
        plain.visit(&address, WHOLE).await?;
        let script = "document.querySelector('[data-island=desk]').remove();
            bare(index(), given.marks);
            await rest(1000);
            return scrolled()";
        bare.push(Measured::of(numbers(&plain.run(script, &json!({ "marks": article.marks })).await?)));
        plain.visit("about:blank#rests", WHOLE).await?;
    }
    let each = |of: fn(&Measured) -> f64, all: &[Measured]| Measured::of(all.iter().map(of).collect());
    let (worst, bare_worst) = (each(Measured::most, &ours), each(Measured::most, &bare));
    println!("  scrolling, ms of a frame, {} frames:", ours[0].0.len());
    for (what, all) in [("Postil", &ours), ("bare", &bare)] {
        let worst: Vec<_> = all.iter().map(|each| format!("{:.1}", each.most())).collect();
        let (p50, p99) = (each(|each| each.at(50), all).at(50), each(|each| each.at(99), all).at(50));
        println!("    {what}: p50 {p50:.1}, p99 {p99:.1}, worst of each run {}", worst.join(", "));
    }
    println!("    ratio of the worst frames, in the median run: {:.2}", worst.at(50) / bare_worst.at(50));
    Ok(())
}

/// From the mouse to the card that is painted.
async fn cards(chromium: &mut Chromium, home: &str, article: &Kept) -> Outcome {
    chromium.visit(&format!("{home}{}", article.path), AWAKE).await?;
    // What is clicked has its card beside it; what is pointed at has it marked, or shown for as long where it is out of view.
    let ways = [
        ("click", "mouseReleased", "#cards .card.active"),
        ("hover", "mouseMoved", ".card.hovered, #glimpse:not([hidden])"),
    ];
    for (what, event, card) in ways {
        let mut times = Vec::new();
        for click in 0..CLICKS {
            let mark = &article.marks[(click * 37 + 11) * article.marks.len() / (CLICKS * 37 + 11)];
            let show = "
                const { nodes, starts } = index();
                const node = nodes[at(starts, given.start)];
                const range = new Range();
                range.setStart(node, given.start - starts[at(starts, given.start)] + 1);
                range.setEnd(node, range.startOffset + 2);
                scrollBy(0, range.getBoundingClientRect().top - innerHeight / 2);
                await rest(400);
                const { left, top, height } = range.getBoundingClientRect();
                globalThis.seen = new Promise((done, fail) => {
                    let begun;
                    const isInView = ({ height, top, bottom }) => height > 0 && top < innerHeight && bottom > 0;
                    const seen = () => [...document.querySelectorAll(given.card)].filter((each) => isInView(each.getBoundingClientRect()));
                    const before = seen().map((each) => each.textContent);
                    const look = async () => {
                        if (seen().some((each) => !before.includes(each.textContent))) done((await painted()) - begun);
                        else if (performance.now() - begun > 2000) done(-1);
                        else requestAnimationFrame(look);
                    };
                    const begin = ({ timeStamp }) => { begun = timeStamp; requestAnimationFrame(look); };
                    addEventListener(given.event, begin, { once: true, capture: true });
                });
                return [left + 1, top + height / 2];";
            let name = if what == "click" { "pointerup" } else { "pointermove" };
            let point = chromium.run(show, &json!({ "start": mark.1, "card": card, "event": name })).await?;
            let point = (point[0].as_f64().unwrap_or_default(), point[1].as_f64().unwrap_or_default());
            if what == "click" {
                chromium.mouse("mouseMoved", point).await?;
                chromium.mouse("mousePressed", point).await?;
            }
            chromium.mouse(event, point).await?;
            times.extend(chromium.run("return globalThis.seen", &Value::Null).await?.as_f64());
        }
        let missed = times.iter().filter(|time| **time < 0.0).count();
        let times = Measured::of(times.into_iter().filter(|time| *time >= 0.0).collect());
        println!("  {what} to its card, painted: {}; {missed} of {CLICKS} not seen", times.p50_p95_most());
    }
    Ok(())
}

/// What script does when a note is saved.
async fn notes(chromium: &mut Chromium, home: &str, article: &Kept) -> Outcome {
    chromium.visit(&format!("{home}{}", article.path), AWAKE).await?;
    let (mut script, mut layout, mut styles) = (Vec::new(), Vec::new(), Vec::new());
    for note in 0..NOTES {
        let mark = &article.marks[(note + 1) * article.marks.len() / (NOTES + 2)];
        let write = "
            const { nodes, starts } = index();
            const node = nodes[at(starts, given.start)];
            const range = new Range();
            range.setStart(node, given.start - starts[at(starts, given.start)] + 1);
            range.setEnd(node, range.startOffset + 2);
            scrollBy(0, range.getBoundingClientRect().top - innerHeight / 2);
            await rest(400);
            const { left, top, height } = range.getBoundingClientRect();
            document.elementFromPoint(left + 1, top + height / 2).dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: left + 1, clientY: top + height / 2 }));
            for (let frames = 0; frames < 100 && !document.querySelector('#cards .card.active .thread > .quiet'); frames += 1) await frame();
            document.querySelector('#cards .card.active .thread > .quiet').click();
            for (let frames = 0; frames < 100 && !document.querySelector('#cards .card.active textarea[name=body]'); frames += 1) await frame();
            const field = document.querySelector('#cards .card.active textarea[name=body]');
            field.value = given.words;
            field.dispatchEvent(new Event('input', { bubbles: true }));
            await rest(1200);";
        let words = format!("Written while measured, {note}.");
        chromium.run(write, &json!({ "start": mark.1, "words": words })).await?;
        let before = chromium.spent().await?;
        let save = "
            const saved = new Promise((done) => {
                const look = () => [...document.querySelectorAll('#cards .card.active .note-body')].some((each) => each.textContent.includes(given)) && done();
                new MutationObserver(look).observe(document.getElementById('cards'), { childList: true, subtree: true });
            });
            document.querySelector('#cards .card.active form.compose [type=submit]').click();
            await saved;
            await frame(); await frame(); await frame();";
        chromium.run(save, &json!(words)).await?;
        let after = chromium.spent().await?;
        for (at, all) in [&mut script, &mut layout, &mut styles].into_iter().enumerate() {
            all.push(after[at] - before[at]);
        }
    }
    for (what, all) in [("script", script), ("layout", layout), ("styles", styles)] {
        println!("  a note saved, {what}: {}", Measured::of(all).p50_p95_most());
    }
    Ok(())
}

/// A typical article opened: when its words are there, and whether they move afterwards.
async fn opening(
    chromium: &mut Chromium,
    plain: &mut Chromium,
    shelf: &mut Shelf,
    home: &str,
    article: &Kept,
) -> Outcome {
    let address = format!("{home}{}", article.path);
    println!("5 000 words with 200 notes:");
    let watch = "globalThis.shifts = [];
        new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries().map(({ value, sources }) =>
            [value, ...sources.map(({ node }) => node?.nodeType === 1 ? `${node.tagName}.${node.className}` : 'text')])))
            .observe({ type: 'layout-shift', buffered: true });";
    chromium.ask("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await?;
    let times = "const { responseStart } = performance.getEntriesByType('navigation')[0];
        const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1;
        return [responseStart, first, performance.now()]";
    for (what, is_awake) in [("as served", false), ("with script", true)] {
        let (chromium, awake) = if is_awake { (&mut *chromium, AWAKE) } else { (&mut *plain, WHOLE) };
        let (mut begins, mut paints) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            chromium.visit(&address, awake).await?;
            let seen = numbers(&chromium.run(&format!("await rest(200); {times}"), &Value::Null).await?);
            begins.push(seen[0]);
            paints.push(seen[1]);
        }
        let (begins, paints) = (Measured::of(begins), Measured::of(paints));
        println!("  {what}, ms: first byte {}, first contentful paint {}", begins.shown(), paints.shown());
    }
    for (what, prepared) in [("as it is", false), ("with a bookmark, a draft and a look", true)] {
        if prepared {
            prepare(chromium, shelf, article).await?;
        }
        for (width, height) in WINDOWS {
            chromium.resize(width, height).await?;
            chromium.visit(&address, AWAKE).await?;
            let shifts = chromium.run("await rest(1500); return globalThis.shifts", &Value::Null).await?;
            let shifts = shifts.as_array().cloned().unwrap_or_default();
            let sum = shifts.iter().filter_map(|each| each[0].as_f64()).fold(0.0, |sum, each| sum + each);
            println!(
                "  {what}, {width} px: layout shift {sum:.4} {}",
                if shifts.is_empty() { String::new() } else { json!(shifts).to_string() }
            );
        }
    }
    Ok(())
}

/// Sets what a person who comes back has: a place where they were, words half written, and a look of their own.
async fn prepare(chromium: &mut Chromium, shelf: &mut Shelf, article: &Kept) -> Outcome {
    let api = format!("/api/v1{}", article.path);
    let reading = shelf.ask("GET", &api, &Value::Null).await?;
    let (revision, margin) = (&reading["revision"]["id"], &reading["margin"]);
    let keep = "
        const asked = (body) => ({ method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
        const kept = await fetch(`${given.api}/bookmark`, asked({ revision: given.revision, at: 9000 }));
        const looks = Object.fromEntries(new FormData(document.querySelector('form[data-look]')));
        const { next, ...look } = { ...looks, size: 'large', light: 'sepia' };
        const looked = await fetch('/api/v1/account/look', asked(look));
        if (!kept.ok || !looked.ok) throw new Error(`${kept.status} ${looked.status}`);
        localStorage.setItem(`postil.draft ${given.person} ${given.article} note highlight-${given.highlight} body`, JSON.stringify({ words: 'Half written.', at: Date.now() }));";
    let given = json!({
        "api": api, "revision": revision, "person": margin["you"], "article": margin["article"],
        "highlight": margin["highlights"][0]["id"],
    });
    chromium.run(keep, &given).await.map(drop)
}
