//! Who calls: from which address, with which browser. Nothing that it says is a proof.

use super::{session, state::Door};
use crate::{actions::sign_in::Caller, config::Config};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header::USER_AGENT, request::Parts},
};
use axum_extra::extract::cookie::CookieJar;
use domain::account::browser_name;
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

/// What a proxy says of the one that called it, each proxy behind what was said to it.
const FORWARDED_FOR: &str = "x-forwarded-for";

impl FromRequestParts<Door> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Infallible> {
        let config = &door.house.config;
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let jar = CookieJar::from_headers(&parts.headers);
        Ok(Self {
            address: peer.map(|peer| address(peer, &parts.headers, config)),
            browser: session::browser(&jar, config),
            called: called(&parts.headers),
        })
    }
}

/// What the browser says that it is.
fn called(headers: &HeaderMap) -> String {
    headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).map(browser_name).unwrap_or_default()
}

/// The address of the caller: the last one that no trusted proxy has. What was said before it may be a lie.
fn address(peer: IpAddr, headers: &HeaderMap, config: &Config) -> IpAddr {
    let is_proxy = |address: IpAddr| {
        let address = address.to_canonical();
        address.is_loopback() || config.trusted_proxies.iter().any(|network| network.contains(&address))
    };
    let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok()).collect();
    let mut caller = peer;
    for said in lines.iter().flat_map(|line| line.split(',')).rev() {
        if !is_proxy(caller) {
            break;
        }
        let Some(address) = parsed(said.trim()) else { break };
        caller = address;
    }
    caller
}

/// An address, as some proxies write it with its port.
fn parsed(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    text.parse().or_else(|_| bare.parse()).or_else(|_| text.parse().map(|socket: SocketAddr| socket.ip())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn an_address_is_believed_of_trusted_proxies_only() {
        let config =
            Config { trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()], ..Config::in_folder(PathBuf::new()) };
        let rows: [(&str, &[&str], &str); 9] = [
            ("192.0.2.1", &[], "192.0.2.1"),
            ("192.0.2.1", &["198.51.100.7"], "192.0.2.1"),
            ("127.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("::ffff:10.1.1.1", &["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
            ("10.1.1.1", &["203.0.113.9", "198.51.100.7, 10.2.2.2"], "198.51.100.7"),
            ("10.1.1.1", &["not an address"], "10.1.1.1"),
            ("10.1.1.1", &["203.0.113.9, unknown"], "10.1.1.1"),
            ("127.0.0.1", &["[2001:db8::1]:4711"], "2001:db8::1"),
            ("127.0.0.1", &["198.51.100.7:80"], "198.51.100.7"),
        ];
        for (peer, said, expected) in rows {
            let mut headers = HeaderMap::new();
            said.iter().for_each(|line| {
                headers.append(FORWARDED_FOR, line.parse().unwrap());
            });
            let found = address(peer.parse().unwrap(), &headers, &config);
            assert_eq!(found, expected.parse::<IpAddr>().unwrap(), "{peer} {said:?}");
        }
    }
}
