// Marks words of the article through the API, as a script does, and writes notes about them: `{ words, note, colour, visibility }`.
const [wanted] = arguments;
const revision = document.getElementById("text").dataset.revision;
const article = location.pathname.split("/")[2];
const send = async (path, body) => {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`/api/v1/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};
// All words are of the first planes of Unicode, so that a browser counts them as Postil does.
const place = (words) => {
  for (const leaf of document.querySelectorAll("#text [data-o]")) {
    const at = leaf.textContent.indexOf(words);
    if (at >= 0) return { start: Number(leaf.dataset.o) + at, end: Number(leaf.dataset.o) + at + words.length };
  }
  throw new Error(`not in the text: ${words}`);
};
return (async () => {
  const made = [];
  for (const { words, note, colour = "yellow", visibility = "group" } of wanted) {
    const event = await send(`articles/${article}/highlights`, { revision, range: place(words), colour, visibility });
    const id = event.change.highlight_made?.id ?? event.change.id;
    if (note) await send(`articles/${article}/notes`, { about: { highlight: id }, body: note, visibility });
    made.push(id);
  }
  return made;
})();
