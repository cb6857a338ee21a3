//! What the names of elements, classes and roles say about the words in them.

use super::tree::attribute;
use aho_corasick::AhoCorasick;
use dom_query::NodeRef;
use std::sync::OnceLock;

/// A set of hints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Hints(pub u32);

/// One thing that a name may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Hint {
    Navigation,
    Aside,
    Footer,
    Header,
    Article,
    Main,
    Body,
    Comments,
    Sharing,
    Related,
    Promotion,
    Author,
    Date,
    Caption,
    SignUp,
    Tags,
    Form,
    Figure,
    Table,
    Overlay,
    Content,
    Embedded,
    Summary,
    Title,
    Teaser,
    Quote,
    Legal,
    Reference,
}

/// How many hints there are.
pub(super) const HINTS: usize = Hint::Reference as usize + 1;

impl Hints {
    /// Both sets.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn add(&mut self, hint: Hint) {
        self.0 |= 1 << hint as u8;
    }

    /// Whether a hint is in the set.
    pub fn has(self, hint: Hint) -> bool {
        self.0 & (1 << hint as u8) != 0
    }
}

use Hint::*;

/// Parts of names, in lower case, and what they say.
const PARTS: &[(Hint, &[&str])] = &[
    (Navigation, &["nav", "menu", "breadcrumb", "pagination", "pager", "toolbar", "skip-"]),
    (Aside, &["aside", "sidebar", "side-bar", "rail", "right-col", "secondary", "complementary"]),
    (Footer, &["footer", "foot-", "bottom", "colophon", "contentinfo"]),
    (Header, &["header", "masthead", "topbar", "top-bar"]),
    (
        Body,
        &[
            "articlebody",
            "article-body",
            "article_body",
            "article-content",
            "article__body",
            "article__content",
            "articlecontent",
            "article-text",
            "article_text",
            "entry-content",
            "entry-body",
            "entrytext",
            "post-content",
            "post-body",
            "post_content",
            "postcontent",
            "story-body",
            "storybody",
            "story-content",
            "story__content",
            "story_body",
            "body-content",
            "content-body",
            "content__body",
            "body-text",
            "bodytext",
            "body-copy",
            "bodycopy",
            "rich-text",
            "richtext",
            "article-main",
            "td-post",
            "single-content",
            "the-content",
            "theme-content",
        ],
    ),
    (Comments, &["comment", "disqus", "respond", "reply", "livefyre", "discuss"]),
    (Sharing, &["share", "sharing", "social", "addthis", "sharedaddy", "follow", "like-"]),
    (
        Related,
        &[
            "related",
            "recommend",
            "more-",
            "popular",
            "trending",
            "most-",
            "also",
            "readmore",
            "read-more",
            "read-next",
            "up-next",
            "upnext",
            "latest",
            "outbrain",
            "taboola",
            "suggest",
            "similar",
            "further",
            "yarpp",
            "zemanta",
        ],
    ),
    (
        Promotion,
        &[
            "promo",
            "sponsor",
            "advert",
            "ad-",
            "ads-",
            "-ads",
            "_ad_",
            "adslot",
            "adunit",
            "banner",
            "dfp",
            "commercial",
            "affiliate",
            "shop",
            "product",
            "buy",
            "cta",
            "call-to-action",
            "donat",
            "membership",
            "deal",
        ],
    ),
    (Author, &["author", "byline", "by-line", "bio", "writer", "contributor", "vcard", "profile", "avatar", "credit-"]),
    (Date, &["date", "time", "publish", "posted", "updated", "meta", "dateline", "kicker", "eyebrow", "reading-time"]),
    (Caption, &["caption", "credit", "copyright", "photographer", "legend", "image-desc"]),
    (
        SignUp,
        &[
            "newsletter",
            "subscri",
            "signup",
            "sign-up",
            "paywall",
            "register",
            "login",
            "log-in",
            "email",
            "regwall",
            "piano",
        ],
    ),
    (Tags, &["tags", "tag-", "-tag", "_tag", "categor", "topic", "keyword", "label", "filed"]),
    (
        Overlay,
        &[
            "modal",
            "popup",
            "pop-up",
            "overlay",
            "cookie",
            "consent",
            "gdpr",
            "lightbox",
            "tooltip",
            "sr-only",
            "hidden",
            "screen-reader",
            "print-only",
            "noprint",
            "no-print",
        ],
    ),
    (Content, &["content", "text", "story", "post", "entry", "prose", "copy", "body"]),
    (
        Embedded,
        &[
            "widget",
            "embed",
            "twitter",
            "tweet",
            "instagram",
            "facebook",
            "youtube",
            "video",
            "player",
            "gallery",
            "slideshow",
            "carousel",
            "slider",
            "iframe",
            "audio",
            "podcast",
            "infobox",
            "factbox",
            "module",
        ],
    ),
    (
        Summary,
        &[
            "summary",
            "dek",
            "subtitle",
            "sub-title",
            "subhead",
            "standfirst",
            "lede",
            "lead",
            "intro",
            "excerpt",
            "description",
            "teaser-text",
            "strapline",
            "key-points",
            "highlights",
            "takeaway",
        ],
    ),
    (Title, &["title", "headline", "heading"]),
    (Teaser, &["teaser", "card", "item", "feed", "grid", "tile", "thumb", "listing", "headlines", "list-"]),
    (Quote, &["quote", "pullquote"]),
    (
        Legal,
        &[
            "disclaimer",
            "copyright",
            "correction",
            "disclosure",
            "legal",
            "terms",
            "license",
            "editor-note",
            "editors-note",
            "endnote",
            "tagline",
            "boilerplate",
            "notice",
        ],
    ),
    (Reference, &["footnote", "reference", "citation", "endnote", "reflist", "sources"]),
];

/// What an element says of the words in it.
pub(super) fn of(name: &str, class: &str, node: &NodeRef<'_>) -> Hints {
    let mut hints = Hints::default();
    let by_name = match name {
        "nav" => Some(Navigation),
        "aside" => Some(Aside),
        "footer" => Some(Footer),
        "header" => Some(Header),
        "article" => Some(Article),
        "main" => Some(Main),
        "form" | "fieldset" => Some(Form),
        "figure" => Some(Figure),
        "figcaption" | "caption" => Some(Caption),
        "table" => Some(Table),
        "blockquote" => Some(Quote),
        "time" => Some(Date),
        "address" => Some(Author),
        _ => None,
    };
    by_name.into_iter().for_each(|hint| hints.add(hint));
    by_words(class, &mut hints);
    for attribute_name in ["id", "role", "itemprop", "rel"] {
        if let Some(value) = attribute(node, attribute_name) {
            by_words(&value, &mut hints);
        }
    }
    hints
}

fn by_words(words: &str, hints: &mut Hints) {
    static FINDER: OnceLock<Option<(AhoCorasick, Vec<Hint>)>> = OnceLock::new();
    if words.is_empty() {
        return;
    }
    let finder = FINDER.get_or_init(|| {
        let parts: Vec<_> =
            PARTS.iter().flat_map(|(hint, parts)| parts.iter().map(move |part| (part, *hint))).collect();
        let finder =
            AhoCorasick::builder().ascii_case_insensitive(true).build(parts.iter().map(|(part, _)| part)).ok()?;
        Some((finder, parts.iter().map(|(_, hint)| *hint).collect()))
    });
    if let Some((finder, meanings)) = finder {
        finder.find_overlapping_iter(words).for_each(|found| hints.add(meanings[found.pattern().as_usize()]));
    }
}
