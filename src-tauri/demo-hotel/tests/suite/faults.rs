//! Every kind of fault, from a client's side.

use crate::support::{DEADLINE, Desk, Listener, OFFERS, open, read};
use demo_hotel::{Action, DemoHotel, FaultPlan, LateCommit, Rule, StatusFault};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::timeout;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

fn creating(action: Action) -> FaultPlan {
    FaultPlan::of([Rule::new(action).method("POST").path("*/offers/").times(1)])
}

fn body() -> Value {
    json!({"title": "Faulty", "short_description": "s"})
}

/// Tries to create an offer under a fault that applies once.
async fn create_under(
    hotel: &DemoHotel,
    mary: &Desk,
    action: Action,
) -> reqwest::Result<crate::support::Answer> {
    hotel.set_faults(creating(action)).unwrap();
    read(mary.request(Method::POST, OFFERS).json(&body())).await
}

fn stored(hotel: &DemoHotel) -> usize {
    hotel.offers().iter().filter(|offer| offer["title"] == "Faulty").count()
}

#[tokio::test]
async fn dropped_before_the_commit_nothing_is_stored_and_there_is_no_answer() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    assert!(create_under(&hotel, &mary, Action::DropBeforeCommit).await.is_err());
    assert_eq!(stored(&hotel), 0);
    assert_eq!(hotel.requests().last().unwrap().status, None);
    assert_eq!(mary.post(OFFERS, body()).await.status, 201, "it struck once");
}

#[tokio::test]
async fn dropped_after_the_commit_the_offer_is_stored_and_told_without_an_answer() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    assert!(create_under(&hotel, &mary, Action::DropAfterCommit).await.is_err());
    assert_eq!(stored(&hotel), 1);
    assert_eq!(listener.names(2).await, ["offer-created", "offers-updated"]);
}

#[tokio::test]
async fn a_status_before_the_commit_stores_nothing_and_after_it_everything() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let fault = || StatusFault { code: 503, body: Some(json!({"detail": "later"})) };
    let before = create_under(&hotel, &mary, Action::Status(fault())).await.unwrap();
    assert_eq!((before.status, before.json(), stored(&hotel)), (503, json!({"detail": "later"}), 0));
    let bare = Action::StatusAfterCommit(StatusFault { code: 500, body: None });
    let after = create_under(&hotel, &mary, bare).await.unwrap();
    assert_eq!((after.status, stored(&hotel)), (500, 1));
    assert!(after.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn a_rate_limit_says_when_to_come_back() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let answer = create_under(&hotel, &mary, Action::RateLimited { retry_after_s: 58 }).await.unwrap();
    assert_eq!((answer.status, answer.header("retry-after"), stored(&hotel)), (429, "58", 0));
    let text = "Request was throttled. Expected available in 58 seconds.";
    assert_eq!(answer.json(), json!({"detail": text}));
}

#[tokio::test]
async fn a_truncated_answer_breaks_off_although_the_offer_is_stored() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    hotel.set_faults(creating(Action::TruncatedBody)).unwrap();
    let response = mary.request(Method::POST, OFFERS).json(&body()).send().await.unwrap();
    assert_eq!(response.status(), 201);
    assert!(timeout(DEADLINE, response.bytes()).await.unwrap().is_err());
    assert_eq!(stored(&hotel), 1);
}

#[tokio::test]
async fn from_the_nth_request_on_the_token_is_unknown() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let rule = Rule::new(Action::Unauthorized).path("/offers/").from_request(3);
    hotel.set_faults(FaultPlan::of([rule])).unwrap();
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(mary.get(OFFERS).await.status);
    }
    assert_eq!(statuses, [200, 200, 401, 401]);
    assert_eq!(mary.get(OFFERS).await.header("www-authenticate"), "Token");
    hotel.clear_faults();
    assert_eq!(mary.get(OFFERS).await.status, 200);
}

