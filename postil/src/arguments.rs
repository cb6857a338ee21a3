//! What can be said on the command line.

use chrono::TimeDelta;
use clap::{Args, Parser, Subcommand};
use domain::{
    account::SignUp,
    id::ArticleId,
    invitation::{DEFAULT_DAYS, DEFAULT_USES, MAX_DAYS, MAX_USES},
};
use server::config::{
    self, Config, DEFAULT_FEED_MINUTES, DEFAULT_FETCHES_PER_MINUTE, DEFAULT_MAX_SEATS, DEFAULT_SEATS_PER_PERSON,
    DEFAULT_SESSION_DAYS,
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};
use url::Url;

/// Read articles together, mark the claims in them, name their sources, settle what holds, export your notes.
#[derive(Debug, Parser)]
#[command(name = "postil", version, about, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Common {
    /// The folder that holds everything: one database file; serve and user add make it when it is missing
    #[arg(long, env = "POSTIL_DATA", default_value = "data", global = true, value_name = "FOLDER")]
    pub data: PathBuf,
    /// Where people reach this Postil; links in exports begin with it, and with https the sign-in cookie is Secure
    #[arg(long, env = "POSTIL_PUBLIC_URL", global = true, value_name = "URL", value_parser = config::public_url)]
    pub public_url: Option<String>,
    /// The most MiB that one article may have
    #[arg(long, env = "POSTIL_MAX_ARTICLE_MIB", default_value_t = 5, global = true, value_name = "MIB",
        value_parser = clap::value_parser!(u16).range(1..=100))]
    pub max_article_mib: u16,
    /// The most MiB of one page, feed or picture that Postil fetches
    #[arg(long, env = "POSTIL_MAX_FETCH_MIB", default_value_t = 10, global = true, value_name = "MIB",
        value_parser = clap::value_parser!(u16).range(1..=100))]
    pub max_fetch_mib: u16,
    /// A private network that Postil may fetch from, as 10.0.0.0/8; may be said more than once. None is allowed otherwise
    #[arg(
        long = "allow-network",
        env = "POSTIL_ALLOW_NETWORK",
        global = true,
        value_name = "NETWORK",
        value_delimiter = ','
    )]
    pub allowed_networks: Vec<ipnet::IpNet>,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the web app until Ctrl-C
    Serve(Serve),
    /// Bring an article in from a file
    Import(Import),
    /// Write an article's notes as Markdown
    Export(Export),
    /// Make and list accounts, set passwords
    #[command(subcommand)]
    User(User),
    /// Make a link that lets people into a group, and print it
    Invite(Invite),
    /// Write a whole copy of the database to a new file, also while the web app runs
    Backup(Backup),
    /// Find quotes in newer texts, for scripts: JSON lines from standard input, answers to standard output
    ///
    /// A line is {"old": text or null, "new": text, "quotes": [{"exact", "prefix", "suffix", "start", "end"}]}, where
    /// start and end count code points of old. Its answer is {"matches": [[start, end] or null, ...], "states": [...],
    /// "scores": [...]}: a state is exact, moved, changed, ambiguous or gone, and the last two have no match.
    Anchor,
    /// Find the article in a file or a page, for scripts: one JSON object to standard output, and nothing is kept
    ///
    /// It says title, byline, outlet, language, published, url, canonical, picture, blocks (as in the API), text (the
    /// words beyond doubt, without the title and the captions) and dimmed (how many blocks are in doubt). With --lines, each line of
    /// standard input is {"url": address or left out, "html": page} or {"url", "file": path}, and is answered by one
    /// line, in the same order: the object above, or {"url", "error"} where nothing can be found.
    Extract(Extract),
}

