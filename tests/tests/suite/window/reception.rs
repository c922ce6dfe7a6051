//! The reception display in the real window.

use std::fs;

use demo_hotel::Dialect;
use desk_tests::test_desk::colleague;
use desk_tests::window::{Fixture, Monitors, Window, until};
use hotelmate_core::ids::ServerId;
use hotelmate_core::records::{Datum, FieldValue, Validity};
use hotelmate_core::resources::Kind;
use jiff::{Timestamp, ToSpan, Zoned, civil};
use serde_json::{Value, json};

const QUICK: &str = "seconds = 3\nmessage = \"Breakfast is served until half past ten\"\n";
const SHOWN: &str =
    "return document.querySelector('[data-testid=display-slide]:last-of-type')?.dataset.key ?? ''";

/// Waits until a slide of this kind, by the beginning of its key, is on the screen with its picture.
async fn until_slide(window: &Window, beginning: &str) -> String {
    let script = "const all = [...document.querySelectorAll('[data-testid=display-slide]')];
        const last = all.at(-1);
        const layer = last?.closest('.layer');
        return last?.dataset.key.startsWith(arguments[0]) && all.length === 1 && getComputedStyle(layer).opacity === '1'
            ? last.dataset.key : ''";
    let key = window.until(&format!("a slide {beginning}"), script, vec![json!(beginning)]).await;
    key.as_str().unwrap().to_owned()
}

/// Calls a command of the shell as the page could, and returns the error's text, or an empty text.
async fn invoke(window: &Window, command: &str) -> String {
    let script = "const done = arguments[arguments.length - 1];
        window.__TAURI_INTERNALS__.invoke(arguments[0], {}).then(() => done(''), (error) => done(JSON.stringify(error)))";
    window.run_async(script, vec![json!(command)]).await.as_str().unwrap().to_owned()
}

/// Returns all commands of the table that may be called by a window, in one permission or another.
fn commands() -> Vec<String> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../src-tauri/permissions/desk.toml");
    let text = fs::read_to_string(file).unwrap();
    let names = text.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","));
    names.map(str::to_owned).collect()
}

/// Calls a command of the editor as the page could, with this PIN and file. Returns the code of the error, or an empty
/// text.
async fn edit_with(window: &Window, command: &str, pin: &str, file: Value) -> String {
    let script = "const [command, pin, file, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, { pin, file }).then(() => done(''), (error) => done(error.code ?? String(error)))";
    let code = window.run_async(script, vec![json!(command), json!(pin), file]).await;
    code.as_str().unwrap().to_owned()
}

