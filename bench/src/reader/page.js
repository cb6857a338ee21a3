// What the measurements ask of a page. Each script that they run begins with this.

const frame = () => new Promise((done) => requestAnimationFrame(done));
const rest = (millis) => new Promise((done) => setTimeout(done, millis));

// The instant behind all that the frame has to do, painting included, when it is called in its beginning.
const painted = () =>
  new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  });

// From the beginning of a frame: how long this takes, and how long it takes until it is painted, in milliseconds.
async function timed(work) {
  await frame();
  const begun = performance.now();
  work();
  const script = performance.now() - begun;
  return [script, (await painted()) - begun];
}

// Every text node of the article with the place at which it begins. The benchmark's text has no character beyond 16 bits.
function index() {
  const nodes = [];
  const starts = [];
  for (const leaf of document.querySelectorAll("#text [data-o]")) {
    let start = Number(leaf.dataset.o);
    const walker = document.createTreeWalker(leaf, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      nodes.push(walker.currentNode);
      starts.push(start);
      start += walker.currentNode.data.length;
    }
  }
  return { nodes, starts };
}

// The number of the last start that is not behind this place.
function at(starts, place) {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// The least script that paints ranges with the CSS Custom Highlight API: one set for each look.
function bare({ nodes, starts }, marks) {
  CSS.highlights.clear();
  const sets = new Map();
  for (const [look, start, end] of marks) {
    const [first, last] = [at(starts, start), at(starts, end - 1)];
    const range = new Range();
    range.setStart(nodes[first], start - starts[first]);
    range.setEnd(nodes[last], end - starts[last]);
    if (!sets.has(look)) sets.set(look, new Highlight());
    sets.get(look).add(range);
  }
  for (const [look, set] of sets) CSS.highlights.set(look, set);
}

// Scrolls through the whole page, a quarter of a window with each frame; gives the length of each frame, in milliseconds.
async function scrolled() {
  scrollTo(0, 0);
  await rest(500);
  const frames = [];
  let before = await frame();
  for (let last = -1; scrollY > last; ) {
    last = scrollY;
    scrollBy(0, innerHeight / 4);
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  return frames;
}
