// Derivations as lines, reasons as arguments, queue states as chips.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Derivation } from '../../lib/generated/Derivation';
import type { QueueItem } from '../../lib/generated/QueueItem';
import { setLanguage } from '../../lib/l10n.svelte';
import { chipOf, queueSentence } from './queue';
import { mayHandOver } from './redeeming.svelte';
import { decimalMark, lineSums, named, reasonArgs, sumText } from './words';

const step = (name: string, params: Derivation['params'], points: number): Derivation => ({ step: name, rule: 'rule', version: 1, params, points });
const word = { en: { one: 'bean', other: 'beans' } };
const item = (state: string, code: string | null = null): QueueItem => ({ command_id: '1', kind: 'sale.record', at_ms: 0, state, code, params: {} });

beforeAll(() => setLanguage('en'));

describe('derivations', () => {
  const derivation = [
    step('per_unit', { product: 'duo', each: 120, quantity_micro: 2_000_000 }, 240),
    step('multiplier', { rate_bp: 15_000 }, 360),
    step('per_unit', { product: 'beans', each: 4, quantity_micro: 3_000_000 }, 12),
    step('per_amount', { amount_minor: 1_250, step_minor: 1_000, each: 1, currency: 'DKK' }, 1),
  ];

  it('are cut where a line begins', () => {
    expect(lineSums(derivation).map((sum) => [sum.product, sum.points])).toEqual([['duo', 360], ['beans', 12], [null, 1]]);
  });

  it('read as arithmetic', () => {
    const texts = lineSums(derivation).map((sum) => sumText(sum, (id) => `the ${id}`, word).replaceAll('\u00a0', ' '));
    expect(texts).toEqual(['the duo: 2 × 120 × 1.5 = 360', 'the beans: 3 × 4 = 12', 'DKK 12.50: 1 bean for each DKK 10.00 = 1']);
  });
});

describe('words of data', () => {
  it('follow the language, then English, then anything', () => {
    expect(named({ en: 'mug', da: 'krus' })).toBe('mug');
    expect(named({ da: 'krus' })).toBe('krus');
    expect(named({}, '952')).toBe('952');
  });

  it('give instants of reasons as days', () => {
    const args = reasonArgs({ code: 'awaits_return_window', params: { until_ms: Date.UTC(2026, 11, 3, 12), other: null } });
    expect(args.until).toBe('Dec 3');
    expect('other' in args).toBe(false);
  });

  it('know the decimal mark', async () => {
    expect(decimalMark()).toBe('.');
    await setLanguage('pl');
    expect(decimalMark()).toBe(',');
    await setLanguage('en');
  });
});

describe('the queue', () => {
  it('says how each command stands', () => {
    const states = ['queued', 'sending', 'accepted', 'reflected', 'rejected', 'parked', 'blocked'];
    expect(states.map((state) => chipOf(item(state)).state)).toEqual(['waiting', 'waiting', 'done', 'done', 'wrong', 'review', 'wrong']);
  });

  it('gives a reason only where there is something to explain', () => {
    expect(chipOf(item('queued', 'ok')).why).toBeNull();
    expect(chipOf(item('reflected', 'adjusted')).why).toBeNull();
    expect(chipOf(item('rejected', 'insufficient_points')).why).toBe('There are not enough points for this');
  });

  it('names what was done, also what it does not know', () => {
    expect(queueSentence(item('queued'))).toBe('A sale');
    expect(queueSentence({ ...item('queued'), kind: 'thing.done' })).toBe('Entry: thing.done');
  });
});

describe('handing over', () => {
  it('is right only when booked or covered', () => {
    expect(['confirmed', 'under_lease', 'waiting', 'refused', ''].filter(mayHandOver)).toEqual(['confirmed', 'under_lease']);
  });
});
