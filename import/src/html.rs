//! HTML to blocks. No tag, attribute or script of it comes out again: only words, their looks and safe addresses.

mod tame;
mod tree;

mod address;
mod element;
mod ground;
mod hint;
mod table;
mod walk;

mod extract;
mod imprint;
mod page;

use crate::{
    ImportError, Limits,
    footnote::Footnotes,
    reading::{Piece, Reading},
};
pub(crate) use imprint::heard;

use address::Addresses;
use dom_query::Document;
use ground::Trail;
use tame::Keep;
use url::Url;

/// Reads HTML of which all is the article: a piece of a page, a chapter of a book.
///
/// # Errors
/// [`ImportError::TooManyTags`] when it would cost too much to read.
#[cfg(any(test, feature = "study"))]
pub(crate) fn read(html: &str, limits: &Limits) -> Result<Reading, ImportError> {
    read_all(html, None, limits)
}

/// Reads the article of a page that was found at this address. HTML that is no whole page is read as it is.
///
/// # Errors
/// [`ImportError::TooManyTags`] when the page would cost too much to read.
pub(crate) fn read_page(html: &str, address: Option<&Url>, limits: &Limits) -> Result<Reading, ImportError> {
    if page::is_page(html) { page::read(html, address, limits) } else { read_all(html, address, limits) }
}

/// Reads HTML of which all is the article, and that was found at this address.
///
/// # Errors
/// [`ImportError::TooManyTags`] when it would cost too much to read.
pub(crate) fn read_all(html: &str, address: Option<&Url>, limits: &Limits) -> Result<Reading, ImportError> {
    read_part(html, address, limits, Footnotes::default())
}

/// The same of a part of a book; `footnotes` knows the places of the parts before it.
///
/// # Errors
/// [`ImportError::TooManyTags`] when it would cost too much to read.
pub(crate) fn read_part(
    html: &str,
    address: Option<&Url>,
    limits: &Limits,
    footnotes: Footnotes,
) -> Result<Reading, ImportError> {
    let document = Document::from(tame::tame(html, limits, Keep::Article)?.html);
    let walked = walk::walk(&document, html.len(), Addresses::of(address, None), Trail::default(), footnotes);
    let pieces = walked.blocks.into_iter().map(Piece::from).collect();
    let footnotes = walked.footnotes;
    Ok(Reading { page_name: walk::page_name(&document), pieces, footnotes, ..Reading::default() })
}

