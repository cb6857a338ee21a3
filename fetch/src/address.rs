//! What of an address is looked at before anybody is asked.

use std::net::IpAddr;

use ipnet::IpNet;
use url::{Host, Url};

use crate::{FetchError, MAX_ADDRESS_BYTES, judge};

/// Ports of services that take a web request for something else, so that a page could make Postil speak to them: the
/// ports that browsers refuse (the Fetch standard, "port blocking"). Any other is fine, for sites stand on many.
const CLOSED_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// Whether this address may be asked. A host that is an IP address is judged here, for nobody looks it up; the parser
/// has already undone its spelling, be it decimal, octal, hexadecimal or short.
///
/// # Errors
/// What is wrong with the address.
pub fn check(address: &Url, allow: &[IpNet]) -> Result<(), FetchError> {
    if !["http", "https"].contains(&address.scheme()) {
        return Err(FetchError::Scheme { scheme: address.scheme().to_owned() });
    }
    if address.as_str().len() > MAX_ADDRESS_BYTES {
        return Err(FetchError::LongAddress);
    }
    if !address.username().is_empty() || address.password().is_some() {
        return Err(FetchError::UserInfo);
    }
    let port = address.port_or_known_default().unwrap_or_default();
    if CLOSED_PORTS.contains(&port) {
        return Err(FetchError::Port { port });
    }
    let literal = match address.host() {
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
        Some(Host::Domain(_)) | None => return Ok(()),
    };
    judge(literal, allow).map_err(|place| FetchError::Refused { host: host(address), place })
}

/// The host of an address, as people are told it.
pub fn host(address: &Url) -> String {
    address.host_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;

    #[test]
    fn an_address_is_looked_at_before_anybody_is_asked() {
        let refused = |host: &str, place| Err(FetchError::Refused { host: host.to_owned(), place });
        let scheme = |scheme: &str| Err(FetchError::Scheme { scheme: scheme.to_owned() });
        let local = |place| refused("127.0.0.1", place);
        let rows = [
            ("http://news.example/", Ok(())),
            ("https://news.example:8443/a?b#c", Ok(())),
            ("http://1.1.1.1/", Ok(())),
            ("http://[2600::1]/", Ok(())),
            ("http://localhost/", Ok(())), // looked up, then judged
            ("ftp://news.example/", scheme("ftp")),
            ("file:///etc/passwd", scheme("file")),
            ("javascript:alert(1)", scheme("javascript")),
            ("data:text/html,hello", scheme("data")),
            ("http://anna@news.example/", Err(FetchError::UserInfo)),
            ("http://:secret@news.example/", Err(FetchError::UserInfo)),
            ("http://news.example:25/", Err(FetchError::Port { port: 25 })),
            ("http://news.example:0/", Err(FetchError::Port { port: 0 })),
            ("https://news.example:10080/", Err(FetchError::Port { port: 10080 })),
            ("http://127.0.0.1/", local(Place::ThisMachine)),
            ("http://2130706433/", local(Place::ThisMachine)),
            ("http://0x7f000001/", local(Place::ThisMachine)),
            ("http://0177.0.0.1/", local(Place::ThisMachine)),
            ("http://127.1/", local(Place::ThisMachine)),
            ("http://0x7f.1/", local(Place::ThisMachine)),
            ("http://１２７.0.0.1/", local(Place::ThisMachine)),
            ("http://127.0.0.1./", local(Place::ThisMachine)),
            ("http://0/", refused("0.0.0.0", Place::Nowhere)),
            ("http://[::1]/", refused("[::1]", Place::ThisMachine)),
            ("http://[::ffff:127.0.0.1]/", refused("[::ffff:7f00:1]", Place::Disguise)),
            ("http://[::ffff:7f00:1]/", refused("[::ffff:7f00:1]", Place::Disguise)),
            ("http://169.254.169.254/latest/", refused("169.254.169.254", Place::Metadata)),
        ];
        for (text, expected) in rows {
            assert_eq!(check(&Url::parse(text).unwrap(), &[]), expected, "{text}");
        }
        let long = format!("http://news.example/{}", "a".repeat(MAX_ADDRESS_BYTES));
        assert_eq!(check(&Url::parse(&long).unwrap(), &[]), Err(FetchError::LongAddress));
        let allowed: [IpNet; 1] = ["127.0.0.0/8".parse().unwrap()];
        assert_eq!(check(&Url::parse("http://127.1/").unwrap(), &allowed), Ok(()));
    }
}
