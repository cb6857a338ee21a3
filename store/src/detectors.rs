//! Detectors that are ready: building one takes longer than reading an article with it.

use domain::{
    id::GroupId,
    source::{Detector, Source},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// How many groups' detectors are kept; each is about as large as the names in it.
const MOST: usize = 64;

/// The sources that a detector was built from, and the detector.
type Ready = (Vec<Source>, Arc<Detector>);

/// The detector of each group that reads. It is the one for the group's sources as they are, or it is built anew.
#[derive(Default)]
pub struct Detectors(Mutex<HashMap<GroupId, Ready>>);

impl Detectors {
    /// The detector for these sources of a group.
    pub fn of(&self, group: GroupId, sources: &[Source]) -> Arc<Detector> {
        // A thread that panicked while it held the lock has left a whole map: entries are put in whole.
        let mut ready = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, detector)) = ready.get(&group)
            && known == sources
        {
            return detector.clone();
        }
        if ready.len() >= MOST {
            ready.clear();
        }
        let detector = Arc::new(Detector::new(sources));
        ready.insert(group, (sources.to_vec(), detector.clone()));
        detector
    }
}

impl std::fmt::Debug for Detectors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Detectors(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{id::SourceId, source::SourceKind};

    fn source(name: &str) -> Source {
        Source {
            id: SourceId::from_bits(1),
            group: GroupId::from_bits(1),
            name: name.to_owned(),
            aliases: Vec::new(),
            domains: Vec::new(),
            country: None,
            languages: Vec::new(),
            kind: SourceKind::Agency,
            owner: None,
        }
    }

    #[test]
    fn a_changed_list_is_read_anew_and_an_unchanged_one_is_not() {
        let detectors = Detectors::default();
        let group = GroupId::from_bits(1);
        let first = detectors.of(group, &[source("Reuters")]);
        assert!(Arc::ptr_eq(&first, &detectors.of(group, &[source("Reuters")])));
        let second = detectors.of(group, &[source("Ritzau")]);
        assert_eq!(second.mentions("Ritzau, Reuters").len(), 1);
        assert_eq!(second.mentions("Ritzau, Reuters")[0].words, "Ritzau");
    }
}
