-- What is typed in an editor and not saved yet. The content is the screen's own (JSON), and read by nobody else.
CREATE TABLE draft (
    id       TEXT PRIMARY KEY,
    about    TEXT NOT NULL,     -- kind of thing
    thing    TEXT,              -- its local id; NULL for a new one
    title    TEXT NOT NULL,
    content  TEXT NOT NULL,
    version  INTEGER NOT NULL,  -- grows with each change of the content
    saved_at INTEGER NOT NULL
) STRICT;
