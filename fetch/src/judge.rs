//! Whether an address may be connected to: only what is on the public internet, and what the owner allows.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Where an address is, when it is not on the public internet. Reads on from the name of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Place {
    /// Loopback.
    #[error("is this machine itself")]
    ThisMachine,
    /// The unspecified address, and "this network" (RFC 1122).
    #[error("is nowhere")]
    Nowhere,
    /// A network of a home or a company (RFC 1918, RFC 4193), or IPv6's former site-local addresses.
    #[error("is in a private network")]
    Private,
    /// The addresses that a provider's customers share (RFC 6598); overlay networks use them too.
    #[error("is in a provider's own network")]
    Shared,
    /// Link-local.
    #[error("is on the local link")]
    Link,
    /// Where a cloud tells a machine its secrets. No list of allowed networks opens these.
    #[error("is where a cloud tells its machines their secrets")]
    Metadata,
    /// Multicast and broadcast.
    #[error("is many machines at once")]
    Many,
    /// For examples in documents (RFC 5737, RFC 3849, RFC 9637).
    #[error("is an example")]
    Example,
    /// For measurements (RFC 2544, RFC 5180).
    #[error("is in a network for measurements")]
    Measurement,
    /// An IPv4 address in a spelling that no host needs: mapped, compatible, or for a translator of the own network.
    #[error("is another address in disguise")]
    Disguise,
    /// Set aside by the IANA, or not given to anybody yet.
    #[error("is not an address of the internet")]
    Reserved,
}

/// Where clouds keep their metadata services: on the local link, in shared and in private networks. An owner who allows
/// one of those does not mean these.
const METADATA: [IpAddr; 5] = [
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 2)),
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254)),
    IpAddr::V6(Ipv6Addr::new(0xfd20, 0x00ce, 0, 0, 0, 0, 0, 0x0254)),
];

/// What of IPv4 is not public (the IANA's registry of special addresses). The first that fits counts.
const CLOSED_V4: [(Ipv4Net, Place); 17] = [
    (v4([0, 0, 0, 0], 8), Place::Nowhere),
    (v4([10, 0, 0, 0], 8), Place::Private),
    (v4([100, 64, 0, 0], 10), Place::Shared),
    (v4([127, 0, 0, 0], 8), Place::ThisMachine),
    (v4([169, 254, 0, 0], 16), Place::Link),
    (v4([172, 16, 0, 0], 12), Place::Private),
    (v4([192, 0, 0, 0], 24), Place::Reserved),
    (v4([192, 0, 2, 0], 24), Place::Example),
    (v4([192, 88, 99, 0], 24), Place::Reserved),
    (v4([192, 168, 0, 0], 16), Place::Private),
    (v4([198, 18, 0, 0], 15), Place::Measurement),
    (v4([198, 51, 100, 0], 24), Place::Example),
    (v4([203, 0, 113, 0], 24), Place::Example),
    (v4([233, 252, 0, 0], 24), Place::Example),
    (v4([224, 0, 0, 0], 4), Place::Many),
    (v4([255, 255, 255, 255], 32), Place::Many),
    (v4([240, 0, 0, 0], 4), Place::Reserved),
];

/// What of IPv6 has a name for not being public. The first that fits counts.
const CLOSED_V6: [(Ipv6Net, Place); 16] = [
    (v6([0, 0, 0, 0, 0, 0, 0, 0], 128), Place::Nowhere),
    (v6([0, 0, 0, 0, 0, 0, 0, 1], 128), Place::ThisMachine),
    (v6([0, 0, 0, 0, 0, 0, 0, 0], 96), Place::Disguise),
    (v6([0, 0, 0, 0, 0, 0xffff, 0, 0], 96), Place::Disguise),
    (v6([0, 0, 0, 0, 0xffff, 0, 0, 0], 96), Place::Disguise),
    (v6([0x0064, 0xff9b, 1, 0, 0, 0, 0, 0], 48), Place::Disguise),
    (v6([0x0100, 0, 0, 0, 0, 0, 0, 0], 64), Place::Nowhere),
    (v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7), Place::Private),
    (v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10), Place::Link),
    (v6([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10), Place::Private),
    (v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8), Place::Many),
    (v6([0x2001, 0x0002, 0, 0, 0, 0, 0, 0], 48), Place::Measurement),
    (v6([0x2001, 0x0db8, 0, 0, 0, 0, 0, 0], 32), Place::Example),
    (v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), Place::Example),
    // ORCHID and its like (RFC 7343, RFC 9374): names of hosts, not places. 2001::/32 before them is Teredo.
    (v6([0x2001, 0x0010, 0, 0, 0, 0, 0, 0], 28), Place::Reserved),
    (v6([0x2001, 0x0020, 0, 0, 0, 0, 0, 0], 27), Place::Reserved),
];

