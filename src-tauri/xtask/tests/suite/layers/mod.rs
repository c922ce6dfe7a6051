//! Holds the modules of each crate to their layers: a module uses those in lower layers, never those in higher ones,
//! and modules of one layer do not use each other. So there is no circle. The root of a crate joins its modules and may
//! use all of them; none may use the root.
//!
//! Inside each module with submodules, a room, there is no circle either. A room joins its submodules, and they may use
//! the items of the room itself.

mod modules;

use std::path::{Path, PathBuf};

use crate::project::{files, read};

use modules::{Arrows, Modules};

/// The layers from the top to the bottom.
type Layers = &'static [&'static [&'static str]];

const CORE: Layers = &[
    &["desk", "display"],
    &["diagnostics"],
    &["engine"],
    &["outbox", "monitor", "settings"],
    &["activity", "playlist"],
    &["store", "hotel", "logging"],
    &["feed", "transfer"],
    &["views", "words"],
    &["media", "account"],
    &["error", "environment"],
    &["model"],
    &["resources"],
    &["records", "ids", "vault"],
    &["private"],
    &["catalogue", "html", "replace", "signals"],
];

const APP: Layers = &[
    &["commands", "feed", "media", "network", "system_lock"],
    &["reception"],
    &["outside"],
    &["tray"],
    &["quitting"],
    &["page", "notify", "badge"],
    &["shell", "window", "pulse", "export", "open", "alert", "display", "options", "training", "awake"],
];

const DESKCTL: Layers = &[
    &[
        "accounts", "activity", "branding", "chat", "clock", "data", "display", "drafts", "gallery", "lists",
        "offers", "people", "session", "settings", "setup", "sync", "team", "watch",
    ],
    &["bulk", "import", "entities", "versions", "doctor"],
    &["records"],
    &["outbox"],
    &["conflict", "export", "password", "picture"],
    &["cli"],
    &["exit", "output", "personal"],
    &["file", "states"],
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
    let faults = faults(&Modules::of(&path(root)).arrows(&[]), layers);
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
    "display",
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

/// Returns the arrows that lie on a circle, a line each.
fn circles(arrows: &Arrows) -> Vec<String> {
    let leads_to = |from: &str, to: &str| {
        let mut reached = vec![from];
        let mut at = 0;
        while let Some(module) = reached.get(at).copied() {
            let next = arrows.get(module).into_iter().flatten().map(String::as_str);
            let new: Vec<&str> = next.filter(|next| !reached.contains(next)).collect();
            reached.extend(new);
            at += 1;
        }
        reached.contains(&to)
    };
    let all = arrows.iter().flat_map(|(module, used)| used.iter().map(move |used| (module, used)));
    let circular = all.filter(|(module, used)| leads_to(used, module));
    circular.map(|(module, used)| format!("{module} uses {used}")).collect()
}

/// Returns the circles in each room of a crate.
fn circles_in(modules: &Modules) -> Vec<String> {
    let of = |room: &[String]| {
        let circles = circles(&modules.arrows(room));
        circles.into_iter().map(|line| format!("{}: {line}", room.join("::"))).collect::<Vec<_>>()
    };
    modules.rooms().into_iter().flat_map(of).collect()
}

#[test]
fn no_modules_of_a_room_use_one_another_in_a_circle() {
    let crates = [
        "core/src/lib.rs",
        "app/lib.rs",
        "deskctl/src/main.rs",
        "demo-hotel/src/lib.rs",
        "pusher/src/lib.rs",
        "xtask/src/main.rs",
    ];
    let circles = crates.map(|root| circles_in(&Modules::of(&path(root)))).concat();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn a_circle_is_found_however_long_and_deep_it_is() {
    let ring =
        "mod a { use super::b; } mod b { use super::c; } mod c { use super::a; } mod d { use super::a; }";
    let found = |text: &str| circles_in(&Modules::in_text(text));
    assert_eq!(found(ring), [": a uses b", ": b uses c", ": c uses a"]);
    let room = format!("mod room {{ {ring} }}");
    assert_eq!(found(&room), ["room: a uses b", "room: b uses c", "room: c uses a"]);
    let line = "mod room { mod a { use crate::room::b; } mod b {} } mod other { use super::room; }";
    assert_eq!(found(line), [""; 0]);
}

#[test]
fn a_name_that_a_room_passes_on_belongs_to_its_module() {
    let room = "pub use a::{A, B as C}; mod a { use super::b; } mod b";
    let found = |uses: &str| circles_in(&Modules::in_text(&format!("mod room {{ {room} {{ {uses} }} }}")));
    let circle = ["room: a uses b", "room: b uses a"];
    assert_eq!(found("use super::A;"), circle);
    assert_eq!(found("use crate::room::{C, D};"), circle);
    assert_eq!(found("use super::D;"), [""; 0], "an item of the room itself");
}

fn used_in(text: &str) -> Vec<String> {
    let modules = Modules::in_text(&format!("mod own {{ {text} }}"));
    modules.arrows(&[]).remove("own").unwrap().into_iter().collect()
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
    let modules = Modules::in_text(
        "mod top { use crate::low; } mod side {} mod low { use crate::{side, top}; } mod new {}",
    );
    assert_eq!(
        faults(&modules.arrows(&[]), &[&["top"], &["low", "side"], &["old"]]),
        ["low uses side", "low uses top", "new stands in no layer", "there is no old"]
    );
}
