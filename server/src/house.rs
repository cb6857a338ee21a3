//! What the actions work with: the store, the configuration, and the one shape of an action's transaction.

use crate::{actions::Failure, clock, config::Config};
use chrono::{DateTime, Utc};
use domain::{
    event::{Change, Event},
    id::{ArticleId, GroupId, PersonId},
    permission::{AtLeast, Member},
};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};
use store::{Db, Store, Tx, event::Happening};

/// What the actions work with.
#[derive(Debug, Clone)]
pub struct House {
    /// Where things are kept.
    pub store: Store,
    /// How it is set up.
    pub config: Arc<Config>,
}

/// One action under way: one transaction that ends with one event.
pub struct Act {
    tx: Tx,
    group: GroupId,
    /// Who does it.
    pub by: PersonId,
    /// When.
    pub now: DateTime<Utc>,
}

impl House {
    /// Begins an action of this member.
    pub async fn begin<L: AtLeast>(&self, by: Member<L>) -> Result<Act, Failure> {
        Ok(Act { tx: self.store.begin().await?, group: by.group(), by: by.person(), now: clock::now() })
    }
}

impl Act {
    /// Begins an action of the first moment of a group, when there is no member yet.
    pub fn first(tx: Tx, group: GroupId, by: PersonId) -> Self {
        Self { tx, group, by, now: clock::now() }
    }

    /// Writes the event and commits.
    ///
    /// Invariant: what this has returned survives `kill -9` and power loss.
    pub async fn done(mut self, article: Option<ArticleId>, change: Change) -> Result<Event, Failure> {
        let happening = Happening { group: self.group, article, by: self.by, at: self.now, change };
        let event = store::event::append(&mut self.tx, happening).await?;
        self.tx.commit().await?;
        Ok(event)
    }
}

impl Deref for Act {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.tx
    }
}

impl DerefMut for Act {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.tx
    }
}
