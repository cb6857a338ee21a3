//! How the browser asks the API: the same requests that a script makes.

use domain::{event::Event, id::GroupId};
#[cfg(feature = "browser")]
use phrases::{say, t};

/// What is asked of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Make one.
    Post,
    /// Set it.
    Put,
    /// Change part of it.
    Patch,
    /// Take it away.
    Delete,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What to tell the person.
    pub words: String,
    /// Whether it does not go with what others did meanwhile.
    pub overtaken: bool,
}

impl From<String> for Trouble {
    fn from(words: String) -> Self {
        Self { words, overtaken: false }
    }
}

/// Why it is not known what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// The server cannot be reached, or not now.
    Unreachable,
    /// The person is signed out or not in the group any more.
    NotLetIn,
}

/// What happened in this group after this number, in order, as much as is told at once: others' work, and answers that
/// overtook each other. The group that keeps an article need not be the one that the person works in.
#[cfg(feature = "browser")]
pub async fn events_after(group: GroupId, number: u64) -> Result<Vec<Event>, Away> {
    let answer = fetch(&format!("/api/v1/events?group={group}&after={number}")).await;
    match answer.ok_or(Away::Unreachable)? {
        (200, text) => crate::json::read(&text).ok_or(Away::Unreachable),
        (401 | 403 | 404, _) => Err(Away::NotLetIn),
        _ => Err(Away::Unreachable),
    }
}

/// A page of this server's, as HTML.
#[cfg(feature = "browser")]
pub async fn page(path: &str) -> Option<String> {
    let (status, text) = fetch(path).await?;
    (status == 200).then_some(text)
}

/// Asks the server for what is at an address: gives the status of the answer and its text, or nothing when none came.
#[cfg(feature = "browser")]
async fn fetch(path: &str) -> Option<(u16, String)> {
    use leptos::web_sys::Response;
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;
    let answer = leptos::prelude::window().fetch_with_str(path);
    let answer: Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    Some((answer.status(), text))
}

/// Waits.
#[cfg(feature = "browser")]
pub async fn sleep(time: std::time::Duration) {
    let wait = js_sys::Promise::new(&mut |resolve, _| {
        let millis = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
        // A window always takes a time-out.
        let _ = leptos::prelude::window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(wait).await;
}

impl Verb {
    #[cfg(feature = "browser")]
    fn method(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Sends a request, its body in JSON, and waits for the event that it made; or for why it was not done.
#[cfg(feature = "browser")]
pub async fn send(verb: Verb, path: &str, body: Option<String>) -> Result<Event, Trouble> {
    match answer(ask_now(verb.method(), path, body.as_deref())).await {
        Some((status, text)) if status > 0 => told(status, &text),
        _ => Err(away()),
    }
}

/// The status and the text of an answer; no status when there was none.
#[cfg(feature = "browser")]
async fn answer(asked: Result<js_sys::Promise, wasm_bindgen::JsValue>) -> Option<(i32, String)> {
    let answer = js_sys::Array::from(&wasm_bindgen_futures::JsFuture::from(asked.ok()?).await.ok()?);
    Some((answer.get(0).as_f64()? as i32, answer.get(1).as_string()?))
}

#[cfg(feature = "browser")]
fn away() -> Trouble {
    t("Postil cannot be reached. What you wrote is still here: try again.").to_owned().into()
}

/// What an answer says.
#[cfg(feature = "browser")]
fn told(status: i32, text: &str) -> Result<Event, Trouble> {
    #[derive(serde::Deserialize)]
    struct Problem {
        message: String,
    }
    match status {
        200..300 => crate::json::read(text)
            .ok_or_else(|| t("Postil’s answer could not be read: reload the page.").to_owned().into()),
        401 => Err(t("You are signed out. Sign in in another tab, then try again.").to_owned().into()),
        _ => {
            let problem = crate::json::read::<Problem>(text);
            let words = problem.map_or_else(|| say!("Postil answered {status}."), |problem| problem.message);
            Err(Trouble { words, overtaken: status == 409 })
        }
    }
}

#[cfg(feature = "browser")]
#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = postil, js_name = ask, catch)]
    fn ask_or_keep(
        method: &str,
        path: &str,
        body: Option<&str>,
        quote: &str,
    ) -> Result<js_sys::Promise, wasm_bindgen::JsValue>;
    #[wasm_bindgen(js_namespace = postil, js_name = askNow, catch)]
    fn ask_now(method: &str, path: &str, body: Option<&str>) -> Result<js_sys::Promise, wasm_bindgen::JsValue>;
    /// The body of a request with the ids of what it makes.
    #[wasm_bindgen(js_namespace = postil, js_name = withIds)]
    pub fn with_ids(path: &str, body: &str) -> String;
}

/// Sends a request once and waits for the event that it made. Without a network it is kept in this browser and sent when there
/// is one again (`style/static/pending.js`): then there is no event yet. `quote` are the words that it is about, for people.
#[cfg(feature = "browser")]
pub async fn ask(verb: Verb, path: &str, body: Option<&str>, quote: &str) -> Result<Option<Event>, Trouble> {
    match answer(ask_or_keep(verb.method(), path, body, quote)).await {
        Some((0, _)) => Ok(None),
        Some((status, text)) if status > 0 => told(status, &text).map(Some),
        _ => Err(away()),
    }
}

/// See [`ask`].
#[cfg(not(feature = "browser"))]
pub async fn ask(_: Verb, _: &str, _: Option<&str>, _: &str) -> Result<Option<Event>, Trouble> {
    Err("only a browser asks".to_owned().into())
}

/// On the server nobody clicks, so nothing is asked there; what draws both halves can still be built.
#[cfg(not(feature = "browser"))]
pub async fn send(_: Verb, _: &str, _: Option<String>) -> Result<Event, Trouble> {
    Err("only a browser asks".to_owned().into())
}

/// See [`send`].
#[cfg(not(feature = "browser"))]
pub async fn events_after(_: GroupId, _: u64) -> Result<Vec<Event>, Away> {
    Err(Away::Unreachable)
}
