//! Which annotation is a reply to which.

use crate::{Remark, json};
use serde_json::Value;
use std::collections::HashMap;

/// How deep replies nest. What is deeper, and what replies in a circle, stands as a note of its own.
const MAX_DEPTH: usize = 32;

pub(super) struct Threads<'a> {
    all: &'a [Value],
    /// Whether each is a reply that stands below another.
    nested: Vec<bool>,
    /// The replies to each, the oldest first.
    replies: HashMap<usize, Vec<usize>>,
}

impl<'a> Threads<'a> {
    /// `references` names those above a reply, from the first to the one that it answers. One that is not in the export is
    /// passed over, so a reply stands below the nearest that is.
    pub fn of(all: &'a [Value]) -> Self {
        let ids: HashMap<&str, usize> =
            all.iter().enumerate().filter_map(|(at, one)| Some((one.get("id")?.as_str()?, at))).collect();
        let above: Vec<Option<usize>> = all
            .iter()
            .enumerate()
            .map(|(at, one)| {
                let names = json::array(one, "references").iter().rev().filter_map(Value::as_str);
                names.filter_map(|name| ids.get(name).copied()).find(|parent| *parent != at)
            })
            .collect();
        let nested: Vec<bool> = (0..all.len()).map(|at| above[at].is_some() && has_end(at, &above)).collect();
        let mut replies: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, parent) in above.iter().enumerate() {
            if let (Some(parent), true) = (parent, nested[at]) {
                replies.entry(*parent).or_default().push(at);
            }
        }
        let made = |at: &usize| all.get(*at).and_then(|one| json::text(one, "created"));
        replies.values_mut().for_each(|replies| replies.sort_by_key(made));
        Self { all, nested, replies }
    }

    /// Whether this is a reply that stands below another.
    pub fn is_nested(&self, at: usize) -> bool {
        self.nested.get(at).copied().unwrap_or(false)
    }

    /// The replies to one, and the replies to these. One that says nothing gives its place to those below it.
    pub fn replies(&self, at: usize, mut read: impl FnMut(&Value) -> Option<Remark>) -> Vec<Remark> {
        self.below(at, &mut read)
    }

    fn below(&self, at: usize, read: &mut impl FnMut(&Value) -> Option<Remark>) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for reply in self.replies.get(&at).into_iter().flatten() {
            let said = self.all.get(*reply).and_then(&mut *read);
            let replies = self.below(*reply, read);
            match said {
                Some(said) => remarks.push(Remark { replies, ..said }),
                None => remarks.extend(replies),
            }
        }
        remarks
    }
}

/// Whether the way up from a reply ends soon.
fn has_end(at: usize, above: &[Option<usize>]) -> bool {
    let mut at = at;
    for _ in 0..=MAX_DEPTH {
        match above.get(at).copied().flatten() {
            Some(parent) => at = parent,
            None => return true,
        }
    }
    false
}
