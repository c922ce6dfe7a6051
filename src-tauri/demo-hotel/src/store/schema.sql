-- Most rows are a JSON object with their id and the id of their owner. The values that the database has to find, order
-- or compare are columns, made from the object.

CREATE TABLE hotels (
    id       INTEGER PRIMARY KEY,
    slug     TEXT NOT NULL UNIQUE,
    -- The hotel's own activities, JSON; the settings can override them.
    base     TEXT NOT NULL,
    -- The settings of staff, JSON.
    settings TEXT NOT NULL,
    -- The flat gallery, a JSON list.
    gallery  TEXT NOT NULL
);

CREATE TABLE users (
    id       INTEGER PRIMARY KEY,
    owner    INTEGER,
    row      TEXT NOT NULL,
    username TEXT NOT NULL AS (row ->> 'username') STORED UNIQUE,
    token    TEXT AS (row ->> 'token') STORED UNIQUE
);

CREATE TABLE staff (
    -- The same as the user's.
    id    INTEGER PRIMARY KEY REFERENCES users (id),
    owner INTEGER NOT NULL REFERENCES hotels (id),
    row   TEXT NOT NULL
);

-- One for each time on duty of a staff member; only the server of 2026-05 shows them.
CREATE TABLE clock_logs (
    -- AUTOINCREMENT, here and below: the id of a deleted row is not given again.
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    owner INTEGER NOT NULL REFERENCES staff (id),
    row   TEXT NOT NULL
);

CREATE TABLE offers (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    owner      INTEGER NOT NULL REFERENCES hotels (id),
    row        TEXT NOT NULL,
    sort_order INTEGER NOT NULL AS (row ->> 'sort_order') STORED,
    created_at INTEGER NOT NULL AS (row ->> 'created_at') STORED
);
CREATE INDEX offers_in_order ON offers (owner, sort_order, created_at DESC, id DESC);

CREATE TABLE room_types (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    owner      INTEGER NOT NULL REFERENCES hotels (id),
    row        TEXT NOT NULL,
    name       TEXT NOT NULL AS (row ->> 'name') STORED,
    sort_order INTEGER NOT NULL AS (row ->> 'sort_order') STORED
);

CREATE TABLE galleries (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    owner         INTEGER NOT NULL REFERENCES hotels (id),
    row           TEXT NOT NULL,
    name          TEXT NOT NULL AS (row ->> 'name') STORED,
    display_order INTEGER NOT NULL AS (row ->> 'display_order') STORED,
    -- The answer to a name that is taken contains this column's name.
    hotel_id      INTEGER NOT NULL AS (owner) STORED,
    UNIQUE (hotel_id, name)
);

CREATE TABLE gallery_images (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    owner         INTEGER NOT NULL REFERENCES galleries (id) ON DELETE CASCADE,
    row           TEXT NOT NULL,
    display_order INTEGER NOT NULL AS (row ->> 'display_order') STORED,
    uploaded_at   INTEGER NOT NULL AS (row ->> 'uploaded_at') STORED
);
CREATE INDEX gallery_images_in_order ON gallery_images (owner, display_order, uploaded_at);

CREATE TABLE pictures (
    id           TEXT PRIMARY KEY,
    -- `image/upload/v<n>/<id>.<ext>`
    path         TEXT NOT NULL UNIQUE,
    content_type TEXT NOT NULL,
    bytes        BLOB NOT NULL
);

-- One for each room with guests.
CREATE TABLE conversations (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    owner       INTEGER NOT NULL REFERENCES hotels (id),
    row         TEXT NOT NULL,
    room_number INTEGER NOT NULL AS (row ->> 'room_number') STORED,
    UNIQUE (owner, room_number)
);

CREATE TABLE messages (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    owner INTEGER NOT NULL REFERENCES conversations (id),
    row   TEXT NOT NULL
);
CREATE INDEX messages_in_order ON messages (owner, id);

-- The files of messages. Their bytes are in `pictures`.
CREATE TABLE attachments (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    owner INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    row   TEXT NOT NULL
);
CREATE INDEX attachments_of_messages ON attachments (owner);

-- The guests who have given the PIN of their room.
CREATE TABLE guest_sessions (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    owner INTEGER NOT NULL REFERENCES conversations (id),
    row   TEXT NOT NULL,
    token TEXT NOT NULL AS (row ->> 'token') STORED UNIQUE
);
