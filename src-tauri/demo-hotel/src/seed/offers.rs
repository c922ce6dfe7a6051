//! The offers of both hotels, arranged around today.
//!
//! Of Hotel Killarney's 14 offers seven are live, three are still to come, two are over and two are hidden, on
//! whatever day the hotel is made.

use super::{Seeding, scenes};
use crate::store::offers::Offer;

struct Draft {
    title: &'static str,
    short_description: &'static str,
    details_html: &'static str,
    tag: &'static str,
    /// First and last day, counted from today.
    days: (Option<i64>, Option<i64>),
    is_active: bool,
    has_photo: bool,
}

const OFFERS: [Draft; 14] = [
    Draft {
        title: "Two Nights by the Lake",
        short_description: "Two nights with full Irish breakfast and dinner on one evening, from €249 for two.",
        details_html: "<p>Arrive any day, stay two nights, and have <strong>dinner in the Lakeside Room</strong> on the \
            evening you choose.</p><ul><li>Full Irish breakfast each morning</li><li>Late check-out until 12:00</li>\
            <li>Two tickets for the lake boat</li></ul>",
        tag: "Most loved",
        days: (Some(-40), Some(75)),
        is_active: true,
        has_photo: true,
    },
    Draft {
        title: "Midweek Escape",
        short_description: "Sunday to Thursday at a third less, with a bottle of wine on arrival.",
        details_html: "<p>The town is yours from Sunday to Thursday. <em>A third off the room</em> and a bottle of \
            house red or white waiting when you arrive.</p>",
        tag: "Midweek",
        days: (Some(-12), Some(33)),
        is_active: true,
        has_photo: true,
    },
    Draft {
        title: "Ring of Kerry Cycling Weekend",
        short_description: "Bikes, maps, packed lunches and a hot bath at the end of it.",
        details_html: "<h3>What is in it</h3><ul><li>Two nights, breakfast from 6:30</li><li>A touring or electric \
            bike for two days</li><li>Packed lunch from Seán's kitchen</li></ul><p>Routes of 40, 90 and 175 km are \
            marked on the map we give you.</p>",
        tag: "Active",
        days: (Some(-5), Some(110)),
        is_active: true,
        has_photo: true,
    },
    Draft {
        title: "Afternoon Tea in the Drawing Room",
        short_description: "Scones from the oven, three tiers, and as much tea as you like. €32 a person.",
        details_html: "<p>Daily from <strong>14:00 to 17:00</strong>. Please book a day ahead.</p>",
        tag: "Dining",
        days: (None, None),
        is_active: true,
        has_photo: true,
    },
    Draft {
        title: "Family Days Out",
        short_description: "Family room for two nights, park passes and a treasure hunt for small explorers.",
        details_html: "<p>Children under twelve stay and eat breakfast <strong>free</strong>. The treasure hunt takes \
            about an hour, or all day if you do it properly.</p>",
        tag: "Families",
        days: (Some(-20), Some(52)),
        is_active: true,
        has_photo: true,
    },
    Draft {
        title: "Dogs Stay Free",
        short_description: "A bed, a bowl and a biscuit for the one who does not read.",
        details_html: "",
        tag: "Dogs welcome",
        days: (None, Some(140)),
        is_active: true,
        has_photo: true,
    },
    Draft {
        title: "Last-Minute Sunday",
        short_description: "Book on the day, stay Sunday night, pay €99 for the room with breakfast.",
        details_html: "<p>By telephone or at the desk only. Ask for <em>Rory or Aoife</em>.</p>",
        tag: "",
        days: (Some(0), Some(0)),
        is_active: true,
        has_photo: false,
    },
    Draft {
        title: "Christmas at the Fireside",
        short_description: "Three nights with carols, midnight punch and a turkey the size of a sheep.",
        details_html: "<p>Full board from the first evening to the last breakfast.</p><ol><li>Mulled wine and \
            carols in the hall</li><li>Christmas lunch in four courses</li><li>Walk to the lake with \
            whiskey at the far end</li></ol>",
        tag: "Festive",
        days: (Some(25), Some(40)),
        is_active: true,
        has_photo: true,
    },
    Draft {
        title: "Spring in the National Park",
        short_description: "Three nights when the rhododendrons are out, with a ranger's walk at dawn.",
        details_html: "<p>The walk starts at 6:00 at the gate, is easy underfoot and ends with porridge.</p>",
        tag: "Nature",
        days: (Some(60), Some(130)),
        is_active: true,
        has_photo: true,
    },
    Draft {
        title: "Trad Music Weekend",
        short_description: "Sessions on Friday and Saturday, a fiddle workshop on Sunday, two nights' stay.",
        details_html: "<p>Bring an instrument or borrow one. <strong>No audition.</strong></p>",
        tag: "Music",
        days: (Some(9), Some(11)),
        is_active: true,
        has_photo: true,
    },
    Draft {
        title: "Harvest Supper",
        short_description: "Five courses from within thirty kilometres, one long table, one sitting.",
        details_html: "<p>Lamb from Beaufort, cheese from Dingle, apples from our own garden.</p>",
        tag: "Dining",
        days: (Some(-50), Some(-21)),
        is_active: true,
        has_photo: true,
    },
    Draft {
        title: "Back-to-School Breather",
        short_description: "They are at school. You are in the sauna. One night, breakfast and the spa.",
        details_html: "<p>Weekdays only, spa from 10:00 to 18:00 on both days.</p>",
        tag: "Spa",
        days: (Some(-80), Some(-1)),
        is_active: true,
        has_photo: true,
    },
    Draft {
        title: "Wedding Showcase Evening",
        short_description: "See the rooms dressed, meet the band, taste the cake. Price still to be settled.",
        details_html: "<p>Draft. Mary to confirm the date with the band.</p>",
        tag: "Weddings",
        days: (Some(15), Some(15)),
        is_active: false,
        has_photo: true,
    },
    Draft {
        title: "Winter Wellness Retreat",
        short_description: "Yoga by the window, seaweed bath, soup. Two nights, when the new sauna is ready.",
        details_html: "",
        tag: "Spa",
        days: (None, None),
        is_active: false,
        has_photo: false,
    },
];

