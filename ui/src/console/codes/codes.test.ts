// Series in figures, forms of a series and of a part, and making one in steps.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Series } from '../../lib/generated-console/Series';

vi.mock('../state/session.svelte', () => ({ problemOf: (thrown: unknown) => thrown, who: () => null }));
const { setLanguage } = await import('../../lib/l10n.svelte');
const { fileName } = await import('../../lib/download');
const { Making } = await import('./making.svelte');
const { barOf, countsOf, levelsWords, placesOf } = await import('./words');
const { emptyForm, partOf, piecesOf, wholeNumber, wholePart, wishOf, wrongFields } = await import('./wish');

const series: Series = {
  code: 'spring', product: 'p', kind: 'signed', pieces: 2_550, stage: 'printed', outlet: null, made_ms: 0,
  levels: [{ name: 'unit', pieces: 1 }, { name: 'carton', pieces: 10 }, { name: 'pallet', pieces: 1_000 }],
};

beforeEach(() => setLanguage('en'));
afterEach(() => vi.unstubAllGlobals());

describe('a series', () => {
  it('tells its levels from the largest down', () => {
    expect(levelsWords(series.levels)).toBe('Pallet of 1,000 · Carton of 10');
    expect([0, 1, 2, 3].map((level) => placesOf(series, level))).toEqual([2_550, 255, 3, 0]);
  });

  it('counts each piece of its bar once', () => {
    const parts = barOf({ printed: 100, shipped: 80, scanned: 30, returned: 2, void: 10 });
    expect(parts.map((part) => [part.id, part.value])).toEqual([['scanned', 30], ['away', 40], ['here', 20], ['void', 10]]);
    expect(barOf({ printed: 10, shipped: 0, scanned: 12, returned: null, void: 5 }).map((part) => part.value)).toEqual([10, 0, 0, 0]);
  });

  it('leaves out what cannot be told', () => {
    const counts = countsOf({ printed: 5, shipped: 0, scanned: 1, returned: null, void: 0 });
    expect(counts.map((row) => row.testid)).toEqual(['series-printed', 'series-shipped', 'series-scanned', 'series-void']);
  });
});

describe('the form of a series', () => {
  const form = { ...emptyForm(), code: 'spring-26', product: 'p', kind: 'signed' as const, pieces: '10 000', carton: '10', pallet: '1,000' };

  it('reads numbers as people type them', () => {
    expect(['1 000', '1,000', '1.000.000', ' 7 ', '1,5', '-1', '', '1 00'].map(wholeNumber)).toEqual([1_000, 1_000, 1_000_000, 7, null, null, null, null]);
  });

  it('becomes the wish that the server takes', () => {
    expect(wishOf(form)).toEqual({ code: 'spring-26', product: 'p', kind: 'signed', pieces: 10_000, levels: { carton: 10, pallet: 1_000 } });
    expect(wishOf({ ...form, kind: 'typed' })?.levels).toEqual({});
    expect(wishOf({ ...form, kind: 'serial', first: '500' })?.serial_first).toBe(500);
  });

  it('names what is wrong', () => {
    expect(wrongFields({ ...form, code: 'Spring!', product: '', pieces: '0' })).toEqual(['code', 'product', 'pieces']);
    expect(wrongFields({ ...form, pallet: '1005' })).toEqual(['pallet']);
    expect(wrongFields({ ...form, carton: '1' })).toEqual(['carton']);
    expect(wrongFields({ ...form, kind: 'serial', first: '' })).toEqual(['first']);
    expect(wishOf({ ...form, pieces: 'many' })).toBeNull();
  });
});

describe('a part of a series', () => {
  it('counts from one on paper and from zero in the request', () => {
    expect(partOf(wholePart(), series)).toEqual({});
    expect(partOf({ whole: false, level: '1', first: '3', count: '2' }, series)).toEqual({ part: { level: 1, first: 2, count: 2 } });
    expect(partOf({ whole: false, level: '2', first: '3', count: '2' }, series)).toBeNull();
    expect(partOf({ whole: false, level: '1', first: '0', count: '2' }, series)).toBeNull();
  });

  it('holds fewer pieces at the end of the series', () => {
    expect(piecesOf({ level: 1, first: 2, count: 2 }, series)).toBe(20);
    expect(piecesOf({ level: 2, first: 2, count: 1 }, series)).toBe(550);
    expect(piecesOf(undefined, series)).toBe(2_550);
  });
});

describe('making a series', () => {
  function answers(...counts: number[]) {
    const left = [...counts];
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ codes: left.shift() ?? 0, wanted: 50_000, series }))));
  }
  const wish = { code: 'spring', product: 'p', kind: 'typed' as const, pieces: 50_000, levels: {} };

  it('goes on in steps until all codes exist', async () => {
    answers(20_000, 40_000, 50_000);
    const making = new Making();
    await making.begin(wish);
    expect([making.phase, making.codes]).toEqual(['done', 50_000]);
  });

  it('stops between two steps, and can be gone on with', async () => {
    const making = new Making();
    vi.stubGlobal('fetch', () => {
      making.stop();
      return Promise.resolve(new Response(JSON.stringify({ codes: 20_000, wanted: 50_000, series })));
    });
    await making.begin(wish);
    expect([making.phase, making.codes]).toEqual(['stopped', 20_000]);
    answers(40_000, 50_000);
    await making.resume('spring', 20_000, 50_000);
    expect(making.phase).toBe('done');
  });

  it('ends when nothing more comes, and keeps a refusal', async () => {
    answers(20_000, 20_000);
    const making = new Making();
    await making.begin(wish);
    expect(making.phase).toBe('stopped');
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ error: { code: 'series_exists' } }), { status: 409 })));
    const second = new Making();
    await second.begin(wish);
    expect([second.phase, second.error?.code]).toEqual(['idle', 'series_exists']);
  });
});

describe('a file', () => {
  it('has the server’s name for it', () => {
    expect(fileName('attachment; filename="spring.pdf"', 'x')).toBe('spring.pdf');
    expect(fileName(null, 'x')).toBe('x');
    expect(fileName('attachment; filename="../etc"', 'x')).toBe('x');
  });
});
