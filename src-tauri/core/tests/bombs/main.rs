//! The cost of a hostile, broken or merely huge file, measured by the operating system for a process of its own. On
//! other systems than Linux such a measure needs unsafe code.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod files;
mod measure;

use std::sync::Arc;

use hotelmate_core::media::{Budget, Job, Limits, PrepareOptions, memory_needed, prepare, prepare_with};
use image::ImageFormat;
use measure::{Cost, in_a_process_of_its_own};

/// The memory for a refusal, of the whole process, in megabytes (of 1,048,576 bytes).
const REFUSAL_MB: u64 = 64;
/// The processor time for a refusal: at most a second if nothing else runs.
const REFUSAL_MS: u64 = 1000;
/// The memory of a process before it does anything, in megabytes.
const BARE_MB: u64 = 12;

/// The body of the process; the other tests start it.
#[test]
#[ignore = "the other tests run it, each in a process of its own"]
fn one_file() {
    let Some(bytes) = measure::file() else { return };
    let outcome = match measure::what() {
        "prepare" => prepare(&bytes, &Limits::default()).map_or_else(
            |error| error.to_string(),
            |done| format!("{} x {} {}", done.width, done.height, done.mime),
        ),
        "many" => many_at_once(bytes),
        other => panic!("{other} is not known"),
    };
    measure::notify(&outcome);
}

/// Prepares the same picture six times, as fast as a budget for two allows.
fn many_at_once(bytes: Vec<u8>) -> String {
    let needed = memory_needed(&bytes, &Limits::default(), &PrepareOptions::default()).unwrap();
    // The budget counts in megabytes.
    let (bytes, budget) = (Arc::new(bytes), Budget::of(2 * (needed + (1 << 20))));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    runtime.block_on(async {
        let tasks: Vec<_> = (0..6)
            .map(|_| {
                let (bytes, budget) = (Arc::clone(&bytes), budget.clone());
                tokio::spawn(async move {
                    let share = budget.share(needed).await;
                    tokio::task::spawn_blocking(move || {
                        let done =
                            prepare_with(&bytes, &Limits::default(), &PrepareOptions::default(), &Job::new());
                        drop(share);
                        done.is_ok()
                    })
                    .await
                    .unwrap()
                })
            })
            .collect();
        let mut done = 0;
        for task in tasks {
            done += u32::from(task.await.unwrap());
        }
        format!("{done} done")
    })
}

fn assert_refused(name: &str, file: &[u8], why: &str) {
    let Cost { outcome, peak_mb, processor_ms } = in_a_process_of_its_own("prepare", file);
    assert!(outcome.contains(why), "{name}: {outcome}");
    assert!(peak_mb <= REFUSAL_MB, "{name}: {peak_mb} MB");
    assert!(processor_ms <= REFUSAL_MS, "{name}: {processor_ms} ms");
}

#[test]
fn a_file_that_claims_to_be_huge_is_refused_at_once_and_without_memory() {
    let bombs = [
        ("PNG", files::png(60_000, 60_000, false)),
        ("JPEG", files::jpeg(65_500, 65_500)),
        ("GIF", files::gif(65_000, 65_000)),
        ("WebP", files::webp(16_000, 16_000)),
        ("BMP", files::bmp(30_000, 30_000)),
        ("TIFF", files::tiff(40_000, 40_000)),
    ];
    for (name, file) in bombs {
        assert_refused(name, &file, "more than 100 million");
    }
}

#[test]
fn a_file_that_claims_what_is_just_allowed_with_nothing_behind_it_is_refused_as_well() {
    let bombs = [
        ("interlaced PNG", files::png(9_999, 9_999, true)),
        ("JPEG", files::jpeg(9_999, 9_999)),
        ("GIF", files::gif(9_999, 9_999)),
        ("WebP", files::webp(9_999, 9_999)),
        ("BMP", files::bmp(9_999, 9_999)),
        ("TIFF", files::tiff(9_999, 9_999)),
    ];
    for (name, file) in bombs {
        assert_refused(name, &file, "next to nothing");
    }
}

