-- One file per account. Times are milliseconds since the Unix epoch, by this machine's clock.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Grows by one whenever a base is written: tells whether a row changed while a page was being read.
CREATE TABLE tick (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    n  INTEGER NOT NULL
) STRICT;
INSERT INTO tick VALUES (1, 0);

CREATE TABLE offer (
    local_id  TEXT PRIMARY KEY,
    server_id INTEGER UNIQUE,
    base      TEXT,                        -- JSON; NULL until the hotel has the offer
    touched   INTEGER NOT NULL DEFAULT 0,  -- tick of the last write to base
    gone      INTEGER NOT NULL DEFAULT 0,  -- 1: an event said so; 2: the hotel said so when asked
    held_for  TEXT                         -- intent: equals a create whose answer is open; hidden until then
) STRICT;

CREATE TABLE intent (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    lane       TEXT NOT NULL,              -- local id of the entity
    wish       TEXT NOT NULL,              -- JSON
    state      TEXT NOT NULL,
    note       TEXT NOT NULL DEFAULT '{}', -- JSON: attempts, reason, what was read before sending
    not_before INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX intent_lane ON intent (lane, seq);

-- Which picture in the cache was read from (or uploaded to) which address.
CREATE TABLE picture (
    source TEXT PRIMARY KEY,
    hash   TEXT NOT NULL
) STRICT;

-- Prepared pictures whose offer is not saved yet: kept until then, or until they are a day old.
CREATE TABLE prepared (
    hash       TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE duty (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    is_on_duty   INTEGER NOT NULL,
    since        TEXT,
    confirmed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE duty_wish (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    on_duty INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    sent    INTEGER NOT NULL DEFAULT 0     -- 1: the toggle may have left; it is never sent again
) STRICT;

CREATE TABLE lease (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until  INTEGER NOT NULL
) STRICT;
