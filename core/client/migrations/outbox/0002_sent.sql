-- When a command last left, and a way to what waits that does not walk over what is done.
ALTER TABLE command ADD COLUMN sent_ms INTEGER;
CREATE INDEX command_by_state ON command (state, device_seq);
