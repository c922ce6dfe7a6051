//! Which accounts this data folder knows. No secret is in here: tokens are in the key store, and of one that comes
//! from outside only the hash is kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

use crate::account::{Account, Token};
use crate::error::{DeskError, failure};
use crate::ids::MediaHash;
use crate::replace;

const FILE: &str = "accounts.json";

/// The accounts of a data folder.
#[derive(Debug, Default)]
pub struct Accounts {
    folder: PathBuf,
    known: Known,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Known {
    /// The signed-in one; none after a sign-out.
    current: Option<String>,
    accounts: Vec<Account>,
    /// The hash of the token that each account was last used with from outside, once the hotel has said whose it is.
    #[serde(default)]
    tokens: BTreeMap<String, MediaHash>,
}

impl Accounts {
    /// Reads the list. One that cannot be read counts as empty: signing in again mends it.
    pub fn load(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), known: read(folder).unwrap_or_default() }
    }

    /// What another process has noted meanwhile counts.
    fn look_again(&mut self) {
        if let Some(known) = read(&self.folder) {
            self.known = known;
        }
    }

    /// The account that is signed in.
    pub fn current(&self) -> Option<&Account> {
        let key = self.known.current.as_ref()?;
        self.known.accounts.iter().find(|account| key_of(account) == *key)
    }

    /// The account that was used last, signed in or not.
    pub fn last(&self) -> Option<&Account> {
        self.current().or_else(|| self.known.accounts.last())
    }

    /// The last used account at this server, and at this hotel where one is named.
    pub fn last_at(&self, server: Option<&Url>, hotel: Option<&str>) -> Option<&Account> {
        let fits = |account: &&Account| {
            server.is_none_or(|server| *server == account.server)
                && hotel.is_none_or(|hotel| hotel == account.hotel_slug)
        };
        self.current().filter(fits).or_else(|| self.known.accounts.iter().rev().find(fits))
    }

    /// The hotel has said before that this token is this person's.
    pub fn has_token(&self, account: &Account, token: &Token) -> bool {
        self.known.tokens.get(&key_of(account)) == Some(&hash_of(token))
    }

    /// Notes that the hotel said so.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn note_token(&mut self, account: &Account, token: &Token) -> Result<(), DeskError> {
        self.look_again();
        self.known.tokens.insert(key_of(account), hash_of(token));
        self.save()
    }

    /// Notes a sign-in.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn enter(&mut self, account: &Account) -> Result<(), DeskError> {
        self.look_again();
        let key = key_of(account);
        self.known.accounts.retain(|known| key_of(known) != key);
        self.known.accounts.push(account.clone());
        self.known.current = Some(key);
        self.save()
    }

    /// Notes a sign-out, unless somebody else has signed in since.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn leave(&mut self, account: &Account) -> Result<(), DeskError> {
        self.look_again();
        self.forget_current(account);
        self.save()
    }

    /// This account is not the signed-in one any more; another process has noted that.
    pub fn forget_current(&mut self, account: &Account) {
        if self.known.current.as_ref().is_some_and(|key| *key == key_of(account)) {
            self.known.current = None;
        }
    }

    /// The account's own folder.
    pub fn folder_of(&self, account: &Account) -> PathBuf {
        self.folder.join("accounts").join(key_of(account))
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

/// A folder name that is the same for the same server, hotel and person, and safe on every system.
fn key_of(account: &Account) -> String {
    let text = format!("{} {} {}", account.server, account.hotel_slug, account.staff_id);
    let hash = MediaHash::of(text.as_bytes());
    format!(
        "{}-{}",
        account.hotel_slug.replace(|c: char| !c.is_ascii_alphanumeric(), "-"),
        &hash.as_str()[..12]
    )
}
