//! How the browser asks the API: the same requests that a script makes.

use domain::{event::Event, id::GroupId};

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

/// What happened in this group after this number, in order: others' work, and answers that overtook each other. The group
/// that keeps an article need not be the one that the person works in.
#[cfg(feature = "browser")]
pub async fn events_after(group: GroupId, number: u64) -> Option<Vec<Event>> {
    let path = format!("/api/v1/events?group={group}&after={number}");
    let response = gloo_net::http::Request::get(&path).send().await.ok()?;
    response.json().await.ok()
}

/// A page of this server's, as HTML.
#[cfg(feature = "browser")]
pub async fn page(path: &str) -> Option<String> {
    let response = gloo_net::http::Request::get(path).send().await.ok()?;
    if response.ok() { response.text().await.ok() } else { None }
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
    use gloo_net::http::{Method, RequestBuilder};
    #[derive(serde::Deserialize)]
    struct Problem {
        message: String,
    }
    let method = match verb {
        Verb::Post => Method::POST,
        Verb::Put => Method::PUT,
        Verb::Patch => Method::PATCH,
        Verb::Delete => Method::DELETE,
    };
    let builder = RequestBuilder::new(path).method(method);
    let request = match body {
        Some(body) => builder.header("content-type", "application/json").body(body),
        None => builder.build(),
    };
    let unreachable = |_| "Postil cannot be reached. What you wrote is still here: try again.".to_owned();
    let response = request.map_err(|error| error.to_string())?.send().await.map_err(unreachable)?;
    if response.ok() {
        return response
            .json()
            .await
            .map_err(|_| "Postil’s answer could not be read: reload the page.".to_owned().into());
    }
    if response.status() == 401 {
        return Err("You are signed out. Sign in in another tab, then try again.".to_owned().into());
    }
    let overtaken = response.status() == 409;
    let problem: Result<Problem, _> = response.json().await;
    let words = problem.map_or_else(|_| format!("Postil answered {}.", response.status()), |problem| problem.message);
    Err(Trouble { words, overtaken })
}

/// On the server nobody clicks, so nothing is asked there; what draws both halves can still be built.
#[cfg(not(feature = "browser"))]
pub async fn send(_: Verb, _: &str, _: Option<String>) -> Result<Event, Trouble> {
    Err("only a browser asks".to_owned().into())
}

/// See [`send`].
#[cfg(not(feature = "browser"))]
pub async fn events_after(_: GroupId, _: u64) -> Option<Vec<Event>> {
    None
}
