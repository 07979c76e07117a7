// Numbers of reasons and steps as people read them, and a sentence for each code in each language.
import { beforeEach, describe, expect, it } from 'vitest';
import { conditionFields, reasonCodes } from './error-codes';
import { describeReason } from './errors';
import { hasMessage, setLanguage, t } from './l10n.svelte';
import { languages } from './languages';
import { readableParams, type Reading } from './reason-params';

const word = { en: { one: 'bean', other: 'beans' }, pl: { one: 'ziarno', few: 'ziarna', many: 'ziaren', other: 'ziarna' } };
const shop: Reading = { word, zone: 'Europe/Copenhagen', currency: 'DKK', product: (id) => (id === 'duo' ? 'Duo Espresso' : null) };
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const say = (code: string, params: Record<string, unknown>, reading = shop) => plain(describeReason(code, params, reading));
/** Midnight in Copenhagen that begins 1 December 2026. */
const midnight_ms = Date.UTC(2026, 10, 30, 23);

beforeEach(() => setLanguage('en'));

describe('steps', () => {
  it.each([
    ['per_unit', { each: 120, quantity_micro: 2_500_000 }, '2.5 × 120 beans for each piece'],
    ['per_amount', { each: 1, step_minor: 1_000, amount_minor: 12_900, currency: 'SEK' }, '1 bean for each SEK 10.00 of SEK 129.00'],
    ['percent', { rate_bp: 125, amount_minor: 50_000, minor_per_point_micro: 2_250_000, currency: 'DKK' }, '1.25% of DKK 500.00 as points worth DKK 0.0225 each'],
    ['fixed', { each: 50 }, '50 beans, given once'],
    ['every', { each: 100, nth: 10, before: 8, delta: 13 }, '100 beans each time the count passes another 10: it went from 8 to 21'],
    ['per_measure', { each: 3, step: 7, value: 20 }, '3 beans for each 7 of 20'],
    ['multiplier', { rate_bp: 12_345 }, 'Multiplied by 1.2345'],
    ['boost', { base: 25, rate_bp: 15_000 }, '25 beans that are booked separately count × 1.5; the difference is added here'],
    ['level', { of: 37, share_bp: 1_500, level: 2 }, '15% of 37 beans, for level 2 of the recommendations'],
    ['part', { of: 101, share_bp: 3_333, place: 0, shares_bp: [3_333, 6_667] }, 'A share of 33.33% of 101 beans'],
    ['staff_part', { of: 9, place: 1, shares: [2, 1] }, '9 beans split among 2 employees: 1 of 3 shares'],
    ['staff_part', { of: 9, place: 0, shares: [2] }, '9 beans for 1 employee: 2 of 2 shares'],
    ['capped', { by: 'budget', left: 30, cut: 20 }, 'Cut by 20 beans: the budget was enough for only 30 beans'],
    ['capped', { by: 'person', left: 1, cut: 20 }, 'Cut by 20 beans: the limit let only 1 bean through'],
  ])('%s %o', (code, params, text) => expect(say(code, params)).toBe(text));

  it('agree with their numbers in the person’s language', async () => {
    await setLanguage('pl');
    const split = (people: number) => say('staff_part', { of: 5, place: 0, shares: Array<number>(people).fill(1) });
    expect([1, 3, 5].map(split)).toEqual([
      '5 ziaren dla 1 pracownika; udziały: 1 z 1', '5 ziaren podzielone między 3 pracowników; udziały: 1 z 3', '5 ziaren podzielone między 5 pracowników; udziały: 1 z 5',
    ]);
  });
});

