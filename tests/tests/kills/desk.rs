//! A person with a script at a desk: chooses by chance what to do and when the program is killed over it.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use demo_hotel::DemoHotel;
use hotelmate_core::api::{Api, Http};
use hotelmate_core::model::MediaHash;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::time::{Instant, interval, timeout_at};

use crate::ledger::{Entry, Ledger};

/// The longest that one command may take: a dead sender's lease, and waits that the hotel asks for.
const DEADLINE: Duration = Duration::from_secs(90);
/// Syncs at a hotel without faults until all is settled.
const ROUNDS: usize = 20;

/// When a program is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// It may end by itself.
    Never,
    /// So long after its start.
    After(Duration),
    /// So long after the hotel has heard so many requests of it; `writes` counts only those that change
    /// something.
    Heard { requests: usize, writes: bool, then: Duration },
}

/// What became of a command.
struct Run {
    /// The complete answer, if there was one.
    answer: Option<Value>,
    /// The exit code of a program that ended by itself.
    code: Option<i32>,
    told: String,
}

/// The desk.
pub struct Desk<'a> {
    hotel: &'a DemoHotel,
    token: String,
    program: PathBuf,
    folder: TempDir,
    pictures: Vec<String>,
    random: StdRng,
    ledger: Ledger,
    /// Makes every value unlike every other.
    counter: u32,
    /// How long a command without a network takes here.
    pace: Duration,
    /// Kills that struck a running program.
    pub kills: usize,
    /// Of these, those that struck while something was being sent.
    pub amid_sending: usize,
    /// Commands that were accepted.
    pub accepted: usize,
}

