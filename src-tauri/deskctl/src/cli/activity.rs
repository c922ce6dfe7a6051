//! Commands about the work of colleagues.

use clap::{Args, Subcommand};
use hotelmate_core::views::ActivityKind;

#[derive(Debug, Subcommand)]
pub enum ActivityCommand {
    List(ActivityArgs),
    PutBack { number: i64 },
}

#[derive(Debug, Args)]
pub struct ActivityArgs {
    #[arg(long, value_delimiter = ',', value_parser = kind)]
    pub kind: Vec<ActivityKind>,
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub before: Option<i64>,
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: u32,
}

/// Parses a kind of activity. The core has the only list of kinds, and its error names them all.
fn kind(text: &str) -> Result<ActivityKind, String> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|cause| cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_that_is_none_is_answered_with_those_that_are() {
        assert_eq!(kind("guest_message"), Ok(ActivityKind::GuestMessage));
        assert!(kind("offer").unwrap_err().contains("offer_updated"));
    }
}
