// Data of the core as words: names in the person's language, sums of points.
import { isInner, type LineSum } from '../../lib/derivation';
import { intlLocale, t, tryText } from '../../lib/l10n.svelte';
import { formatMoney, formatNumber, formatPoints, type PointsWord } from '../../lib/format';
import type { Derivation } from '../../lib/generated/Derivation';

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

function number(params: Derivation['params'], key: string): number {
  const value = params[key];
  return typeof value === 'number' ? value : 0;
}

/** One step as a part of a sum, after `text` that has `terms` of them: `1 × 120`, ` + 50`, ` − 12`. */
function term(step: Derivation, change: number, text: string): string {
  if (step.step === 'per_unit') {
    const count = formatNumber(number(step.params, 'quantity_micro') / microPerPiece);
    return `${text === '' ? '' : ' + '}${count} × ${formatNumber(number(step.params, 'each'))}`;
  }
  if (text === '') return formatNumber(change);
  return `${change < 0 ? ' − ' : ' + '}${formatNumber(Math.abs(change))}`;
}

/** The steps of a line as one sum: `(1 × 120 + 24) × 1.5 − 16`. */
function arithmetic(steps: readonly Derivation[]): string {
  let [text, terms, before] = ['', 0, 0];
  for (const step of steps.filter((candidate) => !isInner(candidate))) {
    if (step.step === 'multiplier') {
      const factor = formatNumber(number(step.params, 'rate_bp') / basisPointsPerOne, { maximumFractionDigits: 4 });
      text = `${terms > 1 ? `(${text})` : text} × ${factor}`;
      terms = 1;
    } else {
      text += term(step, step.points - before, text);
      terms += 1;
    }
    before = step.points;
  }
  return text;
}

/** A line's arithmetic as one short text: `Duo: 1 × 120 × 2 = 240`. `item` says what the line is. */
export function sumText(sum: LineSum, item: string, word: PointsWord): string {
  const [first, ...more] = sum.steps;
  if (!first) return '';
  const points = formatNumber(sum.points);
  if (first.step === 'per_amount' && more.length === 0) {
    const currency = typeof first.params.currency === 'string' ? first.params.currency : '';
    return t('terminal-sum-amount', {
      amount: formatMoney(number(first.params, 'amount_minor'), currency),
      each: formatPoints(number(first.params, 'each'), word),
      step: formatMoney(number(first.params, 'step_minor'), currency),
      points,
    });
  }
  return t('terminal-sum-line', { item, sum: arithmetic(sum.steps), points });
}
