//! The time in which a room is on the screen: the team beside the offers.

use desk_tests::figures::Figures;
use desk_tests::window::launcher::Running;
use serde_json::json;

/// Opens a room, and waits for the second frame after its content is in the page. Gives the milliseconds.
const OPEN: &str = "
    const [room, content, done] = arguments;
    const begun = performance.now();
    const look = () => {
        if (!document.querySelector(content)) requestAnimationFrame(look);
        else requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
    };
    document.querySelector(`[data-testid=rail-${room}]`).click();
    look();";

/// The milliseconds until a room is on the screen.
#[derive(Default)]
pub(crate) struct Rooms {
    /// The team.
    pub(crate) team: Figures,
    /// The offers.
    pub(crate) offers: Figures,
}

/// Opens both rooms in turn this many times, each from another room.
pub(crate) async fn open(running: &Running, times: usize) -> Rooms {
    let opened = async |room: &str, content: &str| {
        let time = running.window.execute_async(OPEN, vec![json!(room), json!(content)]).await;
        time.expect("the room opens").as_f64().expect("a time")
    };
    let mut rooms = Rooms::default();
    for _ in 0..times {
        opened("attention", "#attention-title").await;
        rooms.offers.add(opened("offers", "[data-testid=offer-card]").await);
        opened("attention", "#attention-title").await;
        rooms.team.add(opened("team", "[data-testid=team-person]").await);
    }
    opened("offers", "[data-testid=offer-card]").await;
    rooms
}
