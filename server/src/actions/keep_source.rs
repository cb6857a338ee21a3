//! Adds a source to the group's list, changes it, takes it off.

use crate::{actions::Failure, clock, house::House};
use domain::{
    ask::KeepSource,
    event::{Change, Event},
    id::{GroupId, SourceId},
    permission::{Editor, Member},
    source::{Alias, Source},
    words::SourceName,
};

/// The most aliases, domains or languages of one source.
pub const MAX_NAMES_PER_SOURCE: usize = 100;

/// Adds a source.
pub async fn add(house: &House, by: Member<Editor>, ask: KeepSource) -> Result<Event, Failure> {
    let source = checked(SourceId::from_bits(clock::bits()), by.group(), ask)?;
    let mut act = house.begin(by).await?;
    store::source::keep(&mut act, &source).await?;
    act.done(None, Change::SourceKept(source)).await
}

/// Changes a source.
pub async fn edit(house: &House, by: Member<Editor>, id: SourceId, ask: KeepSource) -> Result<Event, Failure> {
    let source = checked(id, by.group(), ask)?;
    let mut act = house.begin(by).await?;
    store::source::get(&mut act, by.group(), id).await?.ok_or(Failure::NotFound("source"))?;
    store::source::keep(&mut act, &source).await?;
    act.done(None, Change::SourceKept(source)).await
}

/// Takes a source off the list. What was said of it in claims stays.
pub async fn remove(house: &House, by: Member<Editor>, id: SourceId) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    store::source::get(&mut act, by.group(), id).await?.ok_or(Failure::NotFound("source"))?;
    let now = act.now;
    store::source::remove(&mut act, id, now).await?;
    act.done(None, Change::SourceRemoved(id)).await
}

fn checked(id: SourceId, group: GroupId, ask: KeepSource) -> Result<Source, Failure> {
    for (what, count) in
        [("names", ask.aliases.len()), ("domains", ask.domains.len()), ("languages", ask.languages.len())]
    {
        if count > MAX_NAMES_PER_SOURCE {
            return Err(Failure::Invalid(format!("a source has {MAX_NAMES_PER_SOURCE} {what} at most")));
        }
    }
    let alias = |alias: Alias| -> Result<Alias, Failure> {
        Ok(Alias { text: SourceName::parse(&alias.text)?.into(), used: alias.used })
    };
    Ok(Source {
        id,
        group,
        name: ask.name.into(),
        aliases: ask.aliases.into_iter().map(alias).collect::<Result<_, _>>()?,
        domains: ask.domains.iter().map(|text| domain_name(text)).collect::<Result<_, _>>()?,
        country: ask.country.filter(|code| !code.trim().is_empty()).map(|code| country(&code)).transpose()?,
        languages: ask.languages.iter().map(|text| language(text)).collect::<Result<_, _>>()?,
        kind: ask.kind,
        owner: SourceName::parse_optional(ask.owner.as_deref().unwrap_or_default())?.map(String::from),
    })
}

/// A host name, in lower case and without `www.`.
fn domain_name(text: &str) -> Result<String, Failure> {
    let name = text.trim().to_lowercase();
    let name = name.strip_prefix("www.").unwrap_or(&name);
    let label =
        |label: &str| !label.is_empty() && label.len() <= 63 && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let good = name.len() <= 253 && name.contains('.') && name.split('.').all(label);
    good.then(|| name.to_owned())
        .ok_or_else(|| Failure::Invalid(format!("“{}” is not a domain; one looks like lsm.lv", text.trim())))
}

fn country(text: &str) -> Result<String, Failure> {
    let code = text.trim().to_uppercase();
    let good = code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase());
    good.then_some(code).ok_or_else(|| Failure::Invalid("a country is two letters, such as LV (ISO 3166-1)".to_owned()))
}

fn language(text: &str) -> Result<String, Failure> {
    let code = text.trim().to_lowercase();
    let good = matches!(code.len(), 2 | 3) && code.chars().all(|c| c.is_ascii_lowercase());
    good.then_some(code).ok_or_else(|| Failure::Invalid("a language is two letters, such as lv (ISO 639-1)".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_a_host_name() {
        let rows = [
            ("LSM.lv", Some("lsm.lv")),
            (" www.delfi.lv ", Some("delfi.lv")),
            ("rus.tvnet.lv", Some("rus.tvnet.lv")),
            ("https://lsm.lv", None),
            ("lsm", None),
            ("lsm..lv", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(domain_name(text).ok().as_deref(), expected, "{text:?}");
        }
    }
}
