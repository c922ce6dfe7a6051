//! Checks the Tauri configuration and builds the permission tables of the windows.

use std::path::Path;
use std::process::ExitCode;

use tauri_build::{AppManifest, Attributes};

fn main() -> ExitCode {
    // The web files are part of the program: without this line a new build of them would go unnoticed.
    println!("cargo:rerun-if-changed=ui/dist");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");

    if !Path::new("ui/dist/index.html").exists() {
        eprintln!(
            "The window's web files (ui/dist) are not built yet.\n\
             `cargo xtask demo` and `cargo xtask test` build them; by hand: (cd ui && npm ci && npm run build)"
        );
        return ExitCode::FAILURE;
    }

    // A manifest of the program's own makes its commands subject to permissions, as those of plugins are.
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*"));
    match tauri_build::try_build(attributes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
