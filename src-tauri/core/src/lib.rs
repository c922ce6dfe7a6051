//! To be written.
#![expect(missing_docs)]
pub mod api;
pub mod desk;
pub mod error;
pub mod html;
pub mod keys;
pub mod live;
pub mod media;
pub mod model;
pub mod settings;
mod wire;
