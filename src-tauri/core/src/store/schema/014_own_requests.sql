-- What this desk has sent and the hotel may still carry out, and what it confirmed some minutes ago: an upload that ran
-- meanwhile may have put the old row back (contract.md 12, trap 13). One row for each field of a request.
CREATE TABLE own_request (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    request      INTEGER NOT NULL,         -- the revision at which it left
    intent       TEXT NOT NULL,
    entity       TEXT NOT NULL,            -- local id
    operation    TEXT NOT NULL,            -- JSON: what it asked for, of an edit one field
    left_at      INTEGER NOT NULL,
    confirmed_at INTEGER,                  -- NULL while it is open
    over         INTEGER                   -- the revision from which on the server can not carry it out any more
) STRICT;
CREATE INDEX own_request_entity ON own_request (entity, seq);
CREATE INDEX own_request_intent ON own_request (intent, request);
