//! A Postil that is measured: started on a free port, ended when it is dropped.

use crate::{Outcome, client::Connection};
use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running Postil.
pub struct Postil {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Somebody who is signed in and reads the sample article.
pub struct Person {
    /// The cookie.
    pub cookie: String,
    /// The article's page.
    pub article: String,
    revision: String,
    words: usize,
}

impl Postil {
    /// Starts it and waits for its first answer.
    pub async fn start(binary: &Path, data: &Path) -> Outcome<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let process = Command::new(binary)
            .args(["serve", "--listen", &address.to_string()])
            .arg("--data")
            .arg(data)
            .env("POSTIL_LOG", "warn")
            .stdout(Stdio::null())
            .spawn()?;
        let postil = Self { process, address };
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if let Ok(mut connection) = Connection::open(address).await
                && connection.ask("GET /health HTTP/1.1\r\nhost: x\r\n\r\n").await?.status == 200
            {
                return Ok(postil);
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Err("Postil did not answer".into())
    }

    /// Makes the owner's account and opens the sample article.
    pub async fn sign_up(&self) -> Outcome<Person> {
        let mut connection = Connection::open(self.address).await?;
        let form = "name=Bench&password=a+long+enough+phrase";
        let request = format!(
            "POST /welcome HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{form}",
            form.len()
        );
        let answer = connection.ask(&request).await?;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()).ok_or("no cookie")?;
        let cookie = cookie.to_owned();
        let mut read = async |path: &str| -> Outcome<serde_json::Value> {
            let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\n\r\n");
            Ok(serde_json::from_slice(&connection.ask(&request).await?.body)?)
        };
        let library = read("/api/v1/articles").await?;
        let id = library["articles"][0]["article"]["id"].as_str().ok_or("no article")?.to_owned();
        let words = library["articles"][0]["words"].as_u64().ok_or("no words")?;
        let reading = read(&format!("/api/v1/articles/{id}")).await?;
        let revision = reading["revision"]["id"].as_str().ok_or("no revision")?.to_owned();
        // A word has more than two characters on the average, so this many are surely there.
        Ok(Person { cookie, article: format!("/articles/{id}"), revision, words: words as usize * 2 })
    }

    /// The memory that it holds, in MiB (Linux).
    pub fn resident_mib(&self) -> Outcome<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
        let kib: u64 = line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).ok_or("no VmRSS")?;
        Ok(kib / 1024)
    }
}

impl Person {
    /// A request that highlights a few words, other ones for each number.
    pub fn highlight(&self, number: usize) -> String {
        let start = number * 7 % self.words;
        let body = format!(
            "{{\"revision\":\"{}\",\"range\":{{\"start\":{start},\"end\":{}}},\"colour\":\"green\"}}",
            self.revision,
            start + 40
        );
        format!(
            "POST /api/v1{}/highlights HTTP/1.1\r\nhost: x\r\ncookie: {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            self.article,
            self.cookie,
            body.len()
        )
    }
}

impl Drop for Postil {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone afterwards.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
