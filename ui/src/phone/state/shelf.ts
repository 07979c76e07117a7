// A counted shelf in sums and words.
import { formatNumber } from '../../lib/format';
import type { ShelfRow } from '../../lib/generated/ShelfRow';

const basisPoints = 10_000;

/** The faces of the programme's own products, and all faces. */
export function faces(rows: readonly ShelfRow[]): { own: number; all: number } {
  const sum = (some: readonly ShelfRow[]) => some.reduce((total, row) => total + row.count, 0);
  return { own: sum(rows.filter((row) => row.own)), all: sum(rows) };
}

/** A share in basis points as per cent with at most one decimal; a dash for none. */
export function shareWords(share_bp: number | null): string {
  if (share_bp === null) return '–';
  return formatNumber(share_bp / basisPoints, { style: 'percent', maximumFractionDigits: 1 });
}

/** The programme's own first, each group by its faces, the most first. */
export function ownFirst(rows: readonly ShelfRow[]): ShelfRow[] {
  return [...rows].sort((a, b) => Number(b.own) - Number(a.own) || b.count - a.count || a.gtin.localeCompare(b.gtin));
}
