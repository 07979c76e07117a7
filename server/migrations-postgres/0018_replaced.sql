-- Commands for which a command of another identity of the same till or phone stands. Frozen.
CREATE TABLE replaced_command (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  command_id TEXT COLLATE "C" NOT NULL,
  device_id TEXT COLLATE "C" NOT NULL,
  by_command_id TEXT COLLATE "C" NOT NULL,
  recorded_ms BIGINT NOT NULL,
  PRIMARY KEY (programme_id, command_id)
);
CALL keep_programmes_apart('replaced_command');

-- How many of a device's commands another stands for: most have none, and are not asked about.
ALTER TABLE device ADD COLUMN replaced BIGINT NOT NULL DEFAULT 0;
