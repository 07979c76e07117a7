// The numbers of a reason or a step as people read them: the core sends minor units, micro pieces, basis points and instants.
import { currencyDigits, formatDate, formatDateTime, formatMoney, formatNumber, formatPoints, formatTime, type PointsWord } from './format';
import type { Args } from './l10n.svelte';

const micro = 1_000_000;
const basisPoints = 10_000;
const minuteMs = 60_000;
/** Numbers that are points. */
const pointNames = ['each', 'of', 'base', 'cut', 'left', 'points'] as const;

/** What a reader knows besides the numbers. */
export interface Reading {
  /** The programme's word for points; without it amounts of points stand bare. */
  word?: PointsWord | undefined;
  /** IANA name of the zone that instants are shown in; the device's own when absent. */
  zone?: string | undefined;
  /** Currency of amounts that name none. */
  currency?: string | undefined;
  /** A product's name by its id, where it is known. */
  product?: ((id: string) => string | null) | undefined;
}

type Sent = Record<string, unknown>;

/** What a message can take as it is: texts and numbers; yes and no become the words `true` and `false`. */
export function plainParams(params: Sent): Record<string, string | number> {
  const worded = Object.entries(params).map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value]);
  return Object.fromEntries(worded.filter(([, value]) => typeof value === 'string' || typeof value === 'number')) as Record<string, string | number>;
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
}

function percent(rate_bp: number): string {
  return formatNumber(rate_bp / basisPoints, { style: 'percent', maximumFractionDigits: 2 });
}

function money(minor: unknown, currency: string): string | null {
  return typeof minor === 'number' && Number.isSafeInteger(minor) && currency !== '' ? formatMoney(minor, currency) : null;
}

/** What a point is worth, from millionths of a minor unit: often less than the smallest coin. */
function worth(minorMicro: number, currency: string): string {
  const digits = currencyDigits(currency);
  const whole = minorMicro / micro / 10 ** digits;
  return formatNumber(whole, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits + 6 });
}

/** `until_ms` as the day `until` and as day and time `until_time`, any other `*_ms` as day and time. */
function instants(params: Sent, zone: string | undefined): Args {
  const ms = Object.entries(params).filter(([name, value]) => name.endsWith('_ms') && typeof value === 'number');
  const out: Args = Object.fromEntries(
    ms.map(([name, at]) => [name.slice(0, -3), name === 'until_ms' ? formatDate(at as number, 'short', zone) : formatDateTime(at as number, zone)]),
  );
  if (typeof params.until_ms === 'number') out.until_time = formatDateTime(params.until_ms, zone);
  return out;
}

/** Amounts in minor units as money without their suffix, other quantities in millionths as pieces. */
function amounts(params: Sent, currency: string): Args {
  const out: Args = {};
  for (const [name, value] of Object.entries(params)) {
    const amount = name.endsWith('_minor') ? money(value, currency) : null;
    if (amount !== null) out[name.slice(0, -6)] = amount;
    if (name.endsWith('_micro') && typeof value === 'number') out[name.slice(0, -6)] = value / micro;
  }
  if (typeof params.minor_per_point_micro === 'number' && currency !== '') out.worth = worth(params.minor_per_point_micro, currency);
  return out;
}

function pieces(quantity_micro: number): Args {
  const pieces = quantity_micro / micro;
  return { pieces, count: formatNumber(pieces, { maximumFractionDigits: 6 }) };
}

/** A share of a split among the staff: how many people, the own shares and all of them. */
function shares(params: Sent): Args {
  const all = numbers(params.shares);
  const own = all[typeof params.place === 'number' ? params.place : -1];
  return own === undefined ? {} : { people: all.length, own, all: all.reduce((sum, share) => sum + share, 0) };
}


/** What a condition found, by the kind of its field. */
function found(params: Sent, currency: string, reading: Reading): Args {
  const value = Array.isArray(params.found) ? params.found.join(', ') : params.found;
  if (value === '') return {};
  const { field } = params;
  if (field === 'product') {
    const name = typeof value === 'string' ? reading.product?.(value) : null;
    return name ? { name } : {};
  }
  if (typeof value === 'string' || typeof value === 'boolean') return { found: String(value) };
  if (typeof value !== 'number') return {};
  if (field === 'minute') return { time: formatTime(value * minuteMs, 'UTC') };
  if (field === 'quantity') return pieces(value);
  if (field === 'amount' || field === 'basket') {
    const amount = money(value, currency);
    return amount === null ? {} : { money: amount };
  }
  return { found: value };
}

/** `params` with readable companions, under the names that the messages of reasons and steps use. */
export function readableParams(params: Sent, reading: Reading = {}): Args {
  const currency = typeof params.currency === 'string' ? params.currency : (reading.currency ?? '');
  const out: Args = { ...plainParams(params), ...amounts(params, currency), ...instants(params, reading.zone), ...shares(params) };
  if (params.field !== undefined) {
    delete out.found;
    Object.assign(out, found(params, currency, reading));
  }
  if (typeof params.quantity_micro === 'number') Object.assign(out, pieces(params.quantity_micro));
  if (typeof params.rate_bp === 'number') out.factor = formatNumber(params.rate_bp / basisPoints, { maximumFractionDigits: 4 });
  const share_bp = params.share_bp ?? params.rate_bp;
  if (typeof share_bp === 'number') out.share = percent(share_bp);
  if (typeof params.before === 'number' && typeof params.delta === 'number') out.after = params.before + params.delta;
  for (const name of pointNames) {
    const points = params[name];
    if (reading.word !== undefined && typeof points === 'number') out[name] = formatPoints(points, reading.word);
  }
  return out;
}
