//! The log form of every public type that can hold a typed text, a person's identity or a secret.

use std::fmt::Debug;

use std::collections::BTreeMap;

use hotelmate_core::account::{Account, Profile, Token};
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::hotel::events;
use hotelmate_core::hotel::guests::GuestMessage;
use hotelmate_core::hotel::{Api, ApiError, Http, Login, Upload};
use hotelmate_core::ids::*;
use hotelmate_core::model::*;
use hotelmate_core::private::{Private, Secret};
use hotelmate_core::records::*;
use hotelmate_core::resources::*;
use hotelmate_core::settings::Settings;
use hotelmate_core::store::StoreError;
use hotelmate_core::views::*;
use jiff::Timestamp;
use serde_json::json;

/// A text that stands for everything private.
const PLANTED: &str = "Aoife's wedding";

fn planted() -> String {
    PLANTED.to_owned()
}

/// Checks both forms in which a value is written to a line.
fn hides(name: &str, value: &dyn Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains(PLANTED) && !text.contains("wedding"), "{name}: {text}");
    }
}

fn content() -> Fields {
    Kind::Offer
        .table()
        .blank()
        .with("title", planted())
        .with("short_description", planted())
        .with("details_text", planted())
        .with("details_html", planted())
        .with("tag", planted())
        .with("book_now_url", planted())
}

fn server_offer() -> ServerCopy {
    ServerCopy::as_sent(Kind::Offer, ServerId(7), &content(), Timestamp::UNIX_EPOCH)
}

fn fields() -> Fields {
    let mut fields = Fields::default();
    fields.set("name", Datum::Text(planted()));
    fields.set("features", Datum::List(vec![planted()]));
    fields
}

fn key(n: u8) -> LocalId {
    LocalId::from_random([n; 16])
}

fn picture() -> MediaHash {
    MediaHash::of(b"picture")
}

fn gallery() -> ServerGallery {
    let image = ServerImage { name: planted(), url: planted(), caption: planted() };
    ServerGallery { id: ServerId(1), name: planted(), images: vec![image] }
}

fn account() -> Account {
    Account {
        server: "https://hotel.example".parse().unwrap(),
        hotel_slug: "killarney".to_owned(),
        hotel_name: "Hotel Killarney".to_owned(),
        staff_id: ServerId(3),
        username: planted(),
    }
}

fn profile() -> Profile {
    Profile {
        staff_id: ServerId(3),
        user_id: None,
        first_name: planted(),
        last_name: planted(),
        department: Some(planted()),
        role: Some(planted()),
    }
}

fn errors() -> FieldErrors {
    FieldErrors([("title".to_owned(), vec![format!("“{PLANTED}” is taken.")])].into())
}

fn value() -> FieldValue {
    FieldValue::of("title", planted())
}

fn item() -> OutboxItem {
    OutboxItem {
        id: IntentId::from_random([1; 16]),
        kind: IntentKind::Create,
        about: Some(Kind::Offer),
        entity: key(1),
        title: planted(),
        summary: planted(),
        state: IntentState::Attention,
        code: Some("rejected".to_owned()),
        reason: planted(),
        fields: errors(),
        attempts: 1,
        next_try: None,
        created_at: Timestamp::UNIX_EPOCH,
        can_retry: true,
        removed_there: false,
        discard_loses: planted(),
        question: None,
        like: vec![Likeness { number: ServerId(7), entity: key(2), title: planted() }],
        is_doubtful: false,
    }
}

