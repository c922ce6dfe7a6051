-- What colleagues did: shown once, and kept as a history.
CREATE TABLE fact (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    kind  TEXT NOT NULL,
    text  TEXT NOT NULL,
    offer TEXT,
    at    INTEGER NOT NULL
) STRICT;