/// How the web app runs.
#[derive(Debug, Args)]
pub struct Serve {
    /// The address and port to listen on
    #[arg(long, env = "POSTIL_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// How many days a sign-in lasts
    #[arg(long, env = "POSTIL_SESSION_DAYS", default_value_t = DEFAULT_SESSION_DAYS, value_name = "DAYS",
        value_parser = clap::value_parser!(i64).range(1..=365))]
    pub session_days: i64,
    /// Who makes accounts, beside you on the command line: open (anybody), invitation (whoever has a link of a group's
    /// owner) or closed (nobody; links let in those who have an account)
    #[arg(long, env = "POSTIL_SIGN_UP", default_value_t = config::DEFAULT_SIGN_UP, value_name = "WHO")]
    pub sign_up: SignUp,
    /// A network of proxies that are believed about who called them (X-Forwarded-For), as 172.16.0.0/12; may be said
    /// more than once. Those on this machine always are
    #[arg(long = "trust-proxy", env = "POSTIL_TRUST_PROXY", value_name = "NETWORK", value_delimiter = ',')]
    pub trusted_proxies: Vec<ipnet::IpNet>,
    /// The most requests to other servers in a minute, for one group
    #[arg(long, env = "POSTIL_FETCHES_PER_MINUTE", default_value_t = DEFAULT_FETCHES_PER_MINUTE, value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..=600))]
    pub fetches_per_minute: u32,
    /// The mail server that sends mail, as smtps://name:password@mail.example.org or smtp://127.0.0.1:25; the variable keeps
    /// the password out of the list of processes. Without one, no mail is sent
    #[arg(long = "smtp", env = "POSTIL_SMTP", hide_env_values = true, value_name = "URL", requires = "mail_from",
        value_parser = config::MailServer::parse)]
    pub smtp: Option<config::MailServer>,
    /// From whom mail comes, as "Postil <postil@example.org>"
    #[arg(long, env = "POSTIL_MAIL_FROM", value_name = "ADDRESS", value_parser = config::mail_from)]
    pub mail_from: Option<String>,
    /// The issuer of a team's own sign-in (OpenID Connect), as https://id.example.org; Postil is told there that people come
    /// back to /sign-in/team/back
    #[arg(long, env = "POSTIL_OIDC_ISSUER", value_name = "URL", value_parser = config::issuer,
        requires_all = ["oidc_client_id", "oidc_client_secret_file"])]
    pub oidc_issuer: Option<String>,
    /// What Postil is called there
    #[arg(long, env = "POSTIL_OIDC_CLIENT_ID", value_name = "ID")]
    pub oidc_client_id: Option<String>,
    /// The file with the secret by which Postil shows there that it is itself
    #[arg(long, env = "POSTIL_OIDC_CLIENT_SECRET_FILE", value_name = "FILE", value_parser = config::ClientSecret::in_file)]
    pub oidc_client_secret_file: Option<config::ClientSecret>,
    /// What people call it; the issuer's host when nothing is said
    #[arg(long, env = "POSTIL_OIDC_NAME", value_name = "NAME")]
    pub oidc_name: Option<String>,
    /// Make an account for whoever signs in there and has none here
    #[arg(long, env = "POSTIL_OIDC_SIGN_UP")]
    pub oidc_sign_up: bool,
    /// How many minutes a followed feed is left alone between two looks
    #[arg(long, env = "POSTIL_FEED_MINUTES", default_value_t = DEFAULT_FEED_MINUTES, value_name = "MINUTES",
        value_parser = clap::value_parser!(i64).range(5..=1440))]
    pub feed_minutes: i64,
    /// The most windows of all people together that follow an article as it changes
    #[arg(long, env = "POSTIL_MAX_SEATS", default_value_t = DEFAULT_MAX_SEATS as u32, value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub max_seats: u32,
    /// The most windows of one person that do
    #[arg(long, env = "POSTIL_SEATS_PER_PERSON", default_value_t = DEFAULT_SEATS_PER_PERSON as u32, value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub seats_per_person: u32,
    /// The key of Akismet: it is shown comments from outside, and says which are spam. Without one, nobody is shown them
    #[arg(long, env = "POSTIL_AKISMET_KEY", value_name = "KEY", hide_env_values = true)]
    pub akismet_key: Option<String>,
    /// Where Akismet is
    #[arg(long, env = "POSTIL_AKISMET_URL", default_value = server::spam::AKISMET, value_name = "URL",
        value_parser = config::public_url)]
    pub akismet_url: String,
}

/// What is brought in.
#[derive(Debug, Args)]
pub struct Import {
    /// A text, HTML, Markdown, EPUB, Word or PDF file, the export of another tool, or a link; - reads standard input
    pub file: PathBuf,
    /// What the file is, when its name does not say: text, html or markdown
    #[arg(long)]
    pub form: Option<domain::article::OriginForm>,
    /// The title, when the text does not give a good one
    #[arg(long)]
    pub title: Option<String>,
    /// Whose article it is; the first account when nobody is named
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    /// Into which of their groups, by its name or id; the one they work in when none is named
    #[arg(long, value_name = "GROUP", allow_hyphen_values = true)]
    pub group: Option<String>,
}

