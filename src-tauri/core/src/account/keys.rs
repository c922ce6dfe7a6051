//! The operating system's key store. It is the only place that keeps a sign-in after the program ends.
//!
//! It is the Windows Credential Manager, the macOS Keychain, or the Secret Service. Its calls block, and a key store
//! that waits for a person to unlock it can block forever. So each call runs on a thread of its own under a time limit.
//! It does not use tokio's threads for blocking work: the program waits for those at its end, and a frozen key store
//! would freeze it. Without a key store the sign-in ends with the program; it is never written to a file.

use std::thread;
use std::time::Duration;

use keyring::Entry;
use tokio::sync::oneshot;

use crate::account::{Account, Pin, Token};
use crate::error::{DeskError, failure};
use crate::private::Secret;
use crate::vault::VaultKey;

/// The name under which people find this program's entries in their key store.
const SERVICE: &str = "HotelMate Desk";
/// Time limit of a call. A healthy key store answers within milliseconds; one that waits for a hidden prompt never
/// does.
const LIMIT: Duration = Duration::from_secs(5);

/// An error of the key store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// There is no key store, or it does not answer.
    #[error("the key store cannot be used: {cause}")]
    Unavailable {
        /// The useful cause, in the key store's words.
        cause: String,
    },
    /// The key store is locked.
    #[error("the key store is locked")]
    Locked,
}

impl From<KeyError> for DeskError {
    fn from(error: KeyError) -> Self {
        let logged = error.to_string();
        let failed = match error {
            KeyError::Unavailable { cause } => failure!(KeyStore, "error-key-store", cause = cause),
            KeyError::Locked => failure!(KeyStore, "error-key-store-locked"),
        };
        failed.logged_as(logged)
    }
}

/// The operating system's key store.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeyStore;

impl KeyStore {
    /// Returns the token of an account. A locked key store may also answer `None`, so `None` proves nothing.
    ///
    /// # Errors
    /// [`KeyError`] if the key store is missing or locked, or does not answer.
    pub async fn load(&self, account: &Account) -> Result<Option<Token>, KeyError> {
        let secret = ask(entry_name(account), |entry| entry.get_password()).await?;
        Ok(secret.filter(|text| !text.is_empty()).map(Token::new))
    }

    /// Saves the token of an account, in place of an older one.
    ///
    /// # Errors
    /// [`KeyError`] if the key store is missing or locked, or does not answer.
    pub async fn save(&self, account: &Account, token: &Token) -> Result<(), KeyError> {
        let token = token.clone();
        ask(entry_name(account), move |entry| entry.set_password(token.expose())).await.map(drop)
    }

    /// Deletes the token of an account. Succeeds if there is none.
    ///
    /// # Errors
    /// [`KeyError`] if the key store is missing or locked, or does not answer.
    pub async fn delete(&self, account: &Account) -> Result<(), KeyError> {
        ask(entry_name(account), |entry| entry.delete_credential()).await.map(drop)
    }

    /// Returns the key that seals the guest chat of an account. Makes one if there is none.
    ///
    /// # Errors
    /// [`KeyError`] if the key store is missing or locked, or does not answer.
    pub async fn chat_key(&self, account: &Account) -> Result<VaultKey, KeyError> {
        if let Some(key) = self.known_chat_key(account).await? {
            return Ok(key);
        }
        let text = VaultKey::random().text();
        ask(chat_name(account), move |entry| entry.set_password(text.expose())).await?;
        // Another process may have made one at the same time: the last one counts for both.
        self.known_chat_key(account).await?.ok_or_else(|| unavailable("it did not keep a key"))
    }

    /// Returns the key that seals the guest chat of an account, if there is one.
    ///
    /// # Errors
    /// [`KeyError`] if the key store is missing or locked, or does not answer.
    pub async fn known_chat_key(&self, account: &Account) -> Result<Option<VaultKey>, KeyError> {
        let stored = ask(chat_name(account), |entry| entry.get_password()).await?;
        Ok(stored.and_then(|text| VaultKey::read(&Secret::from(text))))
    }

    /// Saves the key of the guest chat, in place of an older one.
    ///
    /// # Errors
    /// [`KeyError`] if the key store is missing or locked, or does not answer.
    pub async fn save_chat_key(&self, account: &Account, key: &VaultKey) -> Result<(), KeyError> {
        let text = key.text();
        ask(chat_name(account), move |entry| entry.set_password(text.expose())).await.map(drop)
    }

    /// Deletes the key of the guest chat. Succeeds if there is none.
    ///
    /// # Errors
    /// [`KeyError`] if the key store is missing or locked, or does not answer.
    pub async fn delete_chat_key(&self, account: &Account) -> Result<(), KeyError> {
        ask(chat_name(account), |entry| entry.delete_credential()).await.map(drop)
    }

