-- The books as one chain per programme: transfers are numbered without a gap and linked by hashes,
-- entries say the balance after them and the lot they moved, and lots carry their terms.

CREATE TABLE transfer_next (
  programme_id TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  id TEXT NOT NULL,
  command_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  -- Never before the transfer before it.
  recorded_ms INTEGER NOT NULL,
  occurred_ms INTEGER NOT NULL,
  -- Empty only between this migration and the first opening of the store.
  hash TEXT NOT NULL CHECK (length(hash) IN (0, 64)),
  PRIMARY KEY (programme_id, seq),
  UNIQUE (programme_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry_next (
  programme_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  -- The entry's place in its transfer, from 0; a leg that moves several lots has several entries.
  line INTEGER NOT NULL CHECK (line >= 0),
  leg INTEGER NOT NULL CHECK (leg >= 0),
  account TEXT NOT NULL,
  unit TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  -- Empty where the account keeps no lots.
  lot TEXT NOT NULL,
  -- The account's balance of the unit.
  after INTEGER NOT NULL,
  -- The command whose part in the account the leg undoes.
  undoes TEXT,
  PRIMARY KEY (programme_id, seq, line),
  FOREIGN KEY (programme_id, seq) REFERENCES transfer_next (programme_id, seq)
) STRICT, WITHOUT ROWID;

-- Inside one millisecond a device's commands keep their order, and what a command gave comes before
-- what it took.
INSERT INTO transfer_next
SELECT transfer.programme_id,
       ROW_NUMBER() OVER (
         PARTITION BY transfer.programme_id
         ORDER BY transfer.recorded_ms, COALESCE(command.device_seq, 0), transfer.purpose <> 'award', transfer.id),
       transfer.id, transfer.command_id, purpose, transfer.recorded_ms, transfer.occurred_ms, ''
  FROM transfer LEFT JOIN command
    ON command.programme_id = transfer.programme_id AND command.command_id = transfer.command_id;

INSERT INTO entry_next
SELECT entry.programme_id, transfer_next.seq,
       ROW_NUMBER() OVER (PARTITION BY entry.programme_id, transfer_next.seq ORDER BY entry.leg) - 1,
       entry.leg, entry.account, entry.unit, entry.amount,
       CASE WHEN entry.account LIKE 'participant:%' THEN '00000000-0000-0000-0000-000000000000' ELSE '' END,
       SUM(entry.amount) OVER (
         PARTITION BY entry.programme_id, entry.account, entry.unit
         ORDER BY transfer_next.seq, entry.leg ROWS UNBOUNDED PRECEDING),
       NULL
  FROM entry JOIN transfer_next
    ON transfer_next.programme_id = entry.programme_id AND transfer_next.id = entry.transfer_id;

DROP TABLE entry;
DROP TABLE transfer;
ALTER TABLE transfer_next RENAME TO transfer;
ALTER TABLE entry_next RENAME TO entry;

CREATE INDEX transfer_command ON transfer (programme_id, command_id);
CREATE INDEX transfer_occurred ON transfer (programme_id, occurred_ms);
-- What the books said at an instant: the last transfer until then, then an account's last entry.
CREATE INDEX transfer_recorded ON transfer (programme_id, recorded_ms);
CREATE INDEX entry_account ON entry (programme_id, account, unit, seq, line);
CREATE INDEX entry_undoes ON entry (programme_id, undoes, account, unit) WHERE undoes IS NOT NULL;

-- Where each chain ends, so that a missing end shows.
CREATE TABLE chain (
  programme_id TEXT NOT NULL PRIMARY KEY REFERENCES programme (programme_id),
  seq INTEGER NOT NULL,
  recorded_ms INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO chain
SELECT programme_id, MAX(seq), MAX(recorded_ms), '' FROM transfer GROUP BY programme_id;

CREATE TABLE balance_next (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  account TEXT NOT NULL,
  unit TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount BETWEEN -9007199254740991 AND 9007199254740991),
  PRIMARY KEY (programme_id, account, unit),
  CHECK (amount >= 0 OR account = 'programme:issuance' OR account LIKE 'clawback:%'
         OR account LIKE 'partner:%' OR account LIKE 'settlement:%'
         OR account = 'programme:written_off'),
  CHECK (amount <= 0 OR (account NOT IN ('programme:issuance', 'programme:written_off')
         AND account NOT LIKE 'clawback:%'))
) STRICT, WITHOUT ROWID;
INSERT INTO balance_next SELECT programme_id, account, unit, amount FROM balance;
DROP TABLE balance;
ALTER TABLE balance_next RENAME TO balance;

-- What a lot carries from birth. A lot without terms has no class.
CREATE TABLE lot (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  id TEXT NOT NULL,
  -- The account that it was born in.
  account TEXT NOT NULL,
  unit TEXT NOT NULL,
  funder TEXT,
  unit_cost_micro INTEGER NOT NULL CHECK (unit_cost_micro >= 0),
  currency TEXT,
  country TEXT,
  class TEXT,
  origin TEXT NOT NULL,
  expires_ms INTEGER,
  born_seq INTEGER NOT NULL,
  born_ms INTEGER NOT NULL,
  command_id TEXT NOT NULL,
  PRIMARY KEY (programme_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX lot_command ON lot (programme_id, command_id);

-- What is left of each lot where; a lot that is used up has no row. The key is the spending order: the
-- largest number stands for "never" and for the birth of the plain lot, which goes last.
CREATE TABLE lot_balance (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  account TEXT NOT NULL,
  unit TEXT NOT NULL,
  expires_ms INTEGER NOT NULL,
  born_seq INTEGER NOT NULL,
  lot TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0 AND amount <= 9007199254740991),
  PRIMARY KEY (programme_id, account, unit, expires_ms, born_seq, lot)
) STRICT, WITHOUT ROWID;
CREATE INDEX lot_balance_expiry ON lot_balance (programme_id, expires_ms)
  WHERE expires_ms < 9223372036854775807;
INSERT INTO lot_balance
SELECT programme_id, account, unit, 9223372036854775807, 9223372036854775807,
       '00000000-0000-0000-0000-000000000000', amount
  FROM balance WHERE account LIKE 'participant:%' AND amount > 0;

-- What happened stays: corrections are new rows. An old transfer gets its hash once.
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer
  WHEN OLD.hash <> '' OR NEW.programme_id <> OLD.programme_id OR NEW.seq <> OLD.seq OR NEW.id <> OLD.id
    OR NEW.command_id <> OLD.command_id OR NEW.purpose <> OLD.purpose
    OR NEW.recorded_ms <> OLD.recorded_ms OR NEW.occurred_ms <> OLD.occurred_ms
BEGIN SELECT RAISE(ABORT, 'transfer is append-only'); END;
CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer is append-only'); END;
CREATE TRIGGER lot_no_update BEFORE UPDATE ON lot BEGIN SELECT RAISE(ABORT, 'lot is append-only'); END;
CREATE TRIGGER lot_no_delete BEFORE DELETE ON lot BEGIN SELECT RAISE(ABORT, 'lot is append-only'); END;
