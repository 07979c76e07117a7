import { describe, expect, it } from 'vitest';
import { CallError } from '../../lib/errors';
import type { RewardView } from '../../lib/generated/RewardView';
import { byUse, helpAfter, mayHandOver } from './handing';

describe('handing over', () => {
  it('is right only when booked or covered', () => {
    const states = ['confirmed', 'under_lease', 'under_allowance', 'with_voucher', 'waiting', 'refused', ''];
    expect(states.filter(mayHandOver)).toEqual(['confirmed', 'under_lease', 'under_allowance', 'with_voucher']);
  });

  it('m17_after_a_refusal_offers_what_can_help', () => {
    const helps = (codes: string[]) => new Set(codes.map((code) => helpAfter(new CallError(code))));
    expect(helps(['challenge_stale', 'challenge_other', 'challenge_differs'])).toEqual(new Set(['question']));
    expect(helps(['voucher_spent', 'voucher_elsewhere', 'voucher_expired', 'insufficient_points'])).toEqual(new Set(['reward']));
    expect(helps(['proof_invalid'])).toEqual(new Set(['scan']));
  });
});

describe('rewards', () => {
  it('come with what can be handed over first, then by price', () => {
    const reward = (code: string, cost_points: number, affordable: boolean | null, stock: number | null) => ({ code, cost_points, affordable, stock }) as RewardView;
    const list = [reward('gone', 5, true, 0), reward('dear', 90, null, null), reward('short', 10, false, 3), reward('cheap', 20, true, 1)];
    expect(list.sort(byUse).map((one) => one.code)).toEqual(['cheap', 'dear', 'gone', 'short']);
  });
});
