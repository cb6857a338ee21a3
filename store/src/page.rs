//! What a page shows, gathered from one snapshot.

use crate::{
    Db, Error, article, claim, detectors::Detectors, event, group, highlight, note, person, review, revision, source,
    tag, touched_claim,
};
use chrono::{DateTime, Utc};
use domain::{
    article::{Article, OriginForm, RevisionLine, TouchedClaim},
    claim::Claim,
    id::{ArticleId, GroupId, HighlightId, PersonId, RevisionId},
    page::{ClaimBoard, ClaimRow, History, Library, LibraryRow, Margin, Reading, RevisionRow, SourceList, SourceRow},
    permission::{Member, Reader},
};
use sqlx::{FromRow, types::Text};
use std::collections::{HashMap, HashSet};

#[derive(FromRow)]
struct LibraryLine {
    id: Text<ArticleId>,
    group_id: Text<GroupId>,
    title: String,
    added_by: Text<PersonId>,
    added_at: DateTime<Utc>,
    form: Text<OriginForm>,
    words: u32,
    highlights: u32,
    notes: u32,
    claims: u32,
    settled: u32,
}

/// The group's articles, the newest first.
pub async fn library(db: &mut Db, by: Member<Reader>) -> Result<Library, Error> {
    let lines: Vec<LibraryLine> = sqlx::query_as(
        "SELECT articles.id, articles.group_id, articles.title, articles.added_by, articles.added_at,
                revisions.form, revisions.words,
                (SELECT COUNT(*) FROM highlights
                 WHERE highlights.article = articles.id AND highlights.removed_at IS NULL) AS highlights,
                (SELECT COUNT(*) FROM notes
                 WHERE notes.article = articles.id AND notes.removed_at IS NULL) AS notes,
                (SELECT COUNT(DISTINCT claims.id) FROM claims
                 JOIN appearances ON appearances.claim = claims.id
                 JOIN highlights ON highlights.id = appearances.highlight
                 WHERE highlights.article = articles.id AND highlights.removed_at IS NULL
                   AND claims.removed_at IS NULL) AS claims,
                (SELECT COUNT(DISTINCT claims.id) FROM claims
                 JOIN appearances ON appearances.claim = claims.id
                 JOIN highlights ON highlights.id = appearances.highlight
                 WHERE highlights.article = articles.id AND highlights.removed_at IS NULL
                   AND claims.removed_at IS NULL AND claims.state = 'settled') AS settled
         FROM articles
         JOIN revisions ON revisions.article = articles.id AND revisions.number =
             (SELECT MAX(latest.number) FROM revisions AS latest WHERE latest.article = articles.id)
         WHERE articles.group_id = $1 ORDER BY articles.added_at DESC, articles.rowid DESC",
    )
    .bind(Text(by.group()))
    .fetch_all(&mut *db)
    .await?;
    let tags: Vec<(Text<ArticleId>, String)> = sqlx::query_as(
        "SELECT tags.article, sources.name FROM tags
         JOIN sources ON sources.id = tags.source
         WHERE sources.group_id = $1 AND tags.answer = 'confirmed' ORDER BY sources.name",
    )
    .bind(Text(by.group()))
    .fetch_all(db)
    .await?;
    let row = |line: LibraryLine| LibraryRow {
        sources: tags.iter().filter(|(article, _)| article.0 == line.id.0).map(|(_, name)| name.clone()).collect(),
        article: Article {
            id: line.id.0,
            group: line.group_id.0,
            title: line.title,
            added_by: line.added_by.0,
            added_at: line.added_at,
        },
        form: line.form.0,
        words: line.words,
        highlights: line.highlights,
        notes: line.notes,
        claims: line.claims,
        settled: line.settled,
    };
    Ok(Library { articles: lines.into_iter().map(row).collect() })
}

