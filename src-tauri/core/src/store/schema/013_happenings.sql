-- What happened and its parameters (JSON). The sentence is made when it is shown. NULL where an earlier version kept the
-- sentence itself, in `text`, which is empty from here on.
ALTER TABLE fact ADD COLUMN happening TEXT;
