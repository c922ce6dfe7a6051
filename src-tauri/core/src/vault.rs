//! Encrypts private columns: the texts of the guest chat, and the names of guests.
//!
//! Each connection has SQL functions. `seal(text)` encrypts a text with the account's chat key, and `unseal(text)`
//! returns it, or NULL if another key sealed it. A text that is not sealed stays as it is. `seal_file` and `unseal_file`
//! do the same with the bytes of a file, which are always sealed. So the statements decide which columns are private, and
//! no caller passes a key. The functions work on single values: SQLite cannot search or sort by a private column.
//!
//! A key that no key store could keep lives as long as the process. Texts that it sealed cannot be read afterwards.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use crypto_secretbox::aead::Aead;
use crypto_secretbox::{KeyInit, XSalsa20Poly1305};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use crate::private::Secret;

/// The beginning of a sealed text. JSON never begins with it.
const MARK: &str = "sealed:";
/// The length of a nonce in bytes. It is so long that random ones do not repeat.
const NONCE: usize = 24;

/// A key for private columns.
#[derive(Clone)]
pub struct VaultKey([u8; 32]);

impl fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}

impl VaultKey {
    /// Makes a key. Its bytes come from the operating system, and never from a generator that a test can repeat.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// Reads the key from the text of the key store. Returns `None` for any other text.
    pub fn read(text: &Secret) -> Option<Self> {
        BASE64.decode(text.expose()).ok()?.try_into().ok().map(Self)
    }

    /// Returns true if both are the same key.
    pub fn is(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    /// Returns the text for the key store, and for the sealed file of an account.
    pub fn text(&self) -> Secret {
        Secret::from(BASE64.encode(self.0))
    }
}

/// The key of one database. Clones share it.
#[derive(Clone)]
pub(crate) struct Vault(Arc<RwLock<XSalsa20Poly1305>>);

impl Default for Vault {
    /// Begins with a key that is kept nowhere.
    fn default() -> Self {
        Self(Arc::new(RwLock::new(cipher(&VaultKey::random()))))
    }
}

fn cipher(key: &VaultKey) -> XSalsa20Poly1305 {
    XSalsa20Poly1305::new((&key.0).into())
}

impl Vault {
    /// Replaces the key.
    pub(crate) fn use_key(&self, key: &VaultKey) {
        // A cipher is replaced whole, so a panic elsewhere cannot leave it half changed.
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = cipher(key);
    }

    /// Gives a connection the functions `seal` and `unseal`.
    pub(crate) fn lend(&self, connection: &Connection) -> rusqlite::Result<()> {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
        let vault = self.clone();
        connection.create_scalar_function("seal", 1, flags, move |call| {
            call.get::<Option<String>>(0)?.map(|text| vault.seal(&text)).transpose()
        })?;
        let vault = self.clone();
        connection.create_scalar_function("unseal", 1, flags, move |call| {
            // A damaged text counts as one that another key has sealed.
            let text = call.get_raw(0).as_str_or_null().ok().flatten();
            Ok(text.and_then(|text| vault.unseal(text)))
        })?;
        let vault = self.clone();
        connection.create_scalar_function("seal_file", 1, flags, move |call| {
            let bytes = call.get_raw(0).as_blob();
            vault.encrypt(bytes.map_err(|error| rusqlite::Error::UserFunctionError(error.into()))?)
        })?;
        let vault = self.clone();
        connection.create_scalar_function("unseal_file", 1, flags, move |call| {
            Ok(call.get_raw(0).as_blob().ok().and_then(|sealed| vault.decrypt(sealed)))
        })
    }

    /// Encrypts bytes. The random nonce is before them.
    fn encrypt(&self, bytes: &[u8]) -> rusqlite::Result<Vec<u8>> {
        let nonce: [u8; NONCE] = rand::random();
        let cipher = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let sealed = cipher
            .encrypt((&nonce).into(), bytes)
            .map_err(|_| rusqlite::Error::UserFunctionError("a text cannot be sealed".into()))?;
        Ok([&nonce[..], &sealed].concat())
    }

    fn decrypt(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let cipher = self.0.read().unwrap_or_else(PoisonError::into_inner);
        cipher.decrypt(nonce.into(), sealed).ok()
    }

    fn seal(&self, text: &str) -> rusqlite::Result<String> {
        Ok(format!("{MARK}{}", BASE64.encode(self.encrypt(text.as_bytes())?)))
    }

    fn unseal(&self, text: &str) -> Option<String> {
        let Some(sealed) = text.strip_prefix(MARK) else { return Some(text.to_owned()) };
        String::from_utf8(self.decrypt(&BASE64.decode(sealed).ok()?)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(connection: &Connection, function: &str, text: &str) -> Option<String> {
        connection.query_row(&format!("SELECT {function}(?1)"), [text], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_sealed_text_is_read_with_its_own_key_only() {
        let (vault, connection) = (Vault::default(), Connection::open_in_memory().unwrap());
        vault.lend(&connection).unwrap();
        let sealed = asked(&connection, "seal", "Two towels, please").unwrap();
        assert!(!sealed.contains("towels"));
        assert_eq!(asked(&connection, "unseal", &sealed).as_deref(), Some("Two towels, please"));
        vault.use_key(&VaultKey::random());
        assert_eq!(asked(&connection, "unseal", &sealed), None);
    }

    #[test]
    fn the_same_text_is_never_sealed_in_the_same_way_twice() {
        let vault = Vault::default();
        assert_ne!(vault.seal("Yes").unwrap(), vault.seal("Yes").unwrap());
    }

    #[test]
    fn a_text_that_is_not_sealed_stays_as_it_is_and_a_damaged_one_is_none() {
        let vault = Vault::default();
        assert_eq!(vault.unseal("{\"id\": 1}").as_deref(), Some("{\"id\": 1}"));
        let sealed = vault.seal("Yes").unwrap();
        for damaged in
            [MARK, "sealed:%%", &sealed[..sealed.len() - 4], &sealed.replace("sealed:", "sealed:AAAA")]
        {
            assert_eq!(vault.unseal(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn a_key_is_the_same_after_a_stay_in_the_key_store() {
        let key = VaultKey::random();
        assert_eq!(VaultKey::read(&key.text()).map(|read| read.0), Some(key.0));
        assert!(VaultKey::read(&Secret::from("short")).is_none());
    }
}
