-- A command carries its own link, and writes down that it is the newest: one statement makes it durable.
ALTER TABLE command ADD COLUMN chain_hash TEXT;
CREATE TRIGGER command_tail AFTER INSERT ON command WHEN NEW.chain_hash IS NOT NULL
BEGIN
  INSERT OR REPLACE INTO meta (name, value)
  VALUES ('last_seq', CAST(NEW.device_seq AS TEXT)), ('last_hash', NEW.chain_hash);
END;
