//! What happened: in the group, and to one claim. Plain pages, with a plain form that undoes.

use crate::{
    edits::{Edited, between},
    pieces::{ClaimMark, SourceBadge, Wrong, day},
};
use chrono::{DateTime, Timelike, Utc};
use domain::{
    activity::{Deed, FieldEdit, Topic},
    diff::Piece,
    id::ClaimId,
    page::{ActivitySheet, ClaimHistorySheet},
};
use leptos::prelude::*;
use phrases::{counted, heard, t, view};

/// What happened in the group, the newest first, by day.
#[component]
pub fn ActivityPage(sheet: ActivitySheet) -> impl IntoView {
    let ActivitySheet { activity, people, by, about, trouble } = sheet;
    let chosen = by.is_some() || about.is_some();
    let by_word = by.map(|by| by.to_string()).unwrap_or_default();
    let about_word = about.map(Topic::word).unwrap_or_default();
    let empty = activity.deeds.is_empty();
    let next = activity.next.map(|next| format!("/activity?before={next}&by={by_word}&about={about_word}"));
    view! {
        <h1 class="title">"Activity"</h1>
        <p class="lead">
            "What people did in this group, the newest first. Times are UTC. "
            <a href="/account/notices#feed-reader">"Follow it in your feed reader"</a>
        </p>
        <Wrong trouble />
        <form class="sift" method="get" action="/activity">
            <label>
                <span class="sr-only">"Who"</span>
                <select name="by">
                    <option value="">"Everybody"</option>
                    {people
                        .into_iter()
                        .map(|person| {
                            let here = by == Some(person.id);
                            view! { <option value=person.id.to_string() selected=here>{person.name.to_string()}</option> }
                        })
                        .collect_view()}
                </select>
            </label>
            <label>
                <span class="sr-only">"About what"</span>
                <select name="about">
                    <option value="">"Everything"</option>
                    {Topic::ALL
                        .iter()
                        .map(|topic| {
                            let here = about == Some(*topic);
                            view! { <option value=topic.word() selected=here>{t(topic.label())}</option> }
                        })
                        .collect_view()}
                </select>
            </label>
            <button class="choice" type="submit">"Show"</button>
            {chosen.then(|| view! { <a class="text-sm" href="/activity">"All of it"</a> })}
        </form>
        {empty
            .then(|| {
                let (head, words) = if chosen {
                    (t("Nothing of that kind happened."), t("Choose other people or other things above."))
                } else {
                    (t("Nothing has happened yet."), t("Each article, mark, note and verdict is written down here, with who did it and a way to undo it."))
                };
                view! {
                    <div class="empty">
                        <p>{head}</p>
                        <p>{words}</p>
                    </div>
                }
            })}
        <Days deeds=activity.deeds claim=None />
        {next.map(|href| view! { <p class="more"><a href=href rel="next">"Earlier"</a></p> })}
    }
}

/// A claim as it stands, and what happened to it.
#[component]
pub fn ClaimHistoryPage(sheet: ClaimHistorySheet) -> impl IntoView {
    let ClaimHistorySheet { history, sources, home, trouble } = sheet;
    let claim = history.claim;
    let id = claim.id;
    let (verdict, reason) = claim.judgement.map(|each| (each.verdict, each.reason)).unzip();
    let crumb = match home {
        Some((article, title)) => (format!("/articles/{article}#claim-{id}"), title),
        None => ("/claims".to_owned(), t("Claims").to_owned()),
    };
    view! {
        <p class="crumb"><a href=crumb.0>{crumb.1}</a></p>
        <div class="claim-head">
            <ClaimMark state=claim.state verdict />
            <h1 class="title">{claim.statement.to_string()}</h1>
            {claim.claimant.map(|claimant| view! { <p class="text-faint">"Said by " {claimant.to_string()}</p> })}
            <p class="badges">{sources.into_iter().map(|(name, stance)| view! { <SourceBadge name stance /> }).collect_view()}</p>
            {reason.flatten().map(|reason| view! { <p class="reason">{reason.to_string()}</p> })}
            <p class="claim-foot">{counted!(claim.appearances.len(), "Marked at {n} place.", "Marked at {n} places.")}
                " All that happened to it stands below, the newest first."</p>
        </div>
        {history.removed.then(|| view! { <p class="notice" role="note">"This claim was removed."</p> })}
        <Wrong trouble />
        <Days deeds=history.deeds claim=Some(id) />
    }
}

/// The rows of each day, in the order in which they come.
fn days(deeds: Vec<Deed>) -> Vec<(String, Vec<Deed>)> {
    let mut days: Vec<(String, Vec<Deed>)> = Vec::new();
    for deed in deeds {
        let today = day(deed.at);
        match days.last_mut() {
            Some((day, deeds)) if *day == today => deeds.push(deed),
            _ => days.push((today, vec![deed])),
        }
    }
    days
}

#[component]
fn Days(
    deeds: Vec<Deed>,
    /// The claim whose history it is, if it is one's.
    claim: Option<ClaimId>,
) -> impl IntoView {
    days(deeds)
        .into_iter()
        .map(|(day, deeds)| {
            view! {
                <section class="day">
                    <h2 class="column-head">{day}</h2>
                    <ul>{deeds.into_iter().map(|deed| view! { <Row deed claim /> }).collect_view()}</ul>
                </section>
            }
        })
        .collect_view()
}

/// The time of day: 18:05.
fn clock(at: DateTime<Utc>) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

