-- What decisions asked the clock for: one row for each thing that is to happen later.

CREATE TABLE due (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  key TEXT NOT NULL,
  -- The instant that was asked for.
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  -- When it is tried next: the same instant, or later after a fault of the server.
  next_ms INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  PRIMARY KEY (programme_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX due_next ON due (next_ms, programme_id, key);
