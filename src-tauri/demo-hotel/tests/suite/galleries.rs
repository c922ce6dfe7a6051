//! Gallery objects, contract.md section 5.2, as in the dialect `galleries`.

use crate::support::{Answer, DEADLINE, Desk, Listener, file, picture, read};
use demo_hotel::{Action, DemoHotel, Dialect, FaultPlan, Options, Rule, StatusFault};
use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::{Value, json};
use tokio::time::timeout;

const GALLERIES: &str = "/api/staff/hotel/killarney/galleries/";
const IMAGES: &str = "/api/staff/hotel/killarney/gallery-images/";

async fn open() -> (DemoHotel, Desk) {
    let hotel = DemoHotel::start(Options::default().dialect(Dialect::Galleries)).await.unwrap();
    let mary = Desk::mary(&hotel).await;
    (hotel, mary)
}

async fn upload(mary: &Desk, gallery: &Value, form: Form) -> Answer {
    mary.send_form(Method::POST, &format!("{GALLERIES}{gallery}/upload_image/"), form).await
}

async fn reorder(mary: &Desk, gallery: &Value, body: Value) -> Answer {
    mary.post(&format!("{GALLERIES}{gallery}/reorder_images/"), body).await
}

fn fields(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Returns the ids of a gallery's images in their visible order.
fn ids(gallery: &Value) -> Vec<i64> {
    gallery["images"].as_array().unwrap().iter().map(|image| image["id"].as_i64().unwrap()).collect()
}

fn places(gallery: &Value) -> Vec<i64> {
    gallery["images"]
        .as_array()
        .unwrap()
        .iter()
        .map(|image| image["display_order"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn the_seeded_house_has_two_galleries_of_pictures_one_can_look_at() {
    let (hotel, mary) = open().await;
    let page = mary.get(GALLERIES).await.json();
    assert_eq!((&page["count"], &page["next"], &page["previous"]), (&json!(2), &Value::Null, &Value::Null));
    let seen: Vec<_> =
        page["results"].as_array().unwrap().iter().map(|one| [&one["name"], &one["category"]]).collect();
    assert_eq!(json!(seen), json!([["Rooms and suites", "rooms"], ["The house", "other"]]));
    assert_eq!(page["results"], json!(hotel.gallery()));
    let url = page["results"][1]["images"][0]["image_url"].as_str().unwrap().to_owned();
    assert_eq!(mary.client.get(url).send().await.unwrap().headers()["content-type"], "image/jpeg");
}

#[tokio::test]
async fn a_gallery_is_read_with_its_images_and_written_in_short() {
    let (_hotel, mary) = open().await;
    let short = mary.post(GALLERIES, json!({"name": "Spa", "category": "spa", "unknown": 1})).await;
    assert_eq!(short.status, 201);
    let (short, id) = (short.json(), short.json()["id"].clone());
    assert_eq!(
        short,
        json!({"id": id, "name": "Spa", "category": "spa", "description": "", "is_active": true, "display_order": 0})
    );
    let path = format!("{GALLERIES}{id}/");
    for (method, body) in [
        (Method::PATCH, json!({"description": "Steam"})),
        (Method::PUT, json!({"name": "Spa", "description": "Steam"})),
    ] {
        let changed = read(mary.request(method, &path).json(&body)).await.unwrap();
        assert_eq!((changed.status, fields(&changed.json())), (200, fields(&short)));
    }
    let full = mary.get(&path).await.json();
    assert_eq!(
        fields(&full),
        [
            "category",
            "created_at",
            "description",
            "display_order",
            "hotel",
            "hotel_slug",
            "id",
            "image_count",
            "images",
            "is_active",
            "name",
            "updated_at"
        ]
    );
    assert_eq!((&full["hotel_slug"], &full["description"]), (&json!("killarney"), &json!("Steam")));
    assert_eq!((&full["image_count"], &full["images"]), (&json!(0), &json!([])));
}

#[tokio::test]
async fn galleries_come_in_pages_of_ten_by_display_order_and_then_name() {
    let (_hotel, mary) = open().await;
    for number in 0..10 {
        let body = json!({"name": format!("Extra {}", 9 - number), "display_order": 5});
        assert_eq!(mary.post(GALLERIES, body).await.status, 201);
    }
    let first = mary.get(GALLERIES).await.json();
    let last = mary.get(&format!("{GALLERIES}?page=last")).await.json();
    let name = |page: &Value, index: usize| page["results"][index]["name"].as_str().unwrap().to_owned();
    assert_eq!((first["count"].as_i64(), first["results"].as_array().unwrap().len()), (Some(12), 10));
    assert_eq!(
        [name(&first, 1), name(&first, 2), name(&last, 0), name(&last, 1)],
        ["The house", "Extra 0", "Extra 8", "Extra 9"]
    );
}

#[tokio::test]
async fn a_name_the_hotel_has_already_is_a_500_and_changes_nothing() {
    let (hotel, mary) = open().await;
    let before = hotel.gallery();
    let again = mary.post(GALLERIES, json!({"name": "The house"})).await;
    assert_eq!((again.status, again.header("content-type")), (500, "text/plain; charset=utf-8"));
    let renamed = mary.patch(&format!("{GALLERIES}{}/", before[0]["id"]), json!({"name": "The house"})).await;
    assert_eq!(renamed.status, 500);
    assert_eq!(hotel.gallery(), before);
    let brid = Desk::sign_in(&hotel, "brid", "dingle-demo").await;
    assert_eq!(
        brid.post("/api/staff/hotel/dingle/galleries/", json!({"name": "The house"})).await.status,
        201
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_gallery_is_told_field_by_field() {
    let (_hotel, mary) = open().await;
    for (body, answer) in [
        (json!({}), json!({"name": ["This field is required."]})),
        (json!({"name": " "}), json!({"name": ["This field may not be blank."]})),
        (
            json!({"name": "n".repeat(101)}),
            json!({"name": ["Ensure this field has no more than 100 characters."]}),
        ),
        (
            json!({"name": "n", "category": "garden"}),
            json!({"category": ["\"garden\" is not a valid choice."]}),
        ),
        (json!({"name": "n", "category": null}), json!({"category": ["This field may not be null."]})),
        (
            json!({"name": "n", "display_order": -1}),
            json!({"display_order": ["Ensure this value is greater than or equal to 0."]}),
        ),
    ] {
        let refused = mary.post(GALLERIES, body).await;
        assert_eq!((refused.status, refused.json()), (400, answer));
    }
}

#[tokio::test]
async fn creating_renaming_and_deleting_a_gallery_makes_no_event() {
    let (hotel, mary) = open().await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let path = format!("{GALLERIES}{}/", mary.post(GALLERIES, json!({"name": "Spa"})).await.json()["id"]);
    assert_eq!(mary.patch(&path, json!({"name": "Wellness"})).await.json()["name"], "Wellness");
    let ended = mary.delete(&path).await;
    assert_eq!((ended.status, ended.text.as_str()), (204, ""));
    let missing = mary.delete(&path).await;
    assert_eq!(
        (missing.status, missing.json()),
        (404, json!({"detail": "No Gallery matches the given query."}))
    );
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_deleted_gallery_takes_its_images_with_it() {
    let (hotel, mary) = open().await;
    let gallery = hotel.gallery()[0].clone();
    let image = format!("{IMAGES}{}/", ids(&gallery)[0]);
    assert_eq!(mary.get(&image).await.status, 200);
    assert_eq!(mary.delete(&format!("{GALLERIES}{}/", gallery["id"])).await.status, 204);
    assert_eq!(mary.get(&image).await.json(), json!({"detail": "No GalleryImage matches the given query."}));
    assert_eq!(hotel.gallery().len(), 1);
}

#[tokio::test]
async fn an_upload_answers_without_an_address_and_its_event_counts_one_too_few() {
    let (hotel, mary) = open().await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let before = hotel.gallery()[1].clone();
    let form = Form::new()
        .part("image", file(picture(3)))
        .text("caption", "Dawn")
        .text("display_order", "9")
        .text("is_featured", "true");
    let answer = upload(&mary, &before["id"], form).await;
    assert_eq!(answer.status, 201);
    let image = answer.json();
    assert_eq!(
        fields(&image),
        ["alt_text", "caption", "display_order", "id", "image", "is_featured", "uploaded_at"]
    );
    let event = json!({"gallery_id": before["id"], "gallery_name": "The house", "action": "image_added", "image_count": 4});
    assert_eq!(listener.event().await, ("gallery-updated".into(), event));
    let after = hotel.gallery()[1].clone();
    assert_eq!((&after["image_count"], after["images"].as_array().unwrap().len()), (&json!(5), 5));
    assert_eq!(after["updated_at"], before["updated_at"]);
    let mut shown = after["images"][4].clone();
    let url = shown.as_object_mut().unwrap().remove("image_url").unwrap();
    assert_eq!(shown, image);
    let served = mary.client.get(url.as_str().unwrap()).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(served, picture(3));
}

#[tokio::test]
async fn an_upload_without_a_good_picture_stores_and_tells_nothing() {
    let (hotel, mary) = open().await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let before = hotel.gallery();
    let id = &before[0]["id"];
    let none = upload(&mary, id, Form::new().text("caption", "x")).await;
    assert_eq!((none.status, none.json()), (400, json!({"error": "No image file provided"})));
    let form = Form::new().part("image", file(picture(1))).text("display_order", "first");
    assert_eq!(
        upload(&mary, id, form).await.json(),
        json!({"display_order": ["A valid integer is required."]})
    );
    let bad = upload(&mary, id, Form::new().part("image", file(b"no picture".to_vec()))).await;
    assert_eq!((bad.status, bad.header("content-type")), (500, "text/plain; charset=utf-8"));
    assert_eq!(upload(&mary, &json!(999), Form::new().part("image", file(picture(1)))).await.status, 404);
    let hyphen = format!("{GALLERIES}{id}/upload-image/");
    let form = Form::new().part("image", file(picture(1)));
    assert_eq!(mary.send_form(Method::POST, &hyphen, form).await.status, 404);
    assert_eq!(hotel.gallery(), before);
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
}

#[tokio::test]
async fn images_with_the_same_number_stand_in_the_order_of_their_upload() {
    let (hotel, mary) = open().await;
    let id = mary.post(GALLERIES, json!({"name": "Spa", "display_order": 2})).await.json()["id"].clone();
    let mut uploaded = Vec::new();
    for shade in 0..3 {
        let image = upload(&mary, &id, Form::new().part("image", file(picture(shade)))).await.json();
        assert_eq!(image["display_order"], 0);
        uploaded.push(image["id"].as_i64().unwrap());
    }
    let form = Form::new().part("image", file(picture(9))).text("display_order", "1");
    uploaded.push(upload(&mary, &id, form).await.json()["id"].as_i64().unwrap());
    assert_eq!(ids(&hotel.gallery()[2]), uploaded);
}

#[tokio::test]
async fn reordering_some_images_leaves_the_others_their_numbers_so_that_they_collide() {
    let (hotel, mary) = open().await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let before = hotel.gallery()[0].clone();
    let [a, b, c, d] = ids(&before)[..] else { panic!("four images") };
    let answer = reorder(&mary, &before["id"], json!({"image_ids": [d, b]})).await;
    assert_eq!((answer.status, answer.json()), (200, json!({"message": "Images reordered successfully"})));
    let event =
        json!({"gallery_id": before["id"], "gallery_name": before["name"], "action": "images_reordered"});
    assert_eq!(listener.event().await, ("gallery-updated".into(), event));
    let after = hotel.gallery()[0].clone();
    // Two of them are first now; of the two the earlier upload.
    assert_eq!((ids(&after), places(&after)), (vec![a, d, b, c], vec![0, 0, 1, 2]));
    assert_eq!(after["updated_at"], before["updated_at"]);
}

#[tokio::test]
async fn unknown_and_foreign_images_in_a_new_order_are_passed_over_in_silence() {
    let (hotel, mary) = open().await;
    let galleries = hotel.gallery();
    let ([a, b, c, d], foreign) = (ids(&galleries[0])[..].try_into().unwrap(), ids(&galleries[1])[0]);
    let answer = reorder(&mary, &galleries[0]["id"], json!({"image_ids": [d, 999, foreign, c, b, a]})).await;
    assert_eq!(answer.status, 200);
    let after = hotel.gallery();
    assert_eq!((ids(&after[0]), places(&after[0])), (vec![d, c, b, a], vec![0, 3, 4, 5]));
    assert_eq!(after[1], galleries[1]);
}

#[tokio::test]
async fn an_order_without_images_is_accepted_and_told_and_one_that_is_no_list_is_not() {
    let (hotel, mary) = open().await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let before = hotel.gallery();
    let id = &before[0]["id"];
    assert_eq!(reorder(&mary, id, json!({})).await.status, 200);
    assert_eq!(listener.names_so_far(&hotel).await, ["gallery-updated"]);
    let wrong = reorder(&mary, id, json!({"image_ids": "1,2"})).await;
    assert_eq!((wrong.status, wrong.json()), (400, json!({"error": "image_ids must be a list"})));
    assert_eq!(reorder(&mary, id, json!({"image_ids": ["first"]})).await.status, 500);
    assert_eq!(reorder(&mary, &json!(999), json!({})).await.status, 404);
    assert_eq!(hotel.gallery(), before);
}

#[tokio::test]
async fn a_single_image_can_be_read_but_neither_changed_nor_deleted_by_anybody() {
    let (hotel, mary) = open().await;
    let before = hotel.gallery();
    let path = format!("{IMAGES}{}/", ids(&before[0])[1]);
    assert_eq!(mary.get(&path).await.json(), before[0]["images"][1]);
    for method in [Method::PATCH, Method::PUT, Method::DELETE] {
        let answer = read(mary.request(method, &path).json(&json!({"caption": "Mine"}))).await.unwrap();
        assert_eq!((answer.status, answer.json()["detail"].is_string()), (403, true));
    }
    assert_eq!(mary.delete(&format!("{IMAGES}999/")).await.status, 404);
    assert_eq!(hotel.gallery(), before);
}

#[tokio::test]
async fn galleries_and_images_of_another_hotel_are_out_of_reach() {
    let (hotel, mary) = open().await;
    let brid = Desk::sign_in(&hotel, "brid", "dingle-demo").await;
    let gallery = hotel.gallery()[0].clone();
    assert_eq!(brid.get(GALLERIES).await.status, 403);
    assert_eq!(brid.get(&format!("/api/staff/hotel/dingle/galleries/{}/", gallery["id"])).await.status, 404);
    let image = format!("/api/staff/hotel/dingle/gallery-images/{}/", ids(&gallery)[0]);
    assert_eq!(brid.get(&image).await.status, 404);
    assert_eq!(brid.get("/api/staff/hotel/dingle/galleries/").await.json()["count"], 0);
    assert_eq!(mary.get("/api/staff/hotel/dingle/galleries/").await.status, 403);
}

#[tokio::test]
async fn the_fault_plan_reaches_every_write_and_each_is_counted() {
    let (hotel, mary) = open().await;
    let id = hotel.gallery()[0]["id"].clone();
    let gallery = format!("{GALLERIES}{id}/");
    let unanswered = async |request: reqwest::RequestBuilder, action: Action| {
        hotel.set_faults(FaultPlan::of([Rule::new(action).path(GALLERIES)])).unwrap();
        hotel.reset_requests();
        assert!(read(request).await.is_err());
        assert_eq!(hotel.requests().len(), 1);
        hotel.clear_faults();
    };
    let create = || mary.request(Method::POST, GALLERIES).json(&json!({"name": "Spa", "display_order": 7}));
    unanswered(create(), Action::DropBeforeCommit).await;
    assert_eq!(hotel.gallery().len(), 2);
    unanswered(create(), Action::DropAfterCommit).await;
    assert_eq!(hotel.gallery()[2]["name"], "Spa");
    let sending = || {
        let form = Form::new().part("image", file(picture(1)));
        mary.request(Method::POST, &format!("{gallery}upload_image/")).multipart(form)
    };
    unanswered(sending(), Action::DropBeforeCommit).await;
    assert_eq!(hotel.gallery()[0]["image_count"], 4);
    unanswered(sending(), Action::DropAfterCommit).await;
    assert_eq!(hotel.gallery()[0]["image_count"], 5);
    let newest_first: Vec<i64> = ids(&hotel.gallery()[0]).into_iter().rev().collect();
    let body = json!({"image_ids": newest_first});
    let ordering = mary.request(Method::POST, &format!("{gallery}reorder_images/")).json(&body);
    unanswered(ordering, Action::DropAfterCommit).await;
    assert_eq!(ids(&hotel.gallery()[0]), newest_first);
    unanswered(mary.request(Method::DELETE, &gallery), Action::DropAfterCommit).await;
    assert_eq!(hotel.gallery().len(), 2);
    let unclear = Action::StatusAfterCommit(StatusFault { code: 500, body: None });
    hotel.set_faults(FaultPlan::of([Rule::new(unclear).path(GALLERIES).times(1)])).unwrap();
    assert_eq!(mary.post(GALLERIES, json!({"name": "Bar"})).await.status, 500);
    assert_eq!(hotel.gallery().len(), 3);
}

#[tokio::test]
async fn an_event_of_a_gallery_can_be_lost() {
    let (hotel, mary) = open().await;
    let mut listener = Listener::on_hotel(&hotel).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventLost).event("gallery-updated")])).unwrap();
    assert_eq!(reorder(&mary, &hotel.gallery()[0]["id"], json!({})).await.status, 200);
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_slow_edit_brings_back_a_gallery_deleted_meanwhile_without_its_images() {
    let (hotel, mary) = open().await;
    let gallery = hotel.gallery()[0].clone();
    let path = format!("{GALLERIES}{}/", gallery["id"]);
    hotel.set_faults(FaultPlan::of([Rule::new(Action::DelayMs(400)).method("PATCH")])).unwrap();
    let (desk, slow) = (mary.clone(), path.clone());
    let editing = tokio::spawn(async move { desk.patch(&slow, json!({"description": "Late"})).await });
    let arrived = async {
        while !hotel.requests().iter().any(|request| request.method == "PATCH") {
            tokio::task::yield_now().await;
        }
    };
    timeout(DEADLINE, arrived).await.unwrap();
    assert_eq!(mary.delete(&path).await.status, 204);
    assert_eq!(editing.await.unwrap().status, 200);
    let back = mary.get(&path).await.json();
    assert_eq!(
        (&back["id"], &back["description"], &back["images"]),
        (&gallery["id"], &json!("Late"), &json!([]))
    );
}
