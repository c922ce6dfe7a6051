use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::date;

use super::*;
use crate::records::Validity;

fn zone() -> TimeZone {
    TimeZone::get("Europe/Dublin").unwrap()
}

/// Returns the moment of a local time in Dublin, such as `2026-11-30T23:59`.
fn at(text: &str) -> Timestamp {
    text.parse::<jiff::civil::DateTime>().unwrap().to_zoned(zone()).unwrap().timestamp()
}

fn an_offer(title: &str, from: Option<Date>, to: Option<Date>) -> Offer {
    Offer {
        key: format!("offer-{title}"),
        title: title.to_owned(),
        text: "Two nights.".to_owned(),
        safe_html: String::new(),
        tag: String::new(),
        days: Validity { from, to },
        active: true,
        book_now_url: String::new(),
        picture: None,
    }
}

fn content(offers: Vec<Offer>) -> Content {
    Content { offers, ..Content::default() }
}

fn settings(text: &str) -> DisplaySettings {
    DisplaySettings::read(text, Path::new("display.toml")).unwrap()
}

fn titles(content: &Content, settings: &DisplaySettings, now: Timestamp) -> Vec<String> {
    rotation(content, settings, now, &zone()).slides.into_iter().map(|slide| slide.title).collect()
}

#[test]
fn an_offer_is_shown_from_the_first_to_the_last_day_inclusive_and_flips_at_the_hotels_midnight() {
    let offers = content(vec![an_offer("Advent", Some(date(2026, 11, 30)), Some(date(2026, 12, 1)))]);
    let shown = |now: &str| !titles(&offers, &DisplaySettings::default(), at(now)).is_empty();
    assert!(!shown("2026-11-29T23:59:59"));
    assert!(shown("2026-11-30T00:00"));
    assert!(shown("2026-12-01T23:59:59"));
    assert!(!shown("2026-12-02T00:00"));
    let list = rotation(&offers, &DisplaySettings::default(), at("2026-12-01T20:00"), &zone());
    assert_eq!(list.until, at("2026-12-02T00:00"), "the next look is at midnight");
}

#[test]
fn the_hotels_day_counts_and_not_that_of_greenwich() {
    let offers = content(vec![an_offer("Solstice", Some(date(2026, 6, 21)), None)]);
    // Summer time: the hotel's midnight is 23:00 in Greenwich.
    let before: Timestamp = "2026-06-20T22:59:59Z".parse().unwrap();
    let after: Timestamp = "2026-06-20T23:00:00Z".parse().unwrap();
    assert!(titles(&offers, &DisplaySettings::default(), before).is_empty());
    assert_eq!(titles(&offers, &DisplaySettings::default(), after), ["Solstice"]);
}

#[test]
fn the_night_of_a_clock_change_has_one_midnight_and_its_hours_are_local() {
    // In the night to 25 October 2026 the hour from one to two comes twice; on 29 March 2026 it is left out.
    let jazz = settings("[[offer]]\ntitle = \"Jazz\"\nhours = \"22:00-01:30\"\n");
    let offers = content(vec![an_offer("Jazz", None, None)]);
    let list = |now: &str| rotation(&offers, &jazz, now.parse().unwrap(), &zone());
    // 01:15 summer time is shown; 01:30 summer time ends it, and 01:15 winter time, an hour later, is within again.
    assert_eq!(list("2026-10-25T00:15:00Z").slides.len(), 1);
    assert_eq!(list("2026-10-25T00:45:00Z").slides.len(), 0);
    assert_eq!(
        list("2026-10-25T01:15:00Z").slides.len(),
        1,
        "the repeated quarter past one is inside of the hours"
    );
    assert_eq!(
        list("2026-10-24T22:00:00Z").until,
        "2026-10-24T23:00:00Z".parse().unwrap(),
        "midnight is once"
    );
    // 01:30 does not exist on 29 March: the hours end when the clocks jump.
    assert_eq!(list("2026-03-29T00:59:00Z").slides.len(), 1);
    assert_eq!(list("2026-03-29T01:00:00Z").slides.len(), 0);
}

