//! What a page shows, gathered from one snapshot.

use crate::{
    Db, Error, arrival, article, bookmark, claim, comment, detectors::Detectors, entry, event, feed, group, highlight,
    invitation, note, person, picture, public_page, review, revision, source, tag, touched_claim,
};
use chrono::{DateTime, Utc};
use domain::{
    arrival::{ArrivalRow, Arrivals},
    article::{Article, Imprint, OriginForm, RevisionLine, TouchedClaim},
    claim::Claim,
    feed::{EntryRow, FeedList, FeedRow, Inbox},
    id::{ArticleId, GroupId, HighlightId, PersonId, RevisionId},
    page::{
        ClaimBoard, ClaimRow, GroupList, GroupRow, GroupSheet, History, Library, LibraryRow, Margin, PublicComment,
        PublicReading, Reading, RevisionRow, SourceList, SourceRow, Unshown,
    },
    permission::{Member, Reader, Role},
    public_page::PublicPage,
    source::Source,
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};
use std::collections::{HashMap, HashSet};

#[derive(FromRow)]
struct LibraryLine {
    id: Text<ArticleId>,
    group_id: Text<GroupId>,
    title: String,
    added_by: Text<PersonId>,
    added_at: DateTime<Utc>,
    form: Text<OriginForm>,
    imprint: Json<Imprint>,
    words: u32,
    highlights: u32,
    notes: u32,
    claims: u32,
    settled: u32,
    read: Option<u8>,
}

/// The group's articles, the newest first.
pub async fn library(db: &mut Db, by: Member<Reader>) -> Result<Library, Error> {
    let lines: Vec<LibraryLine> = sqlx::query_as(
        "SELECT articles.id, articles.group_id, articles.title, articles.added_by, articles.added_at,
                revisions.form, revisions.imprint, revisions.words,
                (SELECT COUNT(*) FROM highlights
                 WHERE highlights.article = articles.id AND highlights.removed_at IS NULL
                   AND (highlights.visibility <> 'me' OR highlights.made_by = $2)) AS highlights,
                (SELECT COUNT(*) FROM notes
                 WHERE notes.article = articles.id AND notes.removed_at IS NULL
                   AND (notes.visibility <> 'me' OR notes.written_by = $2)) AS notes,
                (SELECT COUNT(DISTINCT claims.id) FROM claims
                 JOIN appearances ON appearances.claim = claims.id
                 JOIN highlights ON highlights.id = appearances.highlight
                 WHERE highlights.article = articles.id AND highlights.removed_at IS NULL
                   AND claims.removed_at IS NULL) AS claims,
                (SELECT COUNT(DISTINCT claims.id) FROM claims
                 JOIN appearances ON appearances.claim = claims.id
                 JOIN highlights ON highlights.id = appearances.highlight
                 WHERE highlights.article = articles.id AND highlights.removed_at IS NULL
                   AND claims.removed_at IS NULL AND claims.state = 'settled') AS settled,
                (SELECT share FROM bookmarks
                 WHERE bookmarks.article = articles.id AND bookmarks.person = $2) AS read
         FROM articles
         JOIN revisions ON revisions.article = articles.id AND revisions.number =
             (SELECT MAX(latest.number) FROM revisions AS latest WHERE latest.article = articles.id)
         WHERE articles.group_id = $1 ORDER BY articles.added_at DESC, articles.rowid DESC",
    )
    .bind(Text(by.group()))
    .bind(Text(by.person()))
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
        imprint: line.imprint.0,
        words: line.words,
        highlights: line.highlights,
        notes: line.notes,
        claims: line.claims,
        settled: line.settled,
        read: line.read,
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
    let people = person::ever_in_group(db, by.group()).await?;
    let reviews = review::of_revision(db, shown.id).await?;
    let mentions = detectors.of(by.group(), &sources).mentions(shown.layout().text());
    let highlights = highlight::of_article(db, id, shown.id, by.person()).await?;
    let mut claims = claim::of_article(db, id).await?;
    let here: HashSet<HighlightId> = highlights.iter().map(|highlight| highlight.id).collect();
    claims.retain(|claim| claim.appearances.iter().any(|appearance| here.contains(appearance)));
    let margin = Margin {
        article: id,
        revision: shown.id,
        latest,
        readings: numbers.iter().map(|(reading, _)| *reading).collect(),
        highlights,
        notes: note::of_article(db, id, by.person()).await?,
        claims,
        mentions,
        tags: tag::of_article(db, id).await?,
        sources: source::names(db, by.group()).await?,
        palette: group.palette,
        you: by.person(),
        role: by.role(),
        public: public_page::get(db, id).await?.token.is_some(),
        last_event: event::last(db, by.group()).await?,
        group: by.group(),
        people,
    };
    let added_by = margin.person_name(kept.added_by).to_owned();
    let bringer = numbers.iter().find(|(reading, _)| reading.id == shown.id).map_or(kept.added_by, |(_, by)| *by);
    let brought_by = margin.person_name(bringer).to_owned();
    let publisher = publisher(&sources, &shown.imprint)
        .and_then(|source| margin.sources.iter().find(|named| named.id == source.id).cloned());
    let pictures = picture::of_article(db, id).await?;
    Ok(Some(Reading {
        article: kept,
        added_by,
        latest,
        revision: shown,
        brought_by,
        publisher,
        pictures,
        bookmark: bookmark::get(db, by.person(), id).await?,
        reviews,
        comments: comment::approved(db, id).await?.iter().map(PublicComment::from).collect(),
        margin,
    }))
}

