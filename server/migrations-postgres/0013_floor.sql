-- Below a scope's floor changes are no longer kept one by one: what they come to is in `feed_base`, a
-- row for each thing and account, with the text of its last change up to the floor.

ALTER TABLE scope ADD COLUMN floor BIGINT NOT NULL DEFAULT 0;
-- Running digest after the floor.
ALTER TABLE scope ADD COLUMN floor_digest TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE TABLE feed_base (
  programme_id TEXT COLLATE "C" NOT NULL,
  scope TEXT COLLATE "C" NOT NULL,
  item TEXT COLLATE "C" NOT NULL,
  -- The number of the change.
  seq BIGINT NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (programme_id, scope, item),
  FOREIGN KEY (programme_id, scope) REFERENCES scope (programme_id, scope)
);
CALL keep_programmes_apart('feed_base');

CREATE FUNCTION change_stays_above_floor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.seq > coalesce((SELECT floor FROM scope
      WHERE scope.programme_id = OLD.programme_id AND scope.scope = OLD.scope), 0) THEN
    RAISE EXCEPTION 'change is append-only';
  END IF;
  RETURN OLD;
END
$$;
DROP TRIGGER change_no_delete ON change;
CREATE TRIGGER change_no_delete BEFORE DELETE ON change
  FOR EACH ROW EXECUTE FUNCTION change_stays_above_floor();

CREATE FUNCTION floor_only_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a floor only rises, and not above the newest number';
END
$$;
CREATE TRIGGER scope_floor BEFORE UPDATE OF floor ON scope FOR EACH ROW
  WHEN (NEW.floor < OLD.floor OR NEW.floor > NEW.seq) EXECUTE FUNCTION floor_only_rises();
