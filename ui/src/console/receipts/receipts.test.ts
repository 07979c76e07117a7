// Receipts in words, what a person chooses on their lines, and the form of the service's settings.
import { beforeEach, describe, expect, it, vi } from 'vitest';

vi.mock('../state/session.svelte', () => ({ problemOf: (thrown: unknown) => thrown, who: () => ({ currency: 'DKK' }) }));
const { setLanguage } = await import('../../lib/l10n.svelte');
const { saidOf } = await import('../review/said');
const { formOf, settingsWish, wrongSettings } = await import('./settings');
const { amountOf, choicesOf, currencyOf, matchOf, numberOf, receiptChip, whyWords } = await import('./words');

beforeEach(() => setLanguage('en'));

describe('a receipt', () => {
  it('has its money and its number', () => {
    expect([currencyOf('ru:1:2:3'), currencyOf('dk:7')]).toEqual(['RUB', 'DKK']);
    expect(amountOf(12_345, 'ru:1:2:3').replaceAll('\u00a0', ' ')).toBe('RUB 123.45');
    expect(amountOf(null, 'ru:1:2:3')).toBe('–');
    expect(numberOf('ru:9999078900004312:1:3522207165')).toBe('9999078900004312 / 1 / 3522207165');
  });

  it('says why it is where it is', () => {
    expect(whyWords({ why: '', next_ms: null })).toBe('');
    expect(whyWords({ why: 'queue', next_ms: null })).toBe('The receipt waits for its turn with the tax service');
    expect(whyWords({ why: 'product_not_on_receipt', next_ms: null })).toContain('No product of the programme');
    expect(whyWords({ why: 'token', next_ms: null })).toBe('The tax service does not take the token');
    expect(whyWords({ why: 'receipt_forged', next_ms: null })).toContain('another total');
    expect(whyWords({ why: 'brand_new', next_ms: null })).toBe('brand_new');
    expect(['waiting', 'review', 'verified', 'refused', 'newer'].map(receiptChip)).toEqual(['waiting', 'review', 'done', 'wrong', 'none']);
  });

  it('has matches for some lines, and a person’s choices for others', () => {
    const match = { product: 'p', lines: [0, 2], quantity_micro: 2_000_000, amount_minor: 100, by: 'alias' as const };
    expect([matchOf(2, [match])?.product, matchOf(1, [match])]).toEqual(['p', null]);
    expect(choicesOf({ 3: 'q', 1: '', 0: 'p' })).toEqual([{ line: 0, product: 'p' }, { line: 3, product: 'q' }]);
  });
});

describe('a receipt by its photo', () => {
  it('tells what the claimant wrote beside it', () => {
    const because = [{ code: 'awaits_review', params: { number: '42', day: '2026-11-20', total_minor: 129_900 } }];
    expect(saidOf(because, 'DKK').map((fact) => fact.value.replaceAll('\u00a0', ' '))).toEqual(['42', 'Nov 20, 2026', 'DKK 1,299.00']);
    expect(saidOf([{ code: 'awaits_review', params: {} }], 'DKK')).toEqual([]);
  });
});

describe('the settings of the service', () => {
  const before = {
    url: 'https://tax.example', has_token: true, per_minute: 30, per_day: 10_000, enabled: true, number_counts: false, alias_counts: true,
    cashier: 'note' as const, cashier_at: [{ outlet: 'o', signal: 'review' as const }],
  };

  it('keep the token that is known, and the outlets’ own signals', () => {
    const wish = settingsWish({ ...formOf(before), perDay: '5 000' }, before);
    expect(wish?.token).toBeNull();
    expect(wish?.settings).toEqual({ ...before, per_day: 5_000 });
    expect(settingsWish({ ...formOf(before), token: 'new' }, before)?.token).toBe('new');
  });

  it('need an address while they are in use, and limits', () => {
    expect(wrongSettings({ ...formOf(before), url: '' })).toEqual(['url']);
    expect(wrongSettings({ ...formOf(before), url: '', enabled: false })).toEqual([]);
    expect(wrongSettings({ ...formOf(before), url: 'ftp://x', perMinute: '0', perDay: 'much' })).toEqual(['url', 'perMinute', 'perDay']);
    expect(settingsWish({ ...formOf(before), url: 'tax' }, before)).toBeNull();
  });
});
