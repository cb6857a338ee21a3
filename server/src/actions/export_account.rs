//! Packs everything that is a person's into one zip: their account, what they made in each group, and the groups that
//! nobody else is in, whole.

use crate::{
    actions::{Failure, export_notes, keep_api_tokens, keep_mail, keep_passkeys, second_step, team_sign_in},
    clock,
    house::House,
    packed,
};
use domain::{
    account::{SessionRow, TeamSignIn},
    api_token::ApiToken,
    bookmark::Bookmark,
    bulletin::Bulletin,
    export::{self, is_own_claim},
    id::{ArticleId, GroupId},
    language::Language,
    look::Look,
    mail::AccountMail,
    mailing::Rhythm,
    page::{History, Reading},
    passkey::Passkey,
    permission::{Member, Reader, Role},
    person::Person,
    second_step::SecondStep,
};
use serde::Serialize;
use std::{
    fs::File,
    io::{Seek, Write},
};
use store::Db;
use tokio::sync::{Semaphore, mpsc};
use zip::{ZipWriter, write::SimpleFileOptions};

/// How many accounts are packed at the same time; others wait. What is packed lies in the data folder meanwhile.
pub const MAX_PACKING: usize = 1;
/// How many files wait to be packed: what is in memory at a time is these, and no more.
const WAITING: usize = 2;

static PACKING: Semaphore = Semaphore::const_new(MAX_PACKING);

/// What is taken away, in a file that is gone when it is closed.
#[derive(Debug)]
pub struct Packed {
    /// The name to keep it under.
    pub file_name: String,
    /// What is in it, from the beginning.
    pub file: File,
    /// How many bytes it has.
    pub bytes: u64,
}

/// What the account itself says.
#[derive(Serialize)]
struct Own<'a> {
    postil: &'a str,
    exported_at: chrono::DateTime<chrono::Utc>,
    person: &'a Person,
    sessions: Vec<SessionRow>,
    tokens: Vec<ApiToken>,
    mail: AccountMail,
    mailing: Rhythm,
    bulletins: Vec<Bulletin>,
    second_step: SecondStep,
    passkeys: Vec<Passkey>,
    team: TeamSignIn,
    look: Look,
    language: Option<Language>,
    bookmarks: Vec<OwnBookmark>,
    groups: Vec<OwnGroup<'a>>,
}

#[derive(Serialize)]
struct OwnBookmark {
    article: ArticleId,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(flatten)]
    bookmark: Bookmark,
}

#[derive(Serialize)]
struct OwnGroup<'a> {
    id: GroupId,
    name: &'a str,
    role: Role,
    folder: &'a str,
}

/// One file of the zip.
type Entry = (String, Vec<u8>);

/// Packs everything that is this person's.
pub async fn pack(house: &House, person: &Person) -> Result<Packed, Failure> {
    let _turn = PACKING.acquire().await.map_err(Failure::internal)?;
    let (send, receive) = mpsc::channel::<Entry>(WAITING);
    let folder = house.config.data.clone();
    let writing = tokio::task::spawn_blocking(move || write(&folder, receive));
    let gathered = gather(house, person, &Out(send)).await;
    // Whoever writes is done once nobody sends any more; what failed there is why nobody could.
    let file = writing.await.map_err(Failure::internal)?.map_err(Failure::internal)?;
    gathered?;
    let bytes = file.metadata().map_err(Failure::internal)?.len();
    let day = clock::now().format("%Y-%m-%d");
    Ok(Packed { file_name: format!("postil-{}-{day}.zip", export_notes::file_stem(person.name.as_str())), file, bytes })
}

/// Writes what comes into a file, and goes back to its beginning.
fn write(folder: &std::path::Path, mut entries: mpsc::Receiver<Entry>) -> std::io::Result<File> {
    let mut zip = ZipWriter::new(tempfile::tempfile_in(folder)?);
    while let Some((name, bytes)) = entries.blocking_recv() {
        zip.start_file(name, SimpleFileOptions::default().large_file(bytes.len() > u32::MAX as usize))?;
        zip.write_all(&bytes)?;
    }
    let mut file = zip.finish()?;
    file.rewind()?;
    Ok(file)
}

/// Where what is gathered goes.
struct Out(mpsc::Sender<Entry>);

impl Out {
    async fn put(&self, name: String, bytes: Vec<u8>) -> Result<(), Failure> {
        self.0.send((name, bytes)).await.map_err(|_| Failure::internal("what was packed could not be written"))
    }

    async fn json(&self, name: String, value: &impl Serialize) -> Result<(), Failure> {
        self.put(name, serde_json::to_vec_pretty(value).map_err(Failure::internal)?).await
    }
}

