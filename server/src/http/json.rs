//! The JSON API, `/api/v1`: all that the pages can do, a program can.

pub mod account;
mod api_tokens;
mod bulletins;
pub mod activity;
pub mod arrivals;
mod articles;
mod bookmarks;
mod claims;
mod comments;
mod feeds;
mod group;
mod language;
mod leave;
mod groups;
mod look;
mod mail;
mod marks;
mod notices;
mod passkeys;
mod people;
mod public;
pub mod revisions;
mod webhooks;
mod seat;
mod second_step;
mod team;

use super::{once, state::Door};
use axum::{Json, Router, routing::get};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        ObjectBuilder, RefOr, Required, Type,
        path::{ParameterBuilder, ParameterIn},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// What the API says of itself. Each handler says what it takes and gives.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Postil",
        description = "Articles, highlights, notes, claims and their sources. A program brings a token that its person has made on /account/tokens; a browser brings the cookie of a sign-in. What concerns the account takes the cookie. Every write answers with the event that it made. One that brings an `Idempotency-Key` is done once, however often it is sent.",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later")
    ),
    modifiers(&Credentials),
    security(("bearer" = []), ("cookie" = []))
)]
struct Description;

/// What a request may bring to say who asks.
struct Credentials;

impl Modify for Credentials {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let words = "A token made on /account/tokens. One of the scope `read` only reads.";
        let bearer =
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("postil_…").description(Some(words));
        let words = "The cookie of a sign-in at /sign-in; `__Host-postil` where people use https.";
        let cookie = ApiKey::Cookie(ApiKeyValue::with_description("postil", words));
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer.build()));
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(cookie));
    }
}

/// Says of every request that changes something how it is done only once. Those that concern the account make no event.
fn describe_keys(description: &mut utoipa::openapi::OpenApi) {
    let words = "What this request calls itself: 1 to 100 characters, another one for each thing that is asked, the same \
                 when it is sent again because no answer came. It is done once, and a repeat is answered with the event \
                 that the first one made (200, `Idempotency-Replayed: true`), for 30 days. Another request under the same \
                 key is refused (422, `key_taken`). What was refused was not done, and may be asked again under its key.";
    let key = ParameterBuilder::new()
        .name(once::KEY)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(words))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build();
    let makes_events = |path: &str| !path.starts_with("/api/v1/account") && !path.starts_with("/api/v1/sign-in");
    for (_, item) in description.paths.paths.iter_mut().filter(|(path, _)| makes_events(path)) {
        for operation in [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten() {
            operation.parameters.get_or_insert_default().push(RefOr::T(key.clone()));
        }
    }
}

