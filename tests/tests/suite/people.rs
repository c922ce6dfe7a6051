//! Several people on one computer: each with a database, a queue and a token, and one of them on the screen.

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::test_desk::{colleague, token};
use desk_tests::{TestDesk, offer};
use hotelmate_core::account::Token;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::ids::MediaHash;
use hotelmate_core::model::IntentState;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{PersonView, RecordView, SignOutChoice};
use serde_json::json;

/// A hotel that can be closed and opened again.
struct Hotel {
    running: Option<DemoHotel>,
    options: Options,
    _folder: tempfile::TempDir,
}

impl Hotel {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options::default().seed(7).data(folder.path().join("hotel.sqlite"));
        let running = DemoHotel::start(options.clone()).await.unwrap();
        let options = options.port(running.port());
        Self { running: Some(running), options, _folder: folder }
    }

    fn now(&self) -> &DemoHotel {
        self.running.as_ref().unwrap()
    }

    async fn close(&mut self) {
        self.running.take().unwrap().stop().await;
    }

    async fn open_again(&mut self) {
        self.running = Some(DemoHotel::start(self.options.clone()).await.unwrap());
    }

    /// Lets a colleague change the tags of two offers while the desk cannot reach the hotel.
    async fn tags_elsewhere(&self, offers: [&RecordView; 2]) {
        let elsewhere = DemoHotel::start(self.options.clone().port(0)).await.unwrap();
        for offer in offers {
            let (id, tag) = (offer.id.unwrap(), FieldValue::of("tag", "Theirs"));
            colleague(&elsewhere, 2).await.edit(Kind::Offer, id, &[tag]).await.unwrap();
        }
        elsewhere.stop().await;
    }

    /// The paths of all writes that were sent with this token.
    fn writes_with(&self, token: &Token) -> Vec<String> {
        let header = format!("Token {}", token.expose());
        let hash = MediaHash::of(header.as_bytes()).to_string();
        let mut writes = Vec::new();
        for request in self.now().requests() {
            let is_write = request.method != "GET" && !request.path.contains("/login");
            if is_write && request.authorization_sha256.as_ref() == Some(&hash) {
                writes.push(format!("{} {}", request.method, request.path));
            }
        }
        writes
    }
}

/// Signs the hotel's n-th user in, beside those who are signed in already.
async fn sign_in(desk: &Desk, hotel: &DemoHotel, user: usize) {
    let user = hotel.users().swap_remove(user);
    desk.sign_in(&hotel.url(), &user.username, user.password.as_str()).await.unwrap();
}

/// Acts as this person. There is no key store here, and so no PIN.
async fn act_as(desk: &Desk, username: &str) -> Result<(), DeskError> {
    desk.act_as(username, || panic!("a person without a PIN was asked for it")).await
}

