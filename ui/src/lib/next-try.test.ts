import { beforeAll, describe, expect, it } from 'vitest';
import type { StatusView } from './generated/StatusView';
import { setLanguage } from './l10n.svelte';
import { clockLeft, nextTry } from './next-try';

const status = (more: Partial<StatusView>) => ({ online: false, waiting: 0, blocked: null, next_try_ms: 20_000, clock_offset_ms: 0, ...more }) as StatusView;

beforeAll(() => setLanguage('en'));

describe('the time that is left', () => {
  it('counts down to nothing and not below', () => {
    expect([600_900, 65_000, 999, 0, -5_000].map(clockLeft)).toEqual(['10:00', '1:05', '0:00', '0:00', '0:00']);
  });
});

describe('the next try', () => {
  it('is told by the server’s clock', () => {
    expect(nextTry(status({}), 8_000)).toBe('Tries again in 0:12');
    expect(nextTry(status({ clock_offset_ms: 5_000 }), 8_000)).toBe('Tries again in 0:07');
    expect(nextTry(status({}), 20_000)).toBe('Trying now');
  });

  it('is not told where it says nothing: all sent, stopped, not known', () => {
    const silent = [status({ online: true }), status({ blocked: 'forked', waiting: 2 }), status({ next_try_ms: null })];
    expect(silent.map((one) => nextTry(one, 8_000))).toEqual([null, null, null]);
    expect(nextTry(status({ online: true, waiting: 1 }), 8_000)).not.toBeNull();
  });
});
