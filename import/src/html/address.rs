//! Where links and pictures lead: their addresses made whole, the best of several pictures.

use super::tree::attribute;
use crate::{
    archive::unescaped,
    footnote::{Place, digest},
};
use dom_query::NodeRef;
use domain::article::WebAddress;
use url::Url;

/// The widest picture that a reader has a use for, in pixels; of several, the widest up to this is taken.
const WIDE_ENOUGH: f64 = 2000.0;
/// How wide a picture is whose page says how many times more pixels it has, in pixels for each time.
const WIDTH_OF_ONE: f64 = 800.0;
/// The attributes in which a page that loads its pictures late keeps their addresses.
const LATE: [&str; 4] = ["data-src", "data-original", "data-lazy-src", "data-url"];
const LATE_SETS: [&str; 2] = ["data-srcset", "data-lazy-srcset"];

/// Completes addresses (URL standard, 4.3).
#[derive(Debug, Clone, Default)]
pub(super) struct Addresses {
    base: Option<Url>,
    /// A digest of the address of the page itself.
    page: u64,
}

impl Addresses {
    /// Those of a page that was found there, and that says its addresses begin elsewhere (`<base href>`).
    pub fn of(page: Option<&Url>, base: Option<&str>) -> Self {
        let base = match base {
            Some(base) => Url::options().base_url(page).parse(base.trim()).ok().or_else(|| page.cloned()),
            None => page.cloned(),
        };
        let own = page.map(|page| digest(page.as_str().split('#').next().unwrap_or_default()));
        Self { base: base.filter(|base| matches!(base.scheme(), "http" | "https")), page: own.unwrap_or_default() }
    }

    /// A whole address, when it can be made and a page may link to it.
    pub fn complete(&self, written: &str) -> Option<WebAddress> {
        let written = written.trim();
        if let Some(address) = WebAddress::parse(written) {
            return Some(address);
        }
        // What begins with a scheme of its own is not relative; a fragment leads to the same page.
        let base = self.base.as_ref().filter(|_| !written.is_empty() && !written.starts_with('#'))?;
        WebAddress::parse(base.join(written).ok()?.as_str())
    }

    /// The place of this name in the page.
    pub fn place_here(&self, name: &str) -> Place {
        Place::of(self.page, name)
    }

    /// The place in a page to which a link leads; `link` is its whole address, when that can be made.
    pub fn place(&self, written: &str, link: Option<&WebAddress>) -> Option<Place> {
        let (page, name) = match written.trim().strip_prefix('#') {
            Some(name) => (self.page, name),
            None => link?.as_str().split_once('#').map(|(page, name)| (digest(page), name))?,
        };
        (!name.is_empty()).then(|| Place::of(page, &unescaped(name)))
    }

    /// The picture that an element shows: the best that it offers.
    pub fn picture(&self, node: &NodeRef<'_>) -> Option<WebAddress> {
        let whole = |name: &str| attribute(node, name).and_then(|address| self.picture_address(&address));
        let set = |name: &str| attribute(node, name).and_then(|set| self.widest(&set));
        let of_sources = || {
            let parent = node.parent().filter(|parent| parent.has_name("picture"))?;
            let sources = parent.children_it(false).filter(|node| node.has_name("source"));
            let sets =
                sources.filter_map(|source| attribute(&source, "srcset").or_else(|| attribute(&source, LATE_SETS[0])));
            sets.into_iter().find_map(|set| self.widest(&set))
        };
        let late = || LATE_SETS.iter().find_map(|name| set(name)).or_else(|| LATE.iter().find_map(|name| whole(name)));
        let placeholder = |address: &WebAddress| is_placeholder(address.as_str());
        set("srcset")
            .filter(|address| !placeholder(address))
            .or_else(late)
            .or_else(|| whole("src").filter(|address| !placeholder(address)))
            .or_else(of_sources)
            .or_else(|| whole("src"))
    }

    /// The picture that an element is about, by its microdata (HTML standard, 5.2.2).
    pub fn named_picture(&self, node: &NodeRef<'_>) -> Option<WebAddress> {
        let is_picture = attribute(node, "itemtype").is_some_and(|kind| kind.ends_with("schema.org/ImageObject"));
        attribute(node, "itemid").filter(|_| is_picture).and_then(|address| self.picture_address(&address))
    }

