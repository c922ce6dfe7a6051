//! Commands about what colleagues did.

use clap::{Args, Subcommand};
use hotelmate_core::views::FactKind;

#[derive(Debug, Subcommand)]
pub enum ActivityCommand {
    /// List what colleagues did and guests wrote, newest first
    List(ActivityArgs),
}

#[derive(Debug, Args)]
pub struct ActivityArgs {
    /// Only this kind, for example offer_updated; may be repeated
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    pub kind: Vec<FactKind>,

    /// Only what holds this text
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,

    /// Only what is older than the one with this number
    #[arg(long, value_name = "NUMBER")]
    pub before: Option<i64>,

    /// How many at most
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: u32,
}

/// The kinds have one list, which is the core's; its answer names them all where one is wrong.
fn kind(text: &str) -> Result<FactKind, String> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|cause| cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_that_is_none_is_answered_with_those_that_are() {
        assert_eq!(kind("offer_updated"), Ok(FactKind::OfferUpdated));
        assert!(kind("offer").unwrap_err().contains("offer_updated"));
    }
}