describe('rules that gave nothing', () => {
  const unmet = (field: string, found: unknown) => say('not_met', { field, found });

  it.each([
    ['product', 'duo', 'It is for other products than Duo Espresso'],
    ['product', 'unheard-of', 'It is for other products'],
    ['segment', ['gold', 'north'], 'It is for other groups of people than gold, north'],
    ['segment', [], 'It is for other groups of people'],
    ['outlet', null, 'It is for other outlets'],
    ['role', 'cashier', 'It is not for cashiers'],
    ['role', 'trainer', 'It is for other roles than trainer'],
    ['evidence', 'till', 'It is not for sales that a till reports'],
    ['weekday', 3, 'It does not hold on Wednesdays'],
    ['minute', 14 * 60 + 5, 'It does not hold at 14:05'],
    ['amount', 12_900, 'It is for other amounts of an item than DKK 129.00'],
    ['quantity', 1_000_000, 'It is for other quantities than 1 piece'],
    ['tally', 7, 'The count so far is 7, which does not fit'],
    ['lesson', false, 'A lesson has to be passed first'],
    ['lesson', null, 'It depends on a lesson'],
    ['referred', true, 'It is for people whom nobody recommended'],
    ['', null, 'One of its conditions does not hold'],
    ['moon', 'full', 'One of its conditions does not hold'],
  ])('because of %s %o', (field, found, text) => expect(unmet(field, found)).toBe(text));

  it('because of the time say when, in the shop’s zone', () => {
    expect(say('over', { ends_ms: midnight_ms })).toBe('It has been over since Dec 1, 00:00');
    expect(say('not_yet', { starts_ms: midnight_ms }, { zone: 'UTC' })).toBe('It begins on Nov 30, 23:00');
    expect(say('over', {})).toBe('It is over');
  });

  it('because of another rule name it', () => {
    expect(say('better_rule', { rule: 'summer' })).toBe('The rule “summer” gives more');
  });
});

describe('waiting', () => {
  it('says for what and until when', () => {
    expect(say('awaits_return_window', { until_ms: midnight_ms })).toBe('Confirmed after Dec 1, when the goods can no longer be returned');
    expect(say('awaits_payment', { invoice: 'F-7', until_ms: midnight_ms })).toBe('Confirmed when invoice F-7 is paid in full, if that is before Dec 1');
    expect(say('above_sell_in', { claimed: 1, shipped: 0 })).toBe('1 piece is claimed, but only 0 came to the outlet; a manager looks at it');
    expect(say('paid_back', { points: 1 })).toBe('Kept back for an earlier return: 1 bean');
    expect(say('unknown_product', { product: 'p' })).toBe(t('error-unknown-product'));
  });
});

describe('readable parameters', () => {
  it('leave out what no message can take', () => {
    expect(readableParams({ inner: { deep: 1 }, shares_bp: [1], other: null, field: 'amount', found: 5 })).toEqual({ field: 'amount' });
    expect(readableParams({ amount_minor: 1.5, currency: 'DKK' })).not.toHaveProperty('amount');
    expect(readableParams({ each: 5 })).toEqual({ each: 5 });
  });
});

/** Numbers for every message, so that each can be said in full. */
const sample = {
  ...{ each: 5, of: 37, base: 20, cut: 3, left: 9, points: 12, level: 2, share_bp: 2_500, rate_bp: 15_000, nth: 10, before: 8, delta: 5 },
  ...{ quantity_micro: 3_000_000, amount_minor: 12_900, step_minor: 1_000, minor_per_point_micro: 1_000_000, currency: 'DKK', step: 2, value: 9 },
  ...{ place: 1, shares: [1, 2, 3], by: 'budget', rule: 'summer', invoice: 'F-7', claimed: 5, shipped: 3, name: 'N', note: 'why' },
  ...{ code: 'ROAST-7', series: 'spring', codes: 7, why: 'pending', next_ms: midnight_ms, at_ms: midnight_ms },
  ...{ starts_ms: midnight_ms, ends_ms: midnight_ms, until_ms: midnight_ms, reports: 130, km: 340, minutes: 20, seq: 41 },
};
const foundByField: Record<string, unknown> = { product: 'duo', weekday: 1, minute: 60, amount: 100, basket: 100, quantity: 5_000_000, value: 4, tally: 4 };

describe.each(languages)('every sentence in %s', (language) => {
  const said: [string, Record<string, unknown>, string][] = [
    ...reasonCodes.map((code): [string, Record<string, unknown>, string] => [code, sample, `reason-${code}`]),
    ...conditionFields.map((field): [string, Record<string, unknown>, string] => ['not_met', { field, found: foundByField[field] ?? 'seller' }, `reason-not-met-${field}`]),
  ];

  it.each(said)('%s', async (code, params, id) => {
    await setLanguage(language);
    const text = describeReason(code, params, shop);
    expect(text).not.toMatch(/[{}$]|undefined|NaN/);
    if (hasMessage(`${id}.detail`)) expect(text).not.toBe(t(id));
    else expect(text).toBe(t(id));
    if (language !== 'en') expect(text).not.toBe(await inEnglish(code, params));
  });
});

async function inEnglish(code: string, params: Record<string, unknown>): Promise<string> {
  await setLanguage('en');
  return describeReason(code, params, shop);
}
