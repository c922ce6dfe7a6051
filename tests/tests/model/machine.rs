//! The system under test, and its invariants.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use demo_hotel::{DemoHotel, Options};
use desk_tests::clock::FastClock;
use desk_tests::seat::settings;
use desk_tests::{offer, picture};
use hotelmate_core::desk::views::{IntentKind, OfferQuery, OfferView, OutboxItem, Resolution, SyncMark};
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::environment::Environment;
use hotelmate_core::model::{FieldEdit, FieldValue, IntentState};
use hotelmate_core::settings::Settings;
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use pusher::time::Clock;
use tokio::runtime::Runtime;

use crate::account::{Account, marker, value_of};
use crate::steps::{Field, Step, Which, any_step};

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

/// The reference has no state: what is right follows from the books that the test keeps.
#[derive(Debug, Clone)]
pub struct Steps;

impl ReferenceStateMachine for Steps {
    type State = u64;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<u64> {
        any::<u64>().boxed()
    }

    fn transitions(_: &u64) -> BoxedStrategy<Step> {
        any_step()
    }

    fn apply(state: u64, _: &Step) -> u64 {
        state
    }
}

pub struct TwoDesks {
    hotel: DemoHotel,
    desks: [Seat; 2],
    clock: FastClock,
    account: Account,
}

struct Seat {
    desk: Desk,
    settings: Settings,
    environment: Environment,
    _folder: tempfile::TempDir,
}

impl Seat {
    async fn take(hotel: &DemoHotel, user: Which, clock: &FastClock, seed: u64) -> Self {
        let folder = quick_folder();
        let settings = settings(hotel, user, folder.path().to_owned()).await;
        let environment = Environment::with_seed(Arc::new(clock.clone()), seed);
        let desk = Desk::open_in(settings.clone(), Mode::Manual, environment.clone()).await.unwrap();
        Self { desk, settings, environment, _folder: folder }
    }

    /// A new program on the same data; the old one has not been closed, as after a crash.
    async fn reopen(&mut self) {
        self.desk =
            Desk::open_in(self.settings.clone(), Mode::Manual, self.environment.clone()).await.unwrap();
    }

    async fn screen(&self) -> Vec<OfferView> {
        self.desk.offers(OfferQuery::default()).await.unwrap().offers
    }

    /// What waits although nothing in its lane needs a person.
    async fn waiting_freely(&self) -> Vec<OutboxItem> {
        let items = self.desk.outbox().await.unwrap().items;
        let stuck: HashSet<_> =
            items.iter().filter(|item| item.state == IntentState::Attention).map(|item| item.offer).collect();
        let settled = |item: &OutboxItem| {
            matches!(item.state, IntentState::Attention | IntentState::Conflict)
                || stuck.contains(&item.offer)
        };
        items.into_iter().filter(|item| !settled(item)).collect()
    }

    async fn nth(&self, nth: usize) -> Option<OfferView> {
        let screen = self.screen().await;
        (!screen.is_empty()).then(|| screen[nth % screen.len()].clone())
    }
}

impl StateMachineTest for TwoDesks {
    type SystemUnderTest = Self;
    type Reference = Steps;

    fn init_test(seed: &u64) -> Self {
        RUNTIME.block_on(async {
            let hotel = DemoHotel::start(Options::default().seed(*seed)).await.unwrap();
            let clock = FastClock::default();
            let desks = [
                Seat::take(&hotel, 0, &clock, *seed).await,
                Seat::take(&hotel, 1, &clock, seed.wrapping_add(1)).await,
            ];
            for seat in &desks {
                seat.desk.sync_until_quiet().await.unwrap();
            }
            Self { hotel, desks, clock, account: Account::default() }
        })
    }

    fn apply(mut run: Self, _: &u64, step: Step) -> Self {
        RUNTIME.block_on(async {
            run.take(step.clone()).await;
            run.account.look_at(&run.hotel);
            for desk in 0..2 {
                let lost = run.account.lost(desk, &run.desks[desk].screen().await);
                assert!(lost.is_empty(), "after {step:?}, desk {desk} shows no more: {lost:?}");
            }
        });
        run
    }

