// Print: while an article is printed, its own page shows what paper shows and the page cannot: numbers behind the marked
// words, and the notes in the order of these. The server draws it, with what was said up to this moment.

export function attend(link) {
  let copy = null;

  // A browser prints what is there when this returns, so it waits for the answer (a request that is not asynchronous).
  addEventListener("beforeprint", () => {
    const ask = new XMLHttpRequest();
    try {
      ask.open("GET", link.href, false);
      ask.send();
    } catch {
      // Without the server, the text is printed with its cards behind it.
      return;
    }
    const sheet = ask.status === 200 && new DOMParser().parseFromString(ask.responseText, "text/html").querySelector(".paper");
    if (!sheet) return;
    copy?.remove();
    copy = document.createElement("div");
    copy.className = "paper-copy";
    copy.append(document.adoptNode(sheet));
    document.body.append(copy);
    document.documentElement.dataset.printing = "";
  });

  addEventListener("afterprint", () => {
    copy?.remove();
    copy = null;
    delete document.documentElement.dataset.printing;
  });
}
