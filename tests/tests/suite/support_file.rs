//! The support file after a bad day: it has every failure, and no secret.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::test_desk::{settings, until};
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::diagnostics::support::{self, SupportParts};
use hotelmate_core::error::DeskError;
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::ids::DraftId;
use hotelmate_core::logging::{self, Setup, Stderr};
use hotelmate_core::monitor::shape::Shape;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{
    ActivityKind, ActivityQuery, Check, Detail, Diagnosis, Draft, EventEntry, EventOutcome, Finding,
    FindingState, LogLevel,
};
use jiff::Timestamp;
use serde_json::{Value, json};

/// The typed texts, each in a place of its own. Letters beyond ASCII show where texts are escaped.
const TITLE: &str = "Hochzeit Ó Súilleabháin";
const SHORT: &str = "Only for the \"Byrne\" family of room 214";
const DETAILS: &str = "Call Aoife at 087 555 0142 <b>after nine</b>";
const TAG: &str = "Geheimtipp/Frühling";
const SEARCHED: &str = "Dr. Nuala Fitzgibbon";
const GUEST: &str = "My husband must not know that I was here";
const WRONG_PASSWORD: &str = "p4ss & w0rd?";
const IN_ADDRESS: &str = "hunter2-in-the-address";
/// The channel of the person at the desk.
const OWN_CHANNEL: &str = "killarney-staff-1-chat";
const QUOTED: &str = "the server quotes Seán's e-mail";

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one file, looked at from every side")]
async fn after_a_bad_day_the_support_file_tells_what_failed_and_nobodys_secrets() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let log = logging::start(Setup {
        asked: None,
        ..Setup::of("desk", Some(folder.path().to_owned()), Stderr::WhenAsked)
    });
    let settings = settings(&hotel, 0, folder.path().to_owned()).await;
    let person = hotel.users().swap_remove(0);
    let pusher = hotel.pusher();
    let token = settings.token.clone().unwrap();
    let desk = Desk::open(settings, Mode::Full).await.unwrap();
    desk.set_log_level(LogLevel::Trace).unwrap();
    until(&desk, "the first list and the live channels", async || {
        let listens = [Generation::First.hotel_channel(hotel.slug()).as_str(), OWN_CHANNEL]
            .map(|name| hotel.listeners(name) > 0);
        let listens = listens == [true, true];
        (listens && desk.status().await.last_sync.is_some()).then_some(())
    })
    .await;

    desk.save_draft(Draft {
        id: DraftId::from_random([1; 16]),
        about: Kind::Offer,
        entity: None,
        title: TITLE.to_owned(),
        content: DETAILS.to_owned(),
        version: 1,
    })
    .await
    .unwrap();
    bad_day(&desk, &hotel).await;

    // The file that the facade writes to the person's downloads.
    let downloads = folder.path().join("downloads");
    let first = desk.support_file(downloads.clone()).await.unwrap();
    let second = desk.support_file(downloads).await.unwrap();
    assert_ne!(first.file, second.file, "nothing is written over");
    let entries = unpack(std::fs::File::open(&first.file).unwrap());
    assert_eq!(entries.len(), usize::try_from(first.entries).unwrap());
    let log_name = entries.keys().find(|name| name.starts_with("logs/desk-")).expect("a log").clone();
    for name in
        ["about.json", "status.json", "settings.json", "event-log.json", "outbox.json", "database.json"]
    {
        assert!(entries.contains_key(name), "{name} of {:?}", entries.keys());
    }

    // The checklist and the event log name everything.
    let parts = with_findings(desk.support_parts().await, &person.username, &pusher.key);
    let mut file = Cursor::new(Vec::new());
    support::write(parts, &mut file).unwrap();
    let reported = unpack(file);

    let profile = desk.session().await.unwrap().profile.unwrap();
    let planted = [
        TITLE,
        SHORT,
        DETAILS,
        TAG,
        SEARCHED,
        GUEST,
        WRONG_PASSWORD,
        IN_ADDRESS,
        QUOTED,
        "Aoife",
        "0142",
        "Fitzgibbon",
        "Seán",
        token.expose(),
        &person.password,
        &person.username,
        &profile.last_name,
        &pusher.key,
        &pusher.secret,
    ];
    for entries in [&entries, &reported] {
        for (name, bytes) in entries {
            for secret in planted {
                assert_without(name, bytes, secret);
            }
        }
    }

    // The helpful facts are there.
    let log_text = text(&entries[&log_name]);
    for reported in [
        "an event cannot be read",
        "the hotel's server failed (500): [",
        "a task panicked",
        "TRACE hotelmate_core: a wish content=Fields",
    ] {
        assert!(log_text.contains(reported), "{reported} in\n{log_text}");
    }
    let outbox: Value = serde_json::from_slice(&entries["outbox.json"]).unwrap();
    assert_eq!((&outbox[0]["want"], &outbox[0]["reason"]), (&json!("create"), &json!("rejected")));
    assert_eq!(outbox[0]["refused_fields"], json!(["title"]));
    let database: Value = serde_json::from_slice(&entries["database.json"]).unwrap();
    assert_eq!(database["quick_check"], json!(["ok"]));
    assert!(database["rows"]["intent"].as_i64() >= Some(1) && database["schema"].as_i64() >= Some(1));
    let diagnosis: Value = serde_json::from_slice(&reported["diagnosis.json"]).unwrap();
    assert_eq!(diagnosis["findings"][0]["text"], "[hidden] is signed in with the key [hidden].");
    for entries in [&entries, &reported] {
        let events: Vec<Value> = serde_json::from_slice(&entries["event-log.json"]).unwrap();
        let message = events.iter().find(|entry| entry["event"] == "new-message").expect("the message");
        assert_eq!(message["shape"]["message"], format!("[{} characters]", GUEST.len()), "its true size");
    }
    let found: Value = serde_json::from_slice(&entries["diagnosis.json"]).unwrap();
    let sign_in = found["findings"].as_array().unwrap().iter().find(|finding| finding["check"] == "sign_in");
    let found = sign_in.unwrap()["text"].as_str().unwrap();
    assert!(found.contains("could not be checked"), "what the server quoted was in the way: {found}");

    desk.close().await;
    drop(log);
}

