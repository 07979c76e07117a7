// A line's standing, a queue item's sentence, and the words of reasons.
import { describe, expect, it } from 'vitest';
import { CallError } from '../../lib/errors';
import type { ActivityView } from '../../lib/generated/ActivityView';
import { setLanguage } from '../../lib/l10n.svelte';
import { chipOf, standing, stateOf, titleOf } from './activity';
import { queueSentence, queueTone, waits } from './queue';
import { lastUsedFirst } from './recent';
import { addressOf, inWords, problemWords, reasonWords } from './words';

const word = { en: { one: 'bean', other: 'beans' } };

function line(state: string, confirmed: boolean, codes: string[] = []): ActivityView {
  return {
    id: 'c:seller', kind: 'claim', at_ms: 0, points: 120, state, confirmed, subject: null, outlet: null,
    because: codes.map((code) => ({ code, params: {} })), derivation: [],
  };
}

describe('a line of history', () => {
  it('is confirmed only when the server has it and it counts', () => {
    expect(standing(line('active', true))).toBe('confirmed');
    expect(standing(line('active', false))).toBe('sending');
    expect(standing(line('pending', true))).toBe('pending');
    expect(standing(line('review', true))).toBe('review');
    expect(standing(line('active', true, ['attached_to_existing']))).toBe('attached');
    expect(standing(line('rejected', true))).toBe('refused');
    expect(standing(line('reversed', true))).toBe('reversed');
  });

  it('has a word and a shape for each standing', () => {
    expect(chipOf('sending')).toEqual({ state: 'waiting', label: 'Saved here' });
    expect(chipOf('refused')).toEqual({ state: 'wrong', label: 'Refused' });
    expect([stateOf('sending'), stateOf('review'), stateOf('confirmed'), stateOf('reversed')]).toEqual(['pending', 'pending', 'confirmed', 'refused']);
  });

  it('without a subject is named by its kind, also an unknown one', () => {
    expect(titleOf(line('active', true))).toBe('Claimed sale');
    expect(titleOf({ ...line('active', true), kind: 'newer' })).toBe('Entry');
  });
});

describe('words', () => {
  it('give every reason a sentence', () => {
    expect(reasonWords({ code: 'server_decides_code', params: {} })).toBe('The server decides about this code');
    expect(reasonWords({ code: 'refused_by_reviewer', params: { reason: 'wrong shelf' } })).toBe('A manager refused it: wrong shelf');
    expect(reasonWords({ code: 'answers_wrong', params: { right: 1 } })).toBe('1 answer was right; all must be');
    expect(reasonWords({ code: 'paid_back', params: { points: 12 } }, word)).toBe('Kept back for an earlier return: 12\u00a0beans');
    expect(reasonWords({ code: 'newer_code', params: {} })).toBe('The programme decides about this');
  });

  it('give every refusal a remedy', () => {
    expect(problemWords(new CallError('code_void')).what).toBe('This code is no longer valid');
    expect(problemWords(new CallError('stop_done')).remedy).toBe('Go back to the list of stops and take the next one.');
    expect(problemWords(new CallError('never_heard_of')).what).toBe('Something went wrong inside the program');
  });

  it('fall back to English, then to any language', async () => {
    await setLanguage('sv');
    expect(inWords({ da: 'Kop', en: 'Cup' })).toBe('Cup');
    expect(inWords({ da: 'Kop', en: 'Cup', sv: 'Kopp' })).toBe('Kopp');
    await setLanguage('en');
    expect(inWords({ uk: 'Чашка' })).toBe('Чашка');
    expect(inWords(null)).toBe('');
  });

  it('name a town once', () => {
    const outlet = { id: 'o', name: 'Kiosk', address: 'Ryesgade 23, 8000 Aarhus C', city: 'Aarhus', currency: 'DKK', country: 'DK' };
    expect(addressOf(outlet)).toBe('Ryesgade 23, 8000 Aarhus C');
    expect(addressOf({ ...outlet, address: 'Ryesgade 23' })).toBe('Ryesgade 23, Aarhus');
  });
});

describe('the queue and the products', () => {
  it('say where a command stands', () => {
    const item = { command_id: 'c', kind: 'claim.submit', at_ms: 0, state: 'queued', code: null, params: {}, made: { from_ms: null, until_ms: null } };
    expect([waits(item), queueTone(item)]).toEqual([true, 'waiting']);
    const refused = { ...item, state: 'rejected', code: 'code_void' };
    expect([waits(refused), queueTone(refused), queueSentence(refused)]).toEqual([false, 'wrong', 'This code is no longer valid']);
    expect(queueSentence({ ...item, state: 'reflected', code: 'adjusted' })).toBe('Accepted; the server has settled the points');
  });

  it('put what was used last first and keep the rest in order', () => {
    const product = (id: string) => ({ id, gtin: id, brand: '', category: '', name: {}, buyer_points: 0, seller_points: 0, price_minor: null });
    expect(lastUsedFirst(['a', 'b', 'c', 'd'].map(product), ['c', 'b']).map((one) => one.id)).toEqual(['c', 'b', 'a', 'd']);
  });
});