/// What the public page of an article shows: of nobody in particular, so nothing that is for some.
pub async fn public(db: &mut Db, page: &PublicPage) -> Result<Option<PublicReading>, Error> {
    let id = page.article;
    let Some(group) = article::group_of(db, id).await? else { return Ok(None) };
    let Some(kept) = article::get(db, group, id).await? else { return Ok(None) };
    let Some(shown) = revision::get(db, id, None).await? else { return Ok(None) };
    let sources = source::of_group(db, group).await?;
    Ok(Some(PublicReading::of(Unshown {
        title: kept.title,
        publisher: publisher(&sources, &shown.imprint).map(|source| source.name.clone()),
        reviews: review::of_revision(db, shown.id).await?,
        pictures: picture::of_article(db, id).await?,
        highlights: highlight::of_nobody(db, id, shown.id).await?,
        notes: note::public_of_article(db, id).await?,
        claims: claim::of_article(db, id).await?,
        sources: source::names(db, group).await?,
        people: person::public_authors(db, id).await?,
        comments: comment::approved(db, id).await?,
        terms: page.terms,
        revision: shown,
    })))
}

/// The source on whose domain a text was read: the longest domain that is its host, or that its host is below.
fn publisher<'a>(sources: &'a [Source], imprint: &Imprint) -> Option<&'a Source> {
    let addresses = [&imprint.address, &imprint.canonical];
    addresses.into_iter().flatten().find_map(|address| publisher_at(sources, &address.host()?))
}

fn publisher_at<'a>(sources: &'a [Source], host: &str) -> Option<&'a Source> {
    let is_on = |domain: &&String| {
        host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let longest = |source: &'a Source| Some((source.domains.iter().filter(is_on).map(String::len).max()?, source));
    sources.iter().filter_map(longest).max_by_key(|(length, _)| *length).map(|(_, source)| source)
}

/// The readings of an article, the newest first; nothing when the group does not keep it.
pub async fn history(db: &mut Db, by: Member<Reader>, id: ArticleId) -> Result<Option<History>, Error> {
    let Some(kept) = article::get(db, by.group(), id).await? else { return Ok(None) };
    let people = person::ever_in_group(db, by.group()).await?;
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

/// What is on its way to the group and what has come of what was; `most` rows at the most.
pub async fn arrivals(db: &mut Db, by: Member<Reader>, most: u32) -> Result<Arrivals, Error> {
    let people = person::ever_in_group(db, by.group()).await?;
    let name = |id| people.iter().find(|each| each.id == id).map_or("somebody", |each| each.name.as_str());
    let rows = arrival::of_group(db, by.group(), most).await?.into_iter();
    let rows = rows.map(|(arrival, title)| ArrivalRow {
        brought_by: name(arrival.brought_by).to_owned(),
        arrival,
        phase: None,
        title,
    });
    let rows = rows.collect();
    let (waiting, arrived, failed) = arrival::counts(db, by.group()).await?;
    Ok(Arrivals { rows, waiting, arrived, failed })
}

/// What waits in the group's inbox; `most` rows at the most.
pub async fn inbox(db: &mut Db, by: Member<Reader>, most: u32) -> Result<Inbox, Error> {
    let sources = source::of_group(db, by.group()).await?;
    let row = |(entry, feed): (domain::feed::Entry, String)| EntryRow {
        source: entry.address.host().and_then(|host| publisher_at(&sources, &host)).map(|source| source.id),
        entry,
        feed,
    };
    let rows = entry::waiting(db, by.group(), most).await?.into_iter().map(row).collect();
    let waiting = entry::counts(db, by.group()).await?.into_iter().map(|(_, count)| count).sum();
    let feeds = u32::try_from(feed::of_group(db, by.group()).await?.len()).unwrap_or(u32::MAX);
    Ok(Inbox { rows, waiting, feeds })
}

/// The feeds that the group follows.
pub async fn feeds(db: &mut Db, by: Member<Reader>) -> Result<FeedList, Error> {
    let sources = source::of_group(db, by.group()).await?;
    let waiting: HashMap<_, _> = entry::counts(db, by.group()).await?.into_iter().collect();
    let row = |(feed, pulse): (domain::feed::Feed, domain::feed::FeedPulse)| {
        let address = feed.home.as_ref().unwrap_or(&feed.address);
        FeedRow {
            source: address.host().and_then(|host| publisher_at(&sources, &host)).map(|source| source.name.clone()),
            waiting: waiting.get(&feed.id).copied().unwrap_or(0),
            feed,
            pulse,
        }
    };
    Ok(FeedList { feeds: feed::of_group(db, by.group()).await?.into_iter().map(row).collect() })
}

/// The groups of a person, the first they joined first. `works_in` is the one that they work in.
pub async fn groups(db: &mut Db, person: PersonId, works_in: GroupId) -> Result<GroupList, Error> {
    let row = |each: group::Belonging| GroupRow {
        here: each.group.id == works_in,
        id: each.group.id,
        name: each.group.name,
        role: each.role,
        members: each.members,
        private: each.private,
    };
    Ok(GroupList { groups: group::of_person(db, person).await?.into_iter().map(row).collect() })
}

/// A group and its people, as a member sees it; the links that let people in are for owners. Nothing when it is not there.
pub async fn group(db: &mut Db, by: Member<Reader>, now: DateTime<Utc>) -> Result<Option<GroupSheet>, Error> {
    let Some(kept) = group::get(db, by.group()).await? else { return Ok(None) };
    let invitations = match by.role() {
        Role::Owner => invitation::of_group(db, by.group(), now).await?,
        _ => Vec::new(),
    };
    Ok(Some(GroupSheet {
        id: kept.id,
        name: kept.name,
        private_of: group::private_of(db, by.group()).await?,
        you: by.person(),
        role: by.role(),
        members: group::members(db, by.group()).await?,
        invitations,
    }))
}
