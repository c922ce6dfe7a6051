//! To be written.
#![expect(missing_docs)]
pub mod desk;
pub mod error;
pub mod model;
