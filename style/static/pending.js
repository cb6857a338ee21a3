// What was asked of Postil and could not be sent, because there was no network: kept in this browser for the person who
// asked it, and sent in order when the network is back. Pages and the service worker (sw.js) both load this file.
//
// Invariants: nothing is sent as somebody else (each request says whose it is, and the server looks), nothing is done twice
// (each has a key, and the server remembers it: `Idempotency-Key`), and what was refused stays here until a person lets it go.
(() => {
  "use strict";

  // How long a request may take before it counts as not having come through, in milliseconds.
  const PATIENCE = 10_000;
  // The longest body, in UTF-16 code units, of a request that outlives its page: browsers take 64 KiB of all that do (Fetch, 4.5).
  const KEEPALIVE = 8_192;
  // The shortest and the longest rest between two tries, in milliseconds: each time twice as long.
  const SHORTEST = 2_000;
  const LONGEST = 60_000;
  // What has waited for longer is not sent by itself any more, in milliseconds: the server forgets keys after 30 days.
  const KEPT_FOR = 25 * 24 * 3_600_000;
  // How long nothing more is done before the copy of the page is kept anew, with what was done, in milliseconds.
  const RENEW = 4_000;
  // The most that waits for one person in one browser.
  const MOST = 1_000;

  const STORE = "pending";
  // What a proxy answers whose Postil is away.
  const AWAY = [502, 503, 504];
  // What is no answer to what was asked: it is asked again later.
  const LATER = [401, 408, 425, 429];
  // How often one request may meet a server that fails at it: then it is refused, and what is behind it goes on.
  const TRIES = 3;

  const inPage = typeof document !== "undefined";
  const channel = "BroadcastChannel" in self ? new BroadcastChannel("postil.pending") : null;
  const followers = [];
  let opening = null;
  let rest = SHORTEST;
  let timer = 0;

  // Who is signed in, as the page says; the service worker does not know.
  const person = () => (inPage ? document.documentElement.dataset.person : undefined);

  function open() {
    opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("postil", 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        // Who signs out takes the database away: then it is opened anew.
        request.result.onclose = () => (opening = null);
        request.result.onversionchange = () => {
          request.result.close();
          opening = null;
        };
        resolve(request.result);
      };
    });
    opening.catch(() => (opening = null));
    return opening;
  }

  async function within(mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
      // Strict: what is said to be kept is on the disk.
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  // Everything that is kept, in the order in which it was asked.
  async function everything() {
    const entries = await within("readonly", (store) => store.getAll());
    return entries.sort((a, b) => a.at - b.at || a.turn - b.turn);
  }

  const keep = (entry) => within("readwrite", (store) => store.put(entry));
  const drop = (key) => within("readwrite", (store) => store.delete(key));
  // Changes what is still there: what was let go meanwhile does not come back.
  const change = (key, news) =>
    within("readwrite", (store) => {
      const request = store.get(key);
      request.onsuccess = () => request.result && store.put({ ...request.result, ...news });
      return request;
    });

  // Everything, of whoever it is. A browser that keeps nothing has nothing.
  const all = () => everything().catch(() => []);

  // What is this person's, where the page says who that is.
  async function own() {
    const you = person();
    const entries = await all();
    return you === undefined && inPage ? [] : entries.filter((entry) => !inPage || entry.person === you);
  }

  // 22 characters of base64url that hold 127 random bits, as the ids of things are written.
  function id() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[0] &= 0x7f;
    return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  // Puts ids into the body of a request that makes something, so that what is about it can be asked before it is sent.
  function withIds(path, body) {
    const kind = path.split("/").at(-1);
    if (!body || !["highlights", "notes", "claims", "appearances"].includes(kind)) return body;
    const asked = JSON.parse(body);
    if (kind !== "appearances") asked.id ??= id();
    // The words of a claim become a highlight of their own.
    if (asked.appears?.words) asked.appears.words.id ??= id();
    return JSON.stringify(asked);
  }

  // The ids of the things that a request would make.
  const makes = ({ body }) => [...(body ?? "").matchAll(/"id":"([\w-]{22})"/g)].map(([, made]) => made);
  const isAbout = ({ path, body }, made) => path.includes(made) || (body ?? "").includes(made);

  async function post({ key, person, method, path, body, page }) {
    const headers = { "idempotency-key": `"${key}"`, "postil-person": person };
    if (body) headers["content-type"] = "application/json";
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      // What is on its way when its page is left arrives all the same, as long as it is as short as browsers want that.
      const keepalive = (body ?? "").length <= KEEPALIVE;
      const answer = await fetch(path, { method, headers, body: body ?? undefined, signal, keepalive, redirect: "error" });
      // Whose sign-in has ended reads no copies any more.
      if (answer.status === 401) forgetCopies();
      const text = await answer.text();
      // Postil answers with an event. Anything else comes from what stands before it: the page of a hotel's network, a proxy's.
      if (answer.ok && typeof problem(text).number !== "number") return { status: 0, text: "" };
      if (answer.ok) renewSoon(page);
      return { status: answer.status, text };
    } catch {
      return { status: 0, text: "" };
    }
  }

  // The pages in which something was done that is not in the copies that were kept when they were opened. The worker is asked to
  // keep them once more, soon or when this page is left; what it has sent by itself it keeps by itself.
  const done = new Set();
  let renewing = 0;
  function renewSoon(page) {
    done.add(page ?? location.pathname);
    if (!inPage) return;
    clearTimeout(renewing);
    renewing = setTimeout(renew, RENEW);
  }

  function renew() {
    clearTimeout(renewing);
    const pages = takeDone();
    // A page that was opened before there was a worker is kept by it, too.
    if (pages.length > 0) navigator.serviceWorker?.ready.then(({ active }) => pages.forEach((opened) => active.postMessage({ opened, files: [] })));
  }

  // Their addresses, once.
  function takeDone() {
    const pages = [...done].map((page) => new URL(page, location.origin).href);
    done.clear();
    return pages;
  }

  const problem = (text) => {
    try {
      return JSON.parse(text) ?? {};
    } catch {
      return {};
    }
  };

  // Asks for something now or not at all.
  async function askNow(method, path, body) {
    const { status, text } = await post({ key: id(), person: person(), method, path, body });
    return [status || -1, text];
  }

  // Asks for something. Gives the status and the answer; 0 when it waits for the network, -1 when it could not even be kept.
  // One at a time, or what was asked later could be there before what it is about.
  let turn = 0;
  let line = Promise.resolve();
  // What is in line and not answered yet.
  const asked = new Set();
  function ask(method, path, body, quote) {
    const { pathname } = location;
    const entry = { key: id(), person: person(), page: pathname, title: document.title, at: Date.now(), turn: turn++ };
    Object.assign(entry, { method, path, body, quote, state: "waits" });
    asked.add(entry);
    const answer = line.then(() => askInTurn(entry)).finally(() => asked.delete(entry));
    line = answer.catch(() => {});
    return answer;
  }

  // The page is left before all of it was asked: it is kept, and sent by the next page or the worker. What arrives all the same
  // is not done twice, for it has its key.
  function keepAsked() {
    for (const entry of asked) {
      entry.left = true;
      keep(entry).catch(() => {});
    }
  }

  async function askInTurn(entry) {
    const before = (await own()).filter((each) => each.state === "waits");
    // What waits already goes first.
    if (before.length === 0) {
      const { status, text } = await post(entry);
      if (status !== 0 && !AWAY.includes(status)) {
        // The page was come back to.
        if (entry.left) await drop(entry.key).then(() => changed());
        return [status, text];
      }
    }
    if (before.length >= MOST) return [-1, ""];
    try {
      await keep(entry);
    } catch {
      return [-1, ""];
    }
    await changed();
    navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("postil.pending")).catch(() => {});
    later();
    return [0, ""];
  }

  // Sends what waits, one after another. Gives how much waits still.
  function send() {
    // One sender at a time in all windows; where there are no locks the keys alone see to it that nothing is done twice.
    const locks = navigator.locks;
    return locks ? locks.request("postil.pending", sendAll) : sendAll();
  }

  async function sendAll() {
    const skipped = new Set();
    for (const { key } of await own()) {
      // Each as it is now: what was refused before it may have taken it along.
      const entries = await own();
      const entry = entries.find((each) => each.key === key);
      if (entry?.state !== "waits" || skipped.has(entry.person)) continue;
      const lost = entries.some((each) => each.state === "refused" && makes(each).some((made) => isAbout(entry, made)));
      if (lost) {
        await refuse(key, say("What it is about could not be sent."));
        continue;
      }
      if (Date.now() - entry.at > KEPT_FOR && !entry.asked) {
        await refuse(key, say("It has waited for more than 25 days: look whether it is there already, then try again."));
        continue;
      }
      const { status, text } = await post(entry);
      if (status >= 200 && status < 300) {
        rest = SHORTEST;
        await drop(key);
        await stand(entry, problem(text).number);
        await changed(text);
      } else if (problem(text).kind === "other_person" || status === 401) {
        skipped.add(entry.person);
        if (status === 401 && inPage) break;
      } else if (status < 400 || AWAY.includes(status) || LATER.includes(status)) {
        break;
      } else if (status >= 500 && (entry.tries ?? 0) + 1 < TRIES) {
        await change(key, { tries: (entry.tries ?? 0) + 1 });
        break;
      } else {
        await refuse(key, problem(text).message ?? say("Postil answered {status}.", { status }));
      }
    }
    const left = (await own()).filter((each) => each.state === "waits").length;
    if (left > 0 && skipped.size === 0) later();
    return left;
  }

  // What waits behind a change of the same thing was asked by somebody who had that change before their eyes: it stands on it, and
  // not on what was there before (`base`, the number of the event that set a field last).
  async function stand({ method, path, body, key }, number) {
    const { base: before, ...set } = problem(body);
    if (before === undefined || before === null) return;
    const is = (each) => each.key !== key && each.method === method && each.path === path && each.state === "waits" && !each.asked;
    for (const entry of (await own()).filter(is)) {
      const { base, ...rest } = problem(entry.body);
      if (typeof before === "number" && base === before) {
        await change(entry.key, { body: JSON.stringify({ ...rest, base: number }) });
      } else if (typeof before === "object" && base && typeof base === "object") {
        // A claim has one for each of its fields; how far the work is goes with what was found.
        const isSet = (field) => field in set || (field === "judgement" && "state" in set);
        const same = Object.keys(before).filter((field) => isSet(field) && base[field] === before[field]);
        const stands = { ...base, ...Object.fromEntries(same.map((field) => [field, number])) };
        if (same.length > 0) await change(entry.key, { body: JSON.stringify({ ...rest, base: stands }) });
      }
    }
  }

  async function refuse(key, reason) {
    await change(key, { state: "refused", reason });
    await changed();
  }

  // Tries once more after a rest.
  function later() {
    if (!inPage) return;
    clearTimeout(timer);
    timer = setTimeout(() => send().catch(() => {}), rest);
    rest = Math.min(rest * 2, LONGEST);
  }

  // At once, for something says that the network is back.
  function now() {
    rest = SHORTEST;
    clearTimeout(timer);
    return send().catch(() => 0);
  }

  // Tells this page and all others what is kept now, and what was answered.
  async function changed(text = "") {
    channel?.postMessage(text);
    await tell(text);
  }

  async function tell(text) {
    const entries = await own();
    for (const follower of followers) follower(entries, text);
  }
  channel?.addEventListener("message", ({ data }) => tell(data));

  // What becomes of something, as a person says: it is let go, or tried again.
  async function discard(key) {
    await drop(key);
    await changed();
  }
  async function again(key) {
    await change(key, { state: "waits", reason: undefined, asked: true, tries: 0 });
    await changed();
    await now();
  }

  // A thing of this id is there, whatever became of the answer.
  async function isThere(made) {
    const there = (await own()).filter((entry) => makes(entry).includes(made));
    for (const { key } of there) await drop(key);
    if (there.length > 0) await changed();
  }

  // Takes everything away, of whoever it is.
  const forget = () => {
    asked.clear();
    return within("readwrite", (store) => store.clear()).then(() => changed());
  };
  // Takes away what was read: copies are for the person alone who is signed in. The worker may be keeping one just now: it is told.
  const forgetCopies = () => {
    if (inPage) navigator.serviceWorker?.ready.then(({ active }) => active.postMessage({ forget: true }));
    return self.caches?.delete("postil.copies");
  };

  function follow(follower) {
    followers.push(follower);
    return tell("");
  }

  // For the desk, which is told what waits in its article: a line for each, of address, time and body. Neither has a tab in it.
  const followHere = (follower) =>
    follow((entries, text) => {
      const here = entries.filter((entry) => entry.state === "waits" && entry.page === location.pathname);
      follower(here.map(({ path, body, at }) => [path, at, body ?? ""].join("\t")).join("\n"), text);
    });

  if (inPage) {
    addEventListener("online", now);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());
    addEventListener("pagehide", () => {
      keepAsked();
      renew();
    });
  }

  const reads = { all, own, follow, followHere, withIds };
  self.postil = { ...reads, again, ask, askNow, discard, forget, forgetCopies, isThere, now, send, takeDone };
})();
