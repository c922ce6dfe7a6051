//! The team: who is on duty, since when, at each server, and what is shown to a person who may not read the list.

use demo_hotel::{Action, DemoHotel, Dialect, FaultPlan, Options, Rule};
use desk_tests::TestDesk;
use desk_tests::clock::FastClock;
use desk_tests::guest::posts;
use desk_tests::test_desk::{colleague, token};
use hotelmate_core::desk::Desk;
use hotelmate_core::error::DeskError;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{ActivityKind, Change, Colleague, DutyStatus, LiveState, TeamView};
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;

const MANAGER: usize = 0;
const RORY: usize = 1;

async fn hotel(options: Options) -> DemoHotel {
    DemoHotel::start(options.seed(7)).await.unwrap()
}

fn person<'a>(team: &'a TeamView, name: &str) -> &'a Colleague {
    team.people.iter().find(|person| person.name == name).unwrap_or_else(|| panic!("{name} in {team:?}"))
}

fn names(team: &TeamView) -> Vec<&str> {
    team.people.iter().map(|person| person.name.as_str()).collect()
}

/// Returns the team as soon as the duty of a person is this one.
async fn until_duty(test_desk: &TestDesk, name: &str, duty: DutyStatus) -> TeamView {
    test_desk
        .until("the duty of a colleague", || async {
            let team = test_desk.desk.team().await.unwrap();
            team.people.iter().any(|one| one.name == name && one.duty == Some(duty)).then_some(team)
        })
        .await
}

/// Clocks Rory in at the newest server, which wants no face for it.
async fn clock_rory_in(hotel: &DemoHotel) -> Value {
    let path = "/api/staff/hotel/killarney/attendance/clock-logs/unrostered-confirm/";
    let (api, token) = (colleague(hotel, RORY).await, token(hotel, RORY).await);
    let me = api.me().await.unwrap().profile.staff_id;
    posts(hotel, path, Some(token.expose()), &json!({"staff_id": me.0})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_team_is_read_in_pages_with_department_role_and_phone() {
    let hotel = hotel(Options::default().staff(120)).await;
    let test_desk = TestDesk::synced(&hotel).await;
    let team = test_desk.desk.team().await.unwrap();
    assert_eq!((team.people.len(), team.limited), (127, None));
    assert!(team.as_of.is_some());
    let pages = hotel.requests().iter().filter(|request| request.path.contains("/by_hotel/")).count();
    assert_eq!(pages, 2, "a hundred people are on a page");
    let team = test_desk.desk.team().await.unwrap();
    let rory = person(&team, "Rory Brosnan");
    assert_eq!((rory.department.as_str(), rory.is_me), ("Front Office", false));
    assert!(!rory.role.is_empty() && !rory.phone.is_empty());
    let departments: Vec<&str> = team.people.iter().map(|one| one.department.as_str()).collect();
    assert!(departments.is_sorted(), "{departments:?}");
    assert_eq!(team.people.iter().filter(|one| one.is_me).count(), 1);
}

/// Three servers say in three ways since when a person is on duty (contract.md 9.1, 9.3, 9.5).
#[tokio::test(flavor = "multi_thread")]
async fn each_server_says_since_when_a_colleague_is_on_duty() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("hotel.db");
    let clocked = hotel(Options::default().data(&file)).await;
    colleague(&clocked, RORY).await.toggle_clock().await.unwrap();
    let since = colleague(&clocked, RORY).await.me().await.unwrap().duty.unwrap().since.unwrap();
    clocked.stop().await;
    for dialect in [Dialect::Documents, Dialect::Galleries] {
        let hotel = hotel(Options::default().dialect(dialect).data(&file)).await;
        let test_desk = TestDesk::synced(&hotel).await;
        let team = test_desk.desk.team().await.unwrap();
        let rory = person(&team, "Rory Brosnan");
        assert_eq!((rory.duty, rory.since), (Some(DutyStatus::OnDuty), Some(since)), "{dialect:?}");
        let others = team.people.iter().filter(|one| one.name != rory.name);
        assert!(others.into_iter().all(|one| one.duty == Some(DutyStatus::OffDuty)), "{team:?}");
        hotel.stop().await;
    }
    let newest = hotel(Options::default().dialect(Dialect::Current)).await;
    let log = clock_rory_in(&newest).await;
    let test_desk = TestDesk::synced(&newest).await;
    let team = test_desk.desk.team().await.unwrap();
    let rory = person(&team, "Rory Brosnan");
    let since = log["log"]["time_in"].as_str().unwrap().parse().ok();
    assert_eq!((rory.duty, rory.since), (Some(DutyStatus::OnDuty), since));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_press_shows_at_once_and_a_lost_event_after_the_gap() {
    let hotel = hotel(Options::default()).await;
    let test_desk = TestDesk::at(&hotel, MANAGER).await;
    test_desk.until_live().await;
    test_desk.until_quiet(&hotel).await;
    let rory = colleague(&hotel, RORY).await;
    rory.toggle_clock().await.unwrap();
    let team = until_duty(&test_desk, "Rory Brosnan", DutyStatus::OnDuty).await;
    assert!(person(&team, "Rory Brosnan").since.is_some());
    // The desk reads nothing for it: the event is enough.
    test_desk.until_quiet(&hotel).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventLost)])).unwrap();
    rory.toggle_clock().await.unwrap();
    hotel.clear_faults();
    hotel.close_sockets(4200);
    until_duty(&test_desk, "Rory Brosnan", DutyStatus::OffDuty).await;
    // A later read of the list is newer than the event.
    test_desk.desk.sync_until_quiet().await.unwrap();
    until_duty(&test_desk, "Rory Brosnan", DutyStatus::OffDuty).await;
}