#[tokio::test]
async fn a_client_that_hangs_up_has_created_its_offer_all_the_same() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    hotel.set_faults(creating(Action::DelayMs(200))).unwrap();
    let desk = mary.clone();
    let sending = tokio::spawn(async move { desk.post(OFFERS, body()).await });
    let arrived = async {
        while !hotel.requests().iter().any(|request| request.method == "POST" && request.path == OFFERS) {
            tokio::task::yield_now().await;
        }
    };
    timeout(DEADLINE, arrived).await.unwrap();
    sending.abort();
    assert_eq!(listener.names(2).await, ["offer-created", "offers-updated"]);
    assert_eq!(stored(&hotel), 1);
}

async fn events_under(action: Action) -> (DemoHotel, Vec<String>) {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    hotel.set_faults(FaultPlan::of([Rule::new(action).event("offer-created")])).unwrap();
    assert_eq!(mary.post(OFFERS, body()).await.status, 201);
    let names = listener.names_so_far(&hotel).await;
    (hotel, names)
}

#[tokio::test]
async fn an_event_can_be_lost_doubled_or_come_after_the_next() {
    assert_eq!(events_under(Action::EventLost).await.1, ["offers-updated"]);
    assert_eq!(
        events_under(Action::EventDoubled).await.1,
        ["offer-created", "offer-created", "offers-updated"]
    );
    assert_eq!(events_under(Action::EventReordered).await.1, ["offers-updated", "offer-created"]);
}

#[tokio::test]
async fn a_late_event_comes_after_the_answer() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventDelayedMs(300)).event("offer-created")])).unwrap();
    mary.post(OFFERS, body()).await;
    assert_eq!(listener.names(2).await, ["offers-updated", "offer-created"]);
}

#[tokio::test]
async fn with_a_hanging_event_host_the_answer_is_late_and_a_201_and_the_events_are_lost() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventHostHangingMs(500))])).unwrap();
    let creating = mary.post(OFFERS, body());
    // Two events, 500 ms each: no answer can be there after one of them.
    tokio::pin!(creating);
    assert!(
        timeout(std::time::Duration::from_millis(700), &mut creating).await.is_err(),
        "answered too early"
    );
    assert_eq!(creating.await.status, 201);
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_new_socket_can_be_refused_closed_after_its_greeting_or_met_with_silence() {
    let hotel = open().await;
    let pusher = hotel.pusher();
    let connect = async || {
        let url = format!("{}/app/{}?protocol=7", pusher.host, pusher.key);
        connect_async(url).await.map(|(socket, _)| Listener(socket))
    };
    let code = |message: Message| match message {
        Message::Close(Some(frame)) => u16::from(frame.code),
        other => panic!("not a close frame: {other}"),
    };
    hotel.set_faults(FaultPlan::of([Rule::new(Action::SocketRefuse(4100))])).unwrap();
    assert_eq!(code(connect().await.unwrap().message().await), 4100);
    hotel.set_faults(FaultPlan::of([Rule::new(Action::SocketClose(4200))])).unwrap();
    let mut closed = connect().await.unwrap();
    assert_eq!(closed.frame().await["event"], "pusher:connection_established");
    assert_eq!(code(closed.message().await), 4200);
    hotel.set_faults(FaultPlan::of([Rule::new(Action::SocketSilent)])).unwrap();
    let mut silent = connect().await.unwrap();
    silent.say(json!({"event": "pusher:ping"})).await;
    assert!(timeout(std::time::Duration::from_millis(200), silent.message()).await.is_err());
    let unavailable = Action::Status(StatusFault { code: 503, body: None });
    hotel.set_faults(FaultPlan::of([Rule::new(unavailable).path("/app/")])).unwrap();
    assert!(connect().await.is_err());
}

