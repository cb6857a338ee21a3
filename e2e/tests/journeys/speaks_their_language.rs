//! Postil speaks the language that the browser asks for, and the one that a person chose before that; what moves in a page
//! speaks it too.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::json;

/// Texts of so many words.
const BRING: &str = "return Promise.all(arguments[0].map((count) => fetch('/api/v1/articles', {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ content: Array(count).fill('слово').join(' '), form: 'text', title: `Text ${count}` }),
  }))).then((answers) => answers.every((answer) => answer.ok))";

/// The language of the document, and what stands at the head of each such text.
const ROWS: &str = "const links = [...document.querySelectorAll('.shelf-title')];
    const head = (link) => fetch(link.href).then((answer) => answer.text())
      .then((page) => plain(new DOMParser().parseFromString(page, 'text/html').querySelector('.article-head').textContent));
    const heads = arguments[0].map((count) => head(links.find((link) => plain(link.textContent) === `Text ${count}`)));
    return Promise.all(heads).then((heads) => [document.documentElement.lang, ...heads])";

async fn rows(browser: &Browser, expected: [&str; 5]) {
    let counts = [json!([1, 2, 5, 21])];
    browser.visit("/").await;
    let rows = browser.run(ROWS, &counts).await;
    for (row, words) in rows.as_array().unwrap().iter().zip(expected) {
        assert!(row.as_str().unwrap().contains(words), "{words}: {rows}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn speaks_their_language() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    assert_eq!(browser.run(BRING, &[json!([1, 2, 5, 21])]).await, json!(true));
    rows(&browser, ["en", "1 word", "2 words", "5 words", "21 words"]).await;

    // The browser asks for Ukrainian.
    browser.asks_for("uk-UA,uk;q=0.9,en;q=0.5");
    rows(&browser, ["uk", "1 слово", "2 слова", "5 слів", "21 слово"]).await;
    browser.read("h1", "Бібліотека").await;
    let day = "const date = new Date(), months = ['січ.', 'лют.', 'бер.', 'квіт.', 'трав.', 'черв.', 'лип.', 'серп.', 'вер.', 'жовт.', 'лист.', 'груд.'];
               return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} р.`";
    let day = browser.run(day, &[]).await;
    browser.read(".shelf", day.as_str().unwrap()).await;

    // What moves in the page speaks it as well, before and after the browser takes it over.
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    browser.read(".margin", "Виділіть слова в тексті").await;
    let words = Words::Of(1, 0, 3).find(&browser).await;
    article::select(&browser, &words).await;
    browser.press("#bar", "Написати нотатку про ці слова (n)").await;
    browser.fill(".compose textarea", "Нотатка.").await;
    browser.press(".compose", "Зберегти нотатку").await;
    browser.read(".margin", "Відповісти").await;
    browser.press(".margin", "Прибрати").await;
    browser.press(".margin", "Прибрати цю нотатку").await;
    browser.read(".toast", "Нотатку прибрано").await;

    // What goes wrong is told in it.
    let refused = "return fetch('/api/v1/articles/AAAAAAAAAAAAAAAAAAAAAA').then((answer) => answer.json()).then(({ message }) => message)";
    assert_eq!(browser.run(refused, &[]).await, json!("Тут такого немає: стаття."));
    browser.complained_of("404").await;

    // What they choose counts more than what the browser asks for.
    browser.visit("/account").await;
    browser.choose("select[name=language]", "lv").await;
    browser.press("main .sift", "Застосувати").await;
    browser.read("h1", "Jūsu konts").await;
    rows(&browser, ["lv", "1 vārds", "2 vārdi", "5 vārdi", "21 vārds"]).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    browser.read(".margin", "Iezīmējiet tekstā vārdus").await;
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
    browser.close().await;
}