    /// Deletes all entries of an account. Succeeds if there are none.
    ///
    /// # Errors
    /// [`KeyError`] if the key store is missing or locked, or does not answer. Some entries may be deleted then.
    pub async fn delete_all(&self, account: &Account) -> Result<(), KeyError> {
        self.delete(account).await?;
        self.delete_pin(account).await?;
        self.delete_chat_key(account).await
    }

    /// Returns the PIN of an account. An unreadable one counts as none: the password is needed then.
    ///
    /// # Errors
    /// [`KeyError`] if the key store is missing or locked, or does not answer.
    pub async fn load_pin(&self, account: &Account) -> Result<Option<Pin>, KeyError> {
        let stored = ask(pin_name(account), |entry| entry.get_password()).await?;
        Ok(stored.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Saves the PIN of an account, in place of an older one.
    ///
    /// # Errors
    /// [`KeyError`] if the key store is missing or locked, or does not answer.
    pub async fn save_pin(&self, account: &Account, pin: &Pin) -> Result<(), KeyError> {
        let text = Secret::from(serde_json::to_string(pin).map_err(unavailable)?);
        ask(pin_name(account), move |entry| entry.set_password(text.expose())).await.map(drop)
    }

    /// Deletes the PIN of an account. Succeeds if there is none.
    ///
    /// # Errors
    /// [`KeyError`] if the key store is missing or locked, or does not answer.
    pub async fn delete_pin(&self, account: &Account) -> Result<(), KeyError> {
        ask(pin_name(account), |entry| entry.delete_credential()).await.map(drop)
    }
}

/// Runs one call on the entry with this name. Returns `None` if there is no entry.
async fn ask<T: Send + 'static>(
    name: String,
    what: impl FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
) -> Result<Option<T>, KeyError> {
    let (answer, answered) = oneshot::channel();
    let work = move || match Entry::store_status() {
        // This error has the useful cause; the entry's own error only says that there is no store.
        Err(error) => Err(failure(error)),
        Ok(()) => match Entry::new(SERVICE, &name).and_then(|entry| what(&entry)) {
            Ok(value) => Ok(Some(value)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(failure(&error)),
        },
    };
    // After the time limit the receiver is gone, and the answer is no longer needed.
    let talk = move || drop(answer.send(work()));
    thread::Builder::new().name("key store".to_owned()).spawn(talk).map_err(unavailable)?;
    match tokio::time::timeout(LIMIT, answered).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(unavailable("its call was cut off")),
        // It most likely shows a prompt that the person does not see.
        Err(_) => Err(unavailable("it does not answer")),
    }
}

fn unavailable(cause: impl ToString) -> KeyError {
    KeyError::Unavailable { cause: cause.to_string() }
}

fn failure(error: &keyring::Error) -> KeyError {
    match error {
        keyring::Error::NoStorageAccess(_) => KeyError::Locked,
        keyring::Error::PlatformFailure(cause) => unavailable(cause),
        other => unavailable(other),
    }
}

/// Returns the name of the entry of a PIN.
fn pin_name(account: &Account) -> String {
    entry_name(account) + "#pin"
}

/// Returns the name of the entry of the key of the guest chat.
fn chat_name(account: &Account) -> String {
    entry_name(account) + "#chat"
}

/// Returns the name of the entry of a token. Each account has an entry: a person at two hotels, or on a training server, has several.
fn entry_name(account: &Account) -> String {
    let server = account.server.origin().ascii_serialization();
    format!("{}@{}@{}", account.username, account.hotel_slug, server)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;
    use crate::ids::ServerId;

    fn account(server: &str, hotel: &str) -> Account {
        Account {
            server: server.parse().expect("url"),
            hotel_slug: hotel.into(),
            hotel_name: "Killarney".into(),
            staff_id: ServerId(3),
            username: "mary".into(),
        }
    }

    #[test]
    fn each_hotel_and_server_has_an_entry_of_its_own() {
        let names = [
            account("https://hotel.example", "killarney"),
            account("https://hotel.example", "cork"),
            account("http://127.0.0.1:8000", "killarney"),
        ]
        .map(|account| entry_name(&account));
        let expected = [
            "mary@killarney@https://hotel.example",
            "mary@cork@https://hotel.example",
            "mary@killarney@http://127.0.0.1:8000",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn a_locked_store_is_told_from_a_missing_one() {
        let cause = || Box::new(std::io::Error::other("no such service"));
        assert_eq!(failure(&keyring::Error::NoStorageAccess(cause())), KeyError::Locked);
        let missing = failure(&keyring::Error::PlatformFailure(cause()));
        assert_eq!(missing, KeyError::Unavailable { cause: "no such service".to_owned() });
        assert_eq!(DeskError::from(missing).code, ErrorCode::KeyStore);
    }
}
