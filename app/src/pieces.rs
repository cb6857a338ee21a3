//! Small pieces that several pages use.

use crate::blocks::escape;
use chrono::{DateTime, Datelike, Timelike, Utc};
use domain::{
    claim::{ClaimState, Stance, Verdict},
    id::GroupId,
    source::SourceKind,
};
use leptos::prelude::*;
use phrases::{heard, say, t, t_in, view};

/// The group that a page was made for, told to all that it is made of.
#[derive(Debug, Clone, Copy)]
pub struct MadeFor(pub GroupId);

/// Where a form is sent that brings or changes something in the group that its page was made for, also when the person has
/// begun to work in another one meanwhile, in another window: what they typed must not end up among other people.
pub fn for_group(path: &str) -> String {
    use_context::<MadeFor>().map_or_else(|| path.to_owned(), |MadeFor(group)| format!("{path}?group={group}"))
}

/// What is wrong with what was typed.
#[component]
pub fn Wrong(
    /// What to say; nothing when nothing is wrong.
    trouble: Option<String>,
) -> impl IntoView {
    trouble.map(|trouble| view! { <p class="wrong" role="alert">{heard(&trouble)}</p> })
}

/// The field for the password of whoever is signed in.
#[component]
pub fn Password() -> impl IntoView {
    view! {
        <label class="field">
            <span>"Your password"</span>
            <input name="password" type="password" autocomplete="current-password" required />
        </label>
    }
}

/// The field for a code of the second step.
#[component]
pub fn Code(
    /// What it is called.
    label: &'static str,
    /// What else there is to say.
    hint: Option<&'static str>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input class="code-field" name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required maxlength="30" />
            {hint.map(|hint| view! { <small>{hint}</small> })}
        </label>
    }
}

/// What was typed, as the inside of a `textarea` (`inner_html`): as its child, Leptos would write it as it is, and what
/// looks like the end of the field would end it. The line break before it is the one that the parser drops there
/// (HTML, 13.2.6.4.7).
pub fn field_words(words: &str) -> String {
    let mut html = "\n".to_owned();
    escape(words, &mut html);
    html
}

/// A date as people write it: 23 Nov 2026. The machine's form stands beside it.
#[component]
pub fn Day(
    /// The instant, in UTC.
    at: DateTime<Utc>,
) -> impl IntoView {
    let machine = format!("{:04}-{:02}-{:02}", at.year(), at.month(), at.day());
    view! { <time datetime=machine>{day(at)}</time> }
}

/// An instant as people write it: 23 Nov 2026, 18:05 UTC.
#[component]
pub fn Moment(
    /// The instant, in UTC.
    at: DateTime<Utc>,
) -> impl IntoView {
    let machine = format!("{:04}-{:02}-{:02}T{:02}:{:02}Z", at.year(), at.month(), at.day(), at.hour(), at.minute());
    view! { <time datetime=machine>{moment(at)}</time> }
}

/// A date as people write it. Not chrono's own formatting: that is 10 KB for a browser to download.
pub fn day(at: DateTime<Utc>) -> String {
    date(at.day(), at.month0(), at.year().unsigned_abs())
}

/// A date as people write it; months count from 0.
pub fn date(day: u32, month: u32, year: u32) -> String {
    let month = named(month);
    say!("{day} {month} {year}")
}

/// An instant as people write it.
fn moment(at: DateTime<Utc>) -> String {
    format!("{}, {:02}:{:02} UTC", day(at), at.hour(), at.minute())
}

/// The name of a month, short, as it stands in a date.
fn named(month: u32) -> &'static str {
    match month {
        0 => t_in("in a date", "Jan"),
        1 => t_in("in a date", "Feb"),
        2 => t_in("in a date", "Mar"),
        3 => t_in("in a date", "Apr"),
        4 => t_in("in a date", "May"),
        5 => t_in("in a date", "Jun"),
        6 => t_in("in a date", "Jul"),
        7 => t_in("in a date", "Aug"),
        8 => t_in("in a date", "Sep"),
        9 => t_in("in a date", "Oct"),
        10 => t_in("in a date", "Nov"),
        _ => t_in("in a date", "Dec"),
    }
}

/// A verdict as a mark: never by its colour alone.
#[component]
pub fn VerdictMark(
    /// What holds.
    verdict: Verdict,
) -> impl IntoView {
    view! {
        <span class=format!("verdict verdict-{}", verdict.word())>
            <span class="verdict-sign" aria-hidden="true">{verdict_sign(verdict)}</span>
            " "
            <span class="verdict-word">{t(verdict.label())}</span>
        </span>
    }
}

/// How a claim stands, as a mark: its verdict; where it has none, how far the work on it is.
#[component]
pub fn ClaimMark(
    /// How far the work is.
    state: ClaimState,
    /// What was found.
    verdict: Option<Verdict>,
) -> impl IntoView {
    match verdict {
        Some(verdict) => view! { <VerdictMark verdict /> }.into_any(),
        None => view! {
            <span class=format!("verdict verdict-{}", state.word())>
                <span class="verdict-sign" aria-hidden="true"></span>
                " "
                <span class="verdict-word">{t(state.label())}</span>
            </span>
        }
        .into_any(),
    }
}

/// A verdict as one sign.
fn verdict_sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "✓",
        Verdict::HoldsInPart => "◐",
        Verdict::Misleading => "↯",
        Verdict::DoesNotHold => "✕",
        Verdict::Unproven => "?",
    }
}

/// A stance as one sign, beside the source's name.
pub fn stance_sign(stance: Stance) -> &'static str {
    match stance {
        Stance::Originates => "●",
        Stance::Repeats => "↻",
        Stance::Supports => "+",
        Stance::Disputes => "−",
        Stance::GivesContext => "i",
    }
}

/// A source behind a claim: its name, with how it stands to the claim.
#[component]
pub fn SourceBadge(
    /// What it is called.
    name: String,
    /// How it stands to the claim.
    stance: Stance,
) -> impl IntoView {
    view! {
        <span class=format!("badge stance-{}", stance.word()) title=format!("{name} {}", t(stance.label()))>
            <span class="stance-sign" aria-hidden="true">{stance_sign(stance)}</span>
            " "
            {name.clone()}
            <span class="stance-word">{format!(" {}", t(stance.label()))}</span>
        </span>
    }
}

/// The kinds of source, to choose from.
#[component]
pub fn KindOptions(
    /// The one that is chosen.
    chosen: String,
) -> impl IntoView {
    SourceKind::ALL
        .iter()
        .map(|kind| view! { <option value=kind.word() selected=chosen == kind.word()>{t(kind.label())}</option> })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::language::Language;

    #[test]
    fn what_was_typed_does_not_end_its_field() {
        assert_eq!(field_words("\na</textarea><b>"), "\n\na&lt;/textarea&gt;&lt;b&gt;");
    }

    #[test]
    fn a_date_is_written_as_the_language_has_it() {
        let rows = [
            (Language::English, "3 Nov 2026", "3 Nov 2026, 09:05 UTC"),
            (Language::Latvian, "2026. gada 3. nov.", "2026. gada 3. nov., 09:05 UTC"),
            (Language::Ukrainian, "3 лист. 2026 р.", "3 лист. 2026 р., 09:05 UTC"),
        ];
        let at = "2026-11-03T09:05:00Z".parse().unwrap();
        for (language, expected, exact) in rows {
            assert_eq!(phrases::within(language, || day(at)), expected);
            assert_eq!(phrases::within(language, || moment(at)), exact);
        }
    }
}
