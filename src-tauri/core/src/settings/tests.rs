use std::collections::HashMap;

use tempfile::TempDir;

use super::*;
use crate::error::ErrorCode;

fn load(file: Option<&str>, variables: &[(&str, &str)]) -> Result<Settings, DeskError> {
    let dir = TempDir::new().expect("a folder");
    if let Some(text) = file {
        std::fs::write(dir.path().join(layers::FOLDER_FILE), text).expect("written");
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
    for zone in [table::DEFAULT_TIME_ZONE, "Europe/Lisbon", "America/New_York"] {
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

#[test]
fn the_defaults_are_those_of_an_engine_without_settings() {
    let settings = load(None, &[]).expect("loads");
    assert_eq!((settings.late_commit, settings.chat_kept), (LATE_COMMIT, CHAT_KEPT));
}

/// A data folder, a file of the computer, and a desk's settings from both.
struct Computer {
    data: TempDir,
    machine: std::path::PathBuf,
    variables: Vec<(String, String)>,
}

impl Computer {
    fn new(machine: &str) -> Self {
        let data = TempDir::new().expect("a folder");
        let file = data.path().join("machine.toml");
        std::fs::write(&file, machine).expect("written");
        Self { data, machine: file, variables: Vec::new() }
    }

    fn load(&self) -> Result<Settings, DeskError> {
        Settings::load_with(Some(self.data.path().to_owned()), |name| match name {
            "DESK_MACHINE_FILE" => self.machine.to_str().map(str::to_owned),
            name => self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()),
        })
    }

    fn set(&self, name: &str, value: Option<&str>) -> Result<(), DeskError> {
        self.load()?.set(&[(name.to_owned(), value.map(str::to_owned))])
    }

    fn shown(&self, name: &str) -> (String, crate::views::SettingSource) {
        let view = self.load().expect("loads").view();
        let setting = view.settings.into_iter().find(|setting| setting.name == name).expect("it is shown");
        assert_eq!(setting.locked, setting.source.is_locked());
        (setting.value, setting.source)
    }

    fn own_file(&self) -> String {
        std::fs::read_to_string(self.data.path().join("settings.toml")).unwrap_or_default()
    }
}

#[test]
fn the_first_source_with_a_value_decides() {
    use crate::views::SettingSource as Source;
    let mut computer = Computer::new("");
    assert_eq!(computer.shown("hotel"), (String::new(), Source::Default));
    computer.set("hotel", Some("own")).expect("it is free");
    assert_eq!(computer.shown("hotel"), ("own".to_owned(), Source::Own));
    std::fs::write(computer.data.path().join("desk.toml"), "hotel = 'folder'").expect("written");
    assert_eq!(computer.shown("hotel"), ("folder".to_owned(), Source::Folder));
    std::fs::write(&computer.machine, "hotel = 'machine'").expect("written");
    assert_eq!(computer.shown("hotel"), ("machine".to_owned(), Source::Machine));
    computer.variables.push(("DESK_HOTEL".to_owned(), "variable".to_owned()));
    assert_eq!(computer.shown("hotel"), ("variable".to_owned(), Source::Environment));
}

#[test]
fn a_value_of_the_computers_file_is_locked() {
    let computer = Computer::new("lock_after_minutes = 5");
    let error = computer.set("lock_after_minutes", Some("0")).expect_err("locked");
    assert_eq!(error.code, ErrorCode::NotAllowed);
    assert_eq!(computer.own_file(), "");
}

#[test]
fn a_value_that_a_setting_does_not_take_is_not_written() {
    let computer = Computer::new("");
    computer.set("theme", Some("dark")).expect("it is free");
    let before = computer.own_file();
    for (name, value) in
        [("theme", "pink"), ("server", "hotel"), ("region", "Ireland"), ("time_zone", "here")]
    {
        assert_eq!(computer.set(name, Some(value)).expect_err(name).code, ErrorCode::Configuration, "{name}");
    }
    let two =
        [("density".to_owned(), Some("compact".to_owned())), ("theme".to_owned(), Some("pink".to_owned()))];
    computer.load().expect("loads").set(&two).expect_err("one of two is wrong");
    assert_eq!(computer.set("colour", Some("red")).expect_err("unknown").code, ErrorCode::NotFound);
    assert_eq!(computer.own_file(), before);
}

#[test]
fn a_setting_without_a_value_returns_to_its_default() {
    let computer = Computer::new("");
    computer.set("theme", Some("dark")).expect("it is free");
    computer.set("theme", None).expect("it is free");
    assert_eq!(computer.shown("theme"), ("system".to_owned(), crate::views::SettingSource::Default));
}

#[test]
fn a_wrong_value_in_the_windows_own_file_is_reported_and_the_rest_is_used() {
    let computer = Computer::new("");
    let text = "theme = 'pink'\ndensity = 'compact'\nfrom_a_newer_version = 7\n";
    std::fs::write(computer.data.path().join("settings.toml"), text).expect("written");
    assert_eq!(computer.shown("density").0, "compact");
    assert_eq!(computer.shown("theme").0, "system");
    let problems = computer.load().expect("loads").view().problems;
    assert!(problems.len() == 1 && problems[0].message.contains("pink"), "{problems:?}");
    computer.set("density", None).expect("it is free");
    assert!(computer.own_file().contains("pink") && computer.own_file().contains("from_a_newer_version"));
}

#[test]
fn a_damaged_own_file_is_reported_and_kept_beside_the_next_one() {
    let computer = Computer::new("");
    std::fs::write(computer.data.path().join("settings.toml"), "theme = 'da").expect("written");
    assert_eq!(computer.load().expect("loads").view().problems.len(), 1);
    computer.set("theme", Some("dark")).expect("it is free");
    assert_eq!(computer.shown("theme").0, "dark");
    let kept = std::fs::read_to_string(computer.data.path().join("settings.damaged.toml"));
    assert_eq!(kept.expect("it is kept"), "theme = 'da");
}

#[test]
fn changes_that_are_made_at_once_are_all_kept() {
    let computer = Computer::new("");
    let settings = computer.load().expect("loads");
    std::thread::scope(|scope| {
        for (name, value) in [("theme", "dark"), ("density", "compact"), ("language", "de"), ("hotel", "a")] {
            let settings = &settings;
            scope.spawn(move || settings.set(&[(name.to_owned(), Some(value.to_owned()))]).expect("written"));
        }
    });
    for (name, value) in [("theme", "dark"), ("density", "compact"), ("language", "de"), ("hotel", "a")] {
        assert_eq!(computer.shown(name).0, value);
    }
}

#[test]
fn the_look_and_the_lock_change_without_a_new_engine() {
    let computer = Computer::new("");
    let before = computer.load().expect("loads");
    for (name, value, needs) in [
        ("theme", "dark", false),
        ("region", "AT", false),
        ("language", "de", false),
        ("lock_after_minutes", "0", false),
        ("pusher_key", "k", true),
    ] {
        computer.set(name, Some(value)).expect("it is free");
        assert_eq!(before.needs_new_engine(&computer.load().expect("loads")), needs, "{name}");
        computer.set(name, None).expect("it is free");
    }
}

#[test]
fn a_weaker_source_cannot_put_a_host_in_the_place_of_a_cluster_of_a_stronger_one() {
    let computer = Computer::new("pusher_key = 'k'\npusher_cluster = 'eu'");
    assert_eq!(computer.shown("pusher_host"), (String::new(), crate::views::SettingSource::Machine));
    let refused = computer.set("pusher_host", Some("wss://other.example")).expect_err("locked");
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    let text = "pusher_host = 'wss://other.example'";
    std::fs::write(computer.data.path().join("settings.toml"), text).expect("written");
    assert_eq!(computer.load().expect("loads").pusher_host, None);
}

#[test]
fn only_a_server_of_the_computer_binds() {
    let other = Url::parse("https://other.example").expect("an address");
    let bound = Computer::new("server = 'https://hotel.example'").load().expect("loads");
    assert!(bound.binds_to_another(&other));
    assert!(!bound.binds_to_another(&Url::parse("https://hotel.example").expect("an address")));
    let free = Computer::new("");
    free.set("server", Some("https://hotel.example")).expect("it is free");
    assert!(!free.load().expect("loads").binds_to_another(&other));
}

#[cfg(unix)]
#[test]
fn an_own_file_that_cannot_be_opened_now_is_neither_damaged_nor_replaced() {
    let computer = Computer::new("");
    let file = computer.data.path().join("settings.toml");
    // Reading it fails with another error than a missing or a damaged file, for every user.
    std::fs::create_dir(&file).expect("a folder in its place");
    let settings = Settings::load_with(Some(TempDir::new().expect("a folder").path().to_owned()), |_| None);
    assert!(settings.is_ok());
    assert!(computer.load().is_err());
    assert!(file.is_dir() && !computer.data.path().join("settings.damaged.toml").exists());
}
