// Example data for the gallery only.
import { wholeEvent } from '../lib/derivation';
import type { PointsWord } from '../lib/format';
import type { Derivation } from '../lib/generated/Derivation';
import type { Column } from '../components/table';

/** A programme that calls its points beans. */
export const beans: PointsWord = {
  en: { one: 'bean', other: 'beans' },
  da: { one: 'bønne', other: 'bønner' },
  sv: { one: 'böna', other: 'bönor' },
  pl: { one: 'ziarno', few: 'ziarna', many: 'ziaren', other: 'ziarna' },
  ru: { one: 'зерно', few: 'зерна', many: 'зёрен', other: 'зерна' },
  uk: { one: 'зерно', few: 'зерна', many: 'зерен', other: 'зерна' },
};

function step(name: string, line: number, points: number, params: Derivation['params']): Derivation {
  return { step: name, rule: 'sample', version: 1, line, params, points };
}

/** An award of two lines and of the sale as a whole, with a bound and a split. */
export const derivation: Derivation[] = [
  step('per_unit', 0, 240, { each: 120, quantity_micro: 2_000_000 }),
  step('multiplier', 0, 360, { rate_bp: 15_000 }),
  step('per_amount', 1, 24, { each: 2, step_minor: 1_000, amount_minor: 12_900, currency: 'DKK' }),
  step('percent', 1, 1_135, { rate_bp: 500, amount_minor: 50_000, minor_per_point_micro: 2_250_000, currency: 'DKK' }),
  step('capped', 1, 100, { by: 'budget', left: 76, cut: 1_035 }),
  step('fixed', wholeEvent, 100, { each: 100, inner: true }),
  step('part', wholeEvent, 50, { of: 100, share_bp: 5_000, place: 0, shares_bp: [5_000, 5_000], inner: true }),
  step('staff_part', wholeEvent, 17, { of: 50, place: 1, shares: [2, 1] }),
  step('every', wholeEvent, 117, { each: 100, nth: 10, before: 8, delta: 3 }),
];

/** A row of the sample table. */
export interface Sale {
  id: string;
  outlet: string;
  seller: string;
  points: number;
  state: 'done' | 'waiting' | 'review' | 'wrong';
}

const outlets = ['Elkiosken, Aarhus Banegård', 'Kavovar, Львів', 'Zielona Kuchnia, Poznań', 'Kiosk at the ferry, Aarhus'];
const sellers = ['Mette Sørensen', 'Оксана Шевченко', 'Zofia Wiśniewska', 'Ayşe Yıldırım', 'Łukasz Żak'];
const states = ['done', 'waiting', 'review', 'wrong'] as const;

/** Thirty sales, always the same. */
export const sales: Sale[] = Array.from({ length: 30 }, (_, at) => ({
  id: `S-${String(1041 + at * 7)}`,
  outlet: outlets[(at * 3) % outlets.length] ?? '',
  seller: sellers[(at * 7) % sellers.length] ?? '',
  points: (at * 37) % 260,
  state: states[(at * 5) % 7 === 0 ? 2 : at % 2] ?? 'done',
}));

/** Columns of the sample table. */
export const saleColumns: Column<Sale>[] = [
  { key: 'id', label: 'Sale', value: (row) => row.id },
  { key: 'outlet', label: 'Outlet', value: (row) => row.outlet },
  { key: 'seller', label: 'Seller', value: (row) => row.seller },
  { key: 'points', label: 'Points', numeric: true, value: (row) => row.points },
  { key: 'state', label: 'State', sortable: false, value: (row) => row.state },
];

/** A drawn shelf, so that the gallery needs no picture file. */
export const shelf = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 112 112"><rect width="112" height="112" fill="#8a7a66"/><g fill="#d9d3c7"><rect x="10" y="14" width="24" height="30"/><rect x="44" y="14" width="24" height="30"/><rect x="78" y="14" width="24" height="30"/><rect x="10" y="64" width="24" height="30"/></g><g fill="#b84a08"><rect x="44" y="64" width="24" height="30"/><rect x="78" y="64" width="24" height="30"/></g><g fill="#4b4238"><rect y="46" width="112" height="5"/><rect y="96" width="112" height="5"/></g></svg>',
)}`;