    fn picture_address(&self, written: &str) -> Option<WebAddress> {
        self.complete(written).filter(|address| !address.as_str().starts_with("mailto:"))
    }

    /// The widest picture of a set (HTML standard, 4.8.4.2.1), as long as it is not wider than there is a use for.
    fn widest(&self, set: &str) -> Option<WebAddress> {
        let mut best: Option<(f64, WebAddress)> = None;
        for (address, width) in candidates(set) {
            let better = best.as_ref().is_none_or(|(so_far, _)| match (width <= WIDE_ENOUGH, *so_far <= WIDE_ENOUGH) {
                (true, true) => width > *so_far,
                (true, false) => true,
                (false, fits) => !fits && width < *so_far,
            });
            if better && let Some(address) = self.picture_address(address) {
                best = Some((width, address));
            }
        }
        best.map(|(_, address)| address)
    }
}

/// The addresses of a set with their widths. A comma parts them only where white space follows, or where a width goes
/// before: addresses hold commas too.
fn candidates(set: &str) -> impl Iterator<Item = (&str, f64)> {
    let mut rest = set;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        if let Some(address) = address.strip_suffix(',') {
            rest = after;
            return Some((address, WIDTH_OF_ONE));
        }
        let end = after.find(',').unwrap_or(after.len());
        let (width, after) = after.split_at(end);
        rest = after;
        let width = width.trim();
        let number = |unit| width.strip_suffix(unit).and_then(|number: &str| number.trim().parse::<f64>().ok());
        Some((address, number('w').or_else(|| number('x').map(|times| times * WIDTH_OF_ONE)).unwrap_or(WIDTH_OF_ONE)))
    })
}

/// Whether an address is that of a picture that only holds the place.
fn is_placeholder(address: &str) -> bool {
    const NAMES: [&str; 7] = ["blank.", "spacer.", "placeholder", "1x1", "transparent.", "pixel.", "grey.gif"];
    let file = address.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    NAMES.iter().any(|name| file.to_ascii_lowercase().contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    #[test]
    fn addresses_are_made_whole() {
        let page = Url::parse("https://a.lv/news/b?c").unwrap();
        let rows = [
            (Some(&page), None, "d.html", Some("https://a.lv/news/d.html")),
            (Some(&page), None, "//b.lv/x", Some("https://b.lv/x")),
            (Some(&page), Some("/e/"), "d", Some("https://a.lv/e/d")),
            (None, Some("https://c.lv/"), "d", Some("https://c.lv/d")),
            (None, None, "d", None),
            (Some(&page), None, "#top", None),
            (Some(&page), None, "javascript:alert(1)", None),
            (Some(&page), Some("javascript:alert(1)"), "d", None),
            (Some(&page), None, "https://D.lv/x y", Some("https://d.lv/x%20y")),
        ];
        for (page, base, written, expected) in rows {
            let address = Addresses::of(page, base).complete(written);
            assert_eq!(address.as_ref().map(WebAddress::as_str), expected, "{written}");
        }
    }

    #[test]
    fn the_best_picture_is_taken() {
        let rows = [
            ("<img src=a.png>", Some("https://a.lv/a.png")),
            ("<img src=data:image/gif;base64,R0 data-src=b.png>", Some("https://a.lv/b.png")),
            ("<img src=/blank.gif data-original=b.png>", Some("https://a.lv/b.png")),
            ("<img src=a.png srcset='b.png 400w, c.png 1200w, d.png 4000w'>", Some("https://a.lv/c.png")),
            ("<img srcset='b,1.png, c.png 2x'>", Some("https://a.lv/c.png")),
            ("<img srcset='b.png 3000w,c.png 4000w'>", Some("https://a.lv/b.png")),
            ("<picture><source srcset=e.webp><img src=data:,></picture>", Some("https://a.lv/e.webp")),
            ("<img src=javascript:alert(1)>", None),
            ("<img alt=x>", None),
        ];
        let page = Url::parse("https://a.lv/").unwrap();
        for (html, expected) in rows {
            let document = Document::from(html);
            let picture = Addresses::of(Some(&page), None).picture(&document.select("img").nodes()[0]);
            assert_eq!(picture.as_ref().map(WebAddress::as_str), expected, "{html}");
        }
    }
}
