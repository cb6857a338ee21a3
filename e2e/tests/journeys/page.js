// What the journeys ask of a page. Each script that they run begins with this.

const plain = (words) => words.replace(/\s+/g, " ").trim();

// What is written on something, without what only a screen reader says of it.
function seen(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".sr-only").forEach((each) => each.remove());
  return plain(copy.textContent);
}

// Everything that can be pressed in a part of the page and that has this name: its label, or else what is seen on it.
function named(scope, name) {
  const parts = scope ? [...document.querySelectorAll(scope)] : [document];
  const all = parts.flatMap((part) => [...part.querySelectorAll("button, a, summary, input[type=submit]")]);
  const called = (each) => each.getAttribute("aria-label") ?? (seen(each) || plain(each.textContent));
  return all.filter((each) => called(each) === name && each.checkVisibility());
}

// The text nodes of the article, with the place where each begins in its words.
function pieces() {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  const found = [];
  let start = 0;
  while (walker.nextNode()) {
    found.push({ node: walker.currentNode, start, end: start + walker.currentNode.data.length });
    start += walker.currentNode.data.length;
  }
  return found;
}

// The range of these words in the article.
function rangeOf(words) {
  const all = pieces();
  const start = document.getElementById("text").textContent.indexOf(words);
  if (start < 0) throw new Error(`not in the text: ${words}`);
  const end = start + words.length;
  const first = all.find((piece) => piece.start <= start && start < piece.end);
  const last = all.find((piece) => piece.start < end && end <= piece.end);
  const range = document.createRange();
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, end - last.start);
  return range;
}

// Where the mouse goes down and up to select these words: just inside of their first and last letters.
function dragOver(words) {
  const range = rangeOf(words);
  const { startContainer: node, startOffset: at } = range;
  (node.parentElement ?? node).scrollIntoView({ block: "center", behavior: "instant" });
  const first = document.createRange();
  first.setStart(node, at);
  first.setEnd(node, at + 1);
  const last = document.createRange();
  last.setStart(range.endContainer, range.endOffset - 1);
  last.setEnd(range.endContainer, range.endOffset);
  const [from, to] = [first.getBoundingClientRect(), last.getBoundingClientRect()];
  return [from.left + 0.5, from.top + from.height / 2, to.right - 0.5, to.top + to.height / 2];
}

// What is painted: the words of each range in the order of the text, by the name of the look.
function painted() {
  const live = (still) => {
    const range = document.createRange();
    range.setStart(still.startContainer, still.startOffset);
    range.setEnd(still.endContainer, still.endOffset);
    return range;
  };
  const words = (ranges) => {
    const sorted = [...ranges].map(live).sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b));
    return sorted.map((range) => range.toString());
  };
  return Object.fromEntries([...CSS.highlights].map(([name, ranges]) => [name, words(ranges)]));
}

// Some words from the beginning of a paragraph of the article that stands as it came, counted from 0.
function wordsOf(paragraph, from, count) {
  const whole = [...document.querySelectorAll("#text > p[data-o]:not([data-repair])")];
  const long = whole.filter((each) => !each.querySelector(".gap") && each.textContent.length > 150);
  return long[paragraph].textContent.split(" ").slice(from, from + count).join(" ");
}

// The beginning of the first paragraph in which a lost space is shown, up to some letters behind that.
function wordsAcrossAGap() {
  const gap = document.querySelector("#text > p .gap");
  const paragraph = gap.closest("p");
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEndBefore(gap);
  const words = paragraph.textContent;
  return words.slice(0, words.indexOf(" ", before.toString().length));
}

// Whether these words can be seen.
function inView(words) {
  const { top, bottom } = rangeOf(words).getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}
