//! A line of JSON in, a line of JSON out.

use crate::commands::Outcome;
use std::io::{BufRead, ErrorKind, Write};

/// Answers each line before the next one is read; a line without words is passed over. `answer` is handed a line and
/// writes its answer without the line break.
///
/// # Errors
/// What cannot be read or written, and what `answer` says, with the number of the line from 1. When nobody reads the answers
/// any more, that is the end and no error.
pub fn answer_each(
    mut input: impl BufRead,
    mut output: impl Write,
    answer: impl Fn(&[u8], &mut Vec<u8>) -> serde_json::Result<()>,
) -> Outcome {
    let (mut line, mut answered) = (Vec::new(), Vec::new());
    for number in 1_u64.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        answered.clear();
        answer(&line, &mut answered).map_err(|error| format!("line {number}: {error}"))?;
        answered.push(b'\n');
        // Whoever reads the answers may have heard enough.
        match output.write_all(&answered).and_then(|()| output.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => break,
            written => written?,
        }
    }
    Ok(())
}
