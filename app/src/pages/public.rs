//! The public page of an article: the text with its marks, then the claims, the public notes and the comments. All of it
//! is plain HTML; it has no script.

use crate::{
    blocks::{self, Ink, Mark},
    pages::article::language,
    pieces::{ClaimMark, Day, Wrong, field_words, stance_sign},
};
use domain::words::{MAX_COMMENT, MAX_NAME};
use domain::{
    article::{Block, Layout},
    claim::ClaimState,
    page::{CommentForm, PublicClaim, PublicComment, PublicMark, PublicNote, PublicReading, PublicSheet, PublicSource},
};
use leptos::prelude::*;
use phrases::{say, t, view};

/// The page.
#[component]
pub fn PublicPage(sheet: PublicSheet) -> impl IntoView {
    let PublicSheet { token, reading, form } = sheet;
    let here = format!("/p/{}", token.as_str());
    let layout = Layout::of(&reading.blocks);
    let ink = Ink::public(&reading, &layout, format!("{here}/pictures/"), marks(&reading));
    let text = blocks::html(&reading.blocks, &ink);
    let titled = reading.blocks.iter().any(Block::is_title);
    let language = language(&reading.imprint);
    let empty = reading.claims.is_empty() && reading.marks.is_empty() && reading.notes.is_empty();
    let others: Vec<PublicMark> = reading.marks.iter().filter(|mark| !mark.claimed).cloned().collect();
    let original = reading.terms.original.then(|| format!("{here}/original"));
    view! {
        <div class="reader public">
            <article class="text-column">
                <header class="article-head">
                    {(!titled).then(|| view! { <h1 class="article-title" lang=language.clone()>{reading.title.clone()}</h1> })}
                    <Published reading=reading.clone() original />
                </header>
                <div id="text" class="prose" lang=language inner_html=text></div>
            </article>
            <aside class="margin" aria-label="Claims and notes">
                {empty.then(|| view! { <p class="hint">"Nothing has been said of this article yet."</p> })}
                {(!reading.notes.is_empty())
                    .then(|| {
                        view! {
                            <section aria-labelledby="on-all">
                                <h2 class="column-head" id="on-all">"On the whole article"</h2>
                                <Notes notes=reading.notes.clone() />
                            </section>
                        }
                    })}
                {(!reading.claims.is_empty())
                    .then(|| {
                        let rows = reading.claims.iter().map(|claim| {
                            let marks = reading.marks.iter().filter(|mark| claim.marks.contains(&mark.number));
                            view! { <Claim claim=claim.clone() marks=marks.cloned().collect() /> }
                        });
                        view! {
                            <section aria-labelledby="claims">
                                <h2 class="column-head" id="claims">"Claims"</h2>
                                <ol class="public-list">{rows.collect_view()}</ol>
                            </section>
                        }
                    })}
                {(!others.is_empty())
                    .then(|| {
                        view! {
                            <section aria-labelledby="notes">
                                <h2 class="column-head" id="notes">"Notes"</h2>
                                <ol class="public-list">
                                    {others.into_iter().map(|mark| view! { <li class="card"><Words mark /></li> }).collect_view()}
                                </ol>
                            </section>
                        }
                    })}
            </aside>
        </div>
        <div class="public-below">
            <Comments comments=reading.comments.clone() />
            {form.map(|form| view! { <Write form action=here.clone() /> })}
        </div>
    }
}

/// How the marks are painted: those of claims before others.
fn marks(reading: &PublicReading) -> Vec<Mark> {
    let class = |mark: &PublicMark| match (mark.claimed, mark.verdict) {
        (true, Some(verdict)) => format!("mark-claim-{}", verdict.word()),
        (true, None) => "mark-claim-open".to_owned(),
        (false, _) => format!("mark-{}", mark.colour.word()),
    };
    let mut marks: Vec<&PublicMark> = reading.marks.iter().collect();
    marks.sort_by_key(|mark| !mark.claimed);
    let mark = |mark: &PublicMark| Some(Mark { number: Some(mark.number), range: mark.range?, class: class(mark) });
    marks.into_iter().filter_map(mark).collect()
}

