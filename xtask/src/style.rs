//! The stylesheet: our own files and, from the classes that the markup names, Tailwind's utilities by encre-css.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write,
    path::{Path, PathBuf},
};

use corrected::corrected;
use encre_css::{Config, Preflight, Scanner};

use crate::{
    cargo::{files_below, from_root, read, root, sources_below},
    classes,
    failure::{During, Failure, Outcome},
};

/// Utilities as Tailwind makes them.
mod corrected;

/// Classes that style nothing themselves: others say `group-hover:…` and `peer-checked:…` about them.
const MARKERS: [&str; 2] = ["group", "peer"];

/// Classes that encre-css does not make, or not as Tailwind does, and what to write instead.
const MISSING: [(&str, &str); 8] = [
    ("size-", "write w-… h-…"),
    ("text-[var(", "write text-[color:var(--…)], or name the colour in style/encre.toml"),
    ("text-(", "write text-[color:var(--…)], or name the colour in style/encre.toml"),
    ("backdrop-blur", "write backdrop-blur-sm"),
    ("rounded", "write rounded-sm"),
    ("shadow", "write shadow-sm"),
    ("outline-", "write outline-hidden, outline-2 or outline-dashed"),
    ("prose", "write the rule in style/"),
];

/// What the stylesheet is made from.
pub struct Style {
    own: Vec<(String, String)>,
    config: Config,
    declared: BTreeSet<String>,
}

/// A class that nothing styles.
#[derive(Debug, PartialEq, Eq)]
pub struct Unknown {
    /// `file:line`
    pub place: String,
    /// As written.
    pub class: String,
}

impl Style {
    /// Reads `style/`.
    pub fn load() -> Outcome<Self> {
        let folder = root().join("style");
        let config = Config::from_file(folder.join("encre.toml")).during("read style/encre.toml")?;
        let css = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "css");
        let top = |path: &PathBuf| path.parent() == Some(&folder);
        let files = files_below(&folder)?.into_iter().filter(css).filter(top);
        let own = files.map(|path| Ok((name(&path), read(&path)?))).collect::<Outcome<_>>()?;
        Ok(Self::new(own, config))
    }

    /// Own files by name and text, and how encre-css is set up.
    fn new(own: Vec<(String, String)>, mut config: Config) -> Self {
        // Each text that it is given is one class, whole.
        config.scanner = Scanner::from_fn(|class| BTreeSet::from([class]));
        let declared = own.iter().flat_map(|(_, css)| declared(css)).collect();
        Self { own, config, declared }
    }

    /// The utilities for these classes alone.
    fn utilities<'a>(&self, classes: impl IntoIterator<Item = &'a str>) -> String {
        let mut config = self.config.clone();
        config.preflight = Preflight::None;
        corrected(&encre_css::generate(classes, &config))
    }

    /// Whether a class has a rule with at least one declaration in it.
    ///
    /// Of a name that is put together at run time, such as `verdict-{}`, only our own files can have the rules, and
    /// only its beginning can be checked.
    fn knows(&self, class: &str) -> bool {
        if let Some((start, _)) = class.split_once('{') {
            return !start.is_empty() && self.declared.iter().any(|name| name.starts_with(start));
        }
        let is_ours = self.declared.contains(class) || MARKERS.contains(&class);
        is_ours || self.utilities([class]).lines().any(|line| line.ends_with(';'))
    }

    /// The stylesheet for some sources, each with its path, and the classes in them that nothing styles.
    ///
    /// The layers keep their order whatever the selectors weigh: a utility wins over our own rules, and what
    /// `print.css` hides stays hidden.
    pub fn sheet(&self, sources: &[(String, String)]) -> Outcome<(String, Vec<Unknown>)> {
        let mut used = BTreeSet::new();
        let mut unknown = Vec::new();
        let mut known = Known { style: self, asked: HashMap::new() };
        for (path, text) in sources {
            let found = classes::find(text).map_err(|cause| Failure::Because(format!("{path}: {cause}")))?;
            for mention in found.named {
                if known.knows(&mention.class) {
                    used.insert(mention.class);
                } else {
                    unknown.push(Unknown { place: format!("{path}:{}", mention.line), class: mention.class });
                }
            }
            let lists = found.strings.iter().filter(|list| list.split_whitespace().all(|word| known.knows(word)));
            used.extend(lists.flat_map(|list| list.split_whitespace()).map(str::to_owned));
        }
        Ok((self.write(&used), unknown))
    }

    fn write(&self, used: &BTreeSet<String>) -> String {
        let mut css = String::from("@layer reset, own, utilities, print;\n");
        let mut layer = |name: &str, rules: &str| {
            let _ = writeln!(css, "@layer {name} {{\n{}\n}}", rules.trim());
        };
        layer("reset", &encre_css::generate([], &self.config));
        for (_, rules) in self.own.iter().filter(|(name, _)| name != "print.css") {
            layer("own", rules);
        }
        layer("utilities", &self.utilities(used.iter().map(String::as_str)));
        for (_, rules) in self.own.iter().filter(|(name, _)| name == "print.css") {
            layer("print", rules);
        }
        css
    }
}

