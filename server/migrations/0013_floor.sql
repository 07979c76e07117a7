-- Below a scope's floor changes are no longer kept one by one: what they come to is in `feed_base`, a
-- row for each thing and account, with the text of its last change up to the floor.

ALTER TABLE scope ADD COLUMN floor INTEGER NOT NULL DEFAULT 0;
-- Running digest after the floor.
ALTER TABLE scope ADD COLUMN floor_digest TEXT NOT NULL DEFAULT '';

CREATE TABLE feed_base (
  programme_id TEXT NOT NULL,
  scope TEXT NOT NULL,
  item TEXT NOT NULL,
  -- The number of the change.
  seq INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (programme_id, scope, item),
  FOREIGN KEY (programme_id, scope) REFERENCES scope (programme_id, scope)
) STRICT, WITHOUT ROWID;

DROP TRIGGER change_no_delete;
CREATE TRIGGER change_no_delete BEFORE DELETE ON change
WHEN OLD.seq > coalesce((SELECT floor FROM scope
  WHERE scope.programme_id = OLD.programme_id AND scope.scope = OLD.scope), 0)
BEGIN SELECT RAISE(ABORT, 'change is append-only'); END;

CREATE TRIGGER scope_floor BEFORE UPDATE OF floor ON scope
WHEN NEW.floor < OLD.floor OR NEW.floor > NEW.seq
BEGIN SELECT RAISE(ABORT, 'a floor only rises, and not above the newest number'); END;
