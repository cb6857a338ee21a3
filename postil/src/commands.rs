//! Does what the command line says. Each command is an action that the web app has too.
#![allow(clippy::print_stdout, reason = "what these commands say is their result")]

use crate::{
    anchor,
    arguments::{Arguments, Command, Export, Import, Invite, User},
    extract, serve,
};
use domain::{
    article::only_links,
    ask::ChangePerson,
    permission::{AtLeast, Editor, Member, Membership, Owner, Reader},
    person::Password,
    words::{PersonName, Title},
};
use server::{
    actions::{
        back_up,
        bring_arrivals::{self, BroughtArrivals, Sorted},
        export_notes, import_article, invite, keep_passkeys, keep_people, reset_password, second_step, sign_in,
        sign_up,
    },
    config::{Config, MAX_FILE_BYTES},
    house::House,
};
use std::{
    io::{BufReader, IsTerminal, Read, Write},
    path::Path,
};
use store::{Store, group::Belonging};

/// Anything that can go wrong here, in words for the person at the terminal.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Does what the command line says.
pub async fn run(arguments: Arguments) -> Outcome {
    if let Command::Anchor = arguments.command {
        return anchor::answer_lines(
            BufReader::with_capacity(anchor::AT_ONCE, std::io::stdin().lock()),
            std::io::stdout().lock(),
        );
    }
    let config = arguments.config();
    if let Command::Extract(ask) = &arguments.command {
        let input = BufReader::with_capacity(anchor::AT_ONCE, std::io::stdin().lock());
        return extract::run(ask, config.max_article_bytes, input, std::io::stdout().lock());
    }
    if !arguments.command.begins() {
        must_be_there(&config.data)?;
    }
    match arguments.command {
        Command::Serve(_) => within(config, async |house| serve::serve(house.clone()).await).await,
        Command::Import(import) => within(config, async |house| bring(house, import).await).await,
        Command::Export(export) => within(config, async |house| take(house, export).await).await,
        Command::User(user) => within(config, async |house| account(house, user).await).await,
        Command::Invite(ask) => within(config, async |house| invite(house, ask).await).await,
        Command::Backup(backup) => copy(&config, &backup.file).await,
        // Done above: they need no Postil.
        Command::Anchor | Command::Extract(_) => Ok(()),
    }
}

fn must_be_there(folder: &Path) -> Outcome {
    let shown = folder.display();
    if store::open::is_there(folder).map_err(|error| format!("cannot look into {shown}: {error}"))? {
        return Ok(());
    }
    Err(format!("there is no Postil in {shown}: say --data, or start one with postil serve").into())
}

/// Opens the database, does something with it and closes it.
async fn within(config: Config, act: impl AsyncFnOnce(&House) -> Outcome) -> Outcome {
    let store = Store::open(&config.data).await?;
    let house = House::new(store, config)?;
    let outcome = act(&house).await;
    house.store.close().await;
    outcome
}

/// Copies the database without opening it as ours: a backup before an update is of the version before.
async fn copy(config: &Config, to: &Path) -> Outcome {
    back_up::back_up(&config.data, to).await?;
    println!("The copy is in {}.", to.display());
    Ok(())
}

/// The proof that this person may act in a group of theirs: the one that is named, else the one that they work in. The first
/// account when nobody is named.
async fn member<L: AtLeast>(house: &House, name: Option<&str>, group: Option<&str>) -> Outcome<Member<L>> {
    let mut snapshot = house.store.snapshot().await?;
    let person = match name {
        // As at the sign-in, names are the same in whatever case.
        Some(name) => store::person::by_name(&mut snapshot, name).await?.map(|(person, _)| person),
        None => store::person::all(&mut snapshot).await?.into_iter().min_by_key(|person| person.joined_at),
    };
    let person = person.ok_or(match name {
        Some(name) => format!("there is no account named {name}: see postil user list"),
        None => "there is no account yet: open Postil in a browser, or run postil user add NAME".to_owned(),
    })?;
    let belongings = store::group::of_person(&mut snapshot, person.id).await?;
    let worked_in = store::group::last_entered(&mut snapshot, person.id).await?;
    let held = match group {
        Some(group) => the_only(group, &belongings).map_err(|why| format!("{} {why}", person.name))?,
        None => belongings.iter().find(|each| Some(each.group.id) == worked_in).or_else(|| belongings.first()),
    };
    let held = held.ok_or_else(|| format!("{} is in no group", person.name))?;
    Ok(Membership { person: person.id, group: held.group.id, role: held.role }.at_least::<L>()?)
}

