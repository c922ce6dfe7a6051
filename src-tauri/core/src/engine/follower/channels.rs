//! The channels of this sign-in: those of the server's generation, for this hotel, this person and the guest chat.

use std::collections::BTreeSet;

use pusher::Client;

use super::Follower;

impl Follower {
    /// Returns the hotel's channel. A read can recover missed events of this channel.
    pub fn hotel_channel(&self) -> String {
        self.connectivity.generation().hotel_channel(&self.account.hotel_slug)
    }

    pub(super) fn is_hotels(&self, channel: &str) -> bool {
        channel == self.hotel_channel()
    }

    /// Returns the person's own channel, or `None` while the person is not known.
    pub(super) fn own_channel(&self) -> Option<String> {
        if self.connectivity.state().identity_open {
            return None;
        }
        self.connectivity.generation().own_channel(&self.account.hotel_slug, self.account.staff_id)
    }

    /// Returns the channel of the person's clock logs, or `None` while the person is not known, and where there is none.
    pub(super) fn clock_channel(&self) -> Option<String> {
        if self.connectivity.state().identity_open {
            return None;
        }
        self.connectivity.generation().clock_channel(&self.account.hotel_slug, self.account.staff_id)
    }

    /// Returns the channels of this sign-in: the hotel's, those of the person, and those of the guest chat.
    pub(super) fn channels(&self) -> BTreeSet<String> {
        let own = [Some(self.hotel_channel()), self.own_channel(), self.clock_channel()];
        own.into_iter().flatten().chain(self.chat_channels()).collect()
    }

    /// Subscribes to the channels of this sign-in that are not `joined` yet, and leaves all others.
    pub(super) fn join(&self, client: &Client, joined: &mut BTreeSet<String>) {
        let wanted = self.channels();
        for old in joined.difference(&wanted) {
            client.unsubscribe(old);
            self.monitor.expect_no_more(old);
        }
        for new in wanted.difference(joined) {
            self.monitor.expect(new);
            if let Err(error) = client.subscribe(new) {
                tracing::warn!(%error, "a channel cannot be asked for");
            }
        }
        *joined = wanted;
    }
}
