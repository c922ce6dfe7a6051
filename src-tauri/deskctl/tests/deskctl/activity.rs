//! `activity list`.

use crate::seat::{Hotel, Seat, make};

#[tokio::test]
async fn what_a_colleague_did_is_listed_newest_first_and_can_be_narrowed() {
    let hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    assert!(seat.run(&["activity", "list"]).await.ends(0).out.contains("There are no events."));
    let colleague = hotel.colleague().await;
    for title in ["Spa day", "Boat trip"] {
        make(&colleague, title).await;
        seat.run(&["sync"]).await.ends(0);
    }
    let list = seat.ask(&["activity", "list"]).await;
    let facts = list["facts"].as_array().unwrap();
    assert_eq!(facts.len(), 2, "{list}");
    assert!(facts[0]["text"].as_str().unwrap().contains("Boat trip"), "{list}");
    assert_eq!(list["unseen"], 2);
    let some =
        seat.ask(&["activity", "list", "--kind", "offer_created", "--search", "spa", "--limit", "1"]).await;
    assert_eq!(some["facts"].as_array().unwrap().len(), 1);
    let none = seat.ask(&["activity", "list", "--kind", "offer_deleted"]).await;
    assert_eq!(none["facts"].as_array().unwrap().len(), 0);
    let words = seat.run(&["activity", "list"]).await.ends(0).out;
    assert!(words.contains("Boat trip") && words.contains("2 new"), "{words}");
}
