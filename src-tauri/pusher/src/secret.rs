//! Texts that are never shown (check 78).

use std::fmt;

use zeroize::Zeroizing;

/// Least length of a run of hexadecimal digits that counts as a key of the hosted service (20 digits) or a signature.
const SECRET_DIGITS: usize = 20;

/// A secret: `Debug` hides it, nothing serialises it, and its memory is wiped when it is dropped.
///
/// ```
/// let token = pusher::Secret::new("ab12");
/// assert_eq!(format!("{token:?}"), "Secret(hidden)");
/// assert_eq!(token.expose(), "ab12");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Wraps a text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Returns the text itself, for the wire only and never for a log.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// Returns `text` without keys and signatures: servers quote refused data in their error messages.
pub(crate) fn mask(text: String) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut digits = String::new();
    let flush = |masked: &mut String, digits: &mut String| {
        masked.push_str(if digits.len() >= SECRET_DIGITS { "(hidden)" } else { digits });
        digits.clear();
    };
    for character in text.chars() {
        if character.is_ascii_hexdigit() {
            digits.push(character);
        } else {
            flush(&mut masked, &mut digits);
            masked.push(character);
        }
    }
    flush(&mut masked, &mut digits);
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_masked_and_words_are_not() {
        let signature = "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4";
        assert_eq!(mask(format!("got key:{signature}, expected")), "got key:(hidden), expected");
        assert_eq!(mask("no key 278d425bdf160c739803".to_owned()), "no key (hidden)");
        assert_eq!(mask("a decade, 1234.5678".to_owned()), "a decade, 1234.5678");
        assert_eq!(mask(signature.to_owned()), "(hidden)");
    }
}
