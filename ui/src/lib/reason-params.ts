// The numbers of a reason as people read them: the core sends minor units, micro pieces and basis points.
import { formatMoney, formatNumber } from './format';
import type { Args } from './l10n.svelte';

type Sent = Record<string, string | number>;

function money(minor: unknown, currency: unknown): string | null {
  return typeof minor === 'number' && Number.isSafeInteger(minor) && typeof currency === 'string' ? formatMoney(minor, currency) : null;
}

/** `params` with readable companions: `count` of `quantity_micro`, `factor` of `rate_bp`, `amount` and `step` of minor units. */
export function readableParams(params: Sent): Args {
  const out: Args = { ...params };
  if (typeof params.quantity_micro === 'number') out.count = formatNumber(params.quantity_micro / 1_000_000, { maximumFractionDigits: 6 });
  if (typeof params.rate_bp === 'number') out.factor = formatNumber(params.rate_bp / 10_000, { maximumFractionDigits: 4 });
  const amount = money(params.amount_minor, params.currency);
  if (amount !== null) out.amount = amount;
  const step = money(params.step_minor, params.currency);
  if (step !== null) out.step = step;
  return out;
}
