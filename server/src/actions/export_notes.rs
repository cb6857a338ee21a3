//! Gives people their notes.

use crate::{actions::Failure, clock, house::House, packed};
use domain::{
    export,
    id::ArticleId,
    permission::{Member, Reader},
};
use store::Db;

/// What is taken away.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The name of the file.
    pub file_name: String,
    /// What it is.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// An article's notes as Markdown.
pub async fn markdown(house: &House, by: Member<Reader>, id: ArticleId) -> Result<Taken, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let reading = store::page::reading(&mut snapshot, &house.store.detectors, by, id, None)
        .await?
        .ok_or(Failure::NotFound("article"))?;
    let history = store::page::history(&mut snapshot, by, id).await?.ok_or(Failure::NotFound("article"))?;
    Ok(Taken {
        file_name: format!("{}.md", file_stem(&reading.article.title)),
        media_type: "text/markdown; charset=utf-8",
        bytes: export::markdown(&reading, &history, &house.config.public_url, clock::now()).into_bytes(),
    })
}

/// The untouched bytes of a reading as they were brought; of the latest one when none is said.
pub async fn original(house: &House, by: Member<Reader>, id: ArticleId, number: Option<u32>) -> Result<Taken, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    store::article::get(&mut snapshot, by.group(), id).await?.ok_or(Failure::NotFound("article"))?;
    bytes(&mut snapshot, id, number).await
}

/// The same, once it is known that who asks may have them.
pub(super) async fn bytes(db: &mut Db, id: ArticleId, number: Option<u32>) -> Result<Taken, Failure> {
    let missing = || Failure::NotFound("article");
    let group = store::article::group_of(db, id).await?.ok_or_else(missing)?;
    let article = store::article::get(db, group, id).await?.ok_or_else(missing)?;
    let original = store::revision::original(db, id, number).await?.ok_or(Failure::NotFound("reading"))?;
    let bytes = packed::unpack(&original.gzip).map_err(Failure::internal)?;
    Ok(Taken {
        file_name: format!("{}.{}", file_stem(&article.title), original.form.extension()),
        media_type: original.form.media_type(),
        bytes,
    })
}

/// The most characters of a file's name.
const MAX_FILE_STEM: usize = 60;

/// A title as a file's name: letters and digits of any script, the rest as single hyphens.
pub(super) fn file_stem(title: &str) -> String {
    let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let stem: String = words.join("-").to_lowercase().chars().take(MAX_FILE_STEM).collect();
    let stem = stem.trim_matches('-');
    if stem.is_empty() { "article".to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_file_name() {
        let rows = [
            ("Tilts pār Gauju: kas zināms?", "tilts-pār-gauju-kas-zināms"),
            ("../../etc/passwd", "etc-passwd"),
            ("“…”", "article"),
        ];
        for (title, expected) in rows {
            assert_eq!(file_stem(title), expected);
        }
        assert_eq!(file_stem(&"a".repeat(200)).len(), MAX_FILE_STEM);
    }
}