#[test]
fn an_overnight_window_belongs_to_the_day_on_which_it_starts() {
    let jazz = settings("[[offer]]\ntitle = \"jazz\"\nweekdays = [\"fri\"]\nhours = \"22:00-02:00\"\n");
    let offers = content(vec![an_offer("Jazz", None, Some(date(2026, 11, 27)))]);
    let shown = |now: &str| !titles(&offers, &jazz, at(now)).is_empty();
    assert!(!shown("2026-11-27T21:59"));
    assert!(shown("2026-11-27T22:00"), "27 November 2026 is a Friday");
    assert!(
        shown("2026-11-28T01:59"),
        "Saturday's first hours belong to Friday, also for the last day of the offer"
    );
    assert!(!shown("2026-11-28T02:00"));
    assert!(!shown("2026-11-28T22:30"), "Saturday evening does not");
    assert!(!shown("2026-11-27T01:00"), "nor do Friday's first hours, which belong to Thursday");
}

#[test]
fn outside_of_its_hours_the_display_is_dark_until_they_begin() {
    let night = settings("hours = \"06:30-23:00\"\n");
    let offers = content(vec![an_offer("Spa", None, None)]);
    let list = rotation(&offers, &night, at("2026-11-25T23:30"), &zone());
    assert!(list.dark && list.slides.is_empty());
    assert_eq!(list.until, at("2026-11-26T00:00"));
    let later = rotation(&offers, &night, list.until, &zone());
    assert_eq!((later.dark, later.until), (true, at("2026-11-26T06:30")));
    assert!(!rotation(&offers, &night, later.until, &zone()).dark);
}

#[test]
fn an_inactive_offer_and_parts_that_are_off_are_not_shown() {
    let mut offers = content(vec![an_offer("Spa", None, None), an_offer("Tea", None, None)]);
    offers.offers[0].active = false;
    offers.amenities = vec!["Pool".to_owned()];
    assert_eq!(
        titles(&offers, &settings("[parts]\namenities = { on = false }"), at("2026-11-25T12:00")),
        ["Tea"]
    );
    assert_eq!(titles(&offers, &settings("[parts]\noffers = { on = false }"), at("2026-11-25T12:00")), [""]);
    let without = settings("[[offer]]\ntitle = \"TEA\"\non = false\n[parts]\namenities = { on = false }");
    assert!(titles(&offers, &without, at("2026-11-25T12:00")).is_empty());
}

#[test]
fn every_slide_comes_once_in_the_order_of_its_own_list_and_both_lists_are_spread() {
    for (offers, rooms) in [(0, 3), (3, 0), (1, 7), (7, 1), (4, 4), (2, 5)] {
        let slide = |list: &str, number: usize| {
            blank(&format!("{list}{number}"), DisplayPart::Offers, &DisplaySettings::default())
        };
        let list =
            |name: &str, count: usize| (0..count).map(|number| slide(name, number)).collect::<Vec<_>>();
        let all: Vec<String> =
            mixed(list("o", offers), list("r", rooms)).into_iter().map(|one| one.key).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), offers + rooms);
        for (name, count) in [("o", offers), ("r", rooms)] {
            let own: Vec<&String> = all.iter().filter(|key| key.starts_with(name)).collect();
            assert!(own.len() == count && own.is_sorted(), "{all:?}");
        }
        let longest = all.chunk_by(|one, next| one[..1] == next[..1]).map(<[String]>::len).max().unwrap();
        assert!(longest <= offers.max(rooms).div_ceil(offers.min(rooms) + 1) + 1, "{all:?}");
    }
}

#[test]
fn a_code_is_shown_for_an_address_to_book_at_unless_codes_are_off() {
    let mut offers = content(vec![an_offer("Spa", None, None)]);
    offers.offers[0].book_now_url = "https://killarney.example/spa".to_owned();
    let code = |text: &str| {
        rotation(&offers, &settings(text), at("2026-11-25T12:00"), &zone()).slides.remove(0).qr.is_some()
    };
    assert!(code(""));
    assert!(!code("qr = false"));
}