const NEIGHBOUR_TITLES: [&str; 3] = ["Harbour Supper", "Dolphin Morning", "Three Nights of Storm Watching"];

const DAY_MICROS: i64 = 86_400_000_000;

/// The 14 offers, and after them as many generated ones as wanted.
pub(super) fn fill(seeding: &Seeding<'_>, hotel_id: i64, generated: usize) -> rusqlite::Result<()> {
    for (place, (draft, scene)) in (0_i64..).zip(OFFERS.iter().zip(scenes::OFFERS)) {
        let mut offer = row(seeding, hotel_id, draft);
        if draft.has_photo {
            offer.photo = Some(seeding.picture(scene)?);
        }
        offer.sort_order = place;
        save(seeding, offer, place)?;
    }
    for (number, draft) in (1_i64..).zip(OFFERS.iter().cycle().take(generated)) {
        let mut offer = row(seeding, hotel_id, draft);
        offer.title = format!("{} (No. {number})", draft.title);
        offer.sort_order = OFFERS.len() as i64 + number;
        save(seeding, offer, number % 300)?;
    }
    Ok(())
}

/// Three offers that the staff of Hotel Killarney must never see.
pub(super) fn fill_neighbour(seeding: &Seeding<'_>, hotel_id: i64) -> rusqlite::Result<()> {
    for (place, title) in (0_i64..).zip(NEIGHBOUR_TITLES) {
        let mut offer = row(seeding, hotel_id, &OFFERS[3]);
        offer.title = title.to_owned();
        offer.book_now_url = "https://dingleharbour.example/book".to_owned();
        save(seeding, offer, place)?;
    }
    Ok(())
}

/// Stores an offer as it was made so many days ago.
fn save(seeding: &Seeding<'_>, mut offer: Offer, days_ago: i64) -> rusqlite::Result<()> {
    // Not on the second, so that moments have the six digits they mostly have.
    let made_at = seeding.now_micros - days_ago * DAY_MICROS - 13 * 3_600_000_000 - 19_773;
    seeding.store.save_offer(&mut offer, made_at)
}

fn row(seeding: &Seeding<'_>, hotel_id: i64, draft: &Draft) -> Offer {
    Offer {
        hotel_id,
        title: draft.title.to_owned(),
        short_description: draft.short_description.to_owned(),
        details_text: plain(draft.details_html),
        details_html: draft.details_html.to_owned(),
        valid_from: draft.days.0.and_then(|days| seeding.day(days)),
        valid_to: draft.days.1.and_then(|days| seeding.day(days)),
        tag: draft.tag.to_owned(),
        book_now_url: "https://hotelkillarney.example/book".to_owned(),
        is_active: draft.is_active,
        ..Offer::default()
    }
}

/// The text of our own markup, in which every `<` opens a tag.
fn plain(html: &str) -> String {
    let words = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text).trim());
    words.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}
