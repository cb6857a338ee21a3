//! Brings an article in.

use crate::{
    actions::Failure,
    clock, digest,
    house::{Act, House},
};
use chrono::{DateTime, Utc};
use domain::{
    article::{Article, CANONICAL_TEXT_VERSION, Draft, Layout, Origin, OriginForm, Revision},
    ask::RenameArticle,
    event::{Change, Event},
    id::{ArticleId, GroupId, PersonId, RevisionId},
    permission::{Editor, Member},
    words::Title,
};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

/// What a person brings.
#[derive(Debug, Clone)]
pub struct Brought {
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// What they are; found out when it is not said.
    pub form: Option<OriginForm>,
    /// The file's name, when it was a file.
    pub file_name: Option<String>,
    /// The title; what the text gives when it is not said.
    pub title: Option<Title>,
}

/// Everything made from what was brought, ready to be kept.
pub(super) struct Ready {
    pub draft: Draft,
    pub canonical_text: String,
    /// The bytes as they came, gzip.
    pub original: Vec<u8>,
    pub origin: Origin,
}

/// Brings an article in. Nothing is kept when anything is wrong with it.
pub async fn import(house: &House, by: Member<Editor>, brought: Brought) -> Result<(Article, Event), Failure> {
    let ready = read(house, brought).await?;
    let mut act = house.begin(by).await?;
    let article = keep(&mut act, by.group(), by.person(), ready).await?;
    let event = act.done(Some(article.id), Change::ArticleAdded(article.clone())).await?;
    Ok((article, event))
}

/// What may be brought.
pub(super) fn limits(house: &House) -> import::Limits {
    import::Limits { max_bytes: house.config.max_article_bytes, ..import::Limits::default() }
}

/// Reads what was brought, away from the threads that answer requests.
pub(super) async fn read(house: &House, brought: Brought) -> Result<Ready, Failure> {
    let limits = limits(house);
    let reading = tokio::task::spawn_blocking(move || -> Result<Ready, Failure> {
        let Brought { bytes, form, file_name, title } = brought;
        let brought = import::Brought { bytes: &bytes, form, file_name: file_name.as_deref(), ..Default::default() };
        let (mut draft, form) = import::draft(&brought, &limits)?;
        if let Some(title) = title {
            draft.title = title.into();
        }
        let origin = Origin { form, file_name, sha256: digest::sha256(&bytes), bytes: bytes.len() as u64 };
        Ok(Ready {
            canonical_text: Layout::of(&draft.blocks).into_text(),
            original: gzip(&bytes).map_err(Failure::internal)?,
            draft,
            origin,
        })
    });
    reading.await.map_err(Failure::internal)?
}

/// Keeps an article and its first reading, inside of an action.
pub(super) async fn keep(act: &mut Act, group: GroupId, by: PersonId, ready: Ready) -> Result<Article, Failure> {
    let Ready { draft, canonical_text, original, origin } = ready;
    let now: DateTime<Utc> = act.now;
    let article =
        Article { id: ArticleId::from_bits(clock::bits()), group, title: draft.title, added_by: by, added_at: now };
    let revision = Revision {
        id: RevisionId::from_bits(clock::bits()),
        article: article.id,
        number: 1,
        blocks: draft.blocks,
        text_version: CANONICAL_TEXT_VERSION,
        repairs: draft.repairs,
        notices: draft.notices,
        origin,
        imprint: draft.imprint,
        taken_at: now,
    };
    store::article::insert(act, &article).await?;
    store::revision::insert(act, &revision, by, &canonical_text, &original, None).await?;
    Ok(article)
}

/// Gives an article another title. Its text stays as it is.
pub async fn rename(house: &House, by: Member<Editor>, id: ArticleId, ask: RenameArticle) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let article = store::article::get(&mut act, by.group(), id).await?.ok_or(Failure::NotFound("article"))?;
    store::article::rename(&mut act, id, ask.title.as_str()).await?;
    act.done(Some(id), Change::ArticleRenamed(Article { title: ask.title.into(), ..article })).await
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}
