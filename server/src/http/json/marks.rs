//! Highlights and notes over JSON.

use crate::{
    actions::{annotate, answer_note, move_highlight, share, write_note},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, On},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    ask::{EditNote, MakeHighlight, MoveHighlight, ReactToNote, Recolour, ResolveNote, Share, WriteNote},
    event::Event,
    id::{ArticleId, HighlightId, NoteId},
    permission::Annotator,
};

/// Highlights words of an article.
#[utoipa::path(post, path = "/api/v1/articles/{article}/highlights", tag = "marks", params(("article" = String, Path)),
    request_body = MakeHighlight, responses((status = 201, body = Event), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn make(
    State(house): State<House>,
    on: On<ArticleId, Annotator>,
    Body(ask): Body<MakeHighlight>,
) -> Result<(StatusCode, Json<Event>), Refusal> {
    Ok((StatusCode::CREATED, Json(annotate::make(&house, on.by, on.id, ask).await?)))
}

/// Gives a highlight another colour.
#[utoipa::path(patch, path = "/api/v1/highlights/{highlight}", tag = "marks", params(("highlight" = String, Path)),
    request_body = Recolour, responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn recolour(
    State(house): State<House>,
    on: On<HighlightId, Annotator>,
    Body(ask): Body<Recolour>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(annotate::recolour(&house, on.by, on.id, ask).await?))
}

/// Says where a highlight's words stand in the latest reading: mends its range, chooses among candidates, attaches it again.
#[utoipa::path(put, path = "/api/v1/highlights/{highlight}/range", tag = "marks", params(("highlight" = String, Path)),
    request_body = MoveHighlight, responses((status = 200, body = Event), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn set_range(
    State(house): State<House>,
    on: On<HighlightId, Annotator>,
    Body(ask): Body<MoveHighlight>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(move_highlight::set_range(&house, on.by, on.id, ask).await?))
}

/// Takes a highlight away, and the notes about it.
#[utoipa::path(delete, path = "/api/v1/highlights/{highlight}", tag = "marks", params(("highlight" = String, Path)),
    responses((status = 200, body = Event), (status = 403, body = Problem), (status = 409, body = Problem)))]
pub async fn remove(State(house): State<House>, on: On<HighlightId, Annotator>) -> Result<Json<Event>, Refusal> {
    Ok(Json(annotate::remove(&house, on.by, on.id).await?))
}

/// Writes a note about a highlight, the article or another note.
#[utoipa::path(post, path = "/api/v1/articles/{article}/notes", tag = "marks", params(("article" = String, Path)),
    request_body = WriteNote, responses((status = 201, body = Event), (status = 404, body = Problem)))]
pub async fn write(
    State(house): State<House>,
    on: On<ArticleId, Annotator>,
    Body(ask): Body<WriteNote>,
) -> Result<(StatusCode, Json<Event>), Refusal> {
    Ok((StatusCode::CREATED, Json(write_note::write(&house, on.by, on.id, ask).await?)))
}

/// Changes one's own note.
#[utoipa::path(patch, path = "/api/v1/notes/{note}", tag = "marks", params(("note" = String, Path)),
    request_body = EditNote, responses((status = 200, body = Event), (status = 409, body = Problem), (status = 403, body = Problem)))]
pub async fn edit(
    State(house): State<House>,
    on: On<NoteId, Annotator>,
    Body(ask): Body<EditNote>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(write_note::edit(&house, on.by, on.id, ask).await?))
}

/// Says who sees a note: its author, who may choose any, or an editor who takes a public one back to the group.
#[utoipa::path(put, path = "/api/v1/notes/{note}/visibility", tag = "marks", params(("note" = String, Path)),
    request_body = Share, responses((status = 200, body = Event), (status = 403, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn share_note(
    State(house): State<House>,
    on: On<NoteId, Annotator>,
    Body(ask): Body<Share>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(share::note(&house, on.by, on.id, ask.visibility).await?))
}

/// Makes a highlight that was one's own alone the group's.
#[utoipa::path(put, path = "/api/v1/highlights/{highlight}/visibility", tag = "marks", params(("highlight" = String, Path)),
    request_body = Share, responses((status = 200, body = Event), (status = 403, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn share_highlight(
    State(house): State<House>,
    on: On<HighlightId, Annotator>,
    Body(ask): Body<Share>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(share::highlight(&house, on.by, on.id, ask.visibility).await?))
}

/// Takes one's own note away.
#[utoipa::path(delete, path = "/api/v1/notes/{note}", tag = "marks", params(("note" = String, Path)),
    responses((status = 200, body = Event), (status = 403, body = Problem), (status = 409, body = Problem)))]
pub async fn withdraw(State(house): State<House>, on: On<NoteId, Annotator>) -> Result<Json<Event>, Refusal> {
    Ok(Json(write_note::remove(&house, on.by, on.id).await?))
}

/// Settles a thread, or opens it again.
#[utoipa::path(put, path = "/api/v1/notes/{note}/resolved", tag = "marks", params(("note" = String, Path)),
    request_body = ResolveNote, responses((status = 200, body = Event), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn resolve(
    State(house): State<House>,
    on: On<NoteId, Annotator>,
    Body(ask): Body<ResolveNote>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(answer_note::resolve(&house, on.by, on.id, ask).await?))
}

/// Says something to a note with one word, or takes it back.
#[utoipa::path(put, path = "/api/v1/notes/{note}/reactions", tag = "marks", params(("note" = String, Path)),
    request_body = ReactToNote, responses((status = 200, body = Event), (status = 409, body = Problem)))]
pub async fn react(
    State(house): State<House>,
    on: On<NoteId, Annotator>,
    Body(ask): Body<ReactToNote>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(answer_note::react(&house, on.by, on.id, ask).await?))
}
