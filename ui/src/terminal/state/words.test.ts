// Derivations as sums, texts by language, queue states as chips.
import { beforeAll, describe, expect, it } from 'vitest';
import { lineSums, wholeEvent } from '../../lib/derivation';
import type { Derivation } from '../../lib/generated/Derivation';
import type { QueueItem } from '../../lib/generated/QueueItem';
import { setLanguage } from '../../lib/l10n.svelte';
import { chipOf, queueSentence, waitsFor } from './queue';
import { decimalMark, named, sumText } from './words';

const step = (name: string, params: Derivation['params'], points: number, line = wholeEvent): Derivation => ({ step: name, rule: 'rule', version: 1, line, params, points });
const word = { en: { one: 'bean', other: 'beans' } };
const item = (state: string, code: string | null = null): QueueItem => ({ command_id: '1', kind: 'sale.record', at_ms: 0, state, code, params: {}, made: { from_ms: null, until_ms: null } });

beforeAll(() => setLanguage('en'));

describe('sums', () => {
  const texts = (derivation: Derivation[]) => lineSums(derivation).map((sum) => sumText(sum, `line ${sum.line}`, word).replaceAll('\u00a0', ' '));

  it('of arithmetic without line numbers read as they were counted', () => {
    const derivation = [
      step('per_unit', { product: 'duo', each: 120, quantity_micro: 2_000_000 }, 240),
      step('multiplier', { rate_bp: 15_000 }, 360),
      step('per_amount', { amount_minor: 1_250, step_minor: 1_000, each: 1, currency: 'DKK' }, 1),
    ];
    expect(texts(derivation)).toEqual(['line -1: 2 × 120 × 1.5 = 360', 'DKK 12.50: 1 bean for each DKK 10.00 = 1']);
  });

  it('of a line with several rules show every part of it', () => {
    const derivation = [
      step('per_unit', { each: 120, quantity_micro: 1_000_000 }, 120, 2),
      step('per_amount', { amount_minor: 12_900, step_minor: 1_000, each: 2, currency: 'DKK' }, 144, 2),
      step('multiplier', { rate_bp: 12_500 }, 180, 2),
      step('capped', { by: 'budget', left: 10, cut: 26 }, 154, 2),
      step('boost', { base: 24, rate_bp: 5_000 }, 142, 2),
      step('fixed', { each: 50 }, 50),
    ];
    expect(texts(derivation)).toEqual(['line 2: (1 × 120 + 24) × 1.25 − 26 − 12 = 142', 'line -1: 50 = 50']);
  });

  it('leave out what only explains a share', () => {
    const derivation = [
      step('per_unit', { each: 10, quantity_micro: 3_000_000, inner: true }, 30, 0),
      step('level', { of: 30, share_bp: 5_000, level: 1 }, 15),
    ];
    expect(texts(derivation)).toEqual(['line -1: 15 = 15']);
  });
});

describe('words of data', () => {
  it('follow the language, then English, then anything', () => {
    expect(named({ en: 'mug', da: 'krus' })).toBe('mug');
    expect(named({ da: 'krus' })).toBe('krus');
    expect(named({}, '952')).toBe('952');
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

  it('f99_says_what_a_waiting_one_waits_for', () => {
    const words = [{ online: false, blocked: null }, { online: true, blocked: null }, { online: true, blocked: 'forked' }].map((status) => waitsFor(item('queued'), status));
    expect(words).toEqual(['Waits for the network', 'Goes out in its turn', 'Waits behind the one that was stopped']);
    expect(waitsFor(item('accepted'), { online: true, blocked: null })).toBeNull();
  });
});
