//! The environment of one test of the window.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use demo_hotel::{Account, DemoHotel, Dialect, Options};
use jiff::Zoned;
use serde_json::Value;
use tokio::sync::{Mutex, MutexGuard};

use super::clock::MovedClock;
use super::desktop::Desktop;
use super::driver::{Driver, built, kill};
use super::failure::{self, Watch};
use super::guest_page::GuestPage;
use super::inhibitors::Inhibitors;
use super::logind::Logind;
use super::monitors::Monitors;
use super::screen::Screen;
use super::session::Session;
use super::view::Window;
use super::{root, until};
use crate::guest::ROOM_101;

/// One window at a time: two windows on a small machine would only slow each other down.
static TURN: Mutex<()> = Mutex::const_new(());

/// The hotel's seed. It is constant, so the hotel's addresses and keys survive a restart.
const SEED: u64 = 7;

/// A fixture. The programs that it started end with it, even if the test fails; the display ends last.
pub struct Fixture {
    name: &'static str,
    driver: Driver,
    session: Session,
    settings: Vec<(&'static str, String)>,
    hotel: Option<DemoHotel>,
    options: Options,
    folder: tempfile::TempDir,
    watch: Watch,
    _turn: MutexGuard<'static, ()>,
}

impl Fixture {
    /// Returns a fixture with an open hotel and no window yet. `name` is the beginning of the names of its screenshots.
    pub async fn set(name: &'static str) -> Self {
        Self::with(name, Session::start(false), Dialect::default()).await
    }

    /// Does the same as [`set`](Self::set) on a computer without a key store.
    pub async fn set_without_keys(name: &'static str) -> Self {
        Self::with(name, Session::start_without_keys(), Dialect::default()).await
    }

    /// Does the same as [`set`](Self::set) at a hotel whose server speaks this dialect.
    pub async fn set_at(name: &'static str, dialect: Dialect) -> Self {
        Self::with(name, Session::start(false), dialect).await
    }

    /// Does the same as [`set`](Self::set) for a person who prefers dark programs.
    pub async fn set_dark(name: &'static str) -> Self {
        Self::with(name, Session::start(true), Dialect::default()).await
    }

    /// Does the same as [`set`](Self::set) on a computer that is not set up: no settings lead to the hotel.
    pub async fn set_new(name: &'static str) -> Self {
        Self::with_settings(name, Session::start(false), Dialect::default(), |_, _| Vec::new()).await
    }

    /// Does the same as [`set`](Self::set) on a computer whose monitors can be plugged in and out.
    pub async fn set_with_monitors(name: &'static str) -> Self {
        Self::with(name, Session::start_with_monitors(), Dialect::default()).await
    }

    /// Does the same as [`set`](Self::set) on a computer whose clock the test can set.
    pub async fn set_with_clock(name: &'static str) -> Self {
        let settings =
            |hotel: &DemoHotel, folder: &Path| [lead_to(hotel), MovedClock::new(folder).settings()].concat();
        Self::with_settings(name, Session::start(false), Dialect::default(), settings).await
    }

    async fn with(name: &'static str, session: impl Future<Output = Session>, dialect: Dialect) -> Self {
        Self::with_settings(name, session, dialect, |hotel, _| lead_to(hotel)).await
    }

    async fn with_settings(
        name: &'static str,
        session: impl Future<Output = Session>,
        dialect: Dialect,
        settings: impl Fn(&DemoHotel, &Path) -> Vec<(&'static str, String)>,
    ) -> Self {
        let turn = TURN.lock().await;
        let watch = Watch::begin(name);
        forget_shots(name).expect("the screenshots of the last run can be removed");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let options = Options::default().seed(SEED).dialect(dialect).data(hotel_file(&folder));
        let (session, hotel) = tokio::join!(session, open_hotel(options.clone()));
        let options = options.port(hotel.port());
        let settings = settings(&hotel, folder.path());
        let log = shots().join(format!("{name}.log"));
        let driver = Driver::start(&session, &folder.path().join("desk"), &settings, &log).await;
        Self { name, driver, session, settings, hotel: Some(hotel), options, folder, watch, _turn: turn }
    }

    /// Starts a desktop. It must be there before the program starts, because the program looks for it only then.
    pub async fn desktop(&self) -> Desktop {
        Desktop::start(self.session.bus()).await
    }

    /// Starts the service of the system's sessions. It must be there before the program starts.
    pub async fn logind(&self) -> Logind {
        Logind::start(self.session.bus()).await
    }

    /// Starts the services that give locks against sleep. They must be there before the program starts.
    pub async fn inhibitors(&self) -> Inhibitors {
        Inhibitors::start(self.session.bus()).await
    }

    /// Returns the monitors of a computer that was [set with them](Self::set_with_monitors).
    pub fn monitors(&self) -> Monitors<'_> {
        Monitors::of(&self.session)
    }

