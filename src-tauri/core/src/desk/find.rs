//! Finds an entity that a person named on a command line.

use super::Desk;
use crate::error::DeskError;
use crate::ids::{LocalId, ServerId};
use crate::resources::Kind;
use crate::store::entities;

impl Desk {
    /// Finds an entity of this kind by the server's number or the local key, as typed.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::error::ErrorCode::NotFound) if there is none.
    pub async fn find_entity(&self, kind: Kind, text: &str) -> Result<LocalId, DeskError> {
        let engine = self.engine()?;
        let text = text.trim().to_owned();
        let found = engine
            .store
            .read(move |db| match (text.parse::<i64>(), text.parse::<LocalId>()) {
                (Ok(number), _) => {
                    Ok(entities::by_server_id(db, kind, ServerId(number))?.map(|row| row.local_id))
                }
                (_, Ok(id)) => {
                    Ok(entities::get(db, id).ok().filter(|row| row.kind == kind).map(|row| row.local_id))
                }
                _ => Ok(None),
            })
            .await?;
        found.ok_or_else(|| DeskError::not_found(kind.resource().name))
    }
}
