//! A row of a file, of any form.

use serde_json::{Map, Value};

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number: as in a spreadsheet, where the heading is row 1; in JSON from 1.
    pub number: usize,
    /// Its cells by column. Fields without a column stay unchanged.
    pub cells: Map<String, Value>,
    /// The values that the cells replace, if the file contains them: a colleague's change since then must be noticed.
    pub was: Map<String, Value>,
}

impl Row {
    pub fn of((number, cells): (usize, Map<String, Value>)) -> Self {
        Self { number, cells, was: Map::new() }
    }
}
