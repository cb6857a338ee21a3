//! The letters that Postil sends, in the language that is spoken while they are written: plain text.

use chrono::{DateTime, Datelike, Timelike, Utc};
use domain::{
    activity::quoted,
    mail::Letter,
    notice::Notice,
    words::{PasskeyName, PersonName},
};
use phrases::{counted, heard, say, t, t_in};

/// When something ends, for a letter.
fn until(at: DateTime<Utc>) -> String {
    let month = match at.month0() {
        0 => t_in("in a letter", "January"),
        1 => t_in("in a letter", "February"),
        2 => t_in("in a letter", "March"),
        3 => t_in("in a letter", "April"),
        4 => t_in("in a letter", "May"),
        5 => t_in("in a letter", "June"),
        6 => t_in("in a letter", "July"),
        7 => t_in("in a letter", "August"),
        8 => t_in("in a letter", "September"),
        9 => t_in("in a letter", "October"),
        10 => t_in("in a letter", "November"),
        _ => t_in("in a letter", "December"),
    };
    let day = say!("{day} {month} {year}", day = at.day(), year = at.year());
    format!("{}, {:02}:{:02} UTC", day, at.hour(), at.minute())
}

fn letter(subject: &str, paragraphs: &[String]) -> Letter {
    Letter { subject: subject.to_owned(), body: paragraphs.join("\n\n") + "\n" }
}

/// Tells a person what concerns them, the newest first. `more` says that there is more than that; `end` is the link that
/// ends such letters.
pub fn notices(name: &PersonName, notices: &[Notice], more: bool, end: &str, home: &str) -> Letter {
    let count = notices.len();
    let subject = if more {
        counted!(count, "{n} thing and more concern you", "{n} things and more concern you")
    } else {
        counted!(count, "One thing concerns you", "{n} things concern you")
    };
    let page = format!("{home}/account/notices");
    let mut paragraphs =
        vec![say!("{name}, this concerns you on the Postil at {home}, and you have not seen it there yet.")];
    paragraphs.extend(notices.iter().map(|notice| {
        let place: Vec<String> = notice.title.iter().chain([&notice.group_name]).map(|name| quoted(name)).collect();
        let excerpt = notice.excerpt.as_ref().map(|words| format!("“{words}”\n")).unwrap_or_default();
        let (by, why) = (&notice.by_name, heard(notice.why.label()));
        format!("{by} {why}\n{excerpt}{} · {}\n{home}{}", place.join(" · "), until(notice.at), notice.path)
    }));
    if more {
        paragraphs.push(say!("There is more: {page}"));
    }
    let ends = t("To end them, open this link and say so there; nobody has to sign in for that:");
    paragraphs.push(say!("You are sent such letters because you chose them at {page}.") + "\n" + ends);
    paragraphs.push(end.to_owned());
    letter(&subject, &paragraphs)
}

/// Asks whether an address is this person's. `home` is the address of this Postil.
pub fn confirm(name: &PersonName, link: &str, ends_at: DateTime<Utc>, home: &str) -> Letter {
    let until = until(ends_at);
    letter(
        t("Confirm your mail address"),
        &[
            say!("Somebody who is signed in as {name} on the Postil at {home} says that this is their mail address."),
            say!("If that was you, open this link and confirm it. It is good until {until}:"),
            link.to_owned(),
            t("If it was not you, do nothing: without the link the address is not used.").to_owned(),
        ],
    )
}

/// Gives a person the link by which they choose another password.
pub fn forgotten(name: &PersonName, link: &str, ends_at: DateTime<Utc>, home: &str) -> Letter {
    let until = until(ends_at);
    letter(
        t("Choose another password"),
        &[
            say!("Somebody says that they have forgotten the password of {name} on the Postil at {home}."),
            say!("If that was you, open this link and choose another. It is good once, until {until}:"),
            link.to_owned(),
            t("If it was not you, do nothing: your password stays as it is. Hand the link to nobody.").to_owned(),
        ],
    )
}

/// Says that an account has a passkey more: who has taken one over would add their own.
pub fn passkey_added(name: &PersonName, passkey: &PasskeyName, home: &str) -> Letter {
    letter(
        t("Your account has a new passkey"),
        &[
            say!(
                "A passkey called “{passkey}” was added to the account of {name} on the Postil at {home}. Whoever has it can sign in without a password."
            ),
            say!(
                "If that was not you, remove it at {home}/account/passkeys, choose another password and sign out everywhere else."
            ),
        ],
    )
}

/// Says to the address before that another one takes its place.
pub fn moved(name: &PersonName, home: &str) -> Letter {
    letter(
        t("Your account has another mail address"),
        &[
            say!("The account of {name} on the Postil at {home} has another mail address now, or none. No mail about it comes here any more."),
            t("If that was not you, ask whoever looks after this Postil for help: somebody else may know your password.").to_owned(),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_notices_says_each_and_how_to_end_them() {
        use domain::{
            id::{GroupId, PersonId},
            notice::Why,
        };
        let name = PersonName::parse("Anna").unwrap();
        let one = Notice {
            ordinal: 1,
            group: GroupId::from_bits(1),
            group_name: "The desk".to_owned(),
            number: 2,
            why: Why::Answered,
            by: PersonId::from_bits(2),
            by_name: "Boris".to_owned(),
            at: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
            article: None,
            title: Some("The bridge".to_owned()),
            excerpt: Some("Since Monday.".to_owned()),
            path: "/articles/a#note-b".to_owned(),
            read: false,
        };
        let (end, home) = ("https://postil.example/unsubscribe/abc", "https://postil.example");
        let rows = [
            (1, false, "One thing concerns you"),
            (2, false, "2 things concern you"),
            (2, true, "2 things and more concern you"),
        ];
        let told = "Boris answered your note\n“Since Monday.”\nThe bridge · The desk · 15 January 2027, 08:00 UTC\n\
                    https://postil.example/articles/a#note-b\n\n";
        for (count, more, subject) in rows {
            let letter = notices(&name, &vec![one.clone(); count], more, end, home);
            assert_eq!(letter.subject, subject);
            assert_eq!(letter.body.matches(told).count(), count, "{}", letter.body);
            assert_eq!(letter.body.contains("There is more: https://postil.example/account/notices"), more);
            assert!(letter.body.ends_with(&format!("\n\n{end}\n")));
        }
    }

    #[test]
    fn a_letter_says_who_where_and_until_when() {
        let name = PersonName::parse("Anna").unwrap();
        let (link, home) = ("https://postil.example/reset/abc", "https://postil.example");
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        for letter in [confirm(&name, link, at, home), forgotten(&name, link, at, home)] {
            for words in ["Anna", home, "\n\nhttps://postil.example/reset/abc\n\n", "15 January 2027, 08:00 UTC"] {
                assert!(letter.body.contains(words), "{words}: {letter:?}");
            }
            assert!(!letter.subject.contains('\n'));
        }
    }
}
