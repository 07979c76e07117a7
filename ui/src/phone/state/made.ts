// Between which instants something was made, as far as the server's countersignatures prove it.
import { formatDateTime, formatTime } from '../../lib/format';
import type { MadeView } from '../../lib/generated/MadeView';
import { t } from '../../lib/l10n.svelte';

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** `Made between 14:02 and 14:40, proven`; null where nothing is proven. Instants in UTC milliseconds. */
export function madeWords(made: MadeView | null | undefined): string | null {
  if (!made) return null;
  const { from_ms: from, until_ms: until } = made;
  if (from !== null && until !== null) {
    const words = sameDay(from, until) ? { from: formatDateTime(from), until: formatTime(until) } : { from: formatDateTime(from), until: formatDateTime(until) };
    return t('offline-made-between', words);
  }
  if (from !== null) return t('offline-made-after', { from: formatDateTime(from) });
  return null;
}
