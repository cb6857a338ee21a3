//! Takes back what was made, marked, answered or said: the other half of undoing, beside bringing back what was removed.
//!
//! Each does what its author would do to take it back, by the same rules, unless somebody built upon it since.

use super::{Undone, before, text};
use crate::{
    actions::{Failure, annotate, make_claim, move_highlight, share, write_note},
    house::Act,
};
use domain::{
    activity::Thing,
    article::Review,
    ask::MoveHighlight,
    claim::Claim,
    event::{Change, Event},
    highlight::Highlight,
    id::{ArticleId, HighlightId, NoteId},
    note::{About, Note, Reacted, Visibility},
    permission::{Annotator, Member},
    tag::Tag,
    undo::CannotUndo,
    version::{ClaimEdits, version},
};

/// How many notes stand about this and below those: of what the person who acts sees.
async fn answers(act: &mut Act, article: ArticleId, about: About) -> Result<usize, Failure> {
    let person = act.by;
    let notes = store::note::of_article(act, article, person).await?;
    let (mut above, mut count) = (vec![about], 0);
    while let Some(about) = above.pop() {
        let below = notes.iter().filter(|note| note.about == about).map(|note| About::Note(note.id));
        let before = above.len();
        above.extend(below);
        count += above.len() - before;
    }
    Ok(count)
}

/// The note as it is now, as the person who acts sees it.
async fn note_now(act: &mut Act, id: NoteId) -> Result<Note, Failure> {
    let person = act.by;
    let note = store::note::get(act, id, person).await?;
    Ok(note.ok_or(CannotUndo("the note was removed since"))?)
}

/// Takes a highlight away again that was marked, or brought back with so many notes. Says who saw it.
pub(super) async fn highlight(
    act: &mut Act,
    id: HighlightId,
    notes: usize,
    seen: &mut Visibility,
) -> Result<Undone, Failure> {
    let person = act.by;
    let removed = CannotUndo("the highlight was removed since");
    let now = store::highlight::get(act, id, person).await?.ok_or(removed)?;
    if answers(act, now.article, About::Highlight(id)).await? > notes {
        return Err(CannotUndo("a note was written about it since: remove that first").into());
    }
    let highlight = annotate::take_away(act, id).await?;
    *seen = highlight.visibility;
    Ok((Some(highlight.article), Change::HighlightRemoved(id)))
}

/// Gives a highlight the words again that it had before this event gave it others.
pub(super) async fn place(act: &mut Act, by: Member<Annotator>, moved: &Highlight) -> Result<Undone, Failure> {
    let now = annotate::get(act, moved.id).await?;
    if now.former.len() != moved.former.len() {
        return Err(CannotUndo("the highlight was attached elsewhere since").into());
    }
    let former = moved.former.last().filter(|former| former.revision == moved.revision);
    let former = former.ok_or(CannotUndo("it stood in an older reading: its card says which words it had"))?;
    if text(act, moved.article, moved.revision).await.is_err()
        || store::revision::latest(act, moved.article).await? != Some(moved.revision)
    {
        return Err(CannotUndo("a newer reading was brought since: its card says which words it had").into());
    }
    let ask = MoveHighlight { revision: former.revision, range: former.selectors.position };
    let highlight = move_highlight::place(act, by, moved.id, ask).await?;
    Ok((Some(highlight.article), Change::HighlightMoved(highlight)))
}

/// Takes a note away again that was written, or brought back with its replies: so many together. Says who saw it.
pub(super) async fn note(act: &mut Act, id: NoteId, together: usize, seen: &mut Visibility) -> Result<Undone, Failure> {
    let now = note_now(act, id).await?;
    if answers(act, now.article, About::Note(id)).await? >= together {
        return Err(CannotUndo("the note was answered since").into());
    }
    let note = write_note::take_away(act, id).await?;
    *seen = note.visibility;
    Ok((Some(note.article), Change::NoteRemoved(id)))
}

/// Opens a thread that was resolved, or resolves one that was opened.
pub(super) async fn resolution(act: &mut Act, event: &Event, after: &Note) -> Result<Undone, Failure> {
    let now = note_now(act, after.id).await?;
    let newest = match &after.resolved {
        Some(_) => version(&now.resolved) == event.number,
        None => now.resolved.is_none(),
    };
    if !newest {
        return Err(CannotUndo("the thread was opened or resolved again since").into());
    }
    let resolved = if after.resolved.is_some() { None } else { Some(act.stamp().await?) };
    store::note::set_resolved(act, after.id, resolved).await?;
    let change = if resolved.is_some() { Change::NoteResolved } else { Change::NoteReopened };
    Ok((Some(now.article), change(Note { resolved, ..now })))
}

