//! Sends messages to guests.
//!
//! A message is sent once, and its outcome is read. It holds the later ones of its conversation back for [`PATIENCE`]
//! after its answer was lost. Then a person is asked, and the others continue. Nothing is sent in a conversation whose
//! messages were not read since the hotel became reachable, or of which an event brought more than a read has confirmed:
//! otherwise a message of another desk of the same person could be taken for this one.

use std::time::Duration;

use super::Sender;
use super::step::{Stop, reading};
use super::uploads::Failed;
use crate::hotel::{ApiError, Upload};
use crate::ids::{IntentId, ServerId};
use crate::model::{Intent, IntentState, Operation};
use crate::outbox::chat;
use crate::records::strip;
use crate::resources::{self, MessageContent, ServerMessage, file_type};
use crate::store::{entities, intents, message_files, messages};
use crate::views::Change;

/// The time after which a person is asked about a message whose answer was lost.
const PATIENCE: Duration = Duration::from_secs(15);

impl Sender {
    pub(super) async fn say(&self, intent: &Intent) -> Result<(), Stop> {
        let Operation::Say { reply_to, with_file } = intent.operation else { return Err(Stop::NotYet) };
        let (id, lane) = (intent.id, intent.lane);
        let read = move |db: &rusqlite::Connection| {
            let (number, message) = (entities::get(db, lane)?.server_id, messages::of_intent(db, id)?);
            Ok((number, message, chat::is_stopped(db)?, messages::has_unconfirmed(db, lane)?))
        };
        let (number, message, is_stopped, has_unconfirmed) = self.store.read(read).await?;
        let number = number.ok_or(Stop::DeletedThere)?;
        let (staff, content) =
            message.and_then(|row| Some((row.staff?, row.content?))).ok_or(Stop::TextLost)?;
        if intent.state == IntentState::Unclear {
            return self.look_for_message(intent, number).await;
        }
        if is_stopped {
            return Err(Stop::NotYet);
        }
        if has_unconfirmed || !self.connectivity.state().read_conversations.contains(&number) {
            self.reader.read_messages(number).await.map_err(reading)?;
        }
        let known = self.store.read(messages::highest_confirmed).await?;
        if with_file {
            return self.say_with_file(intent, number, (staff, content), known).await;
        }
        let remember = move |intent: &mut Intent| {
            intent.note.known_up_to.get_or_insert(known);
        };
        self.depart(intent, intent.operation.clone(), remember).await?;
        let (api, generation) = (self.connectivity.api(), self.connectivity.generation());
        let answer = api.send_message(generation, number, &content.text, reply_to).await;
        let sent = answer.map_err(|error| match error {
            ApiError::NotFound => Stop::DeletedThere,
            other => Stop::Writing(other),
        })?;
        if sent.id.0 <= known {
            return Err(Stop::Writing(ApiError::OtherRow { asked: None, answered: sent.id.0 }));
        }
        self.was_said(id, sent).await
    }

    /// Stores the hotel's answer to a message.
    async fn was_said(&self, id: IntentId, sent: ServerMessage) -> Result<(), Stop> {
        if sent.sender == resources::Sender::Guest {
            return Ok(self.note(move |outbox, tx| outbox.said_as_guest(tx, id)).await?);
        }
        self.note(move |outbox, tx| outbox.said(tx, id, &sent)).await?;
        // The conversation may have had no message before, and then it was not followed.
        self.wakes.chat.notify_one();
        Ok(())
    }

