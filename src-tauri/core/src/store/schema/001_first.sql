-- One file for each account. Times are milliseconds since the Unix epoch, by this machine's clock. JSON columns hold the
-- types that the column's comment names. docs/glossary.md explains the words.

-- Small values about the account, by name (store/meta.rs).
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Rises by one whenever an entity is written. It shows whether a row changed while a page was being read.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    n  INTEGER NOT NULL
) STRICT;
INSERT INTO revision VALUES (1, 0);

-- The offers, room types, branding, galleries, people and conversations of the hotel. Server numbers are unique within a
-- kind. The copies of a private kind are sealed (vault.rs).
CREATE TABLE entity (
    local_id    TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    server_id   INTEGER,
    base        TEXT,                        -- ServerCopy, as a read or an answer gave it; NULL until the hotel has it
    unconfirmed TEXT,                        -- ServerCopy, as an event gave it since the base was written
    revision    INTEGER NOT NULL DEFAULT 0,  -- revision of the last write to one of the two
    tombstone   INTEGER NOT NULL DEFAULT 0,  -- 1: an event said that it was removed; 2: the hotel said so when asked
    held_for    TEXT,                        -- create that this row may turn out to be; hidden until that is known
    to_confirm  INTEGER NOT NULL DEFAULT 0,  -- 1: a read has to confirm the row; 2: an event came that may be late
    past        TEXT NOT NULL DEFAULT '{}',  -- Past: marks of what the fields held before
    UNIQUE (kind, server_id)
) STRICT;

-- Earlier versions of records: the bases that later ones replaced.
CREATE TABLE version (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    entity  TEXT NOT NULL,                 -- local id
    content TEXT NOT NULL,                 -- versions::Content
    until   INTEGER NOT NULL,              -- when this desk learned that it was replaced
    own     INTEGER NOT NULL               -- 1: this desk replaced it
) STRICT;
CREATE INDEX version_entity ON version (entity, number);
CREATE INDEX version_until ON version (until);

-- Numbers of removed entities, with the revision of the removal. An answer to an older request does not bring them back.
CREATE TABLE removed (
    kind      TEXT NOT NULL,
    server_id INTEGER NOT NULL,
    revision  INTEGER NOT NULL,
    PRIMARY KEY (kind, server_id)
) STRICT;

