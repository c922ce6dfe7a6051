//! The system under test, and its steps.

use std::sync::LazyLock;
use std::time::Duration;

use demo_hotel::{DemoHotel, Options};
use desk_tests::clock::FastClock;
use desk_tests::{offer, picture};
use hotelmate_core::desk::Mode;
use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::ids::MediaHash;
use hotelmate_core::records::{Field as About, FieldEdit, FieldValue, Fields, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{IntentKind, OutboxItem, RecordDetail, RecordView, Resolution, SyncMark};
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use pusher::time::Clock;
use tokio::runtime::Runtime;

use crate::model::account::{Account, FIELDS};
use crate::model::faults::{Break, Fault, Plan};
use crate::model::steps::{Field, Step, Which, live_step, manual_step};
use crate::model::test_desk::TestDesk;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

/// The hotel carries out postponed requests before they are this old, by the desks' clock: half of the time after which
/// it does so by itself.
pub const CARRY_OUT: Duration = Duration::from_secs(30);

/// The reference has no state, because the test's own records determine the correct result. `LIVE`: the desks read,
/// listen and send by themselves.
#[derive(Debug, Clone)]
pub struct Steps<const LIVE: bool>;

impl<const LIVE: bool> ReferenceStateMachine for Steps<LIVE> {
    type State = u64;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<u64> {
        any::<u64>().boxed()
    }

    fn transitions(_: &u64) -> BoxedStrategy<Step> {
        if LIVE { live_step() } else { manual_step() }
    }

    fn apply(state: u64, _: &Step) -> u64 {
        state
    }
}

pub struct TwoDesks<const LIVE: bool> {
    pub hotel: DemoHotel,
    pub desks: [TestDesk; 2],
    pub clock: FastClock,
    pub account: Account,
    plan: Plan,
    /// The time, by the desks' clock, at which the hotel last carried out its postponed requests.
    carried_out: Duration,
}

impl<const LIVE: bool> StateMachineTest for TwoDesks<LIVE> {
    type SystemUnderTest = Self;
    type Reference = Steps<LIVE>;

    fn init_test(seed: &u64) -> Self {
        RUNTIME.block_on(async {
            let hotel = DemoHotel::start(Options::default().seed(*seed)).await.unwrap();
            let clock = FastClock::default();
            let mode = if LIVE { Mode::Full } else { Mode::Manual };
            let desks = [
                TestDesk::take(&hotel, 0, mode, &clock, *seed).await,
                TestDesk::take(&hotel, 1, mode, &clock, seed.wrapping_add(1)).await,
            ];
            for test_desk in &desks {
                test_desk.desk.sync_until_quiet().await.unwrap();
            }
            let (account, plan, carried_out) = (Account::default(), Plan::default(), clock.monotonic());
            Self { hotel, desks, clock, account, plan, carried_out }
        })
    }

    fn apply(mut run: Self, _: &u64, step: Step) -> Self {
        RUNTIME.block_on(async {
            run.take(step.clone()).await;
            // On manual desks a step cannot affect the other desk.
            for desk in if LIVE { vec![0, 1] } else { step.desk().into_iter().collect() } {
                let lost = run.lost(desk).await;
                assert!(lost.is_empty(), "after {step:?}, desk {desk} shows no more: {lost:?}");
            }
        });
        run
    }

    fn teardown(mut run: Self, _: u64) {
        RUNTIME.block_on(async {
            run.hotel.clear_faults();
            run.carry_out_late().await;
            run.finish().await;
            run.judge().await;
            run.hotel.stop().await;
        });
    }
}

impl<const LIVE: bool> TwoDesks<LIVE> {
    /// Returns the values that are not on the screen of their desk and have never been at the hotel.
    pub async fn lost(&mut self, desk: Which) -> Vec<String> {
        // The screen is read first: a value that leaves it meanwhile has reached the hotel.
        let screen = self.desks[desk].screen().await;
        self.account.look_at(&self.hotel);
        self.account.lost(desk, &screen)
    }

    /// Lets the hotel carry out the postponed requests. The values before and after are noted.
    async fn carry_out_late(&mut self) {
        self.account.look_at(&self.hotel);
        self.hotel.carry_out_late().await;
        self.account.look_at(&self.hotel);
        self.carried_out = self.clock.monotonic();
    }

    async fn take(&mut self, step: Step) {
        // This must come before the hotel does so by itself, or a value that was there for a moment would not be noted.
        // If the wall clock is set while the hotel still works on a request, the time of the request is unknown.
        let overdue = !LIVE && self.clock.monotonic() - self.carried_out > CARRY_OUT;
        if self.account.late && (overdue || matches!(step, Step::Jump { .. })) {
            self.carry_out_late().await;
        }
        match step {
            Step::Create { desk, picture: with } => {
                let marker = self.account.fresh("marker");
                let mut content = offer(&self.account.fresh("title"));
                content.set("short_description", marker.into());
                let photo = match with {
                    true => Some(self.desks[desk].desk.prepare_picture(picture(1)).await.unwrap().hash),
                    false => None,
                };
                self.create(desk, content, photo).await;
            }
            Step::Twin { desk, nth } => {
                let screen = self.desks[desk].screen().await;
                if let Some(like) = screen.into_iter().cycle().nth(nth) {
                    self.create(desk, like.fields, None).await;
                }
            }
            Step::Edit { desk, nth, field } => self.edit(desk, nth, field).await,
            Step::Picture { desk, nth } => {
                if let Some(offer) = self.pick(desk, nth).await {
                    let shade = u8::try_from(nth).unwrap();
                    let hash = self.desks[desk].desk.prepare_picture(picture(shade)).await.unwrap().hash;
                    Self::done(
                        self.desks[desk].desk.set_picture(offer.local_id, Slot::Photo, Some(hash)).await,
                    );
                }
            }
            Step::Delete { desk, nth } => self.delete(desk, nth).await,
            Step::Quiesce { desk, mine } => self.quiesce(desk, mine).await,
            Step::Discard { desk } => self.discard(desk).await,
            Step::Retry { desk } => self.retry(desk).await,
            Step::Sync { desk } => drop(self.desks[desk].desk.sync_until_quiet().await.unwrap()),
            Step::CutSync { desk, after_ms } => self.cut_off(desk, Duration::from_millis(after_ms)).await,
            Step::Restart { desk } => {
                self.desks[desk].desk.close().await;
                self.desks[desk].reopen().await;
            }
            Step::Jump { seconds } => self.clock.set_wall(seconds),
            Step::Fail { fault, times } => {
                self.plan.requests = fault.rules("*/offers/*", times, LIVE.then_some(3 * times));
                self.account.refused |= matches!(fault, Fault::Refused | Fault::RefusedOtherwise);
                self.account.failed |= fault.is_trouble();
                self.account.late |= fault.is_late();
                self.hotel.set_faults(self.plan.all()).unwrap();
            }
            Step::Garble { fault, times } => {
                self.plan.events = vec![fault.rule(times)];
                self.hotel.set_faults(self.plan.all()).unwrap();
            }
            Step::Revoke { desk } => drop(self.hotel.revoke_token(&self.desks[desk].username)),
            Step::SignIn { desk } => self.desks[desk].sign_in_if_asked().await,
            Step::CarryOut => self.carry_out_late().await,
            Step::Break { how: Break::Sockets } => self.hotel.close_sockets(4200),
            Step::Break { how: Break::Silence } => self.hotel.silence_sockets(),
            Step::Break { how: Break::Lines } => self.hotel.cut_connections(),
            Step::Debounce => {
                self.plan = Plan::default();
                self.hotel.clear_faults();
            }
        }
    }

    /// Returns an offer on the screen of this desk.
    ///
    /// Desks that work by themselves change only their own offers. This server reads a row, waits, and writes the whole
    /// row back, so it loses a colleague's write at the same moment (`contract.md 12`, traps 12 to 14). The test does
    /// not see the value that the hotel held for that moment, and could not distinguish this from a loss.
    async fn pick(&self, desk: Which, nth: usize) -> Option<RecordView> {
        let mut screen = self.desks[desk].screen().await;
        if LIVE {
            screen.retain(|offer| self.account.owner(&offer.fields.text("short_description")) == desk);
        }
        (!screen.is_empty()).then(|| screen.swap_remove(nth % screen.len()))
    }

    /// Kills the program while it works.
    async fn cut_off(&mut self, desk: Which, after: Duration) {
        if LIVE {
            tokio::time::timeout(after, std::future::pending::<()>()).await.unwrap_err();
        } else {
            let _ = tokio::time::timeout(after, self.desks[desk].desk.sync_until_quiet()).await;
        }
        self.desks[desk].reopen().await;
        // A request that has left may not have reached the hotel yet.
        self.clock.sleep(Duration::from_secs(6)).await;
    }

    /// Returns true if the action succeeded. On a desk that works by itself it may have come too late.
    fn done(outcome: Result<(), DeskError>) -> bool {
        match outcome {
            Ok(()) => true,
            Err(error) if LIVE && matches!(error.code, ErrorCode::TooLate | ErrorCode::NotFound) => false,
            Err(error) => panic!("{error:?}"),
        }
    }

    async fn create(&mut self, desk: Which, content: Fields, photo: Option<MediaHash>) {
        let marker = content.text("short_description");
        let id = self.desks[desk].desk.create(Kind::Offer, content, photo).await.unwrap();
        *self.account.made.entry(marker.clone()).or_default() += 1;
        self.account.creates.push((desk, id, marker));
    }

    async fn edit(&mut self, desk: Which, nth: usize, field: Field) {
        let Some(offer) = self.pick(desk, nth).await else { return };
        let value = self.account.fresh_operation(desk);
        let (was, now) = match field {
            Field::Title => {
                (FieldValue::of("title", offer.fields.text("title")), FieldValue::of("title", value.clone()))
            }
            Field::Tag => {
                (FieldValue::of("tag", offer.fields.text("tag")), FieldValue::of("tag", value.clone()))
            }
            Field::Text => (
                FieldValue::of("details_text", offer.fields.text("details_text")),
                FieldValue::of("details_text", value.clone()),
            ),
        };
        let edits = vec![FieldEdit { was, now }];
        if Self::done(self.desks[desk].desk.edit(offer.local_id, edits).await) {
            self.account.last.insert((desk, offer.local_id, field), value);
        }
    }

    async fn delete(&mut self, desk: Which, nth: usize) {
        let Some(offer) = self.pick(desk, nth).await else { return };
        if Self::done(self.desks[desk].desk.delete_entity(offer.local_id).await.map(drop)) {
            self.account.withdraw(desk, offer.local_id);
            self.account.deleted_markers.insert(offer.fields.text("short_description"));
            self.account.deleted.extend(offer.id.map(|id| id.0));
        }
    }

    async fn quiesce(&mut self, desk: Which, mine: bool) {
        let Some(offer) =
            self.desks[desk].screen().await.into_iter().find(|offer| offer.sync == SyncMark::Conflict)
        else {
            return;
        };
        let Ok(detail) = self.desks[desk].desk.record(offer.local_id).await else { return };
        let Some(conflict) = detail.conflicts.into_iter().next() else { return };
        let resolution = if mine { Resolution::Mine } else { Resolution::Theirs };
        let outcome =
            self.desks[desk].desk.resolve_conflict(conflict.intent, conflict.field.clone(), resolution);
        if Self::done(outcome.await) && !mine {
            for (field, about) in FIELDS {
                if conflict.field == Some(About::from(about)) {
                    self.account.last.remove(&(desk, offer.local_id, field));
                }
            }
        }
    }

    async fn discard(&mut self, desk: Which) {
        let Some(item) = self.desks[desk].in_need().await else { return };
        let id = item.entity;
        let number = self.desks[desk].desk.record(id).await.ok().and_then(|shown| shown.record.id);
        if !Self::done(self.desks[desk].desk.discard_intent(item.id).await) {
            return;
        }
        match item.kind {
            // The hotel had removed the offer, so all its intents are dropped.
            _ if self.desks[desk].desk.record(id).await.is_err() => self.account.withdraw(desk, id),
            IntentKind::SetPicture => {}
            // The deletion was undone, so the offer stays at the hotel.
            IntentKind::Delete => {
                number.map(|number| self.account.deleted.remove(&number.0));
            }
            _ => self.account.withdraw(desk, id),
        }
    }

    async fn retry(&mut self, desk: Which) {
        let Some(item) = self.desks[desk].in_need().await else { return };
        let id = item.entity;
        let Ok(RecordDetail { record: before, .. }) = self.desks[desk].desk.record(id).await else { return };
        // Markers are unique, so a row that is similar to a create is the row that the create made.
        if let Some(like) = item.like.first() {
            let waiting = self.desks[desk].desk.outbox().await.unwrap().items;
            let removes = |one: &OutboxItem| one.kind == IntentKind::Delete && one.entity == like.entity;
            let was_removed = waiting.iter().any(removes);
            // The removal of the second copy ends with this answer, so the offer stays at the hotel.
            if Self::done(self.desks[desk].desk.adopt_intent(item.id, like.number).await) && was_removed {
                self.account.deleted.remove(&like.number.0);
            }
            return;
        }
        if !Self::done(self.desks[desk].desk.retry_intent(item.id).await) {
            return;
        }
        if item.kind == IntentKind::Delete && !item.removed_there {
            self.account.withdraw(desk, id);
            return;
        }
        // A restored offer has no number until it is created anew; a live desk may have sent it already.
        let after = self.desks[desk].desk.record(id).await.ok().and_then(|shown| shown.record.id);
        if before.id.is_some() && after != before.id {
            *self.account.restored.entry(before.fields.text("short_description")).or_default() += 1;
        }
    }
}