/// Makes requests that fail, so that they are logged.
async fn bad_day(desk: &Desk, hotel: &DemoHotel) {
    let content = Kind::Offer
        .table()
        .blank()
        .with("title", TITLE)
        .with("short_description", SHORT)
        .with("details_text", DETAILS)
        .with("details_html", format!("<p>{DETAILS}</p>"))
        .with("tag", TAG);
    // A developer adds a log line to find a fault, and does not think of secrets.
    tracing::trace!(target: "hotelmate_core", ?content, "a wish");
    tracing::error!(target: "tungstenite::protocol", "a library's words are its own");
    // The data of a library cannot be masked, so its lines are not logged.
    tracing::trace!(target: "tungstenite::protocol", "Received message {GUEST}");

    let refusal = json!({"title": [format!("“{TITLE}” is not allowed here.")]});
    let fault = |code: u16, body: Value| Action::Status(StatusFault { code, body: Some(body) });
    let rules = |rules: Vec<Rule>| hotel.set_faults(FaultPlan::of(rules)).unwrap();
    rules(vec![Rule::new(fault(400, refusal)).method("POST").path("*/offers/*")]);
    desk.create(Kind::Offer, content, None).await.unwrap();
    until(desk, "the refusal", async || (desk.status().await.attention == 1).then_some(())).await;

    let quoting = json!({"detail": QUOTED});
    rules(vec![Rule::new(fault(500, quoting.clone())).method("GET")]);
    let report = desk.sync_until_quiet().await.unwrap();
    assert!(report.message.contains(QUOTED), "the person reads it: {}", report.message);
    let logs = desk.support_parts().await.logs.unwrap();
    desk.try_now().await;
    until(desk, "the failure in the log", async || all_text(&logs).contains("failed (500)").then_some(()))
        .await;
    let odd =
        json!({"count": 1, "next": null, "previous": null, "results": [{"id": QUOTED, "title": TITLE}]});
    rules(vec![Rule::new(fault(200, odd)).method("GET")]);
    let _ = desk.sync_until_quiet().await;
    rules(vec![Rule::new(fault(403, quoting.clone())).method("GET")]);
    let _ = desk.sync_until_quiet().await;
    hotel.clear_faults();

    log_refusal(desk.sign_in(&hotel.url(), "mary", WRONG_PASSWORD).await.map(drop));
    log_refusal(desk.sign_in(&format!("https://x:{IN_ADDRESS}@hotel.example"), "mary", "x").await.map(drop));
    log_refusal(desk.sign_in_again(WRONG_PASSWORD).await);
    let query = hotelmate_core::views::OfferQuery { search: SEARCHED.to_owned(), ..Default::default() };
    tracing::debug!(target: "hotelmate_core", ?query, "a search");
    desk.offers(query).await.unwrap();

    let channel = Generation::First.hotel_channel(hotel.slug());
    hotel.publish(&channel, "new-message", &json!({"message": GUEST, "guest_name": SEARCHED}));
    let message = json!({"id": 45, "sender_type": "guest", "room_number": 101, "message": GUEST,
        "guest_name": SEARCHED});
    hotel.publish(OWN_CHANNEL, "new-guest-message", &message);
    let odd = json!({"id": GUEST, "sender_type": "guest", "message": GUEST});
    hotel.publish(OWN_CHANNEL, "new-guest-message", &odd);
    hotel.publish(&channel, "offer-updated", &json!({"offer": {"id": GUEST, "title": TITLE}}));
    let reads = "an event cannot be read";
    until(desk, reads, async || all_text(&logs).contains(reads).then_some(())).await;
    let reported = desk
        .activities(ActivityQuery { kinds: vec![ActivityKind::GuestMessage], ..ActivityQuery::default() });
    assert_eq!(reported.await.unwrap().activities.len(), 1, "the guest's message has come");

    rules(vec![Rule::new(fault(500, quoting)).path("*/me/")]);
    desk.run_checks().await;
    hotel.clear_faults();

    // A cut inside a letter quotes the whole text.
    let title = TITLE.to_owned();
    let inside = title.find('Ó').unwrap() + 1;
    assert!(tokio::spawn(async move { title[..inside].len() }).await.is_err());
}

