//! Files of messages: pictures for the screen, and files for the person.
//!
//! A file is fetched from an address in a message, and anyone can publish an event with a message (contract.md 12, trap
//! 25). So only addresses that a read or an answer of the hotel has brought are used. What a guest sent never reaches
//! the disk by itself: pictures for the screen are made anew from the decoded ones, and stay in memory.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use bytes::Bytes;
use rusqlite::Connection;

use super::{Desk, new_file};
use crate::engine::Engine;
use crate::error::{DeskError, failure};
use crate::hotel::PictureHostError;
use crate::ids::{MediaHash, ServerId};
use crate::media::{Job, PrepareOptions, Preview, TIME_LIMIT};
use crate::resources::{MessageFile, safe_name};
use crate::store::StoreError;
use crate::store::messages::{self, MessageRow};
use crate::views::ExportedFile;

impl Desk {
    /// Returns a picture of a message for the screen: its bytes and its content type. `key` is the message's key.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::ErrorCode::NotFound) if the message has no such picture,
    /// [`BadPicture`](crate::error::ErrorCode::BadPicture), or those of the host of the files.
    pub async fn chat_picture(&self, key: u32, id: &MediaHash) -> Result<Preview, DeskError> {
        let engine = self.engine()?;
        let wanted = id.clone();
        let known = engine.store.read(move |db| {
            let files = confirmed_files(db, messages::by_key(db, key.into())?)?;
            Ok(files.into_iter().find(|file| file.is_picture && file.id() == wanted))
        });
        let file = known.await?.ok_or_else(|| DeskError::not_found("picture"))?;
        let _turn = engine.previews.turn().await;
        if let Some(kept) = engine.previews.get(id) {
            return Ok(kept);
        }
        let bytes = fetch(&engine, &file).await?;
        let time = async || self.inner.environment.sleep(TIME_LIMIT).await;
        let preparing = &self.inner.preparing;
        let prepared = preparing.prepare(bytes.into(), PrepareOptions::default(), &Job::new(), time).await?;
        let preview = (Bytes::from(prepared.bytes), prepared.mime);
        engine.previews.put(id.clone(), preview.clone());
        Ok(preview)
    }

    /// Fetches a file of a message, and writes it into a new file in `folder`. `place` is its place among the message's
    /// files, from 0. The name is made harmless, and no file is overwritten.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::ErrorCode::NotFound) if the message has no such file; those of the host of the files;
    /// and those of a folder that refuses.
    pub async fn save_chat_file(
        &self,
        message: ServerId,
        place: u32,
        folder: PathBuf,
    ) -> Result<ExportedFile, DeskError> {
        let engine = self.engine()?;
        let known = engine.store.read(move |db| {
            Ok(confirmed_files(db, messages::find(db, message)?)?.into_iter().nth(place as usize))
        });
        let file = known.await?.ok_or_else(|| DeskError::not_found("file"))?;
        let bytes = fetch(&engine, &file).await?;
        let (stem, ending) = safe_name(&file.name);
        let write = move |file: &mut File| file.write_all(&bytes);
        let (file, ()) = new_file::save(folder, (&stem, &ending), write).await?;
        Ok(ExportedFile { file, entries: 1 })
    }
}

/// Returns the files of a message whose addresses the hotel has confirmed.
fn confirmed_files(db: &Connection, row: Option<MessageRow>) -> Result<Vec<MessageFile>, StoreError> {
    match row {
        Some(row) if messages::is_confirmed(db, &row)? => Ok(row.content.unwrap_or_default().files),
        _ => Ok(Vec::new()),
    }
}

/// Downloads a file of a message.
async fn fetch(engine: &Engine, file: &MessageFile) -> Result<Bytes, DeskError> {
    engine.connectivity.api().fetch_picture(&file.url).await.map_err(|error| {
        let failed = match &error {
            PictureHostError::Tombstone => DeskError::not_found("file"),
            PictureHostError::Away { .. } => failure!(Offline, "error-file-host-away"),
            PictureHostError::Refused { .. } | PictureHostError::Unusable { .. } => {
                failure!(Unexpected, "error-file-host", cause = error.to_string())
            }
        };
        failed.logged_as(error.to_string())
    })
}