/// Returns the team if a change was announced to which its screen listens.
async fn shown(test_desk: &TestDesk, changes: &mut Receiver<Change>) -> Option<TeamView> {
    let mut is_due = false;
    while let Ok(change) = changes.try_recv() {
        is_due |= matches!(change, Change::Entities { resource: Kind::Staff, .. } | Change::Status);
    }
    if is_due { test_desk.desk.team().await.ok() } else { None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_that_changes_no_row_announces_the_age_of_the_list() {
    let hotel = hotel(Options::default()).await;
    let clock = FastClock::of_speed(1);
    let test_desk = TestDesk::fast_manual(&hotel, MANAGER, &clock).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let before = test_desk.desk.team().await.unwrap();
    let mut changes = test_desk.desk.changes();
    clock.set_wall(600);
    test_desk.desk.sync_until_quiet().await.unwrap();
    let after = shown(&test_desk, &mut changes).await.expect("an announced change");
    assert_eq!(after.people, before.people);
    assert!(after.as_of > before.as_of, "{:?} {:?}", before.as_of, after.as_of);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_refused_announces_the_reason() {
    let hotel = hotel(Options::default().dialect(Dialect::Current)).await;
    let test_desk = TestDesk::manual(&hotel, RORY).await;
    let mut changes = test_desk.desk.changes();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let team = shown(&test_desk, &mut changes).await.expect("an announced change");
    assert!(team.limited.is_some(), "{team:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_team_stays_readable_without_the_network_and_after_a_restart() {
    let hotel = hotel(Options::default()).await;
    let test_desk = TestDesk::synced(&hotel).await;
    let before = test_desk.desk.team().await.unwrap();
    hotel.stop().await;
    let test_desk = test_desk.restart().await;
    assert_eq!(test_desk.desk.team().await.unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_left_the_staff_is_gone_after_the_next_read_and_nothing_is_reported_about_people() {
    let hotel = hotel(Options::default().staff(9)).await;
    let test_desk = TestDesk::synced(&hotel).await;
    assert!(hotel.remove_from_staff("staff4"));
    test_desk.desk.sync_until_quiet().await.unwrap();
    let team = test_desk.desk.team().await.unwrap();
    assert_eq!((team.people.len(), names(&team).contains(&"Grainne Number4")), (15, false));
    assert_eq!(test_desk.reported().await, Vec::<String>::new());
    assert!(ActivityKind::all().all(|kind| kind.about() != Some(Kind::Staff)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_without_the_right_sees_oneself_the_colleagues_of_whom_events_came_and_the_reason() {
    let hotel = hotel(Options::default().dialect(Dialect::Current)).await;
    let clock = FastClock::of_speed(1);
    let test_desk = TestDesk::fast(&hotel, RORY, &clock).await;
    test_desk
        .until("the live channel", || async {
            (test_desk.desk.status().await.live == LiveState::Live).then_some(())
        })
        .await;
    test_desk.until_quiet(&hotel).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    // The refusal is believed when it comes twice, a minute apart.
    clock.set_wall(61);
    test_desk.desk.sync_until_quiet().await.unwrap();
    let team = test_desk.desk.team().await.unwrap();
    assert_eq!(team.limited.as_deref(), Some("You are not allowed to see the team of this hotel."));
    assert_eq!(names(&team), ["Rory Brosnan"]);
    assert!(team.people[0].is_me);

    let on_duty = json!({
        "category": "attendance", "type": "clock_status_updated",
        "payload": {"staff_id": 77, "user_id": 78, "staff_name": "Aoife Byrne", "department": "Kitchen",
                    "duty_status": "on_duty", "is_on_duty": true, "timestamp": "2026-11-01T09:05:00Z"},
    });
    hotel.publish("killarney.attendance", "clock_status_updated", &on_duty);
    let team = until_duty(&test_desk, "Aoife Byrne", DutyStatus::OnDuty).await;
    let aoife = person(&team, "Aoife Byrne");
    assert_eq!(aoife.since, "2026-11-01T09:05:00Z".parse().ok());
    assert!(aoife.is_long, "a clock-in of another month");
    // The program was off, so that it is not known what happened meanwhile.
    let test_desk = test_desk.restart().await;
    let team = test_desk.desk.team().await.unwrap();
    assert_eq!(names(&team), ["Rory Brosnan"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_team_can_be_changed_from_here() {
    let hotel = hotel(Options::default()).await;
    let test_desk = TestDesk::synced(&hotel).await;
    let team = test_desk.desk.capabilities().await.unwrap().of(Kind::Staff).clone();
    assert!(team.read && !team.write, "{team:?}");
    assert!(team.reason.is_some());
    let refused = make_person(&test_desk.desk).await;
    assert!(refused.is_err(), "{refused:?}");
}

async fn make_person(desk: &Desk) -> Result<(), DeskError> {
    let fields = Kind::Staff.table().blank().with("name", "Somebody New");
    desk.create(Kind::Staff, fields, None).await.map(drop)
}
