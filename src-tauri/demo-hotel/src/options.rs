//! How a demo hotel is to be started.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;

use crate::clock::{Now, system_now};
use crate::faults::FaultPlan;

/// Which of the servers in `contract.md`, the table "three dialects", a hotel plays.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub enum Dialect {
    /// The server of the design documents: a flat gallery, and a clock to press
    #[default]
    Documents,
    /// The real server of 2025-11-25: galleries with images, and no clock to press
    Galleries,
    /// The real server of 2026-05, as far as staff of a desk meet it: no offers, other settings, enveloped events
    Current,
}

/// The choices one has when starting a hotel. The default is a healthy hotel in memory on a free port.
#[derive(Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// Where everything made up comes from: tokens, keys, picture ids, chance.
    pub seed: u64,
    /// Which server the hotel plays. A data file serves all of them.
    pub dialect: Dialect,
    /// The file that keeps the hotel's state; without it the hotel forgets everything when it stops.
    pub data: Option<PathBuf>,
    /// What goes wrong from the start.
    pub faults: FaultPlan,
    /// So many offers more than the 14 of the believable hotel, for measurements.
    pub offers: usize,
    /// The day the seeded offers are arranged around, so that some are live, some over and some to come. Without
    /// it, the day (UTC) at the start.
    pub today: Option<Date>,
    /// What the time is.
    pub now: Now,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            seed: 7,
            dialect: Dialect::default(),
            data: None,
            faults: FaultPlan::default(),
            offers: 0,
            today: None,
            now: system_now(),
        }
    }
}

impl Options {
    /// Listens on this port.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Makes things up from this seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Plays this server.
    #[must_use]
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// Keeps the state in this file.
    #[must_use]
    pub fn data(mut self, file: impl Into<PathBuf>) -> Self {
        self.data = Some(file.into());
        self
    }

    /// Starts with this fault plan.
    #[must_use]
    pub fn faults(mut self, plan: FaultPlan) -> Self {
        self.faults = plan;
        self
    }

    /// Adds so many generated offers.
    #[must_use]
    pub fn offers(mut self, count: usize) -> Self {
        self.offers = count;
        self
    }

    /// Arranges the seeded offers around this day.
    #[must_use]
    pub fn today(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// Asks this for the time.
    #[must_use]
    pub fn now(mut self, now: Now) -> Self {
        self.now = now;
        self
    }
}
