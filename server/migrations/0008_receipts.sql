-- Questions to fiscal services about claimed receipts, and what helps to find receipts and photos.

-- One row for each receipt that was asked about.
CREATE TABLE receipt_job (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  -- The receipt's key.
  key TEXT NOT NULL,
  -- The claim's command: a later claim of the same receipt begins anew.
  claim_id TEXT NOT NULL,
  -- Whom to ask: the first part of the key.
  source TEXT NOT NULL,
  -- 'ask' for the first answer, 'again' for whether it still holds, 'done'.
  stage TEXT NOT NULL CHECK (stage IN ('ask', 'again', 'done')),
  began_ms INTEGER NOT NULL,
  next_ms INTEGER NOT NULL,
  -- Calls in this stage, and how many answers in a row said that there is no such receipt.
  tries INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  -- What the service gave to ask on with.
  ticket TEXT,
  -- The last answer, a stable word.
  answer TEXT NOT NULL,
  -- Who is asking now, and until when nobody else may.
  runner TEXT,
  runner_until_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX receipt_job_next ON receipt_job (programme_id, next_ms, key) WHERE stage <> 'done';

-- How often each service was asked, and until when it does not want to be.
CREATE TABLE receipt_source (
  programme_id TEXT NOT NULL REFERENCES programme (programme_id),
  source TEXT NOT NULL,
  day INTEGER NOT NULL,
  asked_of_day INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  asked_of_minute INTEGER NOT NULL,
  closed_until_ms INTEGER NOT NULL,
  PRIMARY KEY (programme_id, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX entity_fiscal_check ON entity (programme_id, json_extract(body, '$.state'), json_extract(body, '$.at_ms'))
  WHERE kind = 'fiscal_check';

-- Photos by the four parts of their likeness: two that are alike have a part that is nearly the same.
CREATE INDEX entity_photo_1 ON entity (programme_id, substr(id, 1, 4)) WHERE kind = 'photo_seen';
CREATE INDEX entity_photo_2 ON entity (programme_id, substr(id, 5, 4)) WHERE kind = 'photo_seen';
CREATE INDEX entity_photo_3 ON entity (programme_id, substr(id, 9, 4)) WHERE kind = 'photo_seen';
CREATE INDEX entity_photo_4 ON entity (programme_id, substr(id, 13, 4)) WHERE kind = 'photo_seen';
