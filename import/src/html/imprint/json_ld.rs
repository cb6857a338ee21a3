//! What a page says of itself in JSON-LD (schema.org).

use serde_json::Value;

/// The most objects of a page that are looked at.
const MAX_OBJECTS: usize = 2000;
/// The most names of one list.
const MAX_NAMES: usize = 50;

/// What an article's description says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Described {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub picture: Option<String>,
    pub language: Option<String>,
    pub address: Option<String>,
}

/// What the scripts of a page say together: the first article in them, and the site around it.
pub(super) fn read(scripts: &[String]) -> Described {
    let roots: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut objects = Vec::new();
    roots.iter().for_each(|root| collect(root, &mut objects));
    let article = objects
        .iter()
        .find(|object| is_a(object, &["Article", "BlogPosting", "Report", "Posting", "Review", "Recipe"]));
    let mut described = article.map(|article| describe(article, &objects)).unwrap_or_default();
    let site = objects.iter().find(|object| is_a(object, &["WebSite"]));
    described.outlet = described.outlet.or_else(|| site.and_then(|site| text(site, "name")));
    if article.is_none()
        && let Some(page) = objects.iter().find(|object| is_a(object, &["WebPage"]))
    {
        described.published = text(page, "datePublished");
        described.language = text(page, "inLanguage");
    }
    described
}

/// The value that a script holds. Line breaks in strings are against JSON's rules, and common.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let script = script.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| serde_json::from_str(&script.replace(char::is_control, " ")).ok())
}

/// All objects, outer ones first. JSON's reader bounds the depth.
fn collect<'a>(value: &'a Value, objects: &mut Vec<&'a Value>) {
    if objects.len() >= MAX_OBJECTS {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, objects)),
        Value::Object(fields) => {
            objects.push(value);
            let inner = ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "isPartOf"];
            inner.iter().filter_map(|name| fields.get(*name)).for_each(|value| collect(value, objects));
        }
        _ => {}
    }
}

/// Whether an object is of a kind: `NewsArticle` is an `Article` too.
fn is_a(object: &Value, kinds: &[&str]) -> bool {
    let is = |kind: &Value| kind.as_str().is_some_and(|kind| kinds.iter().any(|known| kind.ends_with(known)));
    match object.get("@type") {
        Some(Value::Array(all)) => all.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

fn describe(article: &Value, objects: &[&Value]) -> Described {
    let page = article.get("mainEntityOfPage");
    Described {
        headline: text(article, "headline").or_else(|| text(article, "name")),
        authors: article
            .get("author")
            .or_else(|| article.get("creator"))
            .map(|author| names(author, objects))
            .unwrap_or_default(),
        outlet: article.get("publisher").and_then(|publisher| names(publisher, objects).into_iter().next()),
        published: text(article, "datePublished").or_else(|| text(article, "dateCreated")),
        picture: article.get("image").and_then(|image| address(image, objects)),
        language: article
            .get("inLanguage")
            .and_then(|language| language.as_str().map(str::to_owned).or_else(|| text(language, "alternateName"))),
        address: text(article, "url").or_else(|| page.and_then(|page| address(page, objects))),
    }
}

fn text(object: &Value, name: &str) -> Option<String> {
    object.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(super::unescaped)
}

/// The names of persons or organisations: written out, as objects, or as references to objects elsewhere.
fn names(value: &Value, objects: &[&Value]) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.clone()],
        Value::Array(all) => all
            .iter()
            .filter(|value| !value.is_array())
            .take(MAX_NAMES)
            .flat_map(|value| names(value, objects))
            .collect(),
        Value::Object(_) => match text(value, "name") {
            Some(name) => vec![name],
            None => match value.get("name") {
                Some(Value::Array(all)) => all.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
                _ => referred(value, objects).and_then(|object| text(object, "name")).into_iter().collect(),
            },
        },
        _ => Vec::new(),
    }
}

fn address(value: &Value, objects: &[&Value]) -> Option<String> {
    match value {
        Value::String(address) => Some(address.clone()),
        Value::Array(all) => all.iter().find(|value| !value.is_array()).and_then(|value| address(value, objects)),
        Value::Object(_) => {
            let of = |object: &Value| text(object, "url").or_else(|| text(object, "contentUrl"));
            of(value).or_else(|| referred(value, objects).and_then(of)).or_else(|| text(value, "@id"))
        }
        _ => None,
    }
}

/// The object that a reference names.
fn referred<'a>(reference: &Value, objects: &[&'a Value]) -> Option<&'a Value> {
    let id = reference.get("@id")?.as_str()?;
    objects
        .iter()
        .copied()
        .find(|object| object.get("@id").and_then(Value::as_str) == Some(id) && object.get("@type").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_described() {
        let graph = r##"{"@graph": [{"@type": "WebSite", "name": "The Post"},
            {"@type": ["NewsArticle"], "headline": " A
              Bridge ", "author": [{"@id": "#a"}, {"name": "Bob"}, "Cleo"], "image": {"@id": "#i"},
             "datePublished": "2019-11-19", "mainEntityOfPage": {"@id": "https://a.lv/b"}},
            {"@type": "Person", "@id": "#a", "name": "Anna"}, {"@type": "ImageObject", "@id": "#i", "url": "/b.png"}]}"##;
        let read = read(&[graph.to_owned()]);
        assert_eq!(read.authors, ["Anna", "Bob", "Cleo"]);
        let said =
            [&read.headline, &read.outlet, &read.published, &read.picture, &read.address].map(|text| text.as_deref());
        let headline = read.headline.as_deref().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(headline, "A Bridge");
        assert_eq!(said[1..], [Some("The Post"), Some("2019-11-19"), Some("/b.png"), Some("https://a.lv/b")]);
    }

    #[test]
    fn what_is_no_article_is_none() {
        let rows = ["", "{", "[]", "null", r#"{"@type": "Product", "name": "x"}"#, r#"{"@type": 3, "author": 4}"#];
        for script in rows {
            assert_eq!(read(&[script.to_owned()]), Described::default(), "{script}");
        }
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(read(&[deep]), Described::default());
    }
}
