//! AMP, the quick copies of articles: in caches of search engines, and beside the article on its own site.

use super::{ArticleAddress, key::Parts};

/// The article's own address, when this is the address of its copy in an AMP cache.
pub(super) fn original(address: &ArticleAddress) -> Option<ArticleAddress> {
    let mut found = None;
    while let Some(inner) = cached(found.as_ref().unwrap_or(address)) {
        found = Some(inner);
    }
    found
}

/// Whether this is the address of a copy in an AMP cache.
pub(super) fn is_cached(address: &ArticleAddress) -> bool {
    cached(address).is_some()
}

/// What a cache's path says of where the copy was taken from. It is shorter than the address that it stands in.
fn cached(address: &ArticleAddress) -> Option<ArticleAddress> {
    let parts = Parts::of(address);
    let rest = parts.path.strip_prefix('/')?;
    let place = if is_cache(parts.host) {
        ["c/", "v/", "wp/"].iter().find_map(|kind| rest.strip_prefix(kind))?
    } else if is_search(parts.host) {
        rest.strip_prefix("amp/")?
    } else {
        return None;
    };
    let place = place.strip_prefix("s/").unwrap_or(place);
    let query = parts.query.map(|query| format!("?{query}")).unwrap_or_default();
    ArticleAddress::typed(&format!("{place}{query}")).ok()
}

/// Hosts that hold nothing but copies, each under a name below theirs.
fn is_cache(host: &str) -> bool {
    let caches = ["cdn.ampproject.org", "bing-amp.com"];
    caches.iter().any(|cache| host.strip_suffix(cache).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// Search engines, which show copies under `/amp/`: `www.google.lv`, `google.co.uk`, `www.bing.com`.
fn is_search(host: &str) -> bool {
    let host = host.strip_prefix("www.").unwrap_or(host);
    let country = |ending: &str| {
        let ending = ending.strip_prefix("com.").or_else(|| ending.strip_prefix("co.")).unwrap_or(ending);
        ending == "com" || (ending.len() == 2 && !ending.contains('.'))
    };
    host == "bing.com" || host.strip_prefix("google.").is_some_and(country)
}

/// The path of the article of which the path, with its escapes in one form, names the AMP page; and without slashes at
/// its end.
pub(super) fn plain_path(path: &str) -> String {
    let mut path = path.trim_end_matches('/').to_owned();
    loop {
        let shorter = if let Some(rest) = path.strip_prefix("/amp/").filter(|rest| has_number(rest)) {
            format!("/{rest}")
        } else if let Some(rest) = path.strip_suffix("/amp").or_else(|| path.strip_suffix(".amp")) {
            rest.trim_end_matches('/').to_owned()
        } else if let Some(rest) = path.strip_suffix(".amp.html") {
            format!("{rest}.html")
        } else {
            return path;
        };
        // `/amp` alone is a page about AMP, not the front page; what is left with a dot would name the folder above.
        if shorter.is_empty() || shorter.ends_with("/.") || shorter.ends_with("/..") {
            return path;
        }
        path = shorter;
    }
}

/// Whether four digits stand together, as in an article's number or date: `/amp/` before anything else may be a section.
fn has_number(path: &str) -> bool {
    path.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}
