//! `offers export|import` and `outbox export`.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use hotelmate_core::records::FieldValue;

use crate::test_desk::{Hotel, TestDesk, change, make, names};

/// A file beside the data.
fn file(test_desk: &TestDesk, name: &str, text: &str) -> PathBuf {
    let file = test_desk.folder().join(name);
    std::fs::write(&file, text).unwrap();
    file
}

fn path(file: &Path) -> &str {
    file.to_str().unwrap()
}

/// The plan's three numbers.
fn numbers(plan: &Value) -> (u64, u64, u64) {
    let number = |name: &str| plan[name].as_u64().unwrap();
    (number("new"), number("changed"), number("unchanged"))
}

const TWO_NEW: &str = "title,short_description,valid_from,valid_to,sort_order,is_active\n\
    Spa day,\"Two hours, in quiet\",2027-01-01,2027-01-31,4,FALSE\n\
    Golf,Nine holes,,,,\n";

#[tokio::test]
async fn new_offers_are_planned_queued_and_sent_and_the_same_file_again_changes_nothing() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let file = file(&test_desk, "new.csv", TWO_NEW);
    let import = ["offers", "import", path(&file)];

    let look = test_desk.ask(&[&import[..], &["--dry-run"]].concat()).await;
    assert_eq!((numbers(&look), &look["queued"]), ((2, 0, 0), &json!(false)));
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));

    let done = test_desk.ask(&[&import[..], &["--yes"]].concat()).await;
    assert_eq!((numbers(&done), &done["queued"]), ((2, 0, 0), &json!(true)));
    let key = done["rows"][0]["local_id"].as_str().unwrap();
    assert_eq!(test_desk.show(key).await["fields"]["title"], "Spa day");

    // Before the hotel has received them, and after.
    assert_eq!(numbers(&test_desk.ask(&import).await), (0, 0, 2));
    test_desk.run(&["sync"]).await.ends(0);
    let spa = hotel.titled("Spa day");
    assert_eq!(spa.len(), 1);
    assert_eq!(
        (&spa[0]["short_description"], &spa[0]["valid_to"], &spa[0]["sort_order"], &spa[0]["is_active"]),
        (&json!("Two hours, in quiet"), &json!("2027-01-31"), &json!(4), &json!(false))
    );
    assert_eq!(hotel.titled("Golf")[0]["is_active"], true);
    assert_eq!(numbers(&test_desk.ask(&import).await), (0, 0, 2));
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));
}

#[tokio::test]
async fn an_export_comes_back_unchanged_in_both_forms() {
    let hotel = Hotel::open().await;
    make(&hotel.colleague().await, "=HYPERLINK(\"https://evil.example\")").await;
    let test_desk = TestDesk::synced(&hotel).await;
    // An offer that the hotel does not know, found again by its local id.
    test_desk.add("Draft, \"quoted\"\nin two lines").await;
    let total = u64::try_from(hotel.now().offers().len()).unwrap() + 1;
    for name in ["offers.csv", "offers.json"] {
        let file = test_desk.folder().join(name);
        let written = test_desk.ask(&["offers", "export", path(&file)]).await;
        assert_eq!(written["count"], total);
        assert_eq!(
            numbers(&test_desk.ask(&["offers", "import", path(&file)]).await),
            (0, 0, total),
            "{name}"
        );
    }
    let text = std::fs::read_to_string(test_desk.folder().join("offers.csv")).unwrap();
    assert!(!text.contains("\"=HYPERLINK"), "a spreadsheet would take it for a formula");
    let printed = test_desk.run(&["offers", "export"]).await.ends(0).json();
    let written = std::fs::read(test_desk.folder().join("offers.json")).unwrap();
    assert_eq!(printed, serde_json::from_slice::<Value>(&written).unwrap());
}

