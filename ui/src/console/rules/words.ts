// A rule in plain words: what each part of its document says, in the person's language.
import { formatDateTime, formatMoney, formatNumber, formatPercent } from '../../lib/format';
import type { Effect } from '../../lib/generated-console/Effect';
import type { Limit } from '../../lib/generated-console/Limit';
import type { Number as NumberName } from '../../lib/generated-console/Number';
import type { Predicate } from '../../lib/generated-console/Predicate';
import type { Rate } from '../../lib/generated-console/Rate';
import type { Rule } from '../../lib/generated-console/Rule';
import type { Trigger } from '../../lib/generated-console/Trigger';
import type { Window } from '../../lib/generated-console/Window';
import { intlLocale, t } from '../../lib/l10n.svelte';
import { inWords, points, wordOf } from '../state/words';

const rateOneBp = 10_000;
const microPerPiece = 1_000_000;
const minutesPerHour = 60;
const noonMinute = 12 * minutesPerHour;
/** 5 January 1970 was a Monday. */
const mondayMs = 4 * 86_400_000;
const dayMs = 86_400_000;

function listed(parts: string[], type: 'conjunction' | 'disjunction'): string {
  return new Intl.ListFormat(intlLocale(), { type, style: 'long' }).format(parts);
}

/** What people call the rule, or its id. */
export function titleOf(rule: Pick<Rule, 'id' | 'title'>): string {
  const title = inWords(rule.title);
  return title === '' ? rule.id : title;
}

/** When the rule is looked at. */
export function triggerWords(trigger: Trigger): string {
  if (typeof trigger === 'string') return t(`console-trigger-${trigger}`);
  if ('event' in trigger) return t('console-trigger-event', { name: trigger.event });
  if ('quiet' in trigger) return t('console-trigger-quiet', { days: trigger.quiet.days });
  return t('console-trigger-anniversary', { days: trigger.anniversary.days });
}

function rateWords(rate: Rate): string {
  if ('flat' in rate) return formatPercent(rate.flat);
  const rates = rate.banded.bands.map((band) => band.rate_bp);
  const low = formatPercent(Math.min(...rates));
  const high = formatPercent(Math.max(...rates));
  return t('console-rate-banded', { low, high, field: numberName(rate.banded.by) });
}

/** What the rule gives. */
export function effectWords(effect: Effect): string {
  if ('per_unit' in effect) return t('console-effect-per-unit', { points: points(effect.per_unit.points) });
  if ('per_amount' in effect) {
    const { points: each, step_minor: step, currency } = effect.per_amount;
    return t('console-effect-per-amount', { points: points(each), amount: formatMoney(step, currency) });
  }
  if ('percent' in effect) {
    const rate = rateWords(effect.percent.rate);
    return t(effect.percent.gives === 'discount' ? 'console-effect-discount' : 'console-effect-percent', { rate });
  }
  if ('multiply' in effect) return t('console-effect-multiply', { times: formatNumber(effect.multiply.rate_bp / rateOneBp, { maximumFractionDigits: 4 }) });
  if ('fixed' in effect) return t('console-effect-fixed', { points: points(effect.fixed.points) });
  if ('every' in effect) return t('console-effect-every', { points: points(effect.every.points), nth: formatNumber(effect.every.nth), tally: effect.every.tally });
  if ('per_measure' in effect) return t('console-effect-per-measure', { points: points(effect.per_measure.points), step: formatNumber(effect.per_measure.step) });
  const shares = effect.levels.shares_bp.map(formatPercent);
  return t('console-effect-levels', { effect: effectWords(effect.levels.of), shares: shares.join(' · ') });
}

function numberName(name: NumberName): string {
  return typeof name === 'string' ? t(`console-field-${name.replace(/_(micro|minor)$/, '').replaceAll('_', '-')}`) : name.tally;
}

