// Wakes the islands of a page: loads the wasm module, then starts each island in document order.
// The names in braces are filled in with hashed file names when the site is built.
import init, * as client from "./{client.js}";

await init({ module_or_path: new URL("./{client_bg.wasm}", import.meta.url) });
client.hydrate();

for (const element of document.querySelectorAll("leptos-island")) {
  const name = element.dataset.component;
  if (!client[name]) {
    console.warn("no such island:", name);
    continue;
  }
  try {
    await client[name](element);
  } catch (cause) {
    // One island that fails leaves the others, and the page, to the reader.
    console.error("island failed:", name, cause);
  }
}

// Tests in a browser wait for this before they click.
document.documentElement.dataset.ready = "true";
