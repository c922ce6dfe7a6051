-- Nothing in a gallery is defended any more.
DROP TABLE gallery_watch;
-- The picture that this desk put in, and when (milliseconds since the epoch): if it goes, it can be put back.
ALTER TABLE gallery_image ADD COLUMN picture TEXT;
ALTER TABLE gallery_image ADD COLUMN added_at INTEGER;
-- A picture that a person can put back (JSON).
ALTER TABLE fact ADD COLUMN put_back TEXT;
