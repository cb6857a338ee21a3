//! Reads the starter registry: facts about sources, one a line.

use super::{Alias, AliasUse, Source, SourceKind};
use crate::{
    id::{GroupId, SourceId},
    word::UnknownWord,
};
use std::collections::HashSet;

/// One line of the registry: a source before a group has its copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryEntry {
    /// Its key in the registry, lower case with hyphens.
    pub key: String,
    /// The name to show.
    pub name: String,
    /// Other names. The name itself is among them only where it cannot be trusted everywhere.
    pub aliases: Vec<Alias>,
    /// Domains it publishes on.
    pub domains: Vec<String>,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Languages, ISO 639-1.
    pub languages: Vec<String>,
    /// What kind it is.
    pub kind: SourceKind,
    /// The company or body that owns it.
    pub owner: Option<String>,
}

impl RegistryEntry {
    /// A group's own copy of the source.
    pub fn into_source(self, id: SourceId, group: GroupId) -> Source {
        Source {
            id,
            group,
            name: self.name,
            aliases: self.aliases,
            domains: self.domains,
            country: self.country,
            languages: self.languages,
            kind: self.kind,
            owner: self.owner,
        }
    }
}

/// What is wrong with a line of the registry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct RegistryError {
    /// Which line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

const COLUMNS: [&str; 10] =
    ["key", "name", "aliases", "ask_aliases", "guarded_aliases", "domains", "country", "langs", "kind", "owner"];

/// Reads a registry: tab-separated, with the heading line
/// `key name aliases ask_aliases guarded_aliases domains country langs kind owner`.
///
/// Names and domains in a list are split by `|`, languages by a comma; `multi` says that a source has no language of
/// its own. A line that begins with `#` is a comment. There is no quoting, so `"` is refused.
///
/// # Errors
/// The first line that is not as it should be, counted from 1, comments included.
pub fn read_registry(tsv: &str) -> Result<Vec<RegistryEntry>, RegistryError> {
    let mut lines = tsv.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let heading_is_right = |(_, line): (usize, &str)| line.split('\t').eq(COLUMNS);
    if !lines.next().is_some_and(heading_is_right) {
        let line = 1 + tsv.lines().take_while(|line| line.starts_with('#')).count();
        return Err(RegistryError { line, problem: format!("the columns must be {}", COLUMNS.join(", ")) });
    }
    let mut keys = HashSet::new();
    lines
        .map(|(at, line)| {
            let entry = read_line(line).and_then(|entry| match keys.insert(entry.key.clone()) {
                true => Ok(entry),
                false => Err(format!("the key {} stands in an earlier line", entry.key)),
            });
            entry.map_err(|problem| RegistryError { line: at + 1, problem })
        })
        .collect()
}

fn read_line(line: &str) -> Result<RegistryEntry, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let count = fields.len();
    let [key, name, plain, ask, guarded, domains, country, langs, kind, owner] =
        <[&str; 10]>::try_from(fields).map_err(|_| format!("{count} columns where {} belong", COLUMNS.len()))?;
    if line.contains('"') {
        return Err("a quotation mark; fields are not quoted".into());
    }
    Ok(RegistryEntry {
        key: only(key, is_key).ok_or_else(|| format!("{key:?} is no key"))?,
        name: only(name, is_neat).ok_or("no name")?,
        aliases: read_aliases([(plain, AliasUse::Plain), (ask, AliasUse::Ask), (guarded, AliasUse::Guarded)])?,
        domains: read_list(domains, '|', "domain", is_domain)?,
        country: optional(country, "country", |text| is_code(text, u8::is_ascii_uppercase))?,
        languages: match langs {
            "multi" => Vec::new(),
            _ => read_list(langs, ',', "language", |text| is_code(text, u8::is_ascii_lowercase))?,
        },
        kind: kind.parse().map_err(|unknown: UnknownWord| unknown.to_string())?,
        owner: optional(owner, "owner", is_neat)?,
    })
}

fn read_aliases(columns: [(&str, AliasUse); 3]) -> Result<Vec<Alias>, String> {
    let mut aliases: Vec<Alias> = Vec::new();
    for (column, used) in columns {
        for text in read_list(column, '|', "alias", is_neat)? {
            if aliases.iter().any(|alias| alias.text == text) {
                return Err(format!("the alias {text:?} stands twice"));
            }
            aliases.push(Alias { text, used });
        }
    }
    Ok(aliases)
}

fn read_list(field: &str, comma: char, what: &str, right: impl Fn(&str) -> bool) -> Result<Vec<String>, String> {
    if field.is_empty() {
        return Ok(Vec::new());
    }
    field.split(comma).map(|item| only(item, &right).ok_or_else(|| format!("{item:?} is no {what}"))).collect()
}

fn optional(field: &str, what: &str, right: impl Fn(&str) -> bool) -> Result<Option<String>, String> {
    match field {
        "" => Ok(None),
        _ => only(field, right).map(Some).ok_or_else(|| format!("{field:?} is no {what}")),
    }
}

fn only(text: &str, right: impl Fn(&str) -> bool) -> Option<String> {
    right(text).then(|| text.to_owned())
}

fn is_neat(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(['|', '\t']) && !text.contains(char::is_control)
}

fn is_key(text: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(good) && !text.starts_with('-') && !text.ends_with('-')
}

