// What one scanned code stands for, in words: a piece, a carton, a pallet, a logistic unit, a waybill.
import { formatNumber } from '../../lib/format';
import type { CodeView } from '../../lib/generated/CodeView';
import { t, tryText } from '../../lib/l10n.svelte';

type Unique = Extract<CodeView, { kind: 'unique' }>;

/** What a code covers: its name, its pieces where this phone knows them. */
export interface Covers {
  name: string;
  /** "1,000 pieces"; empty where only the server knows. */
  pieces: string;
  /** Pieces in it; none where only the server knows. */
  count: number | null;
}

/** What a code covers; none for a code that says nothing of the kind (a typed code is one piece). */
export function coversOf(code: CodeView | null): Covers | null {
  if (code?.kind !== 'unique' || code.unit === undefined) return null;
  if (code.covers === undefined) return { name: nameOf(code), pieces: '', count: null };
  const { level, number, pieces } = code.covers;
  const numbered = { number: formatNumber(number) };
  const name = tryText(`phone-covers-${level}`, numbered) ?? t('phone-covers-other', { level, ...numbered });
  return { name, pieces: t('phone-covers-pieces', { count: pieces, pieces: formatNumber(pieces) }), count: pieces };
}

function nameOf(code: Unique): string {
  if (code.unit?.as === 'waybill') return t('phone-covers-waybill', { number: code.unit.number });
  return t('phone-covers-logistic');
}

/** True for what should be seen before it is claimed: more than one piece, or nobody here knows how many. */
export function asksFirst(code: CodeView): boolean {
  const covers = coversOf(code);
  return covers !== null && covers.count !== 1;
}
