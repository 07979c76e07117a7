-- What a device signed beside its recorded history: two copies of it went on with one key. Frozen.
CREATE TABLE forked_command (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  device_id TEXT NOT NULL,
  link TEXT NOT NULL,
  device_seq INTEGER NOT NULL,
  command_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  points INTEGER NOT NULL,
  envelope TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, device_id, link)
) STRICT, WITHOUT ROWID;

-- The version of the server's keys that a device last said it knows.
ALTER TABLE device ADD COLUMN trust_version INTEGER;
