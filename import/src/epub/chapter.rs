//! Makes HTML of a chapter's XHTML: the two are written alike and read differently, so each element is written anew.

use crate::{
    ImportError,
    xml::{Element, Piece, Xml, local},
};

/// Elements that are left out with all in them.
const LEFT_OUT: [&str; 5] = ["head", "title", "script", "style", "template"];
/// Elements that are never closed in HTML.
const VOID: [&str; 5] = ["br", "hr", "img", "wbr", "col"];
/// Attributes that matter to what is read.
const KEPT: [&str; 11] =
    ["id", "href", "src", "alt", "colspan", "rowspan", "start", "value", "hidden", "style", "aria-hidden"];
/// Parts of a book that say where others are, and that say it in links (EPUB 3.3, 7.4).
const DIRECTIONS: [&str; 5] = ["toc", "landmarks", "page-list", "loi", "lot"];
/// Notes of a book, which are words of it wherever they are hidden until somebody asks for them.
const NOTES: [&str; 6] = ["footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote"];

/// The HTML of a chapter, its headings one level lower: the highest is that of the book.
///
/// # Errors
/// XML that is not well-formed.
pub(super) fn html(text: &str, name: &str) -> Result<String, ImportError> {
    let mut xml = Xml::new(text, name);
    let mut writer = Writer { out: String::with_capacity(text.len()), open: Vec::new(), begun: true };
    loop {
        match xml.next()? {
            Piece::Open(element) => writer.open(&element, &mut xml)?,
            Piece::Close => writer.close(),
            Piece::Words(words) => writer.words(&words),
            Piece::End => return Ok(writer.out),
        }
    }
}

struct Writer {
    out: String,
    /// What is written at the end of each element that is open.
    open: Vec<String>,
    /// Whether a block has begun and has no words yet: a picture there stands by itself.
    begun: bool,
}

impl Writer {
    fn open(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), ImportError> {
        let name = element.local().to_ascii_lowercase();
        let is = |kinds: &[&str]| {
            let kind = element.attribute("type").filter(|_| has_kind(element)).or_else(|| element.attribute("role"));
            kind.is_some_and(|kind| kind.split_whitespace().any(|kind| kinds.contains(&kind)))
        };
        let page = is(&["pagebreak", "doc-pagebreak"]);
        if LEFT_OUT.contains(&name.as_str()) || page || (name == "nav" && is(&DIRECTIONS)) {
            xml.words()?;
            return Ok(());
        }
        match name.as_str() {
            "svg" => return self.drawing(xml),
            "math" => {
                let written = element.attribute("alttext").filter(|words| !words.trim().is_empty());
                let read = xml.words()?;
                self.words(&written.unwrap_or(read));
                return Ok(());
            }
            "img" => {
                let value = |name| element.attribute(name).unwrap_or_default();
                self.picture(&value("src"), &value("alt"));
                self.open.push(String::new());
                return Ok(());
            }
            _ => {}
        }
        self.write(&renamed(&name), element, is(&NOTES));
        Ok(())
    }

    fn write(&mut self, name: &str, element: &Element<'_>, note: bool) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in element.attributes() {
            let shown = !note || !matches!(key, "hidden" | "style" | "aria-hidden");
            if KEPT.contains(&key) && shown {
                self.attribute(local(key), &value);
            }
        }
        self.out.push('>');
        let inline = matches!(name, "a" | "span" | "b" | "i" | "em" | "strong" | "sup" | "sub" | "small" | "br");
        self.begun |= !inline;
        self.open.push(if VOID.contains(&name) { String::new() } else { format!("</{name}>") });
    }

    fn close(&mut self) {
        let end = self.open.pop().unwrap_or_default();
        self.out.push_str(&end);
    }

    fn words(&mut self, words: &str) {
        self.begun &= words.chars().all(char::is_whitespace);
        for c in words.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                c => self.out.push(c),
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let value = value.replace('&', "&amp;").replace('"', "&quot;");
        self.out.push_str(&format!(" {name}=\"{value}\""));
    }

    /// A picture without words for it is one of the text only where it stands by itself; in a line it is an ornament.
    fn picture(&mut self, source: &str, alt: &str) {
        let figure = alt.trim().is_empty() && self.begun;
        self.out.push_str(if figure { "<figure><img" } else { "<img" });
        self.attribute("src", source);
        self.attribute("alt", alt);
        self.out.push_str(if figure { "></figure>" } else { ">" });
    }

    /// Of a drawing, the pictures in it: books put their plates into drawings to fit them to the page.
    fn drawing(&mut self, xml: &mut Xml<'_>) -> Result<(), ImportError> {
        let mut depth = 1_usize;
        while depth > 0 {
            match xml.next()? {
                Piece::Open(element) => {
                    if let Some(source) = element.attribute("href").filter(|_| element.local() == "image") {
                        self.picture(&source, "");
                    }
                    depth += 1;
                }
                Piece::Close => depth -= 1,
                Piece::Words(_) => {}
                Piece::End => return Err(xml.broken()),
            }
        }
        Ok(())
    }
}

/// Whether an element says what it is in the book (`epub:type`), and not only the kind of a list.
fn has_kind(element: &Element<'_>) -> bool {
    element.attributes().any(|(key, _)| key.ends_with(":type"))
}

/// Headings stand one lower, and what stands beside the text of a page belongs to a book.
fn renamed(name: &str) -> String {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" => format!("h{}", name.as_bytes()[1] - b'0' + 1),
        "aside" => "section".to_owned(),
        "footer" | "plaintext" => "div".to_owned(),
        // Whose words HTML would take as they are written.
        "xmp" | "listing" => "pre".to_owned(),
        // The names of HTML are letters and digits; nothing else is written as one.
        name if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => name.to_owned(),
        _ => "span".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xhtml_is_written_as_html() {
        let rows = [
            (
                "<html><head><title/><script/></head><body><p>a<br/>b</p></body></html>",
                "<html><body><p>a<br>b</p></body></html>",
            ),
            ("<p><a id='x'/>a<i/>b</p>", "<p><a id=\"x\"></a>a<i></i>b</p>"),
            ("<x:h1 xmlns:x='y'>a &amp; <![CDATA[<b>]]></x:h1>", "<h2>a &amp; &lt;b></h2>"),
            ("<p>a<span epub:type='pagebreak'>7</span>b</p>", "<p>ab</p>"),
            ("<aside epub:type='footnote' hidden='hidden'>a</aside>", "<section>a</section>"),
            ("<p hidden='hidden'>a</p>", "<p hidden=\"hidden\">a</p>"),
            ("<div><nav epub:type='toc'>a</nav><nav>b</nav></div>", "<div><nav>b</nav></div>"),
            (
                "<div><img src='a&amp;&quot;b' alt=''/></div>",
                "<div><figure><img src=\"a&amp;&quot;b\" alt=\"\"></figure></div>",
            ),
            ("<p>a<img src='b'/></p>", "<p>a<img src=\"b\" alt=\"\"></p>"),
            ("<svg><image xlink:href='a'/><text>b</text></svg>", "<figure><img src=\"a\" alt=\"\"></figure>"),
            ("<p>a<math alttext='x^2'><mi>x</mi></math></p>", "<p>ax^2</p>"),
            ("<p onclick='x'><a\u{e9}>a</a\u{e9}></p>", "<p><span>a</span></p>"),
        ];
        for (xhtml, expected) in rows {
            assert_eq!(html(xhtml, "a").as_deref(), Ok(expected), "{xhtml}");
        }
        assert!(html("<p>a<br></p>", "a").is_err());
    }
}
