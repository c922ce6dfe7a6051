//! Reads the messages of conversations, from the newest one backwards (contract.md 8.3).

use super::{PullError, Reader};
use crate::engine::apply::chat::{self, Here, Newest};
use crate::hotel::{ApiError, MessagePage};
use crate::ids::{LocalId, ServerId};
use crate::resources::Kind;
use crate::store::{StoreError, conversations, entities, messages};

/// The largest number of pages that are read to reach the messages that are here already. With more missing messages,
/// the older ones are forgotten and read again when a person scrolls to them.
const PAGES: usize = 4;

impl Reader {
    /// Returns the person and the time for storing messages.
    pub(in crate::engine) fn here(&self) -> Here {
        Here { staff: self.account.staff_id, now: self.now() }
    }

    /// Reads the list of the conversations.
    pub async fn read_conversations(&self) -> Result<(), PullError> {
        self.pull(Kind::Conversation).await
    }

    /// Reads the newest messages of a conversation, back to those that are here already.
    pub async fn read_messages(&self, conversation: ServerId) -> Result<(), PullError> {
        self.read_back_to(conversation, None).await
    }

    /// Reads the newest messages of a conversation, and those around an older number that an event named.
    pub(in crate::engine) async fn read_back_to(
        &self,
        conversation: ServerId,
        number: Option<ServerId>,
    ) -> Result<(), PullError> {
        let known = move |db: &rusqlite::Connection| {
            let row = entities::by_server_id(db, Kind::Conversation, conversation)?;
            let row = row.ok_or(StoreError::NotFound("conversation"))?;
            let cursor = conversations::cursor(db, row.local_id)?;
            Ok((row, cursor, messages::newest_key(db)?))
        };
        let (row, cursor, began_at) = self.store.read(known).await?;
        let mut pages: Vec<MessagePage> = Vec::new();
        let mut before = None;
        let joins = loop {
            let page = self.page_of(conversation, before).await?;
            let lowest = page.messages.first().map(|message| message.id);
            let is_joined = lowest.is_none_or(|lowest| lowest.0 <= cursor.complete_to);
            let is_last = page.has_start || pages.len() + 1 >= PAGES || cursor.complete_to == 0;
            pages.push(page);
            before = lowest;
            if is_joined || is_last {
                break is_joined;
            }
        };
        let (here, lane) = (self.here(), row.local_id);
        let read = Newest { pages, joins, began_at };
        self.store.write(move |tx| chat::newest(tx, here, &row, &read)).await?;
        if let Some(number) = number.filter(|number| before.is_some_and(|lowest| *number < lowest)) {
            let page = self.page_of(conversation, Some(ServerId(number.0.saturating_add(1)))).await?;
            self.store.write(move |tx| chat::older(tx, lane, &page)).await?;
        }
        self.connectivity.change(|state| {
            state.read_conversations.insert(conversation);
        });
        Ok(())
    }

    /// Reads a page of older messages. Does nothing if the oldest message is here.
    pub async fn read_older_messages(&self, conversation: LocalId) -> Result<(), PullError> {
        let known = move |db: &rusqlite::Connection| {
            let number = entities::get(db, conversation)?.server_id;
            let oldest = messages::oldest_complete(db, conversation)?;
            Ok((number, oldest, conversations::cursor(db, conversation)?.has_start))
        };
        let (Some(number), oldest, has_start) = self.store.read(known).await? else { return Ok(()) };
        if has_start {
            return Ok(());
        }
        let page = self.page_of(number, oldest).await?;
        Ok(self.store.write(move |tx| chat::older(tx, conversation, &page)).await?)
    }

    async fn page_of(
        &self,
        conversation: ServerId,
        before: Option<ServerId>,
    ) -> Result<MessagePage, PullError> {
        let (api, generation) = (self.connectivity.api(), self.connectivity.generation());
        let page = api.messages(generation, conversation, before).await;
        match &page {
            Ok(_) => self.connectivity.reached(),
            // The conversation is gone. The next read of the list shows it.
            Err(ApiError::NotFound) => self.wakes.pull.notify_one(),
            Err(error) => self.connectivity.failed(error),
        }
        Ok(page?)
    }
}
