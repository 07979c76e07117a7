-- Vouchers that are open, by their terminal. Frozen.

CREATE INDEX entity_voucher_open ON entity
  (programme_id, json_extract(body, '$.terminal'), id)
  WHERE kind = 'voucher' AND json_extract(body, '$.state') = 'open';
