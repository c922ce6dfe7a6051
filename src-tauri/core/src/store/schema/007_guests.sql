-- The guests' messages that were told, so that none is told again.
CREATE TABLE guest_message (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id  INTEGER NOT NULL UNIQUE            -- the hotel's number of the message
) STRICT;