-- The outbox.
CREATE TABLE intent (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    lane       TEXT NOT NULL,              -- local id of the entity
    operation  TEXT NOT NULL,              -- Operation
    state      TEXT NOT NULL,
    note       TEXT NOT NULL DEFAULT '{}', -- Note: attempts, reason, what was read before sending
    not_before INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX intent_lane ON intent (lane, seq);

-- Text in an editor that is not saved yet. The content is the screen's own JSON. Only the screen reads it.
CREATE TABLE draft (
    id       TEXT PRIMARY KEY,
    about    TEXT NOT NULL,     -- kind of the entity
    entity   TEXT,              -- its local id; NULL for a new one
    title    TEXT NOT NULL,
    content  TEXT NOT NULL,
    version  INTEGER NOT NULL,  -- rises with each change of the content
    saved_at INTEGER NOT NULL
) STRICT;

-- Requests of this desk that the hotel may still carry out, and those that it confirmed some minutes ago: an upload that
-- ran meanwhile may have put the old row back (contract.md 12, trap 13). One row for each field of a request.
CREATE TABLE own_request (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    request      INTEGER NOT NULL,         -- the revision at which it left
    intent       TEXT NOT NULL,
    entity       TEXT NOT NULL,            -- local id
    operation    TEXT NOT NULL,            -- Operation; of an edit, one field
    left_at      INTEGER NOT NULL,
    confirmed_at INTEGER,                  -- NULL while it is open
    over         INTEGER,                  -- the revision from which on the server cannot carry it out any more
    list         TEXT,                     -- the order of a gallery that it wrote, as names
    before       TEXT                      -- the order that stood before it came late, and is to be put back
) STRICT;
CREATE INDEX own_request_entity ON own_request (entity, seq);
CREATE INDEX own_request_intent ON own_request (intent, request);

-- Removals of this desk that the hotel confirmed. An upload brings a row back under the same number (trap 14).
CREATE TABLE own_removal (
    kind      TEXT NOT NULL,
    server_id INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (kind, server_id)
) STRICT;

-- Entities that got a picture from a colleague and were not read since.
CREATE TABLE foreign_upload (
    entity   TEXT PRIMARY KEY,             -- local id
    revision INTEGER NOT NULL,
    at       INTEGER NOT NULL
) STRICT;

-- The cached picture that was read from, or uploaded to, an address.
CREATE TABLE picture (
    source TEXT PRIMARY KEY,
    hash   TEXT NOT NULL
) STRICT;

-- Prepared pictures whose entity is not saved yet. They are kept until then, or for a day.
CREATE TABLE prepared (
    hash       TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL
) STRICT;

-- Our keys of the pictures that this desk put into galleries. All other keys follow from the server's name.
CREATE TABLE gallery_image (
    local_id TEXT PRIMARY KEY,
    gallery  TEXT NOT NULL,                -- local id of the gallery
    name     TEXT NOT NULL,
    picture  TEXT,                         -- hash of the picture; it can be put back when it disappears
    added_at INTEGER,                      -- when it was put in
    UNIQUE (gallery, name)
) STRICT;

-- Addresses of uploads that events named. One of them can be this desk's own, whose answer was lost.
CREATE TABLE uploaded_image (
    url     TEXT PRIMARY KEY,
    seen_at INTEGER NOT NULL
) STRICT;

CREATE TABLE duty (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    status       TEXT NOT NULL,            -- DutyStatus
    since        TEXT,
    confirmed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE duty_intent (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    on_duty INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    sent    INTEGER NOT NULL DEFAULT 0     -- 1: the press may have left; it is never sent again
) STRICT;

-- The last press of each person's clock, from events and from the hotel's open logs.
CREATE TABLE duty_press (
    who        TEXT PRIMARY KEY,
    status     TEXT NOT NULL,              -- DutyStatus
    at         TEXT,                       -- the hotel's time of the press
    revision   INTEGER NOT NULL,           -- when it was stored: a read of the team that began later is newer
    name       TEXT NOT NULL,              -- empty if it is not known
    department TEXT NOT NULL
) STRICT;

-- Changes by colleagues: shown once, and kept as a history.
CREATE TABLE activity (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL,               -- ActivityKind
    happening TEXT NOT NULL,               -- Happening: the parameters of the sentence
    entity    TEXT,                        -- local id
    at        INTEGER NOT NULL,
    put_back  TEXT,                        -- WayBack: a removal that can be made good
    own       INTEGER NOT NULL DEFAULT 0   -- 1: this desk did it
) STRICT;
-- Each new activity withdraws the old ways back.
CREATE INDEX activity_put_back ON activity (at) WHERE put_back IS NOT NULL;

-- Numbers of guests' messages that became activities, so that none becomes one twice.
CREATE TABLE guest_message (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    id       INTEGER NOT NULL UNIQUE,      -- the hotel's number of the message
    activity INTEGER                       -- the activity; NULL if the conversation was muted
) STRICT;

-- Messages of the guest chat. Those of a conversation that the hotel has are complete from the oldest row to
-- conversation.complete_to; later ones came by events.
CREATE TABLE message (
    key          INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL,            -- local id of the conversation
    server_id    INTEGER UNIQUE,           -- NULL until the hotel has it
    intent       TEXT UNIQUE,              -- the intent that sends it; NULL once the hotel has it
    sender       TEXT NOT NULL,            -- Sender
    staff        INTEGER,                  -- the writer's staff number
    at           INTEGER NOT NULL,         -- the hotel's time; until the hotel has it, the time of typing
    is_unread    INTEGER NOT NULL,         -- 1: a guest's message that no staff member has read
    is_own       INTEGER NOT NULL,         -- 1: an intent of this desk has made it
    content      TEXT NOT NULL             -- MessageContent, sealed
) STRICT;
CREATE INDEX message_conversation ON message (conversation, server_id);
CREATE INDEX message_unread ON message (conversation) WHERE is_unread = 1;
CREATE INDEX message_sender ON message (conversation, sender, server_id);

-- Files of messages that wait to be sent. A file goes with its intent.
CREATE TABLE message_file (
    intent TEXT PRIMARY KEY,               -- the intent that sends it
    bytes  BLOB NOT NULL                   -- the file, sealed
) STRICT;

-- The part of each conversation that was read, and what the hotel's list does not say about it.
CREATE TABLE conversation (
    local_id     TEXT PRIMARY KEY,            -- local id of the entity
    complete_to  INTEGER NOT NULL DEFAULT 0,  -- number of the newest message up to which no message is missing
    has_start    INTEGER NOT NULL DEFAULT 0,  -- 1: the oldest message is here
    handler      TEXT,                        -- name of the staff member who answers it; NULL if not known
    handler_is_me INTEGER NOT NULL DEFAULT 0, -- 1: that is the signed-in person
    has_answered  INTEGER NOT NULL DEFAULT 1, -- 0: that person took it over after the last answer
    is_muted     INTEGER NOT NULL DEFAULT 0   -- 1: its messages make no activities on this computer
) STRICT;

-- The right of one process to send, or to press the clock.
CREATE TABLE lease (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until  INTEGER NOT NULL
) STRICT;
