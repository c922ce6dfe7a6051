//! A Tauri window with a static page, and nothing else: the lower limit of the desk's start time and memory. `cargo
//! xtask bench` starts both in turn.

use std::process::ExitCode;

fn main() -> ExitCode {
    let context = tauri::generate_context!("src-tauri/app/examples/bare/tauri.conf.json");
    match tauri::Builder::default().run(context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the bare window could not start: {error}");
            ExitCode::FAILURE
        }
    }
}
