//! Commands about whole accounts, for a person who leaves and for a computer that is replaced.
//!
//! They do not open a [`Desk`](super::Desk), which would open all accounts. They work on the files of one account while
//! no process has it open.

mod list;
mod moving;
mod parcel;
mod remove;
mod taking;

use std::path::PathBuf;

use crate::account::{Account, Accounts, KeyStore, id_of};
use crate::environment::Environment;
use crate::error::{DeskError, failure};
use crate::settings::Settings;
use crate::store::removal::{DATABASE, Unopened};

/// The accounts of a data folder.
pub struct StoredAccounts {
    settings: Settings,
    environment: Environment,
    keys: KeyStore,
}

impl StoredAccounts {
    /// The accounts of the data folder that the settings name.
    pub fn of(settings: Settings) -> Self {
        Self { settings, environment: Environment::system(), keys: KeyStore }
    }

    fn known(&self) -> Accounts {
        Accounts::load(&self.settings.data_dir)
    }

    /// Returns the account with this key, or of the person with this user name.
    fn find(&self, named: &str) -> Result<Found, DeskError> {
        let all = self.all();
        if let Some(found) = all.iter().find(|found| found.id == named) {
            return Ok(found.clone());
        }
        let has_name = |found: &&Found| found.account.as_ref().is_some_and(|a| a.username == named);
        let mut fitting = all.iter().filter(has_name);
        match (fitting.next(), fitting.next()) {
            (Some(found), None) => Ok(found.clone()),
            (Some(_), Some(_)) => Err(failure!(Invalid, "error-account-ambiguous", name = named)),
            (None, _) => Err(failure!(NotFound, "error-account-not-here", name = named)),
        }
    }

    /// Returns all accounts: those in the list of the data folder, and the folders that the list does not name.
    fn all(&self) -> Vec<Found> {
        let known = self.known();
        let listed = known.all().iter().map(|account| Found {
            id: id_of(account),
            folder: known.folder_of(account),
            is_signed_in: known.is_signed_in(account),
            account: Some(account.clone()),
        });
        let mut all: Vec<Found> = listed.collect();
        for folder in known.folders() {
            let id = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if all.iter().any(|found| found.id == id) || !has_data(&folder) {
                continue;
            }
            all.push(Found { id, folder, is_signed_in: false, account: None });
        }
        all
    }
}

/// An account on this computer.
#[derive(Clone)]
struct Found {
    /// The key of the account.
    id: String,
    folder: PathBuf,
    is_signed_in: bool,
    /// `None` if only the folder is known.
    account: Option<Account>,
}

impl Found {
    /// Returns the name for sentences.
    fn name(&self) -> String {
        self.account.as_ref().map_or_else(|| self.id.clone(), |account| account.username.clone())
    }

    fn database(&self) -> PathBuf {
        self.folder.join(DATABASE)
    }

    /// Returns the account's database while no process has it open, or `None` if there is no folder.
    fn unopened(&self) -> Result<Option<Unopened>, DeskError> {
        if !self.folder.is_dir() {
            return Ok(None);
        }
        let taken = Unopened::take(&self.folder)?;
        taken.map(Some).ok_or_else(|| failure!(InUse, "error-account-in-use", name = self.name()))
    }
}

/// Returns true if a folder contains more than the locks of an account that was removed.
fn has_data(folder: &std::path::Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return true };
    let is_lock = |name: &str| name.ends_with(".lock") || name.ends_with(".opening");
    entries.flatten().any(|entry| !is_lock(&entry.file_name().to_string_lossy()))
}
