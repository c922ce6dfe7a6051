//! Texts and names of guests are in no file of this computer as they are.

use std::path::Path;

use desk_tests::TestDesk;
use desk_tests::guest::{ROOM_101, shares, writes};
use desk_tests::picture;
use hotelmate_core::desk::Mode;
use hotelmate_core::error::ErrorCode;
use hotelmate_core::ids::DraftId;
use hotelmate_core::resources::Kind;
use hotelmate_core::settings::Settings;
use hotelmate_core::views::{Draft, MessageView};

use super::{RECEPTIONIST, hotel, live_desk, of_room, until_message};

const SECRET: &str = "Our safe is open";

/// Returns the files below a folder that contain a text.
pub(super) fn files_with(folder: &Path, text: &str) -> Vec<String> {
    files_where(folder, &|bytes| String::from_utf8_lossy(bytes).contains(text))
}

fn files_where(folder: &Path, holds: &dyn Fn(&[u8]) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_where(&path, holds));
        } else if holds(&std::fs::read(&path).unwrap()) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn what_guests_and_staff_write_is_sealed_on_the_disk_and_so_are_the_names_of_guests() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, RECEPTIONIST).await;
    test_desk.until_live().await;
    let conversation = of_room(&test_desk, "101").await;
    writes(&hotel, ROOM_101, SECRET).await;
    until_message(&test_desk, conversation.id, "the guest's message", |one| one.text == SECRET).await;
    hotel
        .set_faults(demo_hotel::FaultPlan::of([demo_hotel::Rule::new(demo_hotel::Action::DropBeforeCommit)]))
        .unwrap();
    test_desk.desk.say(conversation.id, "Code is 47110815".to_owned(), None).await.unwrap();
    let draft = Draft {
        id: DraftId::from_random([7; 16]),
        about: Kind::Conversation,
        entity: Some(conversation.id),
        title: "101".to_owned(),
        content: "{\"text\":\"Half a word\"}".to_owned(),
        version: 1,
    };
    test_desk.desk.save_draft(draft.clone()).await.unwrap();
    assert_eq!(test_desk.desk.drafts().await.unwrap()[0].draft, draft);
    assert!(!test_desk.activities().await.is_empty());
    for text in [SECRET, "47110815", "Half a word", conversation.guest.as_str()] {
        assert_eq!(files_with(&test_desk.folder(), text), Vec::<String>::new(), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_guests_file_is_on_the_disk_after_it_was_shown() {
    let hotel = hotel().await;
    let (test_desk, conversation) = live_desk(&hotel).await;
    let sent = picture(120);
    shares(&hotel, ROOM_101, "passport.png", &sent).await;
    let shown = |one: &MessageView| one.attachments.first().is_some_and(|file| file.preview.is_some());
    let message = until_message(&test_desk, conversation, "the picture", shown).await;
    let preview = message.attachments[0].preview.clone().unwrap();
    let (bytes, _) = test_desk.desk.chat_picture(message.key, &preview).await.unwrap();
    let middle = |picture: &[u8]| picture[picture.len() / 2..][..24].to_vec();
    for part in [middle(&sent), middle(&bytes), b"passport.png".to_vec()] {
        let holds = |file: &[u8]| file.windows(part.len()).any(|window| window == part);
        assert_eq!(files_where(&test_desk.folder(), &holds), Vec::<String>::new());
    }
    test_desk.desk.lock().await.unwrap();
    let locked = test_desk.desk.chat_picture(message.key, &preview).await.unwrap_err();
    assert_eq!(locked.code, ErrorCode::Locked);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_store_the_chat_lasts_until_the_end_of_the_program_and_says_so() {
    let hotel = hotel().await;
    writes(&hotel, ROOM_101, SECRET).await;
    let no_key = |settings: &mut Settings| settings.chat_key = None;
    let test_desk = TestDesk::with(&hotel, RECEPTIONIST, Mode::Manual, no_key).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let conversation = of_room(&test_desk, "101").await;
    test_desk.desk.refresh_messages(conversation.id).await.unwrap();
    let reason = test_desk.desk.conversations().await.unwrap().kept_until_exit.unwrap();
    assert!(reason.contains("only until the program ends"), "{reason}");
    hotel.stop().await;
    let test_desk = test_desk.restart().await;
    assert_eq!(test_desk.desk.find_messages("safe").await.unwrap(), []);
    assert!(!test_desk.offers().await.is_empty(), "offers never need the key");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_program_loses_unsent_texts_only_without_a_kept_key() {
    let hotel = hotel().await;
    writes(&hotel, ROOM_101, SECRET).await;
    let no_key = |settings: &mut Settings| settings.chat_key = None;
    for (kept, lost) in [(true, 0), (false, 1)] {
        let change = |settings: &mut Settings| {
            if !kept {
                no_key(settings)
            }
        };
        let test_desk = TestDesk::with(&hotel, RECEPTIONIST, Mode::Manual, change).await;
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert_eq!(test_desk.desk.lost_at_exit().await, 0, "all is sent");
        let conversation = of_room(&test_desk, "101").await;
        test_desk.desk.say(conversation.id, "On its way".to_owned(), None).await.unwrap();
        assert_eq!(test_desk.desk.lost_at_exit().await, lost);
    }
}
