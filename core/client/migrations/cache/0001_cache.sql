-- An exact prefix of the server's history, per scope. Everything here can be pulled anew.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scope (
  id TEXT PRIMARY KEY,
  epoch TEXT NOT NULL,
  cursor INTEGER NOT NULL,
  high INTEGER NOT NULL,
  digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entity (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  scope TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE balance (
  account TEXT NOT NULL,
  unit TEXT NOT NULL,
  scope TEXT NOT NULL,
  points INTEGER NOT NULL,
  PRIMARY KEY (account, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  participant TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  language TEXT NOT NULL
) STRICT, WITHOUT ROWID;
