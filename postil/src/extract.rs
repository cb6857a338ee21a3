//! Finds the article in files and pages, for scripts: one JSON object for each, and nothing is kept.

use crate::{
    arguments::Extract,
    commands::{Outcome, read_at_most},
    json_lines,
};
use chrono::{DateTime, Utc};
use domain::article::{Block, Draft, OriginForm, WebAddress};
use import::{Brought, Limits, draft};
use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    fs::File,
    io::{BufRead, Write},
    path::{Path, PathBuf},
};
use url::Url;

/// What is found.
#[derive(Serialize)]
struct Found {
    title: String,
    byline: Option<String>,
    outlet: Option<String>,
    language: Option<String>,
    published: Option<DateTime<Utc>>,
    /// Where the caller says that it was found.
    url: Option<String>,
    canonical: Option<WebAddress>,
    picture: Option<WebAddress>,
    /// The pieces as in the API, the title's own and those in doubt among them.
    blocks: Vec<Block>,
    /// The words beyond doubt, without the title and the captions of pictures.
    text: String,
    /// How many blocks are in doubt.
    dimmed: usize,
}

/// One line that is asked: a page, or the file that it is in.
#[derive(Deserialize)]
struct Ask<'l> {
    #[serde(default)]
    url: Option<String>,
    #[serde(borrow, default)]
    html: Option<Cow<'l, str>>,
    #[serde(default)]
    file: Option<PathBuf>,
}

/// What is said of a line in which nothing can be found.
#[derive(Serialize)]
struct Refused {
    url: Option<String>,
    error: String,
}

/// Writes what is found in one file, or in each of the lines that come in.
pub fn run(ask: &Extract, max_bytes: usize, input: impl BufRead, output: impl Write) -> Outcome {
    let limits = Limits { max_bytes, ..Limits::default() };
    match &ask.file {
        Some(file) if !ask.lines => one(ask, file, &limits, input, output),
        _ => lines(&limits, input, output),
    }
}

fn one(ask: &Extract, file: &Path, limits: &Limits, input: impl BufRead, mut output: impl Write) -> Outcome {
    let standard_input = file == Path::new("-");
    let bytes = if standard_input { read_at_most(input, limits.max_bytes)? } else { contents(file, limits)? };
    let name = file.file_name().filter(|_| !standard_input).map(|name| name.to_string_lossy());
    let found = find(&bytes, ask.form, name.as_deref(), ask.url.as_ref(), limits)?;
    serde_json::to_writer(&mut output, &found)?;
    output.write_all(b"\n")?;
    Ok(())
}

/// Answers each line, also one whose page cannot be read.
fn lines(limits: &Limits, input: impl BufRead, output: impl Write) -> Outcome {
    json_lines::answer_each(input, output, |line, answer| {
        let ask: Ask<'_> = serde_json::from_slice(line)?;
        match find_asked(&ask, limits) {
            Ok(found) => serde_json::to_writer(answer, &found),
            Err(error) => serde_json::to_writer(answer, &Refused { url: ask.url, error: error.to_string() }),
        }
    })
}

fn find_asked(ask: &Ask<'_>, limits: &Limits) -> Outcome<Found> {
    let url = ask.url.as_deref().map(Url::parse).transpose().map_err(|error| format!("the url is none: {error}"))?;
    match (&ask.html, &ask.file) {
        (Some(html), None) => find(html.as_bytes(), Some(OriginForm::Html), None, url.as_ref(), limits),
        (None, Some(file)) => {
            let name = file.file_name().map(|name| name.to_string_lossy());
            find(&contents(file, limits)?, None, name.as_deref(), url.as_ref(), limits)
        }
        _ => Err("say html or file, and not both".into()),
    }
}

fn contents(file: &Path, limits: &Limits) -> Outcome<Vec<u8>> {
    let opened = File::open(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    read_at_most(opened, limits.max_bytes)
}

fn find(
    bytes: &[u8],
    form: Option<OriginForm>,
    file_name: Option<&str>,
    address: Option<&Url>,
    limits: &Limits,
) -> Outcome<Found> {
    let (draft, _) = draft(&Brought { bytes, form, file_name, address, ..Brought::default() }, limits)?;
    let text = draft.running_text();
    let dimmed = draft.blocks.iter().filter(|block| block.doubt.is_some()).count();
    let Draft { title, blocks, imprint, .. } = draft;
    Ok(Found {
        title,
        byline: imprint.byline,
        outlet: imprint.outlet,
        language: imprint.language,
        published: imprint.published,
        url: address.map(ToString::to_string),
        canonical: imprint.canonical,
        picture: imprint.picture,
        blocks,
        text,
        dimmed,
    })
}
