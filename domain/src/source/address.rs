//! Web addresses in running text: bare domains and URLs, whose parts are not names.

use super::bounds::in_word;
use std::ops::Range;

/// An address in a text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// All of it, path included: no name inside of it counts.
    pub whole: Range<usize>,
    /// Its host, where that is known.
    pub host: Option<Range<usize>>,
}

/// The longest name that a host can have (RFC 1035, 2.3.4).
const LONGEST_HOST: usize = 253;

/// Top-level domains of more than two letters that turn two words with a dot between them into an address. Text
/// that lost its spaces has such pairs too (`LSM.while`), so any other ending is taken for a word.
const ENDINGS: &[&str] = &[
    "com", "org", "net", "info", "biz", "edu", "gov", "int", "mil", "news", "media", "press", "online", "site", "app",
    "dev", "blog", "live", "world", "today", "digital", "social", "agency", "example", "test",
];

/// The addresses in a text, in the order in which they stand. `known` says whether a host, as it stands there, is one
/// that is looked for.
pub(super) fn addresses(text: &str, known: impl Fn(&str) -> bool) -> Vec<Address> {
    let mut found = Vec::new();
    let mut past = 0;
    for run in runs(text) {
        if run.start >= past
            && let Some(address) = read(text, run, &known)
        {
            past = address.whole.end;
            found.push(address);
        }
    }
    found
}

/// Whether a name reads as a host: small labels with dots between them and a usual ending.
pub(crate) fn is_host(name: &str) -> bool {
    let label = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    name.contains('.') && name.split('.').all(label) && name.rsplit('.').next().is_some_and(is_ending)
}

/// The stretches of letters, digits, hyphens and single dots that hold a dot or follow `://`.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let start = rest + text[rest..].find(in_word)?;
            let mut dotted = false;
            let mut end = text.len();
            let mut after_dot = false;
            for (byte, c) in text[start..].char_indices() {
                let goes_on = in_word(c) || c == '-' || (c == '.' && !after_dot);
                if !goes_on {
                    end = start + byte;
                    break;
                }
                dotted |= after_dot;
                after_dot = c == '.';
            }
            rest = end;
            let run = start..start + text[start..end].trim_end_matches(['.', '-']).len();
            if dotted || text[..start].ends_with("://") {
                return Some(run);
            }
        }
    })
}

fn read(text: &str, run: Range<usize>, known: impl Fn(&str) -> bool) -> Option<Address> {
    let (head, tail) = (&text[..run.start], &text[run.end..]);
    let is_url = head.ends_with("://");
    let is_mail = head.ends_with('@') || tail.starts_with('@');
    if is_url {
        let host = (!is_mail && !has_user(tail) && known(bounded(&text[run.clone()]))).then(|| run.clone());
        return Some(Address { whole: run.start..path_end(text, run.end), host });
    }
    if is_mail {
        return Some(Address { whole: run, host: None });
    }
    let host = run.start..run.start + bare_host(bounded(&text[run.clone()]), &known)?;
    let end = if host.end == run.end { path_end(text, run.end) } else { host.end };
    let is_known = known(&text[host.clone()]);
    Some(Address { whole: host.start..end, host: is_known.then_some(host) })
}

/// Nothing, when it is too long to be a host: then it is not worth a look at each of its labels.
fn bounded(host: &str) -> &str {
    if host.len() > LONGEST_HOST { "" } else { host }
}

/// How many bytes of the run are a host. Sentences that lost the space between them are taken off the end:
/// `LSM.lv.While` ends before `While`. What has three labels and is not known stays whole, so that `delfi.lv.elsewhere`
/// is not read as `delfi.lv`.
fn bare_host(run: &str, known: impl Fn(&str) -> bool) -> Option<usize> {
    let mut host = run;
    loop {
        let (front, label) = host.rsplit_once('.')?;
        if known(host) {
            return Some(host.len());
        }
        let begins_a_sentence = label.chars().next().is_some_and(char::is_uppercase);
        if begins_a_sentence || label.bytes().all(|byte| byte.is_ascii_digit()) {
            host = front;
            continue;
        }
        return (front.contains('.') || is_ending(label)).then_some(host.len());
    }
}

