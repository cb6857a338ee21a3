//! y-websocket, the server that comes with Yjs: got from npm into a folder, started, and spoken to as its clients do.
//!
//! Its messages: 0 (sync), then 0 (step 1, a state vector), 1 (step 2, an update) or 2 (an update), then bytes with their
//! length. Numbers are written with seven bits in a byte, the lowest first. An update that adds text behind other text
//! of the same client is written by hand below; that the server takes it in as such is seen by its telling it on, which
//! it does only for what has changed its document.

use crate::{
    Outcome,
    line::{Heard, Line},
};
use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where it is installed.
pub struct Yjs {
    server: PathBuf,
}

/// One that runs. It ends when this is dropped.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    process: Child,
}

impl Yjs {
    /// Installs it below this folder. Without Node or npm it says so.
    pub fn install(folder: &Path) -> Outcome<Result<Self, String>> {
        for tool in ["node", "npm"] {
            if Command::new(tool).arg("--version").output().is_err() {
                return Ok(Err(format!("there is no {tool} on this machine")));
            }
        }
        let folder = folder.join("y-websocket");
        std::fs::create_dir(&folder)?;
        let output = Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "y-websocket@1.5", "yjs@13"])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .output()?;
        let server = folder.join("node_modules/y-websocket/bin/server.js");
        if !output.status.success() || !server.exists() {
            return Ok(Err(format!("npm could not install it: {}", String::from_utf8_lossy(&output.stderr))));
        }
        Ok(Ok(Self { server }))
    }

    /// Starts it and waits for its first answer.
    pub async fn start(&self) -> Outcome<Running> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let process = Command::new("node")
            .arg(&self.server)
            .env("HOST", "127.0.0.1")
            .env("PORT", address.port().to_string())
            .stdout(Stdio::null())
            .spawn()?;
        let running = Running { address, process };
        let begun = Instant::now();
        while tokio::net::TcpStream::connect(address).await.is_err() {
            if begun.elapsed() > PATIENCE {
                return Err("y-websocket did not start".into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(running)
    }
}

impl Running {
    /// Its process.
    pub fn process(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Opens a document as a client does that has nothing of it yet, and waits for what is in it.
pub async fn open(address: SocketAddr) -> Outcome<Line> {
    let mut line = Line::open(&format!("ws://{address}/article"), address, None).await?;
    line.send(vec![0, 0, 1, 0]).await?;
    loop {
        match line.hear().await {
            // It asks what we have: nothing.
            Heard::Message(message) if message.starts_with(&[0, 0]) => line.send(vec![0, 1, 2, 0, 0]).await?,
            Heard::Message(message) if message.starts_with(&[0, 1]) => return Ok(line),
            Heard::Message(_) => {}
            Heard::Closed(_) | Heard::Cut => return Err("y-websocket ended a connection".into()),
        }
    }
}

/// A client that writes.
pub struct Writer {
    line: Line,
    /// How many characters it has written.
    clock: u64,
}

/// What a Yjs client calls itself: a random number.
const CLIENT: u64 = 4_711_000;

impl Writer {
    /// Opens the document.
    pub async fn open(address: SocketAddr) -> Outcome<Self> {
        Ok(Self { line: open(address).await?, clock: 0 })
    }

    /// Takes in what it is told. Never false.
    pub async fn hears(&mut self) -> bool {
        self.line.hear().await;
        true
    }

    /// Adds words at the end of its text.
    pub async fn writes(&mut self, words: &str) -> Outcome {
        let update = update(self.clock, words);
        self.clock += words.encode_utf16().count() as u64;
        let mut message = vec![0, 2];
        number(&mut message, update.len() as u64);
        message.extend(update);
        self.line.send(message).await
    }
}

/// Words behind so many characters of the same client (version 1 of the encoding of updates).
fn update(clock: u64, words: &str) -> Vec<u8> {
    /// A piece of a text.
    const STRING: u8 = 4;
    /// It names the character that it stands behind.
    const HAS_ORIGIN: u8 = 0x80;
    let mut update = Vec::new();
    // One client, one piece, and when it begins.
    [1, 1, CLIENT, clock].into_iter().for_each(|value| number(&mut update, value));
    if clock == 0 {
        // The first stands in the root that is named "text".
        update.extend([STRING, 1]);
        text(&mut update, "text");
    } else {
        update.push(STRING | HAS_ORIGIN);
        [CLIENT, clock - 1].into_iter().for_each(|value| number(&mut update, value));
    }
    text(&mut update, words);
    // Nothing is deleted.
    update.push(0);
    update
}

fn text(to: &mut Vec<u8>, text: &str) {
    number(to, text.len() as u64);
    to.extend(text.bytes());
}

fn number(to: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        to.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes that Yjs 13 itself gives for `text.insert(…)` of a client with this number.
    #[test]
    fn an_update_is_as_yjs_writes_it() {
        let first = [1, 1, 216, 196, 159, 2, 0, 4, 1, 4, 116, 101, 120, 116, 2, 104, 105, 0];
        let second = [1, 1, 216, 196, 159, 2, 2, 132, 216, 196, 159, 2, 1, 1, 33, 0];
        assert_eq!(update(0, "hi"), first);
        assert_eq!(update(2, "!"), second);
    }
}
