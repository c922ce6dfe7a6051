//! A scripted person at a desk: chooses at random the next action and the moment at which the program is stopped.

use std::path::Path;
use std::time::Duration;

use demo_hotel::DemoHotel;
use hotelmate_core::hotel::{Api, Http};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Map, Value};
use tempfile::TempDir;
use tokio::time::Instant;

use crate::kills::LATE;
use crate::kills::colleague::Colleague;
use crate::kills::entities::Sort;
use crate::kills::ledger::{Entry, Findings, Ledger, Shared};
use crate::kills::program::{Blow, Moment, Program, Run};

/// The number of syncs at a hotel without faults after which nothing may wait.
const ROUNDS: usize = 30;
/// The exit code of a program that was asked to end.
const STOPPED: i32 = 130;
/// The time for which the hotel may still work on a request after the program has ended, apart from late commits.
const REST: Duration = Duration::from_millis(200);

/// The desk.
pub struct Desk<'a> {
    pub hotel: &'a DemoHotel,
    pub program: Program<'a>,
    pub folder: &'a Path,
    pictures: Vec<String>,
    colleague: Colleague,
    pub random: StdRng,
    pub ledger: Ledger,
    /// A counter that makes every value unique.
    pub counter: u32,
    /// The duration of a command without a network on this machine.
    pace: Duration,
    /// The number of stops of a running program.
    pub kills: usize,
    /// The number of stops that the run needs.
    wanted: usize,
    /// The number of stops while a request was under way.
    pub amid_sending: usize,
    /// The number of stops that let the program end in order.
    pub orderly: usize,
    /// The number of accepted commands.
    pub accepted: usize,
    /// The number of the colleague's writes.
    pub by_colleague: usize,
    /// The number of questions that a person had to answer.
    pub asked: usize,
    pub findings: Findings,
}

impl<'a> Desk<'a> {
    /// Opens a desk, signed in as the manager, that has read the whole hotel.
    pub async fn at(hotel: &'a DemoHotel, seed: u64, folder: &'a TempDir, kills: usize) -> Self {
        let folder = folder.path();
        let pictures = (0..4).map(|number| picture_file(folder, number));
        let token = desk_tests::test_desk::token(hotel, 0).await.expose().to_owned();
        let seeded = [Sort::Offer, Sort::Room]
            .into_iter()
            .flat_map(|sort| sort.at_hotel(hotel).into_iter().map(move |row| (sort, row)));
        let ledger = Ledger { seeded: seeded.collect(), seeded_images: hotel.gallery(), ..Ledger::default() };
        let mut desk = Self {
            hotel,
            program: Program::at(hotel, token, folder),
            folder,
            pictures: pictures.collect(),
            colleague: Colleague::at(hotel).await,
            random: StdRng::seed_from_u64(seed),
            ledger,
            counter: 100,
            pace: Duration::ZERO,
            kills: 0,
            wanted: kills,
            amid_sending: 0,
            orderly: 0,
            accepted: 0,
            by_colleague: 0,
            asked: 0,
            findings: Findings::default(),
        };
        assert_eq!(desk.run(&["sync"], Moment::Never).await.code, Some(0));
        let started = Instant::now();
        let branding = desk.ask(&["branding", "show"]).await;
        desk.pace = started.elapsed();
        desk.ledger.entries.push(Entry {
            sort: Sort::Branding,
            key: branding["local_id"].as_str().unwrap().to_owned(),
            id: None,
            values: Map::new(),
            theirs: None,
            shared: Shared::default(),
            picture: Value::Null,
        });
        desk
    }

    /// A few changes, a sync, and writes of the colleague; the program may be stopped in each step.
    pub async fn work(&mut self) {
        for _ in 0..self.random.random_range(1..=4) {
            let moment = match self.strikes(0.2) {
                true => Moment::After(self.pace.mul_f64(self.random.random_range(0.0..1.3))),
                false => Moment::Never,
            };
            match self.random.random_range(0..16) {
                0..4 => self.add(moment).await,
                4..10 => self.edit(moment).await,
                10 => self.remove(moment).await,
                11..13 => self.change_many(moment).await,
                _ => self.work_on_the_gallery(moment).await,
            }
        }
        if self.random.random_bool(0.4) {
            pass(REST).await;
            // A later commit would replace the colleague's value, which the desk has never seen.
            self.hotel.carry_out_late().await;
            self.colleague_writes_shared().await;
        }
        if self.random.random_bool(0.1) {
            self.colleague_makes().await;
        }
        if self.random.random_bool(0.3) {
            self.guest_writes().await;
        }
        if self.random.random_bool(0.3) {
            self.write_to_the_guest().await;
        }
        self.sync().await;
        if self.random.random_bool(0.3) {
            self.answer_questions().await;
        }
    }

