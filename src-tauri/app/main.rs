//! The desktop program. Everything it does is in the library of this package, and that is thin too.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    hotelmate_desk::run()
}
