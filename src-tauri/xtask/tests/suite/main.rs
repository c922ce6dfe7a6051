//! Tests of the project's sources as a whole.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod citations;
mod dependencies;
mod layers;
mod project;
mod vocabulary;
mod words;
