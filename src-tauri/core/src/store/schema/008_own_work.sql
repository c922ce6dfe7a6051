-- What was changed here and confirmed by the hotel, for some minutes: an upload that ran meanwhile may have put the old
-- row back (contract.md 12, trap 13).
CREATE TABLE own_edit (
    seq   INTEGER PRIMARY KEY AUTOINCREMENT,
    thing TEXT NOT NULL,                   -- local id
    edit  TEXT NOT NULL,                   -- JSON: the value before, and the confirmed one
    at    INTEGER NOT NULL
) STRICT;
CREATE INDEX own_edit_thing ON own_edit (thing, seq);

-- What was removed here and confirmed by the hotel: an upload brings it back under the same number (trap 14).
CREATE TABLE own_removal (
    kind      TEXT NOT NULL,
    server_id INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (kind, server_id)
) STRICT;

-- Things that got a picture from somebody else and were not read since.
CREATE TABLE foreign_upload (
    thing TEXT PRIMARY KEY,                -- local id
    tick  INTEGER NOT NULL,
    at    INTEGER NOT NULL
) STRICT;
