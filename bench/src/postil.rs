//! A Postil that is measured: started on a free port, ended when it is dropped.

use crate::{Outcome, client::Connection};
use std::{
    env,
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
    /// The article's id.
    pub id: String,
    revision: String,
    words: usize,
}

impl Postil {
    /// Starts it and waits for its first answer.
    pub async fn start(binary: &Path, data: &Path) -> Outcome<Self> {
        Self::start_with(binary, data, &[]).await
    }

    /// The same with more arguments.
    pub async fn start_with(binary: &Path, data: &Path, arguments: &[&str]) -> Outcome<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(binary);
        // What the developer has set for a Postil of their own does not count here.
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("POSTIL_")) {
            command.env_remove(name);
        }
        let process = command
            .args(["serve", "--listen", &address.to_string()])
            .args(arguments)
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
        Ok(Person { cookie, article: format!("/articles/{id}"), id, revision, words: words as usize * 2 })
    }

    /// The memory that it holds, in MiB (Linux).
    pub fn resident_mib(&self) -> Outcome<u64> {
        Ok(resident_kib(self.process.id())? / 1024)
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.process.id()
    }

    /// Ends it as a power cut would: SIGKILL, in the middle of whatever it does.
    pub fn kill(mut self) -> Outcome {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }
}

/// The memory that a process holds, in KiB (Linux).
pub fn resident_kib(process: u32) -> Outcome<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).ok_or("no VmRSS")?)
}

/// The time that a process has had on a processor (Linux, 100 ticks a second).
pub fn processor_time(process: u32) -> Outcome<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, rest) = stat.rsplit_once(')').ok_or("no stat")?;
    let ticks: u64 = rest.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 10))
}

impl Person {
    /// A request that writes this note about the article.
    pub fn note(&self, words: &str) -> String {
        let body = format!("{{\"about\":{{\"article\":\"{}\"}},\"body\":\"{words}\"}}", self.id);
        format!(
            "POST /api/v1/articles/{}/notes HTTP/1.1\r\nhost: x\r\ncookie: {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            self.id,
            self.cookie,
            body.len()
        )
    }

    /// A request for the events after this number.
    pub fn events(&self, after: u64) -> String {
        format!("GET /api/v1/events?after={after} HTTP/1.1\r\nhost: x\r\ncookie: {}\r\n\r\n", self.cookie)
    }

    /// The address of a seat before the article, for those who know of everything up to this number.
    pub fn seat(&self, address: SocketAddr, after: u64) -> String {
        format!("ws://{address}/api/v1/articles/{}/seat?after={after}", self.id)
    }

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
