import { beforeAll, describe, expect, it } from 'vitest';
import type { VoucherView } from '../../lib/generated/VoucherView';
import { setLanguage } from '../../lib/l10n.svelte';
import { isQuestion, tagOf } from './questions';
import { isOpen, pointsOf, tillWords, voucherChip } from './vouchers';

const till = { device: 'd', name: 'Till 2', outlet: 'o', outlet_name: 'Vesterbro' };
const voucher = (state: string, expires_ms = 2_000): VoucherView => ({ id: 'v', till, points: 100, reward: null, state, spent_points: 0, expires_ms });

beforeAll(() => setLanguage('en'));

describe('vouchers', () => {
  it('m1_each_state_has_its_own_word', () => {
    const states = ['asked', 'ready', 'shown', 'spent', 'returned', 'disputed'];
    const words = states.map((state) => voucherChip(voucher(state), 1_000).label);
    expect(new Set(words).size).toBe(states.length);
    expect(words).toContain('Ready, also offline');
  });

  it('m3_an_open_one_past_its_end_says_that_it_comes_back', () => {
    expect(voucherChip(voucher('ready', 1_000), 1_000)).toEqual({ state: 'waiting', label: 'Over; comes back' });
    expect(voucherChip(voucher('spent', 1_000), 1_000).label).toBe('Spent');
  });

  it('are open until spent, returned or disputed', () => {
    expect(['asked', 'open', 'ready', 'shown', 'spent', 'returned', 'disputed'].filter((state) => isOpen(voucher(state)))).toEqual(['asked', 'open', 'ready', 'shown']);
  });

  it('name their till by what is known', () => {
    expect([tillWords(till), tillWords({ ...till, outlet_name: null }), tillWords({ ...till, name: '', outlet_name: null })]).toEqual(['Vesterbro · Till 2', 'Till 2', '']);
  });

  it('take whole points above zero only', () => {
    expect(['1 200', '5', '0', '-3', '1.5', '', 'ten'].map(pointsOf)).toEqual([1200, 5, null, null, null, null, null]);
  });
});

describe('questions', () => {
  it('m17_are_told_from_other_codes_and_name_their_programme', () => {
    expect(isQuestion(' CRC1.KLK.abc')).toBe(true);
    expect(['CRR1.KLK.abc', 'CRA1.KLK.abc', '4006381333931', ''].some(isQuestion)).toBe(false);
    expect([tagOf('CRC1.KLK.abc'), tagOf('nothing')]).toEqual(['klk', '']);
  });
});
