//! The accounts that a data folder knows. It holds no secret: tokens are in the key store, and of a token from outside
//! only the hash is kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

use crate::account::{Account, Token};
use crate::error::{DeskError, failure};
use crate::ids::{MediaHash, MoveId};
use crate::replace;

const FILE: &str = "accounts.json";
/// The folder of the accounts' folders.
const FOLDERS: &str = "accounts";

/// The accounts of a data folder.
#[derive(Debug, Default)]
pub struct Accounts {
    folder: PathBuf,
    known: Known,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Known {
    /// The key of the account whose data is shown; none while the desk is locked, or if no account is signed in.
    shown: Option<String>,
    /// The keys of the accounts that are signed in, in the order of their sign-ins.
    signed_in: Vec<String>,
    /// All accounts, the one that was used last at the end.
    accounts: Vec<Account>,
    /// The hash of the token from outside that each account last used, after the hotel has confirmed the token's owner.
    #[serde(default)]
    tokens: BTreeMap<String, MediaHash>,
    /// The moves by which accounts have arrived on this computer.
    #[serde(default)]
    taken: Vec<MoveId>,
}

impl Accounts {
    /// Reads the list. A list that cannot be read counts as empty: the next sign-in repairs it.
    pub fn load(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), known: read(folder).unwrap_or_default() }
    }

    /// Reads the list again, since another process may have changed it.
    fn look_again(&mut self) {
        if let Some(known) = read(&self.folder) {
            self.known = known;
        }
    }

    /// Returns the account whose data is shown.
    pub fn shown(&self) -> Option<&Account> {
        self.with_id(self.known.shown.as_ref()?)
    }

    /// Returns the accounts that are signed in, in the order of their sign-ins.
    pub fn signed_in(&self) -> Vec<Account> {
        self.known.signed_in.iter().filter_map(|id| self.with_id(id)).cloned().collect()
    }

    fn with_id(&self, id: &str) -> Option<&Account> {
        self.known.accounts.iter().find(|account| id_of(account) == *id)
    }

    /// Returns the account that was used last, signed in or not.
    pub fn last(&self) -> Option<&Account> {
        self.shown().or_else(|| self.known.accounts.last())
    }

    /// Returns the last used account at this server, and at this hotel if one is named.
    pub fn last_at(&self, server: Option<&Url>, hotel: Option<&str>) -> Option<&Account> {
        let fits = |account: &&Account| {
            server.is_none_or(|server| *server == account.server)
                && hotel.is_none_or(|hotel| hotel == account.hotel_slug)
        };
        self.shown().filter(fits).or_else(|| self.known.accounts.iter().rev().find(fits))
    }

    /// Returns the account of which the hotel has confirmed before that this is its token.
    pub fn owner_of(&self, token: &Token) -> Option<&Account> {
        let hash = hash_of(token);
        let (id, _) = self.known.tokens.iter().find(|(_, known)| **known == hash)?;
        self.with_id(id)
    }

    /// Returns true if the hotel has confirmed before that this token belongs to this person.
    pub fn has_token(&self, account: &Account, token: &Token) -> bool {
        self.known.tokens.get(&id_of(account)) == Some(&hash_of(token))
    }

    /// Notes that the hotel confirmed that this token belongs to this person.
    ///
    /// # Errors
    /// If the data folder cannot be written.
    pub fn note_token(&mut self, account: &Account, token: &Token) -> Result<(), DeskError> {
        self.look_again();
        self.known.tokens.insert(id_of(account), hash_of(token));
        self.save()
    }

    /// Notes a sign-in. The account is shown from now on.
    ///
    /// # Errors
    /// If the data folder cannot be written.
    pub fn enter(&mut self, account: &Account) -> Result<(), DeskError> {
        self.look_again();
        let id = id_of(account);
        self.known.accounts.retain(|known| id_of(known) != id);
        self.known.accounts.push(account.clone());
        if !self.known.signed_in.contains(&id) {
            self.known.signed_in.push(id.clone());
        }
        self.known.shown = Some(id);
        self.save()
    }

    /// Notes the account whose data is shown; `None` locks the desk.
    ///
    /// # Errors
    /// If the data folder cannot be written.
    pub fn show(&mut self, account: Option<&Account>) -> Result<(), DeskError> {
        self.look_again();
        self.known.shown = account.map(id_of);
        self.save()
    }

    /// Notes a sign-out.
    ///
    /// # Errors
    /// If the data folder cannot be written.
    pub fn leave(&mut self, account: &Account) -> Result<(), DeskError> {
        self.look_again();
        self.forget(account);
        self.save()
    }

    /// Returns all known accounts, signed in or not, the one that was used last at the end.
    pub fn all(&self) -> &[Account] {
        &self.known.accounts
    }

    /// Returns true if the account is signed in.
    pub fn is_signed_in(&self, account: &Account) -> bool {
        self.known.signed_in.contains(&id_of(account))
    }

    /// Notes an account that is not signed in here.
    ///
    /// # Errors
    /// If the data folder cannot be written.
    pub fn note(&mut self, account: &Account) -> Result<(), DeskError> {
        self.look_again();
        let id = id_of(account);
        if self.known.accounts.iter().all(|known| id_of(known) != id) {
            self.known.accounts.push(account.clone());
        }
        self.save()
    }

    /// Returns true if an account has arrived on this computer by this move, also if it was removed since.
    pub fn has_taken(&self, id: MoveId) -> bool {
        self.known.taken.contains(&id)
    }

    /// Notes that an account has arrived by this move.
    ///
    /// # Errors
    /// If the data folder cannot be written.
    pub fn note_taken(&mut self, id: MoveId) -> Result<(), DeskError> {
        self.look_again();
        if !self.known.taken.contains(&id) {
            self.known.taken.push(id);
        }
        self.save()
    }

    /// Removes everything about an account, because the person leaves this computer.
    ///
    /// # Errors
    /// If the data folder cannot be written.
    pub fn remove(&mut self, account: &Account) -> Result<(), DeskError> {
        self.look_again();
        self.forget(account);
        let id = id_of(account);
        self.known.accounts.retain(|known| id_of(known) != id);
        self.known.tokens.remove(&id);
        self.save()
    }

    /// Notes that another process has signed this account out. Writes nothing to the disk.
    pub fn forget(&mut self, account: &Account) {
        let id = id_of(account);
        self.known.signed_in.retain(|known| *known != id);
        self.known.shown.take_if(|shown| *shown == id);
    }

    /// Returns the account's own folder.
    pub fn folder_of(&self, account: &Account) -> PathBuf {
        self.folder.join(FOLDERS).join(id_of(account))
    }

    /// Returns the folders of accounts that exist.
    pub fn folders(&self) -> Vec<PathBuf> {
        let Ok(folders) = std::fs::read_dir(self.folder.join(FOLDERS)) else { return Vec::new() };
        let folders = folders.flatten().map(|entry| entry.path());
        let mut folders: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
        folders.sort();
        folders
    }

    fn save(&self) -> Result<(), DeskError> {
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(&self.folder)?;
            replace::write(&self.folder.join(FILE), &serde_json::to_vec_pretty(&self.known)?)
        };
        write().map_err(|error| {
            let folder = self.folder.display().to_string();
            failure!(Database, "error-data-folder", folder = folder, cause = error.to_string())
        })
    }
}

fn read(folder: &Path) -> Option<Known> {
    serde_json::from_slice(&std::fs::read(folder.join(FILE)).ok()?).ok()
}

fn hash_of(token: &Token) -> MediaHash {
    MediaHash::of(token.expose().as_bytes())
}

/// Returns the account's key, which names its folder: it is the same for the same server, hotel and person, and safe on every system.
pub fn id_of(account: &Account) -> String {
    let text = format!("{} {} {}", account.server, account.hotel_slug, account.staff_id);
    let hash = MediaHash::of(text.as_bytes());
    format!(
        "{}-{}",
        account.hotel_slug.replace(|c: char| !c.is_ascii_alphanumeric(), "-"),
        &hash.as_str()[..12]
    )
}
