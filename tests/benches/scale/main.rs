//! The cost of desks for a hotel's server and a Pusher account. It is counted with a few real desks at a demo hotel,
//! for an hour of rest, edits and outages, on a clock that is moved by hand, and from that computed for many.
//!
//! Nothing is timed here, so any computer will do. Counts of single runs differ, since waits are random.
//! `docs/scale.md` explains them.

#![expect(clippy::expect_used, reason = "what cannot be counted is not reported")]

use std::collections::BTreeSet;
use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule};
use desk_tests::TestDesk;
use desk_tests::clock::{Hands, STEP, quiesce};
use desk_tests::figures::{limit_trial, sized};
use desk_tests::guest::{self, ROOM_101};
use desk_tests::test_desk::colleague;
use hotelmate_core::engine::spread::{BURST, FIRST_WAIT, LONGEST_WAIT, SPREAD};
use hotelmate_core::ids::ServerId;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::Kind;
use pusher::{Client, Config, Endpoint, Events, Notice, SystemClock};

/// The number of real desks that are counted.
const DESKS: usize = 3;
/// The number of edits.
fn edits() -> usize {
    sized(10, 1)
}
/// The number of a guest's messages.
fn messages() -> usize {
    sized(10, 1)
}
/// The numbers of desks for which the cost is computed.
const FLEETS: [f64; 3] = [100.0, 10_000.0, 1_000_000.0];
/// Desks in one hotel, as the table assumes.
const DESKS_PER_HOTEL: f64 = 10.0;
/// Edits in one hotel on one day, as the table assumes.
const EDITS_PER_DAY: f64 = 50.0;

/// The time of rest that is counted, in seconds: an hour.
fn rest() -> usize {
    sized(3600, 60)
}
/// The long outage, in seconds.
fn outage() -> usize {
    sized(600, 20)
}

/// The time after which every read that an event or a gap asks for is done.
const READ: Duration = BURST.saturating_add(SPREAD).saturating_add(Duration::from_secs(2));

/// The longest time in which the hotel confirms the channels of a listener.
const CONFIRMED: Duration = Duration::from_secs(10);

/// The counts, for one desk unless a field's comment says otherwise.
struct Counts {
    sockets: f64,
    /// The channels to which it listens.
    channels: f64,
    start: f64,
    hour: f64,
    /// The events of one edit, as one listener receives them.
    events: f64,
    /// The requests of the desk that makes the edit.
    own_edit: f64,
    /// The requests of every other desk.
    others_edit: f64,
    guest: Guest,
    short_outage: Outage,
    long_outage: Outage,
}

/// The cost of one message of a guest.
struct Guest {
    /// The events that the hotel publishes.
    published: f64,
    /// The events that reach desks, all of them together.
    delivered: f64,
    /// The requests of all desks.
    requests: f64,
}

/// The requests of one desk because of an outage of the events.
struct Outage {
    /// The tries to open the socket.
    sockets: f64,
    /// The whole reads.
    reads: f64,
    /// All requests, sockets included.
    requests: f64,
}

/// A hotel, desks at it, and a bare listener that counts events.
struct Scene {
    hotel: DemoHotel,
    hands: Hands,
    desks: Vec<TestDesk>,
    listener: Events,
    _listening: Client,
}

#[tokio::main]
async fn main() {
    limit_trial();
    let counts = count().await;
    print(&counts);
}

fn seconds(count: usize) -> Duration {
    Duration::from_secs(count as u64)
}

async fn count() -> Counts {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.expect("the hotel opens");
    let (listening, listener) = listen(&hotel, &[format!("hotel-{}", hotel.slug())]);
    let hands = Hands::default();
    let mut desks = Vec::new();
    for user in 0..DESKS {
        desks.push(TestDesk::reaching(([127, 0, 0, 1], hotel.port()).into(), &hotel, user, &hands).await);
    }
    let mut scene = Scene { hotel, hands, desks, listener, _listening: listening };
    scene.pass(Duration::from_secs(30), STEP).await;
    // The sign-in by the tests' support is no part of it: a desk keeps its sign-in.
    let start = scene.requests_of_a_desk(|path| !path.contains("/login/") && !path.contains("/media/"));
    let sockets = (scene.hotel.open_sockets() - 1) as f64 / DESKS as f64;
    let channels = scene.channels().await.len() as f64 / DESKS as f64;
    scene.hotel.reset_requests();

    scene.pass(seconds(rest()), Duration::from_secs(1)).await;
    let hour = scene.take_requests();
    scene.events().await;

    let others_edit = scene.edits_of_a_colleague().await;
    let events = scene.events().await / edits() as f64;
    let own_edit = scene.edits_of_a_desk(others_edit).await;
    let short_outage = scene.outage(Duration::from_secs(2)).await;
    let long_outage = scene.outage(seconds(outage())).await;
    let guest = scene.messages_of_a_guest().await;
    Counts { sockets, channels, start, hour, events, own_edit, others_edit, guest, short_outage, long_outage }
}

