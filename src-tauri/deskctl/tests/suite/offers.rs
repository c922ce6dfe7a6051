//! `offers list|show|add|edit|rm|photo`.

use hotelmate_core::records::FieldValue;
use serde_json::{Value, json};

use crate::test_desk::{Hotel, TestDesk, change, names};

fn titles(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|offer| offer["fields"]["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_list_is_empty_before_the_first_sync_and_as_the_hotel_orders_it_after() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    assert_eq!(test_desk.ask(&["offers", "list"]).await, json!([]));
    assert!(test_desk.run(&["offers", "list"]).await.ends(0).err.contains("deskctl sync"));
    test_desk.run(&["sync"]).await.ends(0);
    let at_hotel = hotel.now().offers();
    let at_hotel: Vec<&str> = at_hotel.iter().map(|offer| offer["title"].as_str().unwrap()).collect();
    assert_eq!(titles(&test_desk.ask(&["offers", "list"]).await), at_hotel);
}

#[tokio::test]
async fn an_offer_in_json_has_the_servers_fields_by_name() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, _) = hotel.first_offer();
    let shown = test_desk.show(&id).await;
    let at_hotel = hotel.now().offers()[0].clone();
    for (name, value) in shown["fields"].as_object().unwrap() {
        match name.as_str() {
            "validity" => {
                assert_eq!(*value, json!({"from": at_hotel["valid_from"], "to": at_hotel["valid_to"]}))
            }
            name => assert_eq!(*value, at_hotel[name], "{name}"),
        }
    }
    assert_eq!((&shown["id"], &shown["pictures"]["photo"]["url"]), (&at_hotel["id"], &at_hotel["photo_url"]));
    let moment = |value: &Value| value.as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    assert_eq!(moment(&shown["created_at"]), moment(&at_hotel["created_at"]));
    assert_eq!(shown["sync"], "saved");
    assert!(["live", "scheduled", "expired", "hidden"].contains(&shown["state"].as_str().unwrap()));
    assert_eq!(test_desk.show(shown["local_id"].as_str().unwrap()).await, shown);
}

#[tokio::test]
async fn a_list_can_be_narrowed_by_state_and_search_and_ordered() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let all = test_desk.ask(&["offers", "list"]).await;
    let mut seen = 0;
    for state in ["live", "scheduled", "expired", "hidden"] {
        let some = test_desk.ask(&["offers", "list", "--state", state]).await;
        let some = some.as_array().unwrap();
        assert!(!some.is_empty() && some.iter().all(|offer| offer["state"] == state), "{state}");
        seen += some.len();
    }
    assert_eq!(seen, all.as_array().unwrap().len());
    let two = test_desk.ask(&["offers", "list", "--state", "live", "--state", "hidden"]).await;
    assert!(two.as_array().unwrap().iter().any(|offer| offer["state"] == "hidden"));

    let (_, title) = hotel.first_offer();
    assert!(
        titles(&test_desk.ask(&["offers", "list", "--search", &title.to_uppercase()]).await)
            .contains(&&*title)
    );
    let by_title = test_desk.ask(&["offers", "list", "--order", "title"]).await;
    let mut sorted: Vec<_> = titles(&by_title).iter().map(|title| title.to_lowercase()).collect();
    let given = sorted.clone();
    sorted.sort();
    assert_eq!(given, sorted);
}

#[tokio::test]
async fn an_offer_added_without_a_network_reaches_the_hotel_once() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    hotel.stop().await;
    let added = test_desk
        .ask(&[
            "offers",
            "add",
            "--title",
            "Spa day",
            "--short-description",
            "Two hours of quiet",
            "--details-text",
            "Bring a book",
            "--details-html",
            "<p>Bring a <b>book</b></p>",
            "--valid-from",
            "2027-01-01",
            "--valid-to",
            "2027-01-31",
            "--tag",
            "New",
            "--book-now-url",
            "https://hotel.example/spa",
            "--sort-order",
            "3",
            "--active",
            "false",
        ])
        .await;
    assert_eq!(
        (&added["id"], &added["sync"], &added["state"]),
        (&Value::Null, &json!("waiting"), &json!("hidden"))
    );
    hotel.start_again().await;
    test_desk.run(&["sync"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);

    let stored = hotel.titled("Spa day");
    assert_eq!(stored.len(), 1);
    let expected = json!({
        "short_description": "Two hours of quiet", "details_text": "Bring a book",
        "details_html": "<p>Bring a <b>book</b></p>", "valid_from": "2027-01-01", "valid_to": "2027-01-31",
        "tag": "New", "book_now_url": "https://hotel.example/spa", "sort_order": 3, "is_active": false,
    });
    for name in names(&expected) {
        assert_eq!(stored[0][name], expected[name], "{name}");
    }
    let shown = test_desk.show(added["local_id"].as_str().unwrap()).await;
    assert_eq!((&shown["id"], &shown["sync"]), (&stored[0]["id"], &json!("saved")));
}

