use reqwest::header::HeaderValue;
use serde_json::json;

use super::*;
use crate::error::ErrorCode;

fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
    list.iter().map(|(name, value)| (name.parse().expect("name"), HeaderValue::from_static(value))).collect()
}

fn refused(status: u16, body: &str) -> ApiError {
    answered(status, &[("content-type", "application/json")], body)
}

fn answered(status: u16, list: &[(&'static str, &'static str)], body: &str) -> ApiError {
    ApiError::from_answer(StatusCode::from_u16(status).expect("status"), &headers(list), body.as_bytes())
}

fn fields(list: &[(&str, &[&str])]) -> FieldErrors {
    let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    FieldErrors(list.iter().map(|(field, list)| ((*field).to_owned(), texts(list))).collect())
}

fn rejected(list: &[(&str, &[&str])], message: &str) -> ApiError {
    ApiError::Rejected { fields: fields(list), message: message.to_owned() }
}

#[test]
fn shape_1_names_the_wrong_fields() {
    let body = r#"{"title":["This field is required."],"valid_to":["Date has wrong format.","x"]}"#;
    let expected = [
        ("title", ["This field is required."].as_slice()),
        ("valid_to", ["Date has wrong format.", "x"].as_slice()),
    ];
    assert_eq!(refused(400, body), rejected(&expected, ""));
}

#[test]
fn shape_2_speaks_about_the_whole() {
    let body = r#"{"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}"#;
    assert_eq!(refused(400, body), rejected(&[], "Invalid data. Expected a dictionary, but got list."));
}

#[test]
fn shape_3_is_a_detail() {
    let body = r#"{"detail":"Unsupported media type \"text/plain\" in request."}"#;
    assert_eq!(refused(415, body), rejected(&[], "Unsupported media type \"text/plain\" in request."));
}

