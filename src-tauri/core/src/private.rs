//! Types for private data: a person's texts, names of people, and secrets. None of it may reach a log.
//!
//! The types keep it out; no filter searches finished lines for it. A line with `?offer` or `%error` prints lengths and
//! numbers, because the type has no other way to print:
//!
//! * [`Secret`] is a token or a password. It is wiped from memory when it is dropped.
//! * [`Private`] wraps a text or a payload that may be printed; it prints its length only.
//! * [`hides!`] writes the `Debug` of a struct. It names the visible fields; a struct with a forgotten field does not
//!   compile.
//! * [`json_fault`] names the place of a fault in JSON without the value that `serde_json` quotes.
//!
//! Errors use them: [`ApiError`](crate::hotel::ApiError) and [`DeskError`](crate::error::DeskError) hide the words of
//! the server, which may quote a person's text, in `Display` and `Debug` alike, and give them to screens as fields.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use ts_rs::TS;

/// A token or a password. It is never shown, logged or serialised, and wiped from memory when it is dropped.
#[derive(Clone, TS)]
#[ts(export, type = "string")]
pub struct Secret(SecretString);

impl Secret {
    /// Returns the text itself, for the key store and for requests to the hotel.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self(SecretString::from(text.into()))
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// A private value in a place where it might be printed. It prints as `[12 characters]`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Private<T>(pub T);

impl<T: Measured> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.measure(f)
    }
}

impl<T: Measured> fmt::Display for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.measure(f)
    }
}

/// A type with a size that can be printed instead of the value.
pub trait Measured {
    /// Writes the size.
    ///
    /// # Errors
    /// If the formatter fails.
    fn measure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl<T: Measured + ?Sized> Measured for &T {
    fn measure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).measure(f)
    }
}

impl Measured for str {
    fn measure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} characters]", self.chars().count())
    }
}

impl Measured for String {
    fn measure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().measure(f)
    }
}

impl Measured for Bytes {
    fn measure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.len())
    }
}

impl Measured for Value {
    fn measure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.to_string().len())
    }
}

impl<T> Measured for Vec<T> {
    fn measure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} entries]", self.len())
    }
}

impl<K, V> Measured for BTreeMap<K, V> {
    fn measure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} entries]", self.len())
    }
}

impl<K, V> Measured for HashMap<K, V> {
    fn measure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} entries]", self.len())
    }
}

impl<T: Measured> Measured for Option<T> {
    fn measure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => value.measure(f),
            None => f.write_str("[none]"),
        }
    }
}

/// Writes the `Debug` of a struct: `hides!(Name { shown, fields; private, fields })`. All fields have to be named.
macro_rules! hides {
    ($type:ident { $($shown:ident),*; $($private:ident),* }) => {
        impl ::std::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let Self { $($shown,)* $($private,)* } = self;
                f.debug_struct(stringify!($type))
                    $(.field(stringify!($shown), $shown))*
                    $(.field(stringify!($private), &$crate::private::Private($private)))*
                    .finish()
            }
        }
    };
}
pub(crate) use hides;

/// Returns the fault of JSON and its place. The error itself quotes the value.
pub fn json_fault(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Io => "it cannot be read",
        serde_json::error::Category::Syntax => "it is no JSON",
        serde_json::error::Category::Data => "a value is missing or of another kind",
        serde_json::error::Category::Eof => "it ends too early",
    };
    match error.line() {
        0 => what.to_owned(),
        line => format!("{what} (line {line}, column {})", error.column()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_text_tells_its_length_in_characters() {
        let text = Private("Möwe");
        assert_eq!(format!("{text} {text:?}"), "[4 characters] [4 characters]");
        assert_eq!(format!("{:?}", Private(Some(String::new()))), "[0 characters]");
        assert_eq!(format!("{:?}", Private(None::<String>)), "[none]");
    }

    #[test]
    fn a_secret_tells_nothing_even_inside_of_others() {
        let secret = Some(Secret::from("s3cret"));
        assert_eq!(format!("{secret:?}"), "Some([secret])");
    }

    #[test]
    fn a_fault_in_json_tells_its_place_and_not_the_value() {
        let error = serde_json::from_str::<Vec<u32>>("[1,\n\"Aoife\"]").unwrap_err();
        assert!(error.to_string().contains("Aoife"), "serde_json quotes: {error}");
        assert_eq!(json_fault(&error), "a value is missing or of another kind (line 2, column 7)");
    }
}
