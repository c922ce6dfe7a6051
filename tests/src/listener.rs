//! A listener of the hotel's events that does nothing else.

#![expect(clippy::expect_used, reason = "test support: a listener that does not listen is a failed test")]

use std::time::Duration;

use demo_hotel::DemoHotel;
use pusher::{Client, Config, Endpoint, Event, Events, Notice, SystemClock};

/// A listener of one channel.
pub struct Listener {
    events: Events,
    // The connection ends with its client.
    _client: Client,
}

impl Listener {
    /// Returns a listener of this channel, once it listens.
    pub async fn of(hotel: &DemoHotel, channel: &str) -> Self {
        let pusher = hotel.pusher();
        let endpoint = Endpoint::from_host(&pusher.host).expect("the address of the events");
        let (client, mut events) = Client::start(Config::new(pusher.key, endpoint), SystemClock::shared());
        client.subscribe(channel).expect("a channel");
        client.connect();
        while !matches!(events.next().await.expect("the listener goes on"), Notice::Subscribed { .. }) {}
        Self { events, _client: client }
    }

    /// Waits for an event that `is_wanted`, and returns the time of its arrival since 1970.
    pub async fn arrival(&mut self, is_wanted: impl Fn(&Event) -> bool) -> Duration {
        loop {
            let notice = self.events.next().await.expect("the listener goes on");
            if let Notice::Event(event) = notice
                && is_wanted(&event)
            {
                return event.received_at;
            }
        }
    }
}
