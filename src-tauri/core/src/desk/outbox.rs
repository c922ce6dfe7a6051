//! The outbox, for people.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::Connection;

use super::Desk;
use super::conflicts::conflicts;
use crate::engine::Engine;
use crate::error::{DeskError, failure};
use crate::ids::{IntentId, LocalId, ServerId};
use crate::model::{Intent, IntentState, Trouble};
use crate::outbox::effective::effective;
use crate::outbox::queue::{self, OldPicture};
use crate::outbox::words;
use crate::records::Slot;
use crate::resources::Kind;
use crate::store::entities::Tombstone;
use crate::store::{StoreError, entities, intents};
use crate::views::{Change, ConflictView, IntentKind, Likeness, OutboxItem, OutboxView};

impl Desk {
    /// Returns all intents that have not reached the hotel, in the order of their creation.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn outbox(&self) -> Result<OutboxView, DeskError> {
        let engine = self.engine()?;
        let view = engine.store.read(|db| {
            let all = intents::all(db)?;
            let mut lanes: HashMap<LocalId, Vec<Intent>> = HashMap::new();
            all.iter().for_each(|intent| lanes.entry(intent.lane).or_default().push(intent.clone()));
            let items = all
                .iter()
                .map(|intent| {
                    let lane = lanes.get(&intent.lane).map(Vec::as_slice).unwrap_or_default();
                    let (kind, title) = about(db, intent.lane, lane)?;
                    Ok(words::item(intent, lane, kind, title))
                })
                .collect::<Result<_, StoreError>>()?;
            Ok(items)
        });
        Ok(OutboxView { items: with_doubts(&engine, view.await?).await? })
    }

    /// Returns every conflict that waits for a choice, with both sides.
    ///
    /// # Errors
    /// As [`outbox`](Self::outbox).
    pub async fn conflicts(&self) -> Result<Vec<ConflictView>, DeskError> {
        let engine = self.engine()?;
        Ok(engine.store.read(|db| conflicts(db, &intents::all(db)?)).await?)
    }

    /// Tries an intent again now. If a colleague has removed its entity meanwhile, a new one is created.
    ///
    /// # Errors
    /// [`TooLate`](ErrorCode::TooLate) if it is in flight or cannot be repeated.
    pub async fn retry_intent(&self, id: IntentId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let (fresh, picture) = (self.fresh(), old_picture(&engine, id).await?);
        engine.store.write(move |tx| queue::retry(tx, fresh, id, picture)).await?;
        engine.hurry().await;
        Ok(())
    }

    /// Discards an intent; [`OutboxItem::discard_loses`](crate::views::OutboxItem) contains the loss.
    ///
    /// # Errors
    /// [`TooLate`](ErrorCode::TooLate) if it may have left already; see [`discard_doubtful`](Self::discard_doubtful).
    pub async fn discard_intent(&self, id: IntentId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        if is_doubtful(&engine, id).await? {
            return Err(failure!(TooLate, "error-doubtful"));
        }
        engine.queue(move |tx| queue::discard(tx, id, false)).await?;
        Ok(())
    }

    /// Discards a create whose outcome is unknown. If it was carried out, its entity stays at the hotel.
    ///
    /// # Errors
    /// [`TooLate`](ErrorCode::TooLate) if it is in flight, or may still be carried out.
    pub async fn discard_doubtful(&self, id: IntentId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let anyway = is_doubtful(&engine, id).await?;
        engine.queue(move |tx| queue::discard(tx, id, anyway)).await?;
        Ok(())
    }

    /// Sends a create again whose outcome is unknown. The entity may be created twice.
    ///
    /// # Errors
    /// [`TooLate`](ErrorCode::TooLate) if it is in flight, or may still be carried out.
    pub async fn send_again(&self, id: IntentId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        if !is_doubtful(&engine, id).await? {
            return Err(StoreError::TooLate.into());
        }
        engine.store.write(move |tx| queue::send_again(tx, id)).await?;
        engine.hurry().await;
        Ok(())
    }

    /// Sends the waiting intents although the data was restored from a backup. The entities of waiting creates are
    /// looked for at the hotel first.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn send_restored(&self) -> Result<(), DeskError> {
        let engine = self.engine()?;
        engine.sender.may_go_on().await?;
        engine.store.announce(Change::Status);
        engine.hurry().await;
        Ok(())
    }

    /// Chooses the hotel's entity that a create with a lost answer has made, if only similar ones were found. The other
    /// waiting intents then apply to that entity, and differences are a conflict.
    ///
    /// # Errors
    /// [`TooLate`](ErrorCode::TooLate) if the question is no longer open, [`NotFound`](ErrorCode::NotFound) if the
    /// hotel has removed the entity.
    pub async fn adopt_intent(&self, id: IntentId, number: ServerId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let transitions = engine.transitions();
        engine.queue(move |tx| transitions.adopted(tx, id, number)).await?;
        engine.look_for_pictures();
        Ok(())
    }
}

