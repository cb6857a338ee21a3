//! Who goes when, by a clock that stands still until all wait.

use std::{sync::Arc, time::Duration};

use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use super::{Pace, SWEEP_FROM};

const SECOND: Duration = Duration::from_secs(1);

/// Who asks, whom, and how long the request takes, in milliseconds.
type Ask = (u128, &'static str, u64);

/// When each was let go, in milliseconds, in order.
async fn starts(pace: Pace, asks: &[Ask]) -> Vec<u128> {
    let (pace, begin) = (Arc::new(pace), Instant::now());
    let mut going = JoinSet::new();
    for (group, host, takes) in asks.iter().copied() {
        let pace = Arc::clone(&pace);
        going.spawn(async move {
            let turn = pace.turn(group, host).await;
            let at = begin.elapsed().as_millis();
            sleep(Duration::from_millis(takes)).await;
            drop(turn);
            at
        });
    }
    let mut starts = going.join_all().await;
    starts.sort_unstable();
    starts
}

#[tokio::test(start_paused = true)]
async fn a_host_is_asked_once_at_a_time_with_a_gap() {
    let rows: [(&[Ask], &[u128]); 4] = [
        (&[(1, "a", 500), (1, "a", 500), (2, "a", 500)], &[0, 1500, 3000]),
        (&[(1, "a", 500), (1, "b", 500), (2, "c", 500)], &[0, 0, 0]),
        (&[(1, "News.Example", 0), (1, "news.example", 0)], &[0, 1000]),
        (&[(1, "a", 0), (2, "a", 0), (1, "b", 0)], &[0, 0, 1000]),
    ];
    for (asks, expected) in rows {
        assert_eq!(starts(Pace::new(30, SECOND), asks).await, expected, "{asks:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_group_goes_so_often_in_a_minute() {
    let hosts = ["a", "b", "c", "d", "e"];
    let of_one: Vec<Ask> = hosts.iter().map(|host| (1, *host, 0)).collect();
    let rows: [(usize, Vec<Ask>, &[u128]); 4] = [
        (2, of_one.clone(), &[0, 0, 60_000, 60_000, 120_000]),
        (5, of_one.clone(), &[0; 5]),
        (0, of_one[..2].to_vec(), &[0, 60_000]),
        (1, vec![(1, "a", 0), (2, "b", 0), (1, "c", 0)], &[0, 0, 60_000]),
    ];
    for (per_minute, asks, expected) in rows {
        assert_eq!(starts(Pace::new(per_minute, SECOND), &asks).await, expected, "{per_minute} a minute");
    }
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_takes_nobodys_place() {
    let pace = Pace::new(2, SECOND);
    let begin = Instant::now();
    let first = pace.turn(1, "a").await;
    assert!(timeout(SECOND, pace.turn(2, "a")).await.is_err(), "one at a time");
    drop(first);
    drop(pace.turn(1, "b").await);
    assert!(timeout(SECOND, pace.turn(1, "c")).await.is_err(), "two a minute");
    drop(pace.turn(3, "a").await);
    assert_eq!(begin.elapsed(), 2 * SECOND);
    drop(pace.turn(1, "c").await);
    assert_eq!(begin.elapsed(), 60 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn what_no_longer_matters_is_forgotten() {
    let pace = Pace::new(2, SECOND);
    let held = pace.turn(0, "held").await;
    for round in 0..20 {
        for each in 0..SWEEP_FROM {
            let number = round * SWEEP_FROM + each + 1;
            drop(pace.turn(number as u128, &format!("{number}.example")).await);
        }
        sleep(Duration::from_secs(61)).await;
    }
    assert!(pace.groups.known.lock().unwrap().lines.len() <= SWEEP_FROM + 1);
    assert!(pace.hosts.known.lock().unwrap().lines.len() <= SWEEP_FROM + 1);
    // A line in which somebody stands is never forgotten.
    assert!(timeout(SECOND, pace.turn(7, "held")).await.is_err());
    drop(held);
}
