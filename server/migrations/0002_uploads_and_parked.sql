-- Who brought a blob, so that a device reads back only its own; and a quick list of what waits for a person.

ALTER TABLE blob ADD COLUMN device_id TEXT;
CREATE INDEX command_parked ON command (programme_id, recorded_ms) WHERE class = 'parked';
