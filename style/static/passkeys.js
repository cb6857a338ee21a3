// Passkeys: asks the browser to make one or to use one (Web Authentication), and carries its answer to Postil.
// Two pages load it. Without it, passwords work as ever.

const place = document.querySelector("[data-passkeys]");
const trouble = place.querySelector("[role=alert]");
// What can be told, in the language of the page.
const says = JSON.parse(place.dataset.says);

const say = (words) => {
  trouble.textContent = words ?? "";
  trouble.hidden = !words;
};

// What Postil refuses is said in its own words.
class Refused extends Error {}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = await answer.json().catch(() => ({}));
  if (problem.kind === "wrong_password") throw new Refused(says.wrong_password);
  throw new Refused(problem.message ?? says.no_answer.replace("{status}", answer.status));
}

// Browsers before 2025 read and write no JSON of their own.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

function toCreate(options) {
  if (PublicKeyCredential.parseCreationOptionsFromJSON) return PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const user = { ...options.user, id: bytes(options.user.id) };
  return { ...options, user, challenge: bytes(options.challenge), excludeCredentials: keys(options.excludeCredentials) };
}

function toGet(options) {
  if (PublicKeyCredential.parseRequestOptionsFromJSON) return PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return { ...options, challenge: bytes(options.challenge), allowCredentials: keys(options.allowCredentials) };
}

function written(credential) {
  try {
    return credential.toJSON();
  } catch {
    // It is not there, or a password manager has put a thing of its own in the credential's place.
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    const { id, rawId, type } = credential;
    return { id, rawId: text(rawId), type, response, clientExtensionResults: {} };
  }
}

// Why it came to nothing, in words; nothing where a person has called it off by going on.
function why(cause) {
  if (cause instanceof Refused) return cause.message;
  switch (cause?.name) {
    case "AbortError":
      return null;
    case "NotAllowedError":
      return says.called_off;
    case "InvalidStateError":
      return says.there_already;
    case "TypeError":
      return says.out_of_reach;
    default:
      console.error("a passkey failed:", cause);
      return says.failed.replace("{cause}", cause?.message ?? cause);
  }
}

// One ceremony at a time: a later one ends the one before.
let under_way = null;

async function sign_in(mediation) {
  under_way?.abort();
  const own = (under_way = new AbortController());
  const begun = await post("/api/v1/sign-in/passkey/begin");
  if (own.signal.aborted) return;
  // What a browser offers in the field for the name has no end of its own; a challenge has.
  const renew = mediation && setTimeout(() => offer(), begun.options.timeout * 0.8);
  try {
    const publicKey = toGet(begun.options);
    const credential = await navigator.credentials.get({ publicKey, mediation, signal: own.signal });
    await post("/api/v1/sign-in/passkey", { ceremony: begun.ceremony, credential: written(credential) });
    location.assign(place.dataset.next);
  } finally {
    clearTimeout(renew);
  }
}

// Lets the browser offer passkeys where the name is typed.
async function offer() {
  try {
    if (await PublicKeyCredential.isConditionalMediationAvailable?.()) await sign_in("conditional");
  } catch (cause) {
    // Nobody has asked for it, so only what Postil says of a passkey that was chosen is told.
    if (cause instanceof Refused) say(cause.message);
  }
}

async function add(form) {
  const { password, code, name } = form.elements;
  const proof = { password: password?.value ?? "", code: code?.value ?? "" };
  const begun = await post("/api/v1/account/passkeys/begin", proof);
  try {
    const credential = await navigator.credentials.create({ publicKey: toCreate(begun.options) });
    const made = { ceremony: begun.ceremony, name: name.value, credential: written(credential) };
    await post("/api/v1/account/passkeys", made);
  } catch (cause) {
    if (!code) throw cause;
    // The code is used up: said once more, it would count as a wrong one.
    code.value = "";
    throw new Refused(`${why(cause) ?? says.nothing_done} ${says.new_code}`);
  }
  location.assign("/account/passkeys");
}

async function attempt(button, what) {
  say(null);
  button.disabled = true;
  try {
    await what();
  } catch (cause) {
    say(why(cause));
  }
  button.disabled = false;
}

// Why nothing is offered, where nothing is.
const hindrance = () => {
  const home = place.dataset.passkeys;
  if (location.origin !== home) return says.elsewhere.replace("{home}", home);
  return globalThis.PublicKeyCredential ? null : says.not_here;
};

if (hindrance()) {
  const note = place.querySelector("[data-why]");
  note.textContent = hindrance();
  note.hidden = false;
} else {
  const way = place.querySelector("[data-way]");
  way.hidden = false;
  if (way.tagName === "FORM") {
    way.addEventListener("submit", (event) => {
      event.preventDefault();
      attempt(way.querySelector("button"), () => add(way));
    });
  } else {
    const button = way.querySelector("button");
    button.addEventListener("click", async () => {
      await attempt(button, () => sign_in());
      if (!trouble.hidden) offer();
    });
    offer();
  }
}
