// Numbers, money, dates and points in the person's language, all through Intl. Money and points are whole numbers.
import { intlLocale } from './l10n.svelte';

/** Forms of a programme's word for points in one language, by plural category (`one`, `few`, `many`, `other`). */
export type WordForms = Record<string, string>;

/** A programme's word for points: forms per language tag (`{ en: { one: 'bean', other: 'beans' } }`). */
export type PointsWord = Record<string, WordForms>;

/** An instant: milliseconds since 1970, an ISO 8601 text, or a Date. */
export type Instant = number | string | Date;

const cache = new Map<string, unknown>();

/** Intl objects cost far more to make than to use, so each is made once per language and options. */
function once<T>(kind: string, options: object, make: (tag: string) => T): T {
  const tag = intlLocale();
  const key = `${kind} ${tag} ${JSON.stringify(options)}`;
  let value = cache.get(key) as T | undefined;
  if (value === undefined) {
    value = make(tag);
    cache.set(key, value);
  }
  return value;
}

/** A whole or fractional number with the language's separators. */
export function formatNumber(value: number | bigint, options: Intl.NumberFormatOptions = {}): string {
  return once('number', options, (tag) => new Intl.NumberFormat(tag, options)).format(value);
}

/** Basis points (1/100 of a percent, 10,000 is all) as a percentage with at most one decimal. */
export function formatPercent(basisPoints: number): string {
  return formatNumber(basisPoints / 10_000, { style: 'percent', maximumFractionDigits: 1 });
}

/** `minor` units (whole) as an exact decimal text with `digits` decimals. */
export function minorToDecimal(minor: number | bigint, digits: number): `${number}` {
  const whole = BigInt(minor);
  const sign = whole < 0n ? '-' : '';
  const text = (whole < 0n ? -whole : whole).toString().padStart(digits + 1, '0');
  const cut = text.length - digits;
  const decimal = digits === 0 ? text : `${text.slice(0, cut)}.${text.slice(cut)}`;
  return `${sign}${decimal}` as `${number}`;
}

/** Decimals of a currency (2 for DKK, 0 for JPY). Unknown codes count as 2. */
export function currencyDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Money: whole minor units and an ISO 4217 code, for example `1.335,00 kr.`; `bare` leaves the currency out. */
export function formatMoney(minor: number | bigint, currency: string, bare = false): string {
  const digits = currencyDigits(currency);
  const decimal = minorToDecimal(minor, digits);
  const plain: Intl.NumberFormatOptions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  if (bare) return once('number', plain, (tag) => new Intl.NumberFormat(tag, plain)).format(decimal);
  const options: Intl.NumberFormatOptions = { style: 'currency', currency };
  try {
    return once('number', options, (tag) => new Intl.NumberFormat(tag, options)).format(decimal);
  } catch {
    return `${once('number', plain, (tag) => new Intl.NumberFormat(tag, plain)).format(decimal)} ${currency}`;
  }
}

/** The form of the points word that goes with `count` in the screen's language; English, then any, stands in. */
export function pointsWord(count: number | bigint, word: PointsWord): string {
  const forms = word[intlLocale()] ?? word.en ?? Object.values(word)[0];
  if (forms === undefined) return '';
  const own = word[intlLocale()] !== undefined;
  const rules = once('plural', { own }, (tag) => new Intl.PluralRules(own ? tag : 'en'));
  return forms[rules.select(Math.abs(Number(count)))] ?? forms.other ?? '';
}

/** `1,240 beans`, with a no-break space between. `signed` puts + or − before the number. */
export function formatPoints(count: number | bigint, word: PointsWord, signed = false): string {
  const number = signed ? formatSigned(count) : formatNumber(count);
  const name = pointsWord(count, word);
  return name === '' ? number : `${number}\u00a0${name}`;
}

/** A whole number with + or − in front; zero has none. */
export function formatSigned(count: number | bigint): string {
  return formatNumber(count, { signDisplay: 'exceptZero' });
}

function toDate(at: Instant): Date {
  return at instanceof Date ? at : new Date(at);
}

/** A day: `19 Nov 2026`; `long` adds the weekday. `zone` is an IANA name, the device's own when absent. */
export function formatDate(at: Instant, style: 'short' | 'medium' | 'long' = 'medium', zone?: string): string {
  const shapes: Record<typeof style, Intl.DateTimeFormatOptions> = {
    short: { day: 'numeric', month: 'short' },
    medium: { day: 'numeric', month: 'short', year: 'numeric' },
    long: { weekday: 'long', day: 'numeric', month: 'long' },
  };
  return formatWith(at, { ...shapes[style], ...(zone ? { timeZone: zone } : {}) });
}

/** A time of day to the minute: `14:32`. */
export function formatTime(at: Instant, zone?: string): string {
  return formatWith(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(zone ? { timeZone: zone } : {}) });
}

/** Day and time: `19 Nov, 14:32`. */
export function formatDateTime(at: Instant, zone?: string): string {
  return formatWith(at, {
    day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
    ...(zone ? { timeZone: zone } : {}),
  });
}

function formatWith(at: Instant, options: Intl.DateTimeFormatOptions): string {
  const date = toDate(at);
  if (Number.isNaN(date.getTime())) return String(at);
  return once('date', options, (tag) => new Intl.DateTimeFormat(tag, options)).format(date);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60],
];

/** `3 hours ago`, `in 2 days`; under a minute it says `now`. `now` is given so that tests and screens agree. */
export function formatRelative(at: Instant, now: Instant): string {
  const seconds = Math.round((toDate(at).getTime() - toDate(now).getTime()) / 1000);
  const format = once('relative', {}, (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'second');
}
