//! The real program, with a data folder of its own.

use crate::loopback;
use std::{
    env, fs,
    io::Write,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};
use tempfile::TempDir;

/// A Postil that runs. It ends with the test that started it, also when that panics.
pub struct Postil {
    data: TempDir,
    host: &'static str,
    port: u16,
    process: Child,
}

impl Postil {
    /// Starts one that nobody has visited yet.
    pub fn start() -> Self {
        Self::start_at("127.0.0.1")
    }

    /// The same, under this name of the machine.
    pub fn start_at(host: &'static str) -> Self {
        let data = tempfile::tempdir().expect("this machine has a folder for temporary files");
        // Another program can take the port between finding and using it.
        for _ in 0..3 {
            let port = loopback::free_port();
            let mut process = run(&data, host, port);
            if answers(port, &mut process) {
                return Self { data, host, port, process };
            }
        }
        panic!("Postil does not start:\n{}", log(&data));
    }

    /// Where people reach it, without a slash at the end.
    pub fn home(&self) -> String {
        format!("http://{}:{}", self.host, self.port)
    }

    /// Ends it as a power cut would, and starts it on the same data: what was said to be saved must be there.
    pub fn restart(&mut self) {
        self.stop();
        self.start_again();
    }

    /// Starts it once more, on the same data and at the same address.
    pub fn start_again(&mut self) {
        self.process = run(&self.data, self.host, self.port);
        assert!(answers(self.port, &mut self.process), "Postil does not start again:\n{}", log(&self.data));
    }

    /// Makes an account for somebody and takes them into the group of somebody who is there, as an editor.
    pub fn welcomes(&self, name: &str, host: &str) {
        let mut command = Command::new(program());
        command.arg("--data").arg(self.data.path().join("data")).args(["user", "add", name, "--join", host]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::inherit());
        let mut process = command.spawn().expect("postil user add starts");
        let typed = format!("{}\n", crate::owner::PASSWORD);
        process.stdin.take().expect("it is piped").write_all(typed.as_bytes()).expect("it takes a password");
        assert!(process.wait().expect("it ends").success(), "postil user add failed");
    }

    /// Lets it do nothing at all for a while: it takes connections, and answers when it goes on.
    pub fn pauses(&self, pauses: bool) {
        let signal = if pauses { "-STOP" } else { "-CONT" };
        let sent = Command::new("kill").args([signal, &self.process.id().to_string()]).status();
        assert!(sent.expect("there is a kill").success(), "no signal was sent");
    }

    /// Ends it as a power cut would.
    pub fn stop(&mut self) {
        // It can have ended already; then there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Postil {
    fn drop(&mut self) {
        self.stop();
        if thread::panicking() {
            let log = log(&self.data);
            let last = log.lines().rev().take(20).collect::<Vec<_>>();
            eprintln!("the last that Postil said:");
            last.iter().rev().for_each(|line| eprintln!("  {line}"));
        }
    }
}

/// `POSTIL_BIN`, or what cargo built beside this test.
fn program() -> PathBuf {
    if let Some(named) = env::var_os("POSTIL_BIN") {
        return named.into();
    }
    let test = env::current_exe().expect("a running test has a path");
    let built = test.ancestors().nth(2).expect("tests stand in target/<profile>/deps");
    built.join(format!("postil{}", env::consts::EXE_SUFFIX))
}

fn run(data: &TempDir, host: &str, port: u16) -> Child {
    let program = program();
    let log = fs::File::options().create(true).append(true).open(data.path().join("log.txt")).expect("a log");
    let mut command = Command::new(&program);
    command.arg("--data").arg(data.path().join("data")).arg("serve").arg("--listen").arg(format!("127.0.0.1:{port}"));
    command.arg("--public-url").arg(format!("http://{host}:{port}"));
    // The sites that journeys bring articles from are on this machine.
    command.arg("--allow-network").arg("127.0.0.0/8");
    // What the developer has set for a Postil of their own does not count here.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("POSTIL_")) {
        command.env_remove(name);
    }
    command.env("NO_COLOR", "1").stdin(Stdio::null()).stdout(log.try_clone().expect("a second handle")).stderr(log);
    command.spawn().unwrap_or_else(|error| {
        panic!(
            "{} cannot be started ({error}): build it with cargo build -p postil, or set POSTIL_BIN",
            program.display()
        )
    })
}

/// Waits until it answers; not when it ended instead.
fn answers(port: u16, process: &mut Child) -> bool {
    for _ in 0..400 {
        if loopback::ask(port, "GET", "/health", None).is_ok_and(|(status, body)| status == 200 && body == "ok") {
            return true;
        }
        if process.try_wait().is_ok_and(|ended| ended.is_some()) {
            return false;
        }
        thread::sleep(Duration::from_millis(25));
    }
    let _ = process.kill();
    false
}

fn log(data: &TempDir) -> String {
    fs::read_to_string(data.path().join("log.txt")).unwrap_or_default()
}
