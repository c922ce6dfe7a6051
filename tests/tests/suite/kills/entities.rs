//! Offers, room types and the branding: their commands, and their fields at the hotel.

use demo_hotel::DemoHotel;
use serde_json::{Map, Value, json};

/// The kinds of entities that the desks change, apart from galleries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Offer,
    Room,
    Branding,
}

impl Sort {
    /// The command of the program.
    pub fn command(self) -> &'static str {
        match self {
            Self::Offer => "offers",
            Self::Room => "rooms",
            Self::Branding => "branding",
        }
    }

    /// The field that identifies an entity. Only the desk changes it.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Offer => "title",
            Self::Room => "name",
            Self::Branding => "slogan",
        }
    }

    /// The fields that only the desk writes.
    pub fn mine(self) -> &'static [&'static str] {
        match self {
            Self::Offer => &["title", "short_description", "details_text", "sort_order"],
            Self::Room => &["name", "short_description", "bed_setup", "max_occupancy"],
            Self::Branding => &["slogan", "welcome_message", "long_description"],
        }
    }

    /// The field that both the desk and the colleague write.
    pub fn shared(self) -> &'static str {
        match self {
            Self::Offer => "tag",
            Self::Room => "availability_message",
            Self::Branding => "short_description",
        }
    }

    /// The field that only the colleague writes.
    pub fn theirs(self) -> &'static str {
        match self {
            Self::Offer => "details_html",
            Self::Room => "booking_code",
            Self::Branding => "contact_address",
        }
    }

    /// The slot of its picture.
    pub fn place(self) -> &'static str {
        if self == Self::Branding { "hero_image" } else { "photo" }
    }

    /// The path of an entity at the hotel's server.
    pub fn path(self, id: Option<i64>) -> String {
        let collection = match self {
            Self::Offer => "offers",
            Self::Room => "room-types",
            Self::Branding => "settings",
        };
        id.map_or_else(|| format!("{collection}/"), |id| format!("{collection}/{id}/"))
    }

    /// Returns all entities of the sort at the hotel.
    pub fn at_hotel(self, hotel: &DemoHotel) -> Vec<Value> {
        match self {
            Self::Offer => hotel.offers(),
            Self::Room => hotel.room_types(),
            Self::Branding => vec![hotel.settings()],
        }
    }

    /// Returns a unique value.
    pub fn value(self, field: &str, counter: u32) -> Value {
        match field {
            "sort_order" | "max_occupancy" => json!(counter),
            _ => json!(format!("{field} {counter}")),
        }
    }

    /// Returns the values as options of the command line.
    pub fn options(self, values: &Map<String, Value>) -> Vec<String> {
        let option = |(name, value): (&String, &Value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            match self {
                Self::Offer => {
                    let option = name.strip_prefix("is_").unwrap_or(name).replace('_', "-");
                    [format!("--{option}"), text]
                }
                Self::Room | Self::Branding => ["--set".to_owned(), format!("{name}={text}")],
            }
        };
        values.iter().flat_map(option).collect()
    }

    /// Returns a field as the program shows it.
    pub fn shown(self, entity: &Value, field: &str) -> Value {
        entity["fields"][field].clone()
    }

    /// Returns the hash of the picture that the program shows.
    pub fn picture(self, entity: &Value) -> Value {
        entity["pictures"][self.place()]["picture"].clone()
    }

    /// Returns the address of the picture at the hotel.
    pub fn address(self, entity: &Value) -> Value {
        entity["pictures"][self.place()]["url"].clone()
    }

    /// Returns true if the program shows these values.
    pub fn agrees(self, entity: &Value, values: &Map<String, Value>) -> bool {
        values.iter().all(|(name, value)| self.shown(entity, name) == *value)
    }
}
