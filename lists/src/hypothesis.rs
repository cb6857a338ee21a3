//! Hypothesis: the rows that `/api/search` gives, and the `annotations` that its client exports.

mod thread;

use crate::{
    Item, ListError, Mark, Remark,
    gather::{Found, Gathering, shown},
    json,
};
use serde_json::Value;
use thread::Threads;

pub(crate) fn knows(first: &Value) -> bool {
    first.get("uri").is_some() && (first.get("target").is_some() || first.get("user").is_some())
}

pub(crate) fn read_rows(all: &[Value], gathering: &mut Gathering) -> Result<(), ListError> {
    let threads = Threads::of(all);
    for (number, one) in all.iter().enumerate() {
        let place = format!("item {}", number + 1);
        if !threads.is_nested(number) {
            let found = annotation(place, number, one, &threads, gathering);
            gathering.take(found)?;
        }
    }
    Ok(())
}

/// An annotation with its replies: a highlight where it has words, else a note about the page.
fn annotation(place: String, number: usize, one: &Value, threads: &Threads, gathering: &mut Gathering) -> Found {
    let made_at = json::moment(gathering, &place, one, "created");
    let replies = threads.replies(number, |one| reply(&place, one, gathering));
    let remarks = match remark(&place, one, gathering) {
        Some(note) => vec![Remark { replies, ..note }],
        None => replies,
    };
    let tags = json::tags(one, "tags");
    let targets = json::array(one, "target");
    if targets.len() > 1 {
        gathering.leave_out(&place, "it speaks of several places: the first alone is kept");
    }
    let target = targets.first().unwrap_or(&Value::Null);
    let mut item =
        Item { title: one.get("document").and_then(|document| json::text(document, "title")), ..Item::default() };
    match mark(target) {
        Some(mark) => item.marks.push(Mark { remarks, tags, made_at, ..mark }),
        None => {
            if !json::array(target, "selector").is_empty() {
                gathering.leave_out(&place, "its place is told without words, so it cannot be found in a text");
            } else if remarks.is_empty() && tags.is_empty() && one.is_object() {
                gathering.leave_out(&place, "it says nothing");
            }
            item.notes = remarks;
            item.tags = tags;
        }
    }
    let uri = json::text(one, "uri").or_else(|| json::text(target, "source"));
    let address = uri.clone().filter(|uri| uri.starts_with("http"));
    let proxied = address.as_deref().and_then(|address| address.strip_prefix("https://via.hypothes.is/"));
    let address = proxied.filter(|inner| inner.starts_with("http")).map(str::to_owned).or(address);
    Found { place, address, name: uri, item }
}

/// What somebody answered. A reply has no tags here.
fn reply(place: &str, one: &Value, gathering: &mut Gathering) -> Option<Remark> {
    for tag in json::tags(one, "tags") {
        gathering.leave_out(place, format!("the tag {} of a reply", shown(&tag)));
    }
    remark(place, one, gathering)
}

/// What somebody wrote; nothing where they wrote nothing.
fn remark(place: &str, one: &Value, gathering: &mut Gathering) -> Option<Remark> {
    let at = json::moment(gathering, place, one, "created");
    let remark = Remark::own(&json::text(one, "text")?, at)?;
    let called = one.get("user_info").and_then(|user| json::text(user, "display_name"));
    Some(Remark { by: called.or_else(|| json::text(one, "user").map(|user| account(&user))), ..remark })
}

/// The name in `acct:name@authority`.
fn account(user: &str) -> String {
    let name = user.strip_prefix("acct:").unwrap_or(user);
    name.rsplit_once('@').map_or(name, |(name, _)| name).to_owned()
}

/// The words that a target quotes, and where they stand.
fn mark(target: &Value) -> Option<Mark> {
    let of = |kind: &str| {
        json::array(target, "selector").iter().find(|selector| selector.get("type").is_some_and(|name| *name == *kind))
    };
    let quote = of("TextQuoteSelector")?;
    // White space belongs to the context, so it is taken as it stands.
    let words =
        |name: &str| quote.get(name).and_then(Value::as_str).filter(|words| !words.is_empty()).map(str::to_owned);
    let position = of("TextPositionSelector").unwrap_or(&Value::Null);
    let number = |name: &str| position.get(name).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    Some(Mark {
        quote: words("exact").filter(|words| !words.trim().is_empty())?,
        prefix: words("prefix"),
        suffix: words("suffix"),
        start: number("start"),
        end: number("end"),
        ..Mark::default()
    })
}