    fn teardown(mut run: Self, _: u64) {
        RUNTIME.block_on(async {
            run.calm_down().await;
            run.everything_has_its_place().await;
            run.both_screens_show_the_hotel().await;
            for seat in &run.desks {
                seat.desk.close().await;
                database_is_sound(&seat.settings);
            }
            run.hotel.stop().await;
        });
    }
}

impl TwoDesks {
    async fn take(&mut self, step: Step) {
        match step {
            Step::Create { desk, picture: with } => {
                let marker = self.account.fresh("marker");
                let mut content = offer(&self.account.fresh("title"));
                content.short_description = marker;
                let photo = match with {
                    true => Some(self.desks[desk].desk.prepare_picture(picture(1)).await.unwrap().hash),
                    false => None,
                };
                self.create(desk, content, photo).await;
            }
            Step::Twin { desk, nth } => {
                if let Some(like) = self.desks[desk].nth(nth).await {
                    self.create(desk, like.content, None).await;
                }
            }
            Step::Edit { desk, nth, field } => self.edit(desk, nth, field).await,
            Step::Picture { desk, nth } => {
                if let Some(offer) = self.desks[desk].nth(nth).await {
                    let shade = u8::try_from(nth).unwrap();
                    let hash = self.desks[desk].desk.prepare_picture(picture(shade)).await.unwrap().hash;
                    self.desks[desk].desk.set_picture(offer.local_id, Some(hash)).await.unwrap();
                }
            }
            Step::Delete { desk, nth } => self.delete(desk, nth).await,
            Step::Settle { desk, mine } => self.settle(desk, mine).await,
            Step::Discard { desk } => self.discard(desk).await,
            Step::Retry { desk } => self.retry(desk).await,
            Step::Sync { desk } => drop(self.desks[desk].desk.sync_until_quiet().await.unwrap()),
            Step::CutSync { desk, after_ms } => {
                let cut = Duration::from_millis(after_ms);
                let _ = tokio::time::timeout(cut, self.desks[desk].desk.sync_until_quiet()).await;
                self.desks[desk].reopen().await;
                // What had left may still be on its way into the hotel.
                self.clock.sleep(Duration::from_secs(6)).await;
            }
            Step::Restart { desk } => {
                self.desks[desk].desk.close().await;
                self.desks[desk].reopen().await;
            }
            Step::Jump { seconds } => self.clock.set_wall(seconds),
            Step::Fail { fault, times } => self.hotel.set_faults(fault.plan(times)).unwrap(),
            Step::Calm => self.hotel.clear_faults(),
        }
    }

    async fn create(
        &mut self,
        desk: Which,
        content: hotelmate_core::model::OfferContent,
        photo: Option<hotelmate_core::model::MediaHash>,
    ) {
        let marker = content.short_description.clone();
        let id = self.desks[desk].desk.create_offer(content, photo).await.unwrap();
        *self.account.made.entry(marker.clone()).or_default() += 1;
        self.account.creates.push((desk, id, marker));
    }

    async fn edit(&mut self, desk: Which, nth: usize, field: Field) {
        let Some(offer) = self.desks[desk].nth(nth).await else { return };
        let value = self.account.fresh("value");
        let (was, now) = match field {
            Field::Title => (FieldValue::Title(offer.content.title), FieldValue::Title(value.clone())),
            Field::Tag => (FieldValue::Tag(offer.content.tag), FieldValue::Tag(value.clone())),
            Field::Text => {
                (FieldValue::DetailsText(offer.content.details_text), FieldValue::DetailsText(value.clone()))
            }
        };
        self.desks[desk].desk.edit_offer(offer.local_id, vec![FieldEdit { was, now }]).await.unwrap();
        self.account.last.insert((desk, offer.local_id, field), value);
    }