    /// Returns the time from a request to a blow.
    pub fn short_time(&mut self) -> Duration {
        Duration::from_millis(self.random.random_range(0..60))
    }

    pub fn strikes(&mut self, chance: f64) -> bool {
        self.kills < self.wanted && self.random.random_bool(chance)
    }

    /// Sends while a colleague writes.
    async fn sync(&mut self) {
        let writes = self.random.random_bool(0.8);
        let moment = match self.strikes(0.8) {
            true => Moment::Heard {
                requests: self.random.random_range(1..=if writes { 3 } else { 10 }),
                writes,
                then: self.short_time(),
            },
            false => Moment::Never,
        };
        // `watch` runs the engine of the application.
        let args: &[&str] = if self.random.random_bool(0.2) { &["watch", "--for", "3"] } else { &["sync"] };
        let blow = if self.random.random_bool(0.3) { Blow::Farewell } else { Blow::Kill };
        let theirs = self.chosen_by_colleague();
        let wait = Duration::from_millis(self.random.random_range(50..400));
        let meanwhile = async {
            pass(wait).await;
            match &theirs {
                Some((_, sort, id, value)) => self.colleague.change(*sort, *id, sort.theirs(), value).await,
                None => false,
            }
        };
        let (run, written) = tokio::join!(self.program.run(args, moment, blow), meanwhile);
        if let (Some((at, _, _, value)), true) = (theirs, written) {
            self.ledger.entries[at].theirs = Some(value);
            self.by_colleague += 1;
        }
        self.count(&run, blow);
        // The expected ends: done, unreachable, waiting, or in need of a person. Every other code is a fault of the
        // program.
        let expected =
            run.code.is_none_or(|code| [0, 3, 7, 8].contains(&code) || (run.struck && code == STOPPED));
        assert!(expected, "{args:?} ended with {:?}: {}", run.code, run.reported);
    }

    /// Chooses an entity without a picture of its own: an upload at this hotel writes the row as it was when the upload
    /// began (contract.md 12, trap 13), and no client can prevent that.
    fn chosen_by_colleague(&mut self) -> Option<(usize, Sort, Option<i64>, Value)> {
        let fits =
            |entry: &Entry| entry.picture.is_null() && (entry.sort == Sort::Branding || entry.id.is_some());
        let fitting: Vec<usize> =
            (0..self.ledger.entries.len()).filter(|at| fits(&self.ledger.entries[*at])).collect();
        let at = *fitting.get(self.random.random_range(0..fitting.len().max(1)))?;
        let Entry { sort, id, .. } = self.ledger.entries[at];
        Some((at, sort, id, self.value(sort, sort.theirs())))
    }

    /// The colleague writes the shared field while the hotel has no request under way.
    async fn colleague_writes_shared(&mut self) {
        let Some(at) = self.any_entry() else { return };
        let Entry { sort, id, .. } = self.ledger.entries[at];
        if sort != Sort::Branding && id.is_none() {
            return;
        }
        let rows = sort.at_hotel(self.hotel);
        let Some(row) = rows.iter().find(|row| sort == Sort::Branding || row["id"].as_i64() == id) else {
            return;
        };
        let before = row[sort.shared()].clone();
        let value = self.value(sort, sort.shared());
        if self.colleague.change(sort, id, sort.shared(), &value).await {
            self.by_colleague += 1;
            self.ledger.entries[at].written(value, &before);
        }
    }

    /// The colleague makes an offer with the short description of one of the desk's offers.
    async fn colleague_makes(&mut self) {
        let Some(at) = self.any_entry() else { return };
        let Some(short) = self.ledger.entries[at].values.get("short_description").cloned() else { return };
        self.counter += 1;
        let title = format!("Theirs {}", self.counter);
        self.colleague.make(&title, &short).await;
        self.by_colleague += 1;
        self.ledger.colleagues.push(title);
    }

    pub fn value(&mut self, sort: Sort, field: &str) -> Value {
        self.counter += 1;
        sort.value(field, self.counter)
    }

    fn picture(&mut self) -> String {
        let at = self.random.random_range(0..self.pictures.len());
        self.pictures[at].clone()
    }

