//! What the scripts of `style/` say: the strings in `say("…")`, `later("…")` and `say.counted("…", "…")`.

use grammar::Message;

/// The messages of a script.
pub fn find(source: &str) -> Vec<Message> {
    let mut messages = Vec::new();
    for (at, line) in source.lines().enumerate() {
        for call in ["say(", "later("] {
            for (begin, _) in line.match_indices(call) {
                let is_own = !line[..begin].ends_with(|letter: char| letter.is_alphanumeric() || letter == '.');
                if let Some((id, _)) = string(&line[begin + call.len()..]).filter(|(id, _)| is_own && !id.is_empty()) {
                    messages.push(message(id, None, at + 1));
                }
            }
        }
    }
    // Both forms of a counted message may stand on lines of their own.
    for (begin, call) in source.match_indices("say.counted(") {
        let one = string(&source[begin + call.len()..]);
        let both = one.and_then(|(one, rest)| Some((one, string(rest.trim_start().strip_prefix(',')?)?.0)));
        if let Some((one, many)) = both {
            messages.push(message(one, Some(many), source[..begin].matches('\n').count() + 1));
        }
    }
    messages
}

fn message(id: String, plural: Option<String>, line: usize) -> Message {
    Message { id, context: None, plural, in_pieces: false, line }
}

/// The string in double quotes that comes next, and what stands behind it. Scripts write no quotes into their words.
fn string(text: &str) -> Option<(String, &str)> {
    let (words, rest) = text.trim_start().strip_prefix('"')?.split_once('"')?;
    Some((words.to_owned(), rest))
}
