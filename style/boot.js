// Wakes the islands of a page: loads the wasm module, then takes over each island in document order.
// The names in braces are filled in with hashed file names when the site is built.
import init, { wake } from "./{client.js}";

// Who signs out leaves no half-written words behind in this browser.
document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => {
  for (const name of Object.keys(localStorage).filter((name) => name.startsWith("postil.draft "))) {
    localStorage.removeItem(name);
  }
});

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
