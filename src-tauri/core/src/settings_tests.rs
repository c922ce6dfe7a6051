use std::collections::HashMap;

use tempfile::TempDir;

use super::*;
use crate::error::ErrorCode;

fn load(file: Option<&str>, variables: &[(&str, &str)]) -> Result<Settings, DeskError> {
    let dir = TempDir::new().expect("a folder");
    if let Some(text) = file {
        std::fs::write(dir.path().join(FILE), text).expect("written");
    }
    let variables: HashMap<String, String> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Settings::load_with(Some(dir.path().to_owned()), |name| variables.get(name).cloned())
}

fn refused(file: Option<&str>, variables: &[(&str, &str)]) -> String {
    let error = load(file, variables).expect_err("refused");
    assert_eq!(error.code, ErrorCode::Configuration);
    error.message
}

#[test]
fn nothing_set_is_a_desk_that_asks_for_its_server() {
    let settings = load(None, &[]).expect("loads");
    assert!(settings.server.is_none() && settings.token.is_none() && settings.pusher_key.is_none());
    assert_eq!(settings.time_zone.iana_name(), Some("Europe/Dublin"));
}

#[test]
fn the_time_zones_are_in_the_program_for_a_system_that_has_none() {
    let bundled = jiff::tz::TimeZoneDatabase::bundled();
    for zone in [DEFAULT_TIME_ZONE, "Europe/Lisbon", "America/New_York"] {
        assert!(bundled.get(zone).is_ok(), "{zone}");
    }
}

#[test]
fn the_file_is_read() {
    let file = "server = 'https://hotel.example'\nhotel = 'killarney'\ntime_zone = 'Europe/Lisbon'\n\
                pusher_key = 'k'\npusher_cluster = 'eu'\npusher_host = 'ws://127.0.0.1:6001'\n";
    let settings = load(Some(file), &[]).expect("loads");
    assert_eq!(settings.server.map(String::from).as_deref(), Some("https://hotel.example/"));
    assert_eq!(settings.hotel.as_deref(), Some("killarney"));
    assert_eq!(settings.time_zone.iana_name(), Some("Europe/Lisbon"));
    assert_eq!(settings.pusher_key.as_deref(), Some("k"));
    assert_eq!(settings.pusher_cluster.as_deref(), Some("eu"));
    assert_eq!(settings.pusher_host.as_deref(), Some("ws://127.0.0.1:6001"));
}

#[test]
fn the_environment_overrides_the_file() {
    let file = "server = 'https://file.example'\nhotel = 'killarney'";
    let variables =
        [("DESK_SERVER", "https://env.example"), ("DESK_TOKEN", "secret40"), ("DESK_PUSHER_KEY", "k")];
    let settings = load(Some(file), &variables).expect("loads");
    assert_eq!(settings.server.as_ref().map(Url::as_str), Some("https://env.example/"));
    assert_eq!(settings.hotel.as_deref(), Some("killarney"));
    assert_eq!(settings.token.as_ref().map(Token::expose), Some("secret40"));
    assert!(!format!("{settings:?}").contains("secret40"));
}

#[test]
fn an_empty_variable_is_not_set() {
    let settings =
        load(Some("hotel = 'killarney'"), &[("DESK_HOTEL", " "), ("DESK_TOKEN", "")]).expect("loads");
    assert_eq!(settings.hotel.as_deref(), Some("killarney"));
    assert!(settings.token.is_none());
}

#[test]
fn an_unknown_setting_is_refused_by_its_name() {
    assert!(refused(Some("sever = 'https://hotel.example'"), &[]).contains("`sever`"));
}

#[test]
fn a_token_in_the_file_is_refused() {
    let message = refused(Some("token = 'secret40'"), &[]);
    assert!(message.contains("`token`") && !message.contains("secret40"));
}

#[test]
fn an_address_without_a_scheme_is_refused() {
    for address in ["hotel.example", "ftp://hotel.example", "https://", "https://mary:pw@hotel.example"] {
        assert!(refused(None, &[("DESK_SERVER", address)]).contains("not the address"), "{address}");
    }
}

#[test]
fn how_late_a_server_can_still_carry_something_out_is_a_number_of_seconds() {
    let seconds =
        |file, variables: &[(&str, &str)]| load(file, variables).expect("loads").late_commit.as_secs();
    assert_eq!(seconds(None, &[]), 120);
    assert_eq!(seconds(Some("late_commit_seconds = 300"), &[]), 300);
    assert_eq!(seconds(Some("late_commit_seconds = 300"), &[("DESK_LATE_COMMIT_SECONDS", "10")]), 10);
    for odd in ["0", "3601", "soon", "-5"] {
        let sentence = refused(None, &[("DESK_LATE_COMMIT_SECONDS", odd)]);
        assert!(sentence.contains("late_commit_seconds"), "{sentence}");
    }
}

#[test]
fn an_unknown_time_zone_is_refused_by_its_name() {
    assert!(refused(Some("time_zone = 'Europe/Killarney'"), &[]).contains("Europe/Killarney"));
}

#[test]
fn a_mark_of_a_windows_editor_is_no_error() {
    let settings = load(Some("\u{feff}hotel = 'killarney'\r\n"), &[]).expect("loads");
    assert_eq!(settings.hotel.as_deref(), Some("killarney"));
}

#[test]
fn the_command_line_wins_over_the_variable_for_the_folder() {
    let (named, other) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let from_variable = other.path().to_str().expect("text").to_owned();
    let environment = |name: &str| (name == "DESK_DATA_DIR").then(|| from_variable.clone());
    let settings = Settings::load_with(Some(named.path().to_owned()), environment).expect("loads");
    assert_eq!(settings.data_dir, named.path());
    let settings = Settings::load_with(None, environment).expect("loads");
    assert_eq!(settings.data_dir, other.path());
}

#[test]
fn a_relative_data_folder_means_one_folder_from_the_start_on() {
    let here = std::env::current_dir().expect("a folder");
    let settings = Settings::load_with(Some("training/desk".into()), |_| None).expect("loads");
    assert_eq!(settings.data_dir, here.join("training").join("desk"));
    let environment = |name: &str| (name == "DESK_DATA_DIR").then(|| "training".to_owned());
    let settings = Settings::load_with(None, environment).expect("loads");
    assert_eq!(settings.data_dir, here.join("training"));
}

#[test]
fn the_lock_comes_after_ten_minutes_and_can_be_set_or_turned_off() {
    let after = |text: &str| load(None, &[("DESK_LOCK_AFTER_MINUTES", text)]).expect("loads").lock_after;
    assert_eq!(after(""), Some(Duration::from_secs(600)));
    assert_eq!(after("3"), Some(Duration::from_secs(180)));
    assert_eq!(after("0"), None);
    assert!(refused(Some("lock_after_minutes = 100000"), &[]).contains("100000"));
}