/// The part of IPv6 that is given to anybody (RFC 4291, 2.4): all else is closed without being named.
const GLOBAL_V6: Ipv6Net = v6([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);
/// How a network without IPv4 reaches it through a translator (NAT64, RFC 6052). Whole providers have nothing else.
const TRANSLATED: Ipv6Net = v6([0x0064, 0xff9b, 0, 0, 0, 0, 0, 0], 96);
/// IPv6 in IPv4 (RFC 3056).
const SIX_TO_FOUR: Ipv6Net = v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16);
/// IPv6 in UDP (RFC 4380).
const TEREDO: Ipv6Net = v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 32);

const fn v4([a, b, c, d]: [u8; 4], prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6([a, b, c, d, e, f, g, h]: [u16; 8], prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, e, f, g, h), prefix)
}

/// Whether this address may be connected to: it is on the public internet, or in a network that the owner allows. An
/// IPv4 address that is carried within an IPv6 address is judged too, and by what is public alone.
///
/// # Errors
/// Where the address is instead.
pub fn judge(address: IpAddr, allow: &[IpNet]) -> Result<(), Place> {
    let carried = match address {
        IpAddr::V4(_) => [None; 2],
        IpAddr::V6(address) => carried(address),
    };
    let faces = carried.into_iter().flatten().map(IpAddr::V4).chain([address]);
    if faces.into_iter().any(|face| METADATA.contains(&face)) {
        return Err(Place::Metadata);
    }
    if allow.iter().any(|network| network.contains(&address)) {
        return Ok(());
    }
    match address {
        IpAddr::V4(address) => judge_v4(address),
        IpAddr::V6(address) => judge_v6(address, carried),
    }
}

fn judge_v4(address: Ipv4Addr) -> Result<(), Place> {
    let closed = CLOSED_V4.iter().find(|(network, _)| network.contains(&address));
    closed.map_or(Ok(()), |(_, place)| Err(*place))
}

fn judge_v6(address: Ipv6Addr, carried: [Option<Ipv4Addr>; 2]) -> Result<(), Place> {
    if let Some((_, place)) = CLOSED_V6.iter().find(|(network, _)| network.contains(&address)) {
        return Err(*place);
    }
    carried.into_iter().flatten().try_for_each(judge_v4)?;
    let reachable = GLOBAL_V6.contains(&address) || TRANSLATED.contains(&address);
    if reachable { Ok(()) } else { Err(Place::Reserved) }
}

/// The IPv4 addresses that a packet to this one may end at.
fn carried(address: Ipv6Addr) -> [Option<Ipv4Addr>; 2] {
    let [_, b, c, d, e, f, g, h] = address.segments();
    let last = Some(joined(g, h));
    // Mapped, compatible, translated without state (RFC 2765): all that is zero but for its end.
    let plain = address.segments()[..4] == [0; 4] && [(0, 0), (0, 0xffff), (0xffff, 0)].contains(&(e, f));
    // A tunnel within a site (ISATAP, RFC 5214), whatever its prefix.
    let within_site = e & !0x0200 == 0 && f == 0x5efe;
    if TEREDO.contains(&address) {
        [Some(joined(c, d)), Some(joined(!g, !h))]
    } else if SIX_TO_FOUR.contains(&address) {
        [Some(joined(b, c)), last.filter(|_| within_site)]
    } else {
        [last.filter(|_| plain || within_site || TRANSLATED.contains(&address)), None]
    }
}

fn joined(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(high) << 16 | u32::from(low))
}

#[cfg(test)]
mod tests;
