//! Holds the modules to their layers: what stands higher uses what stands lower, never the other way round, and modules
//! of one layer do not know each other. So there is no circle.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the top to the bottom.
const LAYERS: [&[&str]; 11] = [
    &["desk"],
    &["diagnostics"],
    &["sync"],
    &["outbox", "monitor", "settings", "keys", "live", "guests"],
    &["store", "api", "logging"],
    &["views"],
    &["media", "wire"],
    &["error", "environment"],
    &["model"],
    &["private"],
    &["html", "replace", "signals"],
];

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The module that a source file belongs to.
fn module_of(sources: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(sources).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").trim_end_matches("_tests").to_owned()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The modules that a text names by their paths; comments may name any.
fn uses(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let named = code.flat_map(|line| line.split("crate::").skip(1)).map(|rest| {
        rest.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '_').collect::<String>()
    });
    named.filter(|name| !name.is_empty()).collect()
}

#[test]
fn every_module_uses_lower_layers_only() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in files(&sources) {
        let module = module_of(&sources, &file);
        if ["lib", "layers"].contains(&module.as_str()) {
            continue;
        }
        let Some(layer) = layer_of(&module) else {
            wrong.push(format!("{module} stands in no layer"));
            continue;
        };
        for used in uses(&fs::read_to_string(&file).unwrap()) {
            if used != module && layer_of(&used).is_none_or(|other| other <= layer) {
                wrong.push(format!("{} uses {used}", file.strip_prefix(&sources).unwrap().display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_use_is_found_wherever_it_stands_in_a_line_and_a_comment_is_none() {
    let text = "use crate::store::Tx;\n//! [`Desk`](crate::desk::Desk)\n    let now = crate::model::now(crate::html::x);";
    let found: Vec<String> = uses(text).into_iter().collect();
    assert_eq!(found, ["html", "model", "store"]);
}
