//! The group's articles.

use crate::pieces::{Day, day};
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
        {empty.then(|| view! { <p class="lead">"No articles yet. Paste a text or a link, or drop a file, and read it here as a clean page."</p> })}
        <ul class="shelf">{library.articles.into_iter().map(|row| view! { <Row row /> }).collect_view()}</ul>
    }
}

#[component]
fn Row(row: LibraryRow) -> impl IntoView {
    let facts = facts(&row);
    view! {
        <li class="shelf-row">
            <a class="shelf-title" href=format!("/articles/{}", row.article.id) lang=row.imprint.language>
                {row.article.title}
            </a>
            <p class="text-sm text-faint">
                <Day at=row.article.added_at />
                {facts.into_iter().map(|fact| view! { <span class="dot">{fact}</span> }).collect_view()}
            </p>
            {(!row.sources.is_empty())
                .then(|| view! { <p class="text-sm text-faint">"Rests on " {row.sources.join(", ")}</p> })}
        </li>
    }
}

/// What there is to say of an article beside its title; what there is none of is not said.
fn facts(row: &LibraryRow) -> Vec<String> {
    let imprint = &row.imprint;
    let host = imprint.address.as_ref().and_then(|address| address.host());
    let published = imprint.published.map(|at| say!("published {day}", day = day(at)));
    let mut facts: Vec<String> =
        [imprint.outlet.clone().or(host), imprint.byline.clone(), published].into_iter().flatten().collect();
    facts.push(counted!(row.words, "{n} word", "{n} words"));
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
            (row(Imprint::default(), [0; 4]), "412 words"),
            (read(0), "412 words"),
            (read(42), "412 words, 42 % read"),
            (read(100), "412 words, read"),
            (
                row(full, [2, 1, 1, 0]),
                "Harbour News, Ilze Kalniņa, published 3 Nov 2026, 412 words, 2 highlights, 1 note, 1 claim, 0 settled",
            ),
            (
                row(Imprint { address, ..Imprint::default() }, [0, 0, 2, 1]),
                "harbour.example, 412 words, 2 claims, 1 settled",
            ),
        ];
        for (row, expected) in rows {
            assert_eq!(facts(&row).join(", "), expected);
        }
    }
}
