//! A desk at a demo hotel: a data folder, a token, and the program to run there.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use demo_hotel::{Account, Action, DemoHotel, Dialect, FaultPlan, Options, Rule, StatusFault};
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::hotel::{Api, Http, login};
use hotelmate_core::ids::ServerId;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::{Kind, ServerCopy};
use hotelmate_core::settings::Settings;
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// A hotel that can be stopped and started again, with its data and its address.
pub struct Hotel {
    running: Option<DemoHotel>,
    options: Options,
    folder: TempDir,
}

impl Hotel {
    /// Opens a hotel with the believable fourteen offers.
    pub async fn open() -> Self {
        Self::open_with(Options::default()).await
    }

    /// Opens a hotel whose server keeps galleries as rows, with captions.
    pub async fn with_galleries() -> Self {
        Self::open_with(Options::default().dialect(Dialect::Galleries)).await
    }

    /// Opens a hotel with the newest server.
    pub async fn newest() -> Self {
        Self::open_with(Options::default().dialect(Dialect::Current)).await
    }

    async fn open_with(options: Options) -> Self {
        let folder = TempDir::new().unwrap();
        let options = options.data(folder.path().join("hotel.sqlite"));
        let running = DemoHotel::start(options.clone()).await.unwrap();
        let options = options.port(running.port());
        Self { running: Some(running), options, folder }
    }

    /// The running hotel.
    pub fn now(&self) -> &DemoHotel {
        self.running.as_ref().expect("the hotel is open")
    }

    /// Stops the hotel at once.
    pub async fn stop(&mut self) {
        self.running.take().expect("the hotel is open").stop().await;
    }

    /// Starts the hotel again, with its data and its address.
    pub async fn start_again(&mut self) {
        self.running = Some(DemoHotel::start(self.options.clone()).await.unwrap());
    }

    /// The manager signs in over HTTP.
    pub async fn manager(&self) -> Api {
        self.sign_in(&self.now().users()[0]).await
    }

    /// Another person of the same hotel.
    pub async fn colleague(&self) -> Api {
        self.sign_in(&self.now().users()[1]).await
    }

    async fn sign_in(&self, user: &Account) -> Api {
        let token = self.token(user).await;
        let server = self.now().url().parse().unwrap();
        Api::new(Http::new().unwrap(), server, self.now().slug().to_owned(), token)
    }

    async fn token(&self, user: &Account) -> hotelmate_core::account::Token {
        let server = self.now().url().parse().unwrap();
        login(&Http::new().unwrap(), &server, &user.username, &user.password).await.unwrap().token
    }

    /// The server refuses the next `times` requests of this method because of their `title`.
    pub fn refuse_title(&self, method: &str, times: u64) {
        let body = serde_json::json!({"title": ["The hotel does not like this title."]});
        let refusal = Action::Status(StatusFault { code: 400, body: Some(body) });
        let rule = Rule::new(refusal).method(method).path("*/offers/*").times(times);
        self.now().set_faults(FaultPlan::of([rule])).unwrap();
    }

    /// The hotel's offers with this title.
    pub fn titled(&self, title: &str) -> Vec<Value> {
        self.now().offers().into_iter().filter(|offer| offer["title"] == title).collect()
    }

    /// The number and title of the first offer in the list.
    pub fn first_offer(&self) -> (String, String) {
        let offer = &self.now().offers()[0];
        (offer["id"].to_string(), offer["title"].as_str().unwrap().to_owned())
    }

    /// One of the hotel's own pictures, as a file on this machine.
    pub async fn picture_file(&self) -> PathBuf {
        self.picture_files(1).await.remove(0)
    }

    /// As many of the hotel's own pictures as asked for, each unlike the others.
    pub async fn picture_files(&self, number: usize) -> Vec<PathBuf> {
        let offers = self.now().offers();
        let urls = offers.iter().filter_map(|offer| offer["photo_url"].as_str()).take(number);
        let mut files = Vec::new();
        for url in urls {
            let bytes = self.manager().await.fetch_picture(url).await.unwrap();
            let file = self.folder.path().join(format!("picture-{}.jpg", files.len()));
            std::fs::write(&file, bytes).unwrap();
            files.push(file);
        }
        assert_eq!(files.len(), number, "as many pictures as are wanted");
        files
    }
}

/// A colleague changes one field of an offer at the hotel.
pub async fn change(api: &Api, id: &str, value: FieldValue) -> ServerCopy {
    api.edit(Kind::Offer, ServerId(id.parse().unwrap()), &[value]).await.unwrap()
}

/// A colleague makes an offer at the hotel.
pub async fn make(api: &Api, title: &str) -> ServerCopy {
    let content =
        Kind::Offer.table().blank().with("title", title).with("short_description", "Made by a colleague");
    api.create(Kind::Offer, &content).await.unwrap()
}

/// A person's desk: a data folder of its own, and the environment.
pub struct TestDesk {
    folder: TempDir,
    environment: Vec<(&'static str, String)>,
}

impl TestDesk {
    /// A desk at which the manager is signed in by token.
    pub async fn at(hotel: &Hotel) -> Self {
        Self::of(hotel, 0).await
    }

    /// A desk at which the hotel's n-th user is signed in by token.
    pub async fn of(hotel: &Hotel, user: usize) -> Self {
        let token = hotel.token(&hotel.now().users()[user]).await;
        Self::with_token(hotel, token.expose())
    }

