// The codes a call can fail with and the reasons beside an amount. Each has messages in every language;
// a test holds the two lists and the message files together.

/** Error codes with a message and a remedy (`error-{code}` and `error-{code}.remedy`). */
export const errorCodes = [
  'not-an-image', 'too-many-pixels', 'no-code-found', 'code-of-other-programme', 'check-digit', 'too-many-decimals',
  'bad-amount', 'unknown-member', 'unknown-product', 'enrolment-expired', 'enrolment-used', 'enrolment-unknown',
  'lease-exceeded', 'lease-missing', 'insufficient-points', 'already-claimed', 'already-redeemed', 'not-enrolled',
  'wrong-pin', 'pin-locked', 'own-sale', 'server-unreachable', 'clock-off', 'key-missing', 'disk-full', 'revoked',
  'wrong-programme', 'lease-stale', 'newer-schema', 'no-camera', 'cache-damaged', 'queue-full', 'proof-required',
  'proof-expired', 'proof-used', 'code-unknown', 'code-void', 'duplicate-sale', 'not-permitted', 'bad-input',
  'internal', 'upgrade-required', 'return-window-closed', 'nothing-to-void', 'visit-incomplete', 'photo-too-large',
  'too-late', 'out-of-stock', 'pin-count-lost', 'storage-full', 'too-many-parts',
  'amount-too-large', 'bad-phone', 'answers-wrong', 'code-names-product-only', 'code-not-a-claim',
  'code-of-other-outlet', 'code-of-pallet', 'device-unknown', 'empty-sale', 'lesson-passed-before',
  'not-employed-there', 'not-signed-in', 'offline-budget-spent', 'outlet-needed', 'price-changed', 'product-needed',
  'proof-invalid', 'receipt-is-a-return', 'refused-by-reviewer', 'reward-unknown', 'rules-missing', 'sale-voided',
  'too-many-photos', 'voucher-not-taken',
  'not-a-cashier', 'photo-missing', 'command-too-large', 'already-enrolled', 'forked', 'history-missing',
  'bad-enrolment-code', 'protocol-error', 'storage-failed', 'outbox-unreadable', 'keyring-unavailable',
  'device-in-use', 'server-error', 'file-unreadable', 'code-not-ours', 'name-ambiguous',
  'above-limit', 'too-many-tries',
  'nothing-to-return', 'returned-too-much', 'return-exists', 'hold-exists', 'hold-unknown', 'hold-over', 'hold-exceeded',
  'capture-exists', 'payment-exists', 'currency-mismatch', 'nothing-due', 'receipt-cancelled',
  'referral-code-unknown', 'already-referred', 'own-referral', 'referral-cycle', 'joined-too-long-ago', 'event-unknown',
  'already-recorded', 'part-pay-closed', 'part-pay-too-much', 'code-needed',
  'in-claimed-parent', 'nothing-left', 'series-ended', 'return-at-till', 'receipt-forged', 'receipt-not-found', 'receipt-unknown',
  'receipt-settled', 'too-many-wrong-codes', 'photo-same', 'not-recognised', 'receipt-service-missing', 'code-not-genuine', 'code-key-unknown', 'series-unknown', 'series-exists',
  'unsent-commands', 'membership-resting', 'nothing-to-export', 'not-a-queue-file', 'wrong-secret',
  'replaced', 'replaces-accepted', 'replaces-parked', 'replaces-own', 'replaces-foreign', 'not-issued-again', 'already-issued', 'certificate-ended',
  'series-wrong', 'series-range', 'series-void', 'sheet-layout', 'bad-file', 'outlet-unknown',
  'till-unknown', 'voucher-too-large', 'voucher-too-long', 'voucher-exists', 'vouchers-open', 'till-vouchers-open',
  'challenge-elsewhere', 'challenge-differs', 'challenge-other', 'challenge-stale', 'challenge-needed',
  'voucher-elsewhere', 'voucher-expired', 'voucher-other-reward', 'voucher-exceeded',
  'voucher-spent', 'voucher-cancelled', 'voucher-overused', 'voucher-answered', 'voucher-missing', 'lease-written-off', 'lease-lost', 'lease-frozen', 'offline-day-exceeded', 'allowance-off', 'allowance-stale', 'allowance-exceeded', 'bound-differs', 'proof-pass-expired',
] as const;

/** Reasons of an amount or of its waiting (`reason-{code}`, with `.detail` where numbers can be shown). */
export const reasonCodes = [
  'server-decides-code', 'awaits-review', 'awaits-return-window', 'awaits-photo', 'awaits-sync', 'per-unit',
  'per-amount', 'multiplier', 'campaign', 'capped', 'no-rule', 'recorded-offline', 'lease-covers', 'allowance-covers', 'offline-loss',
  'attached-to-existing', 'first-accepted-wins', 'adjusted',
  'server-marks-answers', 'server-resolves-member', 'task', 'lesson',
  'server-checks-lesson', 'reported-late', 'receipt-of-other-outlet', 'above-limit',
  'percent', 'fixed', 'every', 'per-measure', 'boost', 'level', 'part', 'staff-part', 'discount',
  'not-yet', 'over', 'not-met', 'limit-reached', 'budget-spent', 'liability-reached', 'better-rule', 'no-rate',
  'below-step', 'nobody-there',
  'server-checks-person', 'server-checks-outlet', 'server-checks-tally', 'server-checks-tier', 'server-checks-referral',
  'server-checks-limit', 'server-checks-budget', 'server-checks-liability', 'server-checks-staff',
  'awaits-payment', 'awaits-next-month', 'awaits-till', 'above-sell-in', 'not-employed-there', 'paid-back', 'lapsed',
  'expired', 'returned', 'receipt-cancelled', 'server-finds-sale', 'paid-late', 'awaits-sale', 'invoice-of-other-sale', 'currency-mismatch',
  'awaits-code', 'till-named-another',
  'code-not-shipped', 'code-of-other-outlet', 'awaits-verification', 'receipt-unanswered', 'receipt-verified', 'cashier-differs',
  'product-not-on-receipt', 'many-wrong-codes', 'canary-code', 'many-reports', 'far-apart', 'photo-alike', 'clock-moved', 'device-copied',
  'voucher-covers', 'voucher-used-twice',
] as const;

/** The fields that a rule's condition can be about (`reason-not-met-{field}`). */
export const conditionFields = [
  'product', 'brand', 'category', 'outlet', 'partner', 'country', 'city', 'role', 'segment', 'evidence', 'currency',
  'weekday', 'minute', 'amount', 'quantity', 'basket', 'value', 'tally', 'lesson', 'tier', 'referred',
] as const;
