-- A scope whose page did not fit is asked for from its beginning; dropping it must not walk over all
-- other scopes.
ALTER TABLE scope ADD COLUMN suspect INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entity_by_scope ON entity (scope);
CREATE INDEX balance_by_scope ON balance (scope);
