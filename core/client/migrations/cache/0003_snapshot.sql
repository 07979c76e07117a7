-- A scope that comes as a snapshot: its pieces as they arrive, then its rows, beside what is held until
-- they take its place.
CREATE TABLE snapshot (
  scope TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  total INTEGER NOT NULL,
  held INTEGER NOT NULL,
  -- From the first line, once every row is laid out.
  epoch TEXT,
  seq INTEGER,
  digest TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot_piece (
  scope TEXT NOT NULL,
  start INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (scope, start)
) STRICT;

CREATE TABLE staged_entity (
  scope TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (scope, kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE staged_balance (
  scope TEXT NOT NULL,
  account TEXT NOT NULL,
  unit TEXT NOT NULL,
  points INTEGER NOT NULL,
  PRIMARY KEY (scope, account, unit)
) STRICT, WITHOUT ROWID;
