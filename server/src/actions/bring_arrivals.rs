//! Brings what is carried in one after another: links, several files, the export of another tool.

use crate::{
    actions::Failure,
    clock,
    config::MAX_WAITING,
    house::{Act, House},
    packed,
};
use domain::{
    arrival::{Arrival, ArrivalKind, ArrivalState},
    article::{ArticleAddress, WebAddress},
    event::Change,
    id::{ArrivalId, GroupId, PersonId},
    permission::{Editor, Member},
};
use lists::ListError;
use std::collections::HashSet;

/// The most links that are brought at once.
pub const MAX_LINKS: usize = 2_000;

/// Something that is to be carried in.
pub(super) struct Load {
    pub kind: ArrivalKind,
    pub label: String,
    pub address: Option<WebAddress>,
    pub luggage: Option<Vec<u8>>,
}

impl Load {
    /// A link.
    pub fn link(address: &WebAddress) -> Self {
        Self {
            kind: ArrivalKind::Link,
            label: address.as_str().to_owned(),
            address: Some(address.clone()),
            luggage: None,
        }
    }
}

/// What was brought, and how many things of it were left out, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct BroughtArrivals {
    /// What is on its way.
    pub arrivals: Vec<Arrival>,
    /// What could not be used, and why.
    pub left_out: Vec<String>,
}

/// Brings links. Each is fetched once, however often it is said.
pub async fn links(house: &House, by: Member<Editor>, links: &[String]) -> Result<BroughtArrivals, Failure> {
    if links.len() > MAX_LINKS {
        return Err(Failure::Invalid(format!("that is {} links: bring {MAX_LINKS} at a time", links.len())));
    }
    let mut met = HashSet::new();
    let mut loads = Vec::new();
    for link in links.iter().map(|link| link.trim()).filter(|link| !link.is_empty()) {
        let address = ArticleAddress::parse(link).map_err(|error| Failure::Invalid(format!("{link}: {error}")))?;
        if met.insert(address.key()) {
            loads.push(Load::link(&address.web()));
        }
    }
    let arrivals = bring(house, by, loads).await?;
    Ok(BroughtArrivals { arrivals, left_out: Vec::new() })
}

/// What a file is.
pub enum Sorted {
    /// The export of another tool.
    List(lists::List),
    /// An article itself, as far as its name and its bytes tell.
    Article(Vec<u8>),
}

/// Finds out what a file is, away from the threads that answer requests.
pub async fn sort(name: Option<String>, bytes: Vec<u8>) -> Result<Sorted, Failure> {
    let look = tokio::task::spawn_blocking(move || sorted(name.as_deref(), bytes));
    look.await.map_err(Failure::internal)?
}

fn sorted(name: Option<&str>, bytes: Vec<u8>) -> Result<Sorted, Failure> {
    match lists::read(&bytes, name, &lists::Limits::default()) {
        Ok(list) => Ok(Sorted::List(list)),
        Err(error) if says_it_is(name, &error) => Err(Failure::Invalid(error.to_string())),
        Err(_) => Ok(Sorted::Article(bytes)),
    }
}

/// Brings files: each becomes an article, and an export of another tool becomes all that is in it.
pub async fn files(
    house: &House,
    by: Member<Editor>,
    files: Vec<(Option<String>, Vec<u8>)>,
) -> Result<BroughtArrivals, Failure> {
    unpacked(house, by, move |loads, left_out| {
        for (name, bytes) in files {
            match sorted(name.as_deref(), bytes)? {
                Sorted::List(list) => unfold(list, loads, left_out)?,
                Sorted::Article(bytes) => loads.push(Load {
                    kind: ArrivalKind::File,
                    label: name.unwrap_or_else(|| "a file".to_owned()),
                    address: None,
                    luggage: Some(packed::pack(&bytes).map_err(Failure::internal)?),
                }),
            }
        }
        Ok(())
    })
    .await
}

/// Brings all that is in the export of another tool.
pub async fn list(house: &House, by: Member<Editor>, list: lists::List) -> Result<BroughtArrivals, Failure> {
    unpacked(house, by, move |loads, left_out| unfold(list, loads, left_out)).await
}

