// What a person fills in about a series, read and checked before it is sent. The server checks all of it again.
import type { Part } from '../../lib/generated-console/Part';
import type { Series } from '../../lib/generated-console/Series';
import type { SeriesKind } from '../../lib/generated-console/SeriesKind';
import type { SeriesWish } from '../../lib/generated-console/SeriesWish';
import { placesOf } from './words';

/** The form of a new series, as typed. */
export interface SeriesForm {
  code: string;
  product: string;
  kind: SeriesKind;
  pieces: string;
  carton: string;
  pallet: string;
  first: string;
}

/** The fields that can be wrong. */
export type WrongField = 'code' | 'product' | 'pieces' | 'carton' | 'pallet' | 'first';

/** The most pieces by kind, as the server has it. */
export const piecesMax: Record<SeriesKind, number> = { typed: 1_000_000, signed: 1_000_000_000, serial: 1_000_000_000 };

/** A whole number as people type it, with spaces or separators between groups of digits; null for anything else. */
export function wholeNumber(text: string): number | null {
  const plain = text.replace(/(?<=\d)[\s\u00a0\u202f.,'’](?=\d{3}(?!\d))/gu, '').trim();
  return /^\d{1,15}$/.test(plain) ? Number(plain) : null;
}

/** A new form. */
export function emptyForm(): SeriesForm {
  return { code: '', product: '', kind: 'typed', pieces: '', carton: '', pallet: '', first: '0' };
}

/** What is wrong in a form; empty when it can be sent. */
export function wrongFields(form: SeriesForm): WrongField[] {
  const wrong: WrongField[] = [];
  const pieces = wholeNumber(form.pieces);
  if (!/^[a-z0-9-]{1,40}$/.test(form.code)) wrong.push('code');
  if (form.product === '') wrong.push('product');
  if (pieces === null || pieces < 1 || pieces > piecesMax[form.kind]) wrong.push('pieces');
  if (form.kind !== 'typed') wrong.push(...wrongLevels(form));
  if (form.kind === 'serial' && wholeNumber(form.first) === null) wrong.push('first');
  return wrong;
}

/** A carton holds at least two pieces, a pallet a whole number of cartons and more than one. */
function wrongLevels(form: SeriesForm): WrongField[] {
  const wrong: WrongField[] = [];
  const [carton, pallet] = [wholeNumber(form.carton), wholeNumber(form.pallet)];
  const below = carton ?? 1;
  if (form.carton.trim() !== '' && (carton === null || carton < 2)) wrong.push('carton');
  if (form.pallet.trim() !== '' && (pallet === null || pallet <= below || pallet % below !== 0)) wrong.push('pallet');
  return wrong;
}

/** The form as the server takes it; null while something is wrong. */
export function wishOf(form: SeriesForm): SeriesWish | null {
  const pieces = wholeNumber(form.pieces);
  if (pieces === null || wrongFields(form).length > 0) return null;
  const levels: Record<string, number> = {};
  if (form.kind !== 'typed') {
    for (const name of ['carton', 'pallet'] as const) {
      const holds = wholeNumber(form[name]);
      if (holds !== null) levels[name] = holds;
    }
  }
  const first = form.kind === 'serial' ? wholeNumber(form.first) : null;
  return { code: form.code, product: form.product, kind: form.kind, pieces, levels, ...(first === null ? {} : { serial_first: first }) };
}

/** A part of a series as typed: numbers count from one, as they are printed. */
export interface PartForm {
  whole: boolean;
  level: string;
  first: string;
  count: string;
}

/** The whole series. */
export function wholePart(): PartForm {
  return { whole: true, level: '0', first: '1', count: '1' };
}

/** The part as the server takes it: nothing for the whole, null while it cannot be. */
export function partOf(form: PartForm, series: Series): { part?: Part } | null {
  if (form.whole) return {};
  const [level, first, count] = [wholeNumber(form.level), wholeNumber(form.first), wholeNumber(form.count)];
  if (level === null || first === null || count === null || first < 1 || count < 1) return null;
  // Typed codes have no order that anybody knows: only how many of them count.
  const places = placesOf(series, level);
  return first - 1 + count <= places ? { part: { level, first: first - 1, count } } : null;
}

/** How many pieces a part holds. */
export function piecesOf(part: Part | undefined, series: Series): number {
  if (part === undefined) return series.pieces;
  const size = series.levels[part.level]?.pieces ?? 0;
  return Math.min((part.first + part.count) * size, series.pieces) - Math.min(part.first * size, series.pieces);
}
