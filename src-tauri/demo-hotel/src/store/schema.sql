CREATE TABLE hotels (
    id       INTEGER PRIMARY KEY,
    slug     TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    -- The hotel's own facts, JSON; the settings can override them.
    base     TEXT NOT NULL,
    -- What staff have set, JSON.
    settings TEXT NOT NULL,
    -- The flat gallery, a JSON list.
    gallery  TEXT NOT NULL
);

CREATE TABLE users (
    id           INTEGER PRIMARY KEY,
    username     TEXT NOT NULL UNIQUE,
    -- In plain text: these are invented people whose passwords are printed at every start.
    password     TEXT NOT NULL,
    email        TEXT NOT NULL,
    is_active    INTEGER NOT NULL DEFAULT 1,
    is_superuser INTEGER NOT NULL DEFAULT 0,
    token        TEXT UNIQUE,
    -- How many tokens this user has had; the next one differs from all before it.
    tokens_given INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE staff (
    id             INTEGER PRIMARY KEY,
    user_id        INTEGER NOT NULL UNIQUE REFERENCES users (id),
    hotel_id       INTEGER NOT NULL REFERENCES hotels (id),
    first_name     TEXT NOT NULL,
    last_name      TEXT NOT NULL,
    department     INTEGER NOT NULL,
    role           INTEGER NOT NULL,
    phone_number   TEXT NOT NULL,
    access_level   TEXT NOT NULL,
    is_active      INTEGER NOT NULL DEFAULT 1,
    is_on_duty     INTEGER NOT NULL DEFAULT 0,
    -- Microseconds since the epoch, as all moments here.
    last_clock_in  INTEGER,
    last_clock_out INTEGER
);

-- One for each time somebody was on duty; only the server of 2026-05 shows them.
CREATE TABLE clock_logs (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    time_in  INTEGER NOT NULL,
    time_out INTEGER
);

CREATE TABLE offers (
    -- AUTOINCREMENT: the id of a deleted offer is not given again.
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    hotel_id          INTEGER NOT NULL REFERENCES hotels (id),
    title             TEXT NOT NULL,
    short_description TEXT NOT NULL,
    details_text      TEXT NOT NULL,
    details_html      TEXT NOT NULL,
    valid_from        TEXT,
    valid_to          TEXT,
    tag               TEXT NOT NULL,
    book_now_url      TEXT NOT NULL,
    photo             TEXT,
    sort_order        INTEGER NOT NULL,
    is_active         INTEGER NOT NULL,
    created_at        INTEGER NOT NULL
);
CREATE INDEX offers_in_order ON offers (hotel_id, sort_order, created_at DESC);

CREATE TABLE room_types (
    id                   INTEGER PRIMARY KEY AUTOINCREMENT,
    hotel_id             INTEGER NOT NULL REFERENCES hotels (id),
    code                 TEXT NOT NULL,
    name                 TEXT NOT NULL,
    short_description    TEXT NOT NULL,
    max_occupancy        INTEGER NOT NULL,
    bed_setup            TEXT NOT NULL,
    photo                TEXT,
    -- Two decimals, as it travels.
    starting_price_from  TEXT NOT NULL,
    currency             TEXT NOT NULL,
    booking_code         TEXT NOT NULL,
    booking_url          TEXT NOT NULL,
    availability_message TEXT NOT NULL,
    sort_order           INTEGER NOT NULL,
    is_active            INTEGER NOT NULL
);

CREATE TABLE galleries (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    hotel_id      INTEGER NOT NULL REFERENCES hotels (id),
    name          TEXT NOT NULL,
    category      TEXT NOT NULL,
    description   TEXT NOT NULL,
    is_active     INTEGER NOT NULL,
    display_order INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    -- Does not move when an image changes.
    updated_at    INTEGER NOT NULL,
    UNIQUE (hotel_id, name)
);

CREATE TABLE gallery_images (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    gallery_id    INTEGER NOT NULL REFERENCES galleries (id),
    image         TEXT NOT NULL,
    caption       TEXT NOT NULL,
    alt_text      TEXT NOT NULL,
    display_order INTEGER NOT NULL,
    is_featured   INTEGER NOT NULL,
    uploaded_at   INTEGER NOT NULL
);
CREATE INDEX gallery_images_in_order ON gallery_images (gallery_id, display_order, uploaded_at);

CREATE TABLE pictures (
    id           TEXT PRIMARY KEY,
    -- `image/upload/v<n>/<id>.<ext>`
    path         TEXT NOT NULL UNIQUE,
    content_type TEXT NOT NULL,
    -- The uploaded bytes, or, of a seeded picture, the scene to draw when it is first asked for.
    bytes        BLOB,
    scene        INTEGER
);

-- One for each room with guests.
CREATE TABLE conversations (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    hotel_id         INTEGER NOT NULL REFERENCES hotels (id),
    room_number      INTEGER NOT NULL,
    guest_first_name TEXT NOT NULL,
    guest_last_name  TEXT NOT NULL,
    UNIQUE (hotel_id, room_number)
);

CREATE TABLE messages (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    -- Nobody: the guest wrote it.
    staff_id        INTEGER REFERENCES staff (id),
    message         TEXT NOT NULL,
    reply_to        INTEGER REFERENCES messages (id),
    sent_at         INTEGER NOT NULL
);
CREATE INDEX messages_in_order ON messages (conversation_id, id);
