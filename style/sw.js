// The service worker: articles that were opened can be read without a network. The network's answer comes first, always; a copy
// is shown when there is none, and says so. The names in braces are filled in with hashed file names when the site is built.
"use strict";
importScripts("/site/{said.js}", "/site/{pending.js}");

// What pages load. Their names hold their digest, so what is kept under a name never changes.
const FILES = "postil.files";
// Pages that were read and their pictures: of one person, who is signed in here.
const COPIES = "postil.copies";
// What a page of this build begins with; what these name in turn is kept with them.
const ROOTS = ["{boot.js}", "{postil.css}", "{pending.js}", "{pending_list.js}", "{favicon.svg}"];

// The words of each language beside English. Each page loads them too, so they are kept with its files.
const WORDS = { lv: "{messages-lv.txt}", uk: "{messages-uk.txt}" };

// The most articles of which a copy is kept, and the most bytes of all copies with their pictures: the oldest go first.
const MOST_ARTICLES = 50;
const MOST_BYTES = 50 * 1024 * 1024;
// How long the server may take to begin its answer before a copy is shown meanwhile, in milliseconds.
const PATIENCE = 8_000;
// What a proxy answers whose Postil is away.
const AWAY = [502, 503, 504];

// Words that are said later: why a copy is shown.
const later = (words) => words;
const LATE = later("You are reading a copy kept at {time}; the server has not answered yet.");
const GONE = later("You are reading a copy kept at {time}; the server is away.");
const OFFLINE = later("You are reading a copy kept at {time}; you are offline.");

const ARTICLE = /^\/articles\/[\w-]{22}$/;
const PICTURE = /^(\/articles\/[\w-]{22})\/pictures\/[\w-]+$/;
const FILE = /[\w-]+\.[0-9a-f]{12}\.\w+/g;

// Counts how often all copies were taken away: who was keeping one meanwhile stops.
let cleared = 0;

addEventListener("install", (event) => {
  // What is written goes straight to the server, also from a page that is being left: a worker that has to start first could
  // be too late for that. Browsers without these routes ask the worker, which leaves it alone (Service Worker Static Routing API).
  const written = ["POST", "PUT", "PATCH", "DELETE"].map((requestMethod) => ({ requestMethod }));
  event.addRoutes?.({ condition: { or: written }, source: "network" });
  event.waitUntil(keepFiles(ROOTS).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([clients.claim(), registration.navigationPreload?.enable()]));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/site/")) event.respondWith(file(event));
  else if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (PICTURE.test(url.pathname)) event.respondWith(fetch(request).catch(() => copyOf(url.pathname)));
});

addEventListener("message", (event) => {
  // A page that was opened before there was a worker, or in which something was done since: it is kept as if it had been opened now.
  if (event.data?.opened) event.waitUntil(keepOpened(event.data));
  // A page has taken all copies away: none that is being kept just now is to come behind it.
  if (event.data?.forget) event.waitUntil(forgetCopies());
});

addEventListener("sync", (event) => {
  const send = async () => {
    const language = await spoken();
    // Why something is refused is kept with it, in words.
    say.learn(await wordsOf(language), language);
    const left = await postil.send();
    for (const opened of postil.takeDone()) await keepOpened({ opened, files: [] }).catch(() => {});
    if (left > 0) throw new Error("something waits still");
  };
  if (event.tag === "postil.pending") event.waitUntil(send());
});

// A file of the site: kept once it was loaded. A browser that cannot keep it has it from the network all the same.
async function file(event) {
  const files = await caches.open(FILES).catch(() => null);
  const { pathname } = new URL(event.request.url);
  const kept = await files?.match(pathname, { ignoreVary: true }).catch(() => null);
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (answer.ok && files) event.waitUntil(files.put(pathname, answer.clone()).catch(() => {}));
  return answer;
}

