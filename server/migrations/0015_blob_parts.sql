-- Large blobs that come in parts: how far each device has come. The bytes are in a file of the data
-- folder until their hash is known to be right.

CREATE TABLE blob_part (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  device_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  mime TEXT NOT NULL,
  received INTEGER NOT NULL,
  touched_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, device_id, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_part_touched ON blob_part (touched_ms);
