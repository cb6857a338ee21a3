// Tells people what waits for the network, and what could not be sent: in the margin of an article, above everything else on
// other pages. Nothing is let go without being asked about, and all words can be copied.

const WHAT = [
  [/^POST .*\/highlights$/, "Highlight"],
  [/^POST .*\/notes$/, "Note"],
  [/^POST .*\/claims$/, "Claim"],
  [/^POST .*\/appearances$/, "Another appearance of a claim"],
  [/^POST .*\/attributions$/, "Source behind a claim"],
  [/^POST .*\/undo(\?|$)/, "Undo"],
  [/^PATCH .*\/notes\//, "Changed note"],
  [/^PATCH .*\/highlights\//, "Another colour"],
  [/^PATCH .*\/attributions\//, "Changed source behind a claim"],
  [/^PATCH .*\/claims\//, "Changed claim"],
  [/^PUT .*\/verdict$/, "Verdict"],
  [/^PUT .*\/reactions$/, "Reaction"],
  [/^PUT .*\/resolved$/, "Thread resolved or opened again"],
  [/^PUT .*\/visibility$/, "Who sees it"],
  [/^PUT .*\/range$/, "Other words for a highlight"],
  [/^PUT .*\/sources$/, "Answer about a source"],
  [/^DELETE .*\/notes\//, "Note taken away"],
  [/^DELETE .*\/highlights\//, "Highlight taken away"],
  [/^DELETE .*\/attributions\//, "Source taken back"],
  [/^DELETE .*\/claims\//, "Claim taken away"],
];

function what({ method, path, body }) {
  const [, word] = WHAT.find(([pattern]) => pattern.test(`${method} ${path}`)) ?? [null, "Change"];
  return word === "Note" && said(body).about?.note ? "Reply" : word;
}

const said = (body) => (body ? JSON.parse(body) : {});

function words({ body }) {
  const { body: note, statement, reason, reaction } = said(body);
  return note ?? statement ?? reason ?? reaction ?? "";
}

function time(at) {
  const then = new Date(at);
  const clock = [then.getHours(), then.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  return then.toDateString() === new Date().toDateString() ? clock : `${then.toDateString().slice(0, 10)}, ${clock}`;
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
  const about = entry.quote ? ` on “${entry.quote}”` : "";
  const elsewhere = entry.page !== location.pathname;
  const where = elsewhere ? [" in ", element("a", { href: entry.page, textContent: entry.title })] : [];
  const refused = entry.state === "refused";
  const sure = element(
    "span",
    { hidden: true },
    button("Discard for good", () => postil.discard(entry.key), "quiet danger"),
    " ",
    button("Keep", () => ask(false)),
  );
  const discard = button("Discard", () => ask(true));
  const ask = (asked) => {
    sure.hidden = !asked;
    discard.hidden = asked;
    sure.querySelector("button").focus();
  };
  const copy = button("Copy", async () => {
    const copied = await navigator.clipboard?.writeText([typed, entry.quote].filter(Boolean).join("\n\n")).then(
      () => true,
      () => false,
    );
    copy.textContent = copied ? "Copied" : "Select the words and copy them";
  });
  return element(
    "li",
    { className: "kept-draft" },
    element("p", {}, `${what(entry)}${about}, from ${time(entry.at)}`, ...where),
    ...(typed ? [element("p", { className: "kept-words", textContent: typed })] : []),
    ...(refused ? [element("p", { className: "refused", textContent: `Could not be sent: ${entry.reason}` })] : []),
    element(
      "p",
      {},
      ...(refused ? [button("Try again", () => postil.again(entry.key), "choice"), " "] : []),
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
    ...(wait > 0 ? [`${wait} ${wait === 1 ? "waits" : "wait"} for the network`] : []),
    ...(lost > 0 ? [`${lost} could not be sent`] : []),
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
  const whose = others > 0 ? ` (${others} of them somebody else’s)` : "";
  const lost = `${left.length} of the things that were written here ${left.length === 1 ? "was" : "were"} not sent${whose}. Signing out lets go of them. Sign out all the same?`;
  if (left.length > 0 && !confirm(lost)) return;
  const answer = await fetch(leaving.action, { method: "POST", redirect: "manual" }).catch(() => null);
  // It sends on to another page. Any other answer leaves one signed in, so nothing is taken away.
  if (!answer?.ok && answer?.type !== "opaqueredirect") {
    const why = answer ? `Postil answered ${answer.status}.` : "Signing out needs the network.";
    alert(`${why} You are still signed in, and nothing was let go.`);
    return;
  }
  for (const name of Object.keys(localStorage).filter((name) => name.startsWith("postil."))) localStorage.removeItem(name);
  await Promise.allSettled([postil.forget(), postil.forgetCopies()]);
  location.assign("/sign-in");
});
