-- Codes are found by their series: how many there are, and which to print. Frozen.

CREATE INDEX entity_series ON entity (programme_id, json_extract(body, '$.series'), id)
  WHERE kind = 'code';
