//! Writers that go away before they have told what they kept, and those in other processes.

use super::{Scene, write};
use domain::{
    ask::WriteNote,
    event::Change,
    id::PersonId,
    note::About,
    permission::{Annotator, Member, Role},
    words::NoteBody,
};
use server::{actions::write_note, house::House};
use std::{pin::pin, time::Duration};
use store::{Store, event::Happening};
use tokio::time::timeout;

async fn member(house: &House, person: PersonId) -> Member<Annotator> {
    let mut snapshot = house.store.snapshot().await.unwrap();
    store::group::memberships(&mut snapshot, person).await.unwrap()[0].at_least().unwrap()
}

/// The number of the last event, when all who were writing have ended.
async fn last(house: &House, by: Member<Annotator>) -> u64 {
    drop(house.store.begin().await.unwrap());
    let mut snapshot = house.store.snapshot().await.unwrap();
    store::event::last(&mut snapshot, by.group()).await.unwrap()
}

/// A request whose browser goes away is dropped wherever it waits: between the commit and the telling too.
#[tokio::test]
async fn what_was_kept_is_told_although_its_writer_is_gone() {
    let scene = Scene::new().await;
    let (house, article) = (&scene.desk.house, scene.article);
    let by = member(house, scene.owner.reading(article).await.margin.you).await;
    let mut known = last(house, by).await;
    let mut seat = scene.sit(&scene.owner, known).await;
    let (mut answers, mut kept_unanswered) = (0, 0);
    for round in 0..100 {
        // How far it comes with so many polls is the machine's whim; in all rounds together it comes everywhere.
        let polls = 1 + round % 24;
        let ask = WriteNote {
            about: About::Article(article),
            body: NoteBody::parse(&format!("{round}.")).unwrap(),
            visibility: None,
            id: None,
        };
        let answered = {
            let mut writing = pin!(write_note::write(house, by, article, ask));
            let mut left = polls;
            // It is asked so often how far it is, and then no more.
            std::future::poll_fn(|context| {
                if left == 0 {
                    return std::task::Poll::Ready(None);
                }
                left -= 1;
                writing.as_mut().poll(context).map(Some)
            })
            .await
        };
        let now = last(house, by).await;
        assert!(now - known <= 1);
        if now > known {
            // No event comes behind it that could bring it along.
            let told = timeout(Duration::from_secs(5), seat.events_until(now)).await;
            let told = told.unwrap_or_else(|_| panic!("event {now} is not told, its writer went after {polls} polls"));
            assert_eq!(told.len(), 1);
            kept_unanswered += u32::from(answered.is_none());
            known = now;
        }
        if let Some(event) = answered {
            assert_eq!(event.unwrap().number, now);
            answers += 1;
        }
    }
    assert!(answers > 0 && kept_unanswered > 0, "{answers} answered, {kept_unanswered} kept whose writer was gone");
    write(&scene.owner, article, "And on.").await;
    assert_eq!(seat.events_until(known + 1).await.len(), 1);
}

#[tokio::test]
async fn what_another_process_writes_is_told() {
    let scene = Scene::new().await;
    let house = scene.desk.house.clone();
    let by = member(&house, scene.owner.reading(scene.article).await.margin.you).await;
    let known = last(&house, by).await;
    let mut seat = scene.sit(&scene.owner, known).await;
    let hub = house.hub.clone();
    let looking = tokio::spawn(async move { hub.look_out().await });
    let other = Store::open(&house.config.data).await.unwrap();
    let mut tx = other.begin().await.unwrap();
    let change = Change::ArrivalsBrought { count: 1 };
    let happening = Happening {
        group: by.group(),
        article: None,
        by: by.person(),
        at: server::clock::now(),
        only_for: None,
        undoes: None,
        change,
    };
    store::event::append(&mut tx, happening).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(seat.events_until(known + 1).await.len(), 1);
    looking.abort();
}

/// `sign_up::add_person` writes one event in a group beside the one of its own act.
#[tokio::test]
async fn a_new_member_is_told_of_in_the_group() {
    let scene = Scene::new().await;
    let house = &scene.desk.house;
    let you = scene.owner.reading(scene.article).await.margin.you;
    let by = member(house, you).await;
    let known = last(house, by).await;
    let mut seat = scene.sit(&scene.owner, known).await;
    let name = domain::words::PersonName::parse("Rita").unwrap();
    let password = domain::person::Password::new(crate::desk::PASSWORD).unwrap();
    let join = Some((by.at_least().unwrap(), Role::Reader));
    server::actions::sign_up::add_person(house, name, password, join).await.unwrap();
    let told = seat.events_until(known + 1).await;
    assert!(matches!(&told[..], [event] if matches!(&event.change, Change::MemberJoined(_))), "{told:?}");
}
