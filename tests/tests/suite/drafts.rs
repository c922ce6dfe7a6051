//! Drafts: they survive the end of the program, are removed when they are saved, and are never discarded without a
//! question.

use demo_hotel::{DemoHotel, Options};
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::ids::{DraftId, LocalId};
use hotelmate_core::records::{FieldEdit, FieldValue, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{Change, Draft, NewImage, SignOutChoice};

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

fn id(n: u8) -> DraftId {
    DraftId::from_random([n; 16])
}

fn draft(n: u8, entity: Option<LocalId>, content: &str) -> Draft {
    Draft { id: id(n), about: Kind::Offer, entity, title: "Tea".into(), content: content.into(), version: 1 }
}

async fn contents(test_desk: &TestDesk) -> Vec<String> {
    test_desk.desk.drafts().await.unwrap().into_iter().map(|kept| kept.draft.content).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_outlives_the_program_and_is_told_with_its_time() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let before = test_desk.desk.environment().now();
    test_desk.desk.save_draft(draft(1, None, "half a sent")).await.unwrap();
    let test_desk = test_desk.restart().await;
    let kept = test_desk.desk.drafts().await.unwrap().remove(0);
    assert_eq!(kept.draft, draft(1, None, "half a sent"));
    assert!(kept.there && kept.saved_at.as_millisecond() >= before.as_millisecond());
    test_desk.desk.discard_draft(id(1)).await.unwrap();
    test_desk.desk.discard_draft(id(1)).await.unwrap();
    assert!(contents(&test_desk).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_state_of_a_draft_never_replaces_a_newer_one() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let of = |version, content| Draft { version, ..draft(1, None, content) };
    test_desk.desk.save_draft(of(2, "newer")).await.unwrap();
    test_desk.desk.save_draft(of(1, "older")).await.unwrap();
    assert_eq!(contents(&test_desk).await, ["newer"]);
    test_desk.desk.save_draft(of(3, "newest")).await.unwrap();
    assert_eq!(contents(&test_desk).await, ["newest"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_drafts_hears_of_a_new_one_and_of_one_that_is_gone_and_not_of_every_word() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let mut feed = test_desk.desk.changes();
    let mut reported =
        || std::iter::from_fn(|| feed.try_recv().ok()).filter(|one| *one == Change::Drafts).count();
    test_desk.desk.save_draft(draft(1, None, "a")).await.unwrap();
    assert_eq!(reported(), 1);
    test_desk.desk.save_draft(Draft { version: 2, ..draft(1, None, "ab") }).await.unwrap();
    assert_eq!(reported(), 0);
    test_desk.desk.discard_draft(id(1)).await.unwrap();
    assert_eq!(reported(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_goes_with_the_intent_that_it_became_and_stays_where_that_was_refused() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let theirs = test_desk.titled("Midweek Escape").await.unwrap().local_id;
    let gallery = test_desk.desk.galleries().await.unwrap().galleries.remove(0).local_id;
    let photo = test_desk.desk.prepare_picture(picture(40)).await.unwrap().hash;
    for n in 1..=4 {
        test_desk.desk.save_draft(draft(n, None, "typed")).await.unwrap();
    }
    let from = |n| test_desk.desk.from_draft(Some(id(n)));
    let refused = from(1).create(Kind::Offer, offer(""), None).await.unwrap_err();
    assert_eq!((refused.code, contents(&test_desk).await.len()), (ErrorCode::Invalid, 4));
    from(1).create(Kind::Offer, offer("Tea"), None).await.unwrap();
    let tag = |text: &str| FieldValue::of("tag", text);
    let edit = FieldEdit { was: tag(""), now: tag("Slow") };
    from(2).edit(theirs, vec![edit]).await.unwrap();
    from(3).set_picture(theirs, Slot::Photo, Some(photo.clone())).await.unwrap();
    let image = NewImage { picture: photo, caption: String::new() };
    from(4).add_images(gallery, vec![image], None).await.unwrap();
    assert!(contents(&test_desk).await.is_empty());
    assert_eq!(test_desk.desk.outbox().await.unwrap().items.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_about_what_is_not_there_any_more_says_so() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let offers = test_desk.offers().await;
    let (removed, stays) = (offers[0].local_id, offers[1].local_id);
    test_desk.desk.save_draft(draft(1, Some(removed), "gone")).await.unwrap();
    test_desk.desk.save_draft(draft(2, Some(stays), "stays")).await.unwrap();
    test_desk.desk.delete_entity(removed).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    for kept in test_desk.desk.drafts().await.unwrap() {
        assert_eq!(kept.there, kept.draft.content == "stays");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_throws_no_draft_away_in_silence() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.desk.save_draft(draft(1, None, "typed")).await.unwrap();
    let refused = test_desk.desk.sign_out(SignOutChoice::IfNothingWaits).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::StillWaiting);
    assert_eq!(refused.message, "What you typed in 1 place is not saved.");
    test_desk.desk.sign_out(SignOutChoice::Keep).await.unwrap();
    let test_desk = test_desk.restart().await;
    assert_eq!(contents(&test_desk).await, ["typed"]);
    test_desk.desk.sign_out(SignOutChoice::Discard).await.unwrap();
    let test_desk = test_desk.restart().await;
    assert!(contents(&test_desk).await.is_empty());
}