fn is_domain(text: &str) -> bool {
    text.contains('.') && !text.starts_with("www.") && text.split('.').all(is_key)
}

fn is_code(text: &str, letter: impl Fn(&u8) -> bool) -> bool {
    text.len() == 2 && text.as_bytes().iter().all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: &str = "key\tname\taliases\task_aliases\tguarded_aliases\tdomains\tcountry\tlangs\tkind\towner";
    const SHIPPED: &str = include_str!("../../../store/registry/sources.tsv");

    #[test]
    fn a_line_is_an_entry() {
        let line = "the-day\tThe Day\tDay Media\tDai\tThe Day|Day\tday.example|en.day.example\tLV\tlv,en\tfact-checker\tDay SIA";
        let entries = read_registry(&format!("# facts\n{HEADING}\n# more\n{line}\r\n")).unwrap();
        let alias = |text: &str, used| Alias { text: text.into(), used };
        let expected = RegistryEntry {
            key: "the-day".into(),
            name: "The Day".into(),
            aliases: vec![
                alias("Day Media", AliasUse::Plain),
                alias("Dai", AliasUse::Ask),
                alias("The Day", AliasUse::Guarded),
                alias("Day", AliasUse::Guarded),
            ],
            domains: vec!["day.example".into(), "en.day.example".into()],
            country: Some("LV".into()),
            languages: vec!["lv".into(), "en".into()],
            kind: SourceKind::FactChecker,
            owner: Some("Day SIA".into()),
        };
        assert_eq!(entries, [expected]);
    }

    #[test]
    fn what_may_be_empty_may_be_empty() {
        let entries = read_registry(&format!("{HEADING}\nx\tX\t\t\t\t\t\tmulti\tsocial\t")).unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!((&entries[0].country, &entries[0].owner), (&None, &None));
        assert!(entries[0].languages.is_empty() && entries[0].domains.is_empty() && entries[0].aliases.is_empty());
        assert_eq!(read_registry(HEADING), Ok(Vec::new()));
    }

    #[test]
    fn a_wrong_line_is_named() {
        let good = "a\tA\t\t\t\ta.lv\tLV\tlv\tpublic\t";
        let rows = [
            ("a\tA\t\t\t\t\tLV\tlv\tpublic", "9 columns where 10 belong"),
            ("a\tA\t\t\t\t\tLV\tlv\tpublic\t\t", "11 columns where 10 belong"),
            ("", "1 columns where 10 belong"),
            ("A\tA\t\t\t\t\tLV\tlv\tpublic\t", "\"A\" is no key"),
            ("\tA\t\t\t\t\tLV\tlv\tpublic\t", "\"\" is no key"),
            ("b\t\t\t\t\t\tLV\tlv\tpublic\t", "no name"),
            ("b\tA \t\t\t\t\tLV\tlv\tpublic\t", "no name"),
            ("b\tA\tC||D\t\t\t\tLV\tlv\tpublic\t", "\"\" is no alias"),
            ("b\tA\tC\t\tC\t\tLV\tlv\tpublic\t", "the alias \"C\" stands twice"),
            ("b\tA\t\"C\"\t\t\t\tLV\tlv\tpublic\t", "a quotation mark; fields are not quoted"),
            ("b\tA\t\t\t\thttps://a.lv\tLV\tlv\tpublic\t", "\"https://a.lv\" is no domain"),
            ("b\tA\t\t\t\twww.a.lv\tLV\tlv\tpublic\t", "\"www.a.lv\" is no domain"),
            ("b\tA\t\t\t\tA.lv\tLV\tlv\tpublic\t", "\"A.lv\" is no domain"),
            ("b\tA\t\t\t\t\tLatvia\tlv\tpublic\t", "\"Latvia\" is no country"),
            ("b\tA\t\t\t\t\tLV\tlv,\tpublic\t", "\"\" is no language"),
            ("b\tA\t\t\t\t\tLV\tlv\tradio\t", "\"radio\" is not a kind of source"),
            ("b\tA\t\t\t\t\tLV\tlv\tthink_tank\t", "\"think_tank\" is not a kind of source"),
            ("b\tA\t\t\t\t\tLV\tlv\tpublic\t ", "\" \" is no owner"),
            (good, "the key a stands in an earlier line"),
        ];
        for (line, problem) in rows {
            let read = read_registry(&format!("{HEADING}\n{good}\n# a comment\n{line}\n"));
            assert_eq!(read, Err(RegistryError { line: 4, problem: problem.into() }), "{line:?}");
        }
        for (tsv, line) in [("", 1), ("# facts\n", 2), ("# facts\nkey\tname\n", 2), ("\n", 1)] {
            assert_eq!(read_registry(tsv).unwrap_err().line, line, "{tsv:?}");
        }
    }

    #[test]
    fn the_shipped_registry_is_read() {
        let entries = read_registry(SHIPPED).unwrap();
        assert_eq!(entries.len(), 91);
        let keys = ["lsm", "retv", "tvnet", "delfi-lv", "zdfheute", "nato", "x"];
        assert!(keys.iter().all(|key| entries.iter().any(|entry| entry.key == *key)));
    }

    #[test]
    fn a_shipped_domain_belongs_to_one_source() {
        let mut seen = HashSet::new();
        for entry in read_registry(SHIPPED).unwrap() {
            for domain in entry.domains {
                assert!(seen.insert(domain.clone()), "{domain} stands twice");
            }
        }
    }
}