#[tokio::test]
async fn rows_find_their_offer_by_number_by_local_id_or_by_title_and_change_only_what_they_say() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let offers = hotel.now().offers();
    let key = test_desk.add("Mine").await;
    let rows = json!([
        {"id": offers[0]["id"], "title": "Renamed"},
        {"local_id": key, "tag": "By key"},
        {"title": offers[1]["title"], "tag": "By title"},
        {"id": offers[2]["id"], "tag": offers[2]["tag"], "photo_url": "ignored", "state": "live"},
    ]);
    let file = file(&test_desk, "edits.json", &rows.to_string());
    let plan = test_desk.ask(&["offers", "import", path(&file)]).await;
    assert_eq!(numbers(&plan), (0, 3, 1));
    assert_eq!(plan["rows"][0]["fields"], json!(["title"]));
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Renamed")[0]["id"], offers[0]["id"]);
    assert_eq!(hotel.titled("Mine")[0]["tag"], "By key");
    let by_title = &hotel.titled(offers[1]["title"].as_str().unwrap())[0];
    assert_eq!(
        (&by_title["tag"], &by_title["details_html"]),
        (&json!("By title"), &offers[1]["details_html"])
    );
}

#[tokio::test]
async fn an_empty_cell_empties_a_text_and_a_day() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let key = test_desk.add("Full").await;
    test_desk
        .run(&["offers", "edit", &key, "--tag", "t", "--valid-to", "2027-01-31", "--sort-order", "9"])
        .await
        .ends(0);
    let file = file(&test_desk, "bare.csv", "title,tag,valid_to,sort_order\nFull,,,\n");
    let plan = test_desk.ask(&["offers", "import", path(&file)]).await;
    assert_eq!(plan["rows"][0]["fields"], json!(["valid_to", "tag"]));
    let shown = test_desk.show(&key).await;
    assert_eq!(
        (&shown["fields"]["tag"], &shown["fields"]["validity"]["to"], &shown["fields"]["sort_order"]),
        (&json!(""), &Value::Null, &json!(9))
    );
}

#[tokio::test]
async fn one_wrong_row_is_named_and_nothing_at_all_is_queued() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let text = "id,title,short_description,valid_to,book_now_url,sort_order\n\
        ,Good,Fine,,,\n\
        ,,Nameless,,spa,\n\
        999999,Nobody,x,,,\n\
        ,Late,x,31/01/2027,,-4\n\
        ,Good,Again,,,\n";
    let file = file(&test_desk, "wrong.csv", text);
    let error = test_desk.run(&["--json", "offers", "import", path(&file), "--yes"]).await.ends(6).error();
    assert_eq!(names(&error["fields"]), ["book_now_url", "id", "sort_order", "title", "valid_to"]);
    let reported = |field: &str| error["fields"][field].to_string();
    assert!(reported("id").contains("Row 4: There is no offer 999999"), "{error}");
    assert!(reported("valid_to").contains("Row 5: A day is expected"), "{error}");
    assert!(reported("sort_order").contains("Row 5: "), "{error}");
    assert!(reported("title").contains("Row 3: This is needed."), "{error}");
    assert!(reported("title").contains("Row 6: Row 2 is about the same offer."), "{error}");
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));
    let words = test_desk.run(&["offers", "import", path(&file)]).await.ends(6).err;
    assert!(words.contains("  book_now_url: Row 3: A web address is needed"), "{words}");
}

#[tokio::test]
async fn a_title_that_two_offers_have_is_no_name() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("Twin").await;
    test_desk.add("Twin").await;
    let file = file(&test_desk, "twin.csv", "title,tag\nTwin,x\n");
    let error = test_desk.run(&["--json", "offers", "import", path(&file)]).await.ends(6).error();
    assert!(error["fields"]["title"][0].as_str().unwrap().starts_with("Row 2: 2 offers here"), "{error}");
}

