//! The clock: pressed at most once per intent, and never from a queue. The tests run over both ways of a press.

mod absent;
mod approval;
mod connecting;
mod waiting;

use demo_hotel::{Action, DemoHotel, Dialect, FaultPlan, Options, Rule, StatusFault};
use desk_tests::TestDesk;
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use hotelmate_core::resources::DutyStatus;
use hotelmate_core::views::{ActivityKind, DutyView, LiveState};
use serde_json::{Value, json};

/// A way in which a server's clock is pressed.
#[derive(Clone, Copy, Debug)]
struct Way {
    dialect: Dialect,
    clock_in: &'static str,
    clock_out: &'static str,
}

/// The toggle, and the two requests of newer servers.
const WAYS: [Way; 2] = [
    Way { dialect: Dialect::Documents, clock_in: "*/clock/", clock_out: "*/clock/" },
    Way { dialect: Dialect::Current, clock_in: "*/unrostered-confirm/", clock_out: "*/force-clock-out/" },
];

/// The person at the desk, an ordinary one, and a colleague.
const PERSON: usize = 1;
const COLLEAGUE: usize = 0;

impl Way {
    /// Opens a hotel where the person is on duty, or off duty.
    async fn hotel(self, on_duty: bool) -> DemoHotel {
        let hotel = DemoHotel::start(Options::default().seed(7).dialect(self.dialect)).await.unwrap();
        if on_duty {
            self.press_elsewhere(&hotel, true).await;
            hotel.reset_requests();
        }
        hotel
    }

    /// Opens a hotel, and a live desk of the person.
    async fn live(self, on_duty: bool) -> (DemoHotel, TestDesk) {
        let hotel = self.hotel(on_duty).await;
        let test_desk = TestDesk::at(&hotel, PERSON).await;
        self.until_listening(&hotel, &test_desk, 1).await;
        (hotel, test_desk)
    }

    /// Waits until so many desks hear the hotel's own channel.
    async fn until_listening(self, hotel: &DemoHotel, test_desk: &TestDesk, desks: usize) {
        let channel = match self.dialect {
            Dialect::Current => "killarney.attendance",
            _ => "hotel-killarney",
        };
        let hears = || async {
            let is_live = test_desk.desk.status().await.live == LiveState::Live;
            let is_read = test_desk.desk.duty().await.unwrap().status.is_some();
            (is_live && is_read && hotel.listeners(channel) >= desks).then_some(())
        };
        test_desk.until("the hotel's channel", hears).await;
    }

    /// Opens a hotel, and a desk of the person that does nothing by itself.
    async fn manual(self, on_duty: bool) -> (DemoHotel, TestDesk, FastClock) {
        let hotel = self.hotel(on_duty).await;
        let clock = FastClock::of_speed(1);
        let test_desk = TestDesk::fast_manual(&hotel, PERSON, &clock).await;
        (hotel, test_desk, clock)
    }

    /// The same person presses the clock on another device.
    async fn press_elsewhere(self, hotel: &DemoHotel, on_duty: bool) {
        let api = colleague(hotel, PERSON).await;
        let staff = api.me().await.unwrap().profile.staff_id;
        match (self.dialect, on_duty) {
            (Dialect::Current, true) => drop(api.clock_in(staff).await.unwrap()),
            (Dialect::Current, false) => {
                let log = api.own_log(staff, true).await.unwrap().unwrap();
                api.clock_out(log.id).await.unwrap();
            }
            _ => drop(api.toggle_clock().await.unwrap()),
        }
    }

    /// Applies a fault to the presses that lead to this state.
    fn fault(self, on_duty: bool, action: Action) -> Rule {
        Rule::new(action).method("POST").path(if on_duty { self.clock_in } else { self.clock_out })
    }

    /// Returns true if a clock-in here may need a manager's approval.
    fn hints(self, on_duty: bool) -> bool {
        on_duty && self.dialect == Dialect::Current
    }
}

/// Returns every way with every wanted state.
fn cases() -> impl Iterator<Item = (Way, bool)> {
    WAYS.into_iter().flat_map(|way| [(way, true), (way, false)])
}

/// Returns the number of presses, by all requests that press a clock.
fn presses(hotel: &DemoHotel) -> usize {
    let ends = ["/clock/", "/unrostered-confirm/", "/force-clock-out/"];
    let is_press = |path: &str| ends.iter().any(|end| path.ends_with(end));
    hotel.requests().iter().filter(|r| r.method == "POST" && is_press(&r.path)).count()
}

/// Returns the person's state at the hotel.
async fn at_hotel(hotel: &DemoHotel) -> Option<bool> {
    Some(colleague(hotel, PERSON).await.me().await.unwrap().duty.unwrap().status.is_on_duty())
}