    async fn delete(&mut self, desk: Which, nth: usize) {
        let Some(offer) = self.desks[desk].nth(nth).await else { return };
        self.desks[desk].desk.delete_offer(offer.local_id).await.unwrap();
        self.account.withdraw(desk, offer.local_id);
        self.account.deleted_markers.insert(offer.content.short_description);
        self.account.deleted.extend(offer.id.map(|id| id.0));
    }

    async fn settle(&mut self, desk: Which, mine: bool) {
        let Some(offer) =
            self.desks[desk].screen().await.into_iter().find(|offer| offer.sync == SyncMark::Conflict)
        else {
            return;
        };
        let conflict = self.desks[desk].desk.offer(offer.local_id).await.unwrap().conflicts.remove(0);
        let resolution = if mine { Resolution::Mine } else { Resolution::Theirs };
        self.desks[desk].desk.resolve_conflict(conflict.intent, conflict.field, resolution).await.unwrap();
        if !mine {
            for field in [Field::Title, Field::Tag, Field::Text] {
                let about = match field {
                    Field::Title => hotelmate_core::model::OfferField::Title,
                    Field::Tag => hotelmate_core::model::OfferField::Tag,
                    Field::Text => hotelmate_core::model::OfferField::DetailsText,
                };
                if conflict.field == Some(about) {
                    self.account.last.remove(&(desk, offer.local_id, field));
                }
            }
        }
    }

    async fn discard(&mut self, desk: Which) {
        let outbox = self.desks[desk].desk.outbox().await.unwrap();
        let Some(item) = outbox.items.into_iter().find(|item| item.state == IntentState::Attention) else {
            return;
        };
        let id = item.offer.unwrap();
        let number = self.desks[desk].desk.offer(id).await.ok().and_then(|shown| shown.offer.id);
        self.desks[desk].desk.discard_intent(item.id).await.unwrap();
        match item.kind {
            // The offer had been removed at the hotel: everything about it is let go.
            _ if self.desks[desk].desk.offer(id).await.is_err() => self.account.withdraw(desk, id),
            IntentKind::SetOfferPicture => {}
            // Taken back: it stays at the hotel.
            IntentKind::DeleteOffer => {
                number.map(|number| self.account.deleted.remove(&number.0));
            }
            _ => self.account.withdraw(desk, id),
        }
    }

    async fn retry(&mut self, desk: Which) {
        let outbox = self.desks[desk].desk.outbox().await.unwrap();
        let Some(item) = outbox.items.into_iter().find(|item| item.state == IntentState::Attention) else {
            return;
        };
        let id = item.offer.unwrap();
        let before = self.desks[desk].desk.offer(id).await.unwrap().offer;
        self.desks[desk].desk.retry_intent(item.id).await.unwrap();
        if item.kind == IntentKind::DeleteOffer {
            self.account.withdraw(desk, id);
            return;
        }
        let after = self.desks[desk].desk.offer(id).await.unwrap().offer;
        if before.id.is_some() && after.id.is_none() {
            *self.account.restored.entry(before.content.short_description).or_default() += 1;
        }
    }

    /// The faults stop; then everything must end within a bounded number of syncs.
    async fn calm_down(&mut self) {
        self.hotel.clear_faults();
        for _ in 0..12 {
            let mut free = 0;
            for seat in &self.desks {
                seat.desk.try_now().await;
                seat.desk.sync_until_quiet().await.unwrap();
                // Between two desks: one may remove what the other has just brought.
                self.account.look_at(&self.hotel);
                free += seat.waiting_freely().await.len();
            }
            if free == 0 {
                break;
            }
        }
        for seat in &self.desks {
            seat.desk.sync_until_quiet().await.unwrap();
            self.account.look_at(&self.hotel);
            let free = seat.waiting_freely().await;
            assert!(free.is_empty(), "still waiting, and nothing before it needs a person: {free:#?}");
        }
        // The first desk has not seen what the second one sent last.
        self.desks[0].desk.sync_until_quiet().await.unwrap();
    }

