//! Walks a parsed page without recursion, so that no depth overflows the stack.

use crate::runs::is_space;
use dom_query::{NodeData, NodeRef};

/// Walks all nodes below one, in reading order. `enter` says whether to go into a node; `leave` is called for each
/// node that was gone into.
pub(super) fn traverse<'a, V: Visitor<'a>>(root: NodeRef<'a>, visitor: &mut V) {
    let mut at = root.first_child();
    while let Some(node) = at {
        if visitor.enter(&node) {
            if let Some(child) = node.first_child() {
                at = Some(child);
                continue;
            }
            visitor.leave(&node);
        }
        at = next(node, root, visitor);
    }
}

fn next<'a, V: Visitor<'a>>(mut node: NodeRef<'a>, root: NodeRef<'a>, visitor: &mut V) -> Option<NodeRef<'a>> {
    loop {
        if let Some(sibling) = node.next_sibling() {
            return Some(sibling);
        }
        node = node.parent().filter(|parent| parent.id != root.id)?;
        visitor.leave(&node);
    }
}

/// What is done at each node.
pub(super) trait Visitor<'a> {
    /// At a node, before its children. Whether to go on to them.
    fn enter(&mut self, node: &NodeRef<'a>) -> bool;
    /// After its children.
    fn leave(&mut self, node: &NodeRef<'a>);
}

/// The name of an element; nothing for other nodes.
pub(super) fn name(node: &NodeRef<'_>) -> Option<String> {
    node.element_ref().map(|element| element.name.local.to_string())
}

/// The value of an attribute.
pub(super) fn attribute(node: &NodeRef<'_>, name: &str) -> Option<String> {
    node.attr(name).map(|value| value.to_string())
}

/// All words in an element, with one space between each two; nothing when they have more bytes than the limit.
pub(super) fn short_text(node: &NodeRef<'_>, limit: usize) -> Option<String> {
    let mut text = String::new();
    for inner in node.descendants_it() {
        inner.query(|inner| {
            if let NodeData::Text { contents } = &inner.data {
                for word in contents.split(|c| is_space(c) || c == '\u{a0}').filter(|word| !word.is_empty()) {
                    text.push_str(if text.is_empty() { "" } else { " " });
                    text.push_str(word);
                }
            }
        });
        if text.len() > limit {
            return None;
        }
    }
    Some(text)
}

/// The number in an attribute.
pub(super) fn number(node: &NodeRef<'_>, name: &str) -> Option<u32> {
    attribute(node, name)?.trim().parse().ok()
}
