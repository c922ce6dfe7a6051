//! `demo-hotel guest`: the guest of a room, who writes to a running demo hotel.
//!
//! The guest gives the PIN of the room, or opens the link of the booking (`contract.md 8.8`), and listens to the channel
//! of the room or of the booking. An event, a subscription and a gap have the same effect: the messages are read, and the
//! new ones of the desk are printed and marked as read. So each is printed once, also after a reconnect.

mod error;
mod http;
mod script;
mod side;

use std::io::Write;
use std::time::Duration;

use pusher::{Client, Config, Endpoint, Events, Notice, Proxy, SharedClock};
use serde_json::{Value, json};

pub(crate) use error::GuestError;
use http::Http;
use script::Script;
use side::{Side, Signer};

/// The messages that are read at once.
const PAGE: usize = 50;

/// The options of the guest.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of the room; the first line of `demo-hotel` has them all
    #[arg(long, value_name = "NUMBER")]
    room: i64,
    /// Address of the running demo hotel
    #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "ADDRESS")]
    hotel: String,
    /// PIN of the room's chat; without it the demo hotel is asked for the right one
    #[arg(long)]
    pin: Option<String>,
    /// Sends this one message and ends
    #[arg(long, value_name = "TEXT")]
    say: Option<String>,
    /// Ends after so many messages of the desk were answered
    #[arg(long, value_name = "N")]
    until: Option<usize>,
    /// Longest pause before a message, in seconds
    #[arg(long, default_value_t = 6.0, value_name = "SECONDS", value_parser = seconds)]
    pause: f64,
    /// Seed of the pauses
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.0..=3_600.0).contains(seconds));
    seconds.ok_or_else(|| "a number of seconds from 0 to 3600".to_owned())
}

/// Writes one message, or follows the script until the desk was answered often enough.
pub(crate) async fn run(arguments: Arguments, clock: SharedClock) -> Result<(), GuestError> {
    let mut guest = Guest::arrive(&arguments).await?;
    if let Some(text) = &arguments.say {
        return guest.say(text).await;
    }
    let (client, mut events) = guest.listen(&arguments, clock.clone())?;
    client.connect();
    let script = Script::new(arguments.seed, Duration::from_secs_f64(arguments.pause));
    converse(&mut guest, &mut events, script, &clock, arguments.until).await
}

async fn converse(
    guest: &mut Guest,
    events: &mut Events,
    mut script: Script,
    clock: &SharedClock,
    until: Option<usize>,
) -> Result<(), GuestError> {
    let mut heard = 0;
    let mut pause = clock.sleep(script.pause());
    loop {
        tokio::select! {
            () = &mut pause, if !script.is_silent() => {
                if let Some(text) = script.next() {
                    guest.say(text).await?;
                }
                if script.is_silent() && until.is_some_and(|until| heard >= until) {
                    return Ok(());
                }
                pause = clock.sleep(script.pause());
            }
            notice = events.next() => match notice {
                Some(Notice::Event(_) | Notice::Subscribed { .. } | Notice::Gap(_)) => {
                    for _ in 0..guest.read().await? {
                        heard += 1;
                        script.hear();
                    }
                }
                Some(Notice::ChannelFailed(failed)) => {
                    return Err(GuestError::Events(failed.reason.to_string()));
                }
                Some(_) => {}
                None => return Ok(()),
            },
        }
    }
}

/// A guest who was let in.
struct Guest {
    side: Side,
    room: i64,
    /// The key and the address of the hotel's events.
    key: String,
    socket: String,
    /// The newest message that was read.
    newest: i64,
}

impl Guest {
    async fn arrive(arguments: &Arguments) -> Result<Self, GuestError> {
        let http = Http::at(&arguments.hotel)?;
        let about = http.get("/_control/about").await?.body;
        let text = |path: &str| about.pointer(path).and_then(Value::as_str).map(str::to_owned);
        let (Some(slug), Some(key), Some(socket)) =
            (text("/slug"), text("/pusher/key"), text("/pusher/host"))
        else {
            return Err(GuestError::Foreign { address: http.address().to_owned() });
        };
        let room = arguments.room;
        let known = found(&about["rooms"], room)?;
        let part = |name: &str| known[name].as_str().unwrap_or_default();
        let side = match known["guest_token"].as_str() {
            Some(token) => Side::by_booking(http, &slug, token).await?,
            None => {
                let pin = arguments.pin.as_deref().unwrap_or_else(|| part("pin"));
                Side::by_pin(http, &slug, room, pin).await?
            }
        };
        let newest = newest_of(&side.messages(PAGE).await?);
        Ok(Self { side, room, key, socket, newest })
    }

    fn listen(&self, arguments: &Arguments, clock: SharedClock) -> Result<(Client, Events), GuestError> {
        let endpoint =
            Endpoint::from_host(&self.socket).map_err(|error| GuestError::Events(error.to_string()))?;
        let mut config =
            Config { seed: arguments.seed, proxy: Proxy::Direct, ..Config::new(self.key.clone(), endpoint) };
        if let Some(path) = &self.side.authorise {
            config = config.with_authorizer(Signer { http: self.side.http.clone(), path: path.clone() });
        }
        let (client, events) = Client::start(config, clock);
        client.subscribe(&self.side.channel).map_err(|error| GuestError::Events(error.to_string()))?;
        Ok((client, events))
    }

    async fn say(&self, text: &str) -> Result<(), GuestError> {
        self.side.post(&self.side.send, &json!({"message": text})).await?;
        print(&format!("Room {}: {text}", self.room));
        Ok(())
    }

    /// Reads the messages, prints the new ones of the desk, and returns their number.
    async fn read(&mut self) -> Result<usize, GuestError> {
        let mut new = self.side.messages(PAGE).await?;
        new.retain(|message| message["id"].as_i64().is_some_and(|id| id > self.newest));
        self.newest = self.newest.max(newest_of(&new));
        new.retain(|message| message["sender_type"] == "staff");
        for message in &new {
            let text = |name: &str| message[name].as_str().unwrap_or_default();
            print(&format!("{}: {}", text("staff_display_name"), text("message")));
        }
        if !new.is_empty() {
            self.side.post(&self.side.mark_read, &json!({})).await?;
        }
        Ok(new.len())
    }
}

fn newest_of(messages: &[Value]) -> i64 {
    messages.iter().filter_map(|message| message["id"].as_i64()).max().unwrap_or(0)
}

fn found(rooms: &Value, room: i64) -> Result<&Value, GuestError> {
    let rooms = rooms.as_array().map(Vec::as_slice).unwrap_or_default();
    rooms.iter().find(|known| known["room_number"] == room).ok_or_else(|| {
        let known: Vec<String> = rooms.iter().map(|known| known["room_number"].to_string()).collect();
        GuestError::Room { room, known: known.join(", ") }
    })
}

/// Prints a line at once. A closed output does not end the conversation.
fn print(line: &str) {
    let mut out = std::io::stdout();
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        tracing::debug!("the output is closed");
    }
}
