// Tells people what waits for the network, and what could not be sent: in the margin of an article, above everything else on
// other pages. Nothing is let go without being asked about, and all words can be copied.

// Words that are said later.
const later = (words) => words;

const WHAT = [
  [/^POST .*\/highlights$/, later("Highlight")],
  [/^POST .*\/notes$/, later("Note")],
  [/^POST .*\/claims$/, later("Claim")],
  [/^POST .*\/appearances$/, later("Another appearance of a claim")],
  [/^POST .*\/attributions$/, later("Source behind a claim")],
  [/^POST .*\/undo(\?|$)/, later("Undo")],
  [/^PATCH .*\/notes\//, later("Changed note")],
  [/^PATCH .*\/highlights\//, later("Another colour")],
  [/^PATCH .*\/attributions\//, later("Changed source behind a claim")],
  [/^PATCH .*\/claims\//, later("Changed claim")],
  [/^PUT .*\/verdict$/, later("Verdict")],
  [/^PUT .*\/reactions$/, later("Reaction")],
  [/^PUT .*\/resolved$/, later("Thread resolved or opened again")],
  [/^PUT .*\/visibility$/, later("Who sees it")],
  [/^PUT .*\/range$/, later("Other words for a highlight")],
  [/^PUT .*\/sources$/, later("Answer about a source")],
  [/^DELETE .*\/notes\//, later("Note taken away")],
  [/^DELETE .*\/highlights\//, later("Highlight taken away")],
  [/^DELETE .*\/attributions\//, later("Source taken back")],
  [/^DELETE .*\/claims\//, later("Claim taken away")],
];

function what({ method, path, body }) {
  const [, word] = WHAT.find(([pattern]) => pattern.test(`${method} ${path}`)) ?? [null, later("Change")];
  return say(word === "Note" && said(body).about?.note ? later("Reply") : word);
}

const said = (body) => (body ? JSON.parse(body) : {});

function words({ body }) {
  const { body: note, statement, reason, reaction } = said(body);
  return note ?? statement ?? reason ?? reaction ?? "";
}

// A day as it stands before a time.
const DAY = { weekday: "short", day: "numeric", month: "short" };

function time(at) {
  const then = new Date(at);
  const clock = [then.getHours(), then.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  return then.toDateString() === new Date().toDateString() ? clock : `${then.toLocaleDateString(document.documentElement.lang, DAY)}, ${clock}`;
}

const element = (name, properties, ...inside) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
};

const button = (words, press, className = "quiet") =>
  element("button", { type: "button", className, textContent: words, onclick: press });

function row(entry) {
  const typed = words(entry);
  const elsewhere = entry.page !== location.pathname;
  const where = elsewhere ? [say(" in "), element("a", { href: entry.page, textContent: entry.title })] : [];
  const told = { what: what(entry), quote: entry.quote, when: time(entry.at) };
  const head = entry.quote ? say("{what} on “{quote}”, from {when}", told) : say("{what}, from {when}", told);
  const refused = entry.state === "refused";
  const sure = element(
    "span",
    { hidden: true },
    button(say("Discard for good"), () => postil.discard(entry.key), "quiet danger"),
    " ",
    button(say("Keep"), () => ask(false)),
  );
  const discard = button(say("Discard"), () => ask(true));
  const ask = (asked) => {
    sure.hidden = !asked;
    discard.hidden = asked;
    sure.querySelector("button").focus();
  };
  const copy = button(say("Copy"), async () => {
    const copied = await navigator.clipboard?.writeText([typed, entry.quote].filter(Boolean).join("\n\n")).then(
      () => true,
      () => false,
    );
    copy.textContent = copied ? say("Copied") : say("Select the words and copy them");
  });
  return element(
    "li",
    { className: "kept-draft" },
    element("p", {}, head, ...where),
    ...(typed ? [element("p", { className: "kept-words", textContent: typed })] : []),
    ...(refused ? [element("p", { className: "refused", textContent: say("Could not be sent: {reason}", { reason: entry.reason }) })] : []),
    element(
      "p",
      {},
      ...(refused ? [button(say("Try again"), () => postil.again(entry.key), "choice"), " "] : []),
      ...(typed || entry.quote ? [copy, " "] : []),
      discard,
      sure,
    ),
  );
}

// Where it is shown on a page that has no place for it.
function place() {
  const made = element("div", { id: "pending" });
  document.getElementById("main")?.prepend(made);
  return made;
}

let shown = "";
function draw(entries) {
  const written = JSON.stringify(entries);
  const there = document.getElementById("pending");
  // Who stands on a button of it stays there.
  if (written === shown || (entries.length === 0 && !there)) return;
  const shelf = there ?? place();
  shown = written;
  const wait = entries.filter((entry) => entry.state === "waits").length;
  const lost = entries.length - wait;
  const count = [
    ...(wait > 0 ? [say.counted("{n} waits for the network", "{n} wait for the network", wait)] : []),
    ...(lost > 0 ? [say.counted("{n} could not be sent", "{n} could not be sent", lost)] : []),
  ].join(", ");
  if (entries.length === 0) {
    shelf.replaceChildren();
  } else {
    // What could not be sent is shown whole; so is a list that somebody has opened.
    const open = shelf.querySelector("details")?.open || lost > 0;
    shelf.replaceChildren(
      element(
        "details",
        { className: "pending", open },
        element("summary", { className: "panel-head" }, element("span", { role: "status", textContent: count })),
        element("ul", { className: "kept" }, ...entries.map(row)),
      ),
    );
  }
  // The cards stand below it, and each belongs beside its words.
  dispatchEvent(new Event("resize"));
}

postil.follow(draw);
// The desk draws its place anew when it wakes.
postil.redraw = async () => {
  shown = "";
  draw(await postil.own());
};

// Where a page was kept by the service worker and the server has an answer after all, the answer counts.
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data === "answered") location.reload();
});

// Who signs out leaves nothing behind in this browser. What waits is sent first, and is not let go without a question.
const leaving = document.querySelector("form[action='/sign-out']");
leaving?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if ((await postil.own()).length > 0) await postil.now();
  const left = await postil.all();
  const others = left.filter((entry) => entry.person !== document.documentElement.dataset.person).length;
  const lost = say.counted(
    "{n} of the things that were written here was not sent. Signing out lets go of them. Sign out all the same?",
    "{n} of the things that were written here were not sent. Signing out lets go of them. Sign out all the same?",
    left.length,
  );
  const whose = others > 0 ? ` ${say.counted("{n} of them is somebody else’s.", "{n} of them are somebody else’s.", others)}` : "";
  if (left.length > 0 && !confirm(lost + whose)) return;
  const answer = await fetch(leaving.action, { method: "POST", redirect: "manual" }).catch(() => null);
  // It sends on to another page. Any other answer leaves one signed in, so nothing is taken away.
  if (!answer?.ok && answer?.type !== "opaqueredirect") {
    const why = answer ? say("Postil answered {status}.", { status: answer.status }) : say("Signing out needs the network.");
    alert(`${why} ${say("You are still signed in, and nothing was let go.")}`);
    return;
  }
  for (const name of Object.keys(localStorage).filter((name) => name.startsWith("postil."))) localStorage.removeItem(name);
  await Promise.allSettled([postil.forget(), postil.forgetCopies()]);
  location.assign("/sign-in");
});

// Who goes for good leaves no copies of what they read.
document.querySelector("form[action='/account/delete']")?.addEventListener("submit", () => void postil.forgetCopies());