#[tokio::test]
async fn a_column_that_no_offer_has_is_named() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let csv = file(&test_desk, "columns.csv", "title,short_description,colour\nA,b,red\n");
    let error = test_desk.run(&["--json", "offers", "import", path(&csv)]).await.ends(6).error();
    assert_eq!(names(&error["fields"]), ["colour"]);
    let json = file(&test_desk, "columns.json", r#"[{"title": "A", "short_description": "b", "price": 3}]"#);
    let error = test_desk.run(&["--json", "offers", "import", path(&json)]).await.ends(6).error();
    assert_eq!(names(&error["fields"]), ["price"]);
    for (name, text) in [("broken.json", "[{"), ("object.json", "{}"), ("short.csv", "title,tag\nA\n")] {
        test_desk.run(&["offers", "import", path(&file(&test_desk, name, text))]).await.ends(6);
    }
    test_desk.run(&["offers", "import", path(&test_desk.folder().join("missing.csv"))]).await.ends(5);
    test_desk.run(&["offers", "import", path(&file(&test_desk, "offers.txt", ""))]).await.ends(2);
    test_desk.run(&["offers", "export", path(&test_desk.folder().join("offers.xlsx"))]).await.ends(2);
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));
}

#[tokio::test]
async fn a_plan_for_people_says_what_will_be_done() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let file = file(&test_desk, "new.csv", TWO_NEW);
    let run = test_desk.run(&["offers", "import", path(&file), "--dry-run"]).await.ends(0);
    assert!(run.out.contains("Spa day") && run.out.contains("2 new, 0 changed, 0 unchanged."), "{}", run.out);
    assert!(run.err.contains("Nothing was changed."), "{}", run.err);
}

#[tokio::test]
async fn what_waits_can_be_handed_to_somebody_with_every_text_in_it() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, title) = hotel.first_offer();
    let picture = hotel.picture_file().await;
    let add = ["offers", "add", "--title", "New", "--short-description", "Long hours of work"];
    test_desk.run(&[&add[..], &["--photo", path(&picture)]].concat()).await.ends(0);
    test_desk.run(&["offers", "edit", &id, "--title", "Better", "--valid-to", "2031-01-31"]).await.ends(0);

    let reported = test_desk.run(&["outbox", "export"]).await.ends(0).json();
    assert_eq!(
        (&reported["hotel"]["slug"], &reported["username"]),
        (&json!(hotel.now().slug()), &json!("mary"))
    );
    let entries = reported["entries"].as_array().unwrap();
    let kinds: Vec<&Value> = entries.iter().map(|entry| &entry["kind"]).collect();
    assert_eq!(kinds, ["create", "set_picture", "edit"]);
    assert_eq!(entries[0]["record"]["short_description"], "Long hours of work");
    assert_eq!(entries[1]["picture"].as_str().unwrap().len(), 64);
    assert_eq!(
        (&entries[2]["id"], &entries[2]["title"]),
        (&json!(id.parse::<i64>().unwrap()), &json!("Better"))
    );
    let changes = entries[2]["changes"].as_array().unwrap();
    assert!(changes.contains(&json!({"field": "title", "was": title, "now": "Better"})), "{changes:?}");

    let file = test_desk.folder().join("outbox.json");
    assert_eq!(test_desk.ask(&["outbox", "export", path(&file)]).await["count"], 3);
    let written: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(written["entries"], reported["entries"]);
    test_desk.run(&["outbox", "export", path(&test_desk.folder().join("outbox.csv"))]).await.ends(2);
}

#[tokio::test]
async fn a_refusal_is_exported_with_its_reason_and_fields() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("Disliked").await;
    hotel.refuse_title("POST", 1);
    test_desk.run(&["sync"]).await.ends(8);
    let entry = test_desk.run(&["outbox", "export"]).await.ends(0).json()["entries"][0].clone();
    assert_eq!(entry["state"], "attention");
    assert_eq!(entry["fields"], json!({"title": ["The hotel does not like this title."]}));
    assert_eq!(
        (&entry["code"], &entry["reason"]),
        (&json!("rejected"), &json!("The hotel did not accept it."))
    );
}

