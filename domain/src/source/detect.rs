//! Finds the sources that a text names.

use super::{
    AliasUse, Source, SourceKind,
    address::{Address, addresses, is_host},
    bounds::stands_alone,
    cues::marked_as_name,
    speech::speaks,
};
use crate::{
    id::SourceId,
    text::{IndexedText, TextRange},
};
use aho_corasick::AhoCorasick;
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, collections::HashMap, ops::Range};

/// A source named in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Mention {
    /// Where, in the canonical text.
    pub range: TextRange,
    /// The words that name it, as they stand there.
    pub words: String,
    /// Which source they name.
    pub source: SourceId,
    /// Whether that is certain.
    pub certainty: Certainty,
}

/// Whether a name is certain to mean its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The text names it. A person still confirms that it counts.
    Named,
    /// The text may mean it: the person is asked.
    Asked,
}

/// All the names of a group's sources, ready to be looked for.
///
/// - Names count in the case in which they are written and where they stand for themselves, not within a longer word.
///   Where names overlap, the first counts, and of those that begin together the longest.
/// - Domains count in any case, as do their subdomains; the longest domain that is known decides. What else stands
///   in an address (its path, a mail box) names nothing. A name that reads as a domain (`Meduza.io`) is one.
/// - A [guarded](AliasUse::Guarded) name counts only in quotation marks or beside a word such as "newspaper".
/// - Bodies, research institutes, platforms and persons are subjects of articles as often as sources of them: they
///   count only where the text makes them speak, cites them or gives their address, and then a person is asked.
/// - One name of several sources: if it is the [plain](AliasUse::Plain) name of exactly one of those that count there,
///   it means that one. Otherwise each of them is asked, and there is one mention of each, in the order of the sources.
pub struct Detector {
    /// Nothing when there is no name to look for.
    names: Option<AhoCorasick>,
    /// Who is meant by each name, in the order of the automaton's patterns.
    meant: Vec<Vec<Candidate>>,
    domains: HashMap<String, Vec<Candidate>>,
}

/// A source that a name may mean.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    source: SourceId,
    used: AliasUse,
    /// Whether it counts only where it speaks.
    must_speak: bool,
}

impl Detector {
    /// Reads the names once.
    pub fn new(sources: &[Source]) -> Self {
        let mut names: Vec<&str> = Vec::new();
        let mut meant: Vec<Vec<Candidate>> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut domains: HashMap<String, Vec<Candidate>> = HashMap::new();
        for source in sources {
            let candidate = |used| Candidate { source: source.id, used, must_speak: must_speak(source.kind) };
            for domain in &source.domains {
                let domain = domain.trim().to_lowercase();
                let domain = domain.strip_prefix("www.").unwrap_or(&domain);
                if domain.contains('.') {
                    add(domains.entry(domain.to_owned()).or_default(), candidate(AliasUse::Plain));
                }
            }
            for (name, used) in names_of(source) {
                if is_host(name) {
                    add(domains.entry(name.to_lowercase()).or_default(), candidate(used));
                    continue;
                }
                let place = *places.entry(name).or_insert_with(|| {
                    names.push(name);
                    meant.push(Vec::new());
                    meant.len() - 1
                });
                add(&mut meant[place], candidate(used));
            }
        }
        // It fails only on more names than memory holds.
        let names = if names.is_empty() { None } else { AhoCorasick::new(names).ok() };
        Self { names, meant, domains }
    }

