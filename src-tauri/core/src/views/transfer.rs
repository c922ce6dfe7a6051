//! Offers as files, for screens and scripts.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{DeskError, failure};
use crate::ids::{LocalId, ServerId};

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum FileForm {
    /// `.csv`
    Csv,
    /// `.json`
    Json,
}

impl FileForm {
    /// Returns the form for the extension of the file's name.
    ///
    /// # Errors
    /// [`ErrorCode::Configuration`](crate::error::ErrorCode::Configuration) for any other extension.
    pub fn of(name: &str) -> Result<Self, DeskError> {
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            _ => Err(failure!(Configuration, "import-file-of-no-form", file = name)),
        }
    }

    /// Returns the extension, without a dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// A file with offers to import.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImportFile {
    /// Its name. The extension is its form.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// True if its rows become new offers, regardless of their hotel.
    pub as_new: bool,
}

crate::private::hides!(ImportFile { as_new; name, bytes });

/// The effect of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum PlannedAction {
    /// Creates an offer.
    New,
    /// Changes an offer.
    Changed,
    /// The offer already has these values.
    Unchanged,
}

/// One row of the plan of an import.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PlannedRow {
    /// The row in the file.
    pub row: u32,
    /// The effect of the row.
    pub action: PlannedAction,
    /// The title that the offer will have.
    pub title: String,
    /// The offer's local id; null until a new one is queued.
    pub local_id: Option<LocalId>,
    /// The hotel's number, if it has one.
    pub id: Option<ServerId>,
    /// The changed fields, by the server's names.
    pub fields: Vec<String>,
}

crate::private::hides!(PlannedRow { row, action, local_id, id, fields; title });

/// The plan of an import, or its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImportPlan {
    /// The number of new offers.
    pub new: u32,
    /// The number of changed offers.
    pub changed: u32,
    /// The number of offers that already have the values.
    pub unchanged: u32,
    /// False if the plan was only made.
    pub queued: bool,
    /// The number of entries of an exported outbox that cannot be imported.
    pub passed_over: u32,
    /// The rows of the file.
    pub rows: Vec<PlannedRow>,
}

impl ImportPlan {
    /// Counts the rows by their effects.
    pub fn of(rows: Vec<PlannedRow>, queued: bool, passed_over: u32) -> Self {
        let number = |action| {
            let found = rows.iter().filter(|row| row.action == action).count();
            u32::try_from(found).unwrap_or(u32::MAX)
        };
        Self {
            new: number(PlannedAction::New),
            changed: number(PlannedAction::Changed),
            unchanged: number(PlannedAction::Unchanged),
            queued,
            passed_over,
            rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    #[test]
    fn the_form_is_decided_by_the_name_alone() {
        assert_eq!(FileForm::of("a/offers.CSV").unwrap(), FileForm::Csv);
        assert_eq!(FileForm::of("offers.json").unwrap(), FileForm::Json);
        for unknown in ["offers", "offers.xlsx", "csv"] {
            assert_eq!(FileForm::of(unknown).unwrap_err().code, ErrorCode::Configuration, "{unknown}");
        }
    }
}
