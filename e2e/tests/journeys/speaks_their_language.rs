//! Postil speaks the language that the browser asks for, and the one that a person chose before that; what moves in a page
//! speaks it too.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::{Value, json};

/// Brings texts of so many words: their addresses.
const BRING: &str = "return Promise.all(arguments[0].map((count) => fetch('/api/v1/articles', {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ content: Array(count).fill('слово').join(' '), form: 'text', title: `Text ${count}` }),
  }).then((answer) => answer.json()).then(({ id }) => `/articles/${id}`)))";

/// What the pages of texts say below their titles, behind the language of each.
const HEADS: &str = "return Promise.all(arguments[0].map(async (address) => {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
    return `${page.documentElement.lang}: ${page.querySelector('.article-head').textContent}`;
  }))";

async fn heads(browser: &Browser, texts: &Value, language: &str, expected: [&str; 4]) {
    let heads = browser.run(HEADS, std::slice::from_ref(texts)).await;
    for (head, words) in heads.as_array().unwrap().iter().zip(expected) {
        let head = head.as_str().unwrap();
        assert!(head.starts_with(&format!("{language}: ")) && head.contains(words), "{words}: {head}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn speaks_their_language() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    let sample = browser.run("return document.querySelector('.shelf-title').getAttribute('href')", &[]).await;
    let sample = sample.as_str().unwrap();
    let texts = browser.run(BRING, &[json!([1, 2, 5, 21])]).await;
    heads(&browser, &texts, "en", ["1 word", "2 words", "5 words", "21 words"]).await;

    // The browser asks for Ukrainian.
    browser.asks_for("uk-UA,uk;q=0.9,en;q=0.5");
    heads(&browser, &texts, "uk", ["1 слово", "2 слова", "5 слів", "21 слово"]).await;
    browser.visit("/").await;
    browser.read("h1", "Бібліотека").await;
    let day = "const date = new Date(), months = ['січ.', 'лют.', 'бер.', 'квіт.', 'трав.', 'черв.', 'лип.', 'серп.', 'вер.', 'жовт.', 'лист.', 'груд.'];
               return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} р.`";
    let day = browser.run(day, &[]).await;
    browser.read(".shelf", day.as_str().unwrap()).await;

    // What moves in the page speaks it as well, before and after the browser takes it over.
    browser.visit(sample).await;
    browser.ready().await;
    browser.read(".margin", "Виділіть слова в тексті").await;
    let words = Words::Of(1, 0, 3).find(&browser).await;
    article::select(&browser, &words).await;
    browser.press("#bar", "Нотатка").await;
    browser.fill("#cards textarea[name=body]", "Нотатка.").await;
    browser.press("#cards .compose", "Зберегти нотатку").await;
    browser.read("#undoable", "Нотатку додано").await;
    browser.read("#cards .note", "Прибрати").await;

    // What goes wrong is told in it.
    let refused = "return fetch('/api/v1/articles/AAAAAAAAAAAAAAAAAAAAAA').then((answer) => answer.json()).then(({ message }) => message)";
    assert_eq!(browser.run(refused, &[]).await, json!("Тут такого немає: стаття."));
    browser.complained_of("404").await;

    // What they choose counts more than what the browser asks for.
    browser.visit("/account").await;
    browser.choose("select[name=language]", "lv").await;
    browser.press("main .sift", "Застосувати").await;
    browser.read("h1", "Jūsu konts").await;
    heads(&browser, &texts, "lv", ["1 vārds", "2 vārdi", "5 vārdi", "21 vārds"]).await;
    browser.visit(sample).await;
    browser.ready().await;
    browser.read(".margin", "Rakstīt piezīmi par visu rakstu").await;
    browser.close().await;
}

/// Whose language it is does not matter where nobody is signed in, and no script is needed for it.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_visit_is_in_their_language() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::WithoutScript).await;
    browser.asks_for("lv");
    browser.visit("/").await;
    browser.read("h1", "Laipni lūdzam Postil").await;
    browser.fill("input[name=name]", owner::NAME).await;
    browser.fill("input[name=password]", "īsa").await;
    browser.run("document.querySelector('input[name=password]').removeAttribute('minlength')", &[]).await;
    browser.press("main", "Izveidot kontu").await;
    browser.read(".wrong", "Parolē ir vismaz 10 rakstzīmes").await;
    browser.complained_of("422").await;
    browser.close().await;
}