    async fn everything_has_its_place(&self) {
        let rows = self.hotel.offers();
        let numbers: HashSet<i64> = rows.iter().filter_map(|row| row["id"].as_i64()).collect();
        for desk in 0..2 {
            let screen = self.desks[desk].screen().await;
            let lost = self.account.lost(desk, &screen);
            let outbox = self.desks[desk].desk.outbox().await.unwrap();
            assert!(lost.is_empty(), "lost on desk {desk}: {lost:?}\n{outbox:#?}\n{screen:#?}\n{rows:#?}");
        }
        let mut undeleted: HashSet<i64> = self.account.deleted.intersection(&numbers).copied().collect();
        for seat in &self.desks {
            for item in seat.desk.outbox().await.unwrap().items {
                // The hotel failed again and again: a person decides.
                let refused = item.kind == IntentKind::DeleteOffer && item.state == IntentState::Attention;
                if let (true, Ok(shown)) = (refused, seat.desk.offer(item.offer.unwrap()).await) {
                    shown.offer.id.map(|number| undeleted.remove(&number.0));
                }
            }
        }
        assert!(undeleted.is_empty(), "deleted and still there: {undeleted:?}");

        let mut taken = HashSet::new();
        for (desk, id, marker) in &self.account.creates {
            let Ok(detail) = self.desks[*desk].desk.offer(*id).await else {
                assert!(self.account.deleted_markers.contains(marker), "the create {marker} is gone");
                continue;
            };
            let needs_person = matches!(detail.offer.sync, SyncMark::Attention);
            let there = detail.offer.id.is_some_and(|id| numbers.contains(&id.0));
            assert!(there || needs_person, "the create {marker} is not at the hotel: {detail:#?}");
            if there {
                assert!(taken.insert(detail.offer.id), "two creates of {marker} share one row");
            }
        }
        for (marker_made, made) in &self.account.made {
            let there = rows.iter().filter(|row| marker(row) == *marker_made).count();
            let seeded = self.seeded(marker_made);
            let most = made + seeded + self.account.restored.get(marker_made).copied().unwrap_or_default();
            assert!(there <= most, "{marker_made} was wished {most} times and is there {there} times");
        }
    }

    /// Twins of the hotel's own offers have a row to begin with.
    fn seeded(&self, marker: &str) -> usize {
        usize::from(!marker.starts_with("marker"))
    }

    async fn both_screens_show_the_hotel(&self) {
        let rows = self.hotel.offers();
        for seat in &self.desks {
            let screen = seat.screen().await;
            for offer in &screen {
                if offer.sync != SyncMark::Saved {
                    continue;
                }
                let row = rows.iter().find(|row| row["id"].as_i64() == offer.id.map(|id| id.0));
                let row = row.unwrap_or_else(|| panic!("shown and not at the hotel: {offer:#?}"));
                assert_eq!(row["title"], value_of(offer, Field::Title));
                assert_eq!(row["tag"], value_of(offer, Field::Tag));
                assert_eq!(row["details_text"], value_of(offer, Field::Text));
            }
            let shown: HashSet<i64> = screen.iter().filter_map(|offer| offer.id).map(|id| id.0).collect();
            let hidden: Vec<_> =
                rows.iter().filter(|row| !shown.contains(&row["id"].as_i64().unwrap())).collect();
            assert!(hidden.is_empty(), "at the hotel and not shown: {hidden:#?}");
        }
    }
}

/// In memory where the system has such a folder: the model is about order, and thousands of real `fsync`s would
/// only slow it down. What a crash leaves behind is the matter of the kill tests, on a real disk.
fn quick_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn database_is_sound(settings: &Settings) {
    let accounts = settings.data_dir.join("accounts");
    for account in std::fs::read_dir(accounts).unwrap() {
        let file = account.unwrap().path().join("desk.sqlite");
        let database = rusqlite::Connection::open(file).unwrap();
        let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok");
    }
}