#[tokio::test]
async fn the_control_routes_do_what_the_library_does() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let plan = json!({"rules": [
        {"match": {"method": "GET", "path": "*/offers/"}, "times": 1, "action": {"status": {"code": 502}}},
        {"match": {"event": "offer-created"}, "action": "event_lost"},
    ]});
    assert_eq!(mary.put("/_control/faults", plan).await.status, 204);
    assert_eq!(mary.get(OFFERS).await.status, 502);
    assert_eq!(mary.get(OFFERS).await.status, 200);
    let log = mary.get("/_control/requests").await.json();
    assert_eq!(log["counts"][format!("GET {OFFERS}")], 2);
    let statuses: Vec<&Value> =
        log["requests"].as_array().unwrap().iter().map(|entry| &entry["status"]).collect();
    assert_eq!(statuses, [200, 502, 200]);
    assert_eq!(mary.post("/_control/reset-log", json!({})).await.status, 204);
    assert_eq!(mary.get("/_control/requests").await.json()["requests"], json!([]));
    let wrong = mary.put("/_control/faults", json!({"rules": [{"action": "explode"}]})).await;
    assert_eq!(wrong.status, 400);
    assert_eq!(mary.delete("/_control/faults").await.status, 204);
    assert_eq!(mary.get("/_control/faults").await.json(), json!({"rules": []}));
}

#[tokio::test]
async fn a_late_commit_comes_after_its_answer_or_without_one() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let late = |answer| Action::CommitLate(LateCommit { after_ms: 150, after_requests: None, answer });
    let until_stored = |number| {
        let hotel = &hotel;
        async move {
            timeout(DEADLINE, async {
                while stored(hotel) < number {
                    tokio::task::yield_now().await;
                }
            })
            .await
            .unwrap();
        }
    };
    let answer = StatusFault { code: 504, body: None };
    assert_eq!(create_under(&hotel, &mary, late(Some(answer))).await.unwrap().status, 504);
    assert_eq!(stored(&hotel), 0);
    until_stored(1).await;
    assert!(create_under(&hotel, &mary, late(None)).await.is_err());
    assert_eq!(stored(&hotel), 1);
    until_stored(2).await;
}

#[tokio::test]
async fn an_odd_field_is_stored_as_it_was_sent_and_told_otherwise() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let odd = || Action::OddField { name: "tag".into(), value: json!({"is": "new"}) };
    let answer = create_under(&hotel, &mary, odd()).await.unwrap();
    assert_eq!((answer.status, &answer.json()["tag"]), (201, &json!({"is": "new"})));
    assert_eq!((stored(&hotel), &hotel.offers()[0]["tag"]), (1, &json!("")));
    hotel.set_faults(FaultPlan::of([Rule::new(odd()).method("GET")])).unwrap();
    let list = mary.get(OFFERS).await.json();
    assert!(list["results"].as_array().unwrap().iter().all(|offer| offer["tag"]["is"] == "new"));
}

#[tokio::test]
async fn a_late_commit_can_come_after_newer_requests_or_when_it_is_called_for() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let answer = Some(StatusFault { code: 504, body: None });
    let late = |after_requests| {
        Action::CommitLate(LateCommit { after_ms: 600_000, after_requests, answer: answer.clone() })
    };
    assert_eq!(create_under(&hotel, &mary, late(Some(2))).await.unwrap().status, 504);
    mary.get(OFFERS).await;
    assert_eq!(stored(&hotel), 0);
    mary.get(OFFERS).await;
    hotel.carry_out_late().await;
    assert_eq!(stored(&hotel), 1);
    assert_eq!(create_under(&hotel, &mary, late(None)).await.unwrap().status, 504);
    hotel.carry_out_late().await;
    assert_eq!(stored(&hotel), 2);
}

#[tokio::test]
async fn another_row_answers_in_place_of_the_one_that_was_asked_about() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let first = hotel.offers()[0].clone();
    let answer = create_under(&hotel, &mary, Action::OtherRow).await.unwrap();
    assert_eq!((answer.status, answer.json()["id"].as_i64()), (201, first["id"].as_i64()));
    assert_eq!(stored(&hotel), 1);
    hotel.set_faults(FaultPlan::of([Rule::new(Action::OtherRow).method("GET")])).unwrap();
    let asked = hotel.offers()[3]["id"].as_i64().unwrap();
    let answer = mary.get(&format!("{OFFERS}{asked}/")).await;
    assert!(answer.status == 200 && answer.json()["id"].as_i64() != Some(asked));
}
