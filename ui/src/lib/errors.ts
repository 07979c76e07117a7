// Failures of calls as values: a stable code with parameters, and the words a person reads for it.
import { hasMessage, t, tryText, type Args } from './l10n.svelte';
import { plainParams, readableParams, type Reading } from './reason-params';

/** Parameters of an error, as the core sends them. */
export type ErrorParams = Record<string, string | number>;

/** A call that failed: `code` is stable (`wrong_pin`), `remedyCode` overrides the usual next step. */
export class CallError extends Error {
  readonly code: string;
  readonly params: ErrorParams;
  readonly remedyCode: string | null;

  constructor(code: string, params: ErrorParams = {}, remedyCode: string | null = null) {
    super(code);
    this.name = 'CallError';
    this.code = code;
    this.params = params;
    this.remedyCode = remedyCode;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cleanParams(value: unknown): ErrorParams {
  return isRecord(value) ? plainParams(value) : {};
}

/** The error inside `{error: {code, params, remedy_code?}}` (or the bare inner object); null for anything else. */
export function readError(value: unknown): CallError | null {
  if (!isRecord(value)) return null;
  const inner = isRecord(value.error) ? value.error : value;
  if (typeof inner.code !== 'string') return null;
  const remedy = typeof inner.remedy_code === 'string' ? inner.remedy_code : null;
  const detail: ErrorParams = typeof inner.detail === 'string' && inner.detail !== '' ? { detail: inner.detail } : {};
  return new CallError(inner.code, { ...detail, ...cleanParams(inner.params) }, remedy);
}

/** Whatever was thrown, as a CallError; an unforeseen thing becomes `internal` and keeps its text as a parameter. */
export function toCallError(thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return readError(thrown) ?? new CallError('internal', { detail: text });
}

/** Message id of a code: `wrong_pin` and `wrong-pin` both give `error-wrong-pin`. */
export function errorId(code: string): string {
  return `error-${code.replaceAll('_', '-')}`;
}

/** What happened and what to do next, in the person's language. A code without messages reads as `internal`. */
export function describeError(error: CallError): { what: string; remedy: string } {
  const args: Args = error.params;
  const id = hasMessage(errorId(error.code)) ? errorId(error.code) : errorId('internal');
  const remedyId = error.remedyCode === null ? id : errorId(error.remedyCode);
  const remedy = tryText(`${remedyId}.remedy`, args) ?? tryText(`${id}.remedy`, args) ?? '';
  return { what: tryText(`${id}.detail`, readableParams(error.params)) ?? t(id, args), remedy };
}

/** Message id of a reason or a step. A condition that does not hold has one for each field that it can be about. */
function reasonId(code: string, params: Record<string, unknown>): string {
  const id = `reason-${code.replaceAll('_', '-')}`;
  const ofField = `${id}-${String(params.field)}`;
  return code === 'not_met' && hasMessage(ofField) ? ofField : id;
}

/** A reason or a step in words: with its numbers where `params` has them all, plain otherwise; a refusal's code reads as its error. */
export function describeReason(code: string, params: Record<string, unknown> = {}, reading: Reading = {}): string {
  const id = reasonId(code, params);
  return tryText(`${id}.detail`, readableParams(params, reading)) ?? (hasMessage(id) ? t(id) : (tryText(`${errorId(code)}.detail`, readableParams(params, reading)) ?? tryText(errorId(code), cleanParams(params)) ?? code));
}
