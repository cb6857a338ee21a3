//! What one reading changed.

use crate::{
    edits::{Edited, Size, Touched},
    pieces::{Day, day},
};
use domain::{
    article::{Passage, RevisionLine},
    page::Changes,
};
use leptos::prelude::*;
use phrases::{counted, say, t, view};
use std::collections::HashMap;

/// Two readings laid over each other: what was edited, and around it what was not, folded away.
#[component]
pub fn ChangesPage(changes: Changes) -> impl IntoView {
    let Changes { article, from, to, comparison, touched, newest } = changes;
    let base = format!("/articles/{}/revisions", article.id);
    let (added, removed) = (comparison.added, comparison.removed);
    let same = comparison.passages.iter().all(|passage| matches!(passage, Passage::Same(_)));
    let rows = rows(comparison.passages).into_iter().map(|row| view! { <RowView row /> }).collect_view();
    let head = say!("What changed from reading {old} to reading {new}", old = from.number, new = to.number);
    let others = others(&to, newest);
    view! {
        <p class="crumb"><a href=format!("/articles/{}", article.id)>{article.title}</a></p>
        <h1 class="title">{head}</h1>
        <p class="text-sm text-faint">
            <Size added removed />
            <span class="dot">
                {(day(from.taken_at) != day(to.taken_at)).then(|| view! { <Day at=from.taken_at /> " to " })}
                <Day at=to.taken_at />
            </span>
            <span class="dot"><a href=base.clone()>"All readings"</a></span>
        </p>
        {(others.len() > 1)
            .then(|| {
                view! {
                    <nav class="reading-ways" aria-label="The other reading">
                        <span class="text-faint">{say!("Compare reading {number} with", number = to.number)}</span>
                        {others
                            .into_iter()
                            .map(|other| {
                                // What came later is read from here on, never backwards.
                                let (old, new) = (other.min(to.number), other.max(to.number));
                                let href = format!("{base}/{new}/changes?from={old}");
                                let current = (other == from.number).then_some("page");
                                view! { <a href=href aria-current=current>{say!("reading {other}")}</a> }
                            })
                            .collect_view()}
                    </nav>
                }
            })}
        {(!touched.is_empty())
            .then(|| {
                let count = counted!(touched.len(), "{n} claim was touched", "{n} claims were touched");
                view! {
                    <section class="touched-claims">
                        <h2 class="column-head">{count}</h2>
                        <Touched article=article.id claims=touched />
                    </section>
                }
            })}
        {same.then(|| view! { <p class="lead">"Word for word, the two readings are the same."</p> })}
        <div class="changes prose">{rows}</div>
    }
}

/// The readings with which this one can be compared: all others.
fn others(to: &RevisionLine, newest: u32) -> Vec<u32> {
    (1..=newest).filter(|number| *number != to.number).collect()
}

/// A row of the page.
#[derive(Debug, Clone, PartialEq)]
enum Row {
    /// A passage, with its own number and the number of the row that shows the other place of words that moved.
    Shown(Passage, Option<(usize, usize)>),
    /// Passages far from any edit.
    Folded(Vec<String>),
}

/// The passages as rows: of those that are the same only the neighbours of an edit are open.
fn rows(passages: Vec<Passage>) -> Vec<Row> {
    let partners = partners(&passages);
    let mut rows = Vec::new();
    let mut same: Vec<String> = Vec::new();
    for (at, passage) in passages.into_iter().enumerate() {
        match passage {
            Passage::Same(text) => same.push(text),
            edited => {
                let begins = rows.is_empty();
                fold(std::mem::take(&mut same), !begins, true, &mut rows);
                rows.push(Row::Shown(edited, partners.get(&at).map(|partner| (at, *partner))));
            }
        }
    }
    let begins = rows.is_empty();
    fold(same, !begins, false, &mut rows);
    rows
}

/// Which passage shows the other place of words that moved.
fn partners(passages: &[Passage]) -> HashMap<usize, usize> {
    let mut here: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, passage) in passages.iter().enumerate().rev() {
        if let Passage::MovedHere(text) = passage {
            here.entry(text).or_default().push(at);
        }
    }
    let away = passages.iter().enumerate().filter_map(|(at, passage)| match passage {
        Passage::MovedAway(text) => Some((at, here.get_mut(text.as_str())?.pop()?)),
        _ => None,
    });
    away.flat_map(|(from, to)| [(from, to), (to, from)]).collect()
}

/// The fewest passages that are worth folding.
const FOLD: usize = 2;