/// The group with this id or name, among those of somebody; or why it is not known which.
fn the_only<'a>(group: &str, belongings: &'a [Belonging]) -> Result<Option<&'a Belonging>, String> {
    if let Some(held) = belongings.iter().find(|each| each.group.id.to_string() == group) {
        return Ok(Some(held));
    }
    let name = group.trim().to_lowercase();
    let named: Vec<_> = belongings.iter().filter(|each| each.group.name.to_lowercase() == name).collect();
    match named[..] {
        [held] => Ok(Some(held)),
        [] => {
            let all: Vec<&str> = belongings.iter().map(|each| each.group.name.as_str()).collect();
            Err(format!("is in no group named {group}, but in {}", all.join(", ")))
        }
        _ => Err(format!("is in several groups named {group}: say the id, the last part of its address")),
    }
}

async fn invite(house: &House, ask: Invite) -> Outcome {
    let by = member::<Owner>(house, ask.user.as_deref(), ask.group.as_deref()).await?;
    let wanted = domain::ask::Invite { role: ask.role, days: Some(ask.days), uses: Some(ask.uses) };
    println!("{}", invite::make(house, by, wanted).await?.link);
    Ok(())
}

async fn bring(house: &House, import: Import) -> Outcome {
    let by = member::<Editor>(house, import.user.as_deref(), import.group.as_deref()).await?;
    if let Some(links) = import.file.to_str().and_then(only_links) {
        let links: Vec<String> = links.into_iter().map(str::to_owned).collect();
        return say_arrivals(house, bring_arrivals::links(house, by, &links).await?);
    }
    let standard_input = import.file == Path::new("-");
    let most = MAX_FILE_BYTES.max(house.config.max_article_bytes);
    let bytes = if standard_input {
        read_at_most(std::io::stdin().lock(), most)?
    } else {
        let failed = |error| format!("cannot read {}: {error}", import.file.display());
        let file = std::fs::File::open(&import.file).map_err(failed)?;
        read_at_most(file, most)?
    };
    let file_name = import.file.file_name().filter(|_| !standard_input).map(|name| name.to_string_lossy().into_owned());
    let bytes = match import.form {
        Some(_) => bytes,
        None => match bring_arrivals::sort(file_name.clone(), bytes).await? {
            Sorted::List(list) => return say_arrivals(house, bring_arrivals::list(house, by, list).await?),
            Sorted::Article(bytes) => bytes,
        },
    };
    let title = import.title.map(|title| Title::parse(&title)).transpose()?;
    let brought = import_article::Brought { bytes, form: import.form, file_name, title, ..Default::default() };
    let (article, _) = import_article::import(house, by, brought).await?;
    println!("{}", article.id);
    tracing::info!("“{}” is at {}/articles/{}", article.title, house.config.public_url, article.id);
    Ok(())
}

/// Says what is on its way. What was left out goes to the log.
fn say_arrivals(house: &House, brought: BroughtArrivals) -> Outcome {
    for why in &brought.left_out {
        tracing::warn!("left out: {why}");
    }
    println!("{} on their way: they arrive while postil serve runs.", brought.arrivals.len());
    tracing::info!("see {}/arrivals", house.config.public_url);
    Ok(())
}

/// Reads all, and holds no more than the limit of it: what is beyond is only counted, to say how much it was.
pub fn read_at_most(mut from: impl Read, limit: usize) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    from.by_ref().take(limit as u64).read_to_end(&mut bytes)?;
    let beyond = std::io::copy(&mut from, &mut std::io::sink())? as usize;
    if beyond > 0 {
        return Err(import::ImportError::TooLarge { bytes: bytes.len() + beyond, limit }.into());
    }
    Ok(bytes)
}

