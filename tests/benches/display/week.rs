//! The memory of the display while offers change, as many times as in a long week.

use desk_tests::window::launcher::{Launcher, Program, Running};
use desk_tests::window::{cost, until};
use futures_util::StreamExt;
use futures_util::stream;
use hotelmate_core::ids::ServerId;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::Kind;

use crate::hotel::Hotel;

/// The number of requests at the same time.
const AT_ONCE: usize = 8;
/// The number of changes after which the colleague waits until the display has them.
const DAY: usize = 500;
/// The number of parts of the week. The memory is taken after each.
const PARTS: usize = 10;

/// Returns the titles that the display has.
const TITLES: &str = "
    const [done] = arguments;
    window.__TAURI_INTERNALS__.invoke('display_view').then(
        ({ slides }) => done(slides.map(({ title }) => title)),
        () => done([]),
    );";

/// The memory, in megabytes.
pub(crate) struct Week {
    /// After the first part.
    pub(crate) early: f64,
    /// The most of all parts.
    pub(crate) most: f64,
    /// After the last part.
    pub(crate) end: f64,
}

/// Lets the colleague make all changes, while the display shows offers and photos.
pub(crate) async fn measure(hotel: &Hotel, launcher: &Launcher) -> Week {
    std::fs::write(hotel.folder.join("display.toml"), "seconds = 3\n").expect("the playlist is written");
    let running = launcher.launch(&Program::display(&hotel.folder)).await;
    let offers: Vec<i64> = hotel.server.offers().iter().filter_map(|offer| offer["id"].as_i64()).collect();
    let each = crate::changes() / PARTS;
    let mut memory = Vec::new();
    for part in 1..=PARTS {
        for day in (0..each).step_by(DAY) {
            let changes = stream::iter(day..each.min(day + DAY)).map(|change| {
                let offer = ServerId(offers[change % offers.len()]);
                let title = FieldValue::of("title", format!("Part {part}, day {day}, change {change}"));
                async move { hotel.colleague.edit(Kind::Offer, offer, &[title]).await.map(drop) }
            });
            let mut changes = changes.buffer_unordered(AT_ONCE);
            while let Some(made) = changes.next().await {
                made.expect("the hotel takes the change");
            }
            follows(&running, &format!("Part {part}, day {day}, ")).await;
        }
        memory.push(cost::settled(running.id).await);
        println!("week: {} of {} changes, {:.0} MB", part * each, crate::changes(), memory[part - 1]);
    }
    launcher.end(running).await;
    let most = memory.iter().copied().fold(0.0, f64::max);
    Week { early: memory[0], most, end: memory[PARTS - 1] }
}

/// Waits until the offers on the display have titles with this beginning.
async fn follows(running: &Running, beginning: &str) {
    until("the changes on the display", async || {
        let titles = running.window.execute_async(TITLES, Vec::new()).await.ok()?;
        let titles: Vec<&str> = titles.as_array()?.iter().filter_map(|title| title.as_str()).collect();
        let mut changed = titles.iter().filter(|title| title.starts_with("Part ")).peekable();
        (changed.peek().is_some() && changed.all(|title| title.starts_with(beginning))).then_some(())
    })
    .await;
}