// Keeps files, and those that they name. A typeface is kept once a page has asked for it.
async function keepFiles(names) {
  const files = await caches.open(FILES);
  const known = new Set(names);
  for (const name of known) {
    const path = `/site/${name}`;
    let kept = await files.match(path, { ignoreVary: true });
    if (!kept) {
      const answer = await fetch(path);
      // What an older build had and this server has not any more is left out.
      if (!answer.ok) continue;
      await files.put(path, answer);
      kept = await files.match(path, { ignoreVary: true });
    }
    if (/\.(css|js)$/.test(name)) {
      const others = (await kept.text()).match(FILE) ?? [];
      others.filter((other) => !other.endsWith(".woff2")).forEach((other) => known.add(other));
    }
  }
  return known;
}

// Lets go of files that neither this build nor a copy names. An open page of an older build may ask for one still, so that is
// done only where no other page is open.
async function clearFiles() {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const files = await caches.open(FILES);
  const last = await (await files.match("/postil/build"))?.text();
  if (windows.length > 1 || last === ROOTS.join()) return;
  const copies = await caches.open(COPIES);
  const named = new Set(ROOTS);
  for (const request of await copies.keys()) {
    const copy = await copies.match(request);
    if (copy.headers.get("content-type")?.startsWith("text/html")) {
      for (const name of (await copy.text()).match(FILE) ?? []) named.add(name);
    }
  }
  for (const name of named) {
    const kept = /\.(css|js)$/.test(name) && (await files.match(`/site/${name}`, { ignoreVary: true }));
    if (kept) for (const other of (await kept.text()).match(FILE) ?? []) named.add(other);
  }
  for (const request of await files.keys()) {
    if (!named.has(new URL(request.url).pathname.slice("/site/".length))) await files.delete(request);
  }
  await files.put("/postil/build", new Response(ROOTS.join()));
}

const isKept = ({ pathname, search }) => search === "" && (pathname === "/" || ARTICLE.test(pathname));

// A page. Where a copy of it is kept, it is not waited for endlessly.
async function page(event, url) {
  const answer = fromNetwork(event);
  const kept = isKept(url) && (await has(url.pathname).catch(() => false));
  try {
    if (!kept) return await taken(event, url, await answer);
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
    const first = await Promise.race([answer, late]);
    if (first === null) {
      event.waitUntil(cameLate(event, url, answer));
      return await copyOf(url.pathname, LATE);
    }
    if (AWAY.includes(first.status)) return await copyOf(url.pathname, GONE);
    return await taken(event, url, first);
  } catch {
    return kept ? copyOf(url.pathname, OFFLINE) : offline();
  }
}

async function fromNetwork(event) {
  return (await event.preloadResponse) || fetch(event.request);
}

// The network has answered: its answer counts, whether copies can be changed or not. It is looked at for what it says of them.
async function taken(event, url, answer) {
  await dropped(url, answer);
  if (isPage(answer)) event.waitUntil(lookAt(url, answer.clone()).catch(() => {}));
  return answer;
}

const isPage = ({ ok, headers }) => ok && headers.get("content-type")?.startsWith("text/html");

// Takes away what an answer leaves no right to. A page that sends on elsewhere is not there for this person either.
async function dropped(url, answer) {
  const isGone = answer.type === "opaqueredirect" || [403, 404, 410].includes(answer.status);
  if (answer.status === 401) await forgetCopies().catch(() => {});
  if (isGone) await drop(url.pathname).catch(() => {});
}

// An answer that came while a copy was being read: where it is none that can be read, or another person's, the copy goes.
async function cameLate(event, url, answer) {
  const came = await answer.catch(() => null);
  if (!came) return;
  const before = await owner().catch(() => null);
  await dropped(url, came);
  if (isPage(came)) await lookAt(url, came).catch(() => {});
  const stays = came.ok && before === (await owner().catch(() => null));
  const client = stays ? null : await clients.get(event.resultingClientId);
  if (!AWAY.includes(came.status)) client?.postMessage("answered");
}

