-- What this device intended, in order, with everything that must survive: signed commands, photos,
-- counters of wrong PINs, and what the membership needs to know about itself.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE command (
  device_seq INTEGER PRIMARY KEY,
  command_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  suite TEXT NOT NULL,
  kid TEXT NOT NULL,
  bytes TEXT NOT NULL,
  signature TEXT NOT NULL,
  state TEXT NOT NULL,
  verdict TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL,
  settled_ms INTEGER
) STRICT;

CREATE TABLE attachment (
  device_seq INTEGER NOT NULL REFERENCES command (device_seq),
  sha256 TEXT NOT NULL,
  PRIMARY KEY (device_seq, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE photo (
  sha256 TEXT PRIMARY KEY,
  mime TEXT NOT NULL,
  size INTEGER NOT NULL,
  bytes BLOB,
  uploaded INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE pin_try (
  participant TEXT PRIMARY KEY,
  verifier TEXT NOT NULL,
  wrong INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  locked_until_boot_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