/// Answers about classes, each worked out once.
struct Known<'a> {
    style: &'a Style,
    asked: HashMap<String, bool>,
}

impl Known<'_> {
    fn knows(&mut self, class: &str) -> bool {
        if let Some(answer) = self.asked.get(class) {
            return *answer;
        }
        let answer = self.style.knows(class);
        self.asked.insert(class.to_owned(), answer);
        answer
    }
}

/// The stylesheet for all of `app/src`.
///
/// # Errors
/// Names each class that nothing styles, with its file and line.
pub fn stylesheet() -> Outcome<String> {
    let sources = sources_below(&root().join("app/src"))?;
    let (css, unknown) = Style::load()?.sheet(&sources)?;
    if unknown.is_empty() { Ok(css) } else { Err(Failure::Because(told(&unknown))) }
}

fn told(unknown: &[Unknown]) -> String {
    let mut words = String::from("these classes are made neither by encre-css nor by a rule in style/*.css:");
    for Unknown { place, class } in unknown {
        let _ = write!(words, "\n  {place}: {class}{}", advice(class));
    }
    words
}

fn advice(class: &str) -> String {
    let bare = class.rsplit(':').next().unwrap_or(class);
    if class.contains('{') {
        return " (put together at run time, and no rule begins so: write each class out in full)".into();
    }
    if bare.ends_with('!') {
        return " (write the ! in front)".into();
    }
    if bare.starts_with("text-") && bare.contains('/') {
        return " (a size with a line height is two classes: text-… leading-…)".into();
    }
    let known = MISSING.iter().find(|(start, _)| bare.starts_with(start));
    known.map_or(String::new(), |(_, instead)| format!(" ({instead})"))
}

fn name(path: &Path) -> String {
    from_root(path).rsplit('/').next().unwrap_or_default().to_owned()
}

/// The class names that stand in a stylesheet of ours.
fn declared(css: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let bare = without_comments_and_strings(css);
    let mut pieces = bare.split('.');
    let mut before = pieces.next().unwrap_or_default();
    for piece in pieces {
        let is_name = |mark: &char| mark.is_alphanumeric() || matches!(mark, '-' | '_');
        let name: String = piece.chars().take_while(is_name).collect();
        // `1.5rem` and `.5rem` are numbers, not classes.
        let is_number = before.ends_with(|mark: char| mark.is_ascii_digit())
            || name.starts_with(|mark: char| mark.is_ascii_digit());
        if !name.is_empty() && !is_number {
            names.insert(name);
        }
        before = piece;
    }
    names
}

fn without_comments_and_strings(css: &str) -> String {
    let mut bare = String::new();
    let mut rest = css;
    while let Some(at) = rest.find(['/', '"', '\'']) {
        let (before, from) = rest.split_at(at);
        bare.push_str(before);
        let (opens, closes) = match from.as_bytes() {
            [b'/', b'*', ..] => (2, "*/"),
            [b'"', ..] => (1, "\""),
            [b'\'', ..] => (1, "'"),
            _ => (1, ""),
        };
        let after = &from[opens..];
        rest = after.find(closes).map_or("", |end| &after[end + closes.len()..]);
    }
    bare + rest
}

#[cfg(test)]
mod tests;
