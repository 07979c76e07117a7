// Lists of the server: what is asked for, and that only the newest answer counts.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

vi.mock('./session.svelte', () => ({ problemOf: (thrown: unknown) => thrown }));
const { Listing, whole } = await import('./listing.svelte');

interface Row {
  id: number;
}
let asked: string[];
let answers: ((rows: Row[]) => void)[];

function respond(url: string, init: RequestInit): Promise<Response> {
  asked.push(url);
  return new Promise((resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(new DOMException('dropped', 'AbortError')));
    answers.push((rows) => resolve(new Response(JSON.stringify({ rows, total: 9, offset: 0, limit: 2 }))));
  });
}
function wishes(at: number): Record<string, string> {
  return Object.fromEntries(new URL(asked[at] ?? '', 'http://console').searchParams);
}

beforeEach(() => {
  asked = [];
  answers = [];
  vi.useFakeTimers();
  vi.stubGlobal('fetch', respond);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a list', () => {
  it('asks for its page, order, search and filters, and begins again when they change', async () => {
    const list = new Listing<Row>('/rows', whole, { limit: 2, sort: 'name' });
    void list.refresh();
    expect(wishes(0)).toEqual({ offset: '0', limit: '2', sort: 'name' });
    list.turn(4);
    expect(wishes(1)).toEqual({ offset: '4', limit: '2', sort: 'name' });
    list.narrow('role', 'seller');
    expect(wishes(2)).toEqual({ offset: '0', limit: '2', sort: 'name', role: 'seller' });
    list.order('active');
    list.order('active');
    expect([wishes(3).sort, wishes(4).sort]).toEqual(['-active', 'active']);
    list.narrow('role', '');
    expect(wishes(5).role).toBeUndefined();
  });

  it('waits for a pause in the typing', async () => {
    const list = new Listing<Row>('/rows', whole);
    list.search('a');
    list.search('an');
    list.search(' anna ');
    expect(asked).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(1);
    expect(wishes(0).q).toBe('anna');
  });

  it('keeps only the newest answer', async () => {
    const list = new Listing<Row>('/rows', whole);
    const first = list.refresh();
    const second = list.refresh();
    answers[1]?.([{ id: 2 }]);
    answers[0]?.([{ id: 1 }]);
    await Promise.all([first, second]);
    expect(list.page?.rows).toEqual([{ id: 2 }]);
    expect(list.feed.error).toBeNull();
    expect(list.feed.loading).toBe(false);
  });
});
