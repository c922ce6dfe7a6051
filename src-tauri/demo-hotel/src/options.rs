//! The options of a demo hotel.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;

use crate::clock::{Now, system_now};
use crate::faults::FaultPlan;

/// The server in `contract.md`, the table "three dialects", that a hotel plays.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub enum Dialect {
    /// The server of the design documents: a flat gallery, and a clock to press
    #[default]
    Documents,
    /// The real server of 2025-11-25: galleries with images, and no clock to press
    Galleries,
    /// The real server of 2026-05, for the staff of a desk: no offers, other settings, enveloped events
    Current,
}

/// The options at the start of a hotel. The default is a healthy hotel in memory on a free port.
#[derive(Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// The seed of all invented data: tokens, keys, picture ids, chance.
    pub seed: u64,
    /// The server that the hotel plays. A data file works with all of them.
    pub dialect: Dialect,
    /// The file with the hotel's state; without it the state is lost when the hotel stops.
    pub data: Option<PathBuf>,
    /// The faults from the start on.
    pub faults: FaultPlan,
    /// The number of generated offers in addition to the usual 14, for measurements.
    pub offers: usize,
    /// The number of generated people in addition to the usual staff, for measurements.
    pub staff: usize,
    /// The day around which the seeded offers are arranged, so that some are live, some over and some to come. If null,
    /// the day (UTC) at the start.
    pub today: Option<Date>,
    /// The source of the present time.
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
            staff: 0,
            today: None,
            now: system_now(),
        }
    }
}

impl Options {
    /// Sets the port.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the seed of the invented data.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the server that the hotel plays.
    #[must_use]
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// Sets the file for the state.
    #[must_use]
    pub fn data(mut self, file: impl Into<PathBuf>) -> Self {
        self.data = Some(file.into());
        self
    }

    /// Sets the fault plan at the start.
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

    /// Adds so many generated people to the staff.
    #[must_use]
    pub fn staff(mut self, count: usize) -> Self {
        self.staff = count;
        self
    }

    /// Arranges the seeded offers around this day.
    #[must_use]
    pub fn today(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// Sets the source of the present time.
    #[must_use]
    pub fn now(mut self, now: Now) -> Self {
        self.now = now;
        self
    }
}
