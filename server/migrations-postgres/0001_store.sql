-- The store on PostgreSQL: the same tables, columns and keys as all of `server/migrations` up to the
-- number 0008. Frozen: later changes come as new files, with the numbers of their SQLite twins.
--
-- Text is ordered by its bytes, as SQLite orders it. JSON is kept as the text that was written, and read
-- as json, not jsonb: a field is read without building the whole.

CREATE TABLE programme (
  programme_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  code TEXT COLLATE "C" NOT NULL UNIQUE,
  name TEXT COLLATE "C" NOT NULL,
  created_ms BIGINT NOT NULL
);

CREATE TABLE setting (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  name TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (programme_id, name)
);

-- Things that decisions read, as documents. The body is JSON of one entity of the rules; the cast in
-- the check fails for anything else.
CREATE TABLE entity (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  kind TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL CHECK (body::json IS NOT NULL),
  updated_ms BIGINT NOT NULL,
  PRIMARY KEY (programme_id, kind, id)
);

CREATE INDEX entity_status ON entity (programme_id, kind, (body::json->>'status'))
  WHERE kind IN ('review', 'code', 'visit');
CREATE INDEX entity_participant ON entity
  (programme_id, kind, (body::json->>'participant'), ((body::json->>'at_ms')::bigint))
  WHERE kind IN ('review', 'activity', 'redemption', 'stop', 'visit');
CREATE INDEX entity_outlet ON entity
  (programme_id, kind, (body::json->>'outlet'), ((body::json->>'at_ms')::bigint))
  WHERE kind IN ('review', 'activity', 'sale', 'redemption', 'lease', 'visit');
CREATE INDEX entity_at ON entity (programme_id, kind, ((body::json->>'at_ms')::bigint))
  WHERE kind IN ('activity', 'sale', 'redemption', 'review');
CREATE INDEX entity_series ON entity (programme_id, (body::json->>'series'), id)
  WHERE kind = 'code';
CREATE INDEX entity_fiscal_check ON entity
  (programme_id, (body::json->>'state'), ((body::json->>'at_ms')::bigint))
  WHERE kind = 'fiscal_check';
-- Photos by the four parts of their likeness: two that are alike have a part that is nearly the same.
CREATE INDEX entity_photo_1 ON entity (programme_id, substr(id, 1, 4)) WHERE kind = 'photo_seen';
CREATE INDEX entity_photo_2 ON entity (programme_id, substr(id, 5, 4)) WHERE kind = 'photo_seen';
CREATE INDEX entity_photo_3 ON entity (programme_id, substr(id, 9, 4)) WHERE kind = 'photo_seen';
CREATE INDEX entity_photo_4 ON entity (programme_id, substr(id, 13, 4)) WHERE kind = 'photo_seen';

-- Which scopes have been shown a thing; a later version of it goes to the same ones.
CREATE TABLE entity_scope (
  programme_id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  scope TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (programme_id, kind, id, scope)
);
CREATE INDEX entity_scope_scope ON entity_scope (programme_id, scope, kind, id);

-- The books. Points only move in transfers whose entries sum to zero per unit.
CREATE TABLE balance (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  account TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  amount BIGINT NOT NULL CHECK (amount BETWEEN -9007199254740991 AND 9007199254740991),
  PRIMARY KEY (programme_id, account, unit),
  CHECK (amount >= 0 OR account = 'programme:issuance' OR account LIKE 'clawback:%'
         OR account LIKE 'partner:%' OR account LIKE 'settlement:%'
         OR account = 'programme:written_off'),
  CHECK (amount <= 0 OR (account NOT IN ('programme:issuance', 'programme:written_off')
         AND account NOT LIKE 'clawback:%'))
);

-- One chain per programme: numbered without a gap and linked by hashes.
CREATE TABLE transfer (
  programme_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL CHECK (seq > 0),
  id TEXT COLLATE "C" NOT NULL,
  command_id TEXT COLLATE "C" NOT NULL,
  purpose TEXT COLLATE "C" NOT NULL,
  -- Never before the transfer before it.
  recorded_ms BIGINT NOT NULL,
  occurred_ms BIGINT NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) IN (0, 64)),
  PRIMARY KEY (programme_id, seq),
  UNIQUE (programme_id, id)
);
CREATE INDEX transfer_command ON transfer (programme_id, command_id);
CREATE INDEX transfer_occurred ON transfer (programme_id, occurred_ms);
-- What the books said at an instant: the last transfer until then, then an account's last entry.
CREATE INDEX transfer_recorded ON transfer (programme_id, recorded_ms);