async fn is_doubtful(engine: &Arc<Engine>, id: IntentId) -> Result<bool, DeskError> {
    let intent = engine.store.read(move |db| intents::get(db, id)).await?;
    Ok(engine.is_past_settling(&intent))
}

/// Adds the doubts about creates with lost answers, which only a session can determine.
pub(super) async fn with_doubts(
    engine: &Arc<Engine>,
    items: Vec<OutboxItem>,
) -> Result<Vec<OutboxItem>, DeskError> {
    let in_doubt = |item: &OutboxItem| {
        item.kind == IntentKind::Create && matches!(item.state, IntentState::Attention | IntentState::Unclear)
    };
    if !items.iter().any(in_doubt) {
        return Ok(items);
    }
    let known = Arc::clone(engine);
    let items = engine.store.read(move |db| {
        let add = |mut item: OutboxItem| {
            // An intent that was resolved meanwhile is no longer in doubt.
            if in_doubt(&item)
                && let Some(create) = intents::find(db, item.id)?
            {
                item.like = likenesses(db, &create, item.about)?;
                words::likeness_removed(&mut item);
                item.is_doubtful = known.is_past_settling(&create);
            }
            Ok(item)
        };
        items.into_iter().map(add).collect::<Result<_, StoreError>>()
    });
    Ok(items.await?)
}

/// Returns the similar entities of the person's question that still exist.
fn likenesses(db: &Connection, create: &Intent, kind: Option<Kind>) -> Result<Vec<Likeness>, StoreError> {
    let (Some(Trouble::LooksLike { like }), Some(kind)) = (&create.note.trouble, kind) else {
        return Ok(Vec::new());
    };
    let mut shown = Vec::new();
    for number in like {
        let row = entities::by_server_id(db, kind, *number)?.filter(|row| row.tombstone == Tombstone::No);
        if let Some((entity, base)) = row.and_then(|row| Some((row.local_id, row.base?))) {
            shown.push(Likeness { number: *number, entity, title: base.title() });
        }
    }
    Ok(shown)
}

/// Returns the picture of an entity that this intent creates again, if it does. A missing picture is fetched, because
/// the hotel usually keeps the picture of a removed entity.
async fn old_picture(engine: &Engine, id: IntentId) -> Result<OldPicture, StoreError> {
    let shown = engine.store.read(move |db| {
        let intent = intents::get(db, id)?;
        let is_gone = matches!(intent.note.trouble, Some(Trouble::DeletedThere | Trouble::RemovedLate));
        if intent.state != IntentState::Attention || !is_gone {
            return Ok(None);
        }
        if intents::of_lane(db, intent.lane)?
            .iter()
            .any(|other| other.operation.is_about_picture(Slot::Photo))
        {
            return Ok(None);
        }
        let row = entities::get(db, intent.lane)?;
        let url = row.latest().and_then(|shown| shown.picture(Slot::Photo).url).filter(|url| !url.is_empty());
        Ok(url.map(|url| (intent.lane, url)))
    });
    let Some((entity, url)) = shown.await? else { return Ok(OldPicture::None) };
    let picture = engine.pictures.at(entity, &url).await?;
    Ok(picture.map_or(OldPicture::Lost, OldPicture::Here))
}

/// Returns the kind of a lane's entity, and its name for people. The kind is `None` if this version does not know it.
pub(super) fn about(
    db: &Connection,
    id: LocalId,
    lane: &[Intent],
) -> Result<(Option<Kind>, String), StoreError> {
    let row = match entities::get(db, id) {
        Ok(row) => row,
        Err(StoreError::NotFound(_)) => return Ok((None, String::new())),
        Err(error) => return Err(error),
    };
    let title = match (row.latest(), row.kind) {
        (Some(base), Kind::Gallery) => base.title(),
        _ => effective(&row, lane).map(|shown| row.kind.table().title(&shown.fields)).unwrap_or_default(),
    };
    Ok((Some(row.kind), title))
}