    /// Sets the clock of a computer that was [set with one](Self::set_with_clock).
    pub fn set_clock(&self, time: &Zoned) {
        MovedClock::of(self.folder.path()).set(time);
    }

    /// Opens the page of the guest of room 101, in a browser beside the window.
    pub async fn open_guest_page(&self) -> GuestPage {
        let rooms = self.hotel().rooms();
        let room = rooms.iter().find(|room| room.conversation == ROOM_101).expect("the hotel has room 101");
        GuestPage::open(&self.session, room).await
    }

    /// Returns the display of the window.
    pub fn screen(&self) -> Screen {
        Screen::of(self.session.display())
    }

    /// Returns the hotel, which must be open.
    ///
    /// # Panics
    /// If the test has closed it.
    pub fn hotel(&self) -> &DemoHotel {
        self.hotel.as_ref().expect("the hotel is open")
    }

    /// Returns the person at the window: the hotel's manager.
    pub fn person(&self) -> Account {
        self.hotel().users().swap_remove(0)
    }

    /// Ends the hotel's server, as if the network were gone. Its stored data stays.
    pub async fn close_hotel(&mut self) {
        if let Some(hotel) = self.hotel.take() {
            hotel.stop().await;
        }
    }

    /// Starts the hotel's server again, on the same port and with its stored data.
    pub async fn open_hotel(&mut self) {
        self.hotel = Some(open_hotel(self.options.clone()).await);
    }

    /// Returns the file in which the hotel stores its state.
    pub fn hotel_file(&self) -> PathBuf {
        hotel_file(&self.folder)
    }

    /// Returns the hotel's offers with this title.
    pub fn at_hotel(&self, title: &str) -> Vec<Value> {
        self.hotel().offers().into_iter().filter(|offer| offer["title"] == title).collect()
    }

    /// Waits until the hotel has exactly one offer with this title, and `is_right` returns true for it.
    pub async fn until_at_hotel(&self, title: &str, is_right: impl Fn(&Value) -> bool) -> Value {
        until(&format!("“{title}” at the hotel"), async || match self.at_hotel(title).as_slice() {
            [offer] if is_right(offer) => Some(offer.clone()),
            _ => None,
        })
        .await
    }

    /// Starts the program. Its window has the size of a first start.
    pub async fn open_window(&self) -> Window {
        let client = self.driver.open(&self.watch).await;
        Window::new(client, self.name)
    }

    /// Starts the reception display. `file` is the content of `display.toml`.
    pub async fn open_display(&self, file: &str) -> Window {
        self.write_display_file(file);
        // The hotel may be closed, and has always the same name.
        fs::write(self.data_folder().join("desk.toml"), "hotel = \"killarney\"\n")
            .expect("desk.toml can be written");
        let client = self.driver.open_with(&self.watch, &["--display"]).await;
        Window::new(client, self.name)
    }

    /// Starts the program for training.
    pub async fn open_training(&self) -> Window {
        let client = self.driver.open_with(&self.watch, &["--training"]).await;
        Window::new(client, self.name)
    }

    /// Returns the demo hotels that the program has started.
    pub fn demo_hotels(&self) -> Vec<u32> {
        self.driver.demo_hotels()
    }

    /// Ends the reception display that was opened beside the window.
    ///
    /// # Panics
    /// If no display runs.
    pub async fn end_display(&self) {
        let displays = self.driver.displays();
        assert_eq!(displays.len(), 1, "one display runs");
        kill(&displays, "TERM");
        until("the end of the display", async || self.driver.displays().is_empty().then_some(())).await;
    }

    /// Writes `display.toml`.
    pub fn write_display_file(&self, text: &str) {
        fs::create_dir_all(self.data_folder()).expect("the data folder");
        fs::write(self.data_folder().join("display.toml"), text).expect("display.toml can be written");
    }

