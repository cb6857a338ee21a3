//! The JSON API, `/api/v1`: all that the pages can do, a program can.

mod articles;
mod claims;
mod group;
mod marks;

use super::state::Door;
use axum::{Json, Router, routing::get};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

/// What the API says of itself. Each handler says what it takes and gives.
#[derive(OpenApi)]
#[openapi(info(
    title = "Postil",
    description = "Articles, highlights, notes, claims and their sources. Sign in at /sign-in; the cookie it gives is the credential. Every write answers with the event that it made.",
    license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later")
))]
struct Description;

fn described() -> OpenApiRouter<Door> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(articles::list))
        .routes(routes!(articles::read, articles::rename))
        .routes(routes!(articles::notes))
        .routes(routes!(articles::original))
        .routes(routes!(articles::review))
        .routes(routes!(articles::tag))
        .routes(routes!(marks::make))
        .routes(routes!(marks::recolour, marks::remove))
        .routes(routes!(marks::write))
        .routes(routes!(marks::edit, marks::withdraw))
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
}

/// The one request whose body may be as large as an article.
fn adding() -> OpenApiRouter<Door> {
    OpenApiRouter::with_openapi(Description::openapi()).routes(routes!(articles::add))
}

/// The API without the request that adds an article.
pub fn router() -> Router<Door> {
    let (router, mut description) = described().split_for_parts();
    description.merge(adding().into_openapi());
    router.route("/api/v1/openapi.json", get(move || async move { Json(description) }))
}

/// The request that adds an article.
pub fn add_router() -> Router<Door> {
    adding().split_for_parts().0
}