    /// Sends a message with a file. A message without the file, which an earlier upload has left at the hotel, gets it.
    async fn say_with_file(
        &self,
        intent: &Intent,
        number: ServerId,
        (staff, content): (ServerId, MessageContent),
        known: i64,
    ) -> Result<(), Stop> {
        let id = intent.id;
        let file = self.store.read(move |db| message_files::get(db, id)).await?.ok_or(Stop::TextLost)?;
        let mime = content
            .files
            .first()
            .and_then(|file| file_type(&file.name))
            .unwrap_or("application/octet-stream");
        let file = Upload { bytes: file.into(), mime };
        let (asked, sent_content) = (intent.clone(), content.clone());
        let left = self.store.read(move |db| chat::empty_rows(db, &asked, (staff, &sent_content))).await?;
        let into = left.last().copied();
        let remember = move |intent: &mut Intent| {
            intent.note.known_up_to.get_or_insert(known);
        };
        let request = self.depart(intent, intent.operation.clone(), remember).await?;
        let (api, generation) = (self.connectivity.api(), self.connectivity.generation());
        let (message, file) = (&content, &file);
        let send = |progress| async move {
            api.send_file(generation, number, (message, into), file, progress).await
        };
        let answer = self.uploads.run(intent.lane, self.progress_of(intent.lane), send).await;
        // The bar ends with the upload.
        self.store.announce(Change::Upload { entity: intent.lane, sent: 0, total: 0 });
        // An upload takes time: the server has received all of it only now.
        self.open_requests.left(request);
        let sent = match answer {
            Ok(sent) => sent,
            Err(Failed::Stopped) => return Err(Stop::Stopped),
            Err(Failed::Api(ApiError::NotFound)) => return Err(Stop::DeletedThere),
            Err(Failed::Cut(cause)) => {
                return Err(Stop::Writing(ApiError::Offline { cause, speaks_no_tls: false }));
            }
            Err(Failed::Api(error)) => {
                if matches!(error, ApiError::Rejected { .. } | ApiError::TooLarge) {
                    self.remove_empty_rows(intent, number, (staff, content), known).await?;
                }
                return Err(Stop::Writing(error));
            }
        };
        let is_it = into.map_or(sent.id.0 > known, |into| sent.id == into);
        if !is_it {
            return Err(Stop::Writing(ApiError::OtherRow {
                asked: into.map(|id| id.0),
                answered: sent.id.0,
            }));
        }
        self.was_said(id, sent).await
    }

    /// Removes the message without a file that a refused upload has left at the hotel (contract.md 8.5). If it cannot be
    /// removed, it is shown in the conversation, as the guest sees it. A message that has a text and is not above `known`
    /// was there before this attempt, so the person can have written it at another desk, and it stays.
    async fn remove_empty_rows(
        &self,
        intent: &Intent,
        conversation: ServerId,
        (staff, content): (ServerId, MessageContent),
        known: i64,
    ) -> Result<(), Stop> {
        let (id, generation) = (intent.id, self.connectivity.generation());
        if self.reader.read_messages(conversation).await.is_err() {
            return Ok(());
        }
        let sent = content.clone();
        let is_new = |row: &ServerId| row.0 > known || strip(&content.text).is_empty();
        let rows = self.store.read(move |db| chat::empty_rows(db, &intents::get(db, id)?, (staff, &sent)));
        for row in rows.await?.into_iter().filter(is_new) {
            if let Err(error) = self.connectivity.api().delete_message(generation, row).await {
                tracing::info!(%error, "a message without its file stays at the hotel");
                continue;
            }
            let lane = intent.lane;
            self.store.write(move |tx| messages::remove(tx, lane, row)).await?;
        }
        Ok(())
    }

    /// Reads the conversation of a message whose answer was lost. The read ends the intent if it shows the message.
    async fn look_for_message(&self, intent: &Intent, conversation: ServerId) -> Result<(), Stop> {
        let id = intent.id;
        self.may_still_come(intent).await?;
        self.reader.read_messages(conversation).await.map_err(reading)?;
        let Some(intent) = self.store.read(move |db| intents::find(db, id)).await? else { return Ok(()) };
        let open_for =
            intent.open.and_then(|request| self.open_requests.open_for(request)).unwrap_or_default();
        if open_for >= PATIENCE {
            return Err(Stop::NotAgain);
        }
        let wait = self.open_requests.next_look(open_for).min(PATIENCE - open_for);
        Err(Stop::StillOpen { wait })
    }
}
