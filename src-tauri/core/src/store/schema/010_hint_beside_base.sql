-- What an event has said since the base was read or answered (JSON). The base itself is written by these two only.
ALTER TABLE thing ADD COLUMN hint TEXT;
-- Told is what is shown: an event that may be late is neither.
ALTER TABLE thing DROP COLUMN told;
-- thing.hinted from here on: 0: nothing has to be confirmed; 1: a read has to confirm the hint, or an answer that another
-- copy overtook; 2: an event came that may be late, or did not say what changed, and a read has to tell.