    /// The sources named in a text, in the order in which they stand. Ranges rise and do not overlap, save that
    /// several sources may share one. The time grows with the length of the text.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let indexed = IndexedText::new(text);
        let addresses = addresses(text, |host| self.domain(host).is_some());
        let mut found: Vec<(Range<usize>, SourceId, Certainty)> = Vec::new();
        for host in addresses.iter().filter_map(|address| address.host.clone()) {
            let candidates = self.domain(&text[host.clone()]).unwrap_or_default();
            found.extend(settle(candidates.iter()).map(|(source, certainty)| (host.clone(), source, certainty)));
        }
        for (range, candidates) in self.names_in(text, &addresses) {
            let marked = || marked_as_name(text, &range);
            let counts = |candidate: &&Candidate| {
                (candidate.used != AliasUse::Guarded || marked()) && (!candidate.must_speak || speaks(text, &range))
            };
            let settled = settle(candidates.iter().filter(counts));
            found.extend(settled.map(|(source, certainty)| (range.clone(), source, certainty)));
        }
        // Stable, so that sources that share a range keep their order.
        found.sort_by_key(|(range, ..)| range.start);
        found
            .into_iter()
            .filter_map(|(range, source, certainty)| {
                let words = text[range.clone()].to_owned();
                let range = TextRange::new(indexed.offset_of(range.start)?, indexed.offset_of(range.end)?)?;
                Some(Mention { range, words, source, certainty })
            })
            .collect()
    }

    /// Who is meant by a host: the owners of the longest domain that it is, or is a part of.
    fn domain(&self, host: &str) -> Option<&[Candidate]> {
        let host = host.to_lowercase();
        let parents = std::iter::successors(Some(host.as_str()), |host| Some(host.split_once('.')?.1));
        parents.into_iter().find_map(|domain| self.domains.get(domain)).map(Vec::as_slice)
    }

    /// The names that stand for themselves outside of addresses, in bytes, without overlaps.
    ///
    /// All matches are looked at, and the longest chosen among those that stand alone: if the automaton chose, then
    /// "Delfi Eestis" would hide "Delfi" behind "Delfi Eesti".
    fn names_in(&self, text: &str, addresses: &[Address]) -> Vec<(Range<usize>, &[Candidate])> {
        let Some(names) = &self.names else { return Vec::new() };
        let in_address = |range: &Range<usize>| {
            let after = addresses.partition_point(|address| address.whole.end <= range.start);
            addresses.get(after).is_some_and(|address| address.whole.start < range.end)
        };
        let mut matches: Vec<_> = names
            .find_overlapping_iter(text)
            .map(|found| (found.range(), found.pattern().as_usize()))
            .filter(|(range, _)| stands_alone(text, range) && !in_address(range))
            .collect();
        matches.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
        let mut past = 0;
        matches.retain(|(range, _)| {
            let free = range.start >= past;
            past = if free { range.end } else { past };
            free
        });
        matches.into_iter().map(|(range, name)| (range, self.meant[name].as_slice())).collect()
    }
}

/// Its names: the one to show is plain, unless it is among the aliases with another use.
fn names_of(source: &Source) -> impl Iterator<Item = (&str, AliasUse)> {
    let named = std::iter::once((source.name.as_str(), AliasUse::Plain));
    let aliases = source.aliases.iter().map(|alias| (alias.text.as_str(), alias.used));
    named.chain(aliases).map(|(name, used)| (name.trim(), used)).filter(|(name, _)| !name.is_empty())
}

/// Adds a candidate; where a source has a name twice, its more careful use counts.
fn add(candidates: &mut Vec<Candidate>, new: Candidate) {
    let care = |used| match used {
        AliasUse::Plain => 0,
        AliasUse::Ask => 1,
        AliasUse::Guarded => 2,
    };
    match candidates.iter_mut().find(|old| old.source == new.source) {
        Some(old) if care(old.used) < care(new.used) => old.used = new.used,
        Some(_) => {}
        None => candidates.push(new),
    }
}

fn must_speak(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Official | SourceKind::Social | SourceKind::ThinkTank | SourceKind::Person)
}

/// Which of the sources that count in a place are meant, and how certain that is.
fn settle<'a>(candidates: impl Iterator<Item = &'a Candidate>) -> impl Iterator<Item = (SourceId, Certainty)> {
    let mut candidates: Vec<Candidate> = candidates.copied().collect();
    let is_plain = |candidate: &Candidate| candidate.used == AliasUse::Plain;
    let sure = candidates.iter().filter(|candidate| is_plain(candidate)).count() == 1;
    if sure {
        candidates.retain(is_plain);
    }
    candidates.into_iter().map(move |candidate| {
        let certainty = if sure && !candidate.must_speak { Certainty::Named } else { Certainty::Asked };
        (candidate.source, certainty)
    })
}

#[cfg(test)]
mod tests;
