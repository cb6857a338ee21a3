//! In which language a request is answered: the one that its person has chosen (`extract` says it as soon as they are known),
//! else the one that the browser asks for.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Answers in the language that is asked for, and says in which that was.
pub async fn speak(request: Request, next: Next) -> Response {
    let asked = asked(request.headers());
    phrases::during(asked, async {
        let mut response = next.run(request).await;
        if is_told(&response) {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(phrases::language().word()));
            headers.append(header::VARY, HeaderValue::from_static("accept-language"));
        }
        response
    })
    .await
}

fn asked(headers: &HeaderMap) -> domain::language::Language {
    let lines = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|line| line.to_str().ok());
    phrases::accepted(&lines.collect::<Vec<_>>().join(","))
}

/// Whether it has words of Postil's own in it: a page, a refusal, or what the app is.
fn is_told(response: &Response) -> bool {
    let form = response.headers().get(header::CONTENT_TYPE).and_then(|form| form.to_str().ok()).unwrap_or_default();
    let told = ["text/html", "application/manifest+json"].iter().any(|each| form.starts_with(each));
    told || !response.status().is_success() && form.starts_with("application/json")
}
