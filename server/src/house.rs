//! What the actions work with: the store, the configuration, and the one shape of an action's transaction.

use crate::{
    actions::{Failure, notify},
    clock,
    config::{Config, REQUEST_KEYS_KEPT},
    guesses::Guesses,
    hands::Hands,
    live::Hub,
    oidc::Issuer,
    once::{self, Asked},
    passkeys::Passkeys,
    postman::Letters,
    spam::{Akismet, SpamCheck},
    stamp::Stamps,
};
use chrono::{DateTime, Utc};
use domain::{
    article::{ArticleAddress, WebAddress},
    event::{Change, Event},
    id::{ArticleId, GroupId, PersonId},
    note::Visibility,
    permission::{AtLeast, Member},
    version::Stamp,
};
use fetch::{Answer, DEFAULT_GAP, FetchError, Fetched, Fetcher, Kind, Pace, Rules, Want};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};
use store::{Db, Store, Tx, event::Happening, request_key::Done};
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
    /// The wrong passwords of late, and the comments.
    pub guesses: Arc<Guesses>,
    /// Those who follow an article as it changes.
    pub hub: Arc<Hub>,
    /// What rings when there is a letter to be sent.
    pub letters: Arc<Letters>,
    /// The team's own sign-in, where there is one.
    pub team: Option<Arc<Issuer>>,
    /// Passkeys at this address, and the ceremonies that are under way.
    pub passkeys: Arc<Passkeys>,
    /// Signs when forms were given out.
    pub stamps: Arc<Stamps>,
    /// Who says whether a comment is spam, when anybody does.
    pub spam: Option<Arc<dyn SpamCheck>>,
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
    hub: Arc<Hub>,
    group: GroupId,
    /// Who does it.
    pub by: PersonId,
    /// When.
    pub now: DateTime<Utc>,
    /// The number of the event that it undoes.
    undoes: Option<u64>,
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
        let spam = config.akismet_key.clone().map(|key| -> Arc<dyn SpamCheck> {
            let (base, blog) = (config.akismet_url.clone(), config.public_url.clone());
            Arc::new(Akismet::new(web.fetcher.clone(), base, key, blog))
        });
        let hub = Arc::new(Hub::new(store.clone(), config.seats));
        let passkeys = Arc::new(Passkeys::at(&config.public_url));
        Ok(Self {
            store,
            config: Arc::new(config),
            web: Arc::new(web),
            hands: Arc::default(),
            guesses: Arc::default(),
            hub,
            letters: Arc::default(),
            team,
            passkeys,
            stamps: Arc::default(),
            spam,
        })
    }

    /// Begins an action of this member.
    ///
    /// Invariant: whoever was removed or given a lesser role since the proof was made has none any more, and nobody can come
    /// between this and the commit. A request that was done is not begun again: of two repeats at once the second finds here
    /// what the first has made.
    pub async fn begin<L: AtLeast>(&self, by: Member<L>) -> Result<Act, Failure> {
        let mut tx = self.store.begin().await?;
        let member = store::group::membership(&mut tx, by.person(), by.group()).await?;
        member.ok_or(Failure::NotFound("group"))?.at_least::<L>()?;
        if let Some(Asked { key, .. }) = once::asked()
            && store::request_key::get(&mut tx, by.person(), &key).await?.is_some()
        {
            return Err(done_before());
        }
        Ok(Act::first(self, tx, by.group(), by.person()))
    }
}

/// What a repeat meets that came while the first was being done; whoever asks is answered with what that has made.
fn done_before() -> Failure {
    Failure::Conflict("this was done already: a request with the same Idempotency-Key came before".to_owned())
}

impl Act {
    /// Begins an action for which there is no member: of the first moment of a group, or of Postil itself.
    pub fn first(house: &House, tx: Tx, group: GroupId, by: PersonId) -> Self {
        Self { tx, hub: house.hub.clone(), group, by, now: clock::now(), undoes: None }
    }

    /// What this action marks the fields that it sets with. The write lock is held, so the number is the one that its
    /// event will have.
    pub async fn stamp(&mut self) -> Result<Stamp, Failure> {
        let last = store::event::last(&mut self.tx, self.group).await?;
        Ok(Stamp { version: last + 1, by: self.by, at: self.now })
    }

    /// Says that it undoes what the event of this number did.
    pub fn undoing(self, number: u64) -> Self {
        Self { undoes: Some(number), ..self }
    }

    /// Writes the event, commits, and tells those who follow. What the change shows to be one person's alone is.
    ///
    /// Invariant: what this has returned survives `kill -9` and power loss. Nobody is told of what was not committed, and
    /// what was committed is told although nobody waits for this any more. The key of the request that asked for it is kept
    /// with it or not at all.
    pub async fn done(self, article: Option<ArticleId>, change: Change) -> Result<Event, Failure> {
        self.done_as(article, change, Visibility::Group).await
    }

    /// The same for a thing that this many see: what is done to a thing of one's own alone is one's own alone.
    pub async fn done_as(
        mut self,
        article: Option<ArticleId>,
        change: Change,
        visibility: Visibility,
    ) -> Result<Event, Failure> {
        let only_for = change.private_to().or((visibility == Visibility::Me).then_some(self.by));
        let Self { group, by, now: at, undoes, .. } = self;
        let owed = self.hub.owed(group);
        let happening = Happening { group, article, by, at, only_for, undoes, change };
        let event = store::event::append(&mut self.tx, happening).await?;
        notify::those_concerned(&mut self.tx, &event).await?;
        if let Some(Asked { key, digest }) = once::asked() {
            let done = Done { asked: digest, group, number: event.number };
            if !store::request_key::insert(&mut self.tx, by, &key, &done, at, at - REQUEST_KEYS_KEPT).await? {
                return Err(done_before());
            }
        }
        self.tx.commit().await?;
        once::done();
        owed.pay(&event);
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
