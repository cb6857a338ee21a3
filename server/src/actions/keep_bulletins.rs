//! Makes, lists and revokes the addresses at which feed readers ask what happens in a group, and answers there.

use crate::{
    actions::{Failure, sign_in::Token},
    atom::{self, Entry, Feed},
    clock,
    config::{MAX_BULLETIN_ENTRIES, MAX_BULLETIN_WORDS},
    digest,
    guesses::Key,
    house::House,
};
use chrono::{DateTime, Utc};
use domain::{
    activity::{Deed, quoted},
    bulletin::{Bulletin, MadeBulletin},
    group::Group,
    id::GroupId,
    permission::{Member, Reader},
    person::Person,
};
use std::net::IpAddr;
use store::bulletin::Opened;

/// Where the addresses lead: the token follows.
const ATOM: &str = "/atom/";

/// What there is for a feed reader.
#[derive(Debug)]
pub struct Issue {
    /// The feed.
    pub xml: Vec<u8>,
    /// When the last of what it tells happened.
    pub updated: DateTime<Utc>,
}

/// Makes the address of a person for a group that they are in. The one before opens nothing any more.
///
/// # Errors
/// [`Failure::NotFound`] for a group that they are not in.
pub async fn make(house: &House, person: &Person, group: GroupId) -> Result<MadeBulletin, Failure> {
    let token = Token::new();
    let mut tx = house.store.begin().await?;
    store::group::membership(&mut tx, person.id, group).await?.ok_or(Failure::NotFound("group"))?;
    store::bulletin::set(&mut tx, person.id, group, &token.digest(), clock::now()).await?;
    tx.commit().await?;
    Ok(MadeBulletin { group, address: format!("{}{ATOM}{}", house.config.public_url, token.reveal()) })
}

/// The groups of a person, with whether there is an address for each.
pub async fn list(house: &House, person: &Person) -> Result<Vec<Bulletin>, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(store::bulletin::of_person(&mut snapshot, person.id).await?)
}

/// Revokes the address of a person for a group.
///
/// # Errors
/// [`Failure::NotFound`] when there is none.
pub async fn revoke(house: &House, person: &Person, group: GroupId) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    if !store::bulletin::remove(&mut tx, person.id, group).await? {
        return Err(Failure::NotFound("address for a feed reader"));
    }
    Ok(tx.commit().await?)
}

/// What the person of this address may see of what happened in its group, at this moment. Wrong ones are counted for the
/// internet address that they come from; a right one is never kept out.
///
/// # Errors
/// [`Failure::NotFound`] for what opens nothing, [`Failure::Gone`] once its person has left the group, and
/// [`Failure::TooManyTries`].
pub async fn read(house: &House, token: &Token, from: Option<IpAddr>) -> Result<Issue, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let Some(opened) = store::bulletin::by_hash(&mut snapshot, &token.digest()).await? else {
        let keys: Vec<Key> = from.map(Key::secrets).into_iter().collect();
        house
            .guesses
            .count(&keys, clock::now())
            .map_err(|wait| Failure::TooManyTries { what: "wrong addresses of feeds from where you are", wait })?;
        return Err(Failure::NotFound("feed"));
    };
    let Opened::To(member) = opened else {
        return Err(Failure::Gone("this feed has ended: whoever made it is not in the group any more"));
    };
    let by: Member<Reader> = member.at_least()?;
    let group = store::group::get(&mut snapshot, member.group).await?.ok_or(Failure::NotFound("feed"))?;
    let deeds = store::deeds::bulletin(&mut snapshot, by, MAX_BULLETIN_ENTRIES).await?;
    if let Some(language) = store::language::of(&mut snapshot, by.person()).await? {
        phrases::speak(language);
    }
    drop(snapshot);
    let feed = feed(&house.config.public_url, by, &group, deeds, token);
    Ok(Issue { xml: atom::write(&feed).map_err(Failure::internal)?, updated: feed.updated })
}

fn feed(home: &str, by: Member<Reader>, group: &Group, deeds: Vec<(Deed, Option<String>)>, token: &Token) -> Feed {
    let (group_page, person) = (format!("{home}/groups/{}", group.id), by.person());
    let entries: Vec<Entry> = deeds
        .into_iter()
        .map(|(deed, words)| Entry {
            id: urn(&format!("event {} {} {}", group.id, deed.number, deed.at.timestamp_micros())),
            title: title(&deed),
            updated: deed.at,
            link: deed.path.as_ref().map_or_else(|| group_page.clone(), |path| format!("{home}{path}")),
            words: content(&deed, words),
            author: deed.name,
        })
        .collect();
    Feed {
        // What each member may see is another feed.
        id: urn(&format!("bulletin {} {person}", group.id)),
        title: group.name.clone(),
        // A group is never without an event, save one whose events are all its reader's alone.
        updated: entries.first().map_or(DateTime::UNIX_EPOCH, |newest| newest.updated),
        itself: format!("{home}{ATOM}{}", token.reveal()),
        home: group_page,
        entries,
    }
}

/// What happened as a sentence, with the article in which it did.
fn title(deed: &Deed) -> String {
    let sentence = format!("{} {}", deed.name, phrases::heard(&deed.what));
    match &deed.article {
        Some(article) => format!("{sentence} · {}", article.title),
        None => sentence,
    }
}

/// The words that it was done to, and each field before and after; nothing where there are neither.
fn content(deed: &Deed, words: Option<String>) -> Option<String> {
    let field = |field: &Option<String>| field.as_deref().map_or("–".to_owned(), quoted);
    let edits = deed
        .edits
        .iter()
        .map(|edit| format!("{}: {} → {}", phrases::heard(&edit.field), field(&edit.before), field(&edit.after)));
    let parts: Vec<String> = words.map(cut).into_iter().chain(edits).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

fn cut(words: String) -> String {
    match words.char_indices().nth(MAX_BULLETIN_WORDS) {
        Some((end, _)) => format!("{} …", &words[..end]),
        None => words,
    }
}

/// A name that is the same each time it is made of the same, and no other's: a UUID of our own making (RFC 9562, 5.8), so
/// that it stays when Postil moves to another address.
fn urn(of: &str) -> String {
    let digest = digest::sha256(format!("postil {of}").as_bytes());
    let part = |from: usize, to: usize| &digest[from..to];
    format!("urn:uuid:{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_uuid_and_no_other_s() {
        let name = urn("event a 1");
        let bits: Vec<&str> = name.strip_prefix("urn:uuid:").unwrap().split('-').collect();
        assert_eq!(bits.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(bits[2].starts_with('8') && bits[3].starts_with('8'), "version and variant: {name}");
        assert_eq!(name, urn("event a 1"));
        assert_ne!(name, urn("event a 2"));
    }

    #[test]
    fn long_words_are_cut() {
        let whole = "ā".repeat(MAX_BULLETIN_WORDS);
        assert_eq!(cut(whole.clone()), whole);
        assert_eq!(cut(format!("{whole}b")), format!("{whole} …"));
    }
}