/// Where it came from.
#[component]
fn Published(reading: PublicReading, original: Option<String>) -> impl IntoView {
    let imprint = reading.imprint;
    let host = imprint.address.as_ref().and_then(|address| address.host());
    let name = reading.publisher.or(imprint.outlet).or(host);
    let place = match (imprint.address, name) {
        (Some(address), name) => {
            let href = address.as_str().to_owned();
            let name = name.unwrap_or_else(|| href.clone());
            Some(
                view! { <a href=href rel="noopener noreferrer">{name} <span aria-hidden="true">" ↗"</span></a> }
                    .into_any(),
            )
        }
        (None, Some(name)) => Some(view! { <span>{name}</span> }.into_any()),
        (None, None) => None,
    };
    view! {
        <p class="imprint">
            {place.map(|place| view! { <span class="dot">{place}</span> })}
            {imprint.byline.map(|byline| view! { <span class="dot">{byline}</span> })}
            {imprint.published.map(|at| view! { <span class="dot">"published " <Day at /></span> })}
        </p>
        <p class="text-sm text-faint">
            {say!("Reading {number}, taken in ", number = reading.number)} <Day at=reading.taken_at />
            {original.map(|href| view! { <span class="dot"><a href=href>"Original"</a></span> })}
        </p>
    }
}

#[component]
fn Claim(claim: PublicClaim, marks: Vec<PublicMark>) -> impl IntoView {
    view! {
        <li class="card">
            <div class="card-body">
                <ClaimMark state=ClaimState::Open verdict=claim.verdict />
                <p class="statement">{claim.statement}</p>
                {claim.claimant.map(|claimant| view! { <p class="text-sm text-faint">"Said by " {claimant}</p> })}
                {claim
                    .verdict
                    .map(|_| {
                        view! {
                            <p class="reason">
                                {claim.reason}
                                {claim.judged_at.map(|at| view! { <span class="note-foot">" " <Day at /></span> })}
                            </p>
                        }
                    })}
                {(claim.verdict.is_none()).then(|| view! { <p class="note-foot">"Nobody has judged this yet."</p> })}
                {(!claim.sources.is_empty())
                    .then(|| {
                        view! { <ul class="badges">{claim.sources.into_iter().map(source).collect_view()}</ul> }
                    })}
                {marks.into_iter().map(|mark| view! { <Words mark /> }).collect_view()}
            </div>
        </li>
    }
}

fn source(source: PublicSource) -> impl IntoView {
    let name = match source.address {
        Some(href) => view! { <a href=href rel="noopener noreferrer nofollow">{source.name}</a> }.into_any(),
        None => view! { <b>{source.name}</b> }.into_any(),
    };
    view! {
        <li class=format!("badge stance-{}", source.stance.word())>
            <span class="stance-sign" aria-hidden="true">{stance_sign(source.stance)}</span>
            " "
            {name}
            <span class="text-faint">" " {t(source.stance.label())}</span>
        </li>
    }
}

/// Marked words, with a way to them, and what is noted about them.
#[component]
fn Words(mark: PublicMark) -> impl IntoView {
    let words = crate::reader::shortened(&mark.words);
    let quote = match mark.range {
        Some(_) => view! { <a href=format!("#w{}", mark.number)>{words}</a> }.into_any(),
        None => view! { <span>{words} " (no longer in the text)"</span> }.into_any(),
    };
    view! {
        <blockquote class="quote">
            <span class="public-number">{mark.number}</span>
            " "
            {quote}
        </blockquote>
        <Notes notes=mark.notes />
    }
}

#[component]
fn Notes(notes: Vec<PublicNote>) -> AnyView {
    if notes.is_empty() {
        return ().into_any();
    }
    let note = |note: PublicNote| {
        let html = blocks::html(&note.blocks, &Ink::default());
        view! {
            <div class="note">
                <div class="note-body" inner_html=html></div>
                <p class="note-foot">
                    {note.author}
                    <span class="dot"><Day at=note.written_at /></span>
                    {note.edited.then(|| view! { <span class="dot">"edited"</span> })}
                </p>
                <div class="replies"><Notes notes=note.replies /></div>
            </div>
        }
    };
    view! { <div class="thread">{notes.into_iter().map(note).collect_view()}</div> }.into_any()
}