    /// Keeps the data, and signs in with the token of the hotel's n-th user.
    pub async fn take_token_of(&mut self, hotel: &Hotel, user: usize) {
        let token = hotel.token(&hotel.now().users()[user]).await;
        self.environment.retain(|(name, _)| *name != "DESK_TOKEN");
        self.environment.push(("DESK_TOKEN", token.expose().to_owned()));
    }

    /// Adds a variable to the environment.
    pub fn set(&mut self, name: &'static str, value: &str) {
        self.environment.push((name, value.to_owned()));
    }

    /// Removes a variable from the environment.
    pub fn unset(&mut self, name: &str) {
        self.environment.retain(|(known, _)| *known != name);
    }

    /// A desk that has this token.
    pub fn with_token(hotel: &Hotel, token: &str) -> Self {
        let mut test_desk = Self::signed_out(hotel);
        test_desk.environment.push(("DESK_TOKEN", token.to_owned()));
        test_desk
    }

    /// A desk at which the manager is signed in, and everything of the hotel is stored.
    pub async fn synced(hotel: &Hotel) -> Self {
        let test_desk = Self::at(hotel).await;
        test_desk.run(&["sync"]).await.ends(0);
        test_desk
    }

    /// A desk that knows the hotel, without a sign-in.
    pub fn signed_out(hotel: &Hotel) -> Self {
        let pusher = hotel.now().pusher();
        let environment = vec![
            ("DESK_SERVER", hotel.now().url()),
            ("DESK_HOTEL", hotel.now().slug().to_owned()),
            ("DESK_PUSHER_KEY", pusher.key),
            ("DESK_PUSHER_HOST", pusher.host),
        ];
        Self { folder: TempDir::new().unwrap(), environment }
    }

    /// A desk on a computer that is not set up.
    pub fn of_new_computer() -> Self {
        Self { folder: TempDir::new().unwrap(), environment: Vec::new() }
    }

    /// The manager's token.
    pub async fn token_of(hotel: &Hotel) -> String {
        hotel.token(&hotel.now().users()[0]).await.expose().to_owned()
    }

    /// The files under the data folder that hold these bytes.
    #[cfg(target_os = "linux")]
    pub fn files_with(&self, bytes: &[u8]) -> Vec<String> {
        let mut folders = vec![self.folder.path().to_owned()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if std::fs::read(&path).unwrap().windows(bytes.len()).any(|part| part == bytes) {
                    found.push(path.display().to_string());
                }
            }
        }
        found
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Changes the databases in the data folder so that a newer version seems to have made them.
    pub fn make_database_newer(&self) {
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.file_name().is_some_and(|name| name == "desk.sqlite") {
                    rusqlite::Connection::open(&path)
                        .unwrap()
                        .pragma_update(None, "user_version", 999)
                        .unwrap();
                }
            }
        }
    }

    /// The desk itself on the same data, for commands that only the window has.
    pub async fn desk(&self) -> Desk {
        let read = |name: &str| {
            self.environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
        };
        let settings = Settings::load_with(Some(self.folder().to_owned()), read).unwrap();
        Desk::open(settings, Mode::Manual).await.unwrap()
    }

    /// The program, ready to run here, without this machine's own environment.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_deskctl"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("DESK_") {
                command.env_remove(name);
            }
        }
        // A test must not write to the key store of the person who runs it.
        command.env("LC_ALL", "C.UTF-8");
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.arg("--data-dir").arg(self.folder.path()).args(args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }

    /// Runs the program to its end.
    pub async fn run(&self, args: &[&str]) -> Run {
        Run::of(args, self.command(args).output().await.unwrap())
    }

    /// Runs the program with a text on its standard input.
    pub async fn run_with_input(&self, args: &[&str], input: &str) -> Run {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).await.unwrap();
        Run::of(args, child.wait_with_output().await.unwrap())
    }

    /// Runs the program with `--json` and reads its answer.
    pub async fn ask(&self, args: &[&str]) -> Value {
        self.run(&[&["--json"], args].concat()).await.ends(0).json()
    }

    /// One offer as the program shows it.
    pub async fn show(&self, id: &str) -> Value {
        self.ask(&["offers", "show", id]).await
    }

    /// Queues an offer and returns its local id.
    pub async fn add(&self, title: &str) -> String {
        let args = ["offers", "add", "--title", title, "--short-description", "Two nights"];
        self.run(&args).await.ends(0).out.trim().to_owned()
    }
}

/// The result of a run of the program.
pub struct Run {
    what: String,
    /// The exit code; -1 when a signal ended it.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    fn of(args: &[&str], output: Output) -> Self {
        Self {
            what: format!("deskctl {}", args.join(" ")),
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Fails unless the program ended with this exit code.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        let Self { what, out, err, .. } = &self;
        assert_eq!(self.code, code, "exit code of `{what}`\nout: {out}\nerr: {err}");
        self
    }

    /// The answer, which must be one line of JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.out.lines().count(), 1, "one line: {}", self.out);
        serde_json::from_str(&self.out).expect("JSON on standard output")
    }

    /// The failure that was reported in JSON.
    #[track_caller]
    pub fn error(&self) -> Value {
        let reported: Value = serde_json::from_str(&self.err).expect("JSON on standard error");
        reported["error"].clone()
    }
}

/// The names of an object's members.
pub fn names(object: &Value) -> Vec<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}
