// A claimed receipt in words: its state, what is waited for, the money on it, how its lines were recognised.
import { describeReason } from '../../lib/errors';
import { formatMoney } from '../../lib/format';
import type { LineMatch } from '../../lib/generated-console/LineMatch';
import type { ReceiptRow } from '../../lib/generated-console/ReceiptRow';
import { hasMessage, tryText } from '../../lib/l10n.svelte';
import { who } from '../state/session.svelte';

const currencies: Record<string, string> = { ru: 'RUB', ua: 'UAH', pl: 'PLN' };

/** The currency of a receipt by the first part of its key; the programme's own where that does not say. */
export function currencyOf(key: string): string {
  return currencies[key.split(':')[0] ?? ''] ?? who()?.currency ?? '';
}

/** An amount on a receipt; a dash where it is not known. */
export function amountOf(minor: number | null, key: string, currency?: string): string {
  const unit = currency ?? currencyOf(key);
  if (minor === null) return '–';
  return unit === '' ? String(minor / 100) : formatMoney(minor, unit);
}

/** The number as it stands on the receipt: register, document and sign. */
export function numberOf(key: string): string {
  return key.split(':').slice(1).join(' / ') || key;
}

/** Why a receipt is where it is; empty when there is nothing to say. */
export function whyWords(row: Pick<ReceiptRow, 'why' | 'next_ms'>): string {
  if (row.why === '') return '';
  const slug = row.why.replaceAll('_', '-');
  const own = tryText(`console-receipt-why-${slug}`);
  if (own !== null) return own;
  const params = row.next_ms === null ? { why: row.why } : { why: row.why, next_ms: row.next_ms };
  const waits = ['queue', 'pending', 'not-yet', 'quota', 'unreachable'].includes(slug);
  if (waits) return describeReason('awaits_verification', params);
  return hasMessage(`reason-${slug}`) || hasMessage(`error-${slug}`) ? describeReason(row.why) : row.why;
}

/** How a receipt's state looks as a chip. */
export function receiptChip(state: string): 'done' | 'waiting' | 'wrong' | 'review' | 'none' {
  const chips: Record<string, 'done' | 'waiting' | 'wrong' | 'review'> = { waiting: 'waiting', review: 'review', verified: 'done', refused: 'wrong' };
  return chips[state] ?? 'none';
}

/** The match that a line belongs to. */
export function matchOf(line: number, matches: readonly LineMatch[]): LineMatch | null {
  return matches.find((match) => match.lines.includes(line)) ?? null;
}

/** The products that a person sees on lines, as the server takes them: lines without one are left out. */
export function choicesOf(chosen: Readonly<Record<number, string>>): { line: number; product: string }[] {
  return Object.entries(chosen)
    .filter(([, product]) => product !== '')
    .map(([line, product]) => ({ line: Number(line), product }))
    .sort((a, b) => a.line - b.line);
}
