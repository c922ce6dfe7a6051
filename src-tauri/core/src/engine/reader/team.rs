//! The open clock logs: since when people are on duty. Most staff lists do not contain it.

use super::Reader;
use crate::engine::apply;
use crate::ids::ServerId;
use crate::resources::{DutyStatus, Kind};
use crate::store::{StoreError, entities};

impl Reader {
    /// Reads since when the people of a list are on duty, unless the list contains it. A server that refuses or fails
    /// leaves the times of earlier events as they are.
    pub(super) async fn read_open_logs(&self, kind: Kind) -> Result<(), StoreError> {
        let rows = self.store.read(move |db| entities::all(db, kind)).await?;
        let lacks_time = |row: &entities::EntityRow| {
            let fields = row.latest()?.fields();
            let is_on_duty = DutyStatus::named(&fields.text("duty")).is_some_and(DutyStatus::is_on_duty);
            row.server_id.filter(|_| is_on_duty && fields.text("since").is_empty())
        };
        let people: Vec<ServerId> = rows.iter().filter_map(lacks_time).collect();
        if people.is_empty() {
            return Ok(());
        }
        match self.connectivity.api().open_logs(self.connectivity.generation(), &people).await {
            Ok(logs) => self.store.write(move |tx| apply::duty::open_logs(tx, &logs)).await,
            Err(error) => {
                tracing::info!(%error, "the open clock logs could not be read");
                Ok(())
            }
        }
    }
}