fn listen<'a>(hotel: &DemoHotel, channels: impl IntoIterator<Item = &'a String>) -> (Client, Events) {
    let info = hotel.pusher();
    let endpoint = Endpoint::from_host(&info.host).expect("the hotel's address");
    let (client, events) = Client::start(Config::new(info.key, endpoint), SystemClock::shared());
    for channel in channels {
        client.subscribe(channel).expect("a channel");
    }
    client.connect();
    (client, events)
}

impl Scene {
    async fn pass(&self, time: Duration, step: Duration) {
        self.hands.pass_in_steps(&self.hotel, time, step).await;
    }

    fn requests_of_a_desk(&self, counts: impl Fn(&str) -> bool) -> f64 {
        let requests = self.hotel.requests();
        // The listener's socket is the one request that is no desk's.
        let is_a_desks = |path: &str| !path.contains("client=hotelmate-pusher") && counts(path);
        requests.iter().filter(|request| is_a_desks(&request.path)).count() as f64 / DESKS as f64
    }

    fn take_requests(&self) -> f64 {
        let requests = self.requests_of_a_desk(|_| true);
        self.hotel.reset_requests();
        requests
    }

    /// Returns the number of events that the listener has received since the last call.
    async fn events(&mut self) -> f64 {
        heard(&mut self.listener).await
    }

    /// Returns the channels of all desks, each with its name and its number of events.
    async fn channels(&self) -> Vec<(String, u32)> {
        let mut channels = Vec::new();
        for test_desk in &self.desks {
            let shown = test_desk.desk.diagnosis().await.channels;
            channels.extend(shown.into_iter().map(|channel| (channel.name, channel.events)));
        }
        channels
    }

    /// Measures the cost of one message of a guest. Two of the desks belong to receptionists.
    async fn messages_of_a_guest(&self) -> Guest {
        let slug = self.hotel.slug();
        let before = self.channels().await;
        let about = [format!("{slug}-conversation-{ROOM_101}-chat"), format!("{slug}-room-101-chat")];
        let own = before.iter().map(|(name, _)| name.clone()).filter(|name| name.starts_with(slug));
        // Several desks listen to the same channels of the chat.
        let wanted: BTreeSet<String> = about.into_iter().chain(own).collect();
        let (_listening, mut listener) = listen(&self.hotel, &wanted);
        let confirmed = async {
            let mut left = wanted.len();
            while left > 0 {
                let notice = listener.next().await.expect("the listener goes on");
                left -= usize::from(matches!(notice, Notice::Subscribed { .. }));
            }
        };
        tokio::time::timeout(CONFIRMED, confirmed).await.expect("the hotel confirms every channel");
        self.hotel.reset_requests();
        for number in 0..messages() {
            guest::writes(&self.hotel, ROOM_101, &format!("Message {number}")).await;
        }
        self.pass(READ, STEP).await;
        let of_all =
            |channels: &[(String, u32)]| f64::from(channels.iter().map(|(_, events)| events).sum::<u32>());
        let delivered = of_all(&self.channels().await) - of_all(&before);
        // The guest's own request is no desk's.
        let requests = self.hotel.requests().len() - messages();
        self.hotel.reset_requests();
        let of_one = |count: f64| count / messages() as f64;
        Guest {
            published: of_one(heard(&mut listener).await),
            delivered: of_one(delivered),
            requests: of_one(requests as f64),
        }
    }