function clock(minute: number): string {
  const at = new Date(mondayMs + minute * 60_000);
  return new Intl.DateTimeFormat(intlLocale(), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(at);
}

function weekday(number: number): string {
  const at = new Date(mondayMs + (number - 1) * dayMs + noonMinute * 60_000);
  return new Intl.DateTimeFormat(intlLocale(), { weekday: 'long', timeZone: 'UTC' }).format(at);
}

/** A value of a number as people read it: pieces, hours, days of the week. */
function valueWords(name: NumberName, value: number): string {
  switch (name) {
    case 'quantity_micro':
      return formatNumber(value / microPerPiece, { maximumFractionDigits: 6 });
    case 'amount_minor':
    case 'basket_minor':
      return formatNumber(value / 100, { minimumFractionDigits: 2 });
    case 'minute':
      return clock(value);
    default:
      return formatNumber(value);
  }
}

function betweenWords(between: Extract<Predicate, { between: unknown }>['between']): string {
  const field = numberName(between.number);
  const { from, to } = between;
  if (between.number === 'weekday') {
    const days = [];
    for (let day = Math.max(1, from ?? 1); day < Math.min(8, to ?? 8); day += 1) days.push(weekday(day));
    return t('console-cond-is', { field, values: listed(days, 'disjunction') });
  }
  if (typeof from === 'number' && typeof to === 'number') return t('console-cond-between', { field, from: valueWords(between.number, from), to: valueWords(between.number, to) });
  if (typeof from === 'number') return t('console-cond-from', { field, from: valueWords(between.number, from) });
  if (typeof to === 'number') return t('console-cond-under', { field, to: valueWords(between.number, to) });
  return field;
}

/** True for a condition that always holds. */
export function isAlways(when: Predicate | undefined): boolean {
  return when === undefined || ('all' in when && when.all.every(isAlways));
}

/** A condition; parts of parts stand in brackets. */
export function conditionWords(when: Predicate, inside = false): string {
  const wrap = (text: string, parts: number) => (inside && parts > 1 ? `(${text})` : text);
  if ('all' in when) return wrap(listed(when.all.map((part) => conditionWords(part, true)), 'conjunction'), when.all.length);
  if ('any' in when) return wrap(listed(when.any.map((part) => conditionWords(part, true)), 'disjunction'), when.any.length);
  if ('not' in when) return t('console-cond-not', { cond: conditionWords(when.not, true) });
  if ('is' in when) return t('console-cond-is', { field: t(`console-field-${when.is.field}`), values: listed(when.is.in.map((value) => wordOf(when.is.field, value)), 'disjunction') });
  if ('absent' in when) return t('console-cond-absent', { field: t(`console-field-${when.absent}`) });
  if ('between' in when) return betweenWords(when.between);
  if ('lesson' in when) return t('console-cond-lesson', { name: when.lesson });
  if ('tier' in when) return t('console-cond-tier', { step: when.tier.at_least, ladder: when.tier.ladder });
  return t(when.referred ? 'console-cond-referred' : 'console-cond-not-referred');
}

/** Who gets it, with shares where there are several. */
export function whoWords(rule: Pick<Rule, 'to'>): string {
  const one = rule.to.length === 1;
  const parts = rule.to.map((share) => (one ? t(`console-who-${share.who}`) : `${t(`console-who-${share.who}`)} ${formatPercent(share.share_bp)}`));
  return listed(parts, 'conjunction');
}

/** Over which time something counts. */
export function withinWords(within: Window): string {
  return typeof within === 'string' ? t(`console-within-${within}`) : t('console-within-days', { days: within.days });
}

/** A limit. */
export function limitWords(limit: Limit): string {
  const where = { per: t(`console-per-${limit.per}`), within: withinWords(limit.within) };
  const parts = [];
  if (typeof limit.points_max === 'number') parts.push(t('console-limit-points', { points: points(limit.points_max), ...where }));
  if (typeof limit.times_max === 'number') parts.push(t('console-limit-times', { count: limit.times_max, ...where }));
  return parts.join(' · ');
}

/** From when until when, in the programme's time zone; empty when always. */
export function timeWords(rule: Pick<Rule, 'starts_ms' | 'ends_ms'>, zone?: string): string {
  const parts = [];
  if (typeof rule.starts_ms === 'number') parts.push(t('console-rule-from', { at: formatDateTime(rule.starts_ms, zone) }));
  if (typeof rule.ends_ms === 'number') parts.push(t('console-rule-until', { at: formatDateTime(rule.ends_ms, zone) }));
  return parts.join(' ');
}

/** Everything about a rule, as names with their values. */
export function ruleFacts(rule: Rule, zone?: string): { label: string; value: string }[] {
  const facts = [
    { label: t('console-rule-when'), value: triggerWords(rule.trigger) },
    { label: t('console-rule-gives'), value: effectWords(rule.effect) },
    { label: t('console-rule-to'), value: whoWords(rule) },
  ];
  if (!isAlways(rule.when)) facts.splice(1, 0, { label: t('console-rule-if'), value: conditionWords(rule.when as Predicate) });
  const time = timeWords(rule, zone);
  if (time !== '') facts.push({ label: t('console-rule-time'), value: time });
  if (rule.limits && rule.limits.length > 0) facts.push({ label: t('console-rule-limits'), value: rule.limits.map(limitWords).join(' · ') });
  if (rule.budget) facts.push({ label: t('console-rule-budget'), value: rule.budget });
  return facts;
}

/** The rules that say all the words of a search, somewhere in their document. */
export function matching(rules: Rule[], query: string): Rule[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return rules;
  return rules.filter((rule) => {
    const text = JSON.stringify(rule).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