/// Takes one's word to a note back, or gives it again.
pub(super) async fn reaction(
    act: &mut Act,
    by: Member<Annotator>,
    event: &Event,
    after: &Note,
) -> Result<Undone, Failure> {
    let mut now = note_now(act, after.id).await?;
    let before = before(act, by, event, Thing::Note(after.id)).await?;
    let before = before.note(after.id).map(|note| note.reactions.clone()).unwrap_or_default();
    let said = |all: &[Reacted]| all.iter().filter(|each| each.by == event.by).map(|each| each.reaction).collect();
    let (had, has): (Vec<_>, Vec<_>) = (said(&before), said(&after.reactions));
    let is_now = |reaction| now.reactions.iter().any(|each| each.by == event.by && each.reaction == reaction);
    let newer = CannotUndo("it was said again, or taken back, since");
    if let Some(given) = has.iter().copied().find(|each| !had.contains(each)) {
        if !is_now(given) {
            return Err(newer.into());
        }
        store::reaction::take_back(act, now.id, event.by, given).await?;
        now.reactions.retain(|each| each.by != event.by || each.reaction != given);
    } else if let Some(taken) = had.iter().copied().find(|each| !has.contains(each)) {
        if is_now(taken) {
            return Err(newer.into());
        }
        let reacted = Reacted { reaction: taken, by: event.by, at: act.now };
        store::reaction::give(act, now.id, &reacted).await?;
        now.reactions.push(reacted);
    } else {
        return Err(CannotUndo("what was said before was not written down").into());
    }
    Ok((Some(now.article), Change::NoteReacted(now)))
}

/// Shows a note to those again who saw it before.
pub(super) async fn sight(
    act: &mut Act,
    by: Member<Annotator>,
    event: &Event,
    after: &Note,
) -> Result<Undone, Failure> {
    let now = note_now(act, after.id).await?;
    let before = before(act, by, event, Thing::Note(after.id)).await?;
    let to = before.note(after.id).map(|note| note.visibility);
    let to = to.ok_or(CannotUndo("who saw it before was not written down"))?;
    if now.visibility != after.visibility || to == after.visibility {
        return Err(CannotUndo("who sees it was changed again since").into());
    }
    // Its answers were hidden with it, and nobody wrote down who saw them.
    if after.visibility == Visibility::Me && answers(act, now.article, About::Note(after.id)).await? > 0 {
        return Err(CannotUndo("it has answers: say again who sees each, where it stands").into());
    }
    let note = share::show(act, by, after.id, to).await?;
    Ok((Some(note.article), Change::NoteShared(note)))
}

/// Takes a claim away again that was brought back.
pub(super) async fn claim(act: &mut Act, by: Member<Annotator>, restored: &Claim) -> Result<Undone, Failure> {
    let removed = CannotUndo("the claim was removed since");
    let now = store::claim::get(act, by.group(), restored.id).await?.ok_or(removed)?;
    if now != *restored {
        return Err(CannotUndo("somebody worked on the claim since").into());
    }
    let article = make_claim::take_away(act, by, restored.id).await?;
    Ok((article, Change::ClaimRemoved(restored.id)))
}

/// Says that a claim does not appear in these words, as it did not before this event: with its first ones it goes. Words that
/// were marked for it, with it, go too.
pub(super) async fn appearance(
    act: &mut Act,
    by: Member<Annotator>,
    event: &Event,
    after: &Claim,
    words: &Highlight,
) -> Result<Undone, Failure> {
    let removed = CannotUndo("the claim was removed since");
    let mut now = store::claim::get(act, by.group(), after.id).await?.ok_or(removed)?;
    if !now.appearances.contains(&words.id) {
        return Err(CannotUndo("the claim does not appear there any more").into());
    }
    let is_made = after.appearances.len() == 1;
    if is_made && (now.appearances.len() > 1 || !now.attributions.is_empty() || now.edits != ClaimEdits::default()) {
        return Err(CannotUndo("somebody worked on the claim since: remove it where it stands").into());
    }
    let person = by.person();
    if !store::note::authors_about(act, About::Highlight(words.id), person).await?.is_empty() {
        return Err(CannotUndo("a note was written about its words since: remove that first").into());
    }
    if is_made {
        make_claim::take_away(act, by, after.id).await?;
    } else {
        store::claim::remove_appearance(act, after.id, words.id).await?;
    }
    now.appearances.retain(|each| *each != words.id);
    // When this is undone for another time, the event that did it again is not the one that marked them.
    let did_again = match event.undoes {
        Some(number) => store::event::get(act, by, number).await?.map(|event| event.change),
        None => None,
    };
    let marked_for_it = words.made_by == event.by && words.made_at == event.at
        || matches!(did_again, Some(Change::AppearanceTakenBack { .. }));
    let change = match (marked_for_it, is_made) {
        (true, _) => {
            let now_there = annotate::get(act, words.id).await?;
            if store::attribution::cites(act, words.id).await? {
                return Err(CannotUndo("its words are shown as evidence for a claim since").into());
            }
            let at = act.now;
            store::highlight::remove(act, now_there.id, at).await?;
            Change::AppearanceTakenBack { claim: now, highlight: words.id }
        }
        (false, true) => Change::ClaimRemoved(after.id),
        (false, false) => Change::ClaimChanged(now),
    };
    Ok((event.article, change))
}