#[tokio::test]
async fn two_offers_that_are_meant_to_be_twins_stay_two() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    assert_ne!(test_desk.add("Twin").await, test_desk.add("Twin").await);
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Twin").len(), 2);
}

#[tokio::test]
async fn wrong_fields_are_named_and_nothing_is_queued() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let wrong =
        ["--json", "offers", "add", "--title", " ", "--short-description", "x", "--book-now-url", "spa"];
    let error = test_desk.run(&wrong).await.ends(6).error();
    assert_eq!(error["code"], "invalid");
    assert_eq!(names(&error["fields"]), ["book_now_url", "title"]);
    let words = test_desk.run(&wrong[1..]).await.ends(6).err;
    assert!(words.contains("  title: This is needed."), "{words}");

    let (id, title) = hotel.first_offer();
    test_desk.run(&["offers", "edit", &id, "--title", ""]).await.ends(6);
    assert_eq!(test_desk.show(&id).await["fields"]["title"], title);
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));
}

#[tokio::test]
async fn an_edit_by_the_hotels_number_sends_only_what_differs() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, title) = hotel.first_offer();
    let colleague = hotel.colleague().await;
    change(&colleague, &id, FieldValue::of("title", "Theirs")).await;
    // The title is the one that this desk still shows, so it is no intent, and the colleague's title stays.
    let edited = test_desk.ask(&["offers", "edit", &id, "--title", &title, "--tag", "Mine"]).await;
    assert_eq!((&edited["fields"]["tag"], &edited["sync"]), (&json!("Mine"), &json!("waiting")));
    test_desk.run(&["sync"]).await.ends(0);
    let shown = test_desk.show(&id).await;
    assert_eq!((&shown["fields"]["title"], &shown["fields"]["tag"]), (&json!("Theirs"), &json!("Mine")));
    assert_eq!(hotel.titled("Theirs")[0]["tag"], "Mine");
}

#[tokio::test]
async fn an_edit_that_changes_nothing_queues_nothing() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, title) = hotel.first_offer();
    let padded = format!("  {title} ");
    assert_eq!(test_desk.ask(&["offers", "edit", &id, "--title", &padded]).await["sync"], "saved");
    test_desk.run(&["offers", "edit", &id, "--tag", "Once"]).await.ends(0);
    test_desk.run(&["offers", "edit", &id, "--tag", "Once"]).await.ends(0);
    assert_eq!(test_desk.ask(&["outbox", "list"]).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_edit_by_local_id_folds_into_an_offer_that_was_never_sent() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let local_id = test_desk.add("Draft").await;
    let edited = test_desk.ask(&["offers", "edit", &local_id, "--title", "Final", "--sort-order", "9"]).await;
    assert_eq!((&edited["fields"]["title"], &edited["id"]), (&json!("Final"), &Value::Null));
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Final")[0]["sort_order"], 9);
    assert!(hotel.titled("Draft").is_empty());
}

