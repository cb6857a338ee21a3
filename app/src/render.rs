//! One page becomes one HTML document.

use crate::{fonts, pages, pieces::MadeFor, shell::Shell};
use domain::{
    page::{Font, Page, Sheet, Site},
    passkey::MAX_PASSKEYS,
};
use leptos::prelude::*;
use phrases::{say, t, view};

/// Draws a page. It asks nobody anything: all it shows is in the sheet.
pub fn render(sheet: Sheet) -> String {
    let owner = Owner::new();
    let files = sheet.site.fonts.clone();
    let face = sheet.visitor.as_ref().map(|visitor| visitor.look.face).unwrap_or_default();
    let html = owner.with(|| {
        let Sheet { visitor, page, site } = sheet;
        if let Some(visitor) = &visitor {
            provide_context(MadeFor(visitor.group.id));
        }
        let title = title(&page);
        // A public page has no script, and search engines are told what its editors want.
        let public = matches!(page, Page::Public(_));
        let unlisted = matches!(&page, Page::Public(sheet) if !sheet.reading.terms.indexed);
        let site = if public { Site { boot: None, preload: Vec::new(), manifest: None, ..site } } else { site };
        // Only where the page has a place for it.
        let asks = match &page {
            Page::SignIn(form) => form.passkeys.is_some(),
            Page::Passkeys(sheet) => sheet.passkeys.origin.is_some() && sheet.passkeys.passkeys.len() < MAX_PASSKEYS,
            _ => false,
        };
        let site = Site { passkeys: site.passkeys.filter(|_| asks), ..site };
        let wide = matches!(page, Page::Reader(_) | Page::Paper(_) | Page::Claims(_) | Page::Public(_));
        let here = section(&page);
        let look = visitor.as_ref().map(|visitor| visitor.look).unwrap_or_default();
        let role = visitor.as_ref().map(|visitor| visitor.role);
        let palette = visitor.as_ref().map(|visitor| visitor.group.palette.clone());
        let body = match page {
            Page::Welcome(form) => view! { <pages::account::Welcome form /> }.into_any(),
            Page::SignIn(form) => view! { <pages::account::SignIn form /> }.into_any(),
            Page::Account(sheet) => view! { <pages::own_account::OwnAccountPage sheet=*sheet look /> }.into_any(),
            Page::ApiTokens(sheet) => view! { <pages::api_tokens::ApiTokensPage sheet=*sheet /> }.into_any(),
            Page::Departure(sheet) => view! { <pages::departure::DeparturePage sheet=*sheet /> }.into_any(),
            Page::Departed => view! { <pages::departure::Departed /> }.into_any(),
            Page::People(sheet) => view! { <pages::people::PeoplePage sheet=*sheet /> }.into_any(),
            Page::Reset(sheet) => view! { <pages::reset::ResetPage sheet /> }.into_any(),
            Page::Mail(sheet) => view! { <pages::mail::MailPage sheet=*sheet /> }.into_any(),
            Page::Confirm(sheet) => view! { <pages::mail::ConfirmPage sheet /> }.into_any(),
            Page::Forgotten(sheet) => view! { <pages::mail::ForgottenPage sheet /> }.into_any(),
            Page::SecondStep(sheet) => view! { <pages::second_step::SecondStepPage sheet=*sheet /> }.into_any(),
            Page::Passkeys(sheet) => view! { <pages::passkeys::PasskeysPage sheet=*sheet /> }.into_any(),
            Page::Code(form) => view! { <pages::second_step::CodePage form /> }.into_any(),
            Page::Team(sheet) => view! { <pages::team::TeamPage sheet=*sheet /> }.into_any(),
            Page::Library(library) => view! { <pages::library::LibraryPage library role /> }.into_any(),
            Page::Add(form) => view! { <pages::add::AddPage form /> }.into_any(),
            Page::Arrivals(arrivals) => view! { <pages::arrivals::ArrivalsPage arrivals role /> }.into_any(),
            Page::Clip(form) => view! { <pages::clip::ClipPage form /> }.into_any(),
            Page::Inbox(inbox) => view! { <pages::inbox::InboxPage inbox role /> }.into_any(),
            Page::Feeds(sheet) => view! { <pages::feeds::FeedsPage sheet=*sheet role /> }.into_any(),
            Page::Reader(reading) => view! { <pages::article::ArticlePage reading=*reading look /> }.into_any(),
            Page::Paper(sheet) => {
                let by = visitor.as_ref().map(|visitor| visitor.person.name.to_string()).unwrap_or_default();
                view! { <pages::paper::PaperPage sheet=*sheet by /> }.into_any()
            }
            Page::Revisions(sheet) => view! { <pages::revisions::RevisionsPage sheet=*sheet role /> }.into_any(),
            Page::Changes(changes) => view! { <pages::changes::ChangesPage changes=*changes /> }.into_any(),
            Page::Claims(board) => view! { <pages::claims::ClaimsPage board /> }.into_any(),
            Page::Sources(list) => view! { <pages::sources::SourcesPage list role /> }.into_any(),
            Page::Source(form) => view! { <pages::sources::SourcePage form=*form role /> }.into_any(),
            Page::Colours(form) => view! { <pages::colours::ColoursPage form palette role /> }.into_any(),
            Page::Notices(sheet) => view! { <pages::notices::NoticesPage sheet=*sheet /> }.into_any(),
            Page::Unsubscribe(sheet) => view! { <pages::mailing::UnsubscribePage sheet /> }.into_any(),
            Page::Webhooks(sheet) => view! { <pages::webhooks::WebhooksPage sheet=*sheet /> }.into_any(),
            Page::Activity(sheet) => view! { <pages::activity::ActivityPage sheet=*sheet /> }.into_any(),
            Page::ClaimHistory(sheet) => view! { <pages::activity::ClaimHistoryPage sheet=*sheet /> }.into_any(),
            Page::Groups(sheet) => view! { <pages::groups::GroupsPage sheet=*sheet /> }.into_any(),
            Page::Group(page) => view! { <pages::group::GroupPageView page=*page /> }.into_any(),
            Page::Join(sheet) => view! { <pages::join::JoinPage sheet=*sheet visitor=visitor.clone() /> }.into_any(),
            Page::DeadLink => view! { <pages::join::DeadLinkPage /> }.into_any(),
            Page::SignUp(form) => view! { <pages::account::SignUp form /> }.into_any(),
            Page::Public(sheet) => view! { <pages::public::PublicPage sheet=*sheet /> }.into_any(),
            Page::Publish(sheet) => view! { <pages::publish::PublishPage sheet=*sheet /> }.into_any(),
            Page::Comments(queue) => view! { <pages::comments::CommentsPage queue /> }.into_any(),
            Page::Trouble(trouble) => {
                let group = visitor.as_ref().map(|visitor| visitor.group.id);
                view! { <pages::trouble::TroublePage trouble group /> }.into_any()
            }
        };
        view! { <Shell site title visitor wide unlisted here>{body}</Shell> }.to_html()
    });
    owner.unset_with_forced_cleanup();
    // What a page needs is known when it is drawn.
    let preload = |font: &Font| {
        let href = &font.href;
        format!("<link rel=\"preload\" as=\"font\" type=\"font/woff2\" href=\"{href}\" crossorigin=\"\">")
    };
    let preloads: String = fonts::needed(&files, &html, face).into_iter().map(preload).collect();
    let (head, rest) = html.split_once("</title>").unwrap_or(("", &html));
    format!("<!DOCTYPE html>{head}</title>{preloads}{rest}")
}

