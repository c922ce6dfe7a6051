use super::*;

fn logs(recorded: &str) -> Vec<ClockLog> {
    let recorded: Value = serde_json::from_str(recorded).unwrap();
    recorded["answer"]["results"].as_array().unwrap().iter().filter_map(ClockLog::read).collect()
}

#[test]
fn only_open_logs_say_since_when_a_person_is_on_duty() {
    let first = logs(include_str!("../../tests/fixtures/A-team-currently-clocked-in.json"));
    let [log] = first[..] else { panic!("{first:?}") };
    let since = "2026-11-24T20:35:18.581892Z".parse().ok();
    assert_eq!((log.staff, log.time_in, log.is_open()), (ServerId(4), since, true));
    let newest = logs(include_str!("../../tests/fixtures/B-team-clock-logs-all.json"));
    let open = newest.iter().filter(|log| log.is_open());
    assert_eq!(open.map(|log| log.staff).collect::<Vec<_>>(), [ServerId(3)]);
}

#[test]
fn a_log_with_an_unreadable_clock_out_is_not_open() {
    let log = |time_out: Value| ClockLog::read(&json!({"id": 1, "staff": 3, "time_out": time_out}));
    assert!(log(Value::Null).unwrap().is_open());
    assert!(!log(json!("2026-11-24T21:00:00Z")).unwrap().is_open());
    assert_eq!(log(json!("later")), None);
}

fn forbidden(message: &str) -> ApiError {
    ApiError::Forbidden { message: message.to_owned() }
}

#[test]
fn a_refusal_by_another_route_means_that_there_is_no_clock() {
    assert_eq!(
        without_clock(forbidden("You do not have permission to perform this action.")),
        ApiError::NotHere
    );
    assert_eq!(without_clock(ApiError::NotFound), ApiError::NotHere);
    assert_eq!(without_clock(ApiError::NotHere), ApiError::NotHere);
}

#[test]
fn a_refusal_that_speaks_of_the_hotel_is_a_real_one() {
    let other_hotel = forbidden("You can only access resources from your hotel.");
    assert_eq!(without_clock(other_hotel.clone()), other_hotel);
}

#[test]
fn an_unclear_outcome_stays_unclear() {
    let unclear = ApiError::Unclear { cause: "no answer in time".to_owned() };
    assert_eq!(without_clock(unclear.clone()), unclear);
}