CREATE TABLE entry (
  programme_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  -- The entry's place in its transfer, from 0; a leg that moves several lots has several entries.
  line BIGINT NOT NULL CHECK (line >= 0),
  leg BIGINT NOT NULL CHECK (leg >= 0),
  account TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  amount BIGINT NOT NULL CHECK (amount <> 0),
  -- Empty where the account keeps no lots.
  lot TEXT COLLATE "C" NOT NULL,
  -- The account's balance of the unit.
  after BIGINT NOT NULL,
  -- The command whose part in the account the leg undoes.
  undoes TEXT COLLATE "C",
  PRIMARY KEY (programme_id, seq, line),
  FOREIGN KEY (programme_id, seq) REFERENCES transfer (programme_id, seq)
);
CREATE INDEX entry_account ON entry (programme_id, account, unit, seq, line);
CREATE INDEX entry_undoes ON entry (programme_id, undoes, account, unit) WHERE undoes IS NOT NULL;

-- Where each chain ends, so that a missing end shows.
CREATE TABLE chain (
  programme_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES programme (programme_id),
  seq BIGINT NOT NULL,
  recorded_ms BIGINT NOT NULL,
  hash TEXT COLLATE "C" NOT NULL
);

-- What a lot carries from birth. A lot without terms has no class.
CREATE TABLE lot (
  programme_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  -- The account that it was born in.
  account TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  funder TEXT COLLATE "C",
  unit_cost_micro BIGINT NOT NULL CHECK (unit_cost_micro >= 0),
  currency TEXT COLLATE "C",
  country TEXT COLLATE "C",
  class TEXT COLLATE "C",
  origin TEXT COLLATE "C" NOT NULL,
  expires_ms BIGINT,
  born_seq BIGINT NOT NULL,
  born_ms BIGINT NOT NULL,
  command_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (programme_id, id)
);
CREATE INDEX lot_command ON lot (programme_id, command_id);

-- What is left of each lot where; a lot that is used up has no row. The key is the spending order: the
-- largest number stands for "never" and for the birth of the plain lot, which goes last.
CREATE TABLE lot_balance (
  programme_id TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  expires_ms BIGINT NOT NULL,
  born_seq BIGINT NOT NULL,
  lot TEXT COLLATE "C" NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0 AND amount <= 9007199254740991),
  PRIMARY KEY (programme_id, account, unit, expires_ms, born_seq, lot)
);
CREATE INDEX lot_balance_expiry ON lot_balance (programme_id, expires_ms)
  WHERE expires_ms < 9223372036854775807;

-- One thing sold or done is paid once per purpose and beneficiary role.
CREATE TABLE award_key (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  unit TEXT COLLATE "C" NOT NULL,
  purpose TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  command_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (programme_id, unit, purpose, role)
);

CREATE TABLE device (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  device_id TEXT COLLATE "C" NOT NULL UNIQUE,
  role TEXT COLLATE "C" NOT NULL CHECK (role IN ('terminal', 'phone')),
  outlet_id TEXT COLLATE "C",
  participant_id TEXT COLLATE "C",
  public_key TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL CHECK (status IN ('active', 'revoked')),
  last_seq BIGINT NOT NULL,
  last_hash TEXT COLLATE "C" NOT NULL,
  enrolled_ms BIGINT NOT NULL,
  seen_ms BIGINT NOT NULL,
  PRIMARY KEY (programme_id, device_id),
  CHECK ((role = 'terminal') = (outlet_id IS NOT NULL)),
  CHECK ((role = 'phone') = (participant_id IS NOT NULL))
);
-- A rotating code is checked against the phones of its person.
CREATE INDEX device_participant ON device (programme_id, participant_id) WHERE role = 'phone';