fn described() -> OpenApiRouter<Door> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(articles::list))
        .routes(routes!(articles::read, articles::rename))
        .routes(routes!(articles::notes))
        .routes(routes!(articles::original))
        .routes(routes!(articles::review))
        .routes(routes!(articles::tag))
        .routes(routes!(revisions::list))
        .routes(routes!(revisions::read))
        .routes(routes!(revisions::changes))
        .routes(routes!(revisions::original))
        .routes(routes!(arrivals::list, arrivals::bring))
        .routes(routes!(arrivals::cancel))
        .routes(routes!(arrivals::again))
        .routes(routes!(arrivals::cancel_all))
        .routes(routes!(arrivals::clear))
        .routes(routes!(feeds::inbox))
        .routes(routes!(feeds::choose))
        .routes(routes!(feeds::list, feeds::follow))
        .routes(routes!(feeds::unfollow))
        .routes(routes!(feeds::poll))
        .routes(routes!(marks::make))
        .routes(routes!(marks::recolour, marks::remove))
        .routes(routes!(marks::set_range))
        .routes(routes!(marks::write))
        .routes(routes!(marks::edit, marks::withdraw))
        .routes(routes!(marks::share_note))
        .routes(routes!(marks::share_highlight))
        .routes(routes!(public::settings, public::open, public::close))
        .routes(routes!(public::renew))
        .routes(routes!(comments::list))
        .routes(routes!(comments::decide))
        .routes(routes!(public::read))
        .routes(routes!(claims::make))
        .routes(routes!(claims::list))
        .routes(routes!(claims::edit, claims::remove))
        .routes(routes!(claims::appear))
        .routes(routes!(claims::judge))
        .routes(routes!(claims::attribute))
        .routes(routes!(claims::edit_attribution, claims::withdraw))
        .routes(routes!(group::sources, group::add_source))
        .routes(routes!(group::edit_source, group::remove_source))
        .routes(routes!(group::name_colours))
        .routes(routes!(group::events))
        .routes(routes!(account::show))
        .routes(routes!(account::end_others))
        .routes(routes!(account::end))
        .routes(routes!(account::change_password))
        .routes(routes!(bookmarks::keep))
        .routes(routes!(look::show, look::choose))
        .routes(routes!(language::show, language::choose))
        .routes(routes!(notices::list))
        .routes(routes!(notices::read))
        .routes(routes!(notices::mailing, notices::set_mailing))
        .routes(routes!(bulletins::list))
        .routes(routes!(bulletins::make, bulletins::revoke))
        .routes(routes!(webhooks::list, webhooks::add))
        .routes(routes!(webhooks::remove))
        .routes(routes!(webhooks::again))
        .routes(routes!(api_tokens::list, api_tokens::make))
        .routes(routes!(api_tokens::revoke))
        .routes(routes!(leave::export))
        .routes(routes!(leave::foresee, leave::delete))
        .routes(routes!(people::list))
        .routes(routes!(people::change))
        .routes(routes!(people::reset))
        .routes(routes!(people::remove_passkeys))
        .routes(routes!(marks::resolve))
        .routes(routes!(marks::react))
        .routes(routes!(activity::list))
        .routes(routes!(activity::of_claim))
        .routes(routes!(activity::undo))
        .routes(routes!(groups::list, groups::make))
        .routes(routes!(groups::read, groups::rename))
        .routes(routes!(groups::enter))
        .routes(routes!(groups::leave))
        .routes(routes!(groups::change_role, groups::remove))
        .routes(routes!(groups::invite))
        .routes(routes!(groups::revoke))
        .routes(routes!(groups::look, groups::join))
        .routes(routes!(seat::sit))
        .routes(routes!(mail::show, mail::say))
        .routes(routes!(mail::remove))
        .routes(routes!(second_step::show, second_step::begin, second_step::confirm))
        .routes(routes!(second_step::renew))
        .routes(routes!(second_step::off))
        .routes(routes!(passkeys::list, passkeys::add))
        .routes(routes!(passkeys::begin))
        .routes(routes!(passkeys::rename))
        .routes(routes!(passkeys::remove))
        .routes(routes!(passkeys::begin_sign_in))
        .routes(routes!(passkeys::sign_in))
        .routes(routes!(team::show))
        .routes(routes!(team::unlink))
}

/// The requests whose body may be as large as an article.
fn adding() -> OpenApiRouter<Door> {
    OpenApiRouter::with_openapi(Description::openapi()).routes(routes!(articles::add)).routes(routes!(revisions::add))
}

/// The requests whose body is a file.
fn adding_files() -> OpenApiRouter<Door> {
    OpenApiRouter::with_openapi(Description::openapi()).routes(routes!(arrivals::bring_file))
}

/// The API without the requests that bring a text.
pub fn router() -> Router<Door> {
    let (router, mut description) = described().split_for_parts();
    description.merge(adding().into_openapi());
    description.merge(adding_files().into_openapi());
    describe_keys(&mut description);
    router.route("/api/v1/openapi.json", get(move || async move { Json(description) }))
}

/// The requests that bring a text.
pub fn add_router() -> Router<Door> {
    adding().split_for_parts().0
}

/// The requests that bring a file.
pub fn file_router() -> Router<Door> {
    adding_files().split_for_parts().0
}