/// All blocks of a page with what they are judged by.
#[cfg(feature = "study")]
pub(crate) fn study(html: &str, limits: &Limits) -> Vec<crate::study::Studied> {
    let Ok(page) = page::Page::walk(html, None, limits) else { return Vec::new() };
    let walked = page.walked;
    let rows = extract::rows(&walked.blocks, &walked.grounds, page.headline.as_deref().unwrap_or_default());
    let judged = walked.blocks.iter().zip(&walked.grounds).zip(rows);
    let studied = judged.map(|((block, ground), row)| crate::study::Studied {
        words: block.text(),
        is_title: block.is_title(),
        found: ground.is_found(),
        chance: extract::chance(&row),
        row: row.to_vec(),
    });
    studied.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::shown;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let reading = read(html, &Limits::default()).unwrap();
        let found: Vec<_> = reading.pieces.iter().map(|piece| shown(&piece.block)).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn elements_become_blocks() {
        check("<title>x</title><h1>A <b>b</b></h1><h1>c</h1><h3>d</h3>", &["h1 A *b*", "h2 c", "h3 d"]);
        check("<h1>&nbsp;</h1><h2>a</h2><h1>b</h1>", &["h2 \u{a0}", "h2 a", "h1 b"]);
        check("<aside><h1>a</h1></aside><h1>b</h1>", &["h2 a ?Furniture", "h1 b"]);
        check("<p> a\n <b>b</b> <i>c</i><code>d</code> ", &["p a *b* _c_`d`"]);
        check("<div>a<p>b</p>c<div>d</div></div>e", &["p a", "p b", "p c", "p d", "p e"]);
        check("a<br>b<br><br>c", &["p a\nb", "p c"]);
        check("<ul><li>a<ul><li>b</ul><li><p>c<p>d</ul>", &["- a", "-- b", "- c\nd"]);
        check("<ol start=3><li>a<li>b<li value=9>c</ol>", &["3. a", "4. b", "9. c"]);
        check("<blockquote>a<blockquote><p>b</blockquote></blockquote>", &["quote0 a", "quote1 b"]);
        check("<pre>\na\n  b</pre><hr>", &["code a\n  b", "rule"]);
        check("<dl><dt>a<dd>b</dl>", &["p *a*", "p b"]);
        check(
            "<figure><img src=https://a.lv/b.png alt=c><figcaption>d</figcaption></figure>",
            &["figure https://a.lv/b.png (c) d"],
        );
        check("<p>a <img src=/x.png alt='what it shows'> b</p>", &["p a b", "figure  (what it shows) "]);
        check("<p>a <math><mi>x</mi><mo>=</mo><mn>1</mn></math> b</p>", &["p a `x=1` b"]);
        check(
            "a<img src=https://a.lv/b.png><img data-src=https://a.lv/b.png?w=9 src=data:,><img src=https://a.lv/c.png width=1>",
            &["p a", "figure https://a.lv/b.png () "],
        );
        check("<p>R&iuml;ga&nbsp;&amp;lt;</p>", &["p R\u{ef}ga\u{a0}&lt;"]);
    }

    #[test]
    fn tables_become_tables_and_layout_does_not() {
        check("<table><tr><th>a<th>b<tr><td>c<td>d</table>", &["table !a,!b;c,d"]);
        check("<table><caption>x</caption><tr><td colspan=2>a<tr><td>c<td>d</table>", &["p x", "table a,;c,d"]);
        check("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", &["table a,b;,c"]);
        check("<table><tr><td><h2>a</h2><p>b</table>", &["h2 a", "p b"]);
        check("<table><tr><th>a<th>b<tr><td><table><tr><td>c<td>d</table><td>e</table>", &["table !a,!b;c\nd,e"]);
        check("<table><tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table><td>e</table>", &["table a,b;c,d", "p e"]);
        check("<table><tr><td>a</table>", &["p a"]);
    }

    #[test]
    fn what_is_not_shown_is_not_read() {
        check("<p>a</p><script>x</script><style>x</style><template><p>x</template><noscript>x</noscript>", &["p a"]);
        check("<p hidden>x</p><p aria-hidden=true>x</p><p style='DISPLAY : none'>x</p><p>a", &["p a"]);
        check("<iframe>x</iframe><object>x</object><svg><text>x</text></svg>a", &["p a"]);
        check(
            "<form>a<input value=x><button>x</button><select><option>x</select><textarea>x</textarea></form>",
            &["p a"],
        );
        check("a<!-- x --><!x><?x?></3>b", &["p ab"]);
    }

    #[test]
    fn the_page_around_is_doubted() {
        check(
            "<nav>a</nav><main>b</main><aside>c</aside><footer>d</footer>",
            &["p a ?Furniture", "p b", "p c ?Furniture", "p d ?Furniture"],
        );
        let page = read("<nav><a href=/>a</a></nav><h1>b</h1><p>It is a sentence.</p>", &Limits::default()).unwrap();
        let draft = crate::draft::finish(page);
        assert_eq!(
            draft.blocks.iter().map(shown).collect::<Vec<_>>(),
            ["p a ?Furniture", "h1 b", "p It is a sentence."]
        );
        check(
            "<blockquote role=navigation>a</blockquote><div role=navigation>b</div>c",
            &["quote0 a", "p b ?Furniture", "p c"],
        );
        check("<blockquote>a<footer>b</footer></blockquote>", &["quote0 a", "quote0 b"]);
    }

    #[test]
    fn nothing_comes_out_that_a_browser_runs() {
        check("<p onclick=alert(1)>a <a href='javascript:alert(1)'>b</a>", &["p a b"]);
        check("<a href='&#106;avascript:alert(1)'>a</a> <a href='java\nscript:x'>b</a>", &["p a b"]);
        check("<a href=/relative>a</a> <a href=https://lsm.lv/?a=1&amp;b>b</a>", &["p a [b]<https://lsm.lv/?a=1&b>"]);
        check("<img src=x onerror=alert(1)>a", &["p a"]);
        check("<svg><script>alert(1)</script><p>a", &["p a"]);
        check("<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=alert(1)>'>", &[]);
        check("<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", &["p \">"]);
        check("&lt;script&gt;alert(1)&lt;/script&gt;", &["p <script>alert(1)</script>"]);
        check("&amp;lt;script&amp;gt;", &["p &lt;script&gt;"]);
        check("<scr<script>ipt>alert(1)</script>", &["p ipt>alert(1)"]);
    }

    #[test]
    fn broken_html_is_read() {
        check("<p>a<div>b</p>c", &["p a", "p b", "p c"]);
        check("a < b and <c", &["p a < b and <c"]);
        check("<b>a<p>b</b>c", &["p *a*", "p *b*c"]);
        check("<h2>a<h2>b", &["h2 a", "h2 b"]);
        check("<table>a<tr><td>b<td>c<tr><td>d<td>e", &["p a", "table b,c;d,e"]);
        check("", &[]);
    }
}