#[test]
fn shape_4_is_an_error() {
    assert_eq!(
        refused(400, r#"{"error":"No photo file provided"}"#),
        rejected(&[], "No photo file provided")
    );
}

#[test]
fn shape_5_has_details_as_a_list_or_by_field() {
    let list = r#"{"error":"Bad files.","details":["a.exe: not allowed","b.zip: too large"]}"#;
    assert_eq!(refused(400, list), rejected(&[], "Bad files. a.exe: not allowed b.zip: too large"));
    let object = r#"{"error":"Bad data.","details":{"image":["Not readable."]}}"#;
    assert_eq!(refused(400, object), rejected(&[("image", &["Not readable."])], "Bad data."));
}

#[test]
fn shape_6_has_a_code_which_is_not_for_people() {
    assert_eq!(refused(400, r#"{"error":"Wrong PIN.","code":"PIN"}"#), rejected(&[], "Wrong PIN."));
}

#[test]
fn shape_7_is_a_page_of_which_nothing_is_shown() {
    let page = "<!DOCTYPE html><html><h1>Server Error (500)</h1></html>";
    let trouble = answered(500, &[("content-type", "text/html; charset=utf-8")], page);
    assert_eq!(trouble, ApiError::ServerTrouble { status: 500, message: String::new() });
}

#[test]
fn shape_7_may_be_a_debug_text_of_which_one_line_is_enough() {
    let text = "IntegrityError at /api/staff/hotel/x/offers/\nUNIQUE failed\n\nRequest Method: POST\n";
    let trouble = answered(500, &[("content-type", "text/plain")], text);
    let message = "IntegrityError at /api/staff/hotel/x/offers/".to_owned();
    assert_eq!(trouble, ApiError::ServerTrouble { status: 500, message });
}

#[test]
fn a_long_sentence_is_shortened() {
    let body = json!({ "detail": "é".repeat(5000) }).to_string();
    let ApiError::Rejected { message, .. } = refused(400, &body) else { panic!("rejected") };
    assert_eq!(message.chars().count(), LONGEST_MESSAGE + 1);
}

#[test]
fn an_empty_or_cut_body_still_has_its_status() {
    assert_eq!(refused(400, ""), rejected(&[], ""));
    assert_eq!(refused(502, ""), ApiError::ServerTrouble { status: 502, message: String::new() });
}

#[test]
fn only_a_401_with_www_authenticate_ends_the_session() {
    let body = r#"{"detail":"Invalid token."}"#;
    assert_eq!(answered(401, &[("www-authenticate", "Token")], body), ApiError::SignInNeeded);
    let face = refused(401, r#"{"error":"Face not recognized."}"#);
    assert_eq!(face, ApiError::Forbidden { message: "Face not recognized.".to_owned() });
}

#[test]
fn another_hotel_is_forbidden() {
    let message = "You can only access resources from your hotel.";
    let body = json!({ "detail": message }).to_string();
    assert_eq!(refused(403, &body), ApiError::Forbidden { message: message.to_owned() });
}

#[test]
fn a_missing_object_is_told_from_a_missing_operation() {
    assert_eq!(refused(404, r#"{"detail":"No Offer matches the given query."}"#), ApiError::NotFound);
    assert_eq!(answered(404, &[("content-type", "text/html")], "<html>Page not found"), ApiError::NotHere);
    assert_eq!(refused(405, r#"{"detail":"Method \"POST\" not allowed."}"#), ApiError::NotHere);
}

#[test]
fn a_throttled_request_tells_how_long_to_wait() {
    let busy = |status, list: &[(&'static str, &'static str)]| answered(status, list, "");
    let wait = |status, seconds: Option<u64>| ApiError::Busy {
        status,
        retry_after: seconds.map(Duration::from_secs),
    };
    assert_eq!(busy(429, &[("retry-after", "58")]), wait(429, Some(58)));
    assert_eq!(busy(429, &[]), wait(429, None));
    assert_eq!(busy(503, &[("retry-after", "5")]), wait(503, Some(5)));
    assert_eq!(busy(429, &[("retry-after", "99999999")]), wait(429, Some(3600)), "no pause without an end");
}

#[test]
fn a_date_to_wait_for_is_measured_by_the_servers_own_clock() {
    let list = [("date", "Sat, 21 Nov 2026 10:00:00 GMT"), ("retry-after", "Sat, 21 Nov 2026 10:02:00 GMT")];
    let expected = ApiError::Busy { status: 503, retry_after: Some(Duration::from_secs(120)) };
    assert_eq!(answered(503, &list, ""), expected);
}

#[test]
fn of_those_that_ask_to_wait_only_a_429_is_certain_to_have_done_nothing() {
    let may_be_done = |status| ApiError::Busy { status, retry_after: None }.may_be_done();
    assert_eq!([408, 429, 503].map(may_be_done), [true, false, true]);
    assert!(!ApiError::Offline { cause: "refused".into(), speaks_no_tls: false }.may_be_done());
    assert!(!refused(400, "{}").may_be_done());
}

#[test]
fn a_503_without_a_promise_may_have_been_carried_out() {
    assert_eq!(refused(503, ""), ApiError::ServerTrouble { status: 503, message: String::new() });
}

#[test]
fn a_redirect_is_no_success() {
    assert!(matches!(answered(301, &[("location", "/x/")], ""), ApiError::Unexpected { status: 301, .. }));
}

#[test]
fn every_failure_has_a_sentence_and_a_way_out() {
    let text = String::new;
    let all = [
        (ErrorCode::Offline, ApiError::Offline { cause: "Connection refused".into(), speaks_no_tls: false }),
        (ErrorCode::Offline, ApiError::Offline { cause: String::new(), speaks_no_tls: true }),
        (ErrorCode::Invalid, ApiError::TooLarge),
        (ErrorCode::Offline, ApiError::Unclear { cause: "no answer in time".into() }),
        (ErrorCode::ServerTrouble, ApiError::Busy { status: 429, retry_after: None }),
        (ErrorCode::ServerTrouble, ApiError::ServerTrouble { status: 500, message: text() }),
        (ErrorCode::SignInNeeded, ApiError::SignInNeeded),
        (ErrorCode::WrongPassword, ApiError::WrongPassword),
        (ErrorCode::NotAllowed, ApiError::Forbidden { message: text() }),
        (ErrorCode::NotFound, ApiError::NotFound),
        (ErrorCode::Unexpected, ApiError::NotHere),
        (ErrorCode::Invalid, rejected(&[], "No.")),
        (ErrorCode::Invalid, rejected(&[("title", &["Too long."])], "")),
        (ErrorCode::Unexpected, ApiError::Unexpected { status: 0, message: text() }),
    ];
    for (code, error) in all {
        let desk = DeskError::from(error);
        assert_eq!(desk.code, code);
        assert!(desk.message.ends_with('.') && desk.way_out.ends_with('.'), "{desk:?}");
    }
}

#[test]
fn wrong_fields_reach_the_screen() {
    let desk = DeskError::from(rejected(&[("title", &["Too long."])], ""));
    assert_eq!((desk.code, desk.fields), (ErrorCode::Invalid, fields(&[("title", &["Too long."])])));
}
