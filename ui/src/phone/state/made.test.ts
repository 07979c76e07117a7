import { beforeAll, describe, expect, it } from 'vitest';
import { setLanguage } from '../../lib/l10n.svelte';
import { madeWords } from './made';

const noon = new Date(2026, 10, 22, 12, 0).getTime();
const minuteMs = 60_000;

beforeAll(() => setLanguage('en'));

describe('when it was made', () => {
  it('m4_is_said_with_both_ends_where_both_are_proven', () => {
    expect(madeWords({ from_ms: noon, until_ms: noon + 38 * minuteMs })).toBe('Made between Nov 22, 12:00 and 12:38, proven');
    expect(madeWords({ from_ms: noon, until_ms: noon + 1_440 * minuteMs })).toBe('Made between Nov 22, 12:00 and Nov 23, 12:00, proven');
  });

  it('m4_is_not_said_where_nothing_proves_it', () => {
    expect([madeWords(undefined), madeWords({ from_ms: null, until_ms: noon })]).toEqual([null, null]);
    expect(madeWords({ from_ms: noon, until_ms: null })).toBe('Made after Nov 22, 12:00, proven; the end comes with the next contact');
  });
});