async fn person(desk: &Desk, username: &str) -> PersonView {
    let people = desk.people().await.people;
    people.into_iter().find(|person| person.username.as_deref() == Some(username)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_of_one_person_is_sent_as_that_person_while_another_works() {
    let mut hotel = Hotel::open().await;
    let desk = TestDesk::at(hotel.now(), 0).await;
    desk.until_live().await;
    let tokens = [token(hotel.now(), 0).await, token(hotel.now(), 1).await];
    let names = hotel.now().users().into_iter().map(|user| user.username).collect::<Vec<_>>();
    sign_in(&desk.desk, hotel.now(), 1).await;
    desk.until_titled("Midweek Escape").await;
    act_as(&desk.desk, &names[0]).await.unwrap();
    hotel.close().await;

    let mine = desk.titled("Midweek Escape").await.unwrap().local_id;
    desk.edit(mine, FieldValue::of("tag", "Of the first")).await;
    act_as(&desk.desk, &names[1]).await.unwrap();
    assert_eq!(desk.desk.outbox().await.unwrap().items, [], "each person has a queue of their own");
    desk.desk.create(Kind::Offer, offer("Of the second"), None).await.unwrap();
    let others = desk.desk.status().await.others;
    assert_eq!(others.iter().map(|work| (work.waiting, work.attention)).collect::<Vec<_>>(), [(1, 0)]);
    assert!(!others[0].name.is_empty());

    hotel.open_again().await;
    desk.desk.try_now().await;
    desk.until("both changes at the hotel", || async {
        let offers = hotel.now().offers();
        let first = offers.iter().any(|offer| offer["tag"] == "Of the first");
        let second = offers.iter().any(|offer| offer["title"] == "Of the second");
        (first && second).then_some(())
    })
    .await;
    desk.until("an empty queue of the first", || async {
        (person(&desk.desk, &names[0]).await.waiting == 0).then_some(())
    })
    .await;
    let [first, second] = tokens.map(|token| hotel.writes_with(&token));
    assert!(matches!(&first[..], [one] if one.starts_with("PATCH")), "{first:?}");
    assert!(matches!(&second[..], [one] if one.starts_with("POST")), "{second:?}");
    assert_eq!(desk.desk.status().await.others, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_says_what_colleagues_changed_and_what_of_ones_own_work_failed_conflicts_and_waits() {
    let mut hotel = Hotel::open().await;
    let desk = TestDesk::at(hotel.now(), 0).await;
    let names = hotel.now().users().into_iter().map(|user| user.username).collect::<Vec<_>>();
    sign_in(&desk.desk, hotel.now(), 1).await;
    act_as(&desk.desk, &names[0]).await.unwrap();
    desk.until_live().await;
    let offers = desk.offers().await;
    let [conflicts, fails, waits, changed] = [0, 1, 2, 3].map(|at| &offers[at]);

    hotel.close().await;
    for (offer, tag) in [(conflicts, "Mine"), (fails, "Refused"), (waits, "Later")] {
        desk.edit(offer.local_id, FieldValue::of("tag", tag)).await;
    }
    hotel.tags_elsewhere([conflicts, changed]).await;
    let rule = |offer: &RecordView, code, body| {
        let answer = Action::Status(StatusFault { code, body });
        Rule::new(answer).method("PATCH").path(&format!("*/offers/{}/", offer.id.unwrap()))
    };
    let refused = rule(fails, 400, Some(json!({"tag": ["Not like this."]})));
    hotel.options = hotel.options.faults(FaultPlan::of([refused, rule(waits, 503, None)]));
    hotel.open_again().await;
    desk.desk.try_now().await;
    desk.until("a failure and a conflict", || async {
        let items = desk.desk.outbox().await.unwrap().items;
        let is_any = |state| items.iter().any(|item| item.state == state);
        (is_any(IntentState::Conflict) && is_any(IntentState::Attention)).then_some(())
    })
    .await;
    act_as(&desk.desk, &names[1]).await.unwrap();
    let me = person(&desk.desk, &names[0]).await.person;
    let password = hotel.now().users().swap_remove(0).password;
    desk.desk.switch_by_password(&me, password.as_str().into()).await.unwrap();

    let card = desk.desk.handover().await.unwrap().unwrap();
    assert_eq!((card.failed, card.conflicts, card.waiting), (1, 1, 1));
    assert_eq!((card.unread, card.changes), (2, 2));
    assert_eq!(card.others, []);
    assert!(card.since.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_who_was_signed_in_is_still_there_after_a_kill() {
    let hotel = Hotel::open().await;
    let desk = TestDesk::at(hotel.now(), 0).await;
    sign_in(&desk.desk, hotel.now(), 1).await;
    desk.desk.create(Kind::Offer, offer("Of the second"), None).await.unwrap();
    desk.until_saved().await;
    let desk = desk.die().await;
    let people = desk.desk.people().await;
    assert_eq!((people.people.len(), people.locked), (2, false));
    // The token of the test's settings is the first person's; there is no key store here.
    let asked: Vec<_> = people.people.iter().map(|person| (person.is_shown, person.sign_in_needed)).collect();
    assert!(asked.contains(&(true, false)) && asked.contains(&(false, true)), "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_of_one_person_locks_the_desk_and_leaves_the_others_signed_in() {
    let hotel = Hotel::open().await;
    let desk = TestDesk::at(hotel.now(), 0).await;
    let names = hotel.now().users().into_iter().map(|user| user.username).collect::<Vec<_>>();
    sign_in(&desk.desk, hotel.now(), 1).await;
    assert_eq!(desk.desk.session().await.unwrap().username, names[1]);
    desk.desk.sign_out(SignOutChoice::Discard).await.unwrap();
    let people = desk.desk.people().await;
    assert_eq!((people.people.len(), people.locked), (1, true));
    assert_eq!(people.people[0].name, None, "a locked desk shows no names");
    assert_eq!(people.people[0].initials.chars().count(), 2);
    let refused = desk.desk.outbox().await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Locked);
    act_as(&desk.desk, &names[0]).await.unwrap();
    desk.until_titled("Midweek Escape").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_is_not_signed_in_here_cannot_be_acted_as() {
    let hotel = Hotel::open().await;
    let desk = TestDesk::at(hotel.now(), 0).await;
    let refused = act_as(&desk.desk, "stranger").await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);
    assert!(desk.desk.session().await.is_some());
}
