// What the core's data says, in the person's words: texts by language, reasons, arithmetic, refusals.
import { CallError, describeReason, errorId, type ErrorParams } from '../../lib/errors';
import { formatDateTime, formatMoney, formatNumber, formatPoints, type PointsWord } from '../../lib/format';
import type { Because } from '../../lib/generated/Because';
import type { Derivation } from '../../lib/generated/Derivation';
import type { OutletView } from '../../lib/generated/OutletView';
import { hasMessage, intlLocale, t, tryText, type Args } from '../../lib/l10n.svelte';

const microPerUnit = 1_000_000;
const basisPoints = 10_000;

/** A text of the programme in the screen's language; English, then any, stands in. */
export function inWords(texts: { [key in string]: string } | null | undefined): string {
  if (!texts) return '';
  return texts[intlLocale()] ?? texts.en ?? Object.values(texts)[0] ?? '';
}

/** A place's address in one line; many addresses name their town already. */
export function addressOf(outlet: OutletView): string {
  const whole = outlet.address.includes(outlet.city) || outlet.city === '';
  return whole ? outlet.address : `${outlet.address}, ${outlet.city}`;
}

function plainParams(params: Record<string, unknown>): ErrorParams {
  const pairs = Object.entries(params).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return Object.fromEntries(pairs) as ErrorParams;
}

function numberOf(params: Record<string, unknown>, key: string): number {
  const value = params[key];
  return typeof value === 'number' ? value : 0;
}

/** A reason as a sentence. A code that no message knows reads as a plain "the programme decides". */
export function reasonWords(because: Because): string {
  const slug = because.code.replaceAll('_', '-');
  const params: Args = plainParams(because.params);
  if (hasMessage(`reason-${slug}`)) return describeReason(because.code, params);
  return tryText(`phone-reason-${slug}`, params) ?? tryText(errorId(because.code), params) ?? t('phone-reason-other');
}

/** One step of the arithmetic as a sentence. */
export function stepWords(step: Derivation, word: PointsWord): string {
  const each = numberOf(step.params, 'each');
  switch (step.step) {
    case 'per_unit': {
      const count = formatNumber(numberOf(step.params, 'quantity_micro') / microPerUnit);
      return t('reason-per-unit.detail', { count, each: formatPoints(each, word) });
    }
    case 'per_amount': {
      const currency = String(step.params.currency ?? '');
      const amount = formatMoney(numberOf(step.params, 'amount_minor'), currency);
      const part = formatMoney(numberOf(step.params, 'step_minor'), currency);
      return t('reason-per-amount.detail', { each: formatPoints(each, word), step: part, amount });
    }
    case 'multiplier':
      return t('phone-step-multiplier', { factor: formatNumber(numberOf(step.params, 'rate_bp') / basisPoints) });
    default:
      return tryText(`phone-step-${step.step.replaceAll('_', '-')}`) ?? reasonWords({ code: step.step, params: step.params });
  }
}

/** What was refused and what to do next. The shared words win; the phone has more for codes that only it meets. */
export function problemWords(error: CallError): { what: string; remedy: string } {
  const slug = error.code.replaceAll('_', '-');
  const ids = [errorId(error.code), `phone-error-${slug}`, 'error-internal'];
  const id = ids.find((candidate) => hasMessage(candidate)) ?? 'error-internal';
  const params: Args = error.params;
  const bare = tryText(id, params) ?? t('error-internal');
  const when = error.params.at_ms;
  const seen = error.code.replaceAll('-', '_') === 'already_claimed' && typeof when === 'number';
  const what = seen ? `${bare} (${formatDateTime(when)})` : bare;
  const remedyId = error.remedyCode === null ? id : errorId(error.remedyCode);
  return { what, remedy: tryText(`${remedyId}.remedy`, params) ?? tryText(`${id}.remedy`, params) ?? '' };
}

/** The sentence of a verdict's or refusal's code, without what to do next. */
export function codeWords(code: string, params: Record<string, unknown>): string {
  return problemWords(new CallError(code, plainParams(params))).what;
}
