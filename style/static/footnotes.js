// Footnotes where they are read: the words of a footnote stand beside its sign, under the pointer, at a tap or by a key.
// Without this, the sign is a link to the footnote, and the footnote has one back.

const LATER = 220;
const text = document.getElementById("text");
const shown = document.createElement("div");
shown.className = "footnote-shown";
shown.id = "footnote-shown";
shown.setAttribute("role", "note");
shown.setAttribute("aria-label", "Footnote");
// It closes by Escape and by a press beside it, and it lies over all else, by the browser's own means.
shown.popover = "auto";
document.body.append(shown);

let sign = null;
let timer = 0;
// Whether it only follows the pointer.
let hovers = false;

const block = (link) => document.getElementById(link.hash.slice(1));

// The words of a footnote, without what belongs to their place in the page.
function words(note) {
  const copy = note.cloneNode(true);
  for (const each of copy.querySelectorAll(".footnote-back, ul, ol")) each.remove();
  for (const each of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of ["id", "data-o", "data-repair", "tabindex"]) each.removeAttribute(name);
  }
  const body = document.createElement("div");
  body.className = "footnote-words";
  body.append(...copy.childNodes);
  if (text.lang) body.lang = text.lang;
  return body;
}

function place(link) {
  const { left, top, bottom } = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const { width, height } = shown.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const above = bottom + height + 12 > innerHeight && top > height + 12;
  // A script may place what a page's policy lets no markup place.
  shown.style.left = `${Math.max(8, Math.min(left - 16, room - width - 8))}px`;
  shown.style.top = `${above ? top - height - 6 : bottom + 6}px`;
}

function show(link, byPointer) {
  const note = block(link);
  if (!note) return false;
  clearTimeout(timer);
  if (sign !== link) {
    const way = document.createElement("a");
    way.className = "footnote-way";
    way.href = link.hash;
    way.textContent = say("Go to the footnote");
    way.addEventListener("click", () => shown.hidePopover());
    shown.replaceChildren(words(note), way);
    sign?.removeAttribute("aria-describedby");
    link.setAttribute("aria-describedby", shown.id);
    sign = link;
  }
  hovers = byPointer;
  if (!shown.matches(":popover-open")) shown.showPopover();
  place(link);
  return true;
}

function hide() {
  clearTimeout(timer);
  if (shown.matches(":popover-open")) shown.hidePopover();
}

shown.addEventListener("toggle", (event) => {
  if (event.newState === "closed") {
    sign?.removeAttribute("aria-describedby");
    sign = null;
  }
});

const signAt = (event) => event.target.closest?.("#text .footnote-sign");

// Whether it was open already when its sign was pressed: a press beside it closes it first.
let again = false;
text.addEventListener("pointerdown", (event) => (again = !hovers && sign !== null && sign === signAt(event)));

// A press shows it; one more goes there, as any link does.
text.addEventListener("click", (event) => {
  const link = signAt(event);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const repeated = again || (sign === link && !hovers);
  again = false;
  if (repeated) return hide();
  if (show(link, false)) event.preventDefault();
});

text.addEventListener("pointerover", (event) => {
  const link = event.pointerType === "mouse" && signAt(event);
  if (!link) return;
  clearTimeout(timer);
  timer = setTimeout(() => show(link, true), LATER);
});

function leave(event) {
  if (event.pointerType !== "mouse" || !(signAt(event) || shown.contains(event.target))) return;
  clearTimeout(timer);
  if (hovers) timer = setTimeout(hide, LATER);
}

text.addEventListener("pointerout", leave);
shown.addEventListener("pointerout", leave);
shown.addEventListener("pointerover", () => clearTimeout(timer));
addEventListener("scroll", () => (hovers ? hide() : sign && place(sign)), { passive: true });
