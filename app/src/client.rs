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
    let answer = fetch("GET", &format!("/api/v1/events?group={group}&after={number}"), None).await;
    match answer.ok_or(Away::Unreachable)? {
        (200, text) => crate::json::read(&text).ok_or(Away::Unreachable),
        (401 | 403 | 404, _) => Err(Away::NotLetIn),
        _ => Err(Away::Unreachable),
    }
}

/// A page of this server's, as HTML.
#[cfg(feature = "browser")]
pub async fn page(path: &str) -> Option<String> {
    let (status, text) = fetch("GET", path, None).await?;
    (status == 200).then_some(text)
}

/// Asks the server: gives the status of the answer and its text, or nothing when none came.
#[cfg(feature = "browser")]
async fn fetch(method: &str, path: &str, body: Option<&str>) -> Option<(u16, String)> {
    use leptos::web_sys::{Headers, RequestInit, Response};
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;
    let options = RequestInit::new();
    options.set_method(method);
    if let Some(body) = body {
        let headers = Headers::new().ok()?;
        headers.set("content-type", "application/json").ok()?;
        options.set_headers(&headers);
        options.set_body(&body.into());
    }
    let answer = leptos::prelude::window().fetch_with_str_and_init(path, &options);
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

/// Sends a request, its body in JSON, and waits for the event that it made; or for why it was not done.
#[cfg(feature = "browser")]
pub async fn send(verb: Verb, path: &str, body: Option<String>) -> Result<Event, Trouble> {
    #[derive(serde::Deserialize)]
    struct Problem {
        message: String,
    }
    let method = match verb {
        Verb::Post => "POST",
        Verb::Put => "PUT",
        Verb::Patch => "PATCH",
        Verb::Delete => "DELETE",
    };
    let Some((status, text)) = fetch(method, path, body.as_deref()).await else {
        return Err(t("Postil cannot be reached. What you wrote is still here: try again.").to_owned().into());
    };
    match status {
        200..300 => crate::json::read(&text)
            .ok_or_else(|| t("Postil’s answer could not be read: reload the page.").to_owned().into()),
        401 => Err(t("You are signed out. Sign in in another tab, then try again.").to_owned().into()),
        _ => {
            let problem = crate::json::read::<Problem>(&text);
            let words = problem.map_or_else(|| say!("Postil answered {status}."), |problem| problem.message);
            Err(Trouble { words, overtaken: status == 409 })
        }
    }
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
