-- What the device showed when the command was made: the things it writes, as JSON. When the cache is
-- lost and cannot be pulled anew yet, they show on; a decision over nothing would show less.
ALTER TABLE command ADD COLUMN shown TEXT;
