//! Whole accounts and the key store: the removal of a person who leaves, and the move to another computer.
//!
//! A key store is found by the environment of the process, so a test with one runs in a process of its own inside a
//! session.

use demo_hotel::{DemoHotel, Options};
use desk_tests::TestDesk;
use desk_tests::test_desk::token;
use desk_tests::window::session::is_inside;
use hotelmate_core::account::{Account, KeyStore};
use hotelmate_core::desk::{Mode, StoredAccounts};
use hotelmate_core::ids::ServerId;
use hotelmate_core::private::Secret;
use hotelmate_core::settings::Settings;

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

/// Returns the account of the hotel's first user, as far as the key store needs it.
fn account(hotel: &DemoHotel) -> Account {
    Account {
        server: hotel.url().parse().unwrap(),
        hotel_slug: hotel.slug().to_owned(),
        hotel_name: String::new(),
        staff_id: ServerId(1),
        username: hotel.users()[0].username.clone(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_the_pin_and_the_chat_key_of_a_removed_account_leave_the_key_store() {
    if !is_inside("accounts::the_token_the_pin_and_the_chat_key_of_a_removed_account_leave_the_key_store")
        .await
    {
        return;
    }
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let account = account(&hotel);
    test_desk.desk.set_pin(Secret::from("4711")).await.unwrap();
    KeyStore.save(&account, &token(&hotel, 0).await).await.unwrap();
    let key = KeyStore.chat_key(&account).await.unwrap().text();
    test_desk.desk.close().await;

    let accounts = StoredAccounts::of(test_desk.settings());
    let removed = accounts.remove(&account.username, false).await.unwrap();
    assert_eq!(removed.keys_left, None);
    assert_eq!(accounts.list().await.unwrap(), []);
    assert!(KeyStore.load(&account).await.unwrap().is_none());
    assert!(KeyStore.load_pin(&account).await.unwrap().is_none());
    // There is none any more, so a new one is made.
    assert_ne!(KeyStore.chat_key(&account).await.unwrap().text(), key);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chat_key_travels_into_the_key_store_of_the_new_computer_and_the_token_does_not() {
    if !is_inside(
        "accounts::the_chat_key_travels_into_the_key_store_of_the_new_computer_and_the_token_does_not",
    )
    .await
    {
        return;
    }
    let hotel = hotel().await;
    let keyless = |settings: &mut Settings| settings.chat_key = None;
    let old = TestDesk::with(&hotel, 0, Mode::Manual, keyless).await;
    let new = TestDesk::with(&hotel, 0, Mode::Manual, keyless).await;
    old.desk.sync_until_quiet().await.unwrap();
    let account = account(&hotel);
    KeyStore.save(&account, &token(&hotel, 0).await).await.unwrap();
    let key = KeyStore.chat_key(&account).await.unwrap().text();
    old.desk.close().await;
    new.desk.close().await;

    let file = new.folder().join("account");
    let passphrase = || Secret::from("correct horse battery");
    let leaving = StoredAccounts::of(old.settings());
    leaving.move_to(&account.username, &file, || Ok(passphrase())).await.unwrap();
    // Both computers of this test have the same key store.
    KeyStore.delete_all(&account).await.unwrap();
    StoredAccounts::of(new.settings()).take(&file, passphrase()).await.unwrap();
    assert_eq!(KeyStore.known_chat_key(&account).await.unwrap().map(|key| key.text()), Some(key));
    assert!(KeyStore.load(&account).await.unwrap().is_none());
}
