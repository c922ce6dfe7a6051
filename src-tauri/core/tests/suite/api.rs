//! The REST client over real sockets, against a server that follows a script: one answer for each connection. Every
//! request is stored as it was received.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use hotelmate_core::account::Token;
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::hotel::{Api, ApiError, EntityPage, Http, PictureHostError, Upload, login};
use hotelmate_core::ids::ServerId;
use hotelmate_core::records::{FieldValue, Fields};
use hotelmate_core::resources::Kind;

use crate::offers::unseen;
use crate::script::{Reply, Script};

const TOKEN: &str = "0123456789abcdef0123456789abcdef01234567";
const OFFER: &str = r#"{"id":14,"title":"Spa","short_description":"Two nights","details_text":"","details_html":"",
    "valid_from":null,"valid_to":null,"tag":"","book_now_url":"","photo":null,"photo_url":null,"sort_order":0,
    "is_active":true,"created_at":"2026-11-20T22:57:00.019773Z"}"#;

fn api_to(server: &str) -> Api {
    let http = Http::new().expect("client");
    Api::new(http, server.parse().expect("url"), "killarney".into(), Token::new(TOKEN))
}

async fn scripted(replies: impl IntoIterator<Item = Reply>) -> (Script, Api) {
    let script = Script::start(replies).await;
    let api = api_to(&script.origin());
    (script, api)
}

fn offer() -> Fields {
    Kind::Offer.table().blank().with("title", "Spa").with("short_description", "Two nights")
}

fn picture(size: usize) -> Upload {
    Upload { bytes: Bytes::from(vec![0x5A; size]), mime: "image/jpeg" }
}

#[tokio::test]
async fn a_list_is_read_page_by_page_with_the_token() {
    let body = format!(
        r#"{{"count":11,"next":"http://other.example/?page=2","previous":null,"results":[{OFFER}]}}"#
    );
    let (script, api) = scripted([Reply::json(200, &body)]).await;
    let EntityPage { count, more, entities, unreadable } = crate::offers::page(&api, 1).await.expect("page");
    assert_eq!((count, more, entities.len(), unreadable), (11, true, 1, 0));
    let request = &script.requests()[0];
    assert!(request.starts_with("GET /api/staff/hotel/killarney/offers/?page=1 HTTP/1.1\r\n"), "{request}");
    assert!(request.contains(&format!("authorization: Token {TOKEN}\r\n")), "{request}");
}

