//! The command line.

use std::path::PathBuf;

use clap::Parser;
use hotelmate_core::catalogue::say;

#[derive(Debug, Parser)]
#[command(version, about = say!("shell-help"))]
pub(crate) struct Options {
    #[arg(long, help = say!("shell-help-data-dir"), value_name = "DIR", env = "DESK_DATA_DIR")]
    pub(crate) data_dir: Option<PathBuf>,

    #[arg(long, help = say!("shell-help-display"))]
    pub(crate) display: bool,

    #[arg(long, help = say!("shell-help-training"), conflicts_with = "display")]
    pub(crate) training: bool,
}

impl Options {
    /// Returns true if a second start has to focus the first one. A program with a folder of its own is a separate desk
    /// (tests, two hotels on one PC), and may run beside others. So may a reception display and a training.
    pub(crate) fn is_the_only_one(&self) -> bool {
        self.data_dir.is_none() && !self.display && !self.training
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_with_a_folder_of_its_own_may_run_beside_others() {
        let options = Options::try_parse_from(["hotelmate-desk", "--data-dir", "training"]).unwrap();
        assert_eq!(options.data_dir, Some(PathBuf::from("training")));
        assert!(!options.is_the_only_one());
    }

    #[test]
    fn a_reception_display_may_run_beside_the_desk() {
        let options = Options::try_parse_from(["hotelmate-desk", "--display"]).unwrap();
        assert!(options.display && !options.is_the_only_one());
    }
}