#[tokio::test]
async fn fields_can_be_cleared() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let added = test_desk
        .ask(&[
            "offers",
            "add",
            "--title",
            "Bare",
            "--short-description",
            "s",
            "--details-text",
            "d",
            "--details-html",
            "<p>d</p>",
            "--valid-from",
            "2027-01-01",
            "--valid-to",
            "2027-01-31",
            "--tag",
            "t",
            "--book-now-url",
            "https://hotel.example",
        ])
        .await;
    test_desk.run(&["sync"]).await.ends(0);
    let id = added["local_id"].as_str().unwrap();
    let fields = ["valid_from", "valid_to", "details_text", "details_html", "tag", "book_now_url"];
    let clears: Vec<_> = fields.iter().flat_map(|field| ["--clear", field]).collect();
    test_desk.run(&[&["offers", "edit", id], &*clears].concat()).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    let stored = &hotel.titled("Bare")[0];
    for field in fields {
        let empty = if field.starts_with("valid") { Value::Null } else { json!("") };
        assert_eq!(stored[field], empty, "{field}");
    }
}

#[tokio::test]
async fn one_end_of_the_dates_can_change_alone() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let id = test_desk.add("Dates").await;
    test_desk
        .run(&["offers", "edit", &id, "--valid-from", "2027-01-01", "--valid-to", "2027-01-31"])
        .await
        .ends(0);
    let edited = test_desk.ask(&["offers", "edit", &id, "--clear", "valid_to"]).await;
    assert_eq!(edited["fields"]["validity"], json!({"from": "2027-01-01", "to": null}));
    test_desk.run(&["offers", "edit", &id, "--valid-to", "2026-12-31"]).await.ends(6);
}

#[tokio::test]
async fn a_removed_offer_is_gone_here_at_once_and_at_the_hotel_after_a_sync() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, title) = hotel.first_offer();
    hotel.stop().await;
    assert_eq!(test_desk.ask(&["offers", "rm", &id]).await["fields"]["title"], title);
    assert!(!titles(&test_desk.ask(&["offers", "list"]).await).contains(&&*title));
    test_desk.run(&["offers", "rm", &id]).await;
    assert_eq!(test_desk.ask(&["outbox", "list"]).await.as_array().unwrap().len(), 1, "once is enough");
    hotel.start_again().await;
    test_desk.run(&["sync"]).await.ends(0);
    assert!(hotel.titled(&title).is_empty());
    test_desk.run(&["offers", "rm", &id]).await.ends(5);
}

#[tokio::test]
async fn an_offer_that_was_never_sent_is_removed_without_the_hotel_hearing_of_it() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let id = test_desk.add("Never").await;
    test_desk.run(&["offers", "rm", &id]).await.ends(0);
    hotel.now().reset_requests();
    test_desk.run(&["sync"]).await.ends(0);
    assert!(hotel.now().requests().iter().all(|request| request.method == "GET"));
    assert!(hotel.titled("Never").is_empty());
}

#[tokio::test]
async fn a_picture_is_put_on_and_taken_off() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let file = hotel.picture_file().await;
    let file = file.to_str().unwrap();
    let add = ["offers", "add", "--title", "Seen", "--short-description", "s", "--photo", file];
    let id = test_desk.run(&add).await.ends(0).out.trim().to_owned();
    test_desk.run(&["sync"]).await.ends(0);
    let first = test_desk.show(&id).await;
    assert!(hotel.titled("Seen")[0]["photo"].is_string());

    let queued = test_desk.ask(&["offers", "photo", &id, file]).await;
    assert_eq!(queued["sync"], "waiting");
    test_desk.run(&["sync"]).await.ends(0);
    assert_ne!(test_desk.show(&id).await["pictures"]["photo"]["url"], first["pictures"]["photo"]["url"]);

    test_desk.run(&["offers", "photo", &id, "--clear"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Seen")[0]["photo"], Value::Null);

    test_desk.run(&["offers", "edit", &id, "--photo", file, "--tag", "Both"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    test_desk.run(&["offers", "edit", &id, "--clear", "photo"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    let stored = &hotel.titled("Seen")[0];
    assert_eq!((&stored["photo"], &stored["tag"]), (&Value::Null, &json!("Both")));
}

#[tokio::test]
async fn a_file_that_is_no_picture_changes_nothing() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let file = test_desk.folder().join("page.jpg");
    std::fs::write(&file, "<html>not a picture</html>").unwrap();
    let (id, _) = hotel.first_offer();
    let edit = ["--json", "offers", "edit", &id, "--tag", "New", "--photo", file.to_str().unwrap()];
    assert_eq!(test_desk.run(&edit).await.ends(6).error()["code"], "bad_picture");
    assert_eq!(test_desk.show(&id).await["sync"], "saved");
    let missing = test_desk.folder().join("missing.jpg");
    test_desk.run(&["offers", "photo", &id, missing.to_str().unwrap()]).await.ends(5);
}

#[tokio::test]
async fn an_id_that_nobody_has_is_not_found() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    for id in ["999999", "0c9a8a51-4a5b-4d1a-8f0e-1f1e0c1d2e3f", "spa"] {
        let error = test_desk.run(&["--json", "offers", "show", id]).await.ends(5).error();
        assert_eq!(error["code"], "not_found", "{id}");
        test_desk.run(&["offers", "edit", id, "--tag", "x"]).await.ends(5);
        test_desk.run(&["offers", "rm", id]).await.ends(5);
        test_desk.run(&["offers", "photo", id, "--clear"]).await.ends(5);
    }
}

#[tokio::test]
async fn a_copy_of_an_offer_is_a_new_offer_at_the_hotel() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, title) = hotel.first_offer();
    let copy = test_desk.ask(&["offers", "copy", &id]).await;
    assert_eq!(copy["fields"]["title"], format!("{title} (copy)"));
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled(&format!("{title} (copy)")).len(), 1);
    assert_eq!(hotel.titled(&title).len(), 1);
    test_desk.run(&["offers", "copy", "999999"]).await.ends(5);
}

