//! One headless Chromium: its windows, what is pressed and typed in it, and what it complained of.

use crate::{driver::Driver, postil::Postil, screen::Screen};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use fantoccini::{
    Client, ClientBuilder, Locator,
    elements::{Element, ElementRef},
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::{
    env, fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

/// The longest that anything may take to appear.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(20);

/// What every script begins with.
const PAGE: &str = include_str!("page.js");

/// A browser that visits one Postil. Whatever happens, it ends with the test.
pub struct Browser {
    client: Client,
    session: String,
    driver: Driver,
    home: String,
    /// What was downloaded, and the browser's profile.
    folder: TempDir,
}

impl Browser {
    /// Opens one, with nothing in it.
    pub async fn open(postil: &Postil, screen: Screen) -> Self {
        let folder = tempfile::tempdir().expect("this machine has a folder for temporary files");
        let driver = Driver::start();
        let Value::Object(capabilities) = screen.capabilities(folder.path()) else {
            unreachable!("it is written below")
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(capabilities).connect(&driver.address()).await.expect("Chromium starts");
        let session = client.session_id().await.expect("it answers").expect("a session has an id");
        let browser = Self { client, session, driver, home: postil.home(), folder };
        let downloads = json!({ "behavior": "allow", "downloadPath": browser.downloads() });
        browser.devtools("Browser.setDownloadBehavior", &downloads);
        browser
    }

    /// Goes to a page of Postil: to a path, or to a whole address.
    pub async fn visit(&self, place: &str) {
        let whole = if place.starts_with('/') { format!("{}{place}", self.home) } else { place.to_owned() };
        self.client.goto(&whole).await.expect("the page is there");
    }

    /// Runs a script in the page, with what `page.js` offers.
    pub async fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.attempt(script, arguments).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    async fn attempt(&self, script: &str, arguments: &[Value]) -> Result<Value, fantoccini::error::CmdError> {
        self.client.execute(&format!("{PAGE}\n{script}"), arguments.to_vec()).await
    }

    /// Runs a script until it gives something: not null, false, zero, or an empty string or list.
    pub async fn until(&self, what: &str, script: &str, arguments: &[Value]) -> Value {
        let mut last = String::new();
        let found = timeout(PATIENCE, async {
            loop {
                // A page that is being left has nothing to say; the next one will.
                match self.attempt(script, arguments).await {
                    Ok(value) if is_something(&value) => return value,
                    Ok(value) => last = value.to_string(),
                    Err(error) => last = error.to_string(),
                }
                sleep(PAUSE).await;
            }
        });
        match found.await {
            Ok(value) => value,
            Err(_) => panic!("waited in vain until {what}; the last answer was {last}"),
        }
    }

    /// Waits until the page's islands are awake.
    pub async fn ready(&self) {
        let script = "return document.documentElement.dataset.ready === 'true'";
        self.until("the page is awake (was the browser's half built? cargo xtask site)", script, &[]).await;
    }

    /// Presses what has this name in a part of the page, with a real click, as soon as there is exactly one.
    ///
    /// The name is what a screen reader says: the label, or else the words on it. The first part that the selector
    /// finds counts; an empty selector is the whole page.
    pub async fn press(&self, part: &str, name: &str) {
        let script = "const found = named(arguments[0], arguments[1]); return found.length === 1 ? found[0] : null";
        self.act(
            &format!("“{name}” in “{part}” is pressed"),
            script,
            &[json!(part), json!(name)],
            async |element| element.click().await,
        )
        .await;
    }

    /// Presses the one thing that the selector finds.
    pub async fn press_on(&self, selector: &str) {
        let what = format!("“{selector}” is pressed");
        self.act(&what, ONE, &[json!(selector)], async |element| element.click().await).await;
    }

    /// Types into the one field that the selector finds; what stood there is gone.
    pub async fn fill(&self, field: &str, words: &str) {
        let what = format!("“{field}” is filled");
        self.act(&what, ONE, &[json!(field)], async |element| {
            element.clear().await?;
            element.send_keys(words).await
        })
        .await;
    }

    /// Presses a key on the one thing that the selector finds, which has to take the focus.
    pub async fn key_on(&self, selector: &str, key: &str) {
        let what = format!("{key} is pressed on “{selector}”");
        self.act(&what, ONE, &[json!(selector)], async |element| element.send_keys(key).await).await;
    }

    /// Presses keys, one after another, wherever the focus is: characters, or names such as `Tab`, `Shift+Tab` and `Enter`.
    pub async fn keys(&self, keys: &[&str]) {
        for key in keys {
            let (key, modifiers) = key.strip_prefix("Shift+").map_or((*key, 0), |key| (key, 8));
            let text = match key {
                "Enter" => "\r",
                key if key.chars().count() == 1 => key,
                _ => "",
            };
            let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
            let code = match key {
                "Tab" => 9,
                "Enter" => 13,
                "Escape" => 27,
                " " => 32,
                "End" => 35,
                "ArrowLeft" => 37,
                "ArrowUp" => 38,
                "ArrowRight" => 39,
                "ArrowDown" => 40,
                _ => 0,
            };
            for kind in [down, "keyUp"] {
                let text = if kind == down { text } else { "" };
                let pressed = json!({
                    "type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code, "modifiers": modifiers,
                });
                self.devtools("Input.dispatchKeyEvent", &pressed);
            }
        }
    }

    /// Writes words where the focus is, as what one types with does that puts in more than a letter at a time.
    pub async fn types(&self, words: &str) {
        self.devtools("Input.insertText", &json!({ "text": words }));
    }

    /// Pastes into a field from the real clipboard: words, and the page that they were copied from when there is one.
    pub async fn paste(&self, field: &str, words: &str, page: Option<&str>) {
        let allowed = json!({ "origin": self.home, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.devtools("Browser.grantPermissions", &allowed);
        let copy = "const forms = { 'text/plain': new Blob([arguments[0]], { type: 'text/plain' }) };
                    if (arguments[1]) forms['text/html'] = new Blob([arguments[1]], { type: 'text/html' });
                    return navigator.clipboard.write([new ClipboardItem(forms)])";
        self.run(copy, &[json!(words), json!(page)]).await;
        self.press_on(field).await;
        // The keys for it differ from system to system, the command does not.
        let key = json!({ "type": "keyDown", "key": "v", "code": "KeyV", "modifiers": 2, "commands": ["paste"] });
        self.devtools("Input.dispatchKeyEvent", &key);
        self.devtools("Input.dispatchKeyEvent", &json!({ "type": "keyUp", "key": "v", "code": "KeyV" }));
        let pasted = "return document.querySelector(arguments[0]).value.length >= arguments[1].length";
        self.until("the words are pasted", pasted, &[json!(field), json!(words)]).await;
    }

    /// Chooses from a list by the value.
    pub async fn choose(&self, list: &str, value: &str) {
        let what = format!("“{value}” is chosen in “{list}”");
        self.act(&what, ONE, &[json!(list)], async |element| element.select_by_value(value).await).await;
    }

    /// Gives a file to a form.
    pub async fn attach(&self, field: &str, file: &Path) {
        let element = self.client.find(Locator::Css(field)).await.expect("the form takes a file");
        element.send_keys(&file.display().to_string()).await.expect("the file is taken");
    }

    /// Finds an element and does something to it, again when the page drew it anew or moved it meanwhile.
    async fn act<F>(&self, what: &str, script: &str, arguments: &[Value], act: F)
    where
        F: AsyncFn(Element) -> Result<(), fantoccini::error::CmdError>,
    {
        let mut last = "it is not there, or there is more than one".to_owned();
        let done = timeout(PATIENCE, async {
            loop {
                if let Ok(found) = self.attempt(script, arguments).await
                    && let Some(id) = found.as_object().and_then(|found| found.values().next()?.as_str())
                {
                    let element = Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()));
                    match act(element).await {
                        Ok(()) => return,
                        Err(error) => last = error.to_string(),
                    }
                }
                sleep(PAUSE).await;
            }
        });
        if done.await.is_err() {
            panic!("waited in vain until {what}: {last}");
        }
    }

    /// Waits until exactly one thing with this selector can be seen.
    pub async fn see(&self, selector: &str) {
        self.until(&format!("“{selector}” is seen"), ONE, &[json!(selector)]).await;
    }

    /// Waits until nothing with this selector can be seen.
    pub async fn gone(&self, selector: &str) {
        let script = "return [...document.querySelectorAll(arguments[0])].every((each) => !each.checkVisibility())";
        self.until(&format!("“{selector}” is gone"), script, &[json!(selector)]).await;
    }

    /// Waits until a part of the page says these words.
    pub async fn read(&self, part: &str, words: &str) {
        let script = "const part = document.querySelector(arguments[0]);
                      return !!part && plain(part.innerText).includes(plain(arguments[1]))";
        self.until(&format!("“{part}” says “{words}”"), script, &[json!(part), json!(words)]).await;
    }

    /// Loads the page again and waits until its islands are awake.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("the page comes again");
        self.ready().await;
    }

    /// Closes the tab and opens another. Gives the address of the page that was in it.
    pub async fn in_another_tab(&self) -> String {
        let address = self.client.current_url().await.expect("the page has an address").to_string();
        let old = self.client.window().await.expect("the tab has a name");
        let new = self.client.new_window(true).await.expect("another tab opens");
        self.client.switch_to_window(old).await.expect("the first tab is there");
        self.client.close_window().await.expect("it closes");
        self.client.switch_to_window(new.handle).await.expect("the other tab is there");
        address
    }

    /// The driver of windows, mice and fingers.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Speaks to Chromium itself (Chrome DevTools Protocol).
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.driver.ask(&self.session, "goog/cdp/execute", &body).expect("Chromium does as it is told")
    }

    /// Prints the page to a PDF file, in portrait on paper of this width and height in centimetres (WebDriver, 16.1).
    pub fn prints(&self, paper: [f64; 2], name: &str) -> PathBuf {
        // The page says its own margins.
        let wanted = json!({
            "page": { "width": paper[0], "height": paper[1] }, "background": false, "shrinkToFit": false,
        });
        let printed = self.driver.ask(&self.session, "print", &wanted).expect("it is printed");
        let bytes = BASE64.decode(printed.as_str().unwrap_or_default()).expect("chromedriver sends it as Base64");
        let file = self.folder.path().join(name);
        fs::write(&file, bytes).expect("this machine has room for it");
        if let Some(kept) = env::var_os("POSTIL_PRINTS") {
            let _ = fs::copy(&file, Path::new(&kept).join(name));
        }
        file
    }

    /// Gives the machine a device that keeps passkeys and always finds its person there and willing (Web Authentication, 11).
    /// The answer names it.
    pub fn has_a_device_for_passkeys(&self) -> String {
        let device = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true,
        });
        let id = self.driver.ask(&self.session, "webauthn/authenticator", &device).expect("it is there");
        id.as_str().expect("it has an id").to_owned()
    }

    /// The keys that a device has.
    pub fn device_keys(&self, device: &str) -> Value {
        let command = format!("webauthn/authenticator/{device}/credentials");
        self.driver.look(&self.session, &command).expect("it says what it has")
    }

    /// From now on it asks for pages in these languages.
    pub fn asks_for(&self, languages: &str) {
        self.devtools("Network.enable", &json!({}));
        let headers = json!({ "headers": { "accept-language": languages } });
        self.devtools("Network.setExtraHTTPHeaders", &headers);
    }

    /// From now on this script runs before any of a page's own.
    pub fn runs_first(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }));
    }

    /// Where downloads go.
    pub fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }

    /// Says that the page was refused on purpose: the browser complained of this status, and of nothing else.
    pub async fn complained_of(&self, status: &str) {
        let complaints = self.complaints();
        let expected = format!("the server responded with a status of {status} ");
        assert!(matches!(&complaints[..], [only] if only.contains(&expected)), "not only of {status}: {complaints:#?}");
    }

    /// Says that some pages were refused on purpose: the browser complained of this status, maybe often, and of nothing else.
    pub async fn complained_of_nothing_but(&self, status: &str) {
        let expected = format!("the server responded with a status of {status} ");
        let others: Vec<_> = self.complaints().into_iter().filter(|message| !message.contains(&expected)).collect();
        assert!(others.is_empty(), "not only of {status}: {others:#?}");
    }

    /// The errors that the browser logged since it was asked last.
    fn complaints(&self) -> Vec<String> {
        let console = self.driver.console(&self.session).expect("the console can be read");
        let severe =
            console.iter().filter(|entry| entry["level"] == "SEVERE").map(|entry| entry["message"].to_string());
        severe.filter(|message| !is_of_a_server_that_is_away(message)).collect()
    }

    /// Ends the journey.
    ///
    /// # Panics
    /// The browser logged an error, such as a refused script, a missing file or a panic of the page's own code.
    pub async fn close(self) {
        let complaints = self.complaints();
        assert!(complaints.is_empty(), "the browser complained: {complaints:#?}");
        self.client.clone().close().await.expect("Chromium ends");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if thread::panicking() {
            let page = json!({ "script": "return [location.href, document.body.innerText]", "args": [] });
            if let Ok(page) = self.driver.ask(&self.session, "execute/sync", &page) {
                eprintln!("the page was {}:\n{}", page[0], page[1].as_str().unwrap_or_default());
            }
            for entry in self.driver.console(&self.session).unwrap_or_default() {
                eprintln!("the browser said: {} {}", entry["level"], entry["message"]);
            }
        }
    }
}

/// A page looks for its server as long as it is away, and the browser complains of each try: that is no defect.
fn is_of_a_server_that_is_away(message: &str) -> bool {
    let is_away = ["net::ERR_CONNECTION_", "net::ERR_INTERNET_DISCONNECTED", "net::ERR_EMPTY_RESPONSE"];
    is_away.iter().any(|error| message.contains(error))
        || (message.contains("/seat?after=") && message.contains("WebSocket connection"))
}

/// The one element of this selector that is seen.
const ONE: &str = "const found = [...document.querySelectorAll(arguments[0])].filter((each) => each.checkVisibility());
                   return found.length === 1 ? found[0] : null";

fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(words) => !words.is_empty(),
        Value::Array(values) => !values.is_empty(),
        Value::Object(_) => true,
    }
}