#[tokio::test]
async fn every_verb_goes_to_its_path_with_the_final_slash() {
    let (script, api) = scripted([
        Reply::json(200, OFFER),
        Reply::json(201, OFFER),
        Reply::json(200, OFFER),
        Reply::json(200, OFFER),
        Reply::json(204, ""),
        Reply::json(200, r#"{"message":"Image uploaded","photo_url":"https://i.example/a.jpg"}"#),
        Reply::json(200, r#"{"success":true,"is_on_duty":true,"clock_time":"2026-11-21T09:05:00+00:00"}"#),
        Reply::json(200, r#"{"id":3,"is_on_duty":true}"#),
    ])
    .await;
    let id = ServerId(14);
    crate::offers::read(&api, id).await.expect("read");
    crate::offers::create(&api, &offer()).await.expect("created");
    crate::offers::edit(&api, id, &[FieldValue::of("tag", "New")]).await.expect("edited");
    api.remove_picture(Kind::Offer, id).await.expect("picture removed");
    api.delete(Kind::Offer, id).await.expect("deleted");
    crate::offers::upload(&api, id, picture(3), unseen()).await.expect("uploaded");
    assert!(api.toggle_clock().await.expect("toggled").is_on_duty);
    api.me().await.expect("me");
    let lines: Vec<String> = script.requests().iter().map(|request| first_line(request)).collect();
    let offers = "/api/staff/hotel/killarney/offers";
    let expected = [
        format!("GET {offers}/14/"),
        format!("POST {offers}/"),
        format!("PATCH {offers}/14/"),
        format!("PATCH {offers}/14/"),
        format!("DELETE {offers}/14/"),
        format!("POST {offers}/14/upload-image/"),
        "POST /api/staff/killarney/clock/".to_owned(),
        "GET /api/staff/hotel/killarney/me/".to_owned(),
    ];
    assert_eq!(lines, expected);
    assert!(script.requests()[2].ends_with(r#"{"tag":"New"}"#));
    assert!(script.requests()[3].ends_with(r#"{"photo":null}"#));
}

#[tokio::test]
async fn who_one_is_is_asked_at_the_newer_path_first_and_the_older_one_is_remembered_where_it_has_none() {
    let page = || Reply::json(404, "<h1>Page not found</h1>");
    let first = || Reply::json(200, r#"{"id":3,"is_on_duty":true}"#);
    let (script, api) = scripted([page(), first(), first()]).await;
    for _ in 0..2 {
        api.me().await.expect("me");
    }
    let (newer, older) = ("GET /api/staff/hotel/killarney/me/", "GET /api/staff/killarney/me/");
    let lines: Vec<String> = script.requests().iter().map(|request| first_line(request)).collect();
    assert_eq!(lines, [newer, older, older]);
}

#[tokio::test]
async fn an_older_path_that_hides_the_rights_of_a_newer_server_is_not_remembered() {
    let trouble = Reply::json(403, r#"{"detail":"No."}"#);
    let hidden = Reply::json(200, r#"{"id":3,"duty_status":"on_duty"}"#);
    let whole = Reply::json(200, r#"{"id":3,"duty_status":"on_duty","allowed_capabilities":[]}"#);
    let (_script, api) = scripted([trouble, hidden, whole]).await;
    api.me().await.expect("me");
    assert_eq!(api.me().await.expect("me").generation, Generation::Current);
}

fn first_line(request: &str) -> String {
    request.split(" HTTP/1.1").next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn signing_in_sends_no_token_and_brings_one() {
    let body =
        r#"{"token":"ab12","staff_id":3,"username":"mary","hotel_slug":"killarney","hotel_name":"Inn"}"#;
    let script = Script::start([Reply::json(200, body)]).await;
    let http = Http::new().expect("client");
    let server = script.origin().parse().expect("url");
    let login = login(&http, &server, "mary", "pw").await.expect("signed in");
    assert_eq!((login.token.expose(), login.hotel_slug.as_str()), ("ab12", "killarney"));
    let request = &script.requests()[0];
    assert_eq!(first_line(request), "POST /api/staff/login/");
    assert!(!request.contains("authorization:"), "{request}");
}

#[tokio::test]
async fn a_wrong_password_is_an_error_of_its_own() {
    let body = r#"{"non_field_errors":["Unable to log in with provided credentials."]}"#;
    let script = Script::start([Reply::json(400, body)]).await;
    let http = Http::new().expect("client");
    let refused = login(&http, &script.origin().parse().expect("url"), "mary", "pw").await;
    assert_eq!(refused, Err(ApiError::WrongPassword));
}

#[tokio::test]
async fn bearer_is_used_only_after_the_server_names_it() {
    let refused = Reply::json(401, r#"{"detail":"x"}"#).with("WWW-Authenticate", "Bearer realm=\"api\"");
    let (script, api) = scripted([refused, Reply::json(201, OFFER), Reply::json(200, OFFER)]).await;
    crate::offers::create(&api, &offer()).await.expect("created on the second try");
    crate::offers::read(&api, ServerId(14)).await.expect("read");
    let schemes: Vec<bool> =
        script.requests().iter().map(|request| request.contains("authorization: Bearer ")).collect();
    assert_eq!(schemes, [false, true, true]);
}

#[tokio::test]
async fn a_lost_session_is_not_asked_twice() {
    let refused = || Reply::json(401, r#"{"detail":"Invalid token."}"#).with("WWW-Authenticate", "Token");
    let (script, api) = scripted([refused()]).await;
    assert_eq!(crate::offers::read(&api, ServerId(14)).await, Err(ApiError::SignInNeeded));
    assert_eq!(script.requests().len(), 1);
}

#[tokio::test]
async fn a_closed_port_is_offline_and_nothing_was_sent() {
    let origin = Script::closed_port().await;
    let failed = crate::offers::create(&api_to(&origin), &offer()).await;
    assert!(matches!(failed, Err(ApiError::Offline { .. })), "{failed:?}");
}

#[tokio::test]
async fn a_connection_that_drops_without_an_answer_is_unclear() {
    let (script, api) = scripted([Reply::drop()]).await;
    let failed = crate::offers::create(&api, &offer()).await;
    assert!(matches!(failed, Err(ApiError::Unclear { .. })), "{failed:?}");
    assert_eq!(script.requests().len(), 1, "nothing is repeated by itself");
}

#[tokio::test]
async fn a_cut_answer_is_unclear_however_it_is_cut() {
    let cut = || Reply::json(201, OFFER).cut_to(40);
    let honest = Reply::json(201, &OFFER[..40]);
    let (_script, api) = scripted([cut(), honest, cut()]).await;
    for _ in 0..2 {
        let failed = crate::offers::create(&api, &offer()).await;
        assert!(matches!(failed, Err(ApiError::Unclear { .. })), "{failed:?}");
    }
    let failed = crate::offers::read(&api, ServerId(14)).await;
    assert!(matches!(failed, Err(ApiError::Unclear { .. })), "{failed:?}");
}

#[tokio::test]
async fn a_sign_in_page_of_the_network_is_no_answer() {
    let page = || Reply::json(200, "<html>Welcome to the train</html>").with("Content-Type", "text/html");
    let (_script, api) = scripted([page(), page()]).await;
    let read = crate::offers::read(&api, ServerId(14)).await;
    assert!(matches!(read, Err(ApiError::Unexpected { status: 200, .. })), "{read:?}");
    let written = crate::offers::create(&api, &offer()).await;
    assert!(matches!(written, Err(ApiError::Unclear { .. })), "a write may have passed: {written:?}");
}

#[tokio::test]
async fn a_redirect_is_never_followed_by_the_interface() {
    let script =
        Script::start([Reply::json(301, "").with("Location", "/elsewhere/"), Reply::json(200, OFFER)]).await;
    let failed = crate::offers::create(&api_to(&script.origin()), &offer()).await;
    assert!(matches!(failed, Err(ApiError::Unexpected { status: 301, .. })), "{failed:?}");
    assert_eq!(script.requests().len(), 1);
}

#[tokio::test]
async fn refusals_keep_their_meaning_on_the_way() {
    let (_script, api) = scripted([
        Reply::json(400, r#"{"title":["This field may not be blank."]}"#),
        Reply::json(404, r#"{"detail":"No Offer matches the given query."}"#),
        Reply::json(429, "").with("Retry-After", "7"),
        Reply::json(500, r#"{"error":"Upload failed: Invalid image file"}"#),
        Reply::json(403, r#"{"detail":"You do not have permission to perform this action."}"#),
        Reply::json(404, r#"{"detail":"Not found."}"#),
    ])
    .await;
    let Err(ApiError::Rejected { fields, .. }) = crate::offers::create(&api, &offer()).await else {
        panic!("rejected")
    };
    assert_eq!(fields.0["title"], ["This field may not be blank."]);
    assert_eq!(api.delete(Kind::Offer, ServerId(14)).await, Err(ApiError::NotFound));
    let busy = ApiError::Busy { status: 429, retry_after: Some(Duration::from_secs(7)) };
    assert_eq!(crate::offers::read(&api, ServerId(14)).await, Err(busy));
    let message = "Upload failed: Invalid image file".to_owned();
    let trouble = ApiError::ServerTrouble { status: 500, message };
    assert_eq!(crate::offers::upload(&api, ServerId(14), picture(9), unseen()).await, Err(trouble));
    assert_eq!(api.toggle_clock().await, Err(ApiError::NotHere));
    assert_eq!(crate::offers::page(&api, 1).await, Err(ApiError::NotHere));
}

#[tokio::test]
async fn an_upload_is_one_multipart_file_whose_progress_ends_at_the_whole() {
    let (script, api) = scripted([Reply::json(200, r#"{"photo_url":"https://i.example/a.jpg"}"#)]).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let progress = {
        let seen = Arc::clone(&seen);
        move |sent, total| seen.lock().expect("lock").push((sent, total))
    };
    crate::offers::upload(&api, ServerId(14), picture(200_000), Arc::new(progress)).await.expect("uploaded");
    let expected = [65_536, 131_072, 196_608, 200_000].map(|sent| (sent, 200_000));
    assert_eq!(*seen.lock().expect("lock"), expected);
    let request = &script.requests()[0];
    assert!(
        request
            .to_lowercase()
            .contains(r#"content-disposition: form-data; name="photo"; filename="photo.jpg""#)
    );
    assert_eq!(request.to_lowercase().matches("content-type: image/jpeg\r\n").count(), 1);
    assert_eq!(request.matches('Z').count(), 200_000, "all bytes, once");
}

#[tokio::test]
async fn a_picture_is_fetched_without_the_token_and_over_a_redirect() {
    let images = Script::start([Reply::json(200, "picture")]).await;
    let moved = Reply::json(302, "").with("Location", &format!("{}/b.jpg", images.origin()));
    let (hotel, api) = scripted([moved]).await;
    let bytes = api.fetch_picture(&format!("{}/a.jpg", hotel.origin())).await.expect("fetched");
    assert_eq!(bytes, "picture");
    for request in [hotel.requests(), images.requests()].concat() {
        assert!(!request.contains(TOKEN) && !request.contains("authorization"), "{request}");
    }
}

#[tokio::test]
async fn a_picture_that_is_not_on_the_web_is_not_fetched() {
    let (script, api) = scripted([]).await;
    for address in ["file:///etc/passwd", "data:text/html,x", "ftp://i.example/a.jpg", "javascript:x"] {
        let failed = api.fetch_picture(address).await;
        assert!(matches!(failed, Err(PictureHostError::Unusable { .. })), "{address}: {failed:?}");
    }
    assert!(script.requests().is_empty());
}

#[tokio::test]
async fn a_picture_that_points_in_circles_is_given_up() {
    let circle = || Reply::json(302, "").with("Location", "/a.jpg");
    let (script, api) = scripted(std::iter::repeat_with(circle).take(9)).await;
    assert!(api.fetch_picture(&format!("{}/a.jpg", script.origin())).await.is_err());
    assert_eq!(script.requests().len(), 4);
}

#[tokio::test]
async fn a_token_that_is_no_header_is_a_lost_session() {
    let script = Script::start([]).await;
    let http = Http::new().expect("client");
    let api = Api::new(http, script.origin().parse().expect("url"), "x".into(), Token::new("a\nb"));
    assert_eq!(crate::offers::read(&api, ServerId(1)).await, Err(ApiError::SignInNeeded));
}

/// Returns the time after which the client gives up a request to a silent server, on a clock that runs ahead once the
/// request has arrived.
async fn patience<T: std::fmt::Debug>(
    ask: impl AsyncFnOnce(Api) -> Result<T, ApiError>,
) -> (Duration, ApiError) {
    let (script, api) = scripted([Reply::silence()]).await;
    let begun = tokio::time::Instant::now();
    let hurry = async {
        script.asked().await;
        tokio::time::pause();
        std::future::pending().await
    };
    let failed = tokio::select! {
        failed = ask(api) => failed.expect_err("nobody answers"),
        () = hurry => unreachable!("it waits for good"),
    };
    let waited = begun.elapsed();
    tokio::time::resume();
    (waited, failed)
}

#[tokio::test]
async fn a_silent_server_is_given_up_after_a_time_that_fits_the_request() {
    let unclear = ApiError::Unclear { cause: "no answer in time".to_owned() };
    let waits = [
        (30, patience(async |api| crate::offers::read(&api, ServerId(14)).await.map(drop)).await),
        (60, patience(async |api| crate::offers::create(&api, &offer()).await.map(drop)).await),
        (
            180,
            patience(async |api| {
                crate::offers::upload(&api, ServerId(14), picture(9), unseen()).await.map(drop)
            })
            .await,
        ),
    ];
    for (seconds, (waited, failed)) in waits {
        assert_eq!(failed, unclear);
        assert!(waited.as_secs().abs_diff(seconds) <= 2, "{seconds} s were promised, {waited:?} waited");
    }
}