// Copies are of one person: another one, and the pages on which one signs in or joins, take them away.
async function lookAt(url, answer) {
  let began = cleared;
  const html = await answer.text();
  if (began !== cleared) return;
  const person = /<html[^>]* data-person="([\w-]{22})"/.exec(html)?.[1];
  if (!person) {
    const isDoor = ["/sign-in", "/welcome", "/sign-up"].includes(url.pathname) || url.pathname.startsWith("/join/");
    if (isDoor) await forgetCopies();
    return;
  }
  const last = await owner();
  if (last && last !== person) {
    began += 1;
    await forgetCopies();
  }
  if (began !== cleared) return;
  await note("owner", person, began);
  await note("language", languageOf(html), began);
  if (isKept(url)) await keep(url.pathname, html, answer, began);
  await clearFiles();
}

// Whose the copies are, where there are any.
const owner = () => noted("owner");

// What is known of whom the copies belong to: who it is, and which language the last page spoke to them.
async function noted(what) {
  const copies = (await caches.has(COPIES)) && (await caches.open(COPIES));
  return copies ? ((await (await copies.match(`/postil/${what}`))?.text()) ?? null) : null;
}

// Notes it, unless all copies were taken away since then.
async function note(what, words, began) {
  const last = await noted(what);
  if (began !== cleared || last === words) return;
  const copies = await caches.open(COPIES);
  if (began === cleared) await copies.put(`/postil/${what}`, new Response(words));
}

const languageOf = (html) => /<html[^>]* lang="([\w-]+)"/.exec(html)?.[1] ?? "en";

// The language of whoever reads here, or else the first that their browser asks for.
async function spoken() {
  const asked = () => navigator.languages.map((each) => each.split("-")[0]).find((each) => each === "en" || each in WORDS);
  return (await noted("language").catch(() => null)) ?? asked() ?? "en";
}

// The words of a language, for `say.learn`: none where they are English, or cannot be had.
async function wordsOf(language) {
  const name = WORDS[language];
  if (!name) return "";
  const kept = await caches.match(`/site/${name}`, { cacheName: FILES, ignoreVary: true }).catch(() => null);
  const answer = kept ?? (await fetch(`/site/${name}`).catch(() => null));
  return answer?.ok ? answer.text() : "";
}

// Keeps a page with its pictures and what it loads, as long as copies were not taken away since it began to be read.
async function keep(path, html, answer, began) {
  const copies = await caches.open(COPIES);
  const headers = new Headers(answer.headers);
  ["content-encoding", "content-length"].forEach((name) => headers.delete(name));
  headers.set("postil-kept-at", String(Date.now()));
  headers.set("postil-bytes", String(new Blob([html]).size));
  if (began !== cleared) return;
  await copies.put(path, new Response(html, { headers }));
  await keepFiles(html.match(FILE)?.filter((name) => !name.endsWith(".woff2")) ?? []);
  const pictures = new Set(html.match(/\/articles\/[\w-]{22}\/pictures\/[\w-]+/g) ?? []);
  for (const picture of pictures) {
    if (!picture.startsWith(`${path}/`) || (await copies.match(picture))) continue;
    const shown = await fetch(picture).catch(() => null);
    if (began !== cleared) return;
    if (shown?.ok) await copies.put(picture, await sized(shown));
  }
  await trim(copies);
}

async function sized(answer) {
  const bytes = await answer.blob();
  const headers = new Headers({ "content-type": answer.headers.get("content-type") ?? "" });
  headers.set("postil-bytes", String(bytes.size));
  return new Response(bytes, { headers });
}

// The articles that are kept, the newest first, with all that belongs to each.
async function articles(copies) {
  const kept = new Map();
  for (const request of await copies.keys()) {
    const { pathname } = new URL(request.url);
    const path = PICTURE.exec(pathname)?.[1] ?? pathname;
    if (!ARTICLE.test(path)) continue;
    const { headers } = await copies.match(request);
    const article = kept.get(path) ?? { path, at: 0, bytes: 0, all: [] };
    article.at = Math.max(article.at, Number(headers.get("postil-kept-at")));
    article.bytes += Number(headers.get("postil-bytes"));
    article.all.push(request);
    kept.set(path, article);
  }
  return [...kept.values()].sort((a, b) => b.at - a.at);
}

