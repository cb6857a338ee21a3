//! What the actions work with: the store, the configuration, and the one shape of an action's transaction.

use crate::{actions::Failure, clock, config::Config, guesses::Guesses, hands::Hands, oidc::Issuer, postman::Letters};
use chrono::{DateTime, Utc};
use domain::{
    article::{ArticleAddress, WebAddress},
    event::{Change, Event},
    id::{ArticleId, GroupId, PersonId},
    permission::{AtLeast, Member},
};
use fetch::{Answer, DEFAULT_GAP, FetchError, Fetched, Fetcher, Kind, Pace, Rules, Want};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};
use store::{Db, Store, Tx, event::Happening};
use url::Url;

/// What the actions work with.
#[derive(Debug, Clone)]
pub struct House {
    /// Where things are kept.
    pub store: Store,
    /// How it is set up.
    pub config: Arc<Config>,
    /// How it gets pages, feeds and pictures.
    pub web: Arc<Web>,
    /// What is being carried in right now.
    pub hands: Arc<Hands>,
    /// The wrong passwords of late.
    pub guesses: Arc<Guesses>,
    /// What rings when there is a letter to be sent.
    pub letters: Arc<Letters>,
    /// The team's own sign-in, where there is one.
    pub team: Option<Arc<Issuer>>,
}

/// How the server gets what is in the web.
#[derive(Debug)]
pub struct Web {
    /// Fetches, safely.
    pub fetcher: Fetcher,
    /// Says whose turn it is, so that no server and no group is overrun.
    pub pace: Pace,
}

impl Web {
    /// Fetches what is at an address, for this group, when its turn has come.
    ///
    /// # Errors
    /// [`Failure::Fetch`], and [`Failure::Invalid`] for what is no address of the web.
    pub async fn get(&self, group: GroupId, address: &WebAddress, want: Want) -> Result<Answer, Failure> {
        let address = ArticleAddress::parse(address.as_str()).map_err(|error| Failure::Invalid(error.to_string()))?;
        let url = Url::parse(address.as_str()).map_err(|error| Failure::Invalid(error.to_string()))?;
        let _turn = self.pace.turn(group.bits(), address.host()).await;
        Ok(self.fetcher.get(&url, want).await?)
    }

    /// The same for what nobody has yet.
    pub async fn get_anew(&self, group: GroupId, address: &WebAddress, kind: Kind) -> Result<Fetched, Failure> {
        match self.get(group, address, Want::anew(kind)).await? {
            Answer::Fetched(fetched) => Ok(fetched),
            Answer::NotModified => Err(Failure::internal("what nobody has was not modified")),
        }
    }
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
    /// A house around an open store.
    ///
    /// # Errors
    /// When this machine cannot speak TLS.
    pub fn new(store: Store, config: Config) -> Result<Self, FetchError> {
        let rules =
            Rules { max_bytes: config.max_fetch_bytes, allow: config.allowed_networks.clone(), ..Rules::default() };
        let web =
            Web { fetcher: Fetcher::new(rules)?, pace: Pace::new(config.fetches_per_minute as usize, DEFAULT_GAP) };
        let team = config.oidc.clone().map(|oidc| Issuer::new(oidc, &config.public_url)).transpose()?.map(Arc::new);
        Ok(Self {
            store,
            config: Arc::new(config),
            web: Arc::new(web),
            hands: Arc::default(),
            guesses: Arc::default(),
            letters: Arc::default(),
            team,
        })
    }

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