/// An article as it is read: the reading of this number, or the latest one; nothing when the group does not keep it.
pub async fn reading(
    db: &mut Db,
    detectors: &Detectors,
    by: Member<Reader>,
    id: ArticleId,
    number: Option<u32>,
) -> Result<Option<Reading>, Error> {
    let Some(kept) = article::get(db, by.group(), id).await? else { return Ok(None) };
    let Some(shown) = revision::get(db, id, number).await? else { return Ok(None) };
    let numbers = revision::numbers(db, id).await?;
    let latest = numbers.last().map_or(shown.id, |(latest, _)| latest.id);
    let Some(group) = group::get(db, by.group()).await? else { return Ok(None) };
    let sources = source::of_group(db, by.group()).await?;
    let people = person::of_group(db, by.group()).await?;
    let reviews = review::of_revision(db, shown.id).await?;
    let mentions = detectors.of(by.group(), &sources).mentions(shown.layout().text());
    let highlights = highlight::of_article(db, id, shown.id).await?;
    let mut claims = claim::of_article(db, id).await?;
    let here: HashSet<HighlightId> = highlights.iter().map(|highlight| highlight.id).collect();
    claims.retain(|claim| claim.appearances.iter().any(|appearance| here.contains(appearance)));
    let margin = Margin {
        article: id,
        revision: shown.id,
        latest,
        readings: numbers.iter().map(|(reading, _)| *reading).collect(),
        highlights,
        notes: note::of_article(db, id).await?,
        claims,
        mentions,
        tags: tag::of_article(db, id).await?,
        sources: source::names(db, by.group()).await?,
        palette: group.palette,
        you: by.person(),
        role: by.role(),
        last_event: event::last(db, by.group()).await?,
        people,
    };
    let added_by = margin.person_name(kept.added_by).to_owned();
    let bringer = numbers.iter().find(|(reading, _)| reading.id == shown.id).map_or(kept.added_by, |(_, by)| *by);
    let brought_by = margin.person_name(bringer).to_owned();
    Ok(Some(Reading { article: kept, added_by, latest, revision: shown, brought_by, reviews, margin }))
}

/// The readings of an article, the newest first; nothing when the group does not keep it.
pub async fn history(db: &mut Db, by: Member<Reader>, id: ArticleId) -> Result<Option<History>, Error> {
    let Some(kept) = article::get(db, by.group(), id).await? else { return Ok(None) };
    let people = person::of_group(db, by.group()).await?;
    let mut touched: HashMap<RevisionId, Vec<TouchedClaim>> = HashMap::new();
    for (revision, claim) in touched_claim::of_article(db, id).await? {
        touched.entry(revision).or_default().push(claim);
    }
    let name = |id| people.iter().find(|each| each.id == id).map_or("somebody", |each| each.name.as_str());
    let row = |line: RevisionLine| RevisionRow {
        brought_by: name(line.brought_by).to_owned(),
        touched: touched.remove(&line.id).unwrap_or_default(),
        revision: line,
    };
    let revisions = revision::of_article(db, id).await?.into_iter().map(row).collect();
    Ok(Some(History { article: kept, revisions }))
}

/// The group's claims.
pub async fn claims(db: &mut Db, by: Member<Reader>) -> Result<ClaimBoard, Error> {
    let claims = claim::of_group(db, by.group()).await?;
    let sources = source::names(db, by.group()).await?;
    let mut homes = claim::homes(db, by.group()).await?;
    let mut touched = touched_claim::standing_open(db, by.group()).await?;
    let row = |claim: Claim| {
        let name = |id| sources.iter().find(|each| each.id == id).map(|each| each.name.clone());
        let named = claim.attributions.iter().filter_map(|each| Some((name(each.source)?, each.stance)));
        let (article, article_title) = homes.remove(&claim.id).unzip();
        ClaimRow { sources: named.collect(), article, article_title, touched: touched.remove(&claim.id), claim }
    };
    Ok(ClaimBoard { claims: claims.into_iter().map(row).collect() })
}

/// The group's sources.
pub async fn sources(db: &mut Db, by: Member<Reader>) -> Result<SourceList, Error> {
    let uses = source::uses(db, by.group()).await?;
    let row = |source: domain::source::Source| {
        let uses = uses.get(&source.id);
        SourceRow { articles: uses.map_or(0, |each| each.articles), claims: uses.map_or(0, |each| each.claims), source }
    };
    Ok(SourceList { sources: source::of_group(db, by.group()).await?.into_iter().map(row).collect() })
}
