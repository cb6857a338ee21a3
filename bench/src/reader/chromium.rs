//! A headless Chromium that is told what to do over its own protocol (Chrome DevTools Protocol), so that what is measured is
//! not a driver in between.

use crate::{Outcome, client::Connection};
use futures_util::{SinkExt, Stream};
use serde_json::{Value, json};
use std::{
    ffi::OsString,
    future::poll_fn,
    net::SocketAddr,
    pin::Pin,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};

/// How long a start, and how long one command may take.
const PATIENCE: Duration = Duration::from_secs(180);
/// After how long a page that was not gone to is gone to once more.
const AGAIN: Duration = Duration::from_secs(3);

/// A browser with one page. It ends when this is dropped.
pub struct Chromium {
    process: Child,
    socket: WebSocketStream<TcpStream>,
    asked: u64,
    port: u16,
    /// Its profile.
    _folder: TempDir,
}

impl Chromium {
    /// Starts it: `CHROMIUM`, or what is called `chromium`; with these flags beside the usual ones.
    pub async fn start(flags: &[&str]) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let program = std::env::var_os("CHROMIUM").unwrap_or_else(|| OsString::from("chromium"));
        let process = Command::new(program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--disable-dev-shm-usage", "--disable-extensions", "--force-prefers-reduced-motion"])
            .args(flags)
            .arg("--remote-debugging-port=0")
            .arg(format!("--user-data-dir={}", folder.path().display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut starting = Starting(Some(process));
        let begun = Instant::now();
        let said = folder.path().join("DevToolsActivePort");
        let address: SocketAddr = loop {
            let port = std::fs::read_to_string(&said).ok().and_then(|said| said.lines().next()?.parse().ok());
            match port {
                Some(port) => break ([127, 0, 0, 1], port).into(),
                None if begun.elapsed() > PATIENCE => return Err("Chromium did not start".into()),
                None => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        };
        let list = format!("GET /json/list HTTP/1.1\r\nhost: {address}\r\n\r\n");
        let pages: Value = serde_json::from_slice(&Connection::open(address).await?.ask(&list).await?.body)?;
        let page = pages.as_array().and_then(|all| all.iter().find(|each| each["type"] == "page"));
        let url = page.and_then(|page| page["webSocketDebuggerUrl"].as_str()).ok_or("Chromium has no page")?;
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let (socket, _) = client_async_with_config(url, stream, Some(config)).await?;
        let process = starting.0.take().ok_or("Chromium ended")?;
        let mut chromium = Self { process, socket, asked: 0, port: address.port(), _folder: folder };
        for domain in ["Page.enable", "Network.enable", "Runtime.enable"] {
            chromium.ask(domain, json!({})).await?;
        }
        Ok(chromium)
    }

    /// Where it listens to its own protocol.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Gives a command and waits for its answer.
    pub async fn ask(&mut self, method: &str, parameters: Value) -> Outcome<Value> {
        self.asked += 1;
        let id = self.asked;
        let message = json!({ "id": id, "method": method, "params": parameters }).to_string();
        self.socket.send(Message::text(message)).await?;
        let answer = tokio::time::timeout(PATIENCE, self.answer(id)).await;
        let mut answer = answer.map_err(|_| format!("Chromium did not answer to {method}"))??;
        match answer.get("error") {
            Some(error) => Err(format!("{method}: {error}").into()),
            None => Ok(answer["result"].take()),
        }
    }

    async fn answer(&mut self, id: u64) -> Outcome<Value> {
        loop {
            let heard = poll_fn(|context| Pin::new(&mut self.socket).poll_next(context)).await;
            let Message::Text(text) = heard.ok_or("Chromium is gone")?? else { continue };
            let said: Value = serde_json::from_str(&text)?;
            if said["id"] == id {
                return Ok(said);
            }
        }
    }

    /// Runs the body of an async function in the page, given these values, and waits for what it returns.
    pub async fn run(&mut self, body: &str, values: &Value) -> Outcome<Value> {
        let expression = format!("(async (given) => {{ {PAGE}\n{body} }})({values})");
        let asked = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.ask("Runtime.evaluate", asked).await?;
        match answer.get("exceptionDetails") {
            Some(wrong) => Err(format!("a script failed: {}", wrong["exception"]["description"]).into()),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    /// Goes to a page and waits until this is true of it.
    pub async fn visit(&mut self, url: &str, is_there: &str) -> Outcome {
        self.ask("Page.navigate", json!({ "url": "about:blank" })).await?;
        let begun = Instant::now();
        while !self.is_blank().await && begun.elapsed() < AGAIN {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let mut went: Option<Instant> = None;
        while begun.elapsed() < PATIENCE {
            // A navigation can be called off by the one before it, which ends just then.
            let is_gone = went.is_some_and(|at| at.elapsed() > AGAIN);
            if went.is_none() || (is_gone && self.is_blank().await) {
                self.ask("Page.navigate", json!({ "url": url })).await?;
                went = Some(Instant::now());
            }
            // A page that is being left has nothing to say.
            if self.run(&format!("return location.href !== 'about:blank' && ({is_there})"), &Value::Null).await.ok()
                == Some(Value::Bool(true))
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        Err(format!("waited in vain at {url} until {is_there}").into())
    }

    async fn is_blank(&mut self) -> bool {
        self.run("return location.href === 'about:blank'", &Value::Null).await.is_ok_and(|blank| blank == true)
    }

    /// A window of this size, in CSS pixels.
    pub async fn resize(&mut self, width: u32, height: u32) -> Outcome {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 768 });
        self.ask("Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
    }

    /// Does something with the mouse at a point of the window: `mouseMoved`, `mousePressed`, `mouseReleased`.
    pub async fn mouse(&mut self, kind: &str, (x, y): (f64, f64)) -> Outcome {
        let (button, clicks) = if kind == "mouseMoved" { ("none", 0) } else { ("left", 1) };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": clicks });
        self.ask("Input.dispatchMouseEvent", event).await.map(drop)
    }

    /// The time, in milliseconds, that scripts, layout and styles of this page have taken so far.
    pub async fn spent(&mut self) -> Outcome<[f64; 3]> {
        let answer = self.ask("Performance.getMetrics", json!({})).await?;
        let metric = |name: &str| {
            let all = answer["metrics"].as_array();
            let found = all.and_then(|all| all.iter().find(|each| each["name"] == name));
            found.and_then(|each| each["value"].as_f64()).map_or(0.0, |seconds| seconds * 1000.0)
        };
        Ok(["ScriptDuration", "LayoutDuration", "RecalcStyleDuration"].map(metric))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone afterwards.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A process that is ended when its start fails half-way.
struct Starting(Option<Child>);

impl Drop for Starting {
    fn drop(&mut self) {
        if let Some(process) = &mut self.0 {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// What every script begins with.
const PAGE: &str = include_str!("page.js");
