// Wakes the islands of a page: loads the wasm module, then takes over each island in document order.
// The names in braces are filled in with hashed file names when the site is built.
import init, { wake } from "./{client.js}";

// Who signs out leaves no half-written words behind in this browser.
document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => {
  for (const name of Object.keys(localStorage).filter((name) => name.startsWith("postil.draft "))) {
    localStorage.removeItem(name);
  }
});

// How the pages look is shown at once, and kept.
for (const look of document.querySelectorAll("form[data-look]")) {
  const said = look.querySelector("[role=status]");
  look.addEventListener("change", async () => {
    const chosen = new URLSearchParams(new FormData(look));
    for (const [name, value] of chosen) {
      if (name !== "next") document.documentElement.dataset[name] = value;
    }
    // What stands beside the text finds its place anew.
    window.dispatchEvent(new Event("resize"));
    const kept = await fetch(look.action, { method: "POST", body: chosen, redirect: "manual" }).catch(() => null);
    const isKept = kept?.type === "opaqueredirect" || kept?.ok;
    said.textContent = isKept ? "Kept for you, in every browser." : "It could not be kept: the server did not answer.";
  });
}

// Where somebody had got to in an article is kept when they leave it. Each block says at which place of the text it begins.
const text = document.querySelector("#text[data-bookmark]");
function leave() {
  if (document.visibilityState !== "hidden") return;
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
if (text) document.addEventListener("visibilitychange", leave);

await init({ module_or_path: new URL("./{client_bg.wasm}", import.meta.url) });

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
