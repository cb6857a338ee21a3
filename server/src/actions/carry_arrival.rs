//! Carries one arrival into the library: fetches it, reads it, keeps it.

use crate::{
    actions::{Failure, bring_clippings, import_article::Brought, settle_arrival, take_in},
    clock,
    config::MAX_TRIES,
    hands::Carried,
    house::House,
    packed,
};
use chrono::TimeDelta;
use domain::{
    arrival::{Arrival, ArrivalKind, Phase},
    article::{ArticleAddress, WebAddress},
    permission::{Editor, Member},
};
use fetch::{FetchError, Fetched, Kind};
use std::time::Duration;

/// How long an arrival is put off at first when the other server does not say; each time it is twice as long.
const FIRST_REST: Duration = Duration::from_secs(30);
/// The longest that an arrival is put off, whatever the other server says.
const LONGEST_REST: Duration = Duration::from_secs(60 * 60);

/// Carries the next arrival that waits, and says whether there was one.
pub async fn carry_next(house: &House) -> Result<bool, Failure> {
    let (looking, carried) = house.hands.look().await;
    let mut snapshot = house.store.snapshot().await?;
    let Some(arrival) = store::arrival::next(&mut snapshot, clock::now(), &carried).await? else { return Ok(false) };
    drop(snapshot);
    let (carried, called_off) = house.hands.take(arrival.group, arrival.id);
    drop(looking);
    tokio::select! {
        biased;
        // Whoever called it off has settled it.
        _ = called_off => Ok(true),
        done = carry(house, &arrival, &carried) => done.map(|()| true),
    }
}

async fn carry(house: &House, arrival: &Arrival, carried: &Carried<'_>) -> Result<(), Failure> {
    let by = match bringer(house, arrival).await {
        Ok(by) => by,
        Err(failure) => return settle_arrival::fail(house, arrival, failure.to_string()).await,
    };
    let done = match arrival.kind {
        ArrivalKind::Link => carry_link(house, by, arrival, carried).await,
        ArrivalKind::File => carry_file(house, by, arrival, carried).await,
        ArrivalKind::Clipping => bring_clippings::bring(house, by, arrival, carried).await,
    };
    match done {
        Ok(()) => Ok(()),
        Err(Failure::Internal(cause)) => {
            tracing::error!(error = cause.as_ref() as &dyn std::error::Error, "an arrival could not be carried in");
            settle_arrival::fail(house, arrival, Failure::Internal(cause).to_string()).await
        }
        Err(Failure::Fetch(error)) => put_off_or_fail(house, arrival, error).await,
        Err(failure) => settle_arrival::fail(house, arrival, failure.to_string()).await,
    }
}

/// The proof that whoever brought it may still bring articles.
async fn bringer(house: &House, arrival: &Arrival) -> Result<Member<Editor>, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let member = store::group::membership(&mut snapshot, arrival.brought_by, arrival.group).await?;
    let gone = || Failure::Conflict("whoever brought it is not in the group any more".to_owned());
    Ok(member.ok_or_else(gone)?.at_least::<Editor>()?)
}

async fn carry_link(
    house: &House,
    by: Member<Editor>,
    arrival: &Arrival,
    carried: &Carried<'_>,
) -> Result<(), Failure> {
    let address = arrival.address.as_ref().ok_or(Failure::NotFound("address"))?;
    let brought = fetch_page(house, by, address, carried).await?;
    take_in::take_in(house, by, brought, Some(arrival.id)).await.map(drop)
}

/// Fetches a page, when its turn has come.
pub(super) async fn fetch_page(
    house: &House,
    by: Member<Editor>,
    address: &WebAddress,
    carried: &Carried<'_>,
) -> Result<Brought, Failure> {
    let asked = ArticleAddress::parse(address.as_str()).map_err(|error| Failure::Invalid(error.to_string()))?;
    carried.reached(Phase::Fetching);
    let fetched = house.web.get_anew(by.group(), address, Kind::Page).await?;
    carried.reached(Phase::Reading);
    Ok(brought(asked, fetched))
}

fn brought(asked: ArticleAddress, fetched: Fetched) -> Brought {
    let passed = fetched.passed.iter().filter_map(|url| ArticleAddress::parse(url.as_str()).ok());
    let found = ArticleAddress::parse(fetched.address.as_str()).unwrap_or_else(|_| asked.clone());
    let last = fetched.address.path_segments().and_then(|mut parts| parts.next_back()).map(str::to_owned);
    Brought {
        bytes: fetched.bytes,
        // A name with an ending helps where the server does not say what it is.
        file_name: last.filter(|name| name.contains('.')),
        media_type: fetched.content_type,
        address: Some(found),
        led_by: passed.chain([asked]).collect(),
        fetched: true,
        ..Brought::default()
    }
}

async fn carry_file(
    house: &House,
    by: Member<Editor>,
    arrival: &Arrival,
    carried: &Carried<'_>,
) -> Result<(), Failure> {
    carried.reached(Phase::Reading);
    let bytes = luggage(house, arrival).await?;
    let brought = Brought { bytes, file_name: Some(arrival.label.clone()), ..Brought::default() };
    take_in::take_in(house, by, brought, Some(arrival.id)).await.map(drop)
}

/// What came along with an arrival.
pub(super) async fn luggage(house: &House, arrival: &Arrival) -> Result<Vec<u8>, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let luggage = store::arrival::luggage(&mut snapshot, arrival.id).await?;
    let luggage =
        luggage.ok_or_else(|| Failure::Invalid("what was brought is no longer there: bring it again".to_owned()))?;
    packed::unpack(&luggage).map_err(Failure::internal)
}

/// How often it has been tried, when the same may go well later and has not been tried too often.
pub(super) async fn may_pass(house: &House, arrival: &Arrival, error: &FetchError) -> Result<Option<u32>, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let tries = store::arrival::tries(&mut snapshot, arrival.id).await?;
    Ok((error.passes() && tries < MAX_TRIES).then_some(tries))
}

/// Tries again later where that makes sense.
async fn put_off_or_fail(house: &House, arrival: &Arrival, error: FetchError) -> Result<(), Failure> {
    let Some(tries) = may_pass(house, arrival, &error).await? else {
        return settle_arrival::fail(house, arrival, error.to_string()).await;
    };
    let rest = error.retry_after().unwrap_or(FIRST_REST * 2_u32.pow(tries)).min(LONGEST_REST);
    let due_at = clock::now() + TimeDelta::from_std(rest).unwrap_or(TimeDelta::hours(1));
    let mut tx = house.store.begin().await?;
    store::arrival::put_off(&mut tx, arrival.id, due_at).await?;
    Ok(tx.commit().await?)
}
