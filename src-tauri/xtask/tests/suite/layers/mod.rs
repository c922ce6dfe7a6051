//! Holds the modules of each crate to their layers: a module uses those in lower layers, never those in higher ones,
//! and modules of one layer do not use each other. So there is no circle. The root of a crate joins its modules and may
//! use all of them; none may use the root.

mod modules;

use std::path::{Path, PathBuf};

use crate::project::{files, read};

use modules::{Arrows, arrows, arrows_in};

/// The layers from the top to the bottom.
type Layers = &'static [&'static [&'static str]];

const CORE: Layers = &[
    &["desk"],
    &["diagnostics"],
    &["engine"],
    &["outbox", "monitor", "settings"],
    &["activity"],
    &["store", "hotel", "logging"],
    &["feed"],
    &["views", "words"],
    &["media", "account"],
    &["error", "environment"],
    &["model"],
    &["resources"],
    &["records", "ids"],
    &["private"],
    &["catalogue", "html", "replace", "signals"],
];

const APP: Layers = &[
    &["commands", "feed", "media", "network"],
    &["outside"],
    &["tray"],
    &["page", "notify", "badge"],
    &["shell", "window", "pulse", "export", "alert", "display", "options"],
];

const DESKCTL: Layers = &[
    &[
        "activity", "branding", "clock", "doctor", "drafts", "gallery", "lists", "offers", "people",
        "session", "sync", "team", "watch",
    ],
    &["import", "entities"],
    &["records"],
    &["outbox"],
    &["conflict", "export", "password", "picture"],
    &["cli"],
    &["exit", "output"],
    &["file"],
    &["text"],
];

/// Returns the violations of the layers by the sources, a line each.
fn faults(arrows: &Arrows, layers: &[&[&str]]) -> Vec<String> {
    let layer_of = |module: &str| layers.iter().position(|layer| layer.contains(&module));
    let mut faults = Vec::new();
    for (module, used) in arrows {
        let Some(layer) = layer_of(module) else {
            faults.push(format!("{module} stands in no layer"));
            continue;
        };
        let upwards = used.iter().filter(|used| layer_of(used).is_none_or(|other| other <= layer));
        faults.extend(upwards.map(|used| format!("{module} uses {used}")));
    }
    let removed = layers.iter().copied().flatten().filter(|module| !arrows.contains_key(**module));
    faults.extend(removed.map(|module| format!("there is no {module}")));
    faults
}

fn path(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(of)
}

fn hold(root: &str, layers: Layers) {
    let faults = faults(&arrows(&path(root)), layers);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_core_uses_lower_layers_only() {
    hold("core/src/lib.rs", CORE);
}

#[test]
fn the_shell_uses_lower_layers_only() {
    hold("app/lib.rs", APP);
}

#[test]
fn deskctl_uses_lower_layers_only() {
    hold("deskctl/src/main.rs", DESKCTL);
}

/// The modules of the core that its callers may name: the facade, and the types and tools that belong to it.
const DOOR: &[&str] = &[
    "catalogue",
    "desk",
    "environment",
    "error",
    "ids",
    "logging",
    "private",
    "records",
    "replace",
    "resources",
    "settings",
    "signals",
    "views",
];

#[test]
fn the_shells_enter_the_core_by_its_door() {
    let shells = files(&[".rs"])
        .into_iter()
        .filter(|path| path.starts_with("src-tauri/app/") || path.starts_with("src-tauri/deskctl/src/"));
    let named = |path: String| {
        let text = read(&path);
        let modules = text.split("hotelmate_core::").skip(1);
        let modules = modules.map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or(""));
        modules
            .filter(|module| !DOOR.contains(module))
            .map(|module| format!("{path} names {module}"))
            .collect()
    };
    let faults: Vec<Vec<String>> = shells.map(named).collect();
    assert_eq!(faults.concat(), Vec::<String>::new());
}

/// Returns the modules that use one another in a circle.
fn circle(arrows: &Arrows) -> Vec<&str> {
    let mut left: Vec<&str> = arrows.keys().map(String::as_str).collect();
    loop {
        let before = left.len();
        let known = left.clone();
        left.retain(|module| arrows[*module].iter().any(|used| known.contains(&used.as_str())));
        if left.len() == before {
            return left;
        }
    }
}

#[test]
fn no_modules_of_the_outbox_use_one_another_in_a_circle() {
    let arrows = arrows(&path("core/src/outbox/mod.rs"));
    assert_eq!(circle(&arrows), [""; 0], "in a circle, or above one");
}

#[test]
fn a_circle_is_found_however_long_it_is() {
    let arrows =
        arrows_in("mod a { use super::b; } mod b { use super::c; } mod c { use super::a; } mod d {}");
    assert_eq!(circle(&arrows), ["a", "b", "c"]);
}

fn used_in(text: &str) -> Vec<String> {
    arrows_in(&format!("mod own {{ {text} }}")).remove("own").unwrap().into_iter().collect()
}

#[test]
fn a_use_is_found_wherever_it_stands() {
    assert_eq!(
        used_in("use crate::store::Tx; fn now() { crate::model::now(crate::html::x) }"),
        ["html", "model", "store"]
    );
    assert_eq!(used_in("use crate::{a::{b, c}, d, own::e};"), ["a", "d"]);
    assert_eq!(used_in("use crate::*;"), ["*"], "a glob of the root would hide whom it names");
    assert_eq!(used_in("fn f() { assert!(matches!(x, crate::a::X)) }"), ["a"], "in a macro too");
    assert_eq!(used_in("//! [`Desk`](crate::desk::Desk)\nconst A: &str = \"crate::b\";"), [""; 0]);
}

#[test]
fn a_way_up_counts_where_it_reaches_the_root() {
    assert_eq!(
        used_in("use super::a::X; mod tests { use super::b; use super::super::{c, d::Y}; }"),
        ["a", "c", "d"]
    );
}

#[test]
fn an_arrow_up_or_aside_an_unknown_module_and_a_stale_line_are_faults() {
    let arrows =
        arrows_in("mod top { use crate::low; } mod side {} mod low { use crate::{side, top}; } mod new {}");
    assert_eq!(
        faults(&arrows, &[&["top"], &["low", "side"], &["old"]]),
        ["low uses side", "low uses top", "new stands in no layer", "there is no old"]
    );
}
