-- 1: the base comes from an event, or from an answer that another copy overtook; a read has to confirm it.
ALTER TABLE offer ADD COLUMN hinted INTEGER NOT NULL DEFAULT 0;

-- Numbers of offers that were removed here, with the tick of the removal: an answer to a request that left
-- before it does not bring them back.
CREATE TABLE removed (
    server_id INTEGER PRIMARY KEY,
    touched   INTEGER NOT NULL
) STRICT;