-- Commands as they came, with their verdicts, for ever. A command that came under an id that was
-- already taken has no id of its own here.
CREATE TABLE command (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  device_id TEXT COLLATE "C" NOT NULL,
  device_seq BIGINT NOT NULL,
  command_id TEXT COLLATE "C",
  kind TEXT COLLATE "C" NOT NULL,
  actor_id TEXT COLLATE "C" NOT NULL,
  outlet_id TEXT COLLATE "C",
  payload_hash TEXT COLLATE "C" NOT NULL,
  envelope TEXT COLLATE "C" NOT NULL,
  class TEXT COLLATE "C" NOT NULL,
  code TEXT COLLATE "C" NOT NULL,
  verdict TEXT COLLATE "C" NOT NULL,
  occurred_ms BIGINT NOT NULL,
  recorded_ms BIGINT NOT NULL,
  PRIMARY KEY (programme_id, device_id, device_seq)
);
CREATE UNIQUE INDEX command_id ON command (programme_id, command_id);
CREATE INDEX command_parked ON command (programme_id, recorded_ms) WHERE class = 'parked';

CREATE TABLE enrolment (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  secret_hash TEXT COLLATE "C" NOT NULL UNIQUE,
  role TEXT COLLATE "C" NOT NULL,
  outlet_id TEXT COLLATE "C",
  participant_id TEXT COLLATE "C",
  created_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL,
  used_ms BIGINT,
  device_id TEXT COLLATE "C",
  PRIMARY KEY (programme_id, secret_hash)
);

CREATE TABLE challenge (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  challenge_hash TEXT COLLATE "C" NOT NULL,
  device_id TEXT COLLATE "C" NOT NULL,
  until_ms BIGINT NOT NULL,
  PRIMARY KEY (programme_id, challenge_hash)
);

CREATE TABLE token (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
  device_id TEXT COLLATE "C" NOT NULL,
  until_ms BIGINT NOT NULL,
  PRIMARY KEY (programme_id, token_hash)
);

-- The change feeds: one counter and one running digest per scope, no number without its change.
CREATE TABLE scope (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  scope TEXT COLLATE "C" NOT NULL,
  epoch TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  digest TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (programme_id, scope)
);

CREATE TABLE change (
  programme_id TEXT COLLATE "C" NOT NULL,
  scope TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  digest TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (programme_id, scope, seq),
  FOREIGN KEY (programme_id, scope) REFERENCES scope (programme_id, scope)
);

-- The only place with personal data.
CREATE TABLE person (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  participant_id TEXT COLLATE "C" NOT NULL,
  code TEXT COLLATE "C" NOT NULL,
  given TEXT COLLATE "C" NOT NULL,
  family TEXT COLLATE "C" NOT NULL,
  phone TEXT COLLATE "C",
  email TEXT COLLATE "C",
  language TEXT COLLATE "C" NOT NULL,
  sign_in TEXT COLLATE "C",
  password_hash TEXT COLLATE "C",
  pin_hash TEXT COLLATE "C",
  PRIMARY KEY (programme_id, participant_id),
  UNIQUE (programme_id, code)
);
CREATE UNIQUE INDEX person_sign_in ON person (programme_id, sign_in) WHERE sign_in IS NOT NULL;

-- Photos by their content; the device is whose only it may be read back by.
CREATE TABLE blob (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  sha256 TEXT COLLATE "C" NOT NULL,
  size BIGINT NOT NULL,
  mime TEXT COLLATE "C" NOT NULL,
  received_ms BIGINT NOT NULL,
  device_id TEXT COLLATE "C",
  PRIMARY KEY (programme_id, sha256)
);
-- What a device may bring in a day is limited.
CREATE INDEX blob_device ON blob (programme_id, device_id, received_ms);

CREATE TABLE audit (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  id BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  detail TEXT COLLATE "C" NOT NULL CHECK (detail::json IS NOT NULL),
  PRIMARY KEY (programme_id, id)
);

-- What decisions asked the clock for: one row for each thing that is to happen later.
CREATE TABLE due (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  key TEXT COLLATE "C" NOT NULL,
  -- The instant that was asked for.
  at_ms BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  -- When it is tried next: the same instant, or later after a fault of the server.
  next_ms BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  PRIMARY KEY (programme_id, key)
);
CREATE INDEX due_next ON due (next_ms, programme_id, key);