    async fn add(&mut self, moment: Moment) {
        let sort = if self.random.random_bool(0.7) { Sort::Offer } else { Sort::Room };
        let mut values = Map::new();
        for field in [sort.mark(), "short_description"] {
            values.insert(field.to_owned(), self.value(sort, field));
        }
        let mut args = vec![sort.command().to_owned(), "add".to_owned()];
        args.extend(sort.options(&values));
        if sort == Sort::Room {
            args.extend(["--set", "starting_price_from=99.00", "--set", "currency=EUR"].map(str::to_owned));
        }
        let photo = self.random.random_bool(0.3).then(|| self.picture());
        args.extend(photo.iter().flat_map(|file| ["--photo".to_owned(), file.clone()]));
        let run = self.run(&args, moment).await;
        let stored = match run.answer {
            Some(entity) => Some(entity),
            // The program was killed before it answered: the entity is stored completely, or not at all.
            None => self.list(sort).await.into_iter().find(|entity| sort.agrees(entity, &values)),
        };
        let Some(entity) = stored else { return };
        assert!(sort.agrees(&entity, &values), "half of it: {entity}");
        let picture = sort.picture(&entity);
        assert_eq!(picture.is_null(), photo.is_none(), "half of it: {entity}");
        self.accepted += 1;
        let key = entity["local_id"].as_str().unwrap().to_owned();
        let (theirs, shared) = (None, Shared::default());
        self.ledger.entries.push(Entry { sort, key, id: None, values, theirs, shared, picture });
    }

    async fn edit(&mut self, moment: Moment) {
        let Some(at) = self.any_entry() else { return };
        let Entry { sort, key, .. } = self.ledger.entries[at].clone();
        let Some(before) = self.show(sort, &key).await else {
            self.findings.lost.push(format!("{:?} is not here any more", self.ledger.entries[at]));
            self.ledger.entries.remove(at);
            return;
        };
        let mut values = self.reverting(at);
        for name in sort.mine() {
            if !values.contains_key(*name) && self.random.random_bool(0.35) {
                values.insert((*name).to_owned(), self.value(sort, name));
            }
        }
        let mut wanted = values.clone();
        if self.random.random_bool(0.3) {
            wanted.insert(sort.shared().to_owned(), self.value(sort, sort.shared()));
        }
        let photo = (wanted.is_empty() || self.random.random_bool(0.1)).then(|| self.picture());
        let mut args = vec![sort.command().to_owned()];
        match (sort, &photo) {
            (Sort::Branding, Some(file)) => {
                wanted.clear();
                values.clear();
                args.extend(["picture", "hero_image", file].map(str::to_owned));
            }
            (Sort::Branding, None) => args.push("edit".to_owned()),
            _ => args.extend(["edit".to_owned(), key.clone()]),
        }
        args.extend(sort.options(&wanted));
        if sort != Sort::Branding {
            args.extend(photo.iter().flat_map(|file| ["--photo".to_owned(), file.clone()]));
        }
        let run = self.run(&args, moment).await;
        let reported = run.answer.is_some();
        let stored = match run.answer {
            Some(entity) => entity,
            None => self.show(sort, &key).await.unwrap_or_else(|| panic!("an edit removed {before}")),
        };
        // The fields and the picture are separate intents: a kill may come between them.
        if sort.agrees(&stored, &wanted) {
            let entry = &mut self.ledger.entries[at];
            if let Some(value) = wanted.get(sort.shared()) {
                entry.wanted(value.clone(), &sort.shown(&before, sort.shared()));
            }
            entry.values.extend(values);
            self.accepted += 1;
        } else if reported {
            self.findings.lost.push(format!("accepted, and not there: {wanted:?} in {stored}"));
        }
        let entry = &mut self.ledger.entries[at];
        if !sort.agrees(&stored, &entry.values) {
            self.findings.lost.push(format!("half an edit: {stored}, not {:?}", entry.values));
        }
        if photo.is_some() {
            let shown = sort.picture(&stored);
            assert!(
                !shown.is_null() || (!reported && entry.picture.is_null()),
                "a picture was lost: {stored}"
            );
            entry.picture = shown;
        }
    }

    /// Chooses fields and returns their values at the hotel: an edit with them undoes a waiting edit.
    fn reverting(&mut self, at: usize) -> Map<String, Value> {
        let Entry { sort, id, values, .. } = &self.ledger.entries[at];
        let mut back = Map::new();
        if !self.random.random_bool(0.35) {
            return back;
        }
        let rows = sort.at_hotel(self.hotel);
        let Some(row) =
            rows.iter().find(|row| *sort == Sort::Branding || (id.is_some() && row["id"].as_i64() == *id))
        else {
            return back;
        };
        for (name, value) in values {
            if row[name] != *value && !row[name].is_null() && self.random.random_bool(0.7) {
                back.insert(name.clone(), row[name].clone());
            }
        }
        back
    }