impl<'a> Desk<'a> {
    /// Sits down, signed in as the manager, with the hotel's offers read.
    pub async fn at(hotel: &'a DemoHotel, seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pictures = (0..4_u8).map(|shade| {
            let file = folder.path().join(format!("picture-{shade}.png"));
            std::fs::write(&file, desk_tests::picture(shade * 60)).unwrap();
            file.to_str().unwrap().to_owned()
        });
        let mut desk = Self {
            hotel,
            token: desk_tests::seat::token(hotel, 0).await.expose().to_owned(),
            program: program(),
            pictures: pictures.collect(),
            folder,
            random: StdRng::seed_from_u64(seed),
            ledger: Ledger { seeded: hotel.offers(), ..Ledger::default() },
            counter: 0,
            pace: Duration::ZERO,
            kills: 0,
            amid_sending: 0,
            accepted: 0,
        };
        assert_eq!(desk.run(&["sync"], Moment::Never).await.code, Some(0));
        let started = Instant::now();
        desk.offers().await;
        desk.pace = started.elapsed();
        desk
    }

    /// A few changes and a sync; each may be struck, until `kills` have struck.
    pub async fn work(&mut self, kills: usize) {
        for _ in 0..self.random.random_range(1..=4) {
            let strike = self.kills < kills && self.random.random_bool(0.2);
            let moment = match strike {
                true => Moment::After(self.pace.mul_f64(self.random.random_range(0.0..1.3))),
                false => Moment::Never,
            };
            match self.random.random_range(0..10) {
                0..4 => self.add(moment).await,
                4..9 => self.edit(moment).await,
                _ => self.remove(moment).await,
            }
        }
        let writes = self.random.random_bool(0.8);
        let moment = match self.kills < kills && self.random.random_bool(0.8) {
            true => Moment::Heard {
                requests: self.random.random_range(1..=if writes { 3 } else { 10 }),
                writes,
                then: Duration::from_millis(self.random.random_range(0..60)),
            },
            false => Moment::Never,
        };
        let run = self.run(&["sync"], moment).await;
        // Done, out of reach, waiting, or in need of a person: anything else is a fault of the program.
        let expected = run.code.is_none_or(|code| [0, 3, 7, 8].contains(&code));
        assert!(expected, "sync ended with {:?}: {}", run.code, run.told);
    }

    fn text(&mut self, what: &str) -> String {
        self.counter += 1;
        format!("{what} {}", self.counter)
    }

    fn picture(&mut self) -> String {
        let at = self.random.random_range(0..self.pictures.len());
        self.pictures[at].clone()
    }

    async fn add(&mut self, moment: Moment) {
        let values = json!({"title": self.text("Offer"), "short_description": self.text("In short")});
        let values = values.as_object().unwrap().clone();
        let mut args = vec!["offers".to_owned(), "add".to_owned()];
        args.extend(options(&values));
        let photo = self.random.random_bool(0.3).then(|| self.picture());
        args.extend(photo.iter().flat_map(|file| ["--photo".to_owned(), file.clone()]));
        let run = self.run(&args, moment).await;
        let stored = match run.answer {
            Some(offer) => Some(offer),
            // Nobody was told: it is there wholly, or not at all.
            None => self.offers().await.into_iter().find(|offer| offer["title"] == values["title"]),
        };
        let Some(offer) = stored else { return };
        assert!(agrees(&offer, &values), "half an offer: {offer}");
        assert_eq!(offer["picture"].is_null(), photo.is_none(), "half an offer: {offer}");
        self.accepted += 1;
        let key = offer["local_id"].as_str().unwrap().to_owned();
        self.ledger.entries.push(Entry { key, values, picture: offer["picture"].clone() });
    }

    async fn edit(&mut self, moment: Moment) {
        let Some(at) = self.any_entry() else { return };
        let mut values = Map::new();
        for name in ["title", "short_description", "details_text", "tag", "sort_order"] {
            if self.random.random_bool(0.4) {
                let text = self.text(name);
                let value = if name == "sort_order" { json!(self.counter) } else { json!(text) };
                values.insert(name.to_owned(), value);
            }
        }
        let photo = (values.is_empty() || self.random.random_bool(0.1)).then(|| self.picture());
        let key = self.ledger.entries[at].key.clone();
        let mut args = vec!["offers".to_owned(), "edit".to_owned(), key.clone()];
        args.extend(options(&values));
        args.extend(photo.iter().flat_map(|file| ["--photo".to_owned(), file.clone()]));
        let run = self.run(&args, moment).await;
        let told = run.answer.is_some();
        let stored = match run.answer {
            Some(offer) => Some(offer),
            None => self.offers().await.into_iter().find(|offer| offer["local_id"] == key),
        };
        let stored = stored.unwrap_or_else(|| panic!("an edit removed {:?}", self.ledger.entries[at]));
        let entry = &mut self.ledger.entries[at];
        // The fields are one wish, the picture another: a kill may come between them.
        if agrees(&stored, &values) {
            entry.values.extend(values);
            self.accepted += 1;
        } else {
            assert!(!told, "accepted, and not there: {stored}");
        }
        assert!(agrees(&stored, &entry.values), "half an edit: {stored}, not {:?}", entry.values);
        if photo.is_some() {
            let shown = &stored["picture"];
            assert!(!shown.is_null() || (!told && entry.picture.is_null()), "a picture was lost: {stored}");
            entry.picture = shown.clone();
        }
    }

    async fn remove(&mut self, moment: Moment) {
        let Some(at) = self.any_entry() else { return };
        let key = self.ledger.entries[at].key.clone();
        let run = self.run(&["offers", "rm", &key], moment).await;
        let gone = !self.offers().await.iter().any(|offer| offer["local_id"] == key);
        assert!(gone || run.answer.is_none(), "accepted, and still there");
        if gone {
            self.accepted += 1;
            self.ledger.entries.remove(at);
        }
    }

    fn any_entry(&mut self) -> Option<usize> {
        let number = self.ledger.entries.len();
        (number > 0).then(|| self.random.random_range(0..number))
    }

    /// Syncs until nothing waits. What needs a person is repeated, as a person would. Says how much was.
    pub async fn settle(&mut self) -> usize {
        let mut repeated = 0;
        let mut told = String::new();
        for _ in 0..ROUNDS {
            let run = self.run(&["sync"], Moment::Never).await;
            let items = self.run(&["outbox", "list"], Moment::Never).await.answer.unwrap();
            let items = items.as_array().unwrap();
            if run.code == Some(0) {
                assert_eq!(items.len(), 0, "done, and yet: {items:?}");
                return repeated;
            }
            for item in items.iter().filter(|item| item["state"] == "attention") {
                let id = item["id"].as_str().unwrap();
                assert_eq!(self.run(&["outbox", "retry", id], Moment::Never).await.code, Some(0), "{item}");
                repeated += 1;
            }
            // Nobody else works here, so there is nobody to clash with.
            assert!(
                !items.iter().any(|item| item["state"] == "conflict"),
                "a clash with oneself: {items:#?}"
            );
            told = format!("{:?} {} {items:#?}", run.code, run.told);
        }
        panic!("never quiet: {told}");
    }

    /// Compares hotel, desk and ledger, and has the database checked.
    pub async fn compare(&mut self) {
        let hotel = self.hotel.offers();
        self.ledger.compare(&hotel);
        let shown = self.offers().await;
        assert_eq!(shown.len(), hotel.len(), "as many here as there");
        for offer in &shown {
            assert_eq!(offer["sync"], "saved", "{offer}");
        }
        let api = Api::new(
            Http::new().unwrap(),
            self.hotel.url().parse().unwrap(),
            self.hotel.slug().to_owned(),
            desk_tests::seat::token(self.hotel, 0).await,
        );
        for Entry { key, values, picture } in &self.ledger.entries {
            let offer = shown.iter().find(|offer| offer["local_id"] == *key).expect("the same key for good");
            assert!(agrees(offer, values), "{offer} is not {values:?}");
            if let Some(hash) = picture.as_str() {
                let bytes = api.fetch_picture(offer["photo_url"].as_str().unwrap()).await.unwrap();
                assert_eq!(MediaHash::of(&bytes).as_str(), hash, "the picture of {}", offer["title"]);
            }
        }
        let databases = databases(self.folder.path());
        assert_eq!(databases.len(), 1, "one account, and nothing set aside: {databases:?}");
        let database = Connection::open(&databases[0]).unwrap();
        let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok");
    }

    async fn offers(&mut self) -> Vec<Value> {
        let run = self.run(&["offers", "list"], Moment::Never).await;
        run.answer.unwrap_or_else(|| panic!("no list: {}", run.told)).as_array().unwrap().clone()
    }

    /// Runs the program, or as much of it as the moment lets happen.
    async fn run<T: AsRef<str>>(&mut self, args: &[T], moment: Moment) -> Run {
        let args: Vec<&str> = args.iter().map(AsRef::as_ref).collect();
        let heard = self.hotel.requests().len();
        let mut child = self.command(&args).spawn().unwrap();
        let ended = self.ends_before(&mut child, moment, heard).await;
        let status = match ended {
            Some(status) => status,
            None => {
                child.kill().await.unwrap();
                child.wait().await.unwrap()
            }
        };
        let (mut out, mut told) = (String::new(), String::new());
        child.stdout.take().unwrap().read_to_string(&mut out).await.unwrap();
        child.stderr.take().unwrap().read_to_string(&mut told).await.unwrap();
        // It may have ended by itself just before the blow.
        let struck = ended.is_none() && is_killed(status);
        if struck {
            self.kills += 1;
            let sent = self.hotel.requests()[heard..].iter().any(|request| request.method != "GET");
            self.amid_sending += usize::from(sent);
        }
        let code = status.code().filter(|_| !struck);
        if args[0] != "sync" {
            assert!(struck || code == Some(0), "{args:?} ended with {code:?}: {told}");
        }
        // An answer counts when it is complete.
        let answer = out.strip_suffix('\n').and_then(|line| serde_json::from_str(line).ok());
        Run { answer, code, told }
    }

    /// Waits for the end of the program, but not past the moment.
    async fn ends_before(&self, child: &mut Child, moment: Moment, heard: usize) -> Option<ExitStatus> {
        let patience = Instant::now() + DEADLINE;
        let end = match moment {
            Moment::Never => patience,
            Moment::After(time) => Instant::now() + time,
            Moment::Heard { requests, writes, then } => {
                let mut look = interval(Duration::from_millis(2));
                let counts = |method: &str| !writes || method != "GET";
                let enough = async {
                    loop {
                        look.tick().await;
                        let log = self.hotel.requests();
                        if log[heard..].iter().filter(|request| counts(&request.method)).count() >= requests {
                            return;
                        }
                    }
                };
                tokio::select! {
                    status = child.wait() => return Some(status.unwrap()),
                    () = enough => Instant::now() + then,
                    _ = timeout_at(patience, std::future::pending::<()>()) => patience,
                }
            }
        };
        let status = timeout_at(end, child.wait()).await.ok().map(Result::unwrap);
        assert!(status.is_some() || end < patience, "a command did not end in {DEADLINE:?}");
        status
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("DESK_") {
                command.env_remove(name);
            }
        }
        command
            .env("DESK_SERVER", self.hotel.url())
            .env("DESK_HOTEL", self.hotel.slug())
            .env("DESK_TOKEN", &self.token)
            // A test must not write to the key store of whoever runs it.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
            .arg("--json")
            .arg("--data-dir")
            .arg(self.folder.path())
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }
}

/// The program that was built beside this test.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).expect("a test stands two folders deep in target");
    let program = folder.join(format!("deskctl{EXE_SUFFIX}"));
    assert!(program.is_file(), "{} is missing: run `cargo build --workspace` first", program.display());
    program
}

/// Values as options of the command line.
fn options(values: &Map<String, Value>) -> Vec<String> {
    let option = |(name, value): (&String, &Value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        [format!("--{}", name.replace('_', "-")), text]
    };
    values.iter().flat_map(option).collect()
}

fn agrees(offer: &Value, values: &Map<String, Value>) -> bool {
    values.iter().all(|(name, value)| offer[name] == *value)
}

/// Ended by force: a signal, or on Windows the code that its way of killing leaves.
fn is_killed(status: ExitStatus) -> bool {
    if cfg!(windows) { status.code() == Some(1) } else { status.code().is_none() }
}

/// Every database under the data folder, those that were set aside included.
fn databases(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(databases(&path));
        } else if name.contains(".sqlite") && !name.ends_with("-wal") && !name.ends_with("-shm") {
            found.push(path);
        }
    }
    found
}
