//! The pictures of Hotel Killarney: the flat gallery, and the same pictures in two galleries for the dialect that has
//! them.

use serde_json::Value;

use super::{Seeding, scenes};
use crate::store::galleries::{Gallery, Image};

/// A gallery and its pictures: their places in the flat gallery and their captions.
struct Draft {
    name: &'static str,
    category: &'static str,
    description: &'static str,
    pictures: [(usize, &'static str); 4],
}

const GALLERIES: [Draft; 2] = [
    Draft {
        name: "Rooms and suites",
        category: "rooms",
        description: "What one sees from the rooms.",
        pictures: [
            (1, "Lough Leane from a lake view double"),
            (3, "The woods behind the Garden Suite"),
            (4, "Early boat, seen from the Torc Suite"),
            (7, "The lake from the family rooms"),
        ],
    },
    Draft {
        name: "The house",
        category: "other",
        description: "",
        pictures: [
            (0, "The house from the lawn"),
            (2, "A table by the window"),
            (5, "Lights on, late in the day"),
            (6, "Laid for dinner"),
        ],
    },
];

pub(super) fn fill(seeding: &Seeding<'_>, hotel_id: i64) -> rusqlite::Result<()> {
    let store = seeding.store;
    let paths =
        scenes::GALLERY.map(|scene| seeding.picture(scene)).collect::<rusqlite::Result<Vec<String>>>()?;
    let flat: Vec<Value> = paths.iter().cloned().map(Value::from).collect();
    store.save_flat_gallery(hotel_id, &flat)?;
    for (order, draft) in (0..).zip(&GALLERIES) {
        let mut gallery = Gallery {
            hotel_id,
            name: draft.name.to_owned(),
            category: draft.category.to_owned(),
            description: draft.description.to_owned(),
            is_active: true,
            display_order: order,
            ..Gallery::default()
        };
        store.save_gallery(&mut gallery, seeding.now_micros)?;
        for (place, (picture, caption)) in (0..).zip(&draft.pictures) {
            let mut image = Image {
                gallery_id: gallery.id,
                image: paths[*picture].clone(),
                caption: (*caption).to_owned(),
                alt_text: (*caption).to_owned(),
                display_order: place,
                is_featured: place == 0,
                uploaded_at: seeding.now_micros,
                ..Image::default()
            };
            store.add_gallery_image(&mut image)?;
        }
    }
    Ok(())
}
