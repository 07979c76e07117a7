-- What left the device for its age: per account its balance at the feed's number at which older lines of
-- history were dropped, with the digest that proves that number.
CREATE TABLE checkpoint (
  account TEXT NOT NULL,
  unit TEXT NOT NULL,
  scope TEXT NOT NULL,
  points INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  digest TEXT NOT NULL,
  before_ms INTEGER NOT NULL,
  PRIMARY KEY (account, unit)
) STRICT, WITHOUT ROWID;
