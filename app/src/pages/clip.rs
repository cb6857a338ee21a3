//! Send a page from one's own browser: the bookmarklet, and the form that it fills in.

use crate::{
    island::{Island, Shore},
    pieces::{Wrong, for_group},
};
use domain::page::ClipForm;
use leptos::prelude::*;
use phrases::{say, view};

/// The page. What the bookmarklet hands over is shown before it is sent: any page could hand one over.
#[component]
pub fn ClipPage(form: ClipForm) -> impl IntoView {
    let most_bytes = form.most_bytes as u64;
    let most = say!("{mib} MiB", mib = most_bytes / (1024 * 1024));
    view! {
        <h1 class="title">"From your own browser"</h1>
        <Wrong trouble=form.trouble />
        <Shore island=Island::Clip values=most_bytes>
            <div role="status">
                <p class="notice" id="clip-waiting" hidden>"Waiting for the page …"</p>
                <p class="wrong" id="clip-late" hidden>
                    "The page has not come. Some sites cut the tie to the window that they open: save the page in your browser
                    and drop the file on " <a href="/add">"Add articles"</a> "."
                </p>
                <p class="wrong" id="clip-large" hidden>
                    "This page is too large. Copy the article’s own text and paste it on " <a href="/add">"Add articles"</a> "."
                </p>
            </div>
            <form class="form clip" id="clip" method="post" action=for_group("/clip") enctype="multipart/form-data" hidden>
                <p class="shelf-title" id="clip-title"></p>
                <p class="text-sm text-faint" id="clip-address"></p>
                <input type="hidden" name="address" />
                <input type="hidden" name="html" />
                <button class="primary" type="submit">"Add this page"</button>
            </form>
        </Shore>
        <section>
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
                {say!("A page may have {most}. ")}
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
         let n=0;const t=setInterval(()=>{{if(++n>40){{clearInterval(t);\
         alert('Postil has not taken the page. Sign in there and try again, or save the page and drop the file.')}}\
         else try{{w.postMessage(m,p)}}catch(e){{}}}},250);\
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
