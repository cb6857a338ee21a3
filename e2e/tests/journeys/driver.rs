//! chromedriver, and through it one headless Chromium.

use crate::loopback;
use serde_json::{Value, json};
use std::{
    env,
    ffi::OsString,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

/// A chromedriver that runs. It ends with the test that started it, also when that panics; and with it ends Chromium,
/// which listens to it through a pipe (`--remote-debugging-pipe`) and leaves when that closes.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts one on a free port.
    pub fn start() -> Self {
        let program = env::var_os("CHROMEDRIVER").unwrap_or_else(|| OsString::from("chromedriver"));
        let mut process = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                let program = program.display();
                panic!("{program} cannot be started ({error}): cargo xtask test finds a browser, or set CHROMEDRIVER")
            });
        let output = BufReader::new(process.stdout.take().expect("its output is piped"));
        let said = output.lines().map_while(Result::ok).find_map(|line| port_in(&line));
        Self { port: said.expect("chromedriver says its port"), process }
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Sends a command that WebDriver does not have and Chromium does.
    ///
    /// # Errors
    /// Says what chromedriver says.
    pub fn ask(&self, session: &str, command: &str, body: &Value) -> Result<Value, String> {
        self.request("POST", session, command, Some(body))
    }

    /// Asks for something that WebDriver has and its library does not.
    ///
    /// # Errors
    /// Says what chromedriver says.
    pub fn look(&self, session: &str, command: &str) -> Result<Value, String> {
        self.request("GET", session, command, None)
    }

    fn request(&self, method: &str, session: &str, command: &str, body: Option<&Value>) -> Result<Value, String> {
        let path = format!("/session/{session}/{command}");
        let (status, body) = loopback::ask(self.port, method, &path, body).map_err(|error| error.to_string())?;
        let mut answer: Value = serde_json::from_str(&body).map_err(|error| format!("{error}: {body}"))?;
        if status == 200 { Ok(answer["value"].take()) } else { Err(format!("{command}: {body}")) }
    }

    /// What the browser logged since it was asked last.
    ///
    /// # Errors
    /// Says what chromedriver says.
    pub fn console(&self, session: &str) -> Result<Vec<Value>, String> {
        let entries = self.ask(session, "se/log", &json!({ "type": "browser" }))?;
        Ok(entries.as_array().cloned().unwrap_or_default())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It can have ended already; then there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}
