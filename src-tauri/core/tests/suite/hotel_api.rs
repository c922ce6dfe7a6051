//! The REST client against the demo hotel: every verb has its effect at the hotel.

use bytes::Bytes;
use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule};
use hotelmate_core::hotel::{Api, ApiError, Http, Upload, login};
use hotelmate_core::ids::ServerId;
use hotelmate_core::media::{Limits, prepare};
use hotelmate_core::records::{FieldValue, Fields, Validity};
use hotelmate_core::resources::Kind;

use crate::offers::unseen;
use jiff::civil::date;

struct Guest {
    hotel: DemoHotel,
    http: Http,
    api: Api,
}

/// Starts a hotel and signs its first user in.
async fn signed_in() -> Guest {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.expect("hotel");
    let http = Http::new().expect("client");
    let user = hotel.users().remove(0);
    let server = hotel.url().parse().expect("url");
    let login = login(&http, &server, &user.username, &user.password).await.expect("signed in");
    assert_eq!((login.hotel_slug.as_str(), login.username.as_str()), (hotel.slug(), user.username.as_str()));
    let api = Api::new(http.clone(), server, login.hotel_slug, login.token);
    Guest { hotel, http, api }
}

impl Guest {
    fn break_with(&self, rule: Rule) {
        self.hotel.set_faults(FaultPlan::of([rule])).expect("plan");
    }

    async fn some_offer(&self) -> crate::offers::ServerOffer {
        crate::offers::offer_of(crate::offers::page(&self.api, 1).await.expect("page").entities.remove(0))
    }

    fn titled(&self, title: &str) -> usize {
        self.hotel.offers().iter().filter(|offer| offer["title"] == title).count()
    }
}

fn content(title: &str) -> Fields {
    Kind::Offer.table().blank().with("title", title).with("short_description", "Two nights")
}

fn jpeg() -> Upload {
    let mut png = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(80, 60, image::Rgb([200, 30, 30]));
    picture.write_to(&mut png, image::ImageFormat::Png).expect("encodes");
    let prepared = prepare(&png.into_inner(), &Limits::default()).expect("prepares");
    Upload { bytes: Bytes::from(prepared.bytes), mime: prepared.mime }
}

#[tokio::test]
async fn all_offers_are_walked_page_by_page() {
    let guest = signed_in().await;
    let (first, second) = (
        crate::offers::page(&guest.api, 1).await.expect("1"),
        crate::offers::page(&guest.api, 2).await.expect("2"),
    );
    assert_eq!((first.entities.len(), first.more, first.count, first.unreadable), (10, true, 14, 0));
    assert_eq!((second.entities.len(), second.more, second.unreadable), (4, false, 0));
    assert_eq!(crate::offers::page(&guest.api, 3).await, Err(ApiError::NotFound));
}

#[tokio::test]
async fn an_offer_is_made_changed_cleared_and_removed() {
    let guest = signed_in().await;
    let full = content("Advent weekend")
        .with("tag", "Advent")
        .with("book_now_url", "https://hotel.example/book")
        .with("details_html", "<p>Mulled wine</p>")
        .with("is_active", false)
        .with("validity", Validity { from: Some(date(2026, 12, 1)), to: Some(date(2026, 12, 24)) });
    let made = crate::offers::create(&guest.api, &full).await.expect("made");
    assert_eq!(made.content, full, "the hotel holds exactly what was sent");
    let open = Validity { from: None, to: Some(date(2026, 12, 31)) };
    let changes =
        [FieldValue::of("validity", open), FieldValue::of("tag", ""), FieldValue::of("is_active", true)];
    let edited = crate::offers::edit(&guest.api, made.id, &changes).await.expect("edited");
    let mut expected = full;
    changes.into_iter().for_each(|change| expected.put(change));
    assert_eq!(edited.content, expected, "and nothing else has changed");
    assert_eq!(crate::offers::read(&guest.api, made.id).await.expect("read"), edited);
    guest.api.delete(Kind::Offer, made.id).await.expect("removed");
    assert_eq!(crate::offers::read(&guest.api, made.id).await, Err(ApiError::NotFound));
    assert_eq!(guest.api.delete(Kind::Offer, made.id).await, Err(ApiError::NotFound));
}

#[tokio::test]
async fn the_hotels_own_rules_come_back_by_field() {
    let guest = signed_in().await;
    let bad = content(" ").with("book_now_url", "nowhere").with("tag", "x".repeat(51));
    let Err(ApiError::Rejected { fields, .. }) = crate::offers::create(&guest.api, &bad).await else {
        panic!("rejected")
    };
    assert_eq!(fields.0.keys().collect::<Vec<_>>(), ["book_now_url", "tag", "title"]);
}