async fn take(house: &House, export: Export) -> Outcome {
    let group = match (&export.group, export.article) {
        (None, Some(article)) => store::article::group_of(&mut *house.store.snapshot().await?, article).await?,
        _ => None,
    };
    // An article that is not there is not found where they work.
    let group = export.group.or(group.map(|id| id.to_string()));
    let by = member::<Reader>(house, export.user.as_deref(), group.as_deref()).await?;
    let Some(article) = export.article else {
        let mut snapshot = house.store.snapshot().await?;
        for row in store::page::library(&mut snapshot, by).await?.articles {
            println!("{}  {}", row.article.id, row.article.title);
        }
        return Ok(());
    };
    let taken = export_notes::markdown(house, by, article).await?;
    match export.output {
        Some(file) => {
            std::fs::write(&file, taken.bytes).map_err(|error| format!("cannot write {}: {error}", file.display()))?
        }
        None => std::io::stdout().write_all(&taken.bytes)?,
    }
    Ok(())
}

async fn account(house: &House, user: User) -> Outcome {
    match user {
        User::Add { name, join, group, role } => {
            let name = PersonName::parse(&name)?;
            let join = match join {
                Some(owner) => Some((member::<Owner>(house, Some(&owner), group.as_deref()).await?, role)),
                None => None,
            };
            let password = ask_password()?;
            let person = sign_up::add_person(house, name, password, join).await?;
            println!("{} can sign in now.", person.name);
        }
        User::List => {
            let mut snapshot = house.store.snapshot().await?;
            for row in store::person::rows(&mut snapshot).await? {
                let administrator = if row.administrator { "  administrator" } else { "" };
                let disabled = row.disabled_at.map(|at| format!("  disabled since {}", at.format("%Y-%m-%d")));
                let (name, since) = (&row.person.name, row.person.joined_at.format("%Y-%m-%d"));
                println!("{name}  since {since}{administrator}{}", disabled.unwrap_or_default());
            }
        }
        User::Password { name } => {
            sign_in::set_password(house, &name, &ask_password()?).await?;
            println!("{name} has the new password, and is signed out everywhere.");
        }
        User::Reset { name } => {
            let link = reset_password::make_link_for(house, &name).await?;
            println!("{}", link.address);
            tracing::info!("good once, until {}", link.ends_at.format("%Y-%m-%d %H:%M UTC"));
        }
        User::Disable { name } => {
            keep_people::change_named(house, &name, ChangePerson { disabled: Some(true), administrator: None }).await?;
            println!("{name} is kept out.");
        }
        User::Enable { name } => {
            keep_people::change_named(house, &name, ChangePerson { disabled: Some(false), administrator: None })
                .await?;
            println!("{name} can sign in again.");
        }
        User::SecondStepOff { name } => {
            let was_on = second_step::turn_off_for(house, &name).await?;
            println!("{name} {} asked for a code.", if was_on { "is no longer" } else { "was not" });
        }
        User::RemovePasskeys { name } => {
            let removed = keep_passkeys::remove_all_of(house, &name).await?;
            println!("{name} has no passkeys any more: {removed} removed.");
        }
        User::Administrator { name, off } => {
            let ask = ChangePerson { disabled: None, administrator: Some(!off) };
            keep_people::change_named(house, &name, ask).await?;
            println!("{name} {} an administrator.", if off { "is no longer" } else { "is" });
        }
    }
    Ok(())
}

fn ask_password() -> Outcome<Password> {
    if std::io::stdin().is_terminal() {
        let typed = rpassword::prompt_password("Password: ")?;
        if typed != rpassword::prompt_password("The same again: ")? {
            return Err("the two are not the same".into());
        }
        return Ok(Password::new(&typed)?);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(Password::new(line.trim_end_matches(['\r', '\n']))?)
}
