-- What a device signed beside its recorded history: two copies of it went on with one key. Frozen.
CREATE TABLE forked_command (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  device_id TEXT COLLATE "C" NOT NULL,
  link TEXT COLLATE "C" NOT NULL,
  device_seq BIGINT NOT NULL,
  command_id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  points BIGINT NOT NULL,
  envelope TEXT COLLATE "C" NOT NULL,
  received_ms BIGINT NOT NULL,
  PRIMARY KEY (programme_id, device_id, link)
);
CALL keep_programmes_apart('forked_command');

-- The version of the server's keys that a device last said it knows.
ALTER TABLE device ADD COLUMN trust_version BIGINT;
