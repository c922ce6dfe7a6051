-- What the fields of a thing held before (JSON: marks by field, newest last): an event that only brings such values
-- back may have come late.
ALTER TABLE thing ADD COLUMN past TEXT NOT NULL DEFAULT '{}';
-- The copy up to which colleagues' changes were told, where that is not the base (JSON).
ALTER TABLE thing ADD COLUMN told TEXT;

-- The last press of each colleague's clock that an event told of.
CREATE TABLE duty_press (
    who        TEXT PRIMARY KEY,
    is_on_duty INTEGER NOT NULL,
    at         TEXT                        -- the hotel's time of the press
) STRICT;

-- Facts from before there was a mark count as looked at.
INSERT OR IGNORE INTO meta SELECT 'facts_seen', CAST(max(id) AS TEXT) FROM fact HAVING max(id) IS NOT NULL;
