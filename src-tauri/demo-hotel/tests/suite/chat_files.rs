//! Files in the chat of the servers of 2025 (contract.md 8.5).

use crate::support::{Answer, Desk, client, open, read};
use demo_hotel::DemoHotel;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

const UPLOAD: &str = "/api/chat/killarney/conversations/1/upload-attachment/";
const MESSAGES: &str = "/api/chat/killarney/conversations/1/messages/";

fn file(name: &'static str, bytes: usize) -> Part {
    Part::bytes(vec![0; bytes]).file_name(name)
}

async fn guest_shares(hotel: &DemoHotel, form: Form) -> Answer {
    read(client().post(format!("{}{UPLOAD}", hotel.url())).multipart(form)).await.unwrap()
}

async fn stored(desk: &Desk) -> Vec<Value> {
    desk.get(MESSAGES).await.json().as_array().unwrap().clone()
}

#[tokio::test]
async fn a_file_is_part_of_its_message_and_served_at_its_address() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let form = Form::new().part("files", Part::bytes(b"a,b".to_vec()).file_name("list.csv"));
    let answer = guest_shares(&hotel, form).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let message = &stored(&mary).await[0];
    assert_eq!(
        (&message["message"], &message["sender_type"], &message["has_attachments"]),
        (&json!("[File shared]"), &json!("guest"), &json!(true))
    );
    let shared = &message["attachments"][0];
    assert_eq!(
        (&shared["file_type"], &shared["mime_type"], &shared["thumbnail_url"]),
        (&json!("document"), &json!(""), &Value::Null)
    );
    let served = read(client().get(shared["file_url"].as_str().unwrap())).await.unwrap();
    assert_eq!((served.text.as_str(), served.header("content-type")), ("a,b", "text/csv; charset=utf-8"));
}

#[tokio::test]
async fn a_request_without_a_file_is_refused_and_its_message_stays() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let refused = mary.send_form(Method::POST, UPLOAD, Form::new().text("message", "The bill")).await;
    assert_eq!((refused.status, refused.json()), (400, json!({"error": "No files provided"})));
    let bad = Form::new().part("files", file("x.exe", 1)).part("files", file("y", 1));
    let refused = mary.send_form(Method::POST, UPLOAD, bad).await;
    assert_eq!((refused.status, refused.json()["details"].as_array().unwrap().len()), (400, 2));
    let texts: Vec<Value> = stored(&mary).await.iter().map(|row| row["message"].clone()).collect();
    assert_eq!(texts, [json!("The bill"), json!("[File shared]")]);
}

#[tokio::test]
async fn the_good_files_of_a_request_are_kept_and_the_bad_ones_are_named() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let both = Form::new().part("files", file("x.exe", 1)).part("files", file("bill.pdf", 1));
    let answer = mary.send_form(Method::POST, UPLOAD, both).await;
    assert_eq!((answer.status, answer.json()["attachments"].as_array().unwrap().len()), (200, 1));
    let warning = "x.exe: File type '.exe' not allowed. Allowed: images, PDF, documents";
    assert_eq!(answer.json()["warnings"], json!([warning]));
}

#[tokio::test]
async fn a_file_of_fifty_megabytes_arrives_whole_and_a_larger_one_is_refused() {
    let hotel = open().await;
    let whole = 50 * 1024 * 1024;
    let answer = guest_shares(&hotel, Form::new().part("files", file("film.pdf", whole))).await;
    assert_eq!(answer.json()["attachments"][0]["file_size"], whole);
    let answer = guest_shares(&hotel, Form::new().part("files", file("film.pdf", whole + 1))).await;
    let reason = "film.pdf: File too large (50.00MB, max 50MB)";
    assert_eq!((answer.status, &answer.json()["details"]), (400, &json!([reason])));
}

#[tokio::test]
async fn a_file_can_be_added_to_a_message_and_replies_name_the_message() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let first = mary
        .send_form(Method::POST, UPLOAD, Form::new().part("files", file("a.txt", 1)))
        .await
        .json()["message"]["id"]
        .to_string();
    let more = Form::new().text("message_id", first.clone()).part("files", file("b.txt", 1));
    let answer = mary.send_form(Method::POST, UPLOAD, more).await.json();
    assert_eq!(answer["attachments"].as_array().unwrap().len(), 1);
    assert_eq!(answer["message"]["attachments"].as_array().unwrap().len(), 2);
    let reply = Form::new().text("reply_to", first).part("files", file("c.txt", 1));
    let answer = mary.send_form(Method::POST, UPLOAD, reply).await.json();
    assert_eq!(answer["message"]["reply_to_message"]["attachment_count"], 2);
    assert_eq!(stored(&mary).await.len(), 2);
}

#[tokio::test]
async fn a_file_cannot_be_deleted_and_goes_with_its_message() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let rory = Desk::sign_in(&hotel, "rory", "killarney-demo").await;
    let shared =
        mary.send_form(Method::POST, UPLOAD, Form::new().part("files", file("a.txt", 1))).await.json();
    let path = format!("/api/chat/attachments/{}/delete/", shared["attachments"][0]["id"]);
    assert_eq!(mary.delete(&path).await.status, 500);
    assert_eq!(rory.delete(&path).await.status, 403);
    let message = format!("/api/chat/messages/{}/delete/?hard_delete=true", shared["message"]["id"]);
    assert_eq!(mary.delete(&message).await.status, 200);
    assert_eq!(mary.delete(&path).await.status, 404);
}

#[tokio::test]
async fn a_deleted_message_with_files_says_that_the_files_went_too() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let shared =
        mary.send_form(Method::POST, UPLOAD, Form::new().part("files", file("a.txt", 1))).await.json();
    let deleted =
        mary.delete(&format!("/api/chat/messages/{}/delete/", shared["message"]["id"])).await.json();
    assert_eq!(deleted["message"]["message"], "[Message and file(s) deleted]");
}
