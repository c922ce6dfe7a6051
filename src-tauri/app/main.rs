//! The desktop program. Its code is in the library of this package, which is thin too.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    hotelmate_desk::run()
}
