//! Brings an article in.

use crate::{
    actions::Failure,
    clock,
    config::Config,
    digest,
    house::{Act, House},
    packed,
};
use chrono::{DateTime, Utc};
use domain::{
    article::{
        Article, ArticleAddress, CANONICAL_TEXT_VERSION, Draft, Kind, Layout, Origin, OriginForm, Picture, Revision,
        WebAddress,
    },
    ask::RenameArticle,
    event::{Change, Event},
    id::{ArticleId, GroupId, PersonId, RevisionId},
    permission::{Editor, Member},
    words::Title,
};
use std::path::Path;
use url::Url;

/// The most pictures of the web that are kept beside one reading.
pub const MAX_PICTURES: usize = 60;

/// What a person brings.
#[derive(Debug, Clone, Default)]
pub struct Brought {
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// What they are; found out when it is not said.
    pub form: Option<OriginForm>,
    /// The file's name, when it was a file.
    pub file_name: Option<String>,
    /// The title; what the text gives when it is not said.
    pub title: Option<Title>,
    /// The media type that a server gave it.
    pub media_type: Option<String>,
    /// Where it was found in the web, after all redirects.
    pub address: Option<ArticleAddress>,
    /// Whether the server has fetched it.
    pub fetched: bool,
    /// The addresses that led there.
    pub led_by: Vec<ArticleAddress>,
    /// Whether a person selected just these words.
    pub selected: bool,
}

/// Everything made from what was brought, ready to be kept.
pub(super) struct Ready {
    pub draft: Draft,
    pub canonical_text: String,
    /// The bytes as they came, gzip.
    pub original: Vec<u8>,
    pub origin: Origin,
    /// The addresses under which it is known: where it was found comes first, what only the page calls its own comes last.
    pub addresses: Vec<Address>,
}

/// An address under which a text is known.
pub(super) struct Address {
    pub at: ArticleAddress,
    /// Whether only the page itself calls it its own.
    pub claimed: bool,
}

/// Brings an article in. Nothing is kept when anything is wrong with it.
pub async fn import(house: &House, by: Member<Editor>, brought: Brought) -> Result<(Article, Event), Failure> {
    let ready = read(house, brought).await?;
    let mut act = house.begin(by).await?;
    let article = keep(&mut act, by.group(), by.person(), &ready).await?;
    let event = act.done(Some(article.id), Change::ArticleAdded(article.clone())).await?;
    Ok((article, event))
}

/// What may be brought: of what the server has fetched itself, as much as it fetches.
fn limits(house: &House, brought: &Brought) -> import::Limits {
    let Config { max_article_bytes, max_fetch_bytes, .. } = *house.config;
    let max_bytes = if brought.fetched { max_article_bytes.max(max_fetch_bytes) } else { max_article_bytes };
    import::Limits { max_bytes, ..import::Limits::default() }
}

/// Reads what was brought, away from the threads that answer requests.
pub(super) async fn read(house: &House, brought: Brought) -> Result<Ready, Failure> {
    let limits = limits(house, &brought);
    let apart = house.config.reads_apart.clone();
    let reading = tokio::task::spawn_blocking(move || -> Result<Ready, Failure> {
        let (mut draft, form) = draft_of(&brought, &limits, apart.as_deref())?;
        let addresses = addresses(&brought, &draft);
        let Brought { bytes, file_name, title, .. } = brought;
        draft.imprint.title = Some(draft.title.clone());
        if let Some(title) = title {
            draft.title = title.into();
        }
        let origin = Origin { form, file_name, sha256: digest::sha256(&bytes), bytes: bytes.len() as u64 };
        Ok(Ready {
            canonical_text: Layout::of(&draft.blocks).into_text(),
            original: packed::pack(&bytes).map_err(Failure::internal)?,
            draft,
            origin,
            addresses,
        })
    });
    reading.await.map_err(Failure::internal)?
}