/// What an article is looked for in.
#[derive(Debug, Args)]
pub struct Extract {
    /// A file of any form that can be imported; - reads standard input
    #[arg(required_unless_present = "lines", conflicts_with = "lines")]
    pub file: Option<PathBuf>,
    /// Where it was found in the web: relative links begin there
    #[arg(long, conflicts_with = "lines")]
    pub url: Option<Url>,
    /// What the file is, when its name does not say: text, html or markdown
    #[arg(long, conflicts_with = "lines")]
    pub form: Option<domain::article::OriginForm>,
    /// Read many: JSON lines from standard input
    #[arg(long)]
    pub lines: bool,
}

/// What is taken out.
#[derive(Debug, Args)]
pub struct Export {
    /// The article's id: the last part of its address. Without it, the articles are listed
    #[arg(allow_hyphen_values = true)]
    pub article: Option<ArticleId>,
    /// The file to write; standard output when there is none
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// As whom to read; the first account when nobody is named
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    /// Which of their groups to list, by its name or id; the one they work in when none is named
    #[arg(long, value_name = "GROUP", allow_hyphen_values = true)]
    pub group: Option<String>,
}

/// What a link gives to whoever follows it.
#[derive(Debug, Args)]
pub struct Invite {
    /// What it makes of those who come by it: reader, annotator or editor
    #[arg(long, default_value = "editor", value_name = "ROLE")]
    pub role: domain::permission::Role,
    /// How many days it lets people in
    #[arg(long, default_value_t = DEFAULT_DAYS, value_name = "DAYS",
        value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_DAYS)))]
    pub days: u32,
    /// How many may come by it
    #[arg(long, default_value_t = DEFAULT_USES, value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_USES)))]
    pub uses: u32,
    /// The owner who invites; the first account when nobody is named
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    /// Into which of their groups, by its name or id; the one they work in when none is named
    #[arg(long, value_name = "GROUP", allow_hyphen_values = true)]
    pub group: Option<String>,
}

/// What is done about accounts.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Make an account; the password is asked for, or read from standard input when it is not a terminal
    Add {
        /// What the person is called
        name: String,
        /// Take them into the group that this person works in, so that they read and mark the same articles
        #[arg(long, value_name = "NAME")]
        join: Option<String>,
        /// Into which of that person's groups, by its name or id
        #[arg(long, value_name = "GROUP", requires = "join", allow_hyphen_values = true)]
        group: Option<String>,
        /// What they are in it: reader, annotator, editor or owner
        #[arg(long, default_value = "editor", requires = "join")]
        role: domain::permission::Role,
    },
    /// List the accounts
    List,
    /// Set a password, which ends the person's sign-ins
    Password {
        /// Whose
        name: String,
    },
    /// Print a link by which somebody chooses another password: good once, for 24 hours. It begins with the public URL
    Reset {
        /// Whose
        name: String,
    },
    /// Keep somebody out: their sign-ins end, and their tokens do nothing. What they wrote stays
    Disable {
        /// Whom
        name: String,
    },
    /// Let them in again
    Enable {
        /// Whom
        name: String,
    },
    /// Turn the second step of the sign-in off, for somebody who has lost their app and their recovery codes
    SecondStepOff {
        /// Whose
        name: String,
    },
    /// Remove all passkeys of somebody, who may have lost a device
    RemovePasskeys {
        /// Whose
        name: String,
    },
    /// Let somebody look after this Postil's accounts, on its page /people
    Administrator {
        /// Whom
        name: String,
        /// No longer
        #[arg(long)]
        off: bool,
    },
}

/// Where the copy goes.
#[derive(Debug, Args)]
pub struct Backup {
    /// The new file
    pub file: PathBuf,
}

impl Arguments {
    /// The configuration that all of this says.
    pub fn config(&self) -> Config {
        let mut config = self.common.config();
        if let Command::Serve(serve) = &self.command {
            serve.apply(&mut config, self.common.public_url.is_some());
        }
        config
    }
}

impl Command {
    /// Whether it makes what is missing. What reads or changes a Postil wants one that is there: made on the spot in a
    /// mistaken folder, an empty one would hide the mistake.
    pub const fn begins(&self) -> bool {
        matches!(self, Self::Serve(_) | Self::User(User::Add { .. }))
    }
}

impl Common {
    /// The configuration that this says, with the rest as it is by default.
    fn config(&self) -> Config {
        let mut config = Config::in_folder(self.data.clone());
        config.max_article_bytes = usize::from(self.max_article_mib) * 1024 * 1024;
        config.max_fetch_bytes = usize::from(self.max_fetch_mib) * 1024 * 1024;
        config.reads_apart = this_program();
        config.allowed_networks.clone_from(&self.allowed_networks);
        if let Some(url) = &self.public_url {
            config.public_url.clone_from(url);
        }
        config
    }
}

