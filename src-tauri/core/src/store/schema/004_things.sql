-- Offers are one kind of thing beside room types, the branding and galleries. Numbers are the server's own per kind.
CREATE TABLE thing (
    local_id  TEXT PRIMARY KEY,
    kind      TEXT NOT NULL DEFAULT 'offer',
    server_id INTEGER,
    base      TEXT,                        -- JSON; NULL until the hotel has it
    touched   INTEGER NOT NULL DEFAULT 0,  -- tick of the last write to base
    gone      INTEGER NOT NULL DEFAULT 0,  -- 1: an event said so; 2: the hotel said so when asked
    held_for  TEXT,                        -- intent: equals a create whose answer is open; hidden until then
    hinted    INTEGER NOT NULL DEFAULT 0,  -- 1: the base comes from an event, or another copy overtook it
    UNIQUE (kind, server_id)
) STRICT;
INSERT INTO thing (local_id, server_id, base, touched, gone, held_for, hinted)
    SELECT local_id, server_id, base, touched, gone, held_for, hinted FROM offer;
DROP TABLE offer;

CREATE TABLE removed_thing (
    kind      TEXT NOT NULL,
    server_id INTEGER NOT NULL,
    touched   INTEGER NOT NULL,
    PRIMARY KEY (kind, server_id)
) STRICT;
INSERT INTO removed_thing SELECT 'offer', server_id, touched FROM removed;
DROP TABLE removed;

-- Our keys of the pictures that we put into galleries ourselves; all others follow from the server's name.
CREATE TABLE gallery_image (
    local_id TEXT PRIMARY KEY,
    gallery  TEXT NOT NULL,                -- local id of the gallery
    name     TEXT NOT NULL,
    UNIQUE (gallery, name)
) STRICT;

-- What was put into a gallery, or taken out of it, a moment ago: whoever writes a flat gallery replaces the whole
-- list, and may have read it before.
CREATE TABLE gallery_watch (
    image   TEXT PRIMARY KEY,
    gallery TEXT NOT NULL,
    wish    TEXT NOT NULL,                 -- JSON: what is wished again where it was undone
    until   INTEGER NOT NULL
) STRICT;

-- Addresses of uploads that events told of: one of them can be our own, whose answer was lost.
CREATE TABLE uploaded_image (
    url     TEXT PRIMARY KEY,
    seen_at INTEGER NOT NULL
) STRICT;
