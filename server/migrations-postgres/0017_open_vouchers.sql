-- Vouchers that are open, by their terminal. Frozen.

CREATE INDEX entity_voucher_open ON entity
  (programme_id, (body::json->>'terminal'), id)
  WHERE kind = 'voucher' AND (body::json->>'state') = 'open';