fn draft_of(
    brought: &Brought,
    limits: &import::Limits,
    apart: Option<&Path>,
) -> Result<(Draft, OriginForm), import::ImportError> {
    let address = brought.address.as_ref().and_then(|address| Url::parse(address.as_str()).ok());
    let Brought { bytes, form, file_name, media_type, selected, address: found_at, .. } = brought;
    let brought = import::Brought {
        bytes,
        form: *form,
        file_name: file_name.as_deref(),
        media_type: media_type.as_deref(),
        address: address.as_ref(),
        selected: *selected,
        apart,
    };
    let (mut draft, form) = import::draft(&brought, limits)?;
    draft.imprint.address = found_at.as_ref().map(ArticleAddress::web);
    Ok((draft, form))
}

/// Where it was found, what led there, and what the page calls its own address when that can be trusted.
fn addresses(brought: &Brought, draft: &Draft) -> Vec<Address> {
    let own = brought.address.as_ref();
    let canonical = draft.imprint.canonical.as_ref().and_then(|address| ArticleAddress::parse(address.as_str()).ok());
    let trusted = canonical.filter(|canonical| own.is_some_and(|own| own.trusted_canonical(canonical)));
    let found = own.into_iter().chain(&brought.led_by).map(|at| Address { at: at.clone(), claimed: false });
    found.chain(trusted.map(|at| Address { at, claimed: true })).collect()
}

/// Keeps an article and its first reading, inside of an action.
pub(super) async fn keep(act: &mut Act, group: GroupId, by: PersonId, ready: &Ready) -> Result<Article, Failure> {
    let Ready { draft, canonical_text, original, origin, addresses } = ready;
    let now: DateTime<Utc> = act.now;
    let article = Article {
        id: ArticleId::from_bits(clock::bits()),
        group,
        title: draft.title.clone(),
        added_by: by,
        added_at: now,
    };
    let revision = Revision {
        id: RevisionId::from_bits(clock::bits()),
        article: article.id,
        number: 1,
        blocks: draft.blocks.clone(),
        text_version: CANONICAL_TEXT_VERSION,
        repairs: draft.repairs.clone(),
        notices: draft.notices.clone(),
        origin: origin.clone(),
        imprint: draft.imprint.clone(),
        taken_at: now,
    };
    store::article::insert(act, &article).await?;
    store::revision::insert(act, &revision, by, canonical_text, original, None).await?;
    keep_around(act, group, article.id, &revision, addresses, &draft.pictures).await?;
    Ok(article)
}

/// Keeps what belongs to a reading beside its text: the addresses it is known under, the pictures that came with it, and
/// which pictures are to be fetched.
pub(super) async fn keep_around(
    act: &mut Act,
    group: GroupId,
    article: ArticleId,
    revision: &Revision,
    addresses: &[Address],
    pictures: &[Picture],
) -> Result<(), Failure> {
    for Address { at, claimed } in addresses {
        store::address::insert(act, group, article, at, *claimed).await?;
    }
    for picture in pictures {
        store::picture::keep(act, article, picture, None).await?;
    }
    let now = act.now;
    for address in wanted_pictures(revision) {
        store::picture::want(act, article, address, now).await?;
    }
    Ok(())
}

/// The pictures of the web that a reading shows, its lead picture first, each once.
fn wanted_pictures(revision: &Revision) -> Vec<&WebAddress> {
    let shown = revision.blocks.iter().filter_map(|block| match &block.kind {
        Kind::Figure { picture: Some(picture), kept: None, .. } => Some(picture),
        _ => None,
    });
    let mut wanted: Vec<&WebAddress> = Vec::new();
    for picture in revision.imprint.picture.iter().chain(shown) {
        if wanted.len() < MAX_PICTURES && !wanted.contains(&picture) {
            wanted.push(picture);
        }
    }
    wanted
}

/// Gives an article another title. Its text stays as it is.
pub async fn rename(house: &House, by: Member<Editor>, id: ArticleId, ask: RenameArticle) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let article = store::article::get(&mut act, by.group(), id).await?.ok_or(Failure::NotFound("article"))?;
    store::article::rename(&mut act, id, ask.title.as_str()).await?;
    act.done(Some(id), Change::ArticleRenamed(Article { title: ask.title.into(), ..article })).await
}
