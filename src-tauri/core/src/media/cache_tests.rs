use jiff::ToSpan;
use tempfile::TempDir;

use super::*;

fn cache() -> (TempDir, MediaCache) {
    let dir = TempDir::new().expect("a folder");
    let cache = MediaCache::open(dir.path().join("media")).expect("opens");
    (dir, cache)
}

/// Bytes that the cache takes for a picture: it checks the beginning and never decodes.
fn png(number: u8) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".as_slice(), &[number; 92]].concat()
}

fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().expect("time")
}

fn put(cache: &MediaCache, number: u8, hours: i64) -> MediaHash {
    cache.put(&png(number), noon() + hours.hours()).expect("kept")
}

#[test]
fn what_is_kept_comes_back_with_its_type() {
    let (_dir, cache) = cache();
    let hash = put(&cache, 1, 0);
    assert_eq!(cache.get(&hash, noon()).expect("reads"), Some((png(1), "image/png")));
    assert!(cache.has(&hash));
}

#[test]
fn the_same_bytes_twice_are_one_file() {
    let (_dir, cache) = cache();
    assert_eq!(put(&cache, 1, 0), put(&cache, 1, 2));
    assert_eq!(cache.files(noon()).expect("lists").len(), 1);
}

#[test]
fn what_was_never_kept_is_not_here() {
    let (_dir, cache) = cache();
    assert_eq!(cache.get(&MediaHash::of(b"x"), noon()).expect("reads"), None);
}

#[test]
fn a_page_is_never_kept_as_a_picture() {
    let (_dir, cache) = cache();
    for bytes in
        [b"<html><script>alert(1)</script></html>".as_slice(), b"<svg onload=x>", b"", b"II\x2a\x00tiff"]
    {
        assert!(matches!(cache.put(bytes, noon()), Err(CacheError::NotAPicture)), "{bytes:?}");
    }
}

#[test]
fn a_page_under_a_pictures_name_is_not_served() {
    let (_dir, cache) = cache();
    let html = b"<html></html>";
    let hash = MediaHash::of(html);
    let path = cache.path(&hash, "png");
    fs::create_dir_all(path.parent().expect("folder")).expect("made");
    fs::write(&path, html).expect("written");
    assert_eq!(cache.get(&hash, noon()).expect("reads"), None);
}

#[test]
fn a_damaged_file_is_removed_and_can_be_kept_again() {
    let (_dir, cache) = cache();
    let hash = put(&cache, 1, 0);
    let mut bytes = png(1);
    bytes[50] ^= 1;
    fs::write(cache.path(&hash, "png"), bytes).expect("damaged");
    assert_eq!(cache.get(&hash, noon()).expect("reads"), None);
    assert!(!cache.has(&hash));
    put(&cache, 1, 0);
    assert!(cache.get(&hash, noon()).expect("reads").is_some());
}

#[test]
fn keeping_again_repairs_a_damaged_file() {
    let (_dir, cache) = cache();
    let hash = put(&cache, 1, 0);
    fs::write(cache.path(&hash, "png"), b"short").expect("damaged");
    put(&cache, 1, 0);
    assert_eq!(cache.get(&hash, noon()).expect("reads"), Some((png(1), "image/png")));
}

#[test]
fn the_least_recently_used_go_first() {
    let (_dir, cache) = cache();
    let [first, second, third] = [1, 2, 3].map(|number| put(&cache, number, i64::from(number)));
    // This one was read last, so it stays although it was stored first.
    assert!(cache.get(&first, noon() + 9.hours()).expect("reads").is_some());
    let later = noon() + 10.hours();
    assert_eq!(cache.evict(200, &HashSet::new(), later).expect("evicts"), 100);
    assert_eq!([first, second, third].map(|hash| cache.has(&hash)), [true, false, true]);
}

#[test]
fn a_pinned_picture_stays_even_over_the_cap() {
    let (_dir, cache) = cache();
    let (waiting, other) = (put(&cache, 1, 0), put(&cache, 2, 5));
    cache.evict(0, &HashSet::from([waiting.clone()]), noon() + 6.hours()).expect("evicts");
    assert!(cache.has(&waiting) && !cache.has(&other));
}

#[test]
fn nothing_goes_while_there_is_room() {
    let (_dir, cache) = cache();
    let hash = put(&cache, 1, 0);
    assert_eq!(cache.evict(100, &HashSet::new(), noon() + 9000.hours()).expect("evicts"), 0);
    assert!(cache.has(&hash));
}

#[test]
fn a_half_written_file_is_swept_away_after_a_day() {
    let (_dir, cache) = cache();
    let hash = put(&cache, 1, 0);
    let left = cache.path(&hash, "png").with_file_name(format!("{UNFINISHED}x1"));
    fs::write(&left, b"half").expect("written");
    File::options().append(true).open(&left).expect("opens").set_modified(noon().into()).expect("dated");
    cache.evict(1000, &HashSet::new(), noon() + 23.hours()).expect("evicts");
    assert!(left.exists(), "somebody may still be writing it");
    cache.evict(1000, &HashSet::new(), noon() + 25.hours()).expect("evicts");
    assert!(!left.exists() && cache.has(&hash));
}

#[test]
fn a_read_marks_the_file_at_most_once_an_hour() {
    let (_dir, cache) = cache();
    let hash = put(&cache, 1, 0);
    let used = || fs::metadata(cache.path(&hash, "png")).expect("file").modified().expect("time");
    cache.get(&hash, noon() + 59.minutes()).expect("reads");
    assert_eq!(used(), SystemTime::from(noon()));
    cache.get(&hash, noon() + 61.minutes()).expect("reads");
    assert_eq!(used(), SystemTime::from(noon() + 61.minutes()));
}

#[test]
fn a_picture_that_was_just_kept_stays_until_it_is_noted_who_needs_it() {
    let (_dir, cache) = cache();
    let hash = put(&cache, 1, 0);
    assert_eq!(cache.evict(0, &HashSet::new(), noon() + 9.minutes()).expect("evicts"), 0);
    assert!(cache.has(&hash));
    assert_eq!(cache.evict(0, &HashSet::new(), noon() + 10.minutes()).expect("evicts"), 100);
}

#[test]
fn two_desks_may_evict_at_the_same_time() {
    let (dir, cache) = cache();
    let hashes: Vec<_> = (0..50).map(|number| put(&cache, number, 0)).collect();
    let other = MediaCache::open(dir.path().join("media")).expect("opens");
    let later = noon() + 1.hours();
    std::thread::scope(|scope| {
        for cache in [&cache, &other] {
            scope.spawn(move || cache.evict(1000, &HashSet::new(), later).expect("evicts"));
        }
    });
    assert!(hashes.iter().filter(|hash| cache.has(hash)).count() <= 10);
}