#[component]
fn Row(deed: Deed, claim: Option<ClaimId>) -> impl IntoView {
    let Deed { number, name, at, what, quote, path, article, edits, undoes, undone_by, undoable, .. } = deed;
    let machine = at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    // On the page of one claim its words stand above already.
    let quote = quote.filter(|_| claim.is_none()).map(|quote| format!("“{quote}”"));
    let words = match (quote, path) {
        (Some(quote), Some(href)) => Some(view! { <p class="deed-words"><a href=href>{quote}</a></p> }.into_any()),
        (Some(quote), None) => Some(view! { <p class="deed-words">{quote}</p> }.into_any()),
        (None, Some(href)) if claim.is_none() => {
            Some(view! { <p class="text-sm"><a href=href>"See it"</a></p> }.into_any())
        }
        _ => None,
    };
    let title = article.filter(|_| claim.is_none()).map(|article| article.title);
    let elsewhere = |number: u64| match claim {
        Some(_) => format!("#e{number}"),
        None => format!("/activity?before={}#e{number}", number + 1),
    };
    let undone = undone_by.map(|by| view! { <span class="dot"><a href=elsewhere(by)>"undone since"</a></span> });
    let undoing =
        undoes.map(|of| view! { <span class="dot"><a href=elsewhere(of)>"undoes an earlier change"</a></span> });
    view! {
        <li class="deed" class:undone=undone_by.is_some() id=format!("e{number}")>
            <div class="deed-head">
                <p>
                    <b>{name}</b> " " {heard(&what)}
                    <span class="text-sm text-faint">
                        <span class="dot"><time datetime=machine>{clock(at)}</time></span>
                        {title.map(|title| view! { <span class="dot">{title}</span> })}
                        {undoing}
                        {undone}
                    </span>
                </p>
                {(undoable && undone_by.is_none())
                    .then(|| {
                        let from = claim.map(|claim| view! { <input type="hidden" name="claim" value=claim.to_string() /> });
                        view! {
                            <form method="post" action=format!("/activity/{number}/undo")>
                                {from}
                                <button class="quiet" type="submit">"Undo"</button>
                            </form>
                        }
                    })}
            </div>
            {words}
            {(!edits.is_empty())
                .then(|| {
                    let rows = edits.into_iter().map(|edit| view! { <EditRow edit /> }).collect_view();
                    view! { <dl class="field-edits">{rows}</dl> }
                })}
        </li>
    }
}

/// A field before and after, laid over each other.
#[component]
fn EditRow(edit: FieldEdit) -> impl IntoView {
    // These are words of Postil's own, all others are people's.
    let own = matches!(edit.field.as_str(), "state" | "verdict");
    let said = |words: Option<String>| words.map(|words| if own { heard(&words) } else { words });
    let pieces = match (said(edit.before), said(edit.after)) {
        (Some(before), Some(after)) => between(&before, &after),
        (Some(before), None) => vec![Piece::Removed(before)],
        (None, Some(after)) => vec![Piece::Added(after)],
        (None, None) => Vec::new(),
    };
    view! {
        <div>
            <dt>{heard(&edit.field)}</dt>
            <dd class="edited"><Edited pieces /></dd>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::PersonId;

    fn deed(number: u64, at: &str) -> Deed {
        Deed {
            number,
            by: PersonId::from_bits(1),
            name: "Anna <b>".to_owned(),
            at: at.parse().unwrap(),
            what: "changed a note".to_owned(),
            quote: Some("Words.".to_owned()),
            path: Some("/articles/a#note-b".to_owned()),
            article: None,
            edits: vec![FieldEdit::of("words", Some("One two.".to_owned()), Some("One three.".to_owned())).unwrap()],
            undoes: None,
            undone_by: None,
            undoable: true,
        }
    }

    #[test]
    fn each_day_has_its_rows() {
        let rows = [
            deed(4, "2026-03-02T00:01:00Z"),
            deed(3, "2026-03-01T23:59:00Z"),
            deed(2, "2026-03-01T00:00:00Z"),
            deed(1, "2025-03-01T00:00:00Z"),
        ];
        let days: Vec<_> = days(rows.to_vec())
            .into_iter()
            .map(|(day, deeds)| (day, deeds.iter().map(|deed| deed.number).collect::<Vec<_>>()))
            .collect();
        let expected = [("2 Mar 2026", vec![4]), ("1 Mar 2026", vec![3, 2]), ("1 Mar 2025", vec![1])];
        assert_eq!(days, expected.map(|(day, numbers)| (day.to_owned(), numbers)));
    }

    #[test]
    fn a_row_says_what_was_done_and_offers_to_undo_it() {
        let drawn = |deed: Deed, claim| Owner::new().with(|| view! { <Row deed claim /> }.to_html());
        let id = ClaimId::from_bits(7);
        let plain = drawn(deed(4, "2026-03-02T09:05:00Z"), None);
        for part in ["Anna &lt;b&gt;", "09:05", "“Words.”", "/articles/a#note-b", "<del>", "three", "/activity/4/undo"]
        {
            assert!(plain.contains(part), "{part} in {plain}");
        }
        assert!(!plain.contains("name=\"claim\""), "{plain}");
        let of_claim = drawn(deed(4, "2026-03-02T09:05:00Z"), Some(id));
        assert!(of_claim.contains(&format!("value=\"{id}\"")) && !of_claim.contains("Words."), "{of_claim}");
        let rows = [
            (Deed { undoable: false, ..deed(4, "2026-03-02T09:05:00Z") }, false, ""),
            (Deed { undone_by: Some(9), ..deed(4, "2026-03-02T09:05:00Z") }, false, "undone since"),
            (Deed { undoes: Some(2), ..deed(4, "2026-03-02T09:05:00Z") }, true, "/activity?before=3#e2"),
        ];
        for (deed, offered, words) in rows {
            let html = drawn(deed, None);
            assert_eq!(html.contains("<form"), offered, "{html}");
            assert!(html.contains(words), "{html}");
        }
    }
}