fn log_refusal(outcome: Result<(), DeskError>) {
    let error = outcome.unwrap_err();
    tracing::warn!(target: "hotelmate_core", %error, ?error, "refused");
}

fn with_findings(parts: SupportParts, username: &str, key: &str) -> SupportParts {
    let finding = Finding {
        check: Check::SignIn,
        state: FindingState::Ok,
        text: format!("{username} is signed in with the key {key}."),
        way_out: None,
        details: vec![Detail { name: "user".to_owned(), value: username.to_owned() }],
    };
    let diagnosis = Diagnosis {
        findings: vec![finding],
        running: false,
        checked_at: None,
        socket: None,
        channels: Vec::new(),
        latency: None,
        log_level: logging::level(),
        reloads: Vec::new(),
    };
    let message = json!({"message": GUEST, "guest_name": SEARCHED, "room_number": 214, "id": 12});
    let event = EventEntry {
        seq: 1,
        at: Timestamp::UNIX_EPOCH,
        channel: Some("hotel-killarney".to_owned()),
        event: "new-message".to_owned(),
        outcome: EventOutcome::Unknown,
        bytes: 40,
        // The data is not masked.
        data: message.to_string(),
        masked: false,
        hotel_ms: None,
        stored_ms: None,
        shown_ms: None,
    };
    SupportParts { diagnosis, events: vec![(event, Shape::of(&message))], ..parts }
}

fn unpack(file: impl Read + std::io::Seek) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(file).unwrap();
    let mut entries = BTreeMap::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        entries.insert(name, bytes);
    }
    entries
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn all_text(logs: &Path) -> String {
    let files = std::fs::read_dir(logs).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

/// Fails if the secret is in the file as it is, in capitals or small letters, escaped as JSON or Rust would,
/// percent-encoded, or in Base64 at any of its three offsets.
fn assert_without(name: &str, bytes: &[u8], secret: &str) {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let json = serde_json::to_string(secret).unwrap();
    let json_ascii: String = secret
        .encode_utf16()
        .map(|unit| match char::from_u32(u32::from(unit)) {
            Some(letter) if letter.is_ascii() => letter.to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect();
    let debug = format!("{secret:?}");
    let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let forms = [
        secret,
        json.trim_matches('"'),
        &json_ascii,
        debug.trim_matches('"'),
        &percent,
        &percent.replace('+', "%20"),
    ];
    for form in forms {
        assert!(!has_word(&text, &form.to_lowercase()), "“{secret}” stands in {name} as “{form}”");
    }
    if secret.len() >= 8 {
        let text = String::from_utf8_lossy(bytes);
        for offset in 0..3 {
            let encoded = base64_inside(secret.as_bytes(), offset);
            assert!(!text.contains(&encoded), "“{secret}” stands in {name} in Base64");
        }
    }
}

/// Returns true if the text has the whole word: `manager` does not contain a user called `ana`.
fn has_word(text: &str, word: &str) -> bool {
    let part = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, found)| {
        !part(text[..at].chars().next_back()) && !part(text[at + found.len()..].chars().next())
    })
}

/// Returns the letters of Base64 that depend on `bytes` alone when `offset` other bytes are before them.
fn base64_inside(bytes: &[u8], offset: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let skip = (6 - offset * 8 % 6) % 6;
    bits[skip..]
        .chunks_exact(6)
        .map(|six| LETTERS[six.iter().fold(0, |number, bit| number << 1 | usize::from(*bit))] as char)
        .collect()
}
