//! Told to thousands at once: how long until each seat has a note, beside y-websocket in the same run.
#![allow(clippy::print_stdout, reason = "the figures are the result")]

/// Who is told, and when.
pub mod audience;
/// Another server that tells.
pub mod yjs;

use crate::{
    Outcome,
    client::Connection,
    crash,
    line::words,
    postil::{Person, Postil, processor_time, resident_kib},
};
use audience::{Audience, Server, Told};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};
use yjs::Yjs;

/// How many notes the one writer writes in a second.
const A_SECOND: u32 = 20;
/// How often the program is ended in the middle of its work.
const ENDED: usize = 50;
/// What Postil is started with: the benchmark is one person with very many windows.
const SEATS: [&str; 4] = ["--max-seats", "100000", "--seats-per-person", "100000"];

/// One measurement: how many seats, how long.
#[derive(Clone, Copy)]
struct Plan {
    seats: usize,
    seconds: u32,
}

impl Plan {
    fn notes(self) -> u32 {
        self.seconds * A_SECOND
    }
}

/// What a server was like meanwhile.
struct Cost {
    seated: Duration,
    kib_per_seat: f64,
    processor: f64,
}

/// Measures all of it.
pub async fn run(binary: &Path) -> Outcome {
    let files = raise_limit()?;
    let data = tempfile::tempdir()?;
    let (plan, many) = (Plan { seats: 1000, seconds: 60 }, Plan { seats: 5000, seconds: 20 });
    println!("| what is told | {} |", Told::HEAD);
    println!("|---|---|---|---|---|---|---|---|");
    postil(binary, &data.path().join("one"), plan).await?;
    match Yjs::install(data.path())? {
        Ok(yjs) => another(&yjs, plan).await?,
        Err(why) => println!("y-websocket was not measured: {why}"),
    }
    if files > 2 * many.seats as u64 {
        postil(binary, &data.path().join("many"), many).await?;
    } else {
        println!("{} seats were not measured: this system allows a program {files} open files", many.seats);
    }
    crowd(binary, &data.path().join("crowd"), 1000, 50, Duration::from_secs(10)).await?;
    println!("{}", crash::run(binary, ENDED).await?);
    Ok(())
}

/// As many open files as this system allows a program.
fn raise_limit() -> Outcome<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum })?;
    Ok(maximum.unwrap_or(u64::MAX))
}

/// Postil, with one who writes.
async fn postil(binary: &Path, data: &Path, plan: Plan) -> Outcome {
    let postil = Postil::start_with(binary, data, &SEATS).await?;
    let person = Arc::new(postil.sign_up().await?);
    let mut connection = Connection::open(postil.address).await?;
    // What a server needs anyway is not the seats'.
    for note in 0..50 {
        connection.ask(&person.note(&format!("Warm-up {note}."))).await?;
    }
    let after = last(&mut connection, &person).await?;
    let server = Server::Postil { address: postil.address, person: person.clone(), after };
    let (begun, process) = (Instant::now(), postil.process());
    let without = resident_kib(process)?;
    let audience = Audience::seat(&server, plan.seats, plan.notes()).await?;
    let (seated, before) = (begun.elapsed(), processor_time(process)?);
    let mut pace = interval(Duration::from_secs(1) / A_SECOND);
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for note in 0..plan.notes() {
        pace.tick().await;
        audience.sends(note);
        let answer = connection.ask(&person.note(&words(note))).await?;
        if answer.status != 201 {
            return Err(format!("answered {}", answer.status).into());
        }
    }
    audience.waits().await;
    let cost = cost(process, seated, without, before, plan)?;
    print("Postil, kept with synchronous=FULL", plan, &cost, &audience.told().await?);
    Ok(())
}

