// What a claimant wrote beside the photo of a receipt: it stands in the reason for which the claim waits.
import { formatDate, formatMoney } from '../../lib/format';
import type { Because } from '../../lib/generated-console/Because';
import { t } from '../../lib/l10n.svelte';

/** Number, day and total of a photographed receipt, as far as they were written. */
export function saidOf(because: readonly Because[], currency: string): { label: string; value: string }[] {
  const { number, day, total_minor } = because.find((why) => why.code === 'awaits_review')?.params ?? {};
  const out: { label: string; value: string }[] = [];
  if (typeof number === 'string') out.push({ label: t('phone-receipt-number'), value: number });
  if (typeof day === 'string') out.push({ label: t('phone-receipt-day'), value: /^\d{4}-\d\d-\d\d$/.test(day) ? formatDate(day, 'medium', 'UTC') : day });
  if (typeof total_minor === 'number' && currency !== '') out.push({ label: t('phone-receipt-total'), value: formatMoney(total_minor, currency) });
  return out;
}
