use crate::records::FieldErrors;

use super::*;
use crate::resources::DutyStatus;

fn me(value: Value) -> Me {
    serde_json::from_value::<WireMe>(value).expect("reads").into()
}

#[test]
fn a_login_of_either_era_is_read() {
    let old = json!({"token": "ab12", "staff_id": 3, "username": "mary", "hotel_id": 1, "hotel_name": "Killarney Inn",
        "hotel_slug": "killarney", "hotel": {"id": 1, "name": "Killarney Inn", "slug": "killarney"},
        "profile_image_url": "hotel_staff_profiles/e3fc", "role": null});
    let login = read_login(&old).expect("reads");
    assert_eq!((login.staff_id, login.hotel_slug.as_str()), (ServerId(3), "killarney"));
    assert_eq!((login.hotel_name.as_str(), login.token.expose()), ("Killarney Inn", "ab12"));
    let nested = json!({"token": "t", "staff_id": 3, "username": "mary", "hotel": {"slug": "cork"}});
    let login = read_login(&nested).expect("reads");
    assert_eq!((login.hotel_slug.as_str(), login.hotel_name.as_str()), ("cork", "cork"));
}

#[test]
fn a_login_without_a_token_is_none() {
    assert_eq!(read_login(&json!({"token": "", "staff_id": 3, "username": "m", "hotel_slug": "x"})), None);
    assert_eq!(read_login(&json!({"detail": "hello"})), None);
}

#[test]
fn a_wrong_password_is_told_in_both_eras() {
    let unable = ApiError::Rejected { fields: FieldErrors::default(), message: "Unable to log in.".into() };
    assert_eq!(login_failure(400, unable), ApiError::WrongPassword);
    let invalid = ApiError::Forbidden { message: "Invalid username or password".into() };
    assert_eq!(login_failure(401, invalid), ApiError::WrongPassword);
}

#[test]
fn an_empty_password_is_a_wrong_field_and_not_a_wrong_password() {
    let fields =
        FieldErrors([("password".to_owned(), vec!["This field may not be blank.".to_owned()])].into());
    let error = ApiError::Rejected { fields, message: String::new() };
    assert_eq!(login_failure(400, error.clone()), error);
}

#[test]
fn somebody_without_a_staff_profile_may_not_enter() {
    assert!(matches!(login_failure(404, ApiError::NotFound), ApiError::Forbidden { .. }));
    assert_eq!(login_failure(404, ApiError::NotHere), ApiError::NotHere, "a page: no HotelMate server");
}

#[test]
fn a_full_profile_is_read() {
    let me = me(json!({"id": 3, "user": {"id": 7, "username": "mary", "email": "m@x"}, "first_name": "Mary",
        "last_name": "Murphy", "department": 1, "department_detail": {"id": 1, "name": "Front Office", "slug": "front-office"},
        "role": 2, "role_detail": {"name": "Receptionist"}, "is_on_duty": true, "is_active": true}));
    assert_eq!((me.profile.staff_id, me.profile.user_id), (ServerId(3), Some(ServerId(7))));
    assert_eq!(me.profile.department.as_deref(), Some("Front Office"));
    assert_eq!(me.profile.role.as_deref(), Some("Receptionist"));
    assert_eq!(me.duty, Some(OwnDuty { status: DutyStatus::OnDuty, since: None }));
}

#[test]
fn the_time_that_belongs_to_the_duty_is_taken() {
    let (came, went) = ("2026-11-21T09:05:00.019773Z", "2026-11-20T17:00:00+00:00");
    let answer =
        |on: bool| me(json!({"id": 3, "is_on_duty": on, "last_clock_in": came, "last_clock_out": went}));
    assert_eq!(answer(true).duty.and_then(|duty| duty.since), came.parse().ok());
    assert_eq!(answer(false).duty.and_then(|duty| duty.since), went.parse().ok());
}

#[test]
fn a_break_is_read_and_counts_as_on_duty() {
    let duty = |status: &str| me(json!({"id": 3, "duty_status": status})).duty.map(|duty| duty.status);
    assert_eq!(
        [duty("on_break"), duty("on_duty"), duty("off_duty"), duty("?")],
        [Some(DutyStatus::OnBreak), Some(DutyStatus::OnDuty), Some(DutyStatus::OffDuty), None]
    );
}

#[test]
fn a_bare_profile_is_enough() {
    let me = me(json!({"id": 3, "department_detail": null, "last_clock_in": 5}));
    assert_eq!((me.profile.staff_id, me.profile.department, me.duty), (ServerId(3), None, None));
}

#[test]
fn a_token_is_never_shown() {
    let login = read_login(&json!({"token": "secret40", "staff_id": 3, "username": "m", "hotel_slug": "x"}));
    assert!(!format!("{login:?}").contains("secret40"));
}

#[test]
fn what_me_tells_shows_how_old_the_server_is() {
    let of = |value: Value| me(value).generation;
    assert_eq!(of(json!({"id": 3, "is_on_duty": false})), Generation::First);
    assert_eq!(of(json!({"id": 3, "is_on_duty": false, "duty_status": "off_duty"})), Generation::Between);
    let current = json!({"id": 3, "duty_status": "on_duty", "tier": "regular_staff", "allowed_capabilities": [],
        "current_status": {"status": "on_duty", "label": "On Duty", "is_on_break": false}});
    assert_eq!(of(current), Generation::Current);
}

#[test]
fn the_hotel_is_found_wherever_an_answer_names_it() {
    let refusal =
        json!({"detail": "Staff profile not found for the current user and hotel.", "rbac": {"rooms": {}}});
    assert_eq!(named_hotel(&refusal), None);
    let flat = json!({"detail": "x", "hotel_slug": "killarney"});
    let nested =
        json!({"detail": "x", "permissions": {"tier": "regular_staff", "hotel": {"slug": "killarney"}}});
    assert_eq!(
        (named_hotel(&flat), named_hotel(&nested)),
        (Some("killarney".into()), Some("killarney".into()))
    );
}