/// Where in the way from page to page one is: the address there, and whether it is just that page.
fn section(page: &Page) -> Option<(&'static str, bool)> {
    match page {
        Page::Library(_) => Some(("/", true)),
        Page::Reader(_)
        | Page::Revisions(_)
        | Page::Changes(_)
        | Page::Publish(_)
        | Page::Add(_)
        | Page::Arrivals(_) => Some(("/", false)),
        Page::Inbox(_) => Some(("/inbox", true)),
        Page::Feeds(_) => Some(("/inbox", false)),
        Page::Claims(_) => Some(("/claims", true)),
        Page::ClaimHistory(_) => Some(("/claims", false)),
        Page::Sources(_) => Some(("/sources", true)),
        Page::Source(_) => Some(("/sources", false)),
        Page::Colours(_) => Some(("/colours", true)),
        Page::Activity(_) => Some(("/activity", true)),
        Page::Comments(_) => Some(("/comments", true)),
        _ => None,
    }
}

fn title(page: &Page) -> String {
    match page {
        Page::Welcome(_) => t("Welcome").to_owned(),
        Page::SignIn(_) => t("Sign in").to_owned(),
        Page::Account(_) => t("Your account").to_owned(),
        Page::ApiTokens(_) => t("Tokens").to_owned(),
        Page::Departure(_) => t("Delete your account").to_owned(),
        Page::Departed => t("Your account is deleted").to_owned(),
        Page::People(_) => t("People").to_owned(),
        Page::Reset(_) => t("Another password").to_owned(),
        Page::Mail(_) => t("Your mail address").to_owned(),
        Page::Confirm(_) => t("Confirm a mail address").to_owned(),
        Page::Forgotten(_) => t("Forgotten your password?").to_owned(),
        Page::SecondStep(_) => t("A second step at the sign-in").to_owned(),
        Page::Passkeys(_) => t("Passkeys").to_owned(),
        Page::Code(_) => t("One more step").to_owned(),
        Page::Team(_) => t("Your team’s sign-in").to_owned(),
        Page::Library(_) => t("Library").to_owned(),
        Page::Add(_) => t("Add articles").to_owned(),
        Page::Arrivals(_) => t("On their way").to_owned(),
        Page::Clip(_) => t("From your own browser").to_owned(),
        Page::Inbox(_) => t("Inbox").to_owned(),
        Page::Feeds(_) => t("Feeds").to_owned(),
        Page::Reader(reading) => reading.article.title.clone(),
        Page::Paper(sheet) => sheet.reading.article.title.clone(),
        Page::Revisions(sheet) => say!("Readings of {title}", title = sheet.history.article.title),
        Page::Changes(changes) => say!("What changed in {title}", title = changes.article.title),
        Page::Claims(_) => t("Claims").to_owned(),
        Page::Sources(_) => t("Sources").to_owned(),
        Page::Source(form) => form.source.as_ref().map_or(t("New source").to_owned(), |source| source.name.clone()),
        Page::Colours(_) => t("Colours").to_owned(),
        Page::Notices(_) => t("What concerns you").to_owned(),
        Page::Unsubscribe(_) => t("No more letters").to_owned(),
        Page::Webhooks(_) => t("Webhooks").to_owned(),
        Page::Activity(_) => t("Activity").to_owned(),
        Page::ClaimHistory(sheet) => sheet.history.claim.statement.to_string(),
        Page::Groups(_) => t("Groups").to_owned(),
        Page::Group(page) => page.sheet.name.clone(),
        Page::Join(sheet) => say!("Join {name}", name = sheet.invited.name),
        Page::DeadLink => "A link".to_owned(),
        Page::SignUp(_) => t("Make an account").to_owned(),
        Page::Public(sheet) => sheet.reading.title.clone(),
        Page::Publish(sheet) => say!("Public page of {title}", title = sheet.article.title),
        Page::Comments(_) => t("Comments").to_owned(),
        Page::Trouble(trouble) => pages::trouble::heading(trouble.status).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::page::PublicSheet;
    use serde_json::json;

    #[test]
    fn a_public_page_has_no_script_and_says_who_may_list_it() {
        for indexed in [false, true] {
            let reading = json!({
                "title": "A <title>", "imprint": {}, "number": 1, "taken_at": "2026-03-01T12:00:00Z", "blocks": [],
                "repairs": [], "undone": [], "pictures": [], "marks": [], "claims": [], "notes": [], "comments": [],
                "terms": {"indexed": indexed},
            });
            let sheet = PublicSheet {
                token: "a".repeat(43).parse().unwrap(),
                reading: serde_json::from_value(reading).unwrap(),
                form: None,
            };
            let site =
                Site { boot: Some("/boot.js".to_owned()), preload: vec!["/a.wasm".to_owned()], ..Site::default() };
            let html = render(Sheet { visitor: None, page: Page::Public(Box::new(sheet)), site });
            assert!(!html.contains("<script") && !html.contains("a.wasm"), "{html}");
            assert!(html.contains("A &lt;title&gt;"), "{html}");
            assert_eq!(html.contains("name=\"robots\" content=\"noindex, nofollow\""), !indexed, "{html}");
        }
    }
}
