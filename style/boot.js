// Wakes the islands of a page: loads the wasm module, then takes over each island in document order.
// The names in braces are filled in with hashed file names when the site is built.
import init, { speak, wake } from "./{client.js}";
import "./{said.js}";
import "./{pending.js}";
import "./{pending_list.js}";

// The page is in English, or what moves in it is handed the words of its language; without them it speaks English.
const { lang } = document.documentElement;
const words = { lv: "./{messages-lv.txt}", uk: "./{messages-uk.txt}" }[lang];
const learn = async () => {
  const answer = await fetch(new URL(words, import.meta.url)).catch(() => null);
  const lines = answer?.ok ? await answer.text() : "";
  say.learn(lines);
  return lines;
};
const answer = words && learn();

// What was read is kept for times without a network, once the page has loaded all of its own.
async function keepForLater() {
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  // What this page has loaded went past a worker that was not there yet. It may have taken the page over since then.
  const isFirst = !(performance.getEntriesByType("navigation")[0]?.workerStart > 0);
  const files = performance.getEntriesByType("resource").map((entry) => entry.name);
  if (isFirst) active.postMessage({ opened: location.href.split("#")[0], files });
}
if (document.documentElement.dataset.person && navigator.serviceWorker) {
  const keep = () => keepForLater().catch((cause) => console.warn("nothing is kept for times without a network:", cause));
  if (document.readyState === "complete") keep();
  else addEventListener("load", keep);
}

// What is sent for the person whose page this is: somebody else may have signed in in another window, and the server looks.
const ofPerson = () => ({ "content-type": "application/json", "postil-person": document.documentElement.dataset.person });

// How the pages look is shown at once, and kept.
for (const form of document.querySelectorAll("form[data-look]")) {
  const said = form.querySelector("[role=status]");
  form.addEventListener("change", async () => {
    const { next, ...look } = Object.fromEntries(new FormData(form));
    Object.assign(document.documentElement.dataset, look);
    // What stands beside the text finds its place anew.
    window.dispatchEvent(new Event("resize"));
    const kept = await fetch("/api/v1/account/look", { method: "PUT", keepalive: true, headers: ofPerson(), body: JSON.stringify(look) }).catch(() => null);
    const { kept: done, out, away } = said.dataset;
    said.textContent = kept?.ok ? done : kept?.status === 401 ? out : away;
  });
}

// What says that it is to be copied is copied. Over plain HTTP a page has no clipboard: there it is shown, to be copied by hand.
document.addEventListener("click", ({ target }) => {
  const words = target.closest?.("[data-copy]")?.dataset.copy;
  if (!words) return;
  const show = () => prompt(say("Copy this link"), words);
  if (navigator.clipboard) navigator.clipboard.writeText(words).catch(show);
  else show();
});

// Where somebody has got to in an article is kept when they rest there for a while and when they leave it, if they moved in it:
// whoever only looks in keeps their place. Each block says at which place of the text it begins.
const text = document.querySelector("#text[data-bookmark]");
// How long somebody rests at a place before it is kept, in milliseconds.
const REST = 2_000;
let touched = false;
let moved = false;
let resting = 0;

function keepPlace() {
  if (!moved) return;
  moved = false;
  clearTimeout(resting);
  const { bookmark, revision } = text.dataset;
  const places = [...text.querySelectorAll("[data-o]")];
  const isInView = (place) => place.getBoundingClientRect().bottom > 0;
  const isEnd = text.getBoundingClientRect().bottom <= innerHeight;
  const first = isEnd ? null : places.find(isInView);
  // What is behind the end counts as the end.
  const at = isEnd || !first ? 4294967295 : Number(first.dataset.o);
  const body = JSON.stringify({ revision, at });
  const kept = fetch(bookmark, { method: "PUT", keepalive: true, headers: ofPerson(), body });
  // Without a network, or a server behind its proxy, it is kept with the next rest.
  kept.then(({ status }) => (moved ||= status >= 500)).catch(() => (moved = true));
}

if (text) {
  // A page that is opened at a place of its own, by a link to a note, scrolls by itself.
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(name, () => (touched = true), { passive: true });
  }
  const scrolled = () => {
    if (!touched) return;
    moved = true;
    clearTimeout(resting);
    resting = setTimeout(keepPlace, REST);
  };
  addEventListener("scroll", scrolled, { passive: true });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keepPlace());
}

// What few want, or want only now and then, is loaded when it is asked for.
const paper = document.querySelector("[data-paper]");
if (paper) import("./{paper.js}").then(({ attend }) => attend(paper));
const printed = document.querySelector("[data-print]");
if (printed) {
  printed.hidden = false;
  printed.addEventListener("click", () => print());
}
if (document.querySelector("#text .footnote-sign")) Promise.resolve(answer).then(() => import("./{footnotes.js}"));
const aloud = document.querySelector("[data-aloud]");
if (aloud && "speechSynthesis" in window && "SpeechSynthesisUtterance" in window) {
  aloud.inert = false;
  const press = async () => (await import("./{aloud.js}")).press(document.getElementById("text"));
  aloud.addEventListener("click", press);
  addEventListener("keydown", (event) => {
    const other = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
    if (event.key === "p" && !other && !typing) press();
  });
}

// What has the focus can go away: a card that is removed, a button that was pressed and is not there any more. Who works
// with the keyboard then stands on what came in its place, or beside it, and not at the top of the page again.
const FOCUSABLE = "a[href], button:not([disabled]), input, textarea, select, summary, [tabindex]";
let stood = [];

// Where an element stands: everything around it, each with its number among those beside it.
function way(element) {
  const steps = [];
  for (let each = element; each?.parentElement && each !== document.body; each = each.parentElement) {
    steps.push([each.parentElement, [...each.parentElement.children].indexOf(each)]);
  }
  return steps;
}

function keepFocus() {
  if (document.activeElement !== document.body || stood.length === 0) return;
  for (const [around, at] of stood) {
    if (!around.isConnected || !around.checkVisibility()) continue;
    const after = [...around.children].slice(at);
    const before = [...around.children].slice(0, at).reverse();
    for (const each of [...after, ...before]) {
      const inside = [each, ...each.querySelectorAll(FOCUSABLE)];
      const next = inside.find((one) => one.matches(FOCUSABLE) && one.checkVisibility({ visibilityProperty: true }));
      if (next) return next.focus({ preventScroll: true });
    }
  }
}

document.addEventListener("focusin", ({ target }) => (stood = target.closest("[data-island]") ? way(target) : []));
// Where nothing was pressed that takes the focus, it is let go on purpose.
document.addEventListener("pointerdown", () => (stood = []), { capture: true });
for (const island of document.querySelectorAll("[data-island]")) {
  const soon = () => requestAnimationFrame(() => setTimeout(keepFocus));
  new MutationObserver(soon).observe(island, { childList: true, subtree: true, attributeFilter: ["hidden"] });
}

await init({ module_or_path: new URL("./{client_bg.wasm}", import.meta.url) });
if (words) speak(lang, await answer);

for (const element of document.querySelectorAll("[data-island]")) {
  try {
    wake(element);
  } catch (cause) {
    // One island that fails leaves the others, and the page, to the reader.
    console.error("island failed:", element.dataset.island, cause);
  }
}

// What waits for the network is shown where the desk has its place for it, and sent where the network is there.
postil.redraw();
postil.now();

// Tests in a browser wait for this before they click.
document.documentElement.dataset.ready = "true";
