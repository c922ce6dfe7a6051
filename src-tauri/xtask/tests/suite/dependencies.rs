//! Holds the dependencies to `deny.toml`, and `docs/dependencies.md` to the dependencies.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

use crate::project;

/// Returns cargo's data about every package that any platform or feature may bring in.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(project::root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn rules() -> toml::Table {
    project::read("deny.toml").parse().unwrap()
}

fn texts(list: &toml::Value) -> Vec<&str> {
    list.as_array().unwrap().iter().filter_map(toml::Value::as_str).collect()
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap()
}

#[test]
fn every_licence_is_one_that_we_may_pass_on() {
    let rules = rules();
    let allowed: Vec<LicenseReq> = texts(&rules["licenses"]["allow"])
        .iter()
        .map(|text| Expression::parse(text).unwrap().requirements().next().unwrap().req.clone())
        .collect();
    let refused: Vec<String> = packages()
        .iter()
        .filter_map(|package| {
            let licence = package["license"].as_str().unwrap_or("none");
            let expression = Expression::parse_mode(licence, ParseMode::LAX);
            let fits = expression.is_ok_and(|expression| expression.evaluate(|one| allowed.contains(one)));
            (!fits).then(|| format!("{}: {licence}", name(package)))
        })
        .collect();
    assert_eq!(refused, [""; 0]);
}

#[test]
fn no_crate_is_banned_or_comes_from_elsewhere() {
    let rules = rules();
    let banned: Vec<&str> =
        rules["bans"]["deny"].as_array().unwrap().iter().filter_map(|ban| ban["crate"].as_str()).collect();
    let registries = texts(&rules["sources"]["allow-registry"]);
    let packages = packages();
    assert!(packages.len() > 100, "cargo names only {} packages", packages.len());
    for package in &packages {
        assert!(!banned.contains(&name(package)), "{} is banned", name(package));
        let source = package["source"].as_str().map(|source| source.trim_start_matches("registry+"));
        assert!(source.is_none_or(|source| registries.contains(&source)), "{}: {source:?}", name(package));
    }
}

/// Returns each crate with its features in a build of the whole workspace on this system.
fn built(edges: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--workspace",
            "--locked",
            "--prefix",
            "none",
            "--format",
            "{p} {f}",
            "--edges",
            edges,
        ])
        .current_dir(project::root())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect()
}

#[test]
fn a_build_of_the_programs_shares_every_crate_with_one_of_the_tests() {
    let (programs, tests) = (built("no-dev"), built("all"));
    assert!(programs.len() > 100, "cargo names only {} packages", programs.len());
    let differs: Vec<&String> = programs.difference(&tests).collect();
    assert_eq!(differs, [""; 0], "tests/Cargo.toml has to name the features that these lack");
}

#[test]
fn every_dependency_is_explained() {
    let page = project::read("docs/dependencies.md");
    let explained: BTreeSet<&str> =
        page.lines().filter(|line| line.starts_with("| `")).flat_map(project::in_backticks).collect();
    let is_explained = |name: &str| {
        explained.contains(name)
            || explained.iter().any(|one| one.strip_suffix('*').is_some_and(|start| name.starts_with(start)))
    };
    let packages = packages();
    let own: Vec<&Value> = packages.iter().filter(|package| package["source"].is_null()).collect();
    let own_names: BTreeSet<&str> = own.iter().map(|package| name(package)).collect();
    let mut used: BTreeSet<String> = own
        .iter()
        .flat_map(|package| package["dependencies"].as_array().unwrap())
        .map(|dependency| name(dependency).to_owned())
        .filter(|name| !own_names.contains(name.as_str()))
        .collect();
    let npm: Value = serde_json::from_str(&project::read("ui/package.json")).unwrap();
    for list in ["dependencies", "devDependencies"] {
        used.extend(npm[list].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
    }
    let missing: Vec<&String> = used.iter().filter(|name| !is_explained(name)).collect();
    assert_eq!(missing, [""; 0], "docs/dependencies.md does not say why they are there");
}
