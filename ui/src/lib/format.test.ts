// Amounts, dates and points in several languages; tables and charts' arithmetic; themes and frames.
import { beforeEach, describe, expect, it } from 'vitest';
import { axisSteps, linePath } from '../components/chart';
import { filterRows, nextOrder, sortRows, type Column } from '../components/table';
import { RepeatGuard, repeatGuardMs } from './frames';
import { formatMoney, formatPercent, formatPoints, formatRelative, formatTime, minorToDecimal } from './format';
import { setLanguage } from './l10n.svelte';
import { fit } from './size';
import { contrast, themeProblems } from './theme';

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const beans = { en: { one: 'bean', other: 'beans' }, pl: { one: 'ziarno', few: 'ziarna', many: 'ziaren', other: 'ziarna' } };

beforeEach(() => setLanguage('en'));

describe('money', () => {
  it('is exact beyond what a float holds', () => {
    expect(minorToDecimal(9_007_199_254_740_993n, 2)).toBe('90071992547409.93');
    expect(minorToDecimal(-5, 2)).toBe('-0.05');
    expect(minorToDecimal(1234, 0)).toBe('1234');
  });

  it('follows the language and the currency', async () => {
    expect(plain(formatMoney(133_500, 'DKK'))).toBe('DKK 1,335.00');
    await setLanguage('da');
    expect(plain(formatMoney(133_500, 'DKK'))).toBe('1.335,00 kr.');
    expect(formatMoney(133_500, 'DKK', true)).toBe('1.335,00');
    await setLanguage('uk');
    expect(plain(formatMoney(133_500, 'UAH', true))).toBe('1 335,00');
    expect(formatMoney(500, 'JPY', true)).toBe('500');
  });
});

describe('points', () => {
  it('take the form of the word that the number asks for', async () => {
    expect([1, 2].map((n) => plain(formatPoints(n, beans)))).toEqual(['1 bean', '2 beans']);
    expect(plain(formatPoints(1240, beans, true))).toBe('+1,240 beans');
    await setLanguage('pl');
    expect([1, 3, 5, 22].map((n) => plain(formatPoints(n, beans)))).toEqual(['1 ziarno', '3 ziarna', '5 ziaren', '22 ziarna']);
    await setLanguage('ru');
    expect(plain(formatPoints(21, beans))).toBe('21 beans');
  });
});

describe('instants and shares', () => {
  it('read as people say them', async () => {
    expect(formatRelative(0, 3 * 3_600_000)).toBe('3 hours ago');
    expect(formatTime('2026-11-19T13:32:00Z', 'Europe/Copenhagen')).toBe('14:32');
    expect(formatPercent(3_850)).toBe('38.5%');
    await setLanguage('da');
    expect(formatRelative(0, 86_400_000)).toBe('i går');
  });
});

describe('tables', () => {
  const columns: Column<{ name: string; points: number }>[] = [
    { key: 'name', label: 'Name', value: (row) => row.name },
    { key: 'points', label: 'Points', value: (row) => row.points },
  ];
  const rows = [{ name: 'Zofia', points: 9 }, { name: 'Łukasz', points: 10 }, { name: 'Mette', points: 2 }];

  it('filter by every word and sort by language and size', () => {
    expect(filterRows(rows, columns, 'A 10').map((row) => row.name)).toEqual(['Łukasz']);
    expect(sortRows(rows, columns, { key: 'name', down: false }, 'pl').map((row) => row.name)).toEqual(['Łukasz', 'Mette', 'Zofia']);
    expect(sortRows(rows, columns, { key: 'points', down: true }, 'pl').map((row) => row.points)).toEqual([10, 9, 2]);
  });

  it('turn the order up, down and off', () => {
    const up = nextOrder(null, 'name');
    expect(nextOrder(nextOrder(up, 'name'), 'name')).toBeNull();
  });
});

describe('charts', () => {
  it('have round steps and a path inside their box', () => {
    expect(axisSteps(300)).toEqual([0, 100, 200, 300]);
    expect(axisSteps(700)).toEqual([0, 200, 400, 600]);
    expect(axisSteps(0)).toEqual([0]);
    expect(linePath([0, 10], 100, 50, 10)).toBe('M0.0 50.0L100.0 0.0');
  });
});

describe('themes', () => {
  const theme = { accent: '#b84a08', on_accent: '#ffffff', tint: '#fcefe6', accent_dark: '#ff9c59', on_accent_dark: '#221104', tint_dark: '#382316' };

  it('pass with enough contrast and name what misses it', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(themeProblems(theme)).toEqual([]);
    expect(themeProblems({ ...theme, on_accent: '#ff9c59' })).toEqual(['accent/on_accent']);
    expect(themeProblems({ ...theme, tint: 'red' })).toEqual(['tint']);
  });
});

describe('frames', () => {
  it('report a code once while it stays in view', () => {
    const guard = new RepeatGuard();
    expect([guard.fresh('a', 0), guard.fresh('a', 1_000), guard.fresh('b', 1_000)]).toEqual([true, false, true]);
    expect(guard.fresh('a', 1_001 + repeatGuardMs)).toBe(true);
  });

  it('and photos keep their shape when they shrink', () => {
    expect(fit(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 });
    expect(fit(300, 200, 1600)).toEqual({ width: 300, height: 200 });
    expect(fit(1, 5000, 1600)).toEqual({ width: 1, height: 1600 });
  });
});
