//! The tables of what a hotel has: every field that staff write (CONTRACT.md 4.1, 6.1, 7).

use super::record::{Slot, Table};
use super::rule::{Odd, Rule, Shape};
use super::thing::Kind;

impl Kind {
    /// The fields and pictures of a kind. A gallery has none: it is a list.
    pub fn table(self) -> &'static Table {
        match self {
            Self::Offer => &OFFERS,
            Self::RoomType => &ROOM_TYPES,
            Self::Branding => &BRANDING_TABLE,
            Self::Gallery => &NO_FIELDS,
        }
    }
}

static OFFERS: Table = Table {
    fields: OFFER,
    slots: &[Slot::Photo],
    marks: ["title", "short_description"],
    odd: Odd::Unreadable,
    can_be_made: true,
    creates_whole: true,
};

static ROOM_TYPES: Table = Table {
    fields: ROOM_TYPE,
    slots: &[Slot::Photo],
    marks: ["name", "code"],
    odd: Odd::Empty,
    can_be_made: true,
    creates_whole: false,
};

static BRANDING_TABLE: Table = Table {
    fields: BRANDING,
    slots: &Slot::BRANDING,
    marks: ["name", "code"],
    odd: Odd::Absent,
    can_be_made: false,
    creates_whole: false,
};

static NO_FIELDS: Table = Table {
    fields: &[],
    slots: &[],
    marks: ["name", "code"],
    odd: Odd::Absent,
    can_be_made: false,
    creates_whole: false,
};

/// An offer (CONTRACT.md 4.1). Its texts may have several lines: the server takes them.
const OFFER: &[Rule] = &[
    Rule::needed("title", Shape::Text, 200),
    Rule::needed("short_description", Shape::Text, 0),
    Rule::new("details_text", Shape::Text, 0),
    // Unsanitised, from any staff account: never shown without `html::sanitise`.
    Rule::new("details_html", Shape::Text, 0),
    Rule::days("validity", "valid_from", "valid_to"),
    Rule::new("tag", Shape::Text, 50),
    Rule::new("book_now_url", Shape::Link, 200),
    Rule::new("sort_order", Shape::Number, 0),
    Rule::new("is_active", Shape::Flag, 0),
];

/// A room type (CONTRACT.md 7).
const ROOM_TYPE: &[Rule] = &[
    Rule::needed("name", Shape::Line, 200),
    Rule::new("code", Shape::Line, 50),
    Rule::new("short_description", Shape::Text, 0),
    Rule::number_or("max_occupancy", 2),
    Rule::new("bed_setup", Shape::Line, 100),
    Rule::needed("starting_price_from", Shape::Money, 0),
    Rule::needed("currency", Shape::Currency, 3),
    Rule::new("booking_code", Shape::Line, 50),
    Rule::new("booking_url", Shape::Link, 200),
    Rule::new("availability_message", Shape::Line, 100),
    Rule::new("sort_order", Shape::Number, 0),
    Rule::new("is_active", Shape::Flag, 0),
];

/// The hotel's settings as staff write them, of the servers of 2025 (CONTRACT.md 6.1) and of that of 2026 (6.2), which
/// checks nothing itself; which fields there are is seen in the answer. `logo` as a text is left out: it would win over
/// the logo that is uploaded. So are `slug`, `subdomain`, `is_active` and `sort_order`, by which a hotel is found, and
/// what has values of its own that nobody has told us.
const BRANDING: &[Rule] = &[
    Rule::needed("name", Shape::Line, 200),
    Rule::over("name_override", Shape::Line, 255),
    Rule::over("tagline_override", Shape::Line, 200),
    Rule::new("tagline", Shape::Line, 200),
    Rule::new("slogan", Shape::Line, 200),
    Rule::new("short_description", Shape::Text, 0),
    Rule::new("long_description", Shape::Text, 0),
    Rule::new("welcome_message", Shape::Text, 0),
    Rule::over("address_line_1_override", Shape::Line, 255),
    Rule::over("address_line_2_override", Shape::Line, 255),
    Rule::over("postal_code_override", Shape::Line, 20),
    Rule::over("city_override", Shape::Line, 120),
    Rule::over("country_override", Shape::Line, 120),
    Rule::over("latitude_override", Shape::Coordinate, 0),
    Rule::over("longitude_override", Shape::Coordinate, 0),
    Rule::over("phone_override", Shape::Line, 30),
    Rule::over("email_override", Shape::Email, 254),
    Rule::over("website_url_override", Shape::Link, 200),
    Rule::over("booking_url_override", Shape::Link, 200),
    Rule::new("address_line_1", Shape::Line, 255),
    Rule::new("address_line_2", Shape::Line, 255),
    Rule::new("postal_code", Shape::Line, 20),
    Rule::new("city", Shape::Line, 120),
    Rule::new("country", Shape::Line, 120),
    Rule::degrees("latitude"),
    Rule::degrees("longitude"),
    Rule::new("phone", Shape::Line, 30),
    Rule::new("email", Shape::Email, 254),
    Rule::new("website_url", Shape::Link, 200),
    Rule::new("booking_url", Shape::Link, 200),
    Rule::new("contact_email", Shape::Email, 254),
    Rule::new("contact_phone", Shape::Line, 30),
    Rule::new("contact_address", Shape::Text, 0),
    Rule::new("website", Shape::Link, 200),
    Rule::new("google_maps_link", Shape::Link, 200),
    Rule::new("favicon", Shape::Link, 200),
    Rule::new("amenities", Shape::List, 0),
    Rule::new("tags", Shape::List, 0),
    Rule::needed("primary_color", Shape::Colour, 7),
    Rule::needed("main_color", Shape::Colour, 7),
    Rule::needed("secondary_color", Shape::Colour, 7),
    Rule::needed("accent_color", Shape::Colour, 7),
    Rule::needed("background_color", Shape::Colour, 7),
    Rule::needed("button_color", Shape::Colour, 7),
    Rule::needed("button_text_color", Shape::Colour, 7),
    Rule::needed("button_hover_color", Shape::Colour, 7),
    Rule::needed("text_color", Shape::Colour, 7),
    Rule::needed("border_color", Shape::Colour, 7),
    Rule::needed("link_color", Shape::Colour, 7),
    Rule::needed("link_hover_color", Shape::Colour, 7),
    Rule::needed("theme_mode", Shape::Theme, 0),
];
