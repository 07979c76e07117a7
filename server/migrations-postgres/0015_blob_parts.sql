-- Large blobs that come in parts: how far each device has come. The bytes are in a file of the data
-- folder until their hash is known to be right.

CREATE TABLE blob_part (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  device_id TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  size BIGINT NOT NULL,
  mime TEXT COLLATE "C" NOT NULL,
  received BIGINT NOT NULL,
  touched_ms BIGINT NOT NULL,
  PRIMARY KEY (programme_id, device_id, sha256)
);
CREATE INDEX blob_part_touched ON blob_part (touched_ms);
CALL keep_programmes_apart('blob_part');
