//! Whole accounts: the removal of a person who leaves.
//!
//! A key store is found by the environment of the process, so a test with one runs in a process of its own inside a
//! session.

use demo_hotel::{DemoHotel, Options};
use desk_tests::TestDesk;
use desk_tests::test_desk::token;
#[cfg(target_os = "linux")]
use desk_tests::window::session::is_inside;
use hotelmate_core::account::{Account, KeyStore};
use hotelmate_core::desk::StoredAccounts;
use hotelmate_core::ids::ServerId;
use hotelmate_core::private::Secret;

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

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn the_token_the_pin_and_the_chat_key_of_a_removed_account_leave_the_key_store() {
    if !is_inside("accounts::the_token_the_pin_and_the_chat_key_of_a_removed_account_leave_the_key_store").await {
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
