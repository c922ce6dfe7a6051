//! `people`: who is signed in on this computer, and what waits of each.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::views::PersonView;

use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::{plain, table};

/// Lists the people. The one that other commands act as without `--as` has a mark.
pub async fn people(desk: &Desk, out: &mut Output) -> Outcome {
    let view = desk.people().await;
    out.answer(&view, || match view.people.as_slice() {
        [] => say!("deskctl-nobody"),
        people => table(&say!("deskctl-columns-people"), &people.iter().map(row).collect::<Vec<_>>()),
    })?;
    Ok(Exit::Done)
}

fn row(person: &PersonView) -> [String; 7] {
    let text = |text: &Option<String>| plain(text.as_deref().unwrap_or_default());
    let count = |count: u32| if person.counted { count.to_string() } else { say!("deskctl-not-known") };
    let mark = if person.is_shown { "*" } else { "" };
    [
        mark.to_owned(),
        text(&person.username),
        text(&person.name),
        text(&person.hotel_name),
        count(person.waiting),
        count(person.attention),
        count(person.unread),
    ]
}
