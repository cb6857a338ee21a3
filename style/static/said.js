// Words in the language of the page, by the English ones: `say("Postil answered {status}.", { status })`. What has no words in it is
// said in English. The other scripts find it as `say`, the service worker too; which words there are is checked with those of the
// code (docs/LANGUAGES.md).

// The forms of a word in the order of the message files.
const FORMS = { lv: ["zero", "one", "other"], uk: ["one", "few", "many"] };
// The service worker has no document: it says which language it speaks.
let lang = globalThis.document?.documentElement.lang ?? "en";
const known = new Map();

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

globalThis.say = (english, values = {}) => fill(known.get(english)?.[0] ?? english, values);

// Words that depend on a number, which is {n} in them.
say.counted = (one, many, n, values = {}) => {
  const form = known.get(one)?.[FORMS[lang]?.indexOf(new Intl.PluralRules(lang).select(n))];
  return fill(form ?? (n === 1 ? one : many), { n, ...values });
};

// Takes in the words of a language: a line for each message, what it is known by, then its forms, with tabs between.
say.learn = (lines, language = lang) => {
  lang = language;
  known.clear();
  for (const line of lines.split("\n")) {
    const [english, ...forms] = line.split("\t");
    known.set(english, forms);
  }
};
