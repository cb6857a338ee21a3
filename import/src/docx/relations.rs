//! What a part of a document points to (Open Packaging Conventions, ECMA-376-2, 6.5).

use crate::{
    ImportError,
    archive::{Archive, joined},
    xml::{self, Piece, Xml},
};
use domain::article::WebAddress;
use std::collections::HashMap;

/// The most bytes of a part that only describes others: relations, styles, numbering, properties.
pub(super) const MAX_DESCRIPTION: usize = 8 * 1024 * 1024;

/// Where a relation leads.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    /// To a part of this file.
    Part(String),
    /// Into the web.
    Web(WebAddress),
}

/// The relations of one part.
#[derive(Debug, Default)]
pub(super) struct Relations {
    targets: HashMap<String, Target>,
    /// The kind of each, and the part that it leads to.
    kinds: Vec<(String, String)>,
}

impl Relations {
    /// Those of the part of this name; of the whole file when the name is empty. What leads anywhere but into the file
    /// or the web leads nowhere.
    pub fn of(archive: &mut Archive<'_>, part: &str) -> Result<Self, ImportError> {
        let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
        let name = format!("{folder}{}_rels/{file}.rels", if folder.is_empty() { "" } else { "/" });
        let mut relations = Self::default();
        let Some(bytes) = archive.part(&name, MAX_DESCRIPTION)? else { return Ok(relations) };
        let text = xml::text(&bytes);
        let mut xml = Xml::new(&text, &name);
        loop {
            match xml.next()? {
                Piece::Open(element) if element.local() == "Relationship" => {
                    let value = |name| element.attribute(name).unwrap_or_default();
                    relations.add(part, value("Id"), &value("Type"), &value("Target"), &value("TargetMode"));
                }
                Piece::End => return Ok(relations),
                _ => {}
            }
        }
    }

    fn add(&mut self, part: &str, id: String, kind: &str, target: &str, mode: &str) {
        let target = match mode {
            "External" => WebAddress::parse(target).map(Target::Web),
            _ => joined(part, target).map(Target::Part),
        };
        let Some(target) = target else { return };
        if let Target::Part(name) = &target {
            let kind = kind.rsplit('/').next().unwrap_or_default();
            self.kinds.push((kind.to_owned(), name.clone()));
        }
        self.targets.insert(id, target);
    }

    /// The part that this relation leads to.
    pub fn part(&self, id: &str) -> Option<&str> {
        match self.targets.get(id)? {
            Target::Part(name) => Some(name),
            Target::Web(_) => None,
        }
    }

    /// The address in the web that this relation leads to.
    pub fn address(&self, id: &str) -> Option<&WebAddress> {
        match self.targets.get(id)? {
            Target::Web(address) => Some(address),
            Target::Part(_) => None,
        }
    }

    /// The parts of this kind, the last step of the relation's type.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        self.kinds.iter().filter(move |(each, _)| each == kind).map(|(_, name)| name.as_str())
    }
}
