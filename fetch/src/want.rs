//! What is asked for, and which answers serve it.

/// A question about one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    /// What the answer is for.
    pub kind: Kind,
    /// The `ETag` of what is there already: nothing is sent again while it holds.
    pub etag: Option<String>,
    /// The `Last-Modified` of what is there already.
    pub modified: Option<String>,
}

/// What an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text to read: HTML, plain words, or a document such as PDF.
    Page,
    /// RSS, Atom or a JSON feed. HTML serves as well: a page may name its feed.
    Feed,
    /// A picture. What it really is, its bytes tell.
    Picture,
}

impl Want {
    /// This kind, whether or not it is there already.
    pub fn anew(kind: Kind) -> Self {
        Self { kind, etag: None, modified: None }
    }
}

/// The media types of documents that are read as articles, beside text and XML; the last says nothing, and the bytes have to
/// tell.
const DOCUMENTS: [&str; 6] = [
    "application/pdf",
    "application/epub+zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "multipart/related",
    "application/x-mimearchive",
    "application/octet-stream",
];

impl Kind {
    /// The value of `Accept` (RFC 9110, 12.5.1).
    pub(crate) fn accept(self) -> &'static str {
        match self {
            Self::Page => {
                "text/html, application/xhtml+xml, text/*;q=0.9, application/pdf;q=0.9, application/xml;q=0.8, */*;q=0.1"
            }
            Self::Feed => {
                "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, \
                 application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
            }
            Self::Picture => "image/webp, image/png, image/jpeg, image/gif, image/*;q=0.8, */*;q=0.1",
        }
    }

    /// Whether an answer with this `Content-Type` serves. Without one, the bytes have to tell.
    pub(crate) fn takes(self, content_type: Option<&str>) -> bool {
        let Some(named) = content_type else { return true };
        let essence = named.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let Some((family, name)) = essence.split_once('/') else { return true };
        let is_xml = family == "application" && (name == "xml" || name.ends_with("+xml"));
        let is_json = family == "application" && (name == "json" || name.ends_with("+json"));
        match self {
            Self::Page => family == "text" || is_xml || DOCUMENTS.contains(&essence.as_str()),
            Self::Feed => family == "text" || is_xml || is_json,
            Self::Picture => family == "image",
        }
    }

    /// What a person calls it.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Page => "page of text",
            Self::Feed => "feed",
            Self::Picture => "picture",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kind::{self, Feed, Page, Picture};

    #[test]
    fn an_answer_serves_by_its_type() {
        let rows: [(Option<&str>, &[Kind]); 16] = [
            (None, &[Page, Feed, Picture]),
            (Some("nonsense"), &[Page, Feed, Picture]),
            (Some("text/html; charset=utf-8"), &[Page, Feed]),
            (Some("TEXT/HTML"), &[Page, Feed]),
            (Some(" text/markdown "), &[Page, Feed]),
            (Some("application/xhtml+xml"), &[Page, Feed]),
            (Some("application/rss+xml;charset=utf-8"), &[Page, Feed]),
            (Some("application/json"), &[Feed]),
            (Some("application/feed+json"), &[Feed]),
            (Some("application/pdf"), &[Page]),
            (Some("application/epub+zip"), &[Page]),
            (Some("application/octet-stream"), &[Page]),
            (Some("application/zip"), &[]),
            (Some("image/png"), &[Picture]),
            (Some("image/svg+xml"), &[Picture]),
            (Some("video/mp4"), &[]),
        ];
        for (named, expected) in rows {
            let taken: Vec<Kind> = [Page, Feed, Picture].into_iter().filter(|kind| kind.takes(named)).collect();
            assert_eq!(taken, expected, "{named:?}");
        }
    }
}
