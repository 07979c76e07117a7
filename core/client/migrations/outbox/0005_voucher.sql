-- A voucher is taken once by this device: the signed command itself says which one it takes, so
-- nothing has to be kept beside it, and a queue that is made anew from its journal knows it too.
CREATE UNIQUE INDEX command_by_voucher ON command (json_extract(bytes, '$.args.cover.voucher_id'))
  WHERE kind = 'reward.redeem' AND json_extract(bytes, '$.args.cover.voucher_id') IS NOT NULL;