    async fn remove(&mut self, moment: Moment) {
        let Some(at) = self.any_entry() else { return };
        let Entry { sort, key, .. } = self.ledger.entries[at].clone();
        if sort == Sort::Branding {
            return;
        }
        let run = self.run(&[sort.command(), "rm", &key], moment).await;
        let removed = !self.list(sort).await.iter().any(|entity| entity["local_id"] == key);
        if removed {
            self.accepted += 1;
            self.ledger.entries.remove(at);
        } else if run.answer.is_some() {
            self.findings.lost.push(format!("a removal was accepted, and {key} is still there"));
        }
    }

    fn any_entry(&mut self) -> Option<usize> {
        let number = self.ledger.entries.len();
        (number > 0).then(|| self.random.random_range(0..number))
    }

    /// Returns an API client for reads of the hotel.
    pub async fn api(&self) -> Api {
        let server = self.hotel.url().parse().unwrap();
        let token = desk_tests::test_desk::token(self.hotel, 0).await;
        Api::new(Http::new().unwrap(), server, self.hotel.slug().to_owned(), token)
    }

    /// Returns the entities of a sort as the program shows them. Stores their numbers in the ledger.
    pub async fn list(&mut self, sort: Sort) -> Vec<Value> {
        let shown = match sort {
            Sort::Branding => vec![self.ask(&["branding", "show"]).await],
            _ => self.ask(&[sort.command(), "list"]).await.as_array().unwrap().clone(),
        };
        for entry in self.ledger.entries.iter_mut().filter(|entry| entry.sort == sort) {
            let found = shown.iter().find(|entity| entity["local_id"] == *entry.key);
            entry.id = found.and_then(|entity| entity["id"].as_i64()).or(entry.id);
        }
        shown
    }

    async fn show(&mut self, sort: Sort, key: &str) -> Option<Value> {
        self.list(sort).await.into_iter().find(|entity| entity["local_id"] == *key)
    }

    /// Runs a command that must answer.
    pub async fn ask(&mut self, args: &[&str]) -> Value {
        let run = self.run(args, Moment::Never).await;
        run.answer.unwrap_or_else(|| panic!("no answer to {args:?}: {}", run.reported))
    }

    /// Runs the program to its end, or to the given moment.
    pub async fn run<T: AsRef<str>>(&mut self, args: &[T], moment: Moment) -> Run {
        let args: Vec<&str> = args.iter().map(AsRef::as_ref).collect();
        let run = self.program.run(&args, moment, Blow::Kill).await;
        self.count(&run, Blow::Kill);
        if args[0] != "sync" {
            assert!(
                run.struck || run.code == Some(0),
                "{args:?} ended with {:?}: {}",
                run.code,
                run.reported
            );
        }
        run
    }

    pub fn count(&mut self, run: &Run, blow: Blow) {
        self.kills += usize::from(run.struck);
        self.orderly += usize::from(run.struck && blow == Blow::Farewell);
        self.amid_sending += usize::from(run.struck && run.had_sent);
    }

    /// Returns a new picture file that differs from all others of this desk.
    pub fn new_picture(&mut self) -> String {
        self.counter += 1;
        picture_file(self.folder, self.counter)
    }

    /// Syncs until nothing waits, and answers what needs a person. Returns the number of repeated intents.
    pub async fn quiesce(&mut self) -> usize {
        // The hotel may still carry out requests that it has received, and the program reads once more after that time.
        pass(LATE * 2 + REST).await;
        let mut repeated = 0;
        let mut reported = String::new();
        for _ in 0..ROUNDS {
            let run = self.run(&["sync"], Moment::Never).await;
            let items = self.ask(&["outbox", "list"]).await;
            if run.code == Some(0) {
                assert_eq!(items.as_array().unwrap().len(), 0, "done, and yet: {items:?}");
                return repeated;
            }
            repeated += self.answer_questions().await;
            reported = format!("{:?} {} {items:#}", run.code, run.reported);
        }
        panic!("never quiet: {reported}");
    }
}

fn picture_file(folder: &Path, number: u32) -> String {
    let file = folder.join(format!("picture-{number}.png"));
    // Two consecutive pictures also differ after their preparation, because their shades are far enough apart.
    let shade = |number: u32| u8::try_from(number % 64 * 4).unwrap_or(0);
    assert!(number < 64 * 64, "pictures are told apart by two shades");
    std::fs::write(&file, desk_tests::picture_of(shade(number), shade(number / 64))).unwrap();
    file.to_str().unwrap().to_owned()
}

/// Lets real time pass, for real programs and their servers.
#[expect(
    clippy::disallowed_methods,
    reason = "other processes are waited for here, and they have no clock of ours"
)]
async fn pass(time: Duration) {
    tokio::time::sleep(time).await;
}