#[tokio::test]
async fn several_offers_are_changed_by_one_command_and_put_back_by_its_answer() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let live = test_desk.ask(&["offers", "list", "--state", "live"]).await;
    let ids: Vec<String> = live.as_array().unwrap().iter().map(|offer| offer["id"].to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let hidden = || hotel.now().offers().iter().filter(|offer| offer["is_active"] == false).count();
    let before = hidden();
    let done = test_desk.ask(&[&["offers", "bulk", "hide"], &ids[..]].concat()).await;
    assert_eq!(done["effects"].as_array().unwrap().len(), ids.len());
    let file = test_desk.folder().join("done.json");
    std::fs::write(&file, done.to_string()).unwrap();
    assert_eq!(test_desk.ask(&["offers", "list", "--state", "live"]).await, json!([]));
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hidden(), before + ids.len());

    let undo = ["offers", "bulk", "undo", file.to_str().unwrap()];
    assert_eq!(test_desk.ask(&undo).await, json!({"undone": ids.len(), "left": 0}));
    assert_eq!(test_desk.ask(&undo).await, json!({"undone": 0, "left": ids.len()}), "a second time");
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(titles(&test_desk.ask(&["offers", "list", "--state", "live"]).await), titles(&live));

    let moved =
        test_desk.run(&[&["offers", "bulk", "move", "--days", "-3"], &ids[..2]].concat()).await.ends(0);
    assert!(moved.out.contains("changed"), "{}", moved.out);
    std::fs::write(&file, "{}").unwrap();
    assert!(test_desk.run(&undo).await.ends(6).err.contains("offers bulk"));
}

#[tokio::test]
async fn an_earlier_version_of_an_offer_is_listed_with_its_differences_and_brought_back() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, title) = hotel.first_offer();
    assert_eq!(test_desk.ask(&["offers", "versions", &id]).await, json!([]));
    test_desk.run(&["offers", "edit", &id, "--title", "Changed", "--valid-to", "2027-03-01"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    let versions = test_desk.ask(&["offers", "versions", &id]).await;
    assert_eq!(versions[0]["is_own"], true);
    let number = versions[0]["number"].to_string();
    let words = test_desk.run(&["offers", "versions", &id]).await.ends(0).out;
    assert!(words.contains(&format!("title: {title}   (now: Changed)")), "{words}");
    assert!(words.contains("(now: 2027-03-01)"), "{words}");
    let record = test_desk.ask(&["offers", "bring-back", &id, &number]).await;
    assert_eq!(record["fields"]["title"], title.as_str());
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!((hotel.titled(&title).len(), hotel.titled("Changed").len()), (1, 0));
    let missing = test_desk.run(&["--json", "offers", "bring-back", &id, "99"]).await.ends(5).error();
    assert_eq!(missing["message"], "This version is not here any more.");
}
