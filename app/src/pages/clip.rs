//! Send a page from one's own browser: the bookmarklet, and the form that it fills in.

use crate::{
    island::{Island, Shore},
    pieces::Wrong,
};
use domain::page::ClipForm;
use leptos::prelude::*;

/// The page.
#[component]
pub fn ClipPage(form: ClipForm) -> impl IntoView {
    let most_bytes = form.most_bytes as u64;
    let most = format!("{} MiB", most_bytes / (1024 * 1024));
    view! {
        <h1 class="title">"From your own browser"</h1>
        <Wrong trouble=form.trouble />
        <Shore island=Island::Clip values=most_bytes>
            <Taker most_bytes />
        </Shore>
        <section class="prose-plain">
            <p class="lead">
                "Some pages only you can see: behind a sign-in, a paywall, or script. The bookmarklet sends the page that you
                look at, as your browser shows it. It sends nothing until you click it, and only to this Postil."
            </p>
            <ol class="steps">
                <li>
                    "Drag this link to your bookmarks bar: "
                    <a class="bookmarklet" href=bookmarklet(&form.public_url) title="Drag me to the bookmarks bar">
                        "Add to Postil"
                    </a>
                </li>
                <li>"Open the article that you want, and click the bookmark."</li>
                <li>"A page of this Postil opens and shows what came. Click “Add this page”."</li>
            </ol>
            <p class="text-sm text-faint">
                {format!("A page may have {most}. ")}
                "Where the bookmarklet does not work, save the page in your browser (Ctrl+S, “Web page, single file”) and drop
                the file on " <a href="/add">"Add articles"</a> "."
            </p>
        </section>
    }
}

/// What the bookmark holds. It hands the page over to the window that it opens, and to no other origin.
fn bookmarklet(public_url: &str) -> String {
    let script = format!(
        "(()=>{{const p='{public_url}',w=open(p+'/clip#take'),\
         m={{postil:1,title:document.title,address:location.href,html:document.documentElement.outerHTML}};\
         if(!w){{alert('Allow this site to open a window, then try again.');return}}\
         let n=0;const t=setInterval(()=>{{if(++n>80)clearInterval(t);try{{w.postMessage(m,p)}}catch(e){{}}}},250);\
         addEventListener('message',e=>{{if(e.source===w&&e.data==='postil:taken')clearInterval(t)}})}})()"
    );
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        b'(' | b')' | b'=' | b'>' | b',' | b'.' | b';' | b':' | b'/' | b'+' | b'\'' | b'-' | b'_' | b'!' | b'?' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    format!("javascript:{}", script.bytes().map(encode).collect::<String>())
}

/// A page that a bookmarklet handed over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Taken {
    title: String,
    address: String,
    html: String,
}

/// What is known of the page that is to come.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(feature = "browser"), expect(dead_code, reason = "only a browser is handed a page"))]
enum Coming {
    /// Nobody has opened this window to hand a page over.
    No,
    /// A page is to come.
    Waiting,
    /// It has not come.
    Late,
    /// It is here.
    Here(Taken),
}

/// Takes the page that the bookmarklet hands over, and shows it before it is sent: any page could hand one over.
#[component]
pub fn Taker(
    /// The most bytes that are taken.
    most_bytes: u64,
) -> impl IntoView {
    let coming = RwSignal::new(Coming::No);
    #[cfg(feature = "browser")]
    browser::attend(coming);
    view! {
        <div role="status">
            {move || match coming.get() {
                Coming::No => ().into_any(),
                Coming::Waiting => view! { <p class="notice">"Waiting for the page …"</p> }.into_any(),
                Coming::Late => {
                    view! {
                        <p class="wrong">
                            "The page has not come. Some sites cut the tie to the window that they open: save the page in your
                            browser and drop the file on " <a href="/add">"Add articles"</a> "."
                        </p>
                    }
                        .into_any()
                }
                Coming::Here(page) => view! { <Here page most_bytes /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Here(page: Taken, most_bytes: u64) -> impl IntoView {
    let Taken { title, address, html } = page;
    let size = html.len() as u64;
    let fits = size <= most_bytes;
    let name = if title.is_empty() { address.clone() } else { title };
    view! {
        <form class="form clip" method="post" action="/clip" enctype="multipart/form-data">
            <p class="shelf-title">{name}</p>
            <p class="text-sm text-faint break-all">
                {address.clone()} <span class="dot">{format!("{} KiB", size.div_ceil(1024))}</span>
            </p>
            <input type="hidden" name="address" value=address />
            <textarea name="html" hidden prop:value=html></textarea>
            {if fits {
                view! { <button class="primary" type="submit">"Add this page"</button> }.into_any()
            } else {
                view! {
                    <p class="wrong">"This page is too large. Copy the article’s own text and paste it on " <a href="/add">"Add articles"</a> "."</p>
                }
                    .into_any()
            }}
        </form>
    }
}

/// What only a browser can do.
#[cfg(feature = "browser")]
mod browser {
    use super::{Coming, Taken};
    use leptos::{ev, prelude::*, web_sys};
    use std::time::Duration;
    use wasm_bindgen::{JsCast, JsValue};

    /// How long a page may take to come.
    const PATIENCE: Duration = Duration::from_secs(10);

    /// Waits for a page, when this window was opened to take one.
    pub fn attend(coming: RwSignal<Coming>) {
        if window().location().hash().ok().as_deref() != Some("#take") {
            return;
        }
        coming.set(Coming::Waiting);
        window_event_listener(ev::message, move |event: web_sys::MessageEvent| {
            let opener = window().opener().unwrap_or(JsValue::NULL);
            let from_opener = event.source().is_some_and(|source| JsValue::from(source) == opener);
            if !from_opener || matches!(coming.get_untracked(), Coming::Here(_)) {
                return;
            }
            if let Some(page) = page(&event.data()) {
                coming.set(Coming::Here(page));
                // It says only that something came, so anybody may hear it.
                let opener: web_sys::Window = opener.unchecked_into();
                let _ = opener.post_message(&JsValue::from_str("postil:taken"), "*");
            }
        });
        set_timeout(
            move || {
                if coming.get_untracked() == Coming::Waiting {
                    coming.set(Coming::Late);
                }
            },
            PATIENCE,
        );
    }

    fn page(data: &JsValue) -> Option<Taken> {
        let field = |name: &str| js_sys::Reflect::get(data, &JsValue::from_str(name)).ok();
        let text = |name: &str| field(name)?.as_string();
        (field("postil")?.as_f64() == Some(1.0)).then_some(())?;
        Some(Taken { title: text("title").unwrap_or_default(), address: text("address")?, html: text("html")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bookmarklet_is_an_address() {
        let address = bookmarklet("https://postil.example");
        assert!(address.starts_with("javascript:(()=>%7Bconst%20p='https://postil.example',w=open"), "{address}");
        assert!(!address.contains(['"', '<', ' ', '#', '&']), "{address}");
    }
}