    /// Returns the data folder of the program.
    pub fn data_folder(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// Starts the program and signs the hotel's manager in through the window.
    pub async fn open_signed_in(&self) -> Window {
        let window = self.open_window().await;
        let Account { username, password } = self.person();
        window.sign_in(&username, &password).await;
        window.until_offers().await;
        window.close_handover().await;
        window
    }

    /// Ends the program without an announcement, as a power cut does, and starts it again on the same data.
    pub async fn restart(&self, window: Window) -> Window {
        self.end(window).await;
        self.open_window().await
    }

    /// Waits until the program has ended by itself.
    pub async fn until_ended(&self) {
        self.watch.expect_nothing();
        self.driver.ended().await;
    }

    /// Kills the program while it runs, and starts it again on the same data.
    pub async fn kill_and_restart(&self, window: Window) -> Window {
        self.watch.expect_nothing();
        self.driver.kill();
        self.driver.ended().await;
        window.close().await;
        self.open_window().await
    }

    /// Returns the processes that draw the page.
    pub fn page_processes(&self) -> Vec<u32> {
        self.driver.page_processes()
    }

    /// Kills the process that draws the page. The program itself continues.
    pub fn kill_page(&self) {
        self.watch.expect_nothing();
        self.driver.kill_page();
    }

    /// Returns the process of the WebDriver.
    pub fn driver_process(&self) -> u32 {
        self.driver.process()
    }

    /// Crashes a process.
    pub fn crash_process(&self, id: u32) {
        kill(&[id], "ABRT");
    }

    /// Returns the crash that would be reported if the test failed now.
    pub fn crash(&self) -> Option<String> {
        failure::crash()
    }

    /// Ends the program without an announcement, as a power cut does.
    pub async fn end(&self, window: Window) {
        self.watch.expect_nothing();
        window.close().await;
        self.driver.ended().await;
    }

    /// Runs `deskctl` on the window's data and returns its JSON answer.
    pub async fn deskctl(&self, words: &[&str]) -> Value {
        let Output { status, stdout, stderr } = self.run_deskctl(words, None).await;
        let stderr = String::from_utf8_lossy(&stderr);
        assert!(status.success(), "deskctl {words:?} ended with {status}: {stderr}");
        serde_json::from_slice(&stdout).expect("deskctl answers in JSON")
    }

    /// Runs `deskctl --json` on the window's data, with this PIN in its environment.
    pub async fn run_deskctl(&self, words: &[&str], pin: Option<&str>) -> Output {
        let mut command = self.session.command(built("deskctl"));
        command.arg("--json").arg("--data-dir").arg(self.data_folder()).args(words);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command.envs(pin.map(|pin| ("DESK_PIN", pin))).stdin(Stdio::null());
        let ran = tokio::task::spawn_blocking(move || command.output()).await;
        ran.expect("it runs to its end").expect("deskctl can be started")
    }

    /// Waits for a file that the window writes into the person's downloads, and returns its content.
    pub async fn downloaded(&self, name: &str) -> Value {
        let file = self.downloads().join(name);
        until(&format!("the file {}", file.display()), async || {
            serde_json::from_slice(&fs::read(&file).ok()?).ok()
        })
        .await
    }

    /// Returns the person's folder for downloads.
    pub fn downloads(&self) -> PathBuf {
        self.session.downloads()
    }

    /// Writes a file that the person can choose.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, bytes).expect("the file can be written");
        file
    }
}

/// Returns the folder of the screenshots.
pub(super) fn shots() -> PathBuf {
    let folder = root().join("artifacts/screenshots");
    fs::create_dir_all(&folder).expect("the folder of the screenshots");
    folder
}

/// Removes a test's screenshots of the last run: an old one of a failure would be misleading.
fn forget_shots(name: &str) -> std::io::Result<()> {
    for entry in fs::read_dir(shots())? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&format!("{name}-")) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Returns the settings that lead the program to this hotel.
fn lead_to(hotel: &DemoHotel) -> Vec<(&'static str, String)> {
    let pusher = hotel.pusher();
    vec![("DESK_SERVER", hotel.url()), ("DESK_PUSHER_KEY", pusher.key), ("DESK_PUSHER_HOST", pusher.host)]
}

fn hotel_file(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("hotel.sqlite")
}

async fn open_hotel(options: Options) -> DemoHotel {
    DemoHotel::start(options).await.unwrap_or_else(|error| panic!("the hotel does not open: {error}"))
}
