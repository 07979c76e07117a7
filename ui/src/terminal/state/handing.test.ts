import { describe, expect, it } from 'vitest';
import { CallError } from '../../lib/errors';
import type { RewardView } from '../../lib/generated/RewardView';
import { byUse, mayHandOver, tryNewQuestion } from './handing';

describe('handing over', () => {
  it('is right only when booked or covered', () => {
    const states = ['confirmed', 'under_lease', 'with_voucher', 'waiting', 'refused', ''];
    expect(states.filter(mayHandOver)).toEqual(['confirmed', 'under_lease', 'with_voucher']);
  });

  it('m17_a_new_question_is_offered_only_where_it_can_help', () => {
    const helps = (code: string) => tryNewQuestion(new CallError(code));
    expect(['challenge_stale', 'challenge_other', 'challenge_differs', 'proof_invalid'].filter(helps)).toHaveLength(4);
    expect(['voucher_spent', 'voucher_elsewhere', 'voucher_expired', 'insufficient_points'].filter(helps)).toEqual([]);
  });
});

describe('rewards', () => {
  it('come with what can be handed over first, then by price', () => {
    const reward = (code: string, cost_points: number, affordable: boolean | null, stock: number | null) => ({ code, cost_points, affordable, stock }) as RewardView;
    const list = [reward('gone', 5, true, 0), reward('dear', 90, null, null), reward('short', 10, false, 3), reward('cheap', 20, true, 1)];
    expect(list.sort(byUse).map((one) => one.code)).toEqual(['cheap', 'dear', 'gone', 'short']);
  });
});
