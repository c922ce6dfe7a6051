//! Activities: kind and parameters, whether this desk explains them, and whether a person has seen them.

pub mod entries;
pub mod guests;
pub mod judge;
pub mod versions;
pub mod way_back;

#[cfg(test)]
mod tests;
