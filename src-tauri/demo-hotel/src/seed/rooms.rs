//! The room types of Hotel Killarney.

use super::{Seeding, scenes};
use crate::store::room_types::RoomType;

struct Room {
    code: &'static str,
    name: &'static str,
    short_description: &'static str,
    max_occupancy: i64,
    bed_setup: &'static str,
    price: &'static str,
    availability_message: &'static str,
}

const ROOMS: [Room; 6] = [
    Room {
        code: "STD",
        name: "Classic Double",
        short_description: "A quiet room to the courtyard, with a desk, a kettle and a very good mattress.",
        max_occupancy: 2,
        bed_setup: "1 double bed",
        price: "119.00",
        availability_message: "",
    },
    Room {
        code: "TWN",
        name: "Classic Twin",
        short_description: "Two single beds and a view of the old stables, now the bicycle store.",
        max_occupancy: 2,
        bed_setup: "2 single beds",
        price: "119.00",
        availability_message: "",
    },
    Room {
        code: "LKV",
        name: "Lake View Double",
        short_description: "Wide windows over Lough Leane and an armchair to watch the weather come in.",
        max_occupancy: 2,
        bed_setup: "1 king bed",
        price: "164.00",
        availability_message: "Popular at weekends",
    },
    Room {
        code: "FAM",
        name: "Family Room",
        short_description: "A double, two singles and bunk lamps for reading under the covers.",
        max_occupancy: 4,
        bed_setup: "1 double and 2 single beds",
        price: "189.00",
        availability_message: "Cots on request",
    },
    Room {
        code: "GDN",
        name: "Garden Suite",
        short_description: "Ground floor, with its own terrace and a door dogs approve of.",
        max_occupancy: 3,
        bed_setup: "1 king bed and 1 sofa bed",
        price: "229.50",
        availability_message: "Dogs welcome",
    },
    Room {
        code: "TOR",
        name: "Torc Suite",
        short_description: "Two rooms under the eaves with a roll-top bath and the mountain straight ahead.",
        max_occupancy: 2,
        bed_setup: "1 super king bed",
        price: "315.00",
        availability_message: "Only two of these",
    },
];

pub(super) fn fill(seeding: &Seeding<'_>, hotel_id: i64) -> rusqlite::Result<()> {
    for (place, (room, scene)) in (0_i64..).zip(ROOMS.iter().zip(scenes::ROOMS)) {
        let mut row = RoomType {
            id: 0,
            hotel_id,
            code: room.code.to_owned(),
            name: room.name.to_owned(),
            short_description: room.short_description.to_owned(),
            max_occupancy: room.max_occupancy,
            bed_setup: room.bed_setup.to_owned(),
            photo: Some(seeding.picture(scene)?),
            starting_price_from: room.price.to_owned(),
            currency: "EUR".to_owned(),
            booking_code: format!("HK-{}", room.code),
            booking_url: format!("https://hotelkillarney.example/book?room={}", room.code),
            availability_message: room.availability_message.to_owned(),
            sort_order: place,
            is_active: true,
        };
        seeding.store.save_room_type(&mut row)?;
    }
    Ok(())
}