#[tokio::test]
async fn what_one_desk_could_not_send_is_imported_at_another_and_only_once() {
    let hotel = Hotel::open().await;
    let (train, office) = (TestDesk::synced(&hotel).await, TestDesk::synced(&hotel).await);
    let (id, _) = hotel.first_offer();
    train.add("Written on the train").await;
    train.run(&["offers", "edit", &id, "--tag", "By train"]).await.ends(0);
    let file = train.folder().join("outbox.json");
    train.run(&["outbox", "export", path(&file)]).await.ends(0);

    let plan = office.ask(&["offers", "import", path(&file), "--yes"]).await;
    assert_eq!((&plan["new"], &plan["changed"]), (&json!(1), &json!(1)), "{plan}");
    office.run(&["sync"]).await.ends(0);
    let offers = office.ask(&["offers", "list"]).await;
    let offers = offers["offers"].as_array().or_else(|| offers.as_array()).unwrap().clone();
    assert_eq!(offers.iter().filter(|offer| offer["fields"]["title"] == "Written on the train").count(), 1);
    let number: i64 = id.parse().unwrap();
    assert!(offers.iter().any(|offer| offer["id"] == number && offer["fields"]["tag"] == "By train"));
    let again = office.ask(&["offers", "import", path(&file), "--yes"]).await;
    assert_eq!((&again["new"], &again["changed"], &again["unchanged"]), (&json!(0), &json!(0), &json!(2)));
}

#[tokio::test]
async fn three_imports_at_once_make_each_offer_once() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let rows: String = (0..40).map(|number| format!("Import {number},Short\n")).collect();
    let file = file(&test_desk, "many.csv", &format!("title,short_description\n{rows}"));
    let import = ["offers", "import", path(&file), "--yes"];
    let (one, two, three) =
        tokio::join!(test_desk.run(&import), test_desk.run(&import), test_desk.run(&import));
    [one, two, three].into_iter().for_each(|run| drop(run.ends(0)));
    assert_eq!(test_desk.ask(&["outbox", "list"]).await.as_array().unwrap().len(), 40);
}

#[tokio::test]
async fn a_file_of_another_hotel_is_refused_and_taken_in_as_new_offers_on_request() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (number, title) = hotel.first_offer();
    let elsewhere = json!({"server": "https://other.example/", "hotel": {"slug": "dingle", "name": "Dingle"},
        "entries": [{"id": number.parse::<i64>().unwrap(), "local_id": "x", "about": "offer", "kind": "edit",
            "changes": [{"field": "title", "was": "Tea", "now": "Harbour tea"},
                {"field": "short_description", "was": "", "now": "By the sea"}]}]});
    let file = file(&test_desk, "dingle.json", &elsewhere.to_string());
    let refused = test_desk.run(&["--json", "offers", "import", path(&file)]).await.ends(6).error();
    assert!(refused["fields"]["hotel"][0].as_str().unwrap().contains("dingle"), "{refused}");
    assert_eq!(test_desk.show(&number).await["fields"]["title"], title);
    for expected in [(1, 0, 0), (0, 0, 1)] {
        let done = test_desk.ask(&["offers", "import", path(&file), "--as-new"]).await;
        assert_eq!(numbers(&done), expected);
    }
    assert_eq!(test_desk.show(&number).await["fields"]["title"], title);
}

#[tokio::test]
async fn a_change_that_is_handed_over_does_not_overwrite_a_colleague_who_was_faster() {
    let hotel = Hotel::open().await;
    let (number, _) = hotel.first_offer();
    let mine = TestDesk::synced(&hotel).await;
    mine.run(&["offers", "edit", &number, "--tag", "Mine"]).await.ends(0);
    let file = mine.folder().join("handover.json");
    mine.run(&["outbox", "export", path(&file)]).await.ends(0);
    let theirs = FieldValue::of("tag", "Theirs");
    change(&hotel.colleague().await, &number, theirs).await;
    let other = TestDesk::synced(&hotel).await;
    other.run(&["offers", "import", path(&file), "--yes"]).await.ends(0);
    other.run(&["sync"]).await.ends(8);
    assert_eq!(hotel.now().offers()[0]["tag"], "Theirs", "a person is asked");
}
