//! Says what becomes of what feeds offer.

use crate::{
    actions::{
        Failure,
        bring_arrivals::{self, Load},
    },
    house::House,
};
use domain::{
    ask::ChooseEntries,
    event::{Change, Event},
    feed::Choice,
    permission::{Editor, Member},
};

/// The most entries that are chosen at once.
pub const MAX_CHOSEN: usize = 1_000;

/// Keeps entries, which are fetched then; drops them; or puts dropped ones back.
pub async fn choose(house: &House, by: Member<Editor>, ask: ChooseEntries) -> Result<Event, Failure> {
    let ChooseEntries { entries, choice } = ask;
    if entries.is_empty() || entries.len() > MAX_CHOSEN {
        return Err(Failure::Invalid(format!("choose between one entry and {MAX_CHOSEN}")));
    }
    let mut act = house.begin(by).await?;
    let now = act.now;
    let mut loads = Vec::new();
    for id in &entries {
        let found = store::entry::get(&mut act, by.group(), *id).await?;
        let (entry, before) = found.ok_or(Failure::NotFound("entry"))?;
        if before == Some(Choice::Keep) {
            return Err(Failure::Conflict(format!("“{}” was kept already: it is on its way or here", entry.title)));
        }
        store::entry::choose(&mut act, *id, choice, by.person(), now).await?;
        if choice == Choice::Keep {
            loads.push(Load { label: entry.title, ..Load::link(&entry.address) });
        }
    }
    bring_arrivals::wait(&mut act, by.group(), by.person(), loads).await?;
    let event = act.done(None, Change::EntriesChosen { entries, choice }).await?;
    house.hands.ring();
    Ok(event)
}
