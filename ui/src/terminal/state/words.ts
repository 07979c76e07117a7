// Data of the core as words: names in the person's language, sums of points, parameters of reasons.
import type { Args } from '../../lib/l10n.svelte';
import { intlLocale, t, tryText } from '../../lib/l10n.svelte';
import { formatDate, formatMoney, formatNumber, formatPoints, type PointsWord } from '../../lib/format';
import type { Because } from '../../lib/generated/Because';
import type { Derivation } from '../../lib/generated/Derivation';

type Json = Derivation['params'];
const microPerPiece = 1_000_000;
const basisPointsPerOne = 10_000;

/** A text by language: the screen's, else English, else any; `otherwise` when there is none. */
export function named(texts: { [language in string]?: string }, otherwise = ''): string {
  return texts[intlLocale()] ?? texts.en ?? Object.values(texts)[0] ?? otherwise;
}

/** A person's role in a word; unknown roles read as they came. */
export function roleWord(role: string): string {
  return tryText(`terminal-role-${role}`) ?? role;
}

/** The sign between whole and fraction in the screen's language. */
export function decimalMark(): string {
  return new Intl.NumberFormat(intlLocale()).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
}

/** Parameters of a reason as a message takes them; instants (`until_ms`) also come as days (`until`). */
export function reasonArgs(because: Because): Args {
  const args: Args = {};
  for (const [key, value] of Object.entries(because.params)) {
    if (typeof value === 'string' || typeof value === 'number') args[key] = value;
    if (key.endsWith('_ms') && typeof value === 'number') args[key.slice(0, -3)] = formatDate(value, 'short');
  }
  return args;
}

/** The steps that belong to one line: a line's first step starts its group, multipliers follow. */
export interface LineSum {
  product: string | null;
  steps: Derivation[];
  points: number;
}

function number(params: Json, key: string): number {
  const value = params[key];
  return typeof value === 'number' ? value : 0;
}

/** A derivation cut into lines, in the order of the core's arithmetic. */
export function lineSums(derivation: readonly Derivation[]): LineSum[] {
  const sums: LineSum[] = [];
  for (const step of derivation) {
    const last = sums.at(-1);
    if (step.step === 'multiplier' && last) {
      last.steps.push(step);
      last.points = step.points;
    } else {
      const product = typeof step.params.product === 'string' ? step.params.product : null;
      sums.push({ product, steps: [step], points: step.points });
    }
  }
  return sums;
}

/** A line's arithmetic as one short text: `Duo: 1 × 120 × 2 = 240`. `name` turns a product's id into its name. */
export function sumText(sum: LineSum, name: (product: string) => string, word: PointsWord): string {
  const first = sum.steps[0];
  if (!first) return '';
  const points = formatNumber(sum.points);
  if (first.step === 'per_amount') {
    const currency = typeof first.params.currency === 'string' ? first.params.currency : '';
    return t('terminal-sum-amount', {
      amount: formatMoney(number(first.params, 'amount_minor'), currency),
      each: formatPoints(number(first.params, 'each'), word),
      step: formatMoney(number(first.params, 'step_minor'), currency),
      points,
    });
  }
  const item = sum.product === null ? first.rule : name(sum.product);
  const count = formatNumber(number(first.params, 'quantity_micro') / microPerPiece);
  const each = formatNumber(number(first.params, 'each'));
  const factors = sum.steps.slice(1).map((step) => formatNumber(number(step.params, 'rate_bp') / basisPointsPerOne));
  if (factors.length === 0) return t('terminal-sum-piece', { item, count, each, points });
  return t('terminal-sum-piece-times', { item, count, each, factor: factors.join(' × '), points });
}
