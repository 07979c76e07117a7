// Rules in plain words, in every language.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Predicate } from '../../lib/generated-console/Predicate';
import type { Rule } from '../../lib/generated-console/Rule';
import { setLanguage } from '../../lib/l10n.svelte';
import { languages } from '../../lib/languages';
import { conditionWords, effectWords, isAlways, limitWords, matching, ruleFacts, titleOf, triggerWords, whoWords } from './words';

const rule: Rule = {
  id: 'spring', title: { en: 'Spring push' }, trigger: 'sale', effect: { per_unit: { points: 20 } },
  when: { all: [{ is: { field: 'brand', in: ['Acme', 'Bolt'] } }, { between: { number: 'quantity_micro', from: 2_000_000 } }] },
  to: [{ who: 'seller', share_bp: 7000 }, { who: 'shop', share_bp: 3000 }],
  limits: [{ per: 'person', within: 'day', points_max: 60 }], ends_ms: 1_777_593_600_000, budget: 'spring',
};
const conditions: Predicate[] = [
  { any: [{ lesson: 'SAFETY' }, { tier: { ladder: 'club', at_least: 'gold' } }] }, { not: { referred: true } }, { absent: 'product' },
  { between: { number: 'weekday', from: 6 } }, { between: { number: 'minute', from: 540, to: 1020 } },
  { between: { number: { tally: 'sold' }, to: 10 } }, { referred: false },
];
const plain = (text: string) => text.replaceAll(' ', ' ');

describe('rules in words', () => {
  beforeEach(() => setLanguage('en'));

  it('say everything that the rule says', () => {
    expect(titleOf(rule)).toBe('Spring push');
    expect(titleOf({ id: 'x' })).toBe('x');
    const facts = Object.fromEntries(ruleFacts(rule, 'UTC').map((fact) => [fact.label, plain(fact.value)]));
    expect(facts['Only if']).toBe('brand: Acme or Bolt and pieces: at least 2');
    expect(facts.Gives).toMatch(/^20.* for each piece$/);
    expect(facts.To).toBe('Seller 70% and The shop’s pot 30%');
    expect(facts['At most']).toMatch(/^60.* for one person a day$/);
    expect(facts['In force']).toContain('until');
    expect(facts['From budget']).toBe('spring');
  });

  it('put parts of parts in brackets, and leave out what always holds', () => {
    const inner: Predicate = { all: [{ lesson: 'A' }, { any: [{ lesson: 'B' }, { lesson: 'C' }] }] };
    expect(conditionWords(inner)).toBe('lesson A passed and (lesson B passed or lesson C passed)');
    expect(isAlways({ all: [] })).toBe(true);
    expect(isAlways({ any: [] })).toBe(false);
    const bare: Rule = { ...rule, when: { all: [] }, limits: [], ends_ms: null, budget: null };
    expect(ruleFacts(bare).map((fact) => fact.label)).toEqual(['When', 'Gives', 'To']);
  });

  it('read days of the week and hours as such', () => {
    expect(conditionWords({ between: { number: 'weekday', from: 6 } })).toBe('weekday: Saturday or Sunday');
    expect(plain(conditionWords({ between: { number: 'minute', from: 540, to: 1020 } }))).toBe('time of day: 9:00 AM to under 5:00 PM');
  });

  it('are found by what they say', () => {
    const other: Rule = { ...rule, id: 'other', title: {}, when: { lesson: 'SAFETY' } };
    expect(matching([rule, other], 'safety sale')).toEqual([other]);
    expect(matching([rule, other], ' ')).toHaveLength(2);
    expect(matching([rule, other], 'nothing')).toEqual([]);
  });

  it.each(languages)('have every word in %s', async (language) => {
    await setLanguage(language);
    const told = [
      ...ruleFacts(rule, 'UTC').flatMap((fact) => [fact.label, fact.value]), ...conditions.map((when) => conditionWords(when)),
      ...(['payment', 'joined', { event: 'e' }, { quiet: { days: 60 } }, { anniversary: { days: 365 } }] as const).map(triggerWords),
      effectWords({ per_amount: { currency: 'EUR', step_minor: 100, points: 1 } }), effectWords({ multiply: { rate_bp: 20000 } }), effectWords({ fixed: { points: 5 } }),
      effectWords({ percent: { currency: 'EUR', gives: 'discount', rate: { flat: 500 } } }),
      effectWords({ percent: { currency: 'EUR', gives: 'bonus', rate: { banded: { by: 'basket_minor', bands: [{ from: 0, to: 10, rate_bp: 100 }, { from: 10, rate_bp: 300 }] } } } }),
      effectWords({ every: { tally: 'sold', nth: 10, points: 5 } }), effectWords({ per_measure: { step: 10, points: 1 } }),
      effectWords({ levels: { of: { fixed: { points: 10 } }, shares_bp: [1000, 500] } }),
      limitWords({ per: 'rule', within: { days: 30 }, times_max: 5 }),
      ...(['buyer', 'actor', 'owner', 'staff', 'referrer'] as const).map((who) => whoWords({ to: [{ who, share_bp: 10000 }] })),
    ];
    for (const text of told) expect(text).not.toMatch(/console-|^$|\{|undefined/);
  });
});