    /// Returns the number of requests that name one offer. Scheduled reads, which come at any time, name none.
    fn take_single(&self) -> f64 {
        let is_single = |path: &str| {
            path.split_once("/offers/")
                .is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let single = self.hotel.requests().iter().filter(|request| is_single(&request.path)).count();
        self.hotel.reset_requests();
        single as f64
    }

    /// Returns the requests of one desk for one edit by another person.
    async fn edits_of_a_colleague(&self) -> f64 {
        let api = colleague(&self.hotel, DESKS).await;
        self.hotel.reset_requests();
        for number in 0..edits() {
            let id = ServerId(self.hotel.offers()[number]["id"].as_i64().expect("a number"));
            let tag = FieldValue::of("tag", format!("Edit {number}"));
            api.edit(Kind::Offer, id, &[tag]).await.expect("the edit");
            quiesce(&self.hotel).await;
            self.pass(READ, STEP).await;
        }
        (self.take_single() / edits() as f64 - 1.0) / DESKS as f64
    }

    /// Returns the requests of the desk that makes one edit.
    async fn edits_of_a_desk(&self, others: f64) -> f64 {
        let desk = &self.desks[0];
        for number in 0..edits() {
            let id = desk.offers().await[number].local_id;
            desk.edit(id, FieldValue::of("tag", format!("Own {number}"))).await;
            self.pass(READ, STEP).await;
        }
        self.take_single() / edits() as f64 - others * (DESKS - 1) as f64
    }

    /// Returns the requests of one desk because of an outage of the events.
    async fn outage(&self, length: Duration) -> Outage {
        // The next scheduled read is minutes away then, and not counted for the outage.
        for test_desk in &self.desks {
            test_desk.desk.try_now().await;
        }
        self.pass(READ, STEP).await;
        self.hotel.reset_requests();
        let refuse = Rule::new(Action::SocketRefuse(4200));
        self.hotel.set_faults(FaultPlan::of([refuse])).expect("the faults");
        self.hotel.close_sockets(4200);
        self.pass(length, Duration::from_secs(1)).await;
        self.hotel.clear_faults();
        self.pass(FIRST_WAIT + LONGEST_WAIT + READ, STEP).await;
        let of = |part: &str| self.requests_of_a_desk(|path| path.contains(part));
        Outage { sockets: of("/app/"), reads: of("/offers/?page=1"), requests: self.take_requests() }
    }
}

/// Returns the number of events that a listener has received since the last call.
async fn heard(listener: &mut Events) -> f64 {
    let mut heard = 0_u32;
    let moment = Duration::from_millis(200);
    while let Ok(Some(notice)) = tokio::time::timeout(moment, listener.next()).await {
        heard += u32::from(matches!(notice, Notice::Event(_)));
    }
    f64::from(heard)
}

fn print(counts: &Counts) {
    println!("\nCounted, for one of {DESKS} desks at one hotel");
    let line = |what: &str, value: f64| println!("{what:64}{value:>10.2}");
    line("sockets", counts.sockets);
    line("channels", counts.channels);
    line("requests from start to rest, without pictures", counts.start);
    line("requests in an hour of rest", counts.hour);
    line("events of one edit, for each listener", counts.events);
    line("requests of the desk that makes an edit", counts.own_edit);
    line("requests of a desk that hears of an edit", counts.others_edit);
    println!("one message of a guest, with a desk for each of two receptionists");
    line("  events published", counts.guest.published);
    line("  events delivered to desks", counts.guest.delivered);
    line("  requests of all desks", counts.guest.requests);
    for (length, outage) in [("2 s", &counts.short_outage), ("10 min", &counts.long_outage)] {
        println!("{length} without events, and the minute after");
        line("  tries to open the socket", outage.sockets);
        line("  whole reads", outage.reads);
        line("  requests in all", outage.requests);
    }

    println!("\nComputed, with {DESKS_PER_HOTEL} desks and {EDITS_PER_DAY} edits a day in each hotel");
    let row = |what: &str, of: &dyn Fn(f64) -> f64| {
        let cells: String = FLEETS.iter().map(|desks| format!("{:>14}", grouped(of(*desks)))).collect();
        println!("{what:44}{cells}");
    };
    let hotels = |desks: f64| desks / DESKS_PER_HOTEL;
    let edit = counts.own_edit + counts.others_edit * (DESKS_PER_HOTEL - 1.0);
    let messages = counts.events * (1.0 + DESKS_PER_HOTEL * counts.sockets);
    row("desks", &|desks| desks);
    row("open connections", &|desks| desks * counts.sockets);
    row("requests a second at rest", &|desks| desks * counts.hour / 3600.0);
    row("requests a day for edits", &|desks| hotels(desks) * EDITS_PER_DAY * edit);
    row("Pusher messages a day", &|desks| hotels(desks) * EDITS_PER_DAY * messages);
    row("requests for one edit that all hear", &|desks| desks * counts.others_edit);
    row("... a second, over the spread", &|desks| desks * counts.others_edit / SPREAD.as_secs_f64());
    row("messages for one edit that all hear", &|desks| counts.events * (1.0 + desks));
    row("requests after 2 s without events", &|desks| desks * counts.short_outage.requests);
    let waves = (FIRST_WAIT + SPREAD).as_secs_f64();
    row("... a second, over both spreads", &|desks| desks * counts.short_outage.requests / waves);
    row("requests a second in a long outage", &|desks| desks * counts.long_outage.requests / 600.0);
}

/// Returns a count with commas, and with decimals if it is small.
fn grouped(value: f64) -> String {
    if value < 100.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
