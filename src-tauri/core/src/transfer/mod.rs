//! Offers as files for other programs: JSON, or CSV for a spreadsheet.
//!
//! ```text
//! file -> rows (its content) -> plan (new, changed, unchanged; or errors) -> intents
//! ```
//!
//! Nothing is queued before every row has been checked. A row finds its offer by `id`, else by `local_id`, else by its
//! exact title among the local offers, including those that the hotel does not have yet. So importing a file twice
//! makes its intents once, and an import that was interrupted is completed by repeating it.

mod cell;
pub mod export;
mod outbox;
pub mod plan;
pub mod row;
pub mod rows;

use crate::records::Rule;
use crate::resources::Kind;

/// Returns the fields that a file can set, by the server's names.
fn fields() -> Vec<&'static str> {
    Kind::Offer.table().fields.iter().flat_map(Rule::parts).collect()
}