#[test]
fn what_swells_inside_of_a_png_is_refused_or_left_alone() {
    // A hundred megabytes of zeros, as a colour profile and as a text.
    let zeros = files::zeros(100 << 20);
    assert!(zeros.len() < 1 << 20, "the bomb is small: {} bytes", zeros.len());
    for (name, chunk) in [
        ("profile", files::chunk(b"iCCP", &[b"p\0\0".as_slice(), &zeros].concat())),
        ("text", files::chunk(b"zTXt", &[b"t\0\0".as_slice(), &zeros].concat())),
        ("long text", files::chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\x01\0\0\0".as_slice(), &zeros].concat())),
    ] {
        let file = files::with_chunk(&files::photo(300, 200, ImageFormat::Png), &chunk);
        let cost = in_a_process_of_its_own("prepare", &file);
        assert!(
            cost.outcome.starts_with("300 x 200") || cost.outcome.contains("damaged"),
            "{}",
            cost.outcome
        );
        assert!(cost.peak_mb <= REFUSAL_MB && cost.processor_ms <= REFUSAL_MS, "{name}: {cost:?}");
    }
    // The data holds more than the picture that the head describes: the rest is not read.
    let cost = in_a_process_of_its_own("prepare", &files::png_around(10, 10, &zeros));
    assert!(cost.peak_mb <= REFUSAL_MB && cost.processor_ms <= REFUSAL_MS, "{cost:?}");
}

#[test]
fn a_picture_of_the_largest_size_that_goes_row_by_row_needs_no_memory_for_it() {
    let cost =
        in_a_process_of_its_own("prepare", &files::png_around(9_999, 9_999, &files::zeros(10_000 * 29_998)));
    assert_eq!(cost.outcome, "2560 x 2560 image/jpeg");
    assert!(cost.peak_mb <= 80, "{cost:?}: the result alone is 19 MB, and is held three times");
}

#[test]
fn a_large_photo_that_is_cut_off_is_refused_at_once_and_without_memory() {
    for format in
        [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Bmp, ImageFormat::Tiff]
    {
        let whole = files::photo(2400, 1600, format);
        for length in [whole.len() / 2, whole.len() - 200] {
            assert_refused(&format!("{format:?} {length}"), &whole[..length], "damaged");
        }
    }
}

#[test]
fn nothing_and_what_is_something_else_is_refused_at_once_and_without_memory() {
    assert_refused("empty", b"", "the file is empty");
    let film = [b"\x00\x00\x00\x20ftypisom".as_slice(), &vec![0; 20 << 20]].concat();
    assert_refused("film", &film, "not a picture");
    let page = [b"<!DOCTYPE html>".as_slice(), &vec![b' '; 10 << 20]].concat();
    assert_refused("page", &page, "not a picture");
}

#[test]
fn a_picture_takes_no_more_memory_than_was_told_before() {
    let kinds = [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::WebP,
        ImageFormat::Gif,
        ImageFormat::Bmp,
        ImageFormat::Tiff,
    ];
    let files = kinds.map(|kind| (format!("{kind:?}"), files::photo(4000, 2000, kind)));
    let progressive = ("progressive JPEG".to_owned(), files::progressive(4000, 2000));
    for (name, file) in files.into_iter().chain([progressive]) {
        let reported = memory_needed(&file, &Limits::default(), &PrepareOptions::default()).unwrap() >> 20;
        let cost = in_a_process_of_its_own("prepare", &file);
        assert_eq!(cost.outcome, "2560 x 1280 image/jpeg", "{name}");
        let most = reported + (file.len() as u64 >> 20) + BARE_MB;
        println!("{name}: {} MB taken, {reported} MB told, {} bytes", cost.peak_mb, file.len());
        assert!(cost.peak_mb <= most, "{name}: {} MB, but {most} MB were told", cost.peak_mb);
    }
}

#[test]
fn many_pictures_at_once_stay_within_their_budget() {
    let file = files::progressive(4000, 3000);
    let reported = memory_needed(&file, &Limits::default(), &PrepareOptions::default()).unwrap() >> 20;
    let cost = in_a_process_of_its_own("many", &file);
    assert_eq!(cost.outcome, "6 done");
    let most = 2 * reported + (file.len() as u64 >> 20) + 2 * BARE_MB;
    println!("six pictures of {reported} MB each: {} MB", cost.peak_mb);
    assert!(cost.peak_mb <= most, "{} MB for two pictures of {reported} MB", cost.peak_mb);
}
