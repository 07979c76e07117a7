-- The server's countersignatures of this device's chain, as they came. Commands name them.
CREATE TABLE countersigned (
  last_seq INTEGER NOT NULL,
  server_ms INTEGER NOT NULL,
  signed TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  since_boot_ms INTEGER NOT NULL,
  PRIMARY KEY (last_seq, server_ms)
) STRICT, WITHOUT ROWID;
