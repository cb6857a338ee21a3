//! Who says which addresses a host has, and how each of them is judged before it is connected to.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
};

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::{Place, judge};

/// The addresses of a host, on their way.
pub type Looking = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;
/// Who says which addresses a host has. Tests bring their own.
pub type Lookup = Arc<dyn Fn(&str) -> Looking + Send + Sync>;

/// The machine's own way: its hosts file and its name servers, on a thread where that may block.
pub fn of_this_machine() -> Lookup {
    Arc::new(|host| {
        let host = host.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    })
}

/// Looks a host up once for each connection and hands on what was judged, so that nothing else is connected to.
///
/// Invariant: a host of which any address is refused has none. One that mixes public and private addresses wants to be
/// reached at the latter.
pub struct Judged {
    /// Who is asked.
    pub lookup: Lookup,
    /// Networks that the owner allows.
    pub allow: Arc<[IpNet]>,
}

/// Why a host has no address that may be connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAddress {
    /// Nobody knows the host, or nobody can be asked.
    #[error("is not known")]
    Unknown,
    /// One of its addresses is not public.
    #[error(transparent)]
    Refused(Place),
}

impl Resolve for Judged {
    fn resolve(&self, name: Name) -> Resolving {
        let looking = (self.lookup)(name.as_str());
        let allow = Arc::clone(&self.allow);
        Box::pin(async move {
            let found = looking.await.map_err(|_| NoAddress::Unknown)?;
            if found.is_empty() {
                return Err(NoAddress::Unknown.into());
            }
            found.iter().try_for_each(|address| judge(*address, &allow)).map_err(NoAddress::Refused)?;
            // Port 0 is replaced by the address's.
            Ok(Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}