/// Shows the passages beside an edit before or after them, and folds the others.
fn fold(mut same: Vec<String>, after_edit: bool, before_edit: bool, rows: &mut Vec<Row>) {
    let beside = usize::from(after_edit) + usize::from(before_edit);
    if same.len() < beside + FOLD {
        return rows.extend(same.into_iter().map(|text| Row::Shown(Passage::Same(text), None)));
    }
    let last = if before_edit { same.pop() } else { None };
    let folded = same.split_off(usize::from(after_edit));
    rows.extend(same.into_iter().map(|text| Row::Shown(Passage::Same(text), None)));
    rows.push(Row::Folded(folded));
    rows.extend(last.map(|text| Row::Shown(Passage::Same(text), None)));
}

#[component]
fn RowView(row: Row) -> impl IntoView {
    match row {
        Row::Folded(texts) => {
            let count = counted!(texts.len(), "{n} unchanged paragraph", "{n} unchanged paragraphs");
            view! {
                <details class="folded">
                    <summary>"… " {count}</summary>
                    {texts.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
                </details>
            }
            .into_any()
        }
        Row::Shown(passage, partner) => view! { <PassageView passage partner /> }.into_any(),
    }
}

#[component]
fn PassageView(passage: Passage, partner: Option<(usize, usize)>) -> impl IntoView {
    let id = partner.map(|(own, _)| format!("p{own}"));
    let other = |words: &'static str| match partner {
        Some((_, other)) => view! { <a href=format!("#p{other}")>{words}</a> }.into_any(),
        None => view! { {words} }.into_any(),
    };
    match passage {
        Passage::Same(text) => view! { <p class="passage">{text}</p> }.into_any(),
        Passage::Edited(pieces) => view! { <p class="passage passage-edited"><Edited pieces /></p> }.into_any(),
        Passage::Removed(text) => view! {
            <div class="passage passage-removed">
                <p class="passage-kind">"Taken out"</p>
                <p><del>{text}</del></p>
            </div>
        }
        .into_any(),
        Passage::Added(text) => view! {
            <div class="passage passage-added">
                <p class="passage-kind">"Put in"</p>
                <p><ins>{text}</ins></p>
            </div>
        }
        .into_any(),
        Passage::MovedHere(text) => view! {
            <div class="passage passage-moved" id=id>
                <p class="passage-kind">"Moved here, " {other(t("from where it stood before"))}</p>
                <p>{text}</p>
            </div>
        }
        .into_any(),
        Passage::MovedAway(text) => view! {
            <div class="passage passage-moved" id=id>
                <p class="passage-kind">"Stood here before, and " {other(t("moved"))}</p>
                <p class="text-faint">{text}</p>
            </div>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each passage is a sign and a letter; a row is its passage, or the letters that are folded in brackets.
    #[track_caller]
    fn check(passages: &str, expected: &str) {
        let passage = |text: &str| {
            let (sign, words) = text.split_at(1);
            let words = words.to_owned();
            match sign {
                "+" => Passage::Added(words),
                ">" => Passage::MovedHere(words),
                "<" => Passage::MovedAway(words),
                _ => Passage::Same(words),
            }
        };
        let shown = |row: &Row| match row {
            Row::Folded(texts) => format!("({})", texts.concat()),
            Row::Shown(Passage::Added(text), _) => format!("+{text}"),
            Row::Shown(Passage::MovedHere(text), partner) => format!(">{text}{}", partner.unwrap().1),
            Row::Shown(Passage::MovedAway(text), partner) => format!("<{text}{}", partner.unwrap().1),
            Row::Shown(Passage::Same(text), _) => format!("={text}"),
            Row::Shown(..) => unreachable!(),
        };
        let rows = rows(passages.split_whitespace().map(passage).collect());
        assert_eq!(rows.iter().map(shown).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn what_is_the_same_is_folded_save_beside_an_edit() {
        check("", "");
        check("=a =b =c", "(abc)");
        check("=a =b +c", "=a =b +c");
        check("=a =b =c +d", "(ab) =c +d");
        check("+a =b =c =d +e", "+a =b =c =d +e");
        check("+a =b =c =d =e +f", "+a =b (cd) =e +f");
        check("+a =b =c =d", "+a =b (cd)");
    }

    #[test]
    fn words_that_moved_lead_to_their_other_place() {
        check("<a =b >a", "<a2 =b >a0");
        check("<a <a >a >a", "<a2 <a3 >a0 >a1");
    }
}
