//! The PIN of a person: four to eight digits that lead back to a desk on which the person is signed in, also without a
//! network.
//!
//! Only a salted, slow hash of it is kept, in the key store beside the token. So few digits do not resist a thief of the
//! hash: the key store protects it, and the number of wrong tries is limited. A try is counted before it is checked, so a
//! program that is ended in between gives no further tries.

use std::fmt;

use argon2::Argon2;
use serde::{Deserialize, Serialize};

use crate::error::{DeskError, failure};
use crate::private::Secret;

/// The number of wrong tries after which the password is needed.
pub const TRIES: u32 = 5;

/// The stored PIN of one person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    salt: [u8; 16],
    hash: [u8; 32],
    /// The number of tries since the last right one.
    tries: u32,
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pin").field("tries", &self.tries).finish_non_exhaustive()
    }
}

impl Pin {
    /// Hashes a new PIN. Takes some hundredths of a second.
    ///
    /// # Errors
    /// [`Invalid`](crate::error::ErrorCode::Invalid) unless it consists of four to eight digits.
    pub fn new(digits: &Secret, salt: [u8; 16]) -> Result<Self, DeskError> {
        let text = digits.expose();
        if !(4..=8).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(failure!(Invalid, "error-pin-form"));
        }
        Ok(Self { salt, hash: hash(digits, &salt)?, tries: 0 })
    }

    /// Returns the number of wrong tries that are left. At zero, the password is needed.
    pub fn tries_left(&self) -> u32 {
        TRIES.saturating_sub(self.tries)
    }

    /// Counts a try. Store the PIN before the try is checked.
    pub fn count_try(&mut self) {
        self.tries = self.tries.saturating_add(1);
    }

    /// Notes a right try.
    pub fn reset_tries(&mut self) {
        self.tries = 0;
    }

    /// Returns true if these are the digits.
    ///
    /// # Errors
    /// If there is not enough memory for the hash.
    pub fn fits(&self, digits: &Secret) -> Result<bool, DeskError> {
        Ok(hash(digits, &self.salt)? == self.hash)
    }
}

/// Returns the hash by Argon2id with the parameters that OWASP recommends, which are the crate's own.
fn hash(digits: &Secret, salt: &[u8; 16]) -> Result<[u8; 32], DeskError> {
    let mut hash = [0; 32];
    let done = Argon2::default().hash_password_into(digits.expose().as_bytes(), salt, &mut hash);
    done.map_err(|cause| failure!(Unexpected, "error-pin-hash", cause = cause.to_string()))?;
    Ok(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    #[test]
    fn a_pin_has_four_to_eight_digits() {
        let code = |text: &str| Pin::new(&Secret::from(text), [1; 16]).map(drop).map_err(|error| error.code);
        for right in ["0000", "12345678"] {
            assert_eq!(code(right), Ok(()), "{right}");
        }
        for wrong in ["", "123", "123456789", "12a4", "１２３４", " 1234"] {
            assert_eq!(code(wrong), Err(ErrorCode::Invalid), "{wrong}");
        }
    }

    #[test]
    fn only_the_same_digits_fit_and_the_stored_form_does_not_hold_them() {
        let digits = Secret::from("40711");
        let pin = Pin::new(&digits, [7; 16]).unwrap();
        let stored = serde_json::to_string(&pin).unwrap();
        assert!(!stored.contains("40711"), "{stored}");
        assert_eq!(format!("{pin:?}"), "Pin { tries: 0, .. }");
        let read: Pin = serde_json::from_str(&stored).unwrap();
        assert!(read.fits(&digits).unwrap());
        assert!(!read.fits(&Secret::from("40712")).unwrap());
        assert_ne!(Pin::new(&digits, [8; 16]).unwrap(), pin, "another salt, another hash");
    }

    #[test]
    fn the_fifth_wrong_try_is_the_last_and_a_right_one_gives_all_of_them_back() {
        let mut pin = Pin::new(&Secret::from("1234"), [1; 16]).unwrap();
        (0..TRIES).for_each(|_| pin.count_try());
        assert_eq!(pin.tries_left(), 0);
        pin.reset_tries();
        assert_eq!(pin.tries_left(), TRIES);
    }
}
