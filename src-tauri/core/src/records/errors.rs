//! The faults of typed values, from this program's checks or from the server's refusal.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::private::Private;

/// The faults by field name of the server (`valid_to`, not `validity`).
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(transparent)]
pub struct FieldErrors(pub BTreeMap<String, Vec<String>>);

/// Prints the fields only: a server's sentence may quote the typed text.
impl fmt::Debug for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(field, sentences)| (field, Private(sentences)))).finish()
    }
}

impl FieldErrors {
    /// Returns true if there is no fault.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn add(&mut self, field: &str, sentence: String) {
        self.0.entry(field.to_owned()).or_default().push(sentence);
    }
}
