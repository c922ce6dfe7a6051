//! A copy of an entity, for a new one.

use super::Desk;
use crate::catalogue::say;
use crate::error::DeskError;
use crate::ids::{LocalId, MediaHash};
use crate::media::{Job, PrepareOptions};
use crate::records::{Datum, SORT_ORDER};
use crate::views::{EntityCopy, PreparedPicture};

impl Desk {
    /// Returns the content of an entity as the beginning of a new one: its fields with a changed name and without its
    /// place in the order, and its picture, prepared anew. Creates nothing.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::ErrorCode::NotFound), also for an entity that cannot be created by a desk; or the local
    /// database.
    pub async fn copy_of(&self, id: LocalId) -> Result<EntityCopy, DeskError> {
        let record = self.record(id).await?.record;
        let table = record.kind.table();
        if !table.can_be_made {
            return Err(DeskError::not_found(record.kind.resource().name));
        }
        let mut fields = record.fields.clone();
        fields.0.remove(SORT_ORDER);
        let title = say!("entity-copy-of", title = table.title(&record.fields));
        fields.set(table.marks[0], Datum::Text(title));
        let photo = record.photo();
        let picture = match &photo.picture {
            Some(hash) => self.prepare_cached_picture(hash).await,
            None => None,
        };
        let lacks_picture = picture.is_none() && (photo.picture.is_some() || photo.url.is_some());
        Ok(EntityCopy { fields, picture, lacks_picture })
    }

    /// Prepares a cached picture for another upload. Returns `None` if the cache does not have it, or if it cannot be
    /// prepared.
    pub async fn prepare_cached_picture(&self, hash: &MediaHash) -> Option<PreparedPicture> {
        let (bytes, _) = self.media(hash).await.ok()?;
        self.prepare_edited_picture(bytes, PrepareOptions::default(), &Job::new()).await.ok()
    }
}
