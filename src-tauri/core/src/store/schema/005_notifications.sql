-- A fact can be about any thing.
ALTER TABLE fact RENAME COLUMN offer TO thing;
