// What the core's data says, in the person's words: texts by language, reasons, refusals.
import { CallError, describeReason, errorId } from '../../lib/errors';
import type { PointsWord } from '../../lib/format';
import type { Because } from '../../lib/generated/Because';
import type { OutletView } from '../../lib/generated/OutletView';
import { hasMessage, intlLocale, t, tryText, type Args } from '../../lib/l10n.svelte';
import { plainParams, readableParams } from '../../lib/reason-params';

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

/** A reason as a sentence. A code that no message knows reads as a plain "the programme decides". */
export function reasonWords(because: Because, word?: PointsWord): string {
  const slug = because.code.replaceAll('_', '-');
  if (hasMessage(`reason-${slug}`)) return describeReason(because.code, because.params, { word });
  const params: Args = plainParams(because.params);
  return tryText(`phone-reason-${slug}`, params) ?? tryText(errorId(because.code), params) ?? t('phone-reason-other');
}

/** What was refused and what to do next. The shared words win; the phone has more for codes that only it meets. */
export function problemWords(error: CallError): { what: string; remedy: string } {
  const slug = error.code.replaceAll('_', '-');
  const ids = [errorId(error.code), `phone-error-${slug}`, 'error-internal'];
  const id = ids.find((candidate) => hasMessage(candidate)) ?? 'error-internal';
  const params: Args = error.params;
  const what = tryText(`${id}.detail`, readableParams(error.params)) ?? tryText(id, params) ?? t('error-internal');
  const remedyId = error.remedyCode === null ? id : errorId(error.remedyCode);
  return { what, remedy: tryText(`${remedyId}.remedy`, params) ?? tryText(`${id}.remedy`, params) ?? '' };
}

/** The sentence of a verdict's or refusal's code, without what to do next. */
export function codeWords(code: string, params: Record<string, unknown>): string {
  return problemWords(new CallError(code, plainParams(params))).what;
}
