// Messages, plural forms, the pseudo-language and the words of every error and reason.
import { beforeEach, describe, expect, it } from 'vitest';
import { errorCodes, reasonCodes } from './error-codes';
import { CallError, describeError, describeReason, errorId, readError, toCallError } from './errors';
import { currentLocale, setLanguage, t, tryText } from './l10n.svelte';
import { chooseLanguage, languages } from './languages';
import { pseudo } from './pseudo';

beforeEach(() => setLanguage('en'));

describe('messages', () => {
  it('follow the language', async () => {
    expect(t('try-again')).toBe('Try again');
    await setLanguage('pl');
    expect(t('try-again')).toBe('Spróbuj ponownie');
    expect(currentLocale()).toBe('pl');
  });

  it('throw in tests when they are missing or lack an argument', () => {
    expect(() => t('no-such-message')).toThrow('no-such-message');
    expect(() => t('badge-lease')).toThrow();
    expect(tryText('badge-lease')).toBeNull();
  });

  it('use the plural forms of the language', async () => {
    await setLanguage('pl');
    expect([1, 3, 5].map((count) => t('badge-waiting', { count }))).toEqual(['1 czeka', '3 czekają', '5 czeka']);
  });

  it.each(languages)('of errors and reasons are complete in %s', async (language) => {
    await setLanguage(language);
    for (const code of errorCodes) {
      const words = describeError(new CallError(code));
      expect(words.what).not.toBe('');
      expect(words.remedy.length).toBeGreaterThan(10);
      if (language !== 'en') expect(t(errorId(code))).not.toBe(englishErrors.get(code));
    }
    for (const code of reasonCodes) expect(describeReason(code)).not.toBe(code);
  });
});

await setLanguage('en');
const englishErrors = new Map(errorCodes.map((code) => [code, t(errorId(code))]));

describe('the pseudo-language', () => {
  it('is at least a third longer and has no plain letter left', () => {
    for (const text of ['Finish sale', 'Yes', 'Try again', 'Lease left: ']) {
      const stretched = pseudo(text);
      const letters = [...text].filter((char) => /[a-z]/i.test(char)).length;
      expect([...stretched].length).toBe([...text].length + Math.ceil(letters / 3));
      expect(stretched).not.toMatch(/[a-z]/);
    }
  });

  it('leaves arguments alone', async () => {
    await setLanguage('en-XA');
    expect(t('badge-lease', { left: '12 beans' })).toContain('12 beans');
    expect(t('badge-lease', { left: '' })).not.toContain('Lease');
  });
});

describe('errors', () => {
  it('are read from what the core sends, with either spelling of the code', () => {
    const error = readError({ error: { code: 'wrong_pin', params: { left: 2, odd: {} }, remedy_code: 'pin_locked', detail: 'third try' } });
    expect(error).toMatchObject({ code: 'wrong_pin', params: { left: 2, detail: 'third try' }, remedyCode: 'pin_locked' });
    expect(describeError(error as CallError)).toEqual({ what: t('error-wrong-pin'), remedy: t('error-pin-locked.remedy') });
    expect(readError({ fine: true })).toBeNull();
  });

  it('without words read as internal, and keep their code', () => {
    const error = new CallError('brand_new');
    expect(describeError(error).what).toBe(t('error-internal'));
    expect(error.code).toBe('brand_new');
    expect(toCallError(new Error('odd')).params).toEqual({ detail: 'odd' });
  });
});

describe('reasons', () => {
  it('show their numbers when all are known and stay plain otherwise', () => {
    expect(describeReason('per_unit', { count: 3, each: 10 })).toBe('3 × 10 for each piece');
    expect(describeReason('per_unit', { product: 'p', each: 10, quantity_micro: 1_500_000 })).toBe('1.5 × 10 for each piece');
    expect(describeReason('multiplier', { rate_bp: 25_000 })).toBe('Multiplied by 2.5');
    const share = { amount_minor: 133_500, step_minor: 1_000, currency: 'DKK', each: 2 };
    expect(describeReason('per_amount', share).replaceAll('\u00a0', ' ')).toBe('2 for each DKK 10.00 of DKK 1,335.00');
    expect(describeReason('per_unit', { count: 3 })).toBe('Points for each piece');
    expect(describeReason('own_sale')).toBe(t('error-own-sale'));
    expect(describeReason('from_the_future')).toBe('from_the_future');
  });
});

describe('the first language', () => {
  it('is the first wish that has messages', () => {
    expect(chooseLanguage(['de-DE', 'pl-PL', 'en'])).toBe('pl');
    expect(chooseLanguage(['en-XA'])).toBe('en-XA');
    expect(chooseLanguage([])).toBe('en');
  });
});