/// Gathers everything from one snapshot, so that it is of one moment.
async fn gather(house: &House, person: &Person, out: &Out) -> Result<(), Failure> {
    let now = clock::now();
    let tokens = keep_api_tokens::list(house, person).await?;
    let mail = keep_mail::account_mail(house, person).await?;
    let second_step = second_step::state(house, person).await?;
    let passkeys = keep_passkeys::list(house, person).await?.passkeys;
    let team = team_sign_in::state(house, person).await?;
    let mut snapshot = house.store.snapshot().await?;
    let db: &mut Db = &mut snapshot;
    let groups = store::departure::groups(db, person.id).await?;
    let folders: Vec<String> = groups.iter().map(|group| folder(&group.name, &group.id.to_string())).collect();
    let mut own = Vec::new();
    for (group, folder) in groups.iter().zip(&folders) {
        let member = store::group::membership(db, person.id, group.id).await?.ok_or(Failure::NotFound("group"))?;
        own.push(OwnGroup { id: group.id, name: &group.name, role: member.role, folder });
        let by = member.at_least::<Reader>()?;
        let claims = store::page::claims(db, by).await?.claims;
        let mine: Vec<_> = claims.iter().filter(|row| is_own_claim(&row.claim, person.id)).collect();
        out.json(format!("{folder}/claims.json"), &mine).await?;
        for row in store::page::library(db, by).await?.articles {
            article(house, db, by, row.article.id, Place { folder, whole: group.others == 0, out }).await?;
        }
        if group.others == 0 {
            out.json(format!("{folder}/sources.json"), &store::page::sources(db, by).await?).await?;
        }
    }
    let mailing = store::mailing::rhythm(db, person.id).await?;
    let bulletins = store::bulletin::of_person(db, person.id).await?;
    let sessions = store::session::of_person(db, person.id, now).await?;
    let look = store::look::of(db, person.id).await?;
    let language = store::language::of(db, person.id).await?;
    let bookmarks = store::bookmark::of_person(db, person.id).await?.into_iter();
    let bookmarks = bookmarks.map(|(article, title, bookmark)| OwnBookmark { article, title, bookmark }).collect();
    let postil = &house.config.public_url;
    let own = Own {
        postil,
        exported_at: now,
        person,
        sessions,
        tokens,
        mail,
        mailing,
        bulletins,
        second_step,
        passkeys,
        team,
        look,
        language,
        bookmarks,
        groups: own,
    };
    out.json("account.json".to_owned(), &own).await
}

/// Where an article goes, and whether all of it does.
struct Place<'a> {
    folder: &'a str,
    whole: bool,
    out: &'a Out,
}

/// What is the person's of one article: all, when the group is theirs alone; what they made of it otherwise.
async fn article(
    house: &House,
    db: &mut Db,
    by: Member<Reader>,
    id: ArticleId,
    Place { folder, whole, out }: Place<'_>,
) -> Result<(), Failure> {
    let missing = || Failure::NotFound("article");
    let reading = store::page::reading(db, &house.store.detectors, by, id, None).await?.ok_or_else(missing)?;
    let history = store::page::history(db, by, id).await?.ok_or_else(missing)?;
    let folder = format!("{folder}/{}", self::folder(&reading.article.title, &id.to_string()));
    let home = &house.config.public_url;
    if whole {
        out.json(format!("{folder}/article.json"), &reading).await?;
        out.put(format!("{folder}/notes.md"), notes(&reading, &history, home)).await?;
        return originals(db, &history, &folder, out).await;
    }
    let Some(own) = export::own_part(&reading, by.person(), home) else { return Ok(()) };
    out.json(format!("{folder}/notes.json"), &own).await?;
    let own = export::with_own_part_only(&reading, by.person());
    out.put(format!("{folder}/notes.md"), notes(&own, &history, home)).await
}

fn notes(reading: &Reading, history: &History, home: &str) -> Vec<u8> {
    export::markdown(reading, history, home, clock::now()).into_bytes()
}

/// The bytes of each reading as they were brought, and the pictures.
async fn originals(db: &mut Db, history: &History, folder: &str, out: &Out) -> Result<(), Failure> {
    for row in &history.revisions {
        let number = row.revision.number;
        if let Some(original) = store::revision::original(db, history.article.id, Some(number)).await? {
            let bytes = packed::unpack(&original.gzip).map_err(Failure::internal)?;
            out.put(format!("{folder}/reading-{number}.{}", original.form.extension()), bytes).await?;
        }
    }
    for name in store::picture::names(db, history.article.id).await? {
        if let Some(picture) = store::picture::get(db, history.article.id, &name).await? {
            out.put(format!("{folder}/pictures/{name}.{}", picture.form), picture.bytes).await?;
        }
    }
    Ok(())
}

/// How many characters of an id tell folders of one name apart.
const TOLD_APART: usize = 8;

/// A folder's name: words of the title, and what tells it from others of the same.
fn folder(title: &str, id: &str) -> String {
    format!("{}-{}", export_notes::file_stem(title), id.get(..TOLD_APART).unwrap_or(id))
}
