-- Commands for which a command of another identity of the same till or phone stands. Frozen.
CREATE TABLE replaced_command (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  command_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  by_command_id TEXT NOT NULL,
  recorded_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, command_id)
) STRICT, WITHOUT ROWID;

-- How many of a device's commands another stands for: most have none, and are not asked about.
ALTER TABLE device ADD COLUMN replaced INTEGER NOT NULL DEFAULT 0;
