//! Every address and every role, in one table.

use crate::desk::{Answer, Desk, Hand};
use axum::http::Method;
use domain::{
    article::{Picture, PictureDigest, PictureForm, WebAddress},
    comment::{Comment, CommentState, SpamCheck},
    feed::{Entry, Feed},
    id::{CommentId, EntryId, FeedId},
    page::Reading,
    permission::Role,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What a row of the table sends.
pub enum Sent {
    Nothing,
    Json(fn(&World) -> Value),
    Form(&'static [(&'static str, &'static str)]),
    Multipart(&'static str),
    /// A form whose fields name things.
    Typed(fn(&World) -> Vec<(&'static str, String)>),
    /// A page that the bookmarklet sends.
    Page(&'static str),
    /// A file as the body, named `a.txt`.
    File(&'static str),
}

/// One address, and what it answers to each.
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    pub sent: Sent,
    /// Signed out, another group's owner, reader, annotator, editor, owner.
    expected: [u16; 6],
}

impl Row {
    /// What it answers to an owner.
    pub fn for_owner(&self) -> u16 {
        self.expected[5]
    }
}

const fn row(method: &'static str, path: &'static str, sent: Sent, expected: [u16; 6]) -> Row {
    Row { method, path, sent, expected }
}

use Sent::{File, Form, Json, Multipart, Nothing, Page, Typed};

/// In the order in which they are asked: what takes something away comes last. What is marked is the owner's.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    row("GET", "/", Nothing, [303, 200, 200, 200, 200, 200]),
    row("GET", "/welcome", Nothing, [303; 6]),
    row("POST", "/welcome", Form(&[("name", "Zane"), ("password", "plain long words")]), [409; 6]),
    row("GET", "/sign-in", Nothing, [200; 6]),
    row("POST", "/sign-in", Form(&[("name", "Zane"), ("password", "plain long words")]), [401; 6]),
    row("GET", "/account", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/account/password", Form(&[("current", "not this one"), ("new", "other long words")]), [303, 401, 401, 401, 401, 401]),
    row("POST", "/account/sessions/{session}/end", Nothing, [303, 404, 404, 404, 404, 404]),
    row("POST", "/account/sessions/end", Nothing, [303; 6]),
    row("GET", "/api/v1/account", Nothing, [401, 200, 200, 200, 200, 200]),
    row("PUT", "/api/v1/account/password", Json(|_| json!({"current": "not this one", "new": "other long words"})), [401; 6]),
    row("DELETE", "/api/v1/account/sessions/{session}", Nothing, [401, 404, 404, 404, 404, 404]),
    row("DELETE", "/api/v1/account/sessions", Nothing, [401, 204, 204, 204, 204, 204]),
    row("GET", "/account/tokens", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/account/tokens", Form(&[("name", "A script"), ("scope", "read"), ("days", "30")]), [303, 201, 201, 201, 201, 201]),
    row("POST", "/account/tokens/{token}/revoke", Nothing, [303, 404, 404, 404, 404, 404]),
    row("GET", "/api/v1/account/tokens", Nothing, [401, 200, 200, 200, 200, 200]),
    row("POST", "/api/v1/account/tokens", Json(|_| json!({"name": "A script", "scope": "write", "days": 90})), [401, 201, 201, 201, 201, 201]),
    row("DELETE", "/api/v1/account/tokens/{token}", Nothing, [401, 404, 404, 404, 404, 404]),
    row("POST", "/account/export", Nothing, [303, 200, 200, 200, 200, 200]),
    row("GET", "/account/delete", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/account/delete", Form(&[("password", "not this one"), ("notes", "keep")]), [303, 401, 401, 401, 401, 401]),
    row("GET", "/api/v1/account/export", Nothing, [401, 200, 200, 200, 200, 200]),
    row("GET", "/api/v1/account/departure", Nothing, [401, 200, 200, 200, 200, 200]),
    row("POST", "/api/v1/account/departure", Json(|_| json!({"password": "not this one"})), [401; 6]),
    row("GET", "/people", Nothing, [303, 403, 403, 403, 403, 200]),
    row("POST", "/people/{person}", Form(&[("change", "enable")]), [303, 403, 403, 403, 403, 303]),
    row("POST", "/people/{person}/reset", Nothing, [303, 403, 403, 403, 403, 201]),
    row("GET", "/reset/{link}", Nothing, [404; 6]),
    row("POST", "/reset/{link}", Form(&[("new", "other long words")]), [404; 6]),
    row("GET", "/api/v1/people", Nothing, [401, 403, 403, 403, 403, 200]),
    row("PATCH", "/api/v1/people/{person}", Json(|_| json!({"disabled": false})), [401, 403, 403, 403, 403, 204]),
    row("POST", "/api/v1/people/{person}/reset", Nothing, [401, 403, 403, 403, 403, 201]),
    row("GET", "/account/mail", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/account/mail", Form(&[("address", "anna@example.org"), ("password", "not this one")]), [303, 409, 409, 409, 409, 409]),
    row("POST", "/account/mail/remove", Form(&[("password", "not this one")]), [303, 401, 401, 401, 401, 401]),
    row("GET", "/confirm/{link}", Nothing, [404; 6]),
    row("POST", "/confirm/{link}", Nothing, [404; 6]),
    row("GET", "/forgotten", Nothing, [404; 6]),
    row("POST", "/forgotten", Form(&[("name", "Anna")]), [404; 6]),
    row("GET", "/api/v1/account/mail", Nothing, [401, 200, 200, 200, 200, 200]),
    row("PUT", "/api/v1/account/mail", Json(|_| json!({"address": "anna@example.org", "password": "not this one"})), [401, 409, 409, 409, 409, 409]),
    row("POST", "/api/v1/account/mail/remove", Json(|_| json!({"password": "not this one"})), [401; 6]),
    row("GET", "/sign-in/code", Nothing, [303; 6]),
    row("POST", "/sign-in/code", Form(&[("code", "000000")]), [303; 6]),
    row("GET", "/account/second-step", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/account/second-step", Form(&[("password", "not this one")]), [303, 401, 401, 401, 401, 401]),
    row("POST", "/account/second-step/confirm", Form(&[("code", "000000")]), [303, 409, 409, 409, 409, 409]),
    row("POST", "/account/second-step/recovery", Form(&[("password", "not this one"), ("code", "000000")]), [303, 409, 409, 409, 409, 409]),
    row("POST", "/account/second-step/off", Form(&[("password", "not this one"), ("code", "000000")]), [303, 409, 409, 409, 409, 409]),
    row("GET", "/api/v1/account/second-step", Nothing, [401, 200, 200, 200, 200, 200]),
    row("POST", "/api/v1/account/second-step", Json(|_| json!({"password": "not this one"})), [401; 6]),
    row("PUT", "/api/v1/account/second-step", Json(|_| json!({"code": "000000"})), [401, 409, 409, 409, 409, 409]),
    row("POST", "/api/v1/account/second-step/recovery", Json(|_| json!({"password": "not this one", "code": "000000"})), [401, 409, 409, 409, 409, 409]),
    row("POST", "/api/v1/account/second-step/off", Json(|_| json!({"password": "not this one", "code": "000000"})), [401, 409, 409, 409, 409, 409]),
    row("GET", "/account/passkeys", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/account/passkeys/{passkey}/rename", Form(&[("name", "A key")]), [303, 404, 404, 404, 404, 404]),
    row("POST", "/account/passkeys/{passkey}/remove", Form(&[("password", "not this one")]), [303, 404, 404, 404, 404, 404]),
    row("GET", "/api/v1/account/passkeys", Nothing, [401, 200, 200, 200, 200, 200]),
    row("POST", "/api/v1/account/passkeys/begin", Json(|_| json!({"password": "not this one"})), [401, 403, 403, 403, 403, 403]),
    row("POST", "/api/v1/account/passkeys", Json(|_| json!({"ceremony": "none", "name": "A key", "credential": {}})), [401, 403, 403, 403, 403, 403]),
    row("PATCH", "/api/v1/account/passkeys/{passkey}", Json(|_| json!({"name": "A key"})), [401, 404, 404, 404, 404, 404]),
    row("POST", "/api/v1/account/passkeys/{passkey}/remove", Json(|_| json!({"password": "not this one"})), [401, 404, 404, 404, 404, 404]),
    row("POST", "/api/v1/sign-in/passkey/begin", Nothing, [403; 6]),
    row("POST", "/api/v1/sign-in/passkey", Json(|_| json!({"ceremony": "none", "credential": {}})), [403; 6]),
    row("DELETE", "/api/v1/people/{person}/passkeys", Nothing, [401, 403, 403, 403, 403, 204]),
    row("GET", "/sign-in/team", Nothing, [404; 6]),
    row("GET", "/sign-in/team/back", Nothing, [404; 6]),
    row("GET", "/account/team", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/account/team", Form(&[("password", "not this one")]), [303, 404, 404, 404, 404, 404]),
    row("POST", "/account/team/unlink", Form(&[("password", "not this one")]), [303, 401, 401, 401, 401, 401]),
    row("GET", "/api/v1/account/team", Nothing, [401, 200, 200, 200, 200, 200]),
    row("POST", "/api/v1/account/team/unlink", Json(|_| json!({"password": "not this one"})), [401; 6]),
    row("GET", "/add", Nothing, [303, 200, 403, 403, 200, 200]),
    row("POST", "/add", Multipart("Words by the form."), [303, 303, 403, 403, 303, 303]),
    row("GET", "/clip", Nothing, [303, 200, 403, 403, 200, 200]),
    row("POST", "/clip", Page("<p>Words of the page."), [303, 303, 403, 403, 303, 303]),
    row("GET", "/p/{page}", Nothing, [200; 6]),
    row("GET", "/p/{page}/pictures/{digest}", Nothing, [200; 6]),
    row("GET", "/p/{page}/original", Nothing, [200; 6]),
    row("POST", "/p/{page}", Typed(|world| vec![("name", "Zane".to_owned()), ("words", "Words.".to_owned()), ("stamp", world.id("stamp").to_owned())]), [303; 6]),
    row("GET", "/api/v1/p/{page}", Nothing, [200; 6]),
    row("GET", "/comments", Nothing, [303, 200, 403, 403, 200, 200]),
    row("POST", "/comments/{comment}", Form(&[("state", "approved")]), [303, 404, 403, 403, 303, 303]),
    row("GET", "/api/v1/comments", Nothing, [401, 200, 403, 403, 200, 200]),
    row("PUT", "/api/v1/comments/{comment}", Json(|_| json!({"state": "spam"})), [401, 404, 403, 403, 200, 200]),
    row("GET", "/articles/{article}/public", Nothing, [303, 404, 403, 403, 200, 200]),
    row("GET", "/api/v1/articles/{article}/public", Nothing, [401, 404, 403, 403, 200, 200]),
    row("POST", "/articles/{article}/public", Form(&[("indexed", "yes")]), [303, 404, 403, 403, 303, 303]),
    row("POST", "/articles/{article}/public/renew", Nothing, [303, 404, 403, 403, 303, 303]),
    row("POST", "/articles/{article}/public/close", Nothing, [303, 404, 403, 403, 303, 303]),
    row("PUT", "/api/v1/articles/{article}/public", Json(|_| json!({"comments": true})), [401, 404, 403, 403, 200, 200]),
    row("POST", "/api/v1/articles/{article}/public/renew", Nothing, [401, 404, 403, 403, 200, 200]),
    row("DELETE", "/api/v1/articles/{article}/public", Nothing, [401, 404, 403, 403, 200, 200]),
    row("GET", "/arrivals", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/arrivals/{arrival}/cancel", Nothing, [303, 404, 403, 403, 303, 303]),
    row("POST", "/arrivals/{arrival}/again", Nothing, [303, 404, 403, 403, 303, 303]),
    row("POST", "/arrivals/cancel", Nothing, [303, 303, 403, 403, 303, 303]),
    row("GET", "/inbox", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/inbox", Typed(|world| vec![("entry", world.id("entry").to_owned()), ("choice", "drop".to_owned())]), [303, 404, 403, 403, 303, 303]),
    row("GET", "/feeds", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/feeds", Form(&[("address", "http://127.0.0.1:1/")]), [303, 502, 403, 403, 502, 502]),
    row("POST", "/feeds/{feed}/poll", Nothing, [303, 404, 403, 403, 303, 303]),
    row("GET", "/articles/{article}/pictures/{digest}", Nothing, [303, 404, 200, 200, 200, 200]),
    row("GET", "/articles/{article}", Nothing, [303, 404, 200, 200, 200, 200]),
    row("GET", "/articles/{article}/notes.md", Nothing, [303, 404, 200, 200, 200, 200]),
    row("GET", "/articles/{article}/print", Nothing, [303, 404, 200, 200, 200, 200]),
    row("GET", "/articles/{article}/revisions/{number}/print", Nothing, [303, 404, 200, 200, 200, 200]),
    row("GET", "/articles/{article}/original", Nothing, [303, 404, 200, 200, 200, 200]),
    row("GET", "/articles/{article}/revisions", Nothing, [303, 404, 200, 200, 200, 200]),
    row("GET", "/articles/{article}/revisions/{number}", Nothing, [303, 404, 200, 200, 200, 200]),
    row("GET", "/articles/{article}/revisions/{number}/changes", Nothing, [303, 404, 200, 200, 200, 200]),
    row("GET", "/claims", Nothing, [303, 200, 200, 200, 200, 200]),
    row("GET", "/sources", Nothing, [303, 200, 200, 200, 200, 200]),
    row("GET", "/sources/{source}", Nothing, [303, 404, 200, 200, 200, 200]),
    row("POST", "/sources/{source}", Form(SOURCE), [303, 404, 403, 403, 303, 303]),
    row("GET", "/colours", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/colours", Form(COLOURS), [303, 303, 403, 403, 303, 303]),
    row(
        "PUT",
        "/api/v1/articles/{article}/bookmark",
        Json(|world| json!({"revision": world.id("revision"), "at": 4})),
        [401, 404, 204, 204, 204, 204],
    ),
    row("POST", "/account/language", Form(&[("language", "lv")]), [303; 6]),
    row("GET", "/api/v1/account/language", Nothing, [401, 200, 200, 200, 200, 200]),
    row("PUT", "/api/v1/account/language", Json(|_| json!({"language": null})), [401, 204, 204, 204, 204, 204]),
    row("POST", "/account/look", Form(LOOK), [303; 6]),
    row("GET", "/api/v1/account/look", Nothing, [401, 200, 200, 200, 200, 200]),
    row("PUT", "/api/v1/account/look", Json(|_| json!({"light": "sepia"})), [401, 204, 204, 204, 204, 204]),
    row("GET", "/account/notices", Nothing, [303, 200, 200, 200, 200, 200]),
    row("POST", "/account/notices/read", Form(&[("through", "1")]), [303; 6]),
    row("GET", "/api/v1/account/notices", Nothing, [401, 200, 200, 200, 200, 200]),
    row("PUT", "/api/v1/account/notices/read", Json(|_| json!({"through": 1})), [401, 204, 204, 204, 204, 204]),
    row("POST", "/account/mailing", Form(&[("rhythm", "daily")]), [303, 409, 409, 409, 409, 409]),
    row("GET", "/unsubscribe/{link}", Nothing, [404; 6]),
    row("POST", "/unsubscribe/{link}", Nothing, [404; 6]),
    row("GET", "/api/v1/account/mailing", Nothing, [401, 200, 200, 200, 200, 200]),
    row("PUT", "/api/v1/account/mailing", Json(|_| json!({"rhythm": "daily"})), [401, 409, 409, 409, 409, 409]),
    row("POST", "/account/bulletins", Typed(|world| vec![("group", world.id("group").to_owned())]), [303, 404, 201, 201, 201, 201]),
    row("POST", "/account/bulletins/revoke", Typed(|world| vec![("group", world.id("group").to_owned())]), [303, 404, 303, 303, 303, 303]),
    row("GET", "/atom/{link}", Nothing, [404; 6]),
    row("GET", "/api/v1/account/bulletins", Nothing, [401, 200, 200, 200, 200, 200]),
    row("POST", "/api/v1/account/bulletins/{group}", Nothing, [401, 404, 201, 201, 201, 201]),
    row("DELETE", "/api/v1/account/bulletins/{group}", Nothing, [401, 404, 204, 204, 204, 204]),
    row("GET", "/webhooks", Nothing, [303, 200, 403, 403, 403, 200]),
    row("POST", "/webhooks", Form(&[("address", "http://127.0.0.1:1/a"), ("wants", "claims")]), [303, 303, 403, 403, 403, 303]),
    row("POST", "/webhooks/{webhook}/again", Nothing, [303, 404, 403, 403, 403, 303]),
    row("GET", "/activity", Nothing, [303, 200, 200, 200, 200, 200]),
    row("GET", "/claims/{claim}/history", Nothing, [303, 404, 200, 200, 200, 200]),
    // Each group numbers its own events: the stranger's of this number is another one, which cannot be undone.
    row("POST", "/activity/{event}/undo", Nothing, [303, 409, 403, 403, 303, 303]),
    row("GET", "/api/v1/activity", Nothing, [401, 200, 200, 200, 200, 200]),
    row("GET", "/api/v1/claims/{claim}/history", Nothing, [401, 404, 200, 200, 200, 200]),
    row("POST", "/api/v1/events/{event}/undo", Nothing, [401, 409, 403, 403, 409, 409]),
    row("GET", "/site/{name}", Nothing, [200; 6]),
    row("GET", "/sw.js", Nothing, [200; 6]),
    row("GET", "/manifest.webmanifest", Nothing, [200; 6]),
    row("GET", "/health", Nothing, [200; 6]),
    row("GET", "/api/v1/openapi.json", Nothing, [200; 6]),
    row("GET", "/api/v1/arrivals", Nothing, [401, 200, 200, 200, 200, 200]),
    row("POST", "/api/v1/arrivals", Json(|_| json!({"links": ["http://127.0.0.1:1/"]})), [401, 201, 403, 403, 201, 201]),
    row("POST", "/api/v1/arrivals/file", File("Words of a file."), [401, 201, 403, 403, 201, 201]),
    row("POST", "/api/v1/arrivals/{arrival}/again", Nothing, [401, 404, 403, 403, 200, 200]),
    row("DELETE", "/api/v1/arrivals/{arrival}", Nothing, [401, 404, 403, 403, 200, 200]),
    row("POST", "/api/v1/arrivals/cancel", Nothing, [401, 200, 403, 403, 200, 200]),
    row("POST", "/api/v1/arrivals/clear", Nothing, [401, 200, 403, 403, 200, 200]),
    row("POST", "/arrivals/clear", Nothing, [303, 303, 403, 403, 303, 303]),
    row("GET", "/api/v1/inbox", Nothing, [401, 200, 200, 200, 200, 200]),
    row("PUT", "/api/v1/entries", Json(|world| json!({"entries": [world.id("entry")], "choice": "wait"})), [401, 404, 403, 403, 200, 200]),
    row("GET", "/api/v1/feeds", Nothing, [401, 200, 200, 200, 200, 200]),
    row("POST", "/api/v1/feeds", Json(|_| json!({"address": "http://127.0.0.1:1/"})), [401, 502, 403, 403, 502, 502]),
    row("POST", "/api/v1/feeds/{feed}/poll", Nothing, [401, 404, 403, 403, 202, 202]),
    row("GET", "/api/v1/articles", Nothing, [401, 200, 200, 200, 200, 200]),
    row("POST", "/api/v1/articles", Json(|_| json!({"content": "Words by the API."})), [401, 201, 403, 403, 201, 201]),
    row("GET", "/api/v1/articles/{article}", Nothing, [401, 404, 200, 200, 200, 200]),
    row("PATCH", "/api/v1/articles/{article}", Json(|_| json!({"title": "Other"})), [401, 404, 403, 403, 200, 200]),
    row("GET", "/api/v1/articles/{article}/notes.md", Nothing, [401, 404, 200, 200, 200, 200]),
    row("GET", "/api/v1/articles/{article}/original", Nothing, [401, 404, 200, 200, 200, 200]),
    row("GET", "/api/v1/articles/{article}/revisions", Nothing, [401, 404, 200, 200, 200, 200]),
    row("GET", "/api/v1/articles/{article}/revisions/{number}", Nothing, [401, 404, 200, 200, 200, 200]),
    row("GET", "/api/v1/articles/{article}/revisions/{number}/changes", Nothing, [401, 404, 200, 200, 200, 200]),
    row("GET", "/api/v1/articles/{article}/revisions/{number}/original", Nothing, [401, 404, 200, 200, 200, 200]),
    row("PUT", "/api/v1/articles/{article}/repairs", Json(|world| json!({"revision": world.id("revision"), "repair": 1, "undone": true})), [401, 404, 403, 200, 200, 200]),
    row("PUT", "/api/v1/articles/{article}/sources", Json(|world| json!({"source": world.id("source"), "answer": "confirmed"})), [401, 404, 403, 200, 200, 200]),
    row("POST", "/api/v1/articles/{article}/highlights", Json(|world| json!({"revision": world.id("revision"), "range": {"start": 0, "end": 5}, "colour": "rose"})), [401, 404, 403, 201, 201, 201]),
    row("PATCH", "/api/v1/highlights/{highlight}", Json(|_| json!({"colour": "blue"})), [401, 404, 403, 200, 200, 200]),
    row("PUT", "/api/v1/highlights/{highlight}/range", Json(|world| json!({"revision": world.id("revision"), "range": {"start": 4, "end": 9}})), [401, 404, 403, 403, 200, 200]),
    row("POST", "/api/v1/articles/{article}/notes", Json(|world| json!({"about": {"article": world.id("article")}, "body": "Words."})), [401, 404, 403, 201, 201, 201]),
    row("PATCH", "/api/v1/notes/{note}", Json(|_| json!({"body": "Other words."})), [401, 404, 403, 403, 403, 200]),
    row("PUT", "/api/v1/notes/{note}/resolved", Json(|_| json!({"resolved": true})), [401, 404, 403, 200, 200, 200]),
    row("PUT", "/api/v1/notes/{note}/reactions", Json(|_| json!({"reaction": "agree", "given": true})), [401, 404, 403, 200, 200, 200]),
    row("POST", "/api/v1/articles/{article}/claims", Json(|world| json!({"appears": words(world, 6), "statement": "It is so."})), [401, 404, 403, 201, 201, 201]),
    row("GET", "/api/v1/claims", Nothing, [401, 200, 200, 200, 200, 200]),
    row("PATCH", "/api/v1/claims/{claim}", Json(|_| json!({"state": "in_review"})), [401, 404, 403, 200, 200, 200]),
    row("POST", "/api/v1/articles/{article}/claims/{claim}/appearances", Json(|world| json!({"appears": words(world, 12)})), [401, 404, 403, 201, 201, 201]),
    row("PUT", "/api/v1/claims/{claim}/verdict", Json(|_| json!({"verdict": "holds"})), [401, 404, 403, 403, 200, 200]),
    row("POST", "/api/v1/claims/{claim}/attributions", Json(|world| json!({"source": world.id("source"), "stance": "repeats"})), [401, 404, 403, 201, 201, 201]),
    row("PATCH", "/api/v1/claims/{claim}/attributions/{attribution}", Json(|_| json!({"stance": "disputes"})), [401, 404, 403, 200, 200, 200]),
    row("GET", "/api/v1/sources", Nothing, [401, 200, 200, 200, 200, 200]),
    row("POST", "/api/v1/sources", Json(|_| json!({"name": "A new one", "kind": "other"})), [401, 201, 403, 403, 201, 201]),
    row("PUT", "/api/v1/sources/{source}", Json(|_| json!({"name": "Another name", "kind": "other"})), [401, 404, 403, 403, 200, 200]),
    row("PUT", "/api/v1/colours", Json(|_| json!({"yellow": "a", "green": "b", "blue": "c", "rose": "d"})), [401, 200, 403, 403, 200, 200]),
    row("GET", "/api/v1/events", Nothing, [401, 200, 200, 200, 200, 200]),
    row("GET", "/api/v1/articles/{article}/seat", Nothing, [401, 404, 426, 426, 426, 426]),
    row("POST", "/articles/{article}/revisions", Multipart("Newer words by the form."), [303, 404, 403, 403, 303, 303]),
    row("POST", "/api/v1/articles/{article}/revisions", Json(|_| json!({"content": "Newer words by the API."})), [401, 404, 403, 403, 201, 201]),
    row("PUT", "/api/v1/notes/{note}/visibility", Json(|_| json!({"visibility": "me"})), [401, 404, 403, 403, 403, 200]),
    row("PUT", "/api/v1/highlights/{highlight}/visibility", Json(|_| json!({"visibility": "group"})), [401, 404, 403, 403, 403, 422]),
    row("DELETE", "/api/v1/notes/{note}", Nothing, [401, 404, 403, 403, 403, 200]),
    row("DELETE", "/api/v1/highlights/{highlight}", Nothing, [401, 404, 403, 403, 403, 200]),
    row("DELETE", "/api/v1/claims/{claim}/attributions/{attribution}", Nothing, [401, 404, 403, 200, 200, 200]),
    row("DELETE", "/api/v1/claims/{claim}", Nothing, [401, 404, 403, 403, 200, 200]),
    row("DELETE", "/api/v1/sources/{source}", Nothing, [401, 404, 403, 403, 200, 200]),
    row("DELETE", "/api/v1/feeds/{feed}", Nothing, [401, 404, 403, 403, 200, 200]),
    row("POST", "/feeds/{feed}/unfollow", Nothing, [303, 404, 403, 403, 404, 404]),
    row("GET", "/api/v1/webhooks", Nothing, [401, 200, 403, 403, 403, 200]),
    row("POST", "/api/v1/webhooks", Json(|_| json!({"address": "http://127.0.0.1:1/b", "wants": "everything"})), [401, 201, 403, 403, 403, 201]),
    row("POST", "/api/v1/webhooks/{webhook}/again", Nothing, [401, 404, 403, 403, 403, 200]),
    row("DELETE", "/api/v1/webhooks/{webhook}", Nothing, [401, 404, 403, 403, 403, 200]),
    row("POST", "/webhooks/{webhook}/remove", Nothing, [303, 404, 403, 403, 403, 404]),
    row("GET", "/groups", Nothing, [303, 200, 200, 200, 200, 200]),
    row("GET", "/groups/{group}", Nothing, [303, 404, 200, 200, 200, 200]),
    row("POST", "/groups/{group}", Form(&[("name", "A desk")]), [303, 404, 403, 403, 403, 303]),
    row("POST", "/groups", Form(&[("name", "Another")]), [303; 6]),
    row("POST", "/groups/{group}/enter", Nothing, [303, 404, 303, 303, 303, 303]),
    row("GET", "/api/v1/groups", Nothing, [401, 200, 200, 200, 200, 200]),
    row("POST", "/api/v1/groups", Json(|_| json!({"name": "Another"})), [401, 201, 201, 201, 201, 201]),
    row("GET", "/api/v1/groups/{group}", Nothing, [401, 404, 200, 200, 200, 200]),
    row("PATCH", "/api/v1/groups/{group}", Json(|_| json!({"name": "The desk"})), [401, 404, 403, 403, 403, 200]),
    row("POST", "/api/v1/groups/{group}/enter", Nothing, [401, 404, 204, 204, 204, 204]),
    row("POST", "/groups/{group}/members/{person}/role", Form(&[("role", "annotator")]), [303, 404, 403, 403, 403, 303]),
    row("PATCH", "/api/v1/groups/{group}/members/{person}", Json(|_| json!({"role": "reader"})), [401, 404, 403, 403, 403, 200]),
    row("DELETE", "/api/v1/groups/{group}/members/{person}", Nothing, [401, 404, 403, 403, 403, 200]),
    row("POST", "/groups/{group}/members/{person}/remove", Nothing, [303, 404, 403, 403, 403, 404]),
    row("POST", "/groups/{group}/invitations", Form(&[("role", "reader"), ("days", "7"), ("uses", "1")]), [303, 404, 403, 403, 403, 201]),
    row("POST", "/api/v1/groups/{group}/invitations", Json(|_| json!({"role": "reader"})), [401, 404, 403, 403, 403, 201]),
    row("GET", "/join/{token}", Nothing, [200; 6]),
    row("GET", "/api/v1/join/{token}", Nothing, [200; 6]),
    row("GET", "/sign-up", Nothing, [403; 6]),
    row("POST", "/sign-up", Form(&[("name", "Zane"), ("password", "plain long words")]), [403; 6]),
    row("POST", "/join/{token}/account", Form(&[("name", "Zane"), ("password", "plain long words")]), [303; 6]),
    row("DELETE", "/api/v1/groups/{group}/invitations/{invitation}", Nothing, [401, 404, 403, 403, 403, 200]),
    row("POST", "/groups/{group}/invitations/{invitation}/revoke", Nothing, [303, 404, 403, 403, 403, 404]),
    row("POST", "/groups/{group}/leave", Nothing, [303, 404, 303, 303, 303, 409]),
    row("POST", "/join/{token}", Nothing, [303; 6]),
    row("POST", "/api/v1/groups/{group}/leave", Nothing, [401, 200, 200, 200, 200, 409]),
    row("POST", "/api/v1/join/{token}", Nothing, [401, 200, 200, 200, 200, 204]),
    row("POST", "/sign-out", Nothing, [303; 6]),
];

/// Writes that make an event in this group also when a stranger makes them, or make none here when a member does: rows by
/// their beginnings, and how many events each of [`WHO`] makes.
const OTHERWISE: &[(&str, &str, [u64; 6])] = &[
    // A group that is made has events of its own; where one works is a matter of one's own sign-in.
    ("POST", "/groups", [0; 6]),
    ("POST", "/api/v1/groups", [0; 6]),
    ("POST", "/groups/{group}/enter", [0; 6]),
    ("POST", "/api/v1/groups/{group}/enter", [0; 6]),
    ("POST", "/join/{token}/account", [1; 6]),
    // Where one has got to is one's own.
    ("PUT", "/api/v1/articles/{article}/bookmark", [0; 6]),
    // A stranger comes by a link, leaves and comes again; the owner is there already.
    ("POST", "/join/{token}", [0, 1, 1, 1, 1, 0]),
    ("POST", "/api/v1/groups/{group}/leave", [0, 1, 1, 1, 1, 0]),
    ("POST", "/api/v1/join/{token}", [0, 1, 1, 1, 1, 0]),
];

/// The words of the comment that waits: they stand nowhere else.
pub const OUTSIDE: &str = "Zxqoutside";

const LOOK: &[(&str, &str)] = &[
    ("light", "dark"),
    ("face", "book"),
    ("size", "large"),
    ("measure", "medium"),
    ("leading", "medium"),
    ("setting", "ragged"),
];
const COLOURS: &[(&str, &str)] = &[("yellow", "a"), ("green", "b"), ("blue", "c"), ("rose", "d")];
const SOURCE: &[(&str, &str)] = &[
    ("name", "A name"),
    ("plain", ""),
    ("ask", ""),
    ("guarded", ""),
    ("domains", ""),
    ("country", ""),
    ("languages", ""),
    ("kind", "other"),
    ("owner", ""),
];

/// Five letters of the article, to be marked for a claim.
fn words(world: &World, start: u32) -> Value {
    json!({"words": {"revision": world.id("revision"), "range": {"start": start, "end": start + 5}}})
}

/// One of each thing, all of them the owner's.
pub struct World(BTreeMap<&'static str, String>);

impl World {
    pub async fn of(desk: &Desk, owner: &Hand) -> Self {
        let first = owner.bring("The first reading has fewer words.").await;
        let text = "The bridge,and the river,are open.\n\nThe second paragraph,too,has words.";
        let number = owner.revise(first.article.id, text).await.revision.number;
        let reading = owner.reading(first.article.id).await;
        assert!(!reading.revision.repairs.is_empty(), "an article with something to mend");
        let (article, revision) = (reading.article.id.to_string(), reading.revision.id.to_string());
        let api = format!("/api/v1/articles/{article}");
        let source = owner.source("Reuters").await;
        let marked = json!({"revision": revision, "range": {"start": 4, "end": 10}, "colour": "green"});
        let highlight = owner.post(&format!("{api}/highlights"), marked).await.id();
        let recoloured = owner.patch(&format!("/api/v1/highlights/{highlight}"), json!({"colour": "rose"})).await;
        let event = recoloured.value()["number"].to_string();
        let about = json!({"about": {"article": article}, "body": "A note."});
        let note = owner.post(&format!("{api}/notes"), about).await.id();
        let appears = json!({"words": {"revision": revision, "range": {"start": 15, "end": 24}}});
        let made = json!({"appears": appears, "statement": "The river is open."});
        let claim = owner.post(&format!("{api}/claims"), made).await.id();
        let behind = json!({"source": source, "stance": "originates"});
        let changed = owner.post(&format!("/api/v1/claims/{claim}/attributions"), behind).await.thing();
        let attribution = changed["attributions"][0]["id"].as_str().unwrap().to_owned();
        let links = owner.post("/api/v1/arrivals", json!({"links": ["http://127.0.0.1:1/a"]})).await.value();
        let arrival = links["arrivals"][0]["id"].as_str().unwrap().to_owned();
        let told = json!({"address": "http://127.0.0.1:1/told", "wants": "notes"});
        let told = owner.post("/api/v1/webhooks", told).await.thing();
        let webhook = told["webhook"].as_str().unwrap().to_owned();
        let (feed, entry, digest) = Self::of_the_web(desk, &reading).await;
        let group = reading.article.group.to_string();
        let mara = desk.member("Mara", Role::Reader).await.get("/api/v1/account").await.value();
        let invite = async || {
            let ask = json!({"role": "editor", "uses": 50});
            let made = owner.post(&format!("/api/v1/groups/{group}/invitations"), ask).await.value();
            let token = made["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            (made["id"].as_str().unwrap().to_owned(), token)
        };
        let ((invitation, _), (_, token)) = (invite().await, invite().await);
        let terms = json!({"original": true, "comments": true});
        owner.put(&format!("{api}/public"), terms).await.change();
        let page = owner.get(&format!("{api}/public")).await.value();
        let page = page["token"].as_str().unwrap().to_owned();
        let stamp = desk.house.stamps.give(&page, server::clock::now() - chrono::TimeDelta::minutes(1));
        let comment = Self::comment(desk, &reading).await;
        Self(BTreeMap::from([
            ("group", group),
            ("person", mara["person"]["id"].as_str().unwrap().to_owned()),
            ("invitation", invitation),
            ("token", token),
            ("arrival", arrival),
            ("event", event),
            ("feed", feed),
            ("entry", entry),
            ("digest", digest),
            ("article", article),
            ("revision", revision),
            ("number", number.to_string()),
            ("source", source),
            ("highlight", highlight),
            ("note", note),
            ("claim", claim),
            ("attribution", attribution),
            ("webhook", webhook),
            ("page", page),
            ("stamp", stamp),
            ("comment", comment),
            ("session", "0".repeat(64)),
            ("link", "A".repeat(43)),
            ("passkey", "A".repeat(22)),
            ("name", "style.css".to_owned()),
        ]))
    }

    /// A comment that waits.
    async fn comment(desk: &Desk, reading: &Reading) -> String {
        let comment = Comment {
            id: CommentId::from_bits(1),
            article: reading.article.id,
            name: "Somebody".parse().unwrap(),
            words: OUTSIDE.parse().unwrap(),
            came_at: server::clock::now(),
            state: CommentState::Waiting,
            check: SpamCheck::Unchecked,
            decided_by: None,
            decided_at: None,
        };
        let mut tx = desk.house.store.begin().await.unwrap();
        store::comment::insert(&mut tx, &comment, &Default::default(), None).await.unwrap();
        tx.commit().await.unwrap();
        comment.id.to_string()
    }

    /// A feed, an entry of it and a picture, as if they had been fetched.
    async fn of_the_web(desk: &Desk, reading: &Reading) -> (String, String, String) {
        let (now, by) = (server::clock::now(), reading.margin.you);
        let address = WebAddress::parse("https://example.org/feed").unwrap();
        let feed = Feed {
            id: FeedId::from_bits(1),
            group: reading.article.group,
            address: address.clone(),
            title: "A feed".to_owned(),
            home: None,
            followed_by: by,
            followed_at: now,
        };
        let entry = Entry {
            id: EntryId::from_bits(1),
            feed: feed.id,
            address,
            title: "An entry".to_owned(),
            byline: None,
            summary: None,
            published: None,
            seen_at: now,
        };
        let digest = PictureDigest::parse(&"0".repeat(64)).unwrap();
        let picture = Picture { digest: digest.clone(), form: PictureForm::Png, bytes: b"a picture".to_vec() };
        let mut tx = desk.house.store.begin().await.unwrap();
        store::feed::insert(&mut tx, &feed, now).await.unwrap();
        store::entry::insert(&mut tx, &entry, "guid").await.unwrap();
        store::picture::keep(&mut tx, reading.article.id, &picture, None).await.unwrap();
        tx.commit().await.unwrap();
        (feed.id.to_string(), entry.id.to_string(), digest.to_string())
    }

    /// The number of the last event of the owner's group, whichever they work in.
    async fn last_event(&self, owner: &Hand) -> u64 {
        let all = owner.get(&format!("/api/v1/events?group={}", self.id("group"))).await;
        all.read::<Vec<domain::event::Event>>().last().map_or(0, |event| event.number)
    }

    pub fn id(&self, what: &str) -> &str {
        &self.0[what]
    }

    /// The address with the ids of this world in it.
    pub fn path(&self, template: &str) -> String {
        self.0.iter().fold(template.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id))
    }
}

pub async fn ask(hand: &Hand, world: &World, row: &Row) -> Answer {
    let path = world.path(row.path);
    let method = Method::from_bytes(row.method.as_bytes()).unwrap();
    match &row.sent {
        Nothing if row.method == "POST" && !path.starts_with("/api/") => hand.form(&path, &[]).await,
        Nothing => hand.send(axum::http::Request::builder().method(method).uri(&path), "").await,
        Json(body) => hand.json(method, &path, &body(world)).await,
        Form(fields) => hand.form(&path, fields).await,
        Typed(fields) => {
            let fields = fields(world);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            hand.form(&path, &fields).await
        }
        Page(html) => {
            let address = ("address", None, b"https://example.com/a".as_slice());
            hand.multipart(&path, &[("html", None, html.as_bytes()), address]).await
        }
        File(words) => hand.send(axum::http::Request::post(format!("{path}?name=a.txt")), *words).await,
        Multipart(text) => hand.multipart(&path, &[("text", None, text.as_bytes())]).await,
    }
}

const WHO: [&str; 6] = ["signed out", "stranger", "reader", "annotator", "editor", "owner"];

async fn column(at: usize) {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let hand = match at {
        0 => desk.nobody(),
        1 => desk.stranger().await,
        2 => desk.member("Rita", Role::Reader).await,
        3 => desk.member("Aija", Role::Annotator).await,
        4 => desk.member("Edgars", Role::Editor).await,
        _ => owner.clone(),
    };
    let mut wrong = Vec::new();
    for row in TABLE {
        // What is refused leaves nothing behind; what is done leaves one event.
        let last = if row.path == "/sign-out" { None } else { Some(world.last_event(&owner).await) };
        let answer = ask(&hand, &world, row).await;
        if answer.status.as_u16() != row.expected[at] {
            wrong.push(format!("{} {}: {} for the {}", row.method, row.path, answer.status, WHO[at]));
        }
        if row.path.starts_with("/api/") && answer.status.is_client_error() {
            assert!(answer.value()["message"].is_string(), "{} {}", row.method, row.path);
        }
        if let Some(last) = last {
            let writes = row.method != "GET" && !matches!(row.path, "/welcome" | "/sign-in" | "/sign-in/code");
            // A form that did what was asked leads away from it. A look at a feed changes nothing.
            let away = !row.path.starts_with("/api/") && !row.path.ends_with("/poll");
            // What is done about accounts is no matter of a group.
            let own = ["/account", "/api/v1/account", "/people", "/api/v1/people"];
            let own = own.iter().any(|root| row.path.starts_with(root));
            let writes = writes && !own && !row.path.ends_with("/poll");
            // What comes from outside is an event once an editor has decided on it.
            let writes = writes && !row.path.starts_with("/p/");
            let done = answer.status.is_success() || (away && at > 1 && answer.status.is_redirection());
            let otherwise = OTHERWISE.iter().find(|(method, path, _)| (*method, *path) == (row.method, row.path));
            let expected = otherwise.map_or(u64::from(writes && done && at > 1), |(.., events)| events[at]);
            let now = world.last_event(&owner).await;
            assert_eq!(now - last, expected, "{} {} by the {}", row.method, row.path, WHO[at]);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn those_who_are_not_signed_in() {
    column(0).await;
}

#[tokio::test]
async fn those_of_another_group() {
    column(1).await;
}

#[tokio::test]
async fn readers() {
    column(2).await;
}

#[tokio::test]
async fn annotators() {
    column(3).await;
}

#[tokio::test]
async fn editors() {
    column(4).await;
}

#[tokio::test]
async fn owners() {
    column(5).await;
}

/// What the router says of its plain routes, and the API of itself.
#[tokio::test]
async fn every_address_has_a_row() {
    let mut there = BTreeSet::new();
    for source in [include_str!("../../src/http/router.rs"), include_str!("../../src/http/json.rs")] {
        for line in source.lines() {
            let Some((_, rest)) = line.split_once(".route(\"") else { continue };
            let (path, handlers) = rest.split_once('"').unwrap();
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
                let call = format!("{}(", method.to_lowercase());
                if handlers.contains(&format!(" {call}")) || handlers.contains(&format!(".{call}")) {
                    there.insert((method.to_owned(), path.to_owned()));
                }
            }
        }
    }
    assert!(there.len() > 15, "the router's source is read: {there:?}");
    let desk = Desk::new().await;
    let description = desk.nobody().get("/api/v1/openapi.json").await.value();
    for (path, item) in description["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys().filter(|key| *key != "parameters") {
            there.insert((method.to_uppercase(), path.clone()));
        }
    }
    let rows: BTreeSet<_> = TABLE.iter().map(|row| (row.method.to_owned(), row.path.to_owned())).collect();
    assert_eq!(rows.len(), TABLE.len(), "no row stands twice");
    assert_eq!(there, rows);
}