/// y-websocket, with one who writes.
async fn another(yjs: &Yjs, plan: Plan) -> Outcome {
    let running = yjs.start().await?;
    let server = Server::Yjs { address: running.address };
    let mut writer = yjs::Writer::open(running.address).await?;
    let (begun, process) = (Instant::now(), running.process());
    let without = resident_kib(process)?;
    let audience = Audience::seat(&server, plan.seats, plan.notes()).await?;
    let (seated, before) = (begun.elapsed(), processor_time(process)?);
    let mut pace = interval(Duration::from_secs(1) / A_SECOND);
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for note in 0..plan.notes() {
        // It is told its own notes too, and has to take them in.
        while tokio::select! { biased; _ = pace.tick() => false, heard = writer.hears() => heard } {}
        audience.sends(note);
        writer.writes(&words(note)).await?;
    }
    audience.waits().await;
    let cost = cost(process, seated, without, before, plan)?;
    print("y-websocket 1.5, kept in memory only", plan, &cost, &audience.told().await?);
    Ok(())
}

/// Very many who write at once, each as quickly as they are answered.
async fn crowd(binary: &Path, data: &Path, seats: usize, writers: usize, length: Duration) -> Outcome {
    let postil = Postil::start_with(binary, data, &SEATS).await?;
    let person = Arc::new(postil.sign_up().await?);
    for listening in [0, seats] {
        let mut connection = Connection::open(postil.address).await?;
        let after = last(&mut connection, &person).await?;
        let server = Server::Postil { address: postil.address, person: person.clone(), after };
        let audience = Arc::new(Audience::seat(&server, listening, u32::MAX).await?);
        let (next, begun) = (Arc::<AtomicU32>::default(), Instant::now());
        let mut tasks = JoinSet::new();
        for _ in 0..writers {
            let (next, audience, person, address) = (next.clone(), audience.clone(), person.clone(), postil.address);
            tasks.spawn(async move {
                let mut connection = Connection::open(address).await?;
                let mut times = Vec::new();
                while begun.elapsed() < length {
                    let note = next.fetch_add(1, Ordering::Relaxed);
                    let asked = Instant::now();
                    audience.sends(note);
                    let answer = connection.ask(&person.note(&words(note))).await?;
                    if answer.status != 201 {
                        return Err(format!("answered {}", answer.status).into());
                    }
                    times.push(asked.elapsed());
                }
                Outcome::Ok(times)
            });
        }
        let mut times = Vec::new();
        while let Some(written) = tasks.join_next().await {
            times.extend(written??);
        }
        let rate = crate::load::Rate::of(times, begun.elapsed());
        println!("{writers} writers at once, {listening} seats: acknowledged {rate}");
        if listening > 0 {
            let stopped = Instant::now();
            audience.expects(next.load(Ordering::Relaxed));
            audience.waits().await;
            let behind = stopped.elapsed();
            let audience = Arc::into_inner(audience).ok_or("somebody still writes")?;
            println!("  told {}; everybody had everything {behind:.1?} after the last answer", audience.told().await?);
        }
    }
    Ok(())
}

async fn last(connection: &mut Connection, person: &Person) -> Outcome<u64> {
    let mut last = 0;
    loop {
        let answer = connection.ask(&person.events(last)).await?;
        let page: Vec<serde_json::Value> = serde_json::from_slice(&answer.body)?;
        match page.last().and_then(|event| event["number"].as_u64()) {
            Some(number) => last = number,
            None => return Ok(last),
        }
    }
}

fn cost(process: u32, seated: Duration, without: u64, before: Duration, plan: Plan) -> Outcome<Cost> {
    let kib_per_seat = (resident_kib(process)? as f64 - without as f64) / plan.seats as f64;
    let processor = (processor_time(process)? - before).as_secs_f64() / f64::from(plan.seconds);
    Ok(Cost { seated, kib_per_seat, processor })
}

fn print(what: &str, plan: Plan, cost: &Cost, told: &Told) {
    println!(
        "| {what}: {} seats, {A_SECOND} notes a second for {} s | {told} | {:.1} KiB | {:.0} % | {:.1?} |",
        plan.seats,
        plan.seconds,
        cost.kib_per_seat,
        cost.processor * 100.0,
        cost.seated
    );
}
