//! The cookie that keeps a person signed in.

use crate::{
    actions::{
        second_step::CODE_AWAITED,
        sign_in::{SignedIn, Token},
        team_sign_in::WAY_LASTS,
    },
    config::{BROWSER_KNOWN, Config},
};
use axum::http::{HeaderName, HeaderValue};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

/// The cookie's name; over TLS it has the prefix that binds it to this host.
fn name(config: &Config) -> &'static str {
    if config.secure() { "__Host-postil" } else { "postil" }
}

/// The token that a browser brought.
pub fn token(jar: &CookieJar, config: &Config) -> Option<Token> {
    jar.get(name(config)).map(|cookie| Token::from_cookie(cookie.value()))
}

/// The cookie that keeps this token: for this server only, not for scripts, not from other sites' forms.
fn keep(jar: CookieJar, config: &Config, token: &Token) -> CookieJar {
    let cookie = Cookie::build((name(config), token.reveal().to_owned()))
        .http_only(true)
        .secure(config.secure())
        .same_site(SameSite::Lax)
        .path("/")
        .max_age(time::Duration::seconds(config.session_length.num_seconds()));
    jar.add(cookie)
}

/// The name of the cookie by which a browser is known again.
fn browser_name(config: &Config) -> &'static str {
    if config.secure() { "__Host-postil-browser" } else { "postil-browser" }
}

/// By what the browser is known.
pub fn browser(jar: &CookieJar, config: &Config) -> Option<Token> {
    jar.get(browser_name(config)).map(|cookie| Token::from_cookie(cookie.value()))
}

/// The cookie by which the browser is known when somebody signs in there again, also after a sign-out.
fn keep_browser(config: &Config, token: &Token) -> CookieJar {
    let cookie = Cookie::build((browser_name(config), token.reveal().to_owned()))
        .http_only(true)
        .secure(config.secure())
        .same_site(SameSite::Strict)
        .path("/")
        .max_age(time::Duration::seconds(BROWSER_KNOWN.num_seconds()));
    CookieJar::new().add(cookie)
}

/// The cookies of a sign-in that has begun: the one that keeps the person signed in comes first.
pub fn begin(jar: CookieJar, config: &Config, begun: &SignedIn) -> (CookieJar, CookieJar) {
    (keep(jar, config, &begun.session), keep_browser(config, &begun.browser))
}

/// Takes the cookie away, and with it what the browser kept of theirs: copies of what they read, what is half written, what
/// waits for the network. A browser takes a `__Host-` cookie only when it is `Secure`, one that ends it too.
pub fn forget(jar: CookieJar, config: &Config) -> (CookieJar, [(HeaderName, HeaderValue); 1]) {
    let jar = jar.remove(Cookie::build((name(config), "")).path("/").secure(config.secure()));
    (jar, [(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"storage\""))])
}

/// The name of the cookie of a sign-in that waits for its code.
fn waiting_name(config: &Config) -> &'static str {
    if config.secure() { "__Host-postil-waiting" } else { "postil-waiting" }
}

/// The token of a sign-in that waits for its code.
pub fn waiting(jar: &CookieJar, config: &Config) -> Option<Token> {
    jar.get(waiting_name(config)).map(|cookie| Token::from_cookie(cookie.value()))
}

/// The cookie of a sign-in that waits for its code.
pub fn waits(config: &Config, token: &Token) -> CookieJar {
    let cookie = Cookie::build((waiting_name(config), token.reveal().to_owned()))
        .http_only(true)
        .secure(config.secure())
        .same_site(SameSite::Strict)
        .path("/")
        .max_age(time::Duration::seconds(CODE_AWAITED.num_seconds()));
    CookieJar::new().add(cookie)
}

/// Takes that cookie away.
pub fn waits_no_longer(config: &Config) -> CookieJar {
    let mut gone = Cookie::build((waiting_name(config), "")).path("/").secure(config.secure()).build();
    gone.make_removal();
    CookieJar::new().add(gone)
}

/// The name of the cookie of a browser whose person is with the team's own sign-in.
fn way_name(config: &Config) -> &'static str {
    if config.secure() { "__Host-postil-way" } else { "postil-way" }
}

/// What the browser keeps meanwhile.
pub fn way(jar: &CookieJar, config: &Config) -> Option<String> {
    jar.get(way_name(config)).map(|cookie| cookie.value().to_owned())
}

/// The cookie of it. `Lax`, for it is another site that sends the browser back.
pub fn on_the_way(config: &Config, way: &str) -> CookieJar {
    let cookie = Cookie::build((way_name(config), way.to_owned()))
        .http_only(true)
        .secure(config.secure())
        .same_site(SameSite::Lax)
        .path("/")
        .max_age(time::Duration::seconds(WAY_LASTS.num_seconds()));
    CookieJar::new().add(cookie)
}

/// Takes that cookie away.
pub fn off_the_way(config: &Config) -> CookieJar {
    let mut gone = Cookie::build((way_name(config), "")).path("/").secure(config.secure()).build();
    gone.make_removal();
    CookieJar::new().add(gone)
}
