//! Pages whose article is known: the folders of public benchmarks, read as they are.

use crate::structure::Structure;
use domain::article::Layout;
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// A page and the words of its article.
pub struct Case {
    /// Its name in the benchmark.
    pub name: String,
    /// Where it was found.
    pub address: String,
    /// Its bytes, read as UTF-8.
    pub html: String,
    /// The article's words.
    pub expected: String,
    /// What the article is made of, where that is known.
    pub structure: Option<Structure>,
    /// Whether it is a page of an article, and no list, shop or forum.
    pub is_article: bool,
}

/// A folder of pages.
pub struct Corpus {
    /// What it is called.
    pub name: &'static str,
    /// The pages, in the order of their names.
    pub cases: Vec<Case>,
}

/// What two benchmarks say of a page.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Truth {
    #[serde(default)]
    article_body: String,
    #[serde(default)]
    url: String,
}

/// What a third one says.
#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    url: String,
    ground_truth: Content,
    #[serde(default, rename = "_internal")]
    internal: Internal,
}

#[derive(Deserialize, Default)]
struct Internal {
    #[serde(default)]
    page_type: PageType,
}

#[derive(Deserialize, Default)]
struct PageType {
    #[serde(default)]
    primary: String,
}

#[derive(Deserialize)]
struct Content {
    #[serde(default)]
    main_content: Option<String>,
}

/// The pages of a folder, by the files that are in it.
pub fn read(folder: &Path) -> io::Result<Vec<Corpus>> {
    if folder.join("ground-truth.json").exists() {
        return Ok(vec![Corpus {
            name: "article-extraction-benchmark",
            cases: by_one_file(folder, "ground-truth.json", "html.gz")?,
        }]);
    }
    if folder.join("articles.json").exists() {
        return Ok(vec![Corpus {
            name: "article-extraction-dataset",
            cases: by_one_file(folder, "articles.json", "html")?,
        }]);
    }
    if folder.join("dev/ground-truth").exists() {
        let part = |name, part| Ok(Corpus { name, cases: by_files(&folder.join(part))? });
        return [("web content benchmark, development", "dev"), ("web content benchmark, test", "test")]
            .into_iter()
            .map(|(name, folder)| part(name, folder))
            .collect();
    }
    let pages = [folder.join("test/test-pages"), folder.to_owned()].into_iter().find(|folder| folder.exists());
    Ok(vec![Corpus { name: "readability's test pages", cases: by_folders(&pages.unwrap_or_default())? }])
}

fn by_one_file(folder: &Path, file: &str, ending: &str) -> io::Result<Vec<Case>> {
    let truths: BTreeMap<String, Truth> = serde_json::from_slice(&fs::read(folder.join(file))?)?;
    let mut cases = Vec::new();
    for (name, truth) in truths {
        let path = folder.join(format!("html/{name}.{ending}"));
        // Not every copy of a benchmark has all of its pages.
        if path.exists() {
            cases.push(Case {
                html: page(&path)?,
                name,
                address: truth.url,
                expected: truth.article_body,
                structure: None,
                is_article: true,
            });
        }
    }
    Ok(cases)
}

fn by_files(folder: &Path) -> io::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for path in sorted(&folder.join("ground-truth"))? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let truth: Page = serde_json::from_slice(&fs::read(&path)?)?;
        let html = page(&folder.join(format!("html/{name}.html.gz")))?;
        cases.push(Case {
            name,
            address: truth.url,
            html,
            expected: truth.ground_truth.main_content.unwrap_or_default(),
            structure: None,
            is_article: truth.internal.page_type.primary == "article",
        });
    }
    Ok(cases)
}

fn by_folders(folder: &Path) -> io::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for path in sorted(folder)?.into_iter().filter(|path| path.join("expected.html").exists()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let blocks = import::study::whole(&fs::read_to_string(path.join("expected.html"))?);
        cases.push(Case {
            name,
            address: "http://fakehost/test/page.html".to_owned(),
            html: page(&path.join("source.html"))?,
            expected: Layout::of(&blocks).into_text(),
            structure: Some(Structure::of(&blocks)),
            is_article: true,
        });
    }
    Ok(cases)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn page(path: &Path) -> io::Result<String> {
    let bytes = fs::read(path)?;
    let mut html = Vec::new();
    if path.extension().is_some_and(|ending| ending == "gz") {
        GzDecoder::new(bytes.as_slice()).read_to_end(&mut html)?;
    } else {
        html = bytes;
    }
    Ok(String::from_utf8_lossy(&html).replace('\0', ""))
}

impl Corpus {
    /// Whether a page is kept back: nothing was made or chosen by it. Of the benchmark that has a part for tests it is
    /// that part, of others one half, with all pages of a site in the same one; and all of readability's pages.
    pub fn keeps_back(&self, case: &Case) -> bool {
        match self.name {
            "readability's test pages" | "web content benchmark, test" => true,
            "web content benchmark, development" => false,
            _ => case.is_in_second_half(),
        }
    }

    /// What a page weighs: the large one, which counts more as an article's, must not drown the others.
    pub fn weight(&self, case: &Case) -> f64 {
        match (self.name.starts_with("web"), case.is_article) {
            (false, _) => 1.0,
            (true, true) => 0.5,
            (true, false) => 0.1,
        }
    }
}

impl Case {
    fn is_in_second_half(&self) -> bool {
        let host = self.address.split('/').nth(2).unwrap_or(&self.name);
        let host = host.strip_prefix("www.").unwrap_or(host);
        let digest = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        host.bytes().fold(0xcbf2_9ce4_8422_2325, digest) >> 32 & 1 == 1
    }
}