/// Says once more that a claim appears in words that stayed marked without it.
pub(super) async fn appearance_in(
    act: &mut Act,
    event: &Event,
    mut claim: Claim,
    words: HighlightId,
) -> Result<Undone, Failure> {
    let person = act.by;
    let gone = CannotUndo("the words are not marked any more: mark them anew");
    let highlight = store::highlight::get(act, words, person).await?.filter(|each| !each.withdrawn).ok_or(gone)?;
    if store::claim::is_appearance(act, words).await? {
        return Err(CannotUndo("its words belong to another claim now").into());
    }
    store::claim::add_appearance(act, claim.id, words).await?;
    claim.appearances.push(words);
    Ok((event.article, Change::ClaimAppeared { claim, highlight }))
}

/// Marks the words for the claim again that were taken back, and the claim with them when it had no others.
pub(super) async fn appearance_again(
    act: &mut Act,
    by: Member<Annotator>,
    event: &Event,
    after: &Claim,
    words: HighlightId,
) -> Result<Undone, Failure> {
    let article = event.article.ok_or(Failure::NotFound("article"))?;
    if !store::highlight::restore(act, words, event.at).await? {
        return Err(CannotUndo("the words were marked again since").into());
    }
    if after.appearances.is_empty() && !store::claim::restore(act, after.id, event.at).await? {
        return Err(CannotUndo("the claim was brought back since").into());
    }
    store::claim::add_appearance(act, after.id, words).await?;
    let removed = CannotUndo("the claim was removed since");
    let claim = store::claim::get(act, by.group(), after.id).await?.ok_or(removed)?;
    let highlight = annotate::get(act, words).await?;
    // Beside older readings nobody would be told how it stands there.
    let latest = store::revision::latest(act, article).await?;
    if latest != Some(highlight.revision) || !highlight.former.is_empty() {
        return Err(CannotUndo("a newer reading was brought since: mark the words there").into());
    }
    let made = after.appearances.is_empty();
    let change = if made { Change::ClaimMade { claim, highlight } } else { Change::ClaimAppeared { claim, highlight } };
    Ok((Some(article), change))
}

/// Answers about a source in an article as it was answered before; not at all when it was not.
pub(super) async fn tag(act: &mut Act, event: &Event) -> Result<Undone, Failure> {
    let article = event.article.ok_or(Failure::NotFound("article"))?;
    let source = match &event.change {
        Change::SourceTagged(tag) => tag.source,
        Change::SourceUntagged(source) => *source,
        _ => return Err(Failure::NotFound("answer")),
    };
    let about = |each: &Event| match &each.change {
        Change::SourceTagged(tag) => tag.source == source,
        Change::SourceUntagged(other) => *other == source,
        _ => false,
    };
    let all = store::event::in_article(act, event.group, article, &["source_tagged", "source_untagged"]).await?;
    let mut all = all.into_iter().filter(about);
    if all.next().is_none_or(|newest| newest.number != event.number) {
        return Err(CannotUndo("it was answered again since").into());
    }
    let change = match all.next().map(|before| before.change) {
        Some(Change::SourceTagged(before)) => {
            let tag = Tag { answered_by: act.by, answered_at: act.now, ..before };
            store::tag::set(act, &tag).await?;
            Change::SourceTagged(tag)
        }
        _ => {
            store::tag::remove(act, article, source).await?;
            Change::SourceUntagged(source)
        }
    };
    Ok((Some(article), change))
}

/// Has a repair made again that was undone, or undoes it again.
pub(super) async fn review(act: &mut Act, event: &Event, after: Review) -> Result<Undone, Failure> {
    let article: ArticleId = event.article.ok_or(Failure::NotFound("article"))?;
    let all = store::review::of_revision(act, after.revision).await?;
    if !all.contains(&after) {
        return Err(CannotUndo("the repair was looked at again since").into());
    }
    let review = Review { undone: !after.undone, ..after };
    let (person, now) = (act.by, act.now);
    store::review::set(act, review, person, now).await?;
    Ok((Some(article), Change::RepairReviewed(review)))
}