async fn until_settled(test_desk: &TestDesk) -> DutyView {
    test_desk
        .until("the end of the intent", || async {
            let duty = test_desk.desk.duty().await.unwrap();
            duty.intent.is_none().then_some(duty)
        })
        .await
}

async fn until_duty(test_desk: &TestDesk, status: DutyStatus) {
    test_desk
        .until("the status", || async {
            (test_desk.desk.duty().await.unwrap().status == Some(status)).then_some(())
        })
        .await;
}

fn asks(duty: &DutyView) -> bool {
    duty.notice.as_ref().is_some_and(|notice| notice.contains("not clear"))
}

fn hints(duty: &DutyView) -> bool {
    duty.notice.as_ref().is_some_and(|notice| notice.contains("may have to approve"))
}

#[tokio::test(flavor = "multi_thread")]
async fn clocking_in_and_out_presses_once_each_and_shows_the_time_that_the_server_recorded() {
    for way in WAYS {
        let (hotel, test_desk) = way.live(false).await;
        let api = colleague(&hotel, PERSON).await;
        for on_duty in [true, false] {
            test_desk.desk.intend_duty(on_duty).await.unwrap();
            let duty = until_settled(&test_desk).await;
            assert_eq!((duty.is_on_duty(), hints(&duty)), (Some(on_duty), way.hints(on_duty)), "{way:?}");
            let me = api.me().await.unwrap();
            let log = api.own_log(me.profile.staff_id, on_duty).await.ok().flatten();
            let in_log = log.and_then(|log| if on_duty { log.time_in } else { log.time_out });
            let recorded = me.duty.unwrap().since.or(in_log);
            assert!(recorded.is_some() && duty.since == recorded, "{way:?} {duty:?} {recorded:?}");
        }
        assert_eq!(presses(&hotel), 2);
        assert_eq!(test_desk.activities().await, [], "an own press is silent here");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_for_the_present_state_presses_nothing() {
    for (way, on_duty) in cases() {
        let (hotel, test_desk) = way.live(on_duty).await;
        test_desk.desk.intend_duty(on_duty).await.unwrap();
        let duty = until_settled(&test_desk).await;
        assert_eq!((duty.is_on_duty(), duty.notice, presses(&hotel)), (Some(on_duty), None, 0), "{way:?}");
    }
}

/// Returns the faults of one press, and whether the hotel carries the press out.
fn faults() -> [(Action, bool); 6] {
    let trouble = || StatusFault { code: 500, body: None };
    let busy = || StatusFault { code: 408, body: None };
    [
        (Action::DropBeforeCommit, false),
        (Action::DropAfterCommit, true),
        (Action::TruncatedBody, true),
        (Action::Status(trouble()), false),
        (Action::StatusAfterCommit(trouble()), true),
        (Action::StatusAfterCommit(busy()), true),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn after_any_fault_the_clock_was_pressed_once_and_the_intent_ends_as_wanted_or_with_a_question() {
    for (way, on_duty) in cases() {
        for (action, is_done) in faults() {
            let case = format!("{way:?} {on_duty} {action:?}");
            let (hotel, test_desk, _) = way.manual(!on_duty).await;
            hotel.set_faults(FaultPlan::of([way.fault(on_duty, action)])).unwrap();
            let duty = test_desk.desk.carry_out_duty(on_duty).await.unwrap();
            hotel.clear_faults();
            assert_eq!(presses(&hotel), 1, "{case}");
            assert_eq!(at_hotel(&hotel).await, Some(on_duty == is_done), "{case}");
            assert_eq!(duty.is_on_duty(), Some(on_duty == is_done), "{case}");
            assert_eq!((asks(&duty), duty.intent), (!is_done, None), "{case}");
            // Nothing presses later.
            test_desk.desk.sync_until_quiet().await.unwrap();
            assert_eq!(presses(&hotel), 1, "{case}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_event_may_come_before_the_answer_after_it_or_never() {
    for (way, on_duty) in cases() {
        // Without a fault the event comes before the answer.
        for fault in
            [None, Some(Action::EventDelayedMs(300)), Some(Action::EventDoubled), Some(Action::EventLost)]
        {
            let (hotel, test_desk) = way.live(!on_duty).await;
            let is_heard = fault != Some(Action::EventLost);
            hotel.set_faults(FaultPlan::of(fault.map(Rule::new))).unwrap();
            test_desk.desk.intend_duty(on_duty).await.unwrap();
            let duty = until_settled(&test_desk).await;
            assert_eq!(
                (duty.is_on_duty(), asks(&duty), presses(&hotel)),
                (Some(on_duty), false, 1),
                "{way:?}"
            );
            if is_heard {
                test_desk.until_quiet(&hotel).await;
            }
            let later = test_desk.desk.duty().await.unwrap();
            assert_eq!((later.status, later.since, presses(&hotel)), (duty.status, duty.since, 1), "{way:?}");
            assert_eq!(test_desk.activities().await, [], "an own press is silent here");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_after_the_time_limit_is_a_question_and_the_event_shows_the_state() {
    for (way, on_duty) in cases() {
        let hotel = way.hotel(!on_duty).await;
        let test_desk = TestDesk::fast(&hotel, PERSON, &FastClock::default()).await;
        way.until_listening(&hotel, &test_desk, 1).await;
        // The desk waits for a minute of its fast clock, and the hotel needs five.
        hotel.set_faults(FaultPlan::of([way.fault(on_duty, Action::DelayMs(1500))])).unwrap();
        test_desk.desk.intend_duty(on_duty).await.unwrap();
        let duty = until_settled(&test_desk).await;
        assert!(asks(&duty) && duty.is_on_duty() == Some(!on_duty), "{way:?} {duty:?}");
        until_duty(&test_desk, DutyStatus::of(on_duty)).await;
        assert_eq!((presses(&hotel), at_hotel(&hotel).await), (1, Some(on_duty)), "{way:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_press_is_one_intent() {
    for (way, on_duty) in cases() {
        let (hotel, test_desk) = way.live(!on_duty).await;
        let desk = &test_desk.desk;
        let (first, second) = tokio::join!(desk.intend_duty(on_duty), desk.intend_duty(on_duty));
        // The second one is refused if the first press has left.
        assert!(first.is_ok() || second.is_ok());
        assert_eq!(until_settled(&test_desk).await.is_on_duty(), Some(on_duty));
        test_desk.until_quiet(&hotel).await;
        assert_eq!((presses(&hotel), at_hotel(&hotel).await), (1, Some(on_duty)), "{way:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_desks_of_one_person_at_once_end_as_wanted_or_with_a_question() {
    for (way, on_duty) in cases() {
        let (hotel, first) = way.live(!on_duty).await;
        let second = TestDesk::at(&hotel, PERSON).await;
        way.until_listening(&hotel, &second, 2).await;
        // Both desks read the state before either presses.
        let slow = Rule::new(Action::DelayMs(200)).path("*/me/").times(2);
        hotel.set_faults(FaultPlan::of([slow])).unwrap();
        let (one, other) = tokio::join!(first.desk.intend_duty(on_duty), second.desk.intend_duty(on_duty));
        one.and(other).unwrap();
        let (one, other) = (until_settled(&first).await, until_settled(&second).await);
        let pressed = presses(&hotel);
        assert!((1..=2).contains(&pressed), "{way:?}: each intent presses once at most");
        let is_wanted = at_hotel(&hotel).await == Some(on_duty);
        assert!(is_wanted || asks(&one) || asks(&other), "{way:?} {one:?} {other:?}");
        if way.dialect == Dialect::Current {
            assert!(is_wanted && !asks(&one) && !asks(&other), "a second press changes nothing");
        }
        for test_desk in [&first, &second] {
            until_duty(test_desk, DutyStatus::of(on_duty == is_wanted)).await;
        }
        assert_eq!(presses(&hotel), pressed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_the_hotel_refuses_because_the_state_is_already_the_wanted_one_is_no_failure() {
    let [_, way] = WAYS;
    let (hotel, test_desk, _) = way.manual(true).await;
    let stale = Action::OddField { name: "duty_status".to_owned(), value: json!("off_duty") };
    hotel.set_faults(FaultPlan::of([Rule::new(stale).path("*/me/").times(1)])).unwrap();
    let duty = test_desk.desk.carry_out_duty(true).await.unwrap();
    assert_eq!((duty.is_on_duty(), duty.notice, presses(&hotel)), (Some(true), None, 1));
    // The log is closed elsewhere between the list and the press.
    way.press_elsewhere(&hotel, false).await;
    let closed = StatusFault { code: 400, body: Some(json!({"detail": "Log is already closed."})) };
    let stale = |name: &str, value: Value| Action::OddField { name: name.to_owned(), value };
    hotel
        .set_faults(FaultPlan::of([
            Rule::new(stale("duty_status", json!("on_duty"))).path("*/me/").times(1),
            Rule::new(stale("time_out", Value::Null)).path("*/clock-logs/?page=*"),
            way.fault(false, Action::Status(closed)),
        ]))
        .unwrap();
    let duty = test_desk.desk.carry_out_duty(false).await.unwrap();
    assert_eq!((duty.is_on_duty(), duty.notice), (Some(false), None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_with_a_reason_is_shown_with_it() {
    for (way, on_duty) in cases().filter(|(way, _)| way.dialect == Dialect::Current) {
        let (hotel, test_desk, _) = way.manual(!on_duty).await;
        let refusal = StatusFault { code: 403, body: Some(json!({"detail": "Ask the night manager."})) };
        hotel.set_faults(FaultPlan::of([way.fault(on_duty, Action::Status(refusal))])).unwrap();
        let duty = test_desk.desk.carry_out_duty(on_duty).await.unwrap();
        assert!(duty.notice.as_ref().unwrap().contains("Ask the night manager."), "{duty:?}");
        assert_eq!((duty.is_on_duty(), duty.unavailable, presses(&hotel)), (Some(!on_duty), None, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_open_log_the_person_is_sent_to_a_manager_unless_the_clock_out_has_happened() {
    let [_, way] = WAYS;
    for (times, is_question) in [(1, false), (9, true)] {
        let (hotel, test_desk, _) = way.manual(false).await;
        let stale = Action::OddField { name: "duty_status".to_owned(), value: json!("on_duty") };
        hotel.set_faults(FaultPlan::of([Rule::new(stale).path("*/me/").times(times)])).unwrap();
        let duty = test_desk.desk.carry_out_duty(false).await.unwrap();
        assert_eq!((duty.notice.is_some(), presses(&hotel)), (is_question, 0), "{duty:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_own_open_log_is_found_behind_the_logs_of_colleagues() {
    let [_, way] = WAYS;
    let hotel = way.hotel(false).await;
    // A manager sees the logs of all, newest first and ten on a page.
    let test_desk = TestDesk::manual(&hotel, COLLEAGUE).await;
    test_desk.desk.carry_out_duty(true).await.unwrap();
    for _ in 0..12 {
        way.press_elsewhere(&hotel, true).await;
        way.press_elsewhere(&hotel, false).await;
    }
    way.press_elsewhere(&hotel, true).await;
    let duty = test_desk.desk.carry_out_duty(false).await.unwrap();
    assert_eq!((duty.is_on_duty(), duty.notice), (Some(false), None));
    assert_eq!(at_hotel(&hotel).await, Some(true), "the colleague stays on duty");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_break_is_shown_keeps_the_start_of_the_shift_and_is_never_operated() {
    let [_, way] = WAYS;
    let (hotel, test_desk) = way.live(true).await;
    let api = colleague(&hotel, PERSON).await;
    let staff = api.me().await.unwrap().profile.staff_id;
    let start = api.own_log(staff, true).await.unwrap().unwrap().time_in;
    assert!(hotel.set_break("rory", true));
    test_desk.desk.refresh_duty().await.unwrap();
    let duty = test_desk.desk.duty().await.unwrap();
    assert_eq!((duty.status, duty.since), (Some(DutyStatus::OnBreak), start));
    // A break counts as on duty.
    test_desk.desk.intend_duty(true).await.unwrap();
    until_settled(&test_desk).await;
    assert_eq!(presses(&hotel), 0);
    hotel.set_break("rory", false);
    let payload = json!({"staff_id": staff.0, "staff_name": "Rory Brosnan", "duty_status": "on_duty",
        "action": "end_break", "timestamp": "2026-11-24T20:35:26.462843+00:00", "is_on_duty": true,
        "is_on_break": false});
    let event = json!({"category": "attendance", "type": "clock_status_updated", "payload": payload,
        "meta": {"hotel_slug": "killarney"}});
    hotel.publish("killarney.attendance", "clock_status_updated", &event);
    until_duty(&test_desk, DutyStatus::OnDuty).await;
    assert_eq!(test_desk.desk.duty().await.unwrap().since, start);
    hotel.set_break("rory", true);
    let duty = test_desk.desk.carry_out_duty(false).await;
    assert_eq!(duty.unwrap().status, Some(DutyStatus::OffDuty), "a break ends with the shift");
    assert_eq!(test_desk.activities().await, [], "a break is no activity");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_of_the_person_and_of_a_colleague_hears_of_it() {
    for way in WAYS {
        let (hotel, test_desk) = way.live(false).await;
        let (elsewhere, other) = (TestDesk::at(&hotel, PERSON).await, TestDesk::at(&hotel, COLLEAGUE).await);
        way.until_listening(&hotel, &elsewhere, 2).await;
        way.until_listening(&hotel, &other, 3).await;
        test_desk.desk.intend_duty(true).await.unwrap();
        until_settled(&test_desk).await;
        until_duty(&elsewhere, DutyStatus::OnDuty).await;
        let reported =
            other.until("the colleague's toast", || async { other.activities().await.pop() }).await;
        assert_eq!(reported.kind, ActivityKind::ColleagueOnDuty);
        assert_eq!(test_desk.activities().await, [], "an own press is silent here");
    }
}
