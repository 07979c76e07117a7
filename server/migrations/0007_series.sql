-- Codes are found by their series: how many there are, and which to print. Frozen.

CREATE INDEX entity_series ON entity (programme_id, json_extract(body, '$.series'), id)
  WHERE kind = 'code';

-- Logistic units were settings that nothing read; they are things now.
INSERT OR IGNORE INTO entity (programme_id, kind, id, body, updated_ms)
  SELECT programme_id, 'logistic', substr(name, 10),
    json_object('holds', 'pieces', 'product', json_extract(value, '$.gtin'),
      'count', json_extract(value, '$.count'), 'outlet', json_extract(value, '$.outlet'),
      'stage', 'shipped'), 0
  FROM setting WHERE name LIKE 'logistic:%' AND json_valid(value);
DELETE FROM setting WHERE name LIKE 'logistic:%';