/// Where this program can be started once more. The file that it came from may be another's after an update.
fn this_program() -> Option<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() { Some(running) } else { std::env::current_exe().ok() }
}

impl Serve {
    /// Puts what this says into a configuration.
    fn apply(&self, config: &mut Config, public_url_is_said: bool) {
        config.listen = self.listen;
        config.akismet_key.clone_from(&self.akismet_key);
        config.akismet_url.clone_from(&self.akismet_url);
        config.trusted_proxies.clone_from(&self.trusted_proxies);
        config.session_length = TimeDelta::days(self.session_days);
        config.fetches_per_minute = self.fetches_per_minute;
        config.feed_interval = TimeDelta::minutes(self.feed_minutes);
        config.oidc = self.oidc();
        config.sign_up = self.sign_up;
        config.seats.all = self.max_seats as usize;
        config.seats.each = self.seats_per_person as usize;
        config.mail = self.smtp.clone().zip(self.mail_from.clone()).map(|(server, from)| config::Mail { server, from });
        if !public_url_is_said {
            config.public_url = format!("http://{}", reached(self.listen));
        }
    }
}

impl Serve {
    /// The team's own sign-in, if all of it is said.
    fn oidc(&self) -> Option<config::Oidc> {
        let issuer = self.oidc_issuer.clone()?;
        let host = Url::parse(&issuer).ok().and_then(|url| url.host_str().map(str::to_owned));
        Some(config::Oidc {
            client_id: self.oidc_client_id.clone()?,
            client_secret: self.oidc_client_secret_file.clone()?,
            name: self.oidc_name.clone().or(host)?,
            makes_accounts: self.oidc_sign_up,
            issuer,
        })
    }
}

/// Where a browser on this machine reaches what listens here: "on every address" is itself none.
fn reached(listen: SocketAddr) -> SocketAddr {
    if listen.ip().is_unspecified() { SocketAddr::from((Ipv4Addr::LOCALHOST, listen.port())) } else { listen }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn links_begin_with_what_is_said_or_with_where_one_listens() {
        let rows: [(&[&str], &str); 7] = [
            (&["serve"], "http://127.0.0.1:3000"),
            (&["serve", "--listen", "192.168.1.5:80"], "http://192.168.1.5:80"),
            (&["serve", "--listen", "0.0.0.0:3100"], "http://127.0.0.1:3100"),
            (&["serve", "--listen", "[::]:3100"], "http://127.0.0.1:3100"),
            (
                &["serve", "--listen", "0.0.0.0:3100", "--public-url", "https://Postil.example/"],
                "https://postil.example",
            ),
            (&["export"], "http://127.0.0.1:3000"),
            (&["export", "--public-url", "http://10.0.0.1:3000"], "http://10.0.0.1:3000"),
        ];
        for (said, expected) in rows {
            let arguments = Arguments::try_parse_from(["postil"].iter().chain(said)).unwrap();
            assert_eq!(arguments.config().public_url, expected, "{said:?}");
        }
    }

    #[test]
    fn accounts_come_by_invitation_unless_something_else_is_said() {
        let rows: [(&[&str], SignUp); 4] = [
            (&["serve"], SignUp::Invitation),
            (&["serve", "--sign-up", "open"], SignUp::Open),
            (&["serve", "--sign-up", "invitation"], SignUp::Invitation),
            (&["serve", "--sign-up", "closed"], SignUp::Closed),
        ];
        for (said, expected) in rows {
            let arguments = Arguments::try_parse_from(["postil"].iter().chain(said)).unwrap();
            assert_eq!(arguments.config().sign_up, expected, "{said:?}");
        }
    }

    /// Ids that were made before they began with a letter may begin with a hyphen; options stay options.
    #[test]
    fn an_id_may_begin_with_a_hyphen() {
        let rows: [&[&str]; 3] = [
            &["export", "-uS--c8RobnGZdmhv8WWHw"],
            &["export", "-uS--c8RobnGZdmhv8WWHw", "--output", "a.md"],
            &["export", "--output", "a.md", "-uS--c8RobnGZdmhv8WWHw"],
        ];
        for said in rows {
            let Command::Export(export) = Arguments::try_parse_from(["postil"].iter().chain(said)).unwrap().command
            else {
                panic!("{said:?}");
            };
            assert_eq!(export.article.unwrap().to_string(), "-uS--c8RobnGZdmhv8WWHw");
            assert_eq!(export.output.is_some(), said.contains(&"--output"), "{said:?}");
        }
    }
}