/// What people from outside wrote.
#[component]
pub fn Comments(comments: Vec<PublicComment>) -> impl IntoView {
    (!comments.is_empty()).then(|| {
        view! {
            <section class="comments" aria-labelledby="comments">
                <h2 class="column-head" id="comments">"Comments from outside"</h2>
                <ol>{comments.into_iter().map(comment).collect_view()}</ol>
            </section>
        }
    })
}

/// The form for a comment. What people do not see is for programs to fill in.
#[component]
fn Write(form: CommentForm, action: String) -> impl IntoView {
    let CommentForm { name, words, stamp, trouble, taken, checked_by } = form;
    view! {
        <section class="comments" aria-labelledby="write">
            <h2 class="column-head" id="write">"Write a comment"</h2>
            {taken
                .then(|| {
                    view! {
                        <p class="done" role="status">"Thank you. It is shown here once an editor has looked at it."</p>
                    }
                })}
            <form class="form" method="post" action=format!("{action}#write")>
                <Wrong trouble />
                <input type="hidden" name="stamp" value=stamp />
                <label class="field">
                    <span>"Your name"</span>
                    <input name="name" required maxlength=MAX_NAME.to_string() autocomplete="name" value=name />
                    <small>"It is shown beside your words."</small>
                </label>
                <label class="field">
                    <span>"Your words"</span>
                    <textarea name="words" required rows="6" maxlength=MAX_COMMENT.to_string() inner_html=field_words(&words)></textarea>
                    <small>"Plain text: links are not made, and an editor reads it first."</small>
                </label>
                <label class="field trap" aria-hidden="true">
                    <span>"Leave this empty"</span>
                    <input name="website" tabindex="-1" autocomplete="off" />
                </label>
                {checked_by
                    .map(|who| {
                        view! {
                            <p class="text-sm text-faint">
                                {say!("To tell spam, your words, your name and your internet address are shown to {who}.")}
                            </p>
                        }
                    })}
                <button class="primary" type="submit">"Send"</button>
            </form>
        </section>
    }
}

/// A comment: its words as they were typed, and no link in them.
fn comment(comment: PublicComment) -> impl IntoView {
    view! {
        <li class="comment">
            <p class="comment-words">{comment.words}</p>
            <p class="note-foot">{comment.name} <span class="dot"><Day at=comment.came_at /></span></p>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_words_and_nothing_else() {
        let words =
            "<script>alert(1)</script> <b>look</b>\nhttps://a.example [b](https://b.example) javascript:alert(2)";
        let comment = PublicComment {
            name: "<img src=x onerror=alert(3)>".to_owned(),
            came_at: chrono::DateTime::UNIX_EPOCH,
            words: words.to_owned(),
        };
        let html = Owner::new().with(|| view! { <Comments comments=vec![comment] /> }.to_html());
        for tag in ["<script", "<b>", "<img", "<a "] {
            assert!(!html.contains(tag), "{tag} in {html}");
        }
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    }

    #[test]
    fn what_was_typed_stays_in_the_form() {
        let form = CommentForm {
            name: "\"><b>Zane".to_owned(),
            words: "</textarea><b>Words".to_owned(),
            stamp: "1.a".to_owned(),
            trouble: Some("That was quick.".to_owned()),
            taken: false,
            checked_by: Some("Akismet"),
        };
        let html = Owner::new().with(|| view! { <Write form action="/p/a".to_owned() /> }.to_html());
        assert!(!html.contains("<b>"), "{html}");
        for words in ["Zane", "&lt;b&gt;Words", "That was quick.", "shown to Akismet", "value=\"1.a\""] {
            assert!(html.contains(words), "{words} in {html}");
        }
    }
}