async fn only(fixture: &Fixture, part: &str) {
    let parts = ["welcome", "offers", "gallery", "rooms", "amenities"];
    let lines = parts.map(|one| format!("{one} = {{ on = {} }}\n", one == part)).concat();
    fixture.write_display_file(&format!("{QUICK}[parts]\n{lines}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_display_shows_each_part_in_landscape_portrait_and_4k() {
    let fixture = Fixture::set("reception").await;
    let window = fixture.open_display(QUICK).await;
    for (name, width, height) in [("landscape", 1920, 1080), ("portrait", 1080, 1920), ("4k", 3840, 2160)] {
        window.resize(width, height).await;
        for (part, key) in [
            ("welcome", "welcome"),
            ("offers", "offer-"),
            ("gallery", "gallery-"),
            ("rooms", "room-"),
            ("amenities", "amenities"),
        ] {
            only(&fixture, part).await;
            until_slide(&window, key).await;
            window
                .until(
                    "the picture",
                    "return document.querySelector('.picture img')?.complete ?? true",
                    vec![],
                )
                .await;
            window.shot(&format!("{name}-{part}")).await;
            let fits =
                "const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
                return scrollWidth <= clientWidth && scrollHeight <= clientHeight";
            assert_eq!(window.run(fits, vec![]).await, json!(true), "{name} {part}");
        }
    }
    let cursor = "return getComputedStyle(document.querySelector('[data-testid=display]')).cursor";
    assert_eq!(window.run(cursor, vec![]).await, json!("none"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_slide_comes_with_its_whole_picture() {
    let fixture = Fixture::set("whole-picture").await;
    let window = fixture.open_display(QUICK).await;
    window.resize(3840, 2160).await;
    only(&fixture, "gallery").await;
    until_slide(&window, "gallery-").await;
    let watch = "window.whole = [];
        new MutationObserver((mutations) => {
            for (const layer of mutations.flatMap(({ addedNodes }) => [...addedNodes])) {
                const picture = layer.querySelector?.('.picture img');
                if (picture) window.whole.push(picture.complete && picture.naturalWidth > 0);
            }
        }).observe(document.querySelector('.scene'), { childList: true });";
    window.run(watch, vec![]).await;
    let whole =
        window.until("four slides", "return window.whole.length >= 4 ? window.whole : null", vec![]).await;
    assert!(whole.as_array().unwrap().iter().all(|whole| whole == true), "{whole}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_display_keeps_the_system_awake_in_its_hours_only() {
    let fixture = Fixture::set("awake").await;
    let inhibitors = fixture.inhibitors().await;
    let window = fixture.open_display(QUICK).await;
    until_slide(&window, "").await;
    let is_awake = || inhibitors.screen_is_kept_on() && inhibitors.system_is_kept_awake();
    until("the locks", async || is_awake().then_some(())).await;

    let later = Zoned::now().in_tz("Europe/Dublin").unwrap() + 3.hours();
    fixture.write_display_file(&format!("{QUICK}hours = \"{}\"\n", later.strftime("%H:00-%H:30")));
    window.until_there("[data-testid=display][data-state=dark]").await;
    let is_asleep = || !inhibitors.screen_is_kept_on() && !inhibitors.system_is_kept_awake();
    until("the returned locks", async || is_asleep().then_some(())).await;

    fixture.write_display_file(QUICK);
    until_slide(&window, "").await;
    until("the locks again", async || is_awake().then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_hotels_midnight_an_offer_ends_and_another_one_begins() {
    let fixture = Fixture::set_with_clock("midnight").await;
    let evening = civil::date(2027, 1, 15).at(23, 30, 0, 0).in_tz("Europe/Dublin").unwrap();
    let (day, next) = (evening.date(), evening.date().tomorrow().unwrap());
    let api = colleague(fixture.hotel(), 0).await;
    for (place, offer) in fixture.hotel().offers().iter().enumerate() {
        let dates = match place {
            0 => {
                [("title", "Ends today".into()), ("validity", Validity { from: None, to: Some(day) }.into())]
            }
            1 => [
                ("title", "Begins tomorrow".into()),
                ("validity", Validity { from: Some(next), to: None }.into()),
            ],
            _ => [("title", "Hidden".into()), ("is_active", false.into())],
        };
        let edits = dates.map(|(field, value): (&str, Datum)| FieldValue::of(field, value));
        api.edit(Kind::Offer, ServerId(offer["id"].as_i64().unwrap()), &edits).await.unwrap();
    }
    fixture.set_clock(&evening);
    let window = fixture.open_display(QUICK).await;
    window.resize(1920, 1080).await;
    only(&fixture, "offers").await;
    window.until_says("display-slide", "Ends today").await;
    window.until_says("display-clock", "11:30").await;
    window.shot("before").await;
    fixture.set_clock(&evening.checked_add(29.minutes().seconds(55)).unwrap());
    window.until_says("display-slide", "Begins tomorrow").await;
    window.until_says("display-clock", "12:00").await;
    window.shot("after").await;
    let status = fixture.deskctl(&["display", "status"]).await;
    assert_eq!((&status["slides"], &status["slide"]["title"]), (&json!(1), &json!("Begins tomorrow")));
}

#[tokio::test(flavor = "multi_thread")]
async fn its_hours_follow_the_clocks_that_go_forward_and_back() {
    let fixture = Fixture::set_with_clock("daylight").await;
    let at = |timestamp: &str| timestamp.parse::<Timestamp>().unwrap().in_tz("Europe/Dublin").unwrap();
    fixture.set_clock(&at("2027-03-28T00:30:00Z"));
    let window = fixture.open_display(&format!("{QUICK}hours = \"02:00-05:00\"\n")).await;
    window.resize(1920, 1080).await;
    window.until_there("[data-testid=display][data-state=dark]").await;
    // The clocks go from one straight to two.
    fixture.set_clock(&at("2027-03-28T00:59:55Z"));
    until_slide(&window, "").await;
    window.until_says("display-clock", "2:00").await;
    window.shot("forward").await;
    // The hour from one to two comes twice, and the display is on in both.
    fixture.set_clock(&at("2027-10-31T00:59:00Z"));
    window.until_there("[data-testid=display][data-state=dark]").await;
    fixture.write_display_file(&format!("{QUICK}hours = \"01:00-02:00\"\n"));
    until_slide(&window, "").await;
    window.until_says("display-clock", "1:59").await;
    fixture.set_clock(&at("2027-10-31T00:59:58Z"));
    window.until_says("display-clock", "1:00").await;
    until_slide(&window, "").await;
    window.shot("back").await;
    fixture.set_clock(&at("2027-10-31T01:59:57Z"));
    window.until_there("[data-testid=display][data-state=dark]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_on_its_monitor_falls_back_while_that_one_is_unplugged_and_returns() {
    let fixture = Fixture::set_with_monitors("monitors").await;
    let monitors = fixture.monitors();
    monitors.plug_in();
    let window = fixture.open_display(&format!("{QUICK}monitor = \"{}\"\n", Monitors::SECOND)).await;
    let covers = async |what: &str, width: u32, height: u32| {
        let script = "return innerWidth === arguments[0] && innerHeight === arguments[1]";
        window.until(what, script, vec![json!(width), json!(height)]).await;
        until_slide(&window, "").await;
        window.shot(what).await;
    };
    covers("named", 1920, 1080).await;
    monitors.plug_out();
    covers("unplugged", 1280, 720).await;
    monitors.plug_in();
    covers("returned", 1920, 1080).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_may_call_its_own_commands_and_no_other() {
    let fixture = Fixture::set("allowed").await;
    let window = fixture.open_display(QUICK).await;
    until_slide(&window, "").await;
    // The last three take the PIN at each call, as the next test shows.
    let own = [
        "display_view",
        "display_shown",
        "display_broken",
        "leave_display",
        "answer_shell",
        "display_editing",
        "display_preview",
        "save_display",
    ];
    let all = commands();
    assert!(all.len() > 60, "{}", all.len());
    assert_eq!(invoke(&window, "display_view").await, "");
    for command in all.iter().filter(|command| !own.contains(&command.as_str())) {
        let error = invoke(&window, command).await;
        assert!(error.contains("not allowed"), "{command}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_the_pin_can_edit_nothing() {
    let fixture = Fixture::set("edit-without-pin").await;
    let file = format!("{QUICK}pin = \"40711\"\n");
    let window = fixture.open_display(&file).await;
    until_slide(&window, "").await;
    let edited = json!({ "message": "Taken over", "pin": "" });
    assert_eq!(edit_with(&window, "save_display", "40711", json!({ "seconds": 1 })).await, "invalid");
    for command in ["display_editing", "display_preview", "save_display"] {
        for pin in ["", "1234"].into_iter().take(if command == "save_display" { 1 } else { 2 }) {
            assert_eq!(edit_with(&window, command, pin, edited.clone()).await, "wrong_pin", "{command}");
        }
    }
    // Five wrong PINs make the pause, in which the right one is refused as well.
    assert_eq!(edit_with(&window, "save_display", "40711", edited).await, "not_allowed");
    assert_eq!(fs::read_to_string(fixture.data_folder().join("display.toml")).unwrap(), file);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_are_edited_on_the_display_behind_the_pin() {
    let fixture = Fixture::set("edit-display").await;
    let window = fixture.open_display("# The lobby.\nseconds = 3\npin = \"40711\" # ask IT\n").await;
    window.resize(1920, 1080).await;
    until_slide(&window, "").await;
    window.run("dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))", vec![]).await;
    window.until_there("[data-testid=display-leave][open]").await;
    window.fill("display-pin", "40711").await;
    window.press("display-edit").await;
    window.until_there("[data-testid=display-editor] [data-testid=display-preview] .picture img").await;
    window.fill("display-seconds", "1").await;
    window.until_says("error-seconds", "from 3 to 3600").await;
    window.shot("fault").await;
    window.fill("display-seconds", "5").await;
    window.fill("display-message", "Breakfast until 10").await;
    window.press("offer-add").await;
    window.until_says("display-preview", "Breakfast until 10").await;
    window.shot("landscape").await;
    window.resize(1080, 1920).await;
    window.shot("portrait").await;
    // The changes are in no file yet, so the button asks before they are lost.
    window.press("display-edit-cancel").await;
    window.is_accessible("leave").await;
    window.press("display-edit-leave-stay").await;
    window.until_removed("[data-testid=display-edit-leave]").await;
    // Nothing on the display has the focus afterwards, so this is no press of the fixture.
    window.run("document.querySelector('[data-testid=display-edit-save]').click()", vec![]).await;
    window.until_removed("[data-testid=display-editor]").await;
    window.until_says("display-pinned", "Breakfast until 10").await;
    let text = fs::read_to_string(fixture.data_folder().join("display.toml")).unwrap();
    for line in ["# The lobby.\n", "seconds = 5\n", "pin = \"40711\" # ask IT\n", "[[offer]]\n"] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_makes_the_file_of_a_display_with_a_preview() {
    let fixture = Fixture::set("display-file").await;
    let window = fixture.open_signed_in().await;
    window.resize(1600, 1000).await;
    window.press("rail-branding").await;
    window.press("make-display-file").await;
    window.until_there("[data-testid=display-preview] .picture img").await;
    window.fill("display-message", "Breakfast until 10").await;
    window.fill("hours-from", "06:30").await;
    window.fill("hours-to", "23:00").await;
    window.until_says("display-preview", "Breakfast until 10").await;
    window.press("preview-after").await;
    window.is_accessible("landscape").await;
    window.press("preview-portrait").await;
    window.shot("portrait").await;
    window.press("display-edit-save").await;
    window.until_there("[data-testid=exported]").await;
    let text = fs::read_to_string(fixture.downloads().join("display.toml")).unwrap();
    assert_eq!(text, "hours = \"06:30-23:00\"\nmessage = \"Breakfast until 10\"\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_shows_hostile_details_are_harmless_and_deskctl_names_the_slide() {
    let fixture = Fixture::set("hostile-offer").await;
    let window = fixture.open_display("").await;
    window.resize(1920, 1080).await;
    only(&fixture, "offers").await;
    until_slide(&window, "offer-").await;
    let hostile = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"><h2>Two nights</h2>\
        <p style=\"position:fixed;inset:0\" onclick=\"x()\">A <b>room</b> with a view.</p><iframe src=\"https://evil.example\"></iframe>";
    let offers = fixture.hotel().offers();
    let api = colleague(fixture.hotel(), 0).await;
    for offer in &offers {
        let id = ServerId(offer["id"].as_i64().unwrap());
        let edits = [
            FieldValue::of("details_html", hostile),
            FieldValue::of("book_now_url", "https://killarney.example/book"),
        ];
        api.edit(Kind::Offer, id, &edits).await.unwrap();
    }
    window.until("the details", "return document.querySelector('[data-testid=display-details]')?.innerText.includes('with a view')", vec![]).await;
    window.until_there("[data-testid=display-qr] svg").await;
    let markup = "return document.querySelector('[data-testid=display-details]').innerHTML";
    let markup = window.run(markup, vec![]).await;
    for bad in ["script", "onerror", "onclick", "iframe", "style", "img"] {
        assert!(!markup.as_str().unwrap().contains(bad), "{markup}");
    }
    assert_ne!(window.run("return document.title", vec![]).await, json!("taken"));
    window.shot("details").await;
    let status: Value = fixture.deskctl(&["display", "status"]).await;
    assert_eq!(
        (&status["state"], &status["running"], &status["slide"]["part"]),
        (&json!("showing"), &json!(true), &json!("offers"))
    );
    assert!(status["since"].is_string() && status["slides"].as_u64().unwrap() > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_it_starts_from_the_cache_and_a_killed_page_comes_back() {
    let mut fixture = Fixture::set("cold-start").await;
    let window = fixture.open_display(QUICK).await;
    until_slide(&window, "welcome").await;
    window.until("all pictures", "return (await window.__TAURI_INTERNALS__.invoke('display_view')).slides.filter(({ part }) => part === 'gallery').every(({ picture }) => picture)", vec![]).await;
    fixture.close_hotel().await;
    let window = {
        fixture.end(window).await;
        fixture.open_display(QUICK).await
    };
    until_slide(&window, "").await;
    window.shot("offline").await;
    let before = fixture.page_processes();
    fixture.kill_page();
    until("a new page", async || {
        let now = fixture.page_processes();
        (!now.is_empty() && now.iter().all(|id| !before.contains(id))).then_some(())
    })
    .await;
    until("a sign of life", async || {
        let status = fixture.deskctl(&["display", "status"]).await;
        (status["state"] == "showing" && status["online"] == false).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_picture_is_skipped_and_reported_and_the_display_goes_on() {
    let mut fixture = Fixture::set("broken").await;
    let window = fixture.open_display("").await;
    window.resize(1920, 1080).await;
    only(&fixture, "rooms").await;
    let first = until_slide(&window, "room-").await;
    fixture.close_hotel().await;
    // The files stay, but hold no pictures any more.
    let media = fixture.data_folder().join("display/media");
    let mut stack = vec![media];
    while let Some(folder) = stack.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                stack.push(entry.path());
            } else {
                fs::write(entry.path(), b"no picture").unwrap();
            }
        }
    }
    until("a report", async || {
        let status = fixture.deskctl(&["display", "status"]).await;
        (!status["broken"].as_array()?.is_empty()).then_some(())
    })
    .await;
    let next = window.until("another slide or the same", SHOWN, vec![]).await;
    assert!(next.as_str().unwrap().starts_with("room-"), "{first} {next}");
    window.shot("after").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_left_with_the_pin_only() {
    let fixture = Fixture::set("leave").await;
    let window = fixture.open_display(&format!("{QUICK}pin = \"40711\"\n")).await;
    window.resize(1920, 1080).await;
    until_slide(&window, "").await;
    window.run("dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))", vec![]).await;
    window.until_there("[data-testid=display-leave][open]").await;
    window.fill("display-pin", "0000").await;
    window.press("display-go").await;
    window.until_says("display-leave", "This is not the PIN.").await;
    window.shot("pin").await;
    window.fill("display-pin", "40711").await;
    // The window is gone after the press, so the press comes after the answer to this call.
    let press = "setTimeout(() => document.querySelector('[data-testid=display-go]').click(), 50)";
    window.run(press, vec![]).await;
    fixture.until_ended().await;
    let status = fixture.deskctl(&["display", "status"]).await;
    assert_eq!((&status["state"], &status["running"]), (&json!("ended"), &json!(false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_servers_page_is_shown_as_far_as_it_goes() {
    let fixture = Fixture::set_at("newest-page", Dialect::Current).await;
    let window = fixture.open_display(QUICK).await;
    window.resize(1920, 1080).await;
    until_slide(&window, "gallery-").await;
    window.shot("gallery").await;
    only(&fixture, "offers").await;
    until_slide(&window, "offer-").await;
    window.shot("card").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_display_that_is_not_set_up_names_the_ways_and_begins_once_its_server_is_set() {
    let fixture = Fixture::set_new("reception-not-set-up").await;
    let window = fixture.open_display(QUICK).await;
    window.until_says("display-failure", "Open HotelMate Desk on this computer").await;
    window.shot("not-set-up").await;
    fixture.deskctl(&["setup", "--server", &fixture.hotel().url()]).await;
    until_slide(&window, "").await;
    fixture.end(window).await;
}
