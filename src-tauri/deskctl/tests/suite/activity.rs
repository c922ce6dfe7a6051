//! `activity list`.

use crate::test_desk::{Hotel, TestDesk, make};

#[tokio::test]
async fn what_a_colleague_did_is_listed_newest_first_and_can_be_narrowed() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    assert!(test_desk.run(&["activity", "list"]).await.ends(0).out.contains("There are no events."));
    let colleague = hotel.colleague().await;
    for title in ["Spa day", "Boat trip"] {
        make(&colleague, title).await;
        test_desk.run(&["sync"]).await.ends(0);
    }
    let list = test_desk.ask(&["activity", "list"]).await;
    let activities = list["activities"].as_array().unwrap();
    assert_eq!(activities.len(), 2, "{list}");
    assert!(activities[0]["text"].as_str().unwrap().contains("Boat trip"), "{list}");
    assert_eq!(list["unseen"], 2);
    let some = test_desk
        .ask(&["activity", "list", "--kind", "offer_created", "--search", "spa", "--limit", "1"])
        .await;
    assert_eq!(some["activities"].as_array().unwrap().len(), 1);
    let none = test_desk.ask(&["activity", "list", "--kind", "offer_deleted"]).await;
    assert_eq!(none["activities"].as_array().unwrap().len(), 0);
    let words = test_desk.run(&["activity", "list"]).await.ends(0).out;
    assert!(words.contains("Boat trip") && words.contains("2 new"), "{words}");
}