async function trim(copies) {
  let bytes = 0;
  const kept = await articles(copies);
  for (const [at, article] of kept.entries()) {
    bytes += article.bytes;
    // The one that was opened last is kept, whatever it weighs.
    if (at > 0 && (at >= MOST_ARTICLES || bytes > MOST_BYTES)) {
      for (const request of article.all) await copies.delete(request);
    }
  }
}

// Takes a page away, and what was kept below it.
async function drop(path) {
  if (!(await caches.has(COPIES))) return;
  const copies = await caches.open(COPIES);
  const gone = (other) => other === path || (ARTICLE.test(path) && other.startsWith(`${path}/`));
  for (const request of await copies.keys()) {
    if (gone(new URL(request.url).pathname)) await copies.delete(request);
  }
}

async function forgetCopies() {
  cleared += 1;
  await caches.delete(COPIES);
}

async function has(path) {
  return (await caches.has(COPIES)) && Boolean(await (await caches.open(COPIES)).match(path));
}

// A copy; of a page it says that it is one, since when, and why it is shown, in the language of the page.
async function copyOf(path, why) {
  const copy = (await caches.has(COPIES)) && (await (await caches.open(COPIES)).match(path));
  if (!copy) return why ? offline() : Response.error();
  if (!why) return copy;
  const html = await copy.text();
  const language = languageOf(html);
  const words = await wordsOf(language);
  // What is said from here on is said at once: another page may speak another language.
  say.learn(words, language);
  const kept = say(why, { time: time(Number(copy.headers.get("postil-kept-at")), language) });
  const line = `<p class="copy-line" role="status">${kept} <a href="">${say("Load it anew")}</a></p>`;
  return new Response(html.replace(/<main[^>]*>/, (main) => main + line), { headers: copy.headers });
}

// A day as it stands behind a time.
const DAY = { weekday: "short", day: "numeric", month: "short" };

function time(at, language) {
  const then = new Date(at);
  const clock = [then.getHours(), then.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  if (then.toDateString() === new Date().toDateString()) return clock;
  return say("{clock} on {day}", { clock, day: then.toLocaleDateString(language, DAY) });
}

// What is shown in place of a page of which there is no copy: those of which there is one.
async function offline() {
  const list = [];
  const copies = (await caches.has(COPIES)) && (await caches.open(COPIES));
  for (const { path, at } of copies ? await articles(copies) : []) {
    const title = /<title>([^<]*) · Postil<\/title>/.exec(await (await copies.match(path))?.text())?.[1];
    // What stands in a title is escaped already.
    if (title) list.push({ path, at, title });
  }
  const language = await spoken();
  const words = await wordsOf(language);
  say.learn(words, language);
  const row = ({ path, at, title }) =>
    `<li class="shelf-row"><a class="shelf-title" href="${path}">${title}</a><p class="shelf-from">${say("kept at {time}", { time: time(at, language) })}</p></li>`;
  const rows = list.map(row).join("");
  const kept = rows && `<p class="lead">${say("These articles can be read without a network:")}</p><ul class="shelf">${rows}</ul>`;
  const head = say("You are offline");
  const lead = say("This page is not kept in this browser. It can be read when the network is back.");
  const html = `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><title>${head} · Postil</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/site/{postil.css}"></head><body><header class="masthead"><a class="wordmark" href="/">Postil</a></header>
<main id="main" class="page"><h1 class="title">${head}</h1><p class="lead">${lead} <a href="">${say("Try again")}</a></p>${kept}</main></body></html>`;
  const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": policy };
  return new Response(html, { status: 503, headers });
}

async function keepOpened({ opened, files }) {
  const names = files.map((address) => new URL(address).pathname).filter((path) => path.startsWith("/site/"));
  const cache = await caches.open(FILES);
  for (const path of names) if (!(await cache.match(path, { ignoreVary: true }))) await cache.add(path).catch(() => {});
  const url = new URL(opened);
  if (!isKept(url)) return;
  const began = cleared;
  const answer = await fetch(url, { redirect: "manual" });
  if (began !== cleared) return;
  await dropped(url, answer);
  if (isPage(answer)) await lookAt(url, answer);
}
