//! Pictures of guests that a screen shows, in memory only: nothing of them is stored on the disk.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::ids::MediaHash;

/// The space for pictures, in bytes.
const CAP: usize = 32 << 20;
/// The number of pictures that are fetched at the same time.
const AT_ONCE: usize = 3;

/// A prepared picture: its bytes and its content type.
pub type Preview = (Bytes, &'static str);

/// The pictures of one account that were used last.
#[derive(Debug)]
pub struct Previews {
    /// The picture that was used last is at the end.
    kept: Mutex<VecDeque<(MediaHash, Preview)>>,
    turns: Semaphore,
}

impl Default for Previews {
    fn default() -> Self {
        Self { kept: Mutex::default(), turns: Semaphore::new(AT_ONCE) }
    }
}

impl Previews {
    /// Waits until a picture may be fetched. Dropping the permit lets the next one begin.
    pub async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed.
        self.turns.acquire().await.ok()
    }

    /// Returns a kept picture.
    pub fn get(&self, id: &MediaHash) -> Option<Preview> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(known, _)| known == id)?;
        let found = kept.remove(place)?;
        let picture = found.1.clone();
        kept.push_back(found);
        Some(picture)
    }

    /// Keeps a picture. Those that were not used for the longest time make room for it.
    pub fn put(&self, id: MediaHash, picture: Preview) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| *known != id);
        kept.push_back((id, picture));
        let mut size: usize = kept.iter().map(|(_, (bytes, _))| bytes.len()).sum();
        while size > CAP && kept.len() > 1 {
            size -= kept.pop_front().map_or(0, |(_, (bytes, _))| bytes.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(megabytes: usize) -> Preview {
        (vec![0; megabytes << 20].into(), "image/jpeg")
    }

    #[test]
    fn the_pictures_that_were_not_used_for_the_longest_time_make_room() {
        let previews = Previews::default();
        let ids = [b"a", b"b", b"c"].map(|name| MediaHash::of(name));
        previews.put(ids[0].clone(), picture(15));
        previews.put(ids[1].clone(), picture(15));
        assert!(previews.get(&ids[0]).is_some());
        previews.put(ids[2].clone(), picture(15));
        let there = ids.map(|id| previews.get(&id).is_some());
        assert_eq!(there, [true, false, true]);
    }
}
