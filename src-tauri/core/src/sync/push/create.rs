//! Making what the hotel does not have yet.

use super::{Session, Stop, kept_failing, reading};
use crate::model::{Intent, IntentState, Wish};
use crate::outbox::adopt;
use crate::store::things::{self, Seen};

impl Session {
    /// A create is sent only after the whole list was read in this stretch of being online. Then whatever
    /// equals it later, and nobody owns, is its own.
    pub(super) async fn create(&self, intent: &Intent) -> Result<(), Stop> {
        let Wish::Create { content } = &intent.wish else { return Err(Stop::NotYet) };
        let (id, lane) = (intent.id, intent.lane);
        let kind = self.store.read(move |db| things::kind_of(db, lane)).await?;
        if intent.state == IntentState::Unclear {
            self.pull(kind).await.map_err(reading)?;
            let create = intent.clone();
            let found =
                self.store.read(move |db| Ok((adopt::made_by(db, &create)?, things::tick(db)?))).await?;
            if let (Some(copy), since) = found {
                let (sender, seen) = (self.sender(), Seen { copy, since });
                return Ok(self.store.write(move |tx| sender.created(tx, id, &seen)).await?);
            }
            if let Some(message) = kept_failing(intent) {
                return Err(Stop::KeepsFailing(message));
            }
        } else if !self.has_looked(kind) {
            self.pull(kind).await.map_err(reading)?;
        }
        let known = self.store.read(move |db| things::highest_server_id(db, kind)).await?;
        let remember = move |intent: &mut Intent| {
            intent.note.known_up_to.get_or_insert(known);
        };
        let since = self.depart(intent, intent.wish.clone(), remember).await?;
        let copy = self.api().create(kind, content).await.map_err(Stop::Writing)?;
        let (sender, seen) = (self.sender(), Seen { copy, since });
        self.store.write(move |tx| sender.created(tx, id, &seen)).await?;
        self.wake_pictures.notify_one();
        Ok(())
    }
}
