//! Builds everything and serves it, once or again after each change.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    process::{Child, Command},
    thread,
    time::{Duration, SystemTime},
};

use crate::{
    cargo::{self, cargo, files_below, root, say, shown},
    failure::{During, Failure, Outcome},
    site,
};

/// Where a change makes a new build.
const WATCHED: [&str; 10] =
    ["app", "domain", "fetch", "import", "lists", "migrations", "postil", "server", "store", "style"];
/// How often the sources are looked at.
const BEAT: Duration = Duration::from_millis(400);
/// How long a server may take to finish what it was doing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Builds, then becomes the server, so that Ctrl-C reaches it.
pub fn serve(release: bool, arguments: &[String]) -> Outcome {
    say(if release {
        "building for release: the first time takes about seven minutes, later ones much less"
    } else {
        "building: the first time takes about six minutes, later ones seconds"
    });
    site::build(release)?;
    say("building the server, then serving; stop it with Ctrl-C");
    let mut command = cargo();
    command.args(["run", "-p", "postil"]).args(release.then_some("--release"));
    command.args(["--", "serve"]).args(arguments);
    become_command(&mut command)
}

#[cfg(unix)]
fn become_command(command: &mut Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    say(format_args!("$ {}", shown(command)));
    Err(Failure::Because(format!("could not start {}: {}", shown(command), command.exec())))
}

#[cfg(not(unix))]
fn become_command(command: &mut Command) -> Outcome {
    cargo::run(command)
}

/// Builds and serves after each change, until Ctrl-C.
pub fn dev(arguments: &[String]) -> Outcome {
    let mut seen = BTreeMap::new();
    let mut server: Option<Child> = None;
    loop {
        let now = sources()?;
        if now == seen {
            thread::sleep(BEAT);
            continue;
        }
        if let Some(path) = now.iter().find(|(path, time)| seen.get(*path) != Some(time)).filter(|_| !seen.is_empty()) {
            say(format_args!("changed: {}", cargo::from_root(path.0)));
        }
        seen = now;
        match rebuilt() {
            Ok(program) => {
                server.take().map(stop).transpose()?;
                say("serving; a saved file builds and serves again, Ctrl-C stops");
                server = Some(started(program, arguments)?);
            }
            // What was built before goes on serving while the person mends the source.
            Err(Failure::Because(words)) => eprintln!("error: {words}"),
            Err(Failure::Told) => say("waiting for a change"),
        }
    }
}

fn rebuilt() -> Outcome<PathBuf> {
    site::build(false)?;
    cargo::build(cargo(), &["-p", "postil"], "postil")
}

fn started(program: PathBuf, arguments: &[String]) -> Outcome<Child> {
    let mut command = Command::new(&program);
    command.current_dir(root()).arg("serve").args(arguments);
    command.spawn().during(format_args!("start {}", program.display()))
}

/// When each source was last changed.
fn sources() -> Outcome<BTreeMap<PathBuf, SystemTime>> {
    let mut times = BTreeMap::new();
    for folder in WATCHED {
        for path in files_below(&root().join(folder))? {
            // A file that an editor has just replaced is seen on the next beat.
            if let Ok(time) = fs::metadata(&path).and_then(|metadata| metadata.modified()) {
                times.insert(path, time);
            }
        }
    }
    Ok(times)
}

/// Asks the server to end, and ends it when it does not.
fn stop(mut server: Child) -> Outcome {
    if cfg!(unix) {
        // Best effort: what follows ends it in any case.
        let _ = Command::new("kill").args(["-TERM", &server.id().to_string()]).status();
        for _ in 0..PATIENCE.as_millis() / BEAT.as_millis() {
            if server.try_wait().during("ask after the server")?.is_some() {
                return Ok(());
            }
            thread::sleep(BEAT / 4);
        }
    }
    // It may have ended in between.
    let _ = server.kill();
    server.wait().during("wait for the server to end").map(drop)
}
