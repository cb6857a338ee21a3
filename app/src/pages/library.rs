//! The group's articles.

use crate::{
    pages::article::minutes,
    pieces::{Day, day},
};
use domain::{
    page::{Library, LibraryRow},
    permission::Role,
};
use leptos::prelude::*;
use phrases::{counted, say, t_in, view};

/// The list, or what to do when it is empty.
#[component]
pub fn LibraryPage(library: Library, role: Option<Role>) -> impl IntoView {
    let may_add = role.is_some_and(|role| role >= Role::Editor);
    let empty = library.articles.is_empty();
    view! {
        <div class="flex items-baseline gap-4 flex-wrap">
            <h1 class="title">"Library"</h1>
            {may_add.then(|| view! { <a class="primary ml-auto" href="/add">"Add articles"</a> })}
        </div>
        {empty.then(|| view! { <Empty may_add /> })}
        <ul class="shelf">{library.articles.into_iter().map(|row| view! { <Row row /> }).collect_view()}</ul>
    }
}

/// What to do where there is no article.
#[component]
fn Empty(may_add: bool) -> impl IntoView {
    if !may_add {
        return view! {
            <div class="empty">
                <p>"No articles yet."</p>
                <p>"An editor of this group brings them. You read and mark them here as soon as they do."</p>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="empty">
            <p>"No articles yet."</p>
            <ol class="steps">
                <li><a href="/add">"Add one"</a> ": paste a text or a link, or drop a file. It is read here as a clean page."</li>
                <li>"Or " <a href="/feeds">"follow a feed"</a> ", and keep what is worth reading."</li>
                <li>"A page behind a sign-in comes " <a href="/clip">"from your own browser"</a> "."</li>
            </ol>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: LibraryRow) -> impl IntoView {
    let (from, told) = (origin(&row), tallies(&row));
    let share = row.read.filter(|share| (1..100).contains(share));
    view! {
        <li class="shelf-row">
            <a class="shelf-title" href=format!("/articles/{}", row.article.id) lang=row.imprint.language>
                {row.article.title}
            </a>
            <p class="shelf-from">
                {from.into_iter().map(|fact| view! { <span class="dot">{fact}</span> }).collect_view()}
                <span class="dot">"added " <Day at=row.article.added_at /></span>
            </p>
            <p class="shelf-told">
                {share
                    .map(|share| {
                        view! { <progress class="read-share" max="100" value=share.to_string() aria-hidden="true"></progress> }
                    })}
                {told.into_iter().map(|fact| view! { <span class="dot">{fact}</span> }).collect_view()}
                {(!row.sources.is_empty()).then(|| view! { <span class="dot">"rests on " {row.sources.join(", ")}</span> })}
            </p>
        </li>
    }
}

/// Where an article came from; what is not known is not said.
fn origin(row: &LibraryRow) -> Vec<String> {
    let imprint = &row.imprint;
    let host = imprint.address.as_ref().and_then(|address| address.host());
    let published = imprint.published.map(|at| say!("published {day}", day = day(at)));
    [imprint.outlet.clone().or(host), imprint.byline.clone(), published].into_iter().flatten().collect()
}

/// How long it takes, how far it is read, and what was marked in it; what there is none of is not said.
fn tallies(row: &LibraryRow) -> Vec<String> {
    let mut facts = vec![say!("{minutes} min", minutes = minutes(row.words))];
    match row.read {
        Some(100) => facts.push(t_in("the whole article", "read").to_owned()),
        Some(share) if share > 0 => facts.push(say!("{share} % read")),
        _ => {}
    }
    if row.highlights > 0 {
        facts.push(counted!(row.highlights, "{n} highlight", "{n} highlights"));
    }
    if row.notes > 0 {
        facts.push(counted!(row.notes, "{n} note", "{n} notes"));
    }
    if row.claims > 0 {
        facts.push(counted!(row.claims, "{n} claim", "{n} claims"));
        facts.push(counted!(row.settled, "{n} settled", "{n} settled"));
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        article::{Article, Imprint, OriginForm, WebAddress},
        id::{ArticleId, GroupId, PersonId},
    };

    #[test]
    fn only_what_is_known_is_said() {
        let at: chrono::DateTime<chrono::Utc> = "2026-11-03T00:00:00Z".parse().unwrap();
        let article = Article {
            id: ArticleId::from_bits(1),
            group: GroupId::from_bits(1),
            title: "A note on ferries".to_owned(),
            added_by: PersonId::from_bits(1),
            added_at: at,
        };
        let row = |imprint, [highlights, notes, claims, settled]: [u32; 4]| LibraryRow {
            article: article.clone(),
            form: OriginForm::Html,
            imprint,
            words: 412,
            highlights,
            notes,
            claims,
            settled,
            read: None,
            sources: Vec::new(),
        };
        let read = |share| LibraryRow { read: Some(share), ..row(Imprint::default(), [0; 4]) };
        let address = WebAddress::parse("https://www.harbour.example/ferries");
        let full = Imprint {
            outlet: Some("Harbour News".to_owned()),
            byline: Some("Ilze Kalniņa".to_owned()),
            published: Some(at),
            address: address.clone(),
            ..Imprint::default()
        };
        let rows = [
            (row(Imprint::default(), [0; 4]), "2 min"),
            (read(0), "2 min"),
            (read(42), "2 min, 42 % read"),
            (read(100), "2 min, read"),
            (
                row(full, [2, 1, 1, 0]),
                "Harbour News, Ilze Kalniņa, published 3 Nov 2026, 2 min, 2 highlights, 1 note, 1 claim, 0 settled",
            ),
            (
                row(Imprint { address, ..Imprint::default() }, [0, 0, 2, 1]),
                "harbour.example, 2 min, 2 claims, 1 settled",
            ),
        ];
        for (row, expected) in rows {
            let said: Vec<_> = origin(&row).into_iter().chain(tallies(&row)).collect();
            assert_eq!(said.join(", "), expected);
        }
    }
}
