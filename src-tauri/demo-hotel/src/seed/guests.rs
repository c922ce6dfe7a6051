//! The guests who can write: one conversation in each of a few rooms.

use crate::store::Store;
use crate::store::chat::NewConversation;

/// Room, first and last name.
const KILLARNEY: [(i64, &str, &str); 4] =
    [(101, "Mary", "O'Brien"), (102, "Jürgen", "Weiß"), (204, "Amélie", "Dubois"), (305, "Kenji", "Tanaka")];
const DINGLE: [(i64, &str, &str); 1] = [(7, "Ingrid", "Solberg")];

pub(super) fn fill(store: &Store, killarney: i64, dingle: i64) -> rusqlite::Result<()> {
    for (hotel_id, guests) in [(killarney, &KILLARNEY[..]), (dingle, &DINGLE)] {
        for (room_number, guest_first_name, guest_last_name) in guests {
            let room_number = *room_number;
            let new = NewConversation { hotel_id, room_number, guest_first_name, guest_last_name };
            store.add_conversation(&new)?;
        }
    }
    Ok(())
}
