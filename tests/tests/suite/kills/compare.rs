//! Compares the final data of the hotel and the desk with the ledger.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::Value;

use crate::kills::desk::Desk;
use crate::kills::entities::Sort;

/// The suffixes of the files beside a sound database: its log, its index, the locks of the processes that have it open,
/// and the number of the newest request that left.
const BESIDE: [&str; 5] = ["-wal", "-shm", ".lock", ".opening", ".left"];

impl Desk<'_> {
    /// Compares hotel, desk and ledger, and checks the database.
    pub async fn compare(&mut self) {
        for sort in [Sort::Offer, Sort::Room, Sort::Branding] {
            let hotel = sort.at_hotel(self.hotel);
            self.ledger.compare(sort, &hotel, &mut self.findings);
            let shown = self.list(sort).await;
            assert_eq!(shown.len(), hotel.len(), "as many {sort:?} here as there");
            for entity in &shown {
                assert_eq!(entity["sync"], "saved", "{entity}");
            }
            self.compare_pictures(sort, &shown).await;
        }
        self.compare_gallery().await;
        self.compare_chat().await;
        let databases = databases(self.folder);
        assert_eq!(databases.len(), 1, "one account, and nothing set aside: {databases:?}");
        let database = Connection::open(&databases[0]).unwrap();
        let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok");
    }

    async fn compare_pictures(&mut self, sort: Sort, shown: &[Value]) {
        for entry in self.ledger.entries.iter().filter(|entry| entry.sort == sort) {
            let Some(entity) = shown.iter().find(|entity| entity["local_id"] == *entry.key) else {
                self.findings.lost.push(format!("{entry:?} has another key now"));
                continue;
            };
            let Some(hash) = entry.picture.as_str() else { continue };
            let address = sort.address(entity);
            let found = match address.as_str() {
                Some(address) => desk_tests::hash_at(&self.api().await, address).await,
                None => String::new(),
            };
            if found != hash {
                self.findings.lost.push(format!("the picture of {entry:?}: {address}"));
            }
        }
    }
}

/// Returns every database under the data folder, including those that were set aside.
fn databases(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(databases(&path));
        } else if name.contains(".sqlite") && !BESIDE.iter().any(|end| name.ends_with(end)) {
            found.push(path);
        }
    }
    found
}
