//! Preparing a photo for the upload, beside the two usual tools for it: `vipsthumbnail` (libvips) and `sharp` (libvips
//! under Node.js), on the same photos, made in the same run.
//!
//! Every figure is of a whole process, from its start to its end: reading the file, decoding, scaling to [`SIDE`]
//! pixels, encoding as JPEG of quality 85, writing. The tools take turns, [`rounds`] times; the least time counts,
//! since other work of the computer only adds to it. Likeness is the structural similarity of the brightness to a copy
//! that was scaled from all pixels.
//!
//! Computers differ, so none of these numbers is to be kept: the ratios are.

#![cfg_attr(
    target_os = "linux",
    expect(clippy::expect_used, reason = "what cannot be measured is not reported")
)]

#[cfg(target_os = "linux")]
mod likeness;
#[cfg(target_os = "linux")]
mod tools;

#[cfg(target_os = "linux")]
use std::path::Path;

#[cfg(target_os = "linux")]
use desk_tests::figures::{limit_trial, profile, sized};
#[cfg(target_os = "linux")]
use desk_tests::photo;

/// The longest side of the result, in pixels.
#[cfg(target_os = "linux")]
const SIDE: u32 = 2560;

/// The number of times that each tool prepares each photo.
#[cfg(target_os = "linux")]
fn rounds() -> usize {
    sized(9, 1)
}

/// The photos: name, width, height.
#[cfg(target_os = "linux")]
const PHOTOS: [(&str, u32, u32); 3] =
    [("12 megapixels", 4000, 3000), ("24 megapixels", 6000, 4000), ("48 megapixels", 8000, 6000)];

#[cfg(target_os = "linux")]
fn main() {
    limit_trial();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        // Each runs in a process of its own, which is measured. This one stays small, since a process begins with the
        // memory figure of the process that started it.
        ["make", width, height, file] => {
            photo::make(number(width), number(height), Path::new(file)).expect("the photo is written");
        }
        ["prepare", file, result] => tools::prepare(file, result),
        ["compare", file, result] => println!("{}", likeness::of(file, result)),
        _ => measure(),
    }
}

#[cfg(target_os = "linux")]
fn number(word: &str) -> u32 {
    word.parse().expect("a number")
}

#[cfg(target_os = "linux")]
fn measure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let tools = tools::all();
    let profile = profile();
    println!("\nPreparing photos beside others in the same run ({profile}; least of {} rounds)", rounds());
    println!(
        "{:16}{:16}{:>10}{:>8}{:>10}{:>8}{:>10}{:>8}{:>10}",
        "", "", "wall ms", "ratio", "CPU ms", "ratio", "peak MB", "ratio", "likeness"
    );
    for (name, width, height) in PHOTOS.into_iter().take(sized(PHOTOS.len(), 1)) {
        let file = folder.path().join("photo.jpg");
        let file = file.to_str().expect("a plain path");
        tools::own(&["make", &width.to_string(), &height.to_string(), file]);
        let results = tools::race(&tools, file, folder.path(), rounds());
        let [desk, others @ ..] = results.as_slice() else { continue };
        println!("{name:16}{desk}");
        for other in others {
            println!("{:16}{}", "", other.beside(desk));
        }
    }
    println!("Ratios are the desk's share of the other's; below 1 the desk needs less.");
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("What a process took is asked from Linux, and vipsthumbnail comes from its packages: skipped.");
}