-- One row for each receipt that a fiscal service was asked about.
CREATE TABLE receipt_job (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  -- The receipt's key.
  key TEXT COLLATE "C" NOT NULL,
  -- The claim's command: a later claim of the same receipt begins anew.
  claim_id TEXT COLLATE "C" NOT NULL,
  -- Whom to ask: the first part of the key.
  source TEXT COLLATE "C" NOT NULL,
  -- 'ask' for the first answer, 'again' for whether it still holds, 'done'.
  stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('ask', 'again', 'done')),
  began_ms BIGINT NOT NULL,
  next_ms BIGINT NOT NULL,
  -- Calls in this stage, and how many answers in a row said that there is no such receipt.
  tries BIGINT NOT NULL,
  missing BIGINT NOT NULL,
  -- What the service gave to ask on with.
  ticket TEXT COLLATE "C",
  -- The last answer, a stable word.
  answer TEXT COLLATE "C" NOT NULL,
  -- Who is asking now, and until when nobody else may.
  runner TEXT COLLATE "C",
  runner_until_ms BIGINT NOT NULL,
  PRIMARY KEY (programme_id, key)
);
CREATE INDEX receipt_job_next ON receipt_job (programme_id, next_ms, key) WHERE stage <> 'done';

-- How often each service was asked, and until when it does not want to be.
CREATE TABLE receipt_source (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programme (programme_id),
  source TEXT COLLATE "C" NOT NULL,
  day BIGINT NOT NULL,
  asked_of_day BIGINT NOT NULL,
  minute BIGINT NOT NULL,
  asked_of_minute BIGINT NOT NULL,
  closed_until_ms BIGINT NOT NULL,
  PRIMARY KEY (programme_id, source)
);

-- What happened stays: corrections are new rows. An old transfer gets its hash once.
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit EXECUTE FUNCTION append_only();
CREATE TRIGGER change_no_update BEFORE UPDATE ON change FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER change_no_delete BEFORE DELETE ON change FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER change_no_truncate BEFORE TRUNCATE ON change EXECUTE FUNCTION append_only();
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry EXECUTE FUNCTION append_only();
CREATE TRIGGER lot_no_update BEFORE UPDATE ON lot FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER lot_no_delete BEFORE DELETE ON lot FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER lot_no_truncate BEFORE TRUNCATE ON lot EXECUTE FUNCTION append_only();
CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer FOR EACH ROW
  WHEN (OLD.hash <> '' OR NEW.programme_id <> OLD.programme_id OR NEW.seq <> OLD.seq OR NEW.id <> OLD.id
    OR NEW.command_id <> OLD.command_id OR NEW.purpose <> OLD.purpose
    OR NEW.recorded_ms <> OLD.recorded_ms OR NEW.occurred_ms <> OLD.occurred_ms)
  EXECUTE FUNCTION append_only();
CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER transfer_no_truncate BEFORE TRUNCATE ON transfer EXECUTE FUNCTION append_only();

-- Programmes do not see each other. A session says whose rows it is about by the setting
-- `carrot.programme`: a programme's id, or `*` for all of them. Without the setting there are no rows.
-- The owner of the tables is held to it too. Later migrations call this for every table they make.
CREATE PROCEDURE keep_programmes_apart(of regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', of);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', of);
  EXECUTE format(
    'CREATE POLICY programme ON %s USING (programme_id = current_setting(''carrot.programme'', true)
       OR current_setting(''carrot.programme'', true) = ''*'')', of);
END
$$;
CALL keep_programmes_apart('programme');
CALL keep_programmes_apart('setting');
CALL keep_programmes_apart('entity');
CALL keep_programmes_apart('entity_scope');
CALL keep_programmes_apart('balance');
CALL keep_programmes_apart('transfer');
CALL keep_programmes_apart('entry');
CALL keep_programmes_apart('chain');
CALL keep_programmes_apart('lot');
CALL keep_programmes_apart('lot_balance');
CALL keep_programmes_apart('award_key');
CALL keep_programmes_apart('device');
CALL keep_programmes_apart('command');
CALL keep_programmes_apart('enrolment');
CALL keep_programmes_apart('challenge');
CALL keep_programmes_apart('token');
CALL keep_programmes_apart('scope');
CALL keep_programmes_apart('change');
CALL keep_programmes_apart('person');
CALL keep_programmes_apart('blob');
CALL keep_programmes_apart('audit');
CALL keep_programmes_apart('due');
CALL keep_programmes_apart('receipt_job');
CALL keep_programmes_apart('receipt_source');
