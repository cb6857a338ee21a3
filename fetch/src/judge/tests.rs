//! Addresses, and where each of them is.

use std::net::IpAddr;

use ipnet::IpNet;

use super::{Place, judge};

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn nets(texts: &[&str]) -> Vec<IpNet> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

#[test]
fn what_is_public_may_be_connected_to() {
    let rows = [
        // On either side of what is closed.
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "198.51.101.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "2000::",
        "2001:200::1",
        "2001:db7:ffff::1",
        "2001:db9::1",
        "2003::1",
        "2600::1",
        "3ffe:ffff::1",
        "3fff:1000::1",
        // A public IPv4 address through a translator or a tunnel.
        "64:ff9b::1.1.1.1",
        "2002:101:101::1",
        "2001:0:101:101:0:0:fefe:fefe",
        "2600::5efe:1.1.1.1",
    ];
    for text in rows {
        assert_eq!(judge(ip(text), &[]), Ok(()), "{text}");
    }
}

#[test]
fn what_is_not_public_is_refused() {
    let rows = [
        ("0.0.0.0", Place::Nowhere),
        ("0.255.255.255", Place::Nowhere),
        ("10.0.0.0", Place::Private),
        ("10.255.255.255", Place::Private),
        ("100.64.0.0", Place::Shared),
        ("100.127.255.255", Place::Shared),
        ("100.100.100.200", Place::Metadata),
        ("127.0.0.1", Place::ThisMachine),
        ("127.255.255.255", Place::ThisMachine),
        ("169.254.0.1", Place::Link),
        ("169.254.169.253", Place::Link),
        ("169.254.169.254", Place::Metadata),
        ("169.254.170.2", Place::Metadata),
        ("172.16.0.0", Place::Private),
        ("172.31.255.255", Place::Private),
        ("192.0.0.0", Place::Reserved),
        ("192.0.0.255", Place::Reserved),
        ("192.0.2.1", Place::Example),
        ("192.88.99.1", Place::Reserved),
        ("192.168.0.0", Place::Private),
        ("192.168.255.255", Place::Private),
        ("198.18.0.0", Place::Measurement),
        ("198.19.255.255", Place::Measurement),
        ("198.51.100.7", Place::Example),
        ("203.0.113.7", Place::Example),
        ("224.0.0.1", Place::Many),
        ("233.252.0.1", Place::Example),
        ("239.255.255.255", Place::Many),
        ("240.0.0.0", Place::Reserved),
        ("255.255.255.254", Place::Reserved),
        ("255.255.255.255", Place::Many),
        ("::", Place::Nowhere),
        ("::1", Place::ThisMachine),
        ("::2", Place::Disguise),
        ("::127.0.0.1", Place::Disguise),
        ("::8.8.8.8", Place::Disguise),
        ("::ffff:127.0.0.1", Place::Disguise),
        ("::ffff:8.8.8.8", Place::Disguise),
        ("::ffff:0:10.0.0.1", Place::Disguise),
        ("64:ff9b::127.0.0.1", Place::ThisMachine),
        ("64:ff9b::10.0.0.1", Place::Private),
        ("64:ff9b::169.254.1.1", Place::Link),
        ("64:ff9b:0:0:0:1:808:808", Place::Reserved),
        ("64:ff9b:1::8.8.8.8", Place::Disguise),
        ("64:ff9b:1:ffff::1", Place::Disguise),
        ("100::1", Place::Nowhere),
        ("100:0:0:1::1", Place::Reserved),
        ("1fff:ffff::1", Place::Reserved),
        ("2001:0:7f00:1:0:0:fefe:fefe", Place::ThisMachine),
        ("2001:0:808:808:0:0:f5ff:fffe", Place::Private),
        ("2001:2::1", Place::Measurement),
        ("2001:10::1", Place::Reserved),
        ("2001:2f:ffff::1", Place::Reserved),
        ("2001:3f:ffff::1", Place::Reserved),
        ("2001:db8::1", Place::Example),
        ("2001:db8:ffff:ffff::1", Place::Example),
        ("2002:7f00:1::1", Place::ThisMachine),
        ("2002:a00:1::1", Place::Private),
        ("2002:c0a8:101::1", Place::Private),
        ("2002:101:101::5efe:10.0.0.1", Place::Private),
        ("2600::5efe:10.0.0.1", Place::Private),
        ("2600::200:5efe:192.168.0.1", Place::Private),
        ("3fff::1", Place::Example),
        ("3fff:fff:ffff::1", Place::Example),
        ("4000::1", Place::Reserved),
        ("5f00::1", Place::Reserved),
        ("fc00::1", Place::Private),
        ("fd12:3456:789a::1", Place::Private),
        ("fd00:ec2::254", Place::Metadata),
        ("fd20:ce::254", Place::Metadata),
        ("fe80::1", Place::Link),
        ("febf:ffff::1", Place::Link),
        ("fec0::1", Place::Private),
        ("ff02::1", Place::Many),
        ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Place::Many),
    ];
    for (text, place) in rows {
        assert_eq!(judge(ip(text), &[]), Err(place), "{text}");
    }
}

#[test]
fn the_owner_allows_networks_and_no_metadata() {
    let rows: [(&str, &[&str], Result<(), Place>); 13] = [
        ("10.1.2.3", &["10.1.0.0/16"], Ok(())),
        ("10.2.2.3", &["10.1.0.0/16"], Err(Place::Private)),
        ("10.2.2.3", &["192.168.0.0/16", "10.2.2.3/32"], Ok(())),
        ("::1", &["::1/128"], Ok(())),
        ("fd12::1", &["fd12::/16"], Ok(())),
        // What is allowed is the address itself, not one that it is hidden in.
        ("::ffff:10.1.2.3", &["10.1.0.0/16"], Err(Place::Disguise)),
        ("64:ff9b::10.1.2.3", &["10.1.0.0/16"], Err(Place::Private)),
        ("64:ff9b::10.1.2.3", &["64:ff9b::/96"], Ok(())),
        ("169.254.169.254", &["169.254.0.0/16"], Err(Place::Metadata)),
        ("169.254.169.254", &["0.0.0.0/0", "::/0"], Err(Place::Metadata)),
        ("::ffff:169.254.169.254", &["::/0"], Err(Place::Metadata)),
        ("64:ff9b::169.254.169.254", &["::/0"], Err(Place::Metadata)),
        ("fd00:ec2::254", &["fd00::/8"], Err(Place::Metadata)),
    ];
    for (text, allow, expected) in rows {
        assert_eq!(judge(ip(text), &nets(allow)), expected, "{text} with {allow:?}");
    }
}
