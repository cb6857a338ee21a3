//! Every address of Postil, on one screen.

use super::{bearer, guard, json, once, pages, site, spoken, state::Door, traced::Traced};
use crate::config::{MAX_DRAINED_BYTES, MAX_FILE_BYTES};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    trace::TraceLayer,
};

/// How much more than the article itself the request that brings it may have: the rest of a form.
pub(super) const FORM_OVERHEAD: usize = 64 * 1024;

/// Every address, and what guards it.
pub fn router(door: Door) -> Router {
    let config = &door.house.config;
    // In JSON a character can take six bytes; the import itself counts exactly.
    let add_json = json::add_router().layer(DefaultBodyLimit::max(config.max_article_bytes * 6 + FORM_OVERHEAD));
    // The handler holds no more than an article in each field; what is beyond is read and let go.
    let all_fields = config.max_article_bytes * pages::brought::FIELDS + MAX_FILE_BYTES + FORM_OVERHEAD;
    let add_file = json::file_router().layer(DefaultBodyLimit::max(MAX_FILE_BYTES + FORM_OVERHEAD));
    let add_form = Router::new()
        .route("/add", get(pages::add::show).post(pages::add::take))
        .route("/clip", get(pages::clip::show).post(pages::clip::take))
        .route("/articles/{article}/revisions", get(pages::revisions::show).post(pages::revisions::take))
        .layer(DefaultBodyLimit::max(all_fields.max(MAX_DRAINED_BYTES)));
    let rest = Router::new()
        .route("/", get(pages::library::show))
        .route("/welcome", get(pages::account::welcome).post(pages::account::make_owner))
        .route("/sign-in", get(pages::account::sign_in).post(pages::account::take_sign_in))
        .route("/account", get(pages::account::own))
        .route("/account/look", post(pages::look::take))
        .route("/account/language", post(pages::language::take))
        .route("/account/password", post(pages::account::change_password))
        .route("/account/sessions/end", post(pages::account::end_others))
        .route("/account/sessions/{session}/end", post(pages::account::end_session))
        .route("/account/tokens", get(pages::api_tokens::show).post(pages::api_tokens::take))
        .route("/account/tokens/{token}/revoke", post(pages::api_tokens::revoke))
        .route("/people", get(pages::people::show))
        .route("/people/{person}", post(pages::people::change))
        .route("/people/{person}/reset", post(pages::people::reset))
        .route("/reset/{link}", get(pages::reset::show).post(pages::reset::take))
        .route("/account/mail", get(pages::mail::show).post(pages::mail::take))
        .route("/account/mail/remove", post(pages::mail::remove))
        .route("/confirm/{link}", get(pages::mail::confirmation).post(pages::mail::confirm))
        .route("/forgotten", get(pages::mail::forgotten).post(pages::mail::send_link))
        .route("/sign-in/code", get(pages::second_step::ask).post(pages::second_step::take))
        .route("/account/second-step", get(pages::second_step::show).post(pages::second_step::begin))
        .route("/account/second-step/confirm", post(pages::second_step::confirm))
        .route("/account/second-step/recovery", post(pages::second_step::renew))
        .route("/account/second-step/off", post(pages::second_step::off))
        .route("/account/passkeys", get(pages::passkeys::show))
        .route("/account/passkeys/{passkey}/rename", post(pages::passkeys::rename))
        .route("/account/passkeys/{passkey}/remove", post(pages::passkeys::remove))
        .route("/sign-in/team", get(pages::team::depart))
        .route("/sign-in/team/back", get(pages::team::back))
        .route("/account/team", get(pages::team::show).post(pages::team::link))
        .route("/account/team/unlink", post(pages::team::unlink))
        .route("/account/export", post(pages::leave::export))
        .route("/account/delete", get(pages::leave::show).post(pages::leave::delete))
        .route("/sign-out", post(pages::account::sign_out))
        .route("/articles/{article}", get(pages::reader::show))
        .route("/articles/{article}/notes.md", get(pages::reader::notes))
        .route("/articles/{article}/print", get(pages::paper::show))
        .route("/articles/{article}/revisions/{number}/print", get(pages::paper::read))
        .route("/articles/{article}/original", get(pages::reader::original))
        .route("/articles/{article}/revisions/{number}", get(pages::revisions::read))
        .route("/articles/{article}/revisions/{number}/changes", get(pages::revisions::changes))
        .route("/articles/{article}/pictures/{digest}", get(pages::reader::picture))
        .route("/articles/{article}/public", get(pages::publish::show).post(pages::publish::take))
        .route("/articles/{article}/public/renew", post(pages::publish::renew))
        .route("/articles/{article}/public/close", post(pages::publish::close))
        .route("/p/{page}", get(pages::public::show).post(pages::public::comment))
        .route("/p/{page}/pictures/{digest}", get(pages::public::picture))
        .route("/comments", get(pages::comments::show))
        .route("/comments/{comment}", post(pages::comments::take))
        .route("/p/{page}/original", get(pages::public::original))
        .route("/arrivals", get(pages::arrivals::show))
        .route("/arrivals/cancel", post(pages::arrivals::cancel_all))
        .route("/arrivals/clear", post(pages::arrivals::clear))
        .route("/arrivals/{arrival}/cancel", post(pages::arrivals::cancel))
        .route("/arrivals/{arrival}/again", post(pages::arrivals::again))
        .route("/inbox", get(pages::feeds::inbox).post(pages::feeds::choose))
        .route("/feeds", get(pages::feeds::show).post(pages::feeds::take))
        .route("/feeds/{feed}/unfollow", post(pages::feeds::unfollow))
        .route("/feeds/{feed}/poll", post(pages::feeds::poll))
        .route("/claims", get(pages::claims::show))
        .route("/sources", get(pages::sources::show))
        .route("/sources/{source}", get(pages::sources::edit).post(pages::sources::take))
        .route("/account/notices", get(pages::notices::show))
        .route("/account/notices/read", post(pages::notices::read))
        .route("/account/bulletins", post(pages::bulletins::make))
        .route("/account/bulletins/revoke", post(pages::bulletins::revoke))
        .route("/atom/{link}", get(pages::bulletins::read))
        .route("/account/mailing", post(pages::mailing::choose))
        .route("/unsubscribe/{link}", get(pages::mailing::look).post(pages::mailing::unsubscribe))
        .route("/webhooks", get(pages::webhooks::show).post(pages::webhooks::take))
        .route("/webhooks/{webhook}/remove", post(pages::webhooks::remove))
        .route("/webhooks/{webhook}/again", post(pages::webhooks::again))
        .route("/colours", get(pages::colours::show).post(pages::colours::take))
        .route("/activity", get(pages::activity::show))
        .route("/activity/{event}/undo", post(pages::activity::undo))
        .route("/claims/{claim}/history", get(pages::activity::of_claim))
        .route("/groups", get(pages::groups::list).post(pages::groups::make))
        .route("/groups/{group}", get(pages::groups::show).post(pages::groups::rename))
        .route("/groups/{group}/enter", post(pages::groups::enter))
        .route("/groups/{group}/leave", post(pages::groups::leave))
        .route("/groups/{group}/members/{person}/role", post(pages::groups::change))
        .route("/groups/{group}/members/{person}/remove", post(pages::groups::remove))
        .route("/groups/{group}/invitations", post(pages::groups::invite))
        .route("/groups/{group}/invitations/{invitation}/revoke", post(pages::groups::revoke))
        .route("/join/{token}", get(pages::join::show).post(pages::join::accept))
        .route("/join/{token}/account", post(pages::join::accept_anew))
        .route("/sign-up", get(pages::account::sign_up).post(pages::account::take_sign_up))
        .route("/site/{name}", get(site::file))
        .route("/sw.js", get(site::worker))
        .route("/manifest.webmanifest", get(site::manifest))
        .route("/health", get(|| async { "ok" }))
        .merge(json::router())
        .fallback(pages::trouble::missing)
        .layer(DefaultBodyLimit::max(config.max_request_bytes));
    rest.merge(add_json)
        .merge(add_file)
        .merge(add_form)
        .method_not_allowed_fallback(pages::trouble::no_such_method)
        .layer(middleware::from_fn_with_state(door.clone(), once::do_once))
        .layer(middleware::from_fn_with_state(door.clone(), bearer::admit))
        .layer(middleware::from_fn_with_state(door.clone(), guard::same_site_only))
        // Before any word is said.
        .layer(middleware::from_fn(spoken::speak))
        // What is packed already would only cost time.
        .layer(
            CompressionLayer::new()
                .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/zip"))),
        )
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(door.clone(), guard::say_what_is_safe))
        .layer(TraceLayer::new_for_http().make_span_with(Traced))
        .with_state(door)
}
