//! A load of a bounded length, and what came of it.

use crate::{Outcome, client::Connection};
use std::{
    fmt,
    net::SocketAddr,
    time::{Duration, Instant},
};

/// How much is asked, and for how long.
#[derive(Clone, Copy)]
pub struct Load {
    /// How many connections ask at the same time, each one request after another.
    pub connections: usize,
    /// For how long.
    pub length: Duration,
}

/// What came of it.
pub struct Rate {
    count: usize,
    length: Duration,
    middle: Duration,
    slow: Duration,
}

impl Rate {
    /// From the time that each request took.
    pub fn of(mut times: Vec<Duration>, length: Duration) -> Self {
        times.sort();
        let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
        Self { count: times.len(), length, middle: at(50), slow: at(99) }
    }

    fn a_second(&self) -> f64 {
        self.count as f64 / self.length.as_secs_f64()
    }

    /// How many times as many a second as the other.
    pub fn over(&self, other: &Self) -> f64 {
        self.a_second() / other.a_second()
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>8.0}/s, p50 {:.2?}, p99 {:.2?}", self.a_second(), self.middle, self.slow)
    }
}

impl Load {
    /// Asks, until the time is over; `request` is given a number that is not given twice.
    pub async fn run(self, address: SocketAddr, request: impl Fn(usize) -> String) -> Outcome<Rate> {
        let begin = Instant::now();
        let request = &request;
        let ask = async |first: usize| -> Outcome<Vec<Duration>> {
            let mut connection = Connection::open(address).await?;
            let mut times = Vec::new();
            while begin.elapsed() < self.length {
                let request = request(first + times.len() * self.connections);
                let asked = Instant::now();
                let answer = connection.ask(&request).await?;
                times.push(asked.elapsed());
                if answer.status >= 300 {
                    return Err(format!("answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body)).into());
                }
            }
            Ok(times)
        };
        let mut all = Vec::new();
        for times in join((0..self.connections).map(ask).collect()).await {
            all.extend(times?);
        }
        Ok(Rate::of(all, begin.elapsed()))
    }
}

/// Waits for all of them at once.
async fn join<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut pending: Vec<_> = futures.into_iter().map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        let mut ready = true;
        for (future, output) in pending.iter_mut().filter(|(_, output)| output.is_none()) {
            match future.as_mut().poll(context) {
                std::task::Poll::Ready(value) => *output = Some(value),
                std::task::Poll::Pending => ready = false,
            }
        }
        if ready { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    pending.into_iter().filter_map(|(_, output)| output).collect()
}
