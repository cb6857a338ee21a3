//! Takes a comment from outside. It is shown to nobody but editors until one of them approves it.

use crate::{actions::Failure, clock, config::MAX_COMMENTS_WAITING, guesses::Key, house::House};
use domain::{
    comment::{Comment, CommentState, SpamCheck},
    id::CommentId,
    public_page::{PageToken, PublicPage},
    words::{CommentWords, PersonName},
};
use std::net::IpAddr;
use store::{Db, comment::Sender};

/// What a form brought.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The name.
    pub name: String,
    /// The words.
    pub words: String,
    /// When the form was given out.
    pub stamp: String,
    /// What only programs fill in.
    pub trap: String,
    /// The address that it came from.
    pub address: Option<IpAddr>,
    /// What the browser said that it is.
    pub agent: String,
}

/// The most bytes of what a browser calls itself that a spam check is shown.
const MAX_AGENT: usize = 400;

/// Takes a comment under the page that this token opens. That nobody is let know of it makes it no event: the decision is.
pub async fn write(house: &House, token: &PageToken, typed: Typed) -> Result<(), Failure> {
    let now = clock::now();
    // What is wrong with a comment is told only where comments are taken.
    let mut snapshot = house.store.snapshot().await?;
    taking(&mut snapshot, token).await?;
    drop(snapshot);
    let name = PersonName::parse(&typed.name)?;
    let words = CommentWords::parse(&typed.words)?;
    house.stamps.check(token.as_str(), &typed.stamp, now).map_err(|error| Failure::Invalid(error.to_string()))?;
    let mut tx = house.store.begin().await?;
    let page = taking(&mut tx, token).await?;
    let from = typed.address.map(Key::comments_from);
    let keys: Vec<Key> = from.into_iter().chain([Key::CommentsOn(page.article)]).collect();
    house.guesses.count(&keys, now).map_err(|wait| Failure::TooMany { what: "comments", wait })?;
    if store::comment::waiting_under(&mut tx, page.article).await? >= MAX_COMMENTS_WAITING {
        return Err(Failure::Conflict("very many comments wait to be looked at: come back another day".to_owned()));
    }
    // What a program wrote is kept where an editor can look for it, and hurries nobody.
    let trapped = !typed.trap.trim().is_empty();
    let comment = Comment {
        id: CommentId::from_bits(clock::bits()),
        article: page.article,
        name,
        words,
        came_at: now,
        state: if trapped { CommentState::Spam } else { CommentState::Waiting },
        check: if trapped { SpamCheck::Suspect } else { SpamCheck::Unchecked },
        decided_by: None,
        decided_at: None,
    };
    let mut agent = typed.agent;
    agent.truncate(agent.floor_char_boundary(MAX_AGENT));
    let sender = Sender { address: typed.address.map(|address| address.to_canonical().to_string()), agent };
    let due = (house.spam.is_some() && !trapped).then_some(now);
    store::comment::insert(&mut tx, &comment, &sender, due).await?;
    tx.commit().await?;
    Ok(())
}

/// The page that a token opens, where comments are taken.
async fn taking(db: &mut Db, token: &PageToken) -> Result<PublicPage, Failure> {
    let page = store::public_page::opened_by(db, token).await?.map(|(page, _)| page);
    page.filter(|page| page.terms.comments).ok_or(Failure::NotFound("page"))
}
