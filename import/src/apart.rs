//! Reads PDF files in a process of its own: what a file of a stranger makes of its reader (a crash, an endless loop, all
//! memory) ends that process and nothing else.

use crate::{ImportError, Limits, pdf, reading::Reading};
use domain::article::{Block, Imprint};
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};
use std::{
    io::{self, Read, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Condvar, Mutex, PoisonError},
    thread,
    time::Duration,
};

/// What a program that reads files apart is called with.
pub const APART: &str = "read-apart";
/// The most memory that the process may ask for, in bytes.
pub const MAX_APART_MEMORY: u64 = 256 * 1024 * 1024;
/// The most time of the processor that it takes, in seconds.
pub const MAX_APART_SECONDS: u64 = 20;
/// The most bytes of its answer.
const MAX_ANSWER: u64 = 64 * 1024 * 1024;
/// How often is looked whether it is done, and after how many looks it is ended: 40 seconds.
const LOOK: Duration = Duration::from_millis(10);
const MOST_LOOKS: u32 = 4_000;

/// How many such processes there may be at a time; other files wait their turn.
pub const MAX_APART: usize = 2;

/// How many there are.
static BUSY: Mutex<usize> = Mutex::new(0);
static DONE: Condvar = Condvar::new();

/// The place of one of them, given back when it is dropped.
struct Turn;

impl Turn {
    fn wait() -> Self {
        let busy = BUSY.lock().unwrap_or_else(PoisonError::into_inner);
        let mut busy = DONE.wait_while(busy, |busy| *busy >= MAX_APART).unwrap_or_else(PoisonError::into_inner);
        *busy += 1;
        Self
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *BUSY.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        DONE.notify_one();
    }
}

/// What the process answers.
#[derive(Serialize, Deserialize)]
enum Answer {
    Read { page_name: Option<String>, blocks: Vec<Block>, imprint: Box<Imprint> },
    FileTooLarge { bytes: usize, limit: usize },
    TooManyPages { pages: usize, limit: usize },
    TooMuchText { limit: usize },
    NoTextLayer,
    Locked { password: bool },
    Damaged { what: String },
}

/// Reads a file in a process of this program, which calls [`answer`].
///
/// # Errors
/// As for [`pdf::read`], and [`ImportError::TooHard`] when the process gives no answer.
pub(crate) fn read(program: &Path, bytes: &[u8], limits: &Limits) -> Result<Reading, ImportError> {
    if bytes.len() > limits.max_file_bytes {
        return Err(ImportError::FileTooLarge { bytes: bytes.len(), limit: limits.max_file_bytes });
    }
    let answer = ask(program, bytes).ok().flatten().ok_or(ImportError::TooHard)?;
    match answer {
        Answer::Read { page_name, blocks, imprint } => {
            let pieces = blocks.into_iter().map(Into::into).collect();
            Ok(Reading { page_name, pieces, wrapped: true, imprint: *imprint, ..Reading::default() })
        }
        Answer::FileTooLarge { bytes, limit } => Err(ImportError::FileTooLarge { bytes, limit }),
        Answer::TooManyPages { pages, limit } => Err(ImportError::TooManyPages { pages, limit }),
        Answer::TooMuchText { limit } => Err(ImportError::TooMuchText { limit }),
        Answer::NoTextLayer => Err(ImportError::NoTextLayer),
        Answer::Locked { password } => Err(ImportError::Locked { by: pdf::lock(password) }),
        Answer::Damaged { what } => Err(ImportError::Damaged { what }),
    }
}

fn ask(program: &Path, bytes: &[u8]) -> io::Result<Option<Answer>> {
    let _turn = Turn::wait();
    let mut command = Command::new(program);
    command.arg(APART).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    thread::scope(|scope| {
        let tell = |mut stdin: ChildStdin| {
            // A process that has its answer early does not read to the end.
            let _ = stdin.write_all(bytes);
        };
        stdin.map(|stdin| scope.spawn(move || tell(stdin)));
        let hear = stdout.map(|stdout| {
            scope.spawn(move || {
                let mut answer = Vec::new();
                stdout.take(MAX_ANSWER).read_to_end(&mut answer).map(|_| answer)
            })
        });
        let well = wait(&mut child)?;
        let answer = hear.and_then(|hear| hear.join().ok()).transpose()?.unwrap_or_default();
        Ok(if well { serde_json::from_slice(&answer).ok() } else { None })
    })
}

/// Waits for the process, and ends it when it takes too long. Whether it ended well.
fn wait(child: &mut Child) -> io::Result<bool> {
    for _ in 0..MOST_LOOKS {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        thread::sleep(LOOK);
    }
    child.kill()?;
    child.wait().map(|_| false)
}

/// The other side: bounds what this process may take, reads a file and writes the answer. To be called by a program
/// that is started with [`APART`], before anything else.
///
/// # Errors
/// Limits that cannot be set, a file that cannot be read, an answer that cannot be written.
pub fn answer(input: impl Read, mut output: impl Write) -> io::Result<()> {
    let limit = |most| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::Cpu, limit(MAX_APART_SECONDS))?;
    setrlimit(Resource::Data, limit(MAX_APART_MEMORY))?;
    let limits = Limits::default();
    let mut bytes = Vec::new();
    input.take(limits.max_file_bytes as u64 + 1).read_to_end(&mut bytes)?;
    let answer = match pdf::read(bytes, &limits) {
        Ok(Reading { page_name, pieces, imprint, .. }) => {
            let blocks = pieces.into_iter().map(|piece| piece.block).collect();
            Answer::Read { page_name, blocks, imprint: Box::new(imprint) }
        }
        Err(ImportError::FileTooLarge { bytes, limit }) => Answer::FileTooLarge { bytes, limit },
        Err(ImportError::TooManyPages { pages, limit }) => Answer::TooManyPages { pages, limit },
        Err(ImportError::TooMuchText { limit }) => Answer::TooMuchText { limit },
        Err(ImportError::NoTextLayer) => Answer::NoTextLayer,
        Err(ImportError::Locked { by }) => Answer::Locked { password: by == pdf::lock(true) },
        Err(ImportError::Damaged { what }) => Answer::Damaged { what },
        Err(error) => Answer::Damaged { what: error.to_string() },
    };
    output.write_all(&serde_json::to_vec(&answer)?)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_does_not_answer_is_an_error() {
        for program in ["/bin/true", "/bin/false", "/nowhere/postil", "/bin/echo"] {
            let read = read(Path::new(program), b"%PDF-", &Limits::default());
            assert_eq!(read.map(drop), Err(ImportError::TooHard), "{program}");
        }
    }
}
