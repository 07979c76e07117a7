-- The store's first shape. Frozen: later changes come as new files.

CREATE TABLE programme (
  programme_id TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (programme_id, name)
) STRICT, WITHOUT ROWID;

-- Things that decisions read, as documents. The body is JSON of one entity of the rules.
CREATE TABLE entity (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  updated_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, kind, id)
) STRICT;

CREATE INDEX entity_status ON entity (programme_id, kind, json_extract(body, '$.status'))
  WHERE kind IN ('review', 'code', 'visit');
CREATE INDEX entity_participant ON entity (programme_id, kind, json_extract(body, '$.participant'), json_extract(body, '$.at_ms'))
  WHERE kind IN ('review', 'activity', 'redemption', 'stop', 'visit');
CREATE INDEX entity_outlet ON entity (programme_id, kind, json_extract(body, '$.outlet'), json_extract(body, '$.at_ms'))
  WHERE kind IN ('review', 'activity', 'sale', 'redemption', 'lease', 'visit');
CREATE INDEX entity_at ON entity (programme_id, kind, json_extract(body, '$.at_ms'))
  WHERE kind IN ('activity', 'sale', 'redemption', 'review');

-- Which scopes have been shown a thing; a later version of it goes to the same ones.
CREATE TABLE entity_scope (
  programme_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  scope TEXT NOT NULL,
  PRIMARY KEY (programme_id, kind, id, scope)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_scope_scope ON entity_scope (programme_id, scope, kind, id);

-- The books. Points only move in transfers whose entries sum to zero per unit.
CREATE TABLE balance (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  account TEXT NOT NULL,
  unit TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount BETWEEN -9007199254740991 AND 9007199254740991),
  PRIMARY KEY (programme_id, account, unit),
  CHECK (amount >= 0 OR account = 'programme:issuance' OR account LIKE 'clawback:%'),
  CHECK (amount <= 0 OR account NOT LIKE 'clawback:%')
) STRICT, WITHOUT ROWID;

CREATE TABLE transfer (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  id TEXT NOT NULL,
  command_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  recorded_ms INTEGER NOT NULL,
  occurred_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX transfer_command ON transfer (programme_id, command_id);
CREATE INDEX transfer_occurred ON transfer (programme_id, occurred_ms);

CREATE TABLE entry (
  programme_id TEXT NOT NULL,
  transfer_id TEXT NOT NULL,
  leg INTEGER NOT NULL,
  account TEXT NOT NULL,
  unit TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (programme_id, transfer_id, leg),
  FOREIGN KEY (programme_id, transfer_id) REFERENCES transfer (programme_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_account ON entry (programme_id, account, unit);

-- One thing sold or done is paid once per purpose and beneficiary role.
CREATE TABLE award_key (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  unit TEXT NOT NULL,
  purpose TEXT NOT NULL,
  role TEXT NOT NULL,
  command_id TEXT NOT NULL,
  PRIMARY KEY (programme_id, unit, purpose, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  device_id TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('terminal', 'phone')),
  outlet_id TEXT,
  participant_id TEXT,
  public_key TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'revoked')),
  last_seq INTEGER NOT NULL,
  last_hash TEXT NOT NULL,
  enrolled_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, device_id),
  CHECK ((role = 'terminal') = (outlet_id IS NOT NULL)),
  CHECK ((role = 'phone') = (participant_id IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Commands as they came, with their verdicts, for ever. A command that came under an id that was
-- already taken has no id of its own here.
CREATE TABLE command (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  device_id TEXT NOT NULL,
  device_seq INTEGER NOT NULL,
  command_id TEXT,
  kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  outlet_id TEXT,
  payload_hash TEXT NOT NULL,
  envelope TEXT NOT NULL,
  class TEXT NOT NULL,
  code TEXT NOT NULL,
  verdict TEXT NOT NULL,
  occurred_ms INTEGER NOT NULL,
  recorded_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, device_id, device_seq)
) STRICT;
CREATE UNIQUE INDEX command_id ON command (programme_id, command_id);

CREATE TABLE enrolment (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  secret_hash TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  outlet_id TEXT,
  participant_id TEXT,
  created_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  used_ms INTEGER,
  device_id TEXT,
  PRIMARY KEY (programme_id, secret_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE challenge (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  challenge_hash TEXT NOT NULL,
  device_id TEXT NOT NULL,
  until_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, challenge_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  token_hash TEXT NOT NULL UNIQUE,
  device_id TEXT NOT NULL,
  until_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, token_hash)
) STRICT, WITHOUT ROWID;

-- The change feeds: one counter and one running digest per scope, no number without its change.
CREATE TABLE scope (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  scope TEXT NOT NULL,
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (programme_id, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
  programme_id TEXT NOT NULL,
  scope TEXT NOT NULL,
  seq INTEGER NOT NULL,
  text TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (programme_id, scope, seq),
  FOREIGN KEY (programme_id, scope) REFERENCES scope (programme_id, scope)
) STRICT, WITHOUT ROWID;

-- The only place with personal data.
CREATE TABLE person (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  participant_id TEXT NOT NULL,
  code TEXT NOT NULL,
  given TEXT NOT NULL,
  family TEXT NOT NULL,
  phone TEXT,
  email TEXT,
  language TEXT NOT NULL,
  sign_in TEXT,
  password_hash TEXT,
  pin_hash TEXT,
  PRIMARY KEY (programme_id, participant_id),
  UNIQUE (programme_id, code)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX person_sign_in ON person (programme_id, sign_in) WHERE sign_in IS NOT NULL;

CREATE TABLE blob (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  mime TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  id INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  PRIMARY KEY (programme_id, id)
) STRICT, WITHOUT ROWID;

-- What happened stays: corrections are new rows.
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer is append-only'); END;
CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer is append-only'); END;
CREATE TRIGGER change_no_update BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'change is append-only'); END;
CREATE TRIGGER change_no_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'change is append-only'); END;
