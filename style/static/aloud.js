// Read aloud: the browser's own voice reads the article, sentence by sentence, and the sentence is shown in the text.

// Chromium stops in the middle of what takes it a quarter of a minute, so nothing longer is said at once, in characters.
const MOST = 220;
// The longest that one piece may take before it is given up for lost: some voices never say that they have ended.
const patience = (words, rate) => 4000 + (words.length * 190) / rate;
// Behind these no sentence ends, whatever is said of full stops: an initial, a title.
const GOES_ON = /(?:^|[\s(“"])(?:\p{Lu}|Dr|Mr|Mrs|Ms|Prof|St|Nr|No)\.\s*$/u;
// What is not read: what is dimmed or not shown, signs of footnotes, ways back from them.
const PASSED = ".dimmed:not(.undone), .left-out:not(.undone), .footnote-sign, .footnote-back";
const RATES = [0.75, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2];
const RATE = "postil.rate";
const voice = window.speechSynthesis;

let text = null;
let reader = null;

// Begins; pauses or goes on where it has begun.
export function press(of) {
  text = of;
  if (reader) return reader.toggle();
  reader = new Reader();
  reader.begin();
}

// The leaves of the text that are read, in their order.
function leaves() {
  const all = [...text.querySelectorAll("[data-o]")];
  return all.filter((leaf) => !leaf.closest(PASSED) && leaf.textContent.trim() && leaf.getClientRects().length > 0);
}

// The words of a leaf as they are shown, and where each character of them stands.
function wordsOf(leaf) {
  const nodes = document.createTreeWalker(leaf, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const parts = [];
  let words = "";
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    if (node.nodeType === Node.ELEMENT_NODE) {
      // A space that a repair shows is said as one.
      if (node.matches(".gap:not(.undone)")) words += " ";
      continue;
    }
    // A leaf inside of another, such as an item's own list, is read in its turn.
    const own = node.parentElement.closest("[data-o]") === leaf;
    if (!own || node.parentElement.closest(PASSED)) continue;
    parts.push({ node, at: words.length, length: node.data.length });
    words += node.data;
  }
  return { words, parts };
}

// Where the sentences of some words begin and end.
function sentences(words, language) {
  const found = [];
  if (Intl.Segmenter) {
    let segmenter;
    try {
      segmenter = new Intl.Segmenter(language || undefined, { granularity: "sentence" });
    } catch {
      // What a page says of its language need not be one.
      segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });
    }
    for (const { segment, index } of segmenter.segment(words)) {
      const last = found.at(-1);
      if (last && GOES_ON.test(words.slice(...last))) last[1] = index + segment.length;
      else found.push([index, index + segment.length]);
    }
  } else {
    for (const match of words.matchAll(/[^.!?…]+(?:[.!?…]+["”’»)\]]*)?\s*|[.!?…]+\s*/g)) {
      found.push([match.index, match.index + match[0].length]);
    }
  }
  return found.filter(([from, to]) => /[\p{L}\p{N}]/u.test(words.slice(from, to)));
}

// A long sentence in pieces, cut where one would take a breath.
function pieces(words) {
  const out = [];
  let rest = words.replace(/\s+/g, " ").trim();
  while (rest.length > MOST) {
    const head = rest.slice(0, MOST);
    const breath = Math.max(...[", ", "; ", ": ", " – ", " — "].map((sign) => head.lastIndexOf(sign) + sign.trimEnd().length));
    const space = head.lastIndexOf(" ");
    const cut = breath > MOST / 3 ? breath : space > 0 ? space : MOST;
    out.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return rest ? [...out, rest] : out;
}

// The sentences of a leaf, each with its range and the pieces that are said.
function sentencesOf(leaf) {
  const { words, parts } = wordsOf(leaf);
  const language = leaf.closest("[lang]")?.lang;
  return sentences(words, language).flatMap(([from, to]) => {
    const said = words.slice(from, to);
    const start = from + said.length - said.trimStart().length;
    const end = from + said.trimEnd().length;
    const first = parts.find((part) => start < part.at + part.length);
    const last = parts.findLast((part) => part.at < end);
    if (!first || !last) return [];
    const range = document.createRange();
    range.setStart(first.node, Math.max(0, start - first.at));
    range.setEnd(last.node, Math.min(last.length, end - last.at));
    return [{ range, pieces: pieces(said) }];
  });
}

const isInView = ({ top, bottom }) => bottom > 40 && top < innerHeight - 60;

// The voices of the browser: some tell them only after a while.
function voices() {
  const now = voice.getVoices();
  if (now.length) return Promise.resolve(now);
  return new Promise((resolve) => {
    const tell = () => resolve(voice.getVoices());
    voice.addEventListener?.("voiceschanged", tell, { once: true });
    setTimeout(tell, 600);
  });
}

// The best voice for a language: one of the machine's own before others.
function voiceFor(all, language) {
  const plain = (tag) => tag.toLowerCase().replaceAll("_", "-");
  const [wanted, root] = [plain(language), plain(language).split("-")[0]];
  const fits = all.filter(({ lang }) => plain(lang).split("-")[0] === root);
  const worth = ({ lang, localService }) => (plain(lang) === wanted ? 2 : 0) + (localService ? 1 : 0);
  return fits.sort((a, b) => worth(b) - worth(a))[0];
}

function named(language) {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(language);
  } catch {
    return language;
  }
}

class Reader {
  constructor() {
    this.language = text.lang || "";
    this.leaves = leaves();
    this.at = 0;
    this.sentences = [];
    this.sentence = 0;
    this.piece = 0;
    this.reads = false;
    // Each piece that is said has a number, so that what an earlier one reports late is passed over.
    this.turn = 0;
    this.left = false;
    this.ends = new AbortController();
    const kept = Number(localStorage.getItem(RATE));
    this.rate = RATES.includes(kept) ? kept : 1;
    this.draw();
    this.listen();
  }

  draw() {
    const button = (label, sign, press) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = sign;
      made.setAttribute("aria-label", label);
      made.title = label;
      made.addEventListener("click", press);
      return made;
    };
    this.bar = document.createElement("div");
    this.bar.className = "aloud";
    this.bar.setAttribute("role", "group");
    this.bar.setAttribute("aria-label", say("Read aloud"));
    this.pause = button(say("Pause"), "❚❚", () => this.toggle());
    const rate = document.createElement("select");
    rate.setAttribute("aria-label", say("Speed"));
    for (const each of RATES) rate.append(new Option(`${each} ×`, each, false, each === this.rate));
    rate.addEventListener("change", () => {
      this.rate = Number(rate.value);
      localStorage.setItem(RATE, rate.value);
      if (this.reads) this.say();
    });
    this.said = document.createElement("p");
    this.said.setAttribute("role", "status");
    this.bar.append(
      button(say("A sentence back"), "«", () => this.step(-1)),
      this.pause,
      button(say("A sentence on"), "»", () => this.step(1)),
      rate,
      button(say("Stop (Esc)"), "✕", () => this.stop()),
      this.said,
    );
    document.body.append(this.bar);
  }

  listen() {
    const { signal } = this.ends;
    const escape = (event) => {
      const nearer = document.querySelector("dialog[open], :popover-open");
      const typing = event.target.closest?.("input, textarea, [contenteditable]");
      if (event.key !== "Escape" || nearer || typing) return;
      this.stop();
      event.stopImmediatePropagation();
    };
    addEventListener("keydown", escape, { capture: true, signal });
    // Who scrolls away looks at something else, and is not taken back until they are there again.
    const away = () => (this.left = true);
    for (const name of ["wheel", "touchmove"]) addEventListener(name, away, { passive: true, signal });
    const scrolls = ["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", " ", "j", "k"];
    addEventListener("keydown", (event) => scrolls.includes(event.key) && !this.bar.contains(event.target) && away(), { signal });
    // A page that is left says no more.
    addEventListener("pagehide", () => this.stop(), { signal });
  }

  async begin() {
    const { leaf, offset } = this.start();
    if (!this.leaves.length) return this.stop();
    this.at = Math.max(0, this.leaves.indexOf(leaf));
    this.load();
    if (offset) {
      const after = this.sentences.findIndex(({ range }) => range.comparePoint(offset.node, offset.at) <= 0);
      this.sentence = Math.max(0, after);
    }
    this.show();
    const all = await voices();
    if (reader !== this) return;
    this.voice = this.language ? voiceFor(all, this.language) : all.find((each) => each.default);
    if (!all.length) return this.hold(say("This browser has no voices, or does not say which."));
    if (this.language && !this.voice) {
      return this.hold(say("This browser has no voice for {language}. It would be read in another one.", { language: named(this.language) }));
    }
    this.resume();
  }

  // Where to begin: at what is selected, at the paragraph that has the focus, at the first one in view.
  start() {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    if (range && text.contains(range.startContainer)) {
      const [node, at] = [range.startContainer, range.startOffset];
      const leaf = this.leaves.find((each) => each.contains(node)) ?? this.leaves.find((each) => range.intersectsNode(each));
      return { leaf, offset: { node, at } };
    }
    const focused = document.activeElement?.closest?.("#text [data-o]");
    if (focused && this.leaves.includes(focused)) return { leaf: focused };
    return { leaf: this.leaves.find((leaf) => leaf.getBoundingClientRect().bottom > 48) ?? this.leaves[0] };
  }

  load() {
    const leaf = this.leaves[this.at];
    this.sentences = leaf ? sentencesOf(leaf) : [];
    this.sentence = 0;
  }

  // Goes to another sentence, into the next leaf that has one where this has no more; whether there is one.
  go(by) {
    this.sentence += by;
    this.piece = 0;
    while (!this.sentences[this.sentence]) {
      const next = this.at + by;
      if (!this.leaves[next]) {
        this.sentence = Math.min(Math.max(this.sentence, 0), Math.max(0, this.sentences.length - 1));
        return false;
      }
      this.at = next;
      this.load();
      if (by < 0) this.sentence = this.sentences.length - 1;
    }
    return true;
  }

  step(by) {
    this.left = false;
    this.silence();
    this.go(by);
    this.show();
    if (this.reads) this.say();
  }

  toggle() {
    this.left = false;
    return this.reads ? this.hold("") : this.resume();
  }

  // A sentence that was paused is read from its beginning: voices differ in what they do when they are paused, and some do
  // not go on.
  hold(words) {
    this.reads = false;
    this.piece = 0;
    this.silence();
    this.tell(words);
  }

  resume() {
    this.reads = true;
    this.tell("");
    this.say();
  }

  tell(words) {
    this.said.textContent = words;
    const label = this.reads ? say("Pause") : say("Go on");
    this.pause.textContent = this.reads ? "❚❚" : "▶";
    this.pause.setAttribute("aria-label", label);
    this.pause.title = label;
  }

  silence() {
    this.turn += 1;
    clearTimeout(this.watch);
    voice.cancel();
  }

  show() {
    const range = this.sentences[this.sentence]?.range;
    if (!range) return;
    if (window.Highlight && CSS.highlights) {
      const spoken = new Highlight(range);
      spoken.priority = 100;
      CSS.highlights.set("spoken", spoken);
    }
    const place = range.getBoundingClientRect();
    if (isInView(place)) {
      const covered = place.bottom > innerHeight - 90;
      this.left &&= covered;
      if (!covered) return;
    }
    if (this.left) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: scrollY + place.top - innerHeight / 3, behavior: still ? "instant" : "smooth" });
  }

  // Says the piece that is next.
  say() {
    this.silence();
    const turn = this.turn;
    if (!this.sentences[this.sentence] && !this.go(1)) return this.stop();
    const { pieces } = this.sentences[this.sentence];
    const words = pieces[this.piece];
    if (this.piece === 0) this.show();
    // Chromium forgets one that nobody holds, and never says that it has ended.
    const utterance = (this.utterance = new SpeechSynthesisUtterance(words));
    utterance.rate = this.rate;
    if (this.language) utterance.lang = this.voice?.lang ?? this.language;
    if (this.voice) utterance.voice = this.voice;
    const done = (event) => {
      if (turn !== this.turn || reader !== this) return;
      if (event?.error === "not-allowed") return this.hold(say("The browser lets nothing be read here yet: press once more."));
      if (event?.type === "error") return this.hold(say("The voice could not read this. Press to try again."));
      this.next();
    };
    utterance.addEventListener("end", done);
    utterance.addEventListener("error", done);
    this.watch = setTimeout(done, patience(words, this.rate));
    voice.speak(utterance);
  }

  next() {
    this.piece += 1;
    if (this.sentences[this.sentence]?.pieces[this.piece]) return this.say();
    if (!this.go(1)) return this.stop();
    this.say();
  }

  stop() {
    if (reader === this) reader = null;
    this.silence();
    this.ends.abort();
    const inside = this.bar.contains(document.activeElement);
    this.bar.remove();
    CSS.highlights?.delete("spoken");
    if (inside) document.querySelector("[data-aloud]")?.focus();
  }
}