#[test]
fn what_is_typed_in_entities_and_intents_tells_its_length_only() {
    hides("Fields", &content());
    hides(
        "GuestMessage",
        &GuestMessage { id: ServerId(45), conversation: None, room: Some(planted()), text: planted() },
    );
    hides("Fields", &fields());
    hides("ServerGallery", &gallery());
    hides("ServerCopy", &server_offer());
    hides(
        "ServerRecord",
        &ServerRecord {
            kind: Kind::Branding,
            id: ONLY_ONE,
            fields: fields(),
            pictures: Default::default(),
            shown: [("name".to_owned(), planted())].into(),
            created_at: None,
        },
    );
    for value in [
        value(),
        FieldValue::of("short_description", planted()),
        FieldValue::of("details_text", planted()),
        FieldValue::of("details_html", planted()),
        FieldValue::of("tag", planted()),
        FieldValue::of("book_now_url", planted()),
        FieldValue::of("name", planted()),
    ] {
        hides("FieldEdit", &FieldEdit { was: value.clone(), now: value.clone() });
        hides("Resolution", &Resolution::Edit { value });
    }
    let (image, after) = (key(1), None);
    let edit = FieldEdit { was: value(), now: value() };
    for operation in [
        Operation::Create { content: content() },
        Operation::Edit { edits: vec![edit] },
        Operation::SetPicture { slot: Slot::Photo, picture: None, was: Some(planted()) },
        Operation::Delete { title: planted() },
        Operation::AddImage { image, picture: picture(), caption: planted(), after, uploaded: None },
    ] {
        hides("Wish", &operation);
    }
    for trouble in [
        Trouble::NotRead { message: planted() },
        Trouble::Rejected { fields: errors(), message: planted() },
        Trouble::Forbidden { message: planted() },
        Trouble::ServerTrouble { message: planted() },
        Trouble::Unexpected { message: planted() },
    ] {
        hides("Note", &Note { trouble: Some(trouble), ..Note::default() });
    }
    hides(
        "Conflict",
        &Conflict {
            theirs: vec![value()],
            photo: Some(planted()),
            photo_url: Some(planted()),
            at: Timestamp::UNIX_EPOCH,
        },
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of types")]
fn what_screens_are_given_tells_its_length_only() {
    let offer = RecordView {
        notes: Vec::new(),
        local_id: key(1),
        id: None,
        kind: Kind::Offer,
        fields: content(),
        pictures: BTreeMap::new(),
        shown: BTreeMap::from([("name".to_owned(), planted())]),
        created_at: None,
        state: Some(OfferState::Live),
        sync: SyncMark::Saved,
    };
    hides("RecordView", &offer);
    hides("OfferQuery", &OfferQuery { search: planted(), ..OfferQuery::default() });
    hides("NewImage", &NewImage { picture: picture(), caption: planted() });
    let image =
        ImageView { local_id: key(1), picture: None, url: None, caption: planted(), sync: SyncMark::Saved };
    hides(
        "GalleryView",
        &GalleryView {
            local_id: key(1),
            name: planted(),
            images: vec![image],
            sync: SyncMark::Saved,
            pending: vec![item()],
            undo: Vec::new(),
        },
    );
    hides("OutboxView", &OutboxView { items: vec![item()] });
    let activity = Activity {
        id: 1,
        kind: ActivityKind::Of(Kind::Offer, Deed::Created),
        about: Some(Kind::Offer),
        text: planted(),
        entity: None,
        at: Timestamp::UNIX_EPOCH,
        put_back: false,
        own: false,
    };
    hides("Change", &Change::Activity { activity });
    hides("FactQuery", &ActivityQuery { text: Some(planted()), ..ActivityQuery::default() });
    hides("SignInHints", &SignInHints { server: String::new(), username: planted() });
    hides(
        "SessionView",
        &SessionView {
            server: String::new(),
            hotel_slug: String::new(),
            hotel_name: String::new(),
            time_zone: String::new(),
            username: planted(),
            profile: Some(profile()),
            sign_in_needed: false,
            remembered: false,
        },
    );
    hides("SendReport", &SendReport { left: 1, reason: planted() });
    let draft = Draft {
        id: DraftId::from_random([1; 16]),
        about: Kind::Offer,
        entity: None,
        title: planted(),
        content: planted(),
        version: 1,
    };
    hides("Draft", &draft);
    hides("DraftView", &DraftView { draft, saved_at: Timestamp::UNIX_EPOCH, there: true });
    hides("ExportedFile", &ExportedFile { file: planted(), entries: 1 });
    hides(
        "EventEntry",
        &EventEntry {
            seq: 1,
            at: Timestamp::UNIX_EPOCH,
            channel: None,
            event: "message-created".to_owned(),
            outcome: EventOutcome::Unknown,
            bytes: 20,
            data: planted(),
            masked: false,
            hotel_ms: None,
            stored_ms: None,
            shown_ms: None,
        },
    );
}

#[test]
fn people_and_what_opens_a_door_are_hidden_whole() {
    hides("Account", &account());
    hides("Profile", &profile());
    hides("Secret", &Some(Secret::from(PLANTED)));
    hides("Token", &Token::new(PLANTED));
    let server: url::Url = "https://hotel.example".parse().unwrap();
    hides("Api", &Api::new(Http::new().unwrap(), server, "killarney".to_owned(), Token::new(PLANTED)));
    let login = Login {
        token: Token::new(PLANTED),
        staff_id: ServerId(3),
        hotel_slug: "killarney".to_owned(),
        hotel_name: "Hotel Killarney".to_owned(),
        username: planted(),
    };
    hides("Login", &login);
    let settings = Settings::load_with(Some("data".into()), |name| match name {
        "DESK_TOKEN" | "DESK_PUSHER_KEY" => Some(planted()),
        _ => None,
    });
    hides("Settings", &settings.unwrap());
    let cluster = pusher::Endpoint::cluster("eu").unwrap();
    hides("pusher::Config", &pusher::Config::new(PLANTED, cluster));
    hides("Upload", &Upload { bytes: bytes::Bytes::from(planted()), mime: "image/png" });
}

#[test]
fn what_came_over_the_live_connection_tells_its_size_only() {
    let offer = json!({"offer": {
        "id": 7, "title": PLANTED, "short_description": PLANTED, "created_at": "2026-11-22T09:00:00Z"
    }});
    let wrong = json!({"offer": {"id": PLANTED, "title": 5}});
    let duty = json!({"staff_id": 3, "is_on_duty": true, "first_name": PLANTED, "last_name": PLANTED,
        "department": PLANTED, "department_slug": PLANTED});
    for (name, data) in [
        ("offer-created", offer),
        ("offer-updated", wrong),
        ("offer-deleted", json!({"offer_id": 7, "offer_title": PLANTED})),
        ("offer-image-updated", json!({"offer_id": 7, "offer_title": PLANTED, "photo_url": PLANTED})),
        ("settings-updated", json!({"name": PLANTED})),
        ("gallery-image-uploaded", json!({"url": PLANTED})),
        ("clock-status-updated", duty),
    ] {
        let said = events::read(name, &data);
        assert!(!said.is_empty(), "{name}");
        hides(name, &said);
        hides(name, &pusher::wire::Data::Plain(data.clone()));
        hides(name, &pusher::wire::Data::Text(data.to_string()));
    }
}

#[test]
fn errors_hide_what_the_server_quotes_and_tell_it_to_people() {
    for error in [
        ApiError::ServerTrouble { status: 500, message: planted() },
        ApiError::Forbidden { message: planted() },
        ApiError::Rejected { fields: errors(), message: planted() },
    ] {
        hides("ApiError", &error);
        assert!(!error.to_string().contains(PLANTED), "{error}");
        assert!(error.in_words().contains(PLANTED), "people read it");
        let reported = DeskError::from(error);
        hides("DeskError", &reported);
        assert!(!reported.to_string().contains(PLANTED), "{reported}");
        assert!(reported.message.contains(PLANTED), "people read it");
    }
    let stored = StoreError::from(serde_json::from_value::<Vec<u8>>(json!(PLANTED)).unwrap_err());
    hides("StoreError", &stored);
    assert!(!stored.to_string().contains(PLANTED), "{stored}");
    let quoting = Box::new(serde_json::from_value::<Vec<u8>>(json!(PLANTED)).unwrap_err());
    let stored =
        StoreError::from(rusqlite::Error::FromSqlConversionFailure(2, rusqlite::types::Type::Text, quoting));
    hides("StoreError", &stored);
    assert_eq!(stored.to_string(), "the local database failed: a stored value cannot be read (column 2)");
    let filled_in: DeskError = failure!(Configuration, "error-setting-server", text = PLANTED);
    hides("DeskError", &filled_in);
    assert_eq!(filled_in.to_string(), "error-setting-server");
    let fixed = DeskError::signed_out();
    assert_eq!(fixed.to_string(), "error-signed-out", "its key is logged");
}

#[test]
fn a_line_tells_the_length_of_what_is_private() {
    let line = format!("{} {:?}", Private(PLANTED), content());
    assert!(line.contains("[15 characters]"), "{line}");
}