#[tokio::test]
async fn a_picture_goes_up_can_be_fetched_and_taken_off() {
    let guest = signed_in().await;
    let made = crate::offers::create(&guest.api, &content("With picture")).await.expect("made");
    let picture = jpeg();
    crate::offers::upload(&guest.api, made.id, picture.clone(), unseen()).await.expect("uploaded");
    let shown = crate::offers::read(&guest.api, made.id).await.expect("read");
    let url = shown.photo_url.expect("an address");
    assert_eq!(guest.api.fetch_picture(&url).await.expect("fetched"), picture.bytes);
    let bare =
        crate::offers::offer_of(guest.api.remove_picture(Kind::Offer, made.id).await.expect("taken off"));
    assert_eq!((bare.photo, bare.photo_url), (None, None));
    let removed = crate::offers::upload(&guest.api, ServerId(999_999), picture, unseen()).await;
    assert_eq!(removed, Err(ApiError::NotFound));
}

#[tokio::test]
async fn the_clock_turns_over_and_me_tells_since_when() {
    let guest = signed_in().await;
    let before = guest.api.me().await.expect("me").duty.expect("told").status.is_on_duty();
    let toggled = guest.api.toggle_clock().await.expect("toggled");
    assert_eq!(toggled.is_on_duty, !before);
    let duty = guest.api.me().await.expect("me").duty.expect("told");
    assert_eq!(duty.status.is_on_duty(), !before);
    let (since, said) = (duty.since.expect("since"), toggled.clock_time.expect("time"));
    assert!(since <= said, "what is stored is never later than what is published");
}

#[tokio::test]
async fn a_wrong_password_and_a_revoked_token_are_told_apart() {
    let guest = signed_in().await;
    let user = guest.hotel.users().remove(0);
    let refused = login(&guest.http, guest.api.server(), &user.username, "wrong").await;
    assert_eq!(refused, Err(ApiError::WrongPassword));
    assert!(guest.hotel.revoke_token(&user.username));
    assert_eq!(guest.api.me().await, Err(ApiError::SignInNeeded));
}

#[tokio::test]
async fn another_hotel_is_forbidden() {
    let guest = signed_in().await;
    let user = guest.hotel.users().remove(0);
    let login =
        login(&guest.http, guest.api.server(), &user.username, &user.password).await.expect("signed in");
    let server = guest.api.server().clone();
    let other = Api::new(guest.http.clone(), server, guest.hotel.neighbour_slug().to_owned(), login.token);
    assert!(matches!(crate::offers::page(&other, 1).await, Err(ApiError::Forbidden { .. })));
}

#[tokio::test]
async fn a_lost_answer_is_unclear_although_the_offer_is_there() {
    let guest = signed_in().await;
    for (title, action) in [("Dropped", Action::DropAfterCommit), ("Cut", Action::TruncatedBody)] {
        guest.break_with(Rule::new(action).method("POST").path("*/offers/").times(1));
        let failed = crate::offers::create(&guest.api, &content(title)).await;
        assert!(matches!(failed, Err(ApiError::Unclear { .. })), "{title}: {failed:?}");
        assert_eq!(guest.titled(title), 1, "{title}: stored once, and not sent again");
    }
}

#[tokio::test]
async fn a_dropped_request_is_unclear_although_nothing_is_there() {
    let guest = signed_in().await;
    guest.break_with(Rule::new(Action::DropBeforeCommit).method("POST").path("*/offers/").times(1));
    let failed = crate::offers::create(&guest.api, &content("Lost")).await;
    assert!(matches!(failed, Err(ApiError::Unclear { .. })), "{failed:?}");
    assert_eq!(guest.titled("Lost"), 0);
}

#[tokio::test]
async fn a_busy_hotel_has_done_nothing() {
    let guest = signed_in().await;
    let offer = guest.some_offer().await;
    guest.break_with(Rule::new(Action::RateLimited { retry_after_s: 7 }).method("PATCH").times(1));
    let failed = crate::offers::edit(&guest.api, offer.id, &[FieldValue::of("tag", "Busy")]).await;
    assert!(
        matches!(failed, Err(ApiError::Busy { retry_after: Some(wait), .. }) if wait.as_secs() == 7),
        "{failed:?}"
    );
    assert_eq!(crate::offers::read(&guest.api, offer.id).await.expect("read").content, offer.content);
}
