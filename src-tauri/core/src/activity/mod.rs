//! What happened at the hotel: kind and parameters, whether it is news to this desk, and whether it was seen.

pub mod entries;
pub mod guests;
pub mod judge;
pub mod way_back;
