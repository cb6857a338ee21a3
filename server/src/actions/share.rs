//! Says who sees a note or a highlight.

use crate::{
    actions::{Failure, annotate, write_note},
    house::{Act, House},
};
use domain::{
    event::{Change, Event},
    id::{HighlightId, NoteId},
    note::{About, Note, Visibility},
    permission::{Annotator, Editor, Member},
};

/// Says who sees one's own note. Editors may take a public note of somebody else's back to the group.
///
/// A note that others have answered cannot be taken from their sight. What they answered for themselves alone stands in
/// nobody's way, for that would tell of it: it stays theirs, where the note stood.
pub async fn note(house: &House, by: Member<Annotator>, id: NoteId, to: Visibility) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let note = show(&mut act, by, id, to).await?;
    act.done(Some(note.article), Change::NoteShared(note)).await
}

/// The same inside of an action, which ends otherwise.
pub(super) async fn show(act: &mut Act, by: Member<Annotator>, id: NoteId, to: Visibility) -> Result<Note, Failure> {
    let person = by.person();
    let note = store::note::get(act, id, person).await?.ok_or(Failure::NotFound("note"))?;
    if note.written_by != person && (note.visibility, to) != (Visibility::Public, Visibility::Group) {
        return Err(Failure::NotYours);
    }
    if note.written_by != person {
        by.at_least::<Editor>()?;
    }
    if note.visibility == to {
        return Err(Failure::Invalid("that is who sees it already".to_owned()));
    }
    write_note::check_visibility(to, above(act, &note).await?)?;
    if to == Visibility::Me {
        let answered = store::note::authors_about(act, About::Note(id), person).await?;
        if answered.iter().any(|author| *author != person) {
            return Err(Failure::Conflict("somebody else has answered this note".to_owned()));
        }
        // Nobody else is told of it any more, not by what has happened before either.
        let (group, article) = (by.group(), note.article);
        let thread = store::note::thread(act, id, person).await?;
        let spared = store::note::spare(act, id, person).await?;
        store::event::take_back(act, group, article, &thread, person).await?;
        store::event::reattach(act, group, article, &spared, note.about).await?;
    }
    store::note::share(act, id, to).await?;
    Ok(Note { visibility: to, ..note })
}

/// By whom a note can be seen at the most.
async fn above(act: &mut Act, note: &Note) -> Result<Visibility, Failure> {
    let by = act.by;
    let most = match note.about {
        About::Article(_) => Some(Visibility::Public),
        About::Highlight(id) => {
            store::highlight::get(act, id, by).await?.map(|highlight| write_note::on_highlight(&highlight))
        }
        About::Note(id) => store::note::get(act, id, by).await?.map(|note| note.visibility),
    };
    Ok(most.unwrap_or(Visibility::Me))
}

/// Makes a highlight of one's own the group's. What others have seen cannot be hidden from them again, only taken away.
pub async fn highlight(
    house: &House,
    by: Member<Annotator>,
    id: HighlightId,
    to: Visibility,
) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let mut highlight = annotate::get(&mut act, id).await?;
    if highlight.made_by != by.person() {
        return Err(Failure::NotYours);
    }
    match (highlight.visibility, to) {
        (_, Visibility::Public) => return Err(Failure::Invalid(annotate::PUBLIC_HIGHLIGHT.to_owned())),
        (now, to) if now == to => return Err(Failure::Invalid("that is who sees it already".to_owned())),
        (_, Visibility::Me) => {
            let words = "others have seen this highlight: take it away, and mark the words anew for yourself";
            return Err(Failure::Conflict(words.to_owned()));
        }
        (_, Visibility::Group) => {}
    }
    store::highlight::share(&mut act, id).await?;
    highlight.visibility = to;
    let shown = highlight.shown_in();
    let mut elsewhere = store::placement::of_highlight(&mut act, id, &highlight.selectors.quote.exact).await?;
    elsewhere.retain(|anchor| anchor.revision != shown);
    act.done(Some(highlight.article), Change::HighlightShared { highlight, elsewhere }).await
}
