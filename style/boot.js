// Wakes the islands of a page: loads the wasm module, then takes over each island in document order.
// The names in braces are filled in with hashed file names when the site is built.
import init, { speak, wake } from "./{client.js}";

// Who signs out leaves no half-written words behind in this browser.
document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => {
  for (const name of Object.keys(localStorage).filter((name) => name.startsWith("postil.draft "))) {
    localStorage.removeItem(name);
  }
});

// How the pages look is shown at once, and kept.
for (const form of document.querySelectorAll("form[data-look]")) {
  const said = form.querySelector("[role=status]");
  form.addEventListener("change", async () => {
    const { next, ...look } = Object.fromEntries(new FormData(form));
    Object.assign(document.documentElement.dataset, look);
    // What stands beside the text finds its place anew.
    window.dispatchEvent(new Event("resize"));
    const headers = { "content-type": "application/json" };
    const kept = await fetch("/api/v1/account/look", { method: "PUT", headers, body: JSON.stringify(look) }).catch(() => null);
    const { kept: done, out, away } = said.dataset;
    said.textContent = kept?.ok ? done : kept?.status === 401 ? out : away;
  });
}

// Where somebody had got to in an article is kept when they leave it, if they moved in it: whoever only looks in keeps their
// place. Each block says at which place of the text it begins.
const text = document.querySelector("#text[data-bookmark]");
let touched = false;
let moved = false;

function leave() {
  if (document.visibilityState !== "hidden" || !moved) return;
  const { bookmark, revision } = text.dataset;
  const places = [...text.querySelectorAll("[data-o]")];
  const isInView = (place) => place.getBoundingClientRect().bottom > 0;
  const isEnd = text.getBoundingClientRect().bottom <= innerHeight;
  const first = isEnd ? null : places.find(isInView);
  // What is behind the end counts as the end.
  const at = isEnd || !first ? 4294967295 : Number(first.dataset.o);
  const body = JSON.stringify({ revision, at });
  fetch(bookmark, { method: "PUT", keepalive: true, headers: { "content-type": "application/json" }, body }).catch(() => {});
}

if (text) {
  // A page that is opened at a place of its own, by a link to a note, scrolls by itself.
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(name, () => (touched = true), { passive: true });
  }
  addEventListener("scroll", () => (moved ||= touched), { passive: true });
  document.addEventListener("visibilitychange", leave);
}

// The page is in English, or its islands are handed the words of its language; without them they speak English.
const { lang } = document.documentElement;
const words = { lv: "./{messages-lv.txt}", uk: "./{messages-uk.txt}" }[lang];
const answer = words && fetch(new URL(words, import.meta.url)).then((answer) => (answer.ok ? answer.text() : "")).catch(() => "");

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

// Tests in a browser wait for this before they click.
document.documentElement.dataset.ready = "true";
