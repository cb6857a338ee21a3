//! All of it, against servers of our own.

mod answers;
mod limits;
mod named;
mod posts;
mod redirects;
mod refused;
mod server;
mod tls;

use std::{net::IpAddr, sync::Arc, time::Duration};

use url::Url;

use crate::{Answer, FetchError, Fetched, Fetcher, Kind, Lookup, Rules, Want};

/// Small and quick, and allowed to reach this machine.
fn rules() -> Rules {
    let allow = vec!["127.0.0.1/32".parse().unwrap()];
    Rules { allow, max_bytes: 100_000, time: Duration::from_secs(5), ..Rules::default() }
}

/// A lookup that knows every host at these addresses.
fn at(addresses: &[&str]) -> Lookup {
    let addresses: Vec<IpAddr> = addresses.iter().map(|address| address.parse().unwrap()).collect();
    Arc::new(move |_| {
        let addresses = addresses.clone();
        Box::pin(async move { Ok(addresses) })
    })
}

fn fetcher() -> Fetcher {
    Fetcher::with_lookup(rules(), at(&["127.0.0.1"])).unwrap()
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

async fn page(fetcher: &Fetcher, address: &str) -> Result<Fetched, FetchError> {
    match fetcher.get(&url(address), Want::anew(Kind::Page)).await? {
        Answer::Fetched(fetched) => Ok(fetched),
        Answer::NotModified => panic!("{address} was asked for anew"),
    }
}