/// Brings what is unpacked away from the threads that answer requests.
async fn unpacked(
    house: &House,
    by: Member<Editor>,
    unpack: impl FnOnce(&mut Vec<Load>, &mut Vec<String>) -> Result<(), Failure> + Send + 'static,
) -> Result<BroughtArrivals, Failure> {
    let work = tokio::task::spawn_blocking(move || {
        let (mut loads, mut left_out) = (Vec::new(), Vec::new());
        unpack(&mut loads, &mut left_out).map(|()| (loads, left_out))
    });
    let (loads, left_out) = work.await.map_err(Failure::internal)??;
    let arrivals = bring(house, by, loads).await?;
    Ok(BroughtArrivals { arrivals, left_out })
}

/// Whether what is wrong is wrong with a list: a file that is none is read as an article, and says what is wrong with it.
fn says_it_is(name: Option<&str>, error: &ListError) -> bool {
    let named = |ending: &str| name.is_some_and(|name| name.to_ascii_lowercase().ends_with(ending));
    match error {
        ListError::Unknown | ListError::Empty | ListError::NotText { .. } => named(".csv") || named(".json"),
        ListError::BrokenJson { .. } => named(".json"),
        ListError::BrokenZip => named(".zip"),
        ListError::TooLarge { .. } => false,
        _ => true,
    }
}

/// An item of which only the address is known is a link; any other is a clipping.
fn unfold(list: lists::List, loads: &mut Vec<Load>, left_out: &mut Vec<String>) -> Result<(), Failure> {
    left_out.extend(list.left_out.iter().map(|each| format!("{}: {}", each.place, each.why)));
    for item in list.items {
        let address = item.address.as_ref().map(ArticleAddress::web);
        let bare = item.content.is_none() && item.marks.is_empty() && item.notes.is_empty() && item.tags.is_empty();
        if let Some(address) = address.as_ref().filter(|_| bare) {
            let label = item.title.clone().unwrap_or_else(|| address.as_str().to_owned());
            loads.push(Load { label, ..Load::link(address) });
            continue;
        }
        let name = item.title.clone().or_else(|| address.as_ref().map(|address| address.as_str().to_owned()));
        let clipping = clipping(list.tool, item)?;
        let label = name.unwrap_or_else(|| "a clipping".to_owned());
        loads.push(Load { kind: ArrivalKind::Clipping, label, address, luggage: Some(clipping) });
    }
    Ok(())
}

fn clipping(tool: lists::Tool, item: lists::Item) -> Result<Vec<u8>, Failure> {
    let json = serde_json::to_vec(&super::bring_clippings::Clipping { tool, item }).map_err(Failure::internal)?;
    packed::pack(&json).map_err(Failure::internal)
}

/// Lets things wait for their turn.
pub(super) async fn bring(house: &House, by: Member<Editor>, loads: Vec<Load>) -> Result<Vec<Arrival>, Failure> {
    if loads.is_empty() {
        return Err(Failure::Invalid("there is nothing in it to bring".to_owned()));
    }
    let mut act = house.begin(by).await?;
    let arrivals = wait(&mut act, by.group(), by.person(), loads).await?;
    let count = u32::try_from(arrivals.len()).unwrap_or(u32::MAX);
    act.done(None, Change::ArrivalsBrought { count }).await?;
    house.hands.ring();
    Ok(arrivals)
}

/// The same inside of an action.
pub(super) async fn wait(
    act: &mut Act,
    group: GroupId,
    by: PersonId,
    loads: Vec<Load>,
) -> Result<Vec<Arrival>, Failure> {
    let (waiting, ..) = store::arrival::counts(act, group).await?;
    if waiting as usize + loads.len() > MAX_WAITING as usize {
        return Err(Failure::Conflict(format!(
            "{waiting} things are on their way already, and {MAX_WAITING} may be: wait for some of them to arrive"
        )));
    }
    let mut arrivals = Vec::with_capacity(loads.len());
    for Load { kind, label, address, luggage } in loads {
        let id = ArrivalId::from_bits(clock::bits());
        let (brought_by, brought_at, state) = (by, act.now, ArrivalState::Waiting);
        let arrival = Arrival { id, group, kind, label, address, brought_by, brought_at, state };
        store::arrival::insert(act, &arrival, luggage.as_deref()).await?;
        arrivals.push(arrival);
    }
    Ok(arrivals)
}