fn is_ending(label: &str) -> bool {
    let one_case = !label.bytes().any(|b| b.is_ascii_lowercase()) || !label.bytes().any(|b| b.is_ascii_uppercase());
    let country = label.len() == 2 && label.bytes().all(|byte| byte.is_ascii_alphabetic());
    one_case && (country || ENDINGS.iter().any(|ending| ending.eq_ignore_ascii_case(label)))
}

/// Whether what follows `https://name` shows that `name` was a user: `https://lsm.lv:x@elsewhere.com`.
fn has_user(tail: &str) -> bool {
    let authority = tail.chars().take(LONGEST_HOST).take_while(|c| !c.is_whitespace() && !matches!(c, '/' | '?' | '#'));
    tail.starts_with(':') && authority.into_iter().any(|c| c == '@')
}

/// Where the path that follows a host ends. A comma ends it too: in text without spaces a name follows.
fn path_end(text: &str, host_end: usize) -> usize {
    let tail = &text[host_end..];
    let port = tail.strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if !port && !tail.starts_with(['/', '?', '#', '\\', '@']) && !has_user(tail) {
        return host_end;
    }
    let ends = |c: char| c.is_whitespace() || ",;<>\"()[]{}|«»„“”‘’".contains(c);
    host_end + tail.find(ends).unwrap_or(tail.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let known = |host: &str| {
            let host = host.to_lowercase();
            host == "lsm.lv" || host.ends_with(".lsm.lv") || host == "delfi.lv"
        };
        let found: Vec<(&str, &str)> = addresses(text, known)
            .into_iter()
            .map(|address| (&text[address.whole], address.host.map_or("", |host| &text[host])))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn addresses_are_found() {
        check("see lsm.lv.", &[("lsm.lv", "lsm.lv")]);
        check("LSM.lv, Delfi.LV", &[("LSM.lv", "LSM.lv"), ("Delfi.LV", "Delfi.LV")]);
        check("rus.lsm.lv/a?b=delfi.lv c", &[("rus.lsm.lv/a?b=delfi.lv", "rus.lsm.lv")]);
        check("(https://www.lsm.lv/a,delfi.lv)", &[("www.lsm.lv/a", "www.lsm.lv"), ("delfi.lv", "delfi.lv")]);
        check("delfi.lv.evil.com", &[("delfi.lv.evil.com", "")]);
        check("https://delfi.lv.Evil", &[("delfi.lv.Evil", "")]);
        check("notlsm.lv my-lsm.lv", &[("notlsm.lv", ""), ("my-lsm.lv", "")]);
        check("LSM.lv.While LSM.lv.2", &[("LSM.lv", "LSM.lv"), ("LSM.lv", "LSM.lv")]);
        check("LSM.While LSM.while e.g. D.C. 3.14 Nr.1", &[]);
        check("info@lsm.lv lsm.lv@evil.com", &[("lsm.lv", ""), ("lsm.lv", ""), ("evil.com", "")]);
        check("https://lsm.lv@evil.com/lsm.lv", &[("lsm.lv@evil.com/lsm.lv", "")]);
        check("https://lsm.lv:x@evil.com/", &[("lsm.lv:x@evil.com/", "")]);
        check(
            "https://evil.com/lsm.lv http://localhost:80/lsm.lv",
            &[("evil.com/lsm.lv", ""), ("localhost:80/lsm.lv", "")],
        );
        check("lsm.lv...delfi.lv", &[("lsm.lv", "lsm.lv"), ("delfi.lv", "delfi.lv")]);
        check(&"a.".repeat(1000), &[]);
        check("", &[]);
    }

    #[test]
    fn a_name_reads_as_a_host_or_does_not() {
        for (name, host) in [
            ("lsm.lv", true),
            ("LSM.LV", true),
            ("RT.com", true),
            ("15min.lt", true),
            ("Rus.Delfi", false),
            ("F.A.Z.", false),
            ("Delfi", false),
            ("Пресс.лв", false),
        ] {
            assert_eq!(is_host(name), host, "{name}");
        }
    }
}
