// The state of a draft: what was found counts for the text that was checked, and a replay is looked after until it ends.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReplayState } from '../../lib/generated-console/ReplayState';
import type { RuleSet } from '../../lib/generated-console/RuleSet';
import { Draft } from './draft.svelte';
import { monthWords, nameIn, shown } from './report';

type Answer = { status?: number; body: unknown };
const asked: string[] = [];
let answers: Record<string, Answer[]> = {};

function replay(phase: ReplayState['phase'], taken = 0): ReplayState {
  return { id: 'r', phase, version: 2, started_ms: 0, taken, total: 10, report: null, names: [] };
}
const checked = { publishable: true, version: 2, next_version: 2, rules: 1, problems: [] };

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const key = `${init.method ?? 'GET'} ${path.replace('/v1/console/rules', '')}`;
    asked.push(key);
    const answer = answers[key]?.shift() ?? { status: 500, body: {} };
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status ?? 200, headers: { 'content-type': 'application/json' } }));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  answers = {};
});

describe('a draft', () => {
  it('begins with the rules in force as the version that follows', () => {
    const draft = new Draft();
    draft.begin({ version: 4, rules: [] } as unknown as RuleSet);
    expect(JSON.parse(draft.text)).toEqual({ version: 5, rules: [] });
  });

  it('is publishable only while its text is the checked one', async () => {
    answers = { 'POST /check': [{ body: checked }] };
    const draft = new Draft();
    draft.write('{}');
    await draft.check();
    expect(draft.publishable).toBe(true);
    draft.write('{ }');
    expect(draft.publishable).toBe(false);
  });

  it('keeps its text where publishing is refused, and tells why', async () => {
    answers = { 'POST /publish': [{ status: 409, body: { error: { code: 'rules_changed', params: { version: 7 }, detail: '' } } }, { body: { version: 8, rules: 1, funded_points: 0 } }] };
    const draft = new Draft();
    draft.write('{}');
    expect(await draft.publish()).toBeNull();
    expect(draft.error?.code).toBe('rules_changed');
    expect(draft.text).toBe('{}');
    expect(await draft.publish()).toBe(8);
    expect([draft.text, draft.error]).toEqual(['', null]);
  });

  it('looks after its replay until it ends', async () => {
    answers = { 'GET /replay': [{ body: replay('none') }, { body: replay('running', 5) }, { body: replay('done', 10) }], 'POST /replay': [{ body: replay('running') }] };
    const draft = new Draft();
    const stop = draft.follow();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual(['GET /replay']);
    draft.write('{}');
    await draft.start();
    expect(draft.running).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(draft.replay?.phase).toBe('done');
    expect(asked).toEqual(['GET /replay', 'POST /replay', 'GET /replay', 'GET /replay']);
    stop();
  });

  it('stops looking when the screen is left', async () => {
    answers = { 'GET /replay': [{ body: replay('running') }, { body: replay('running') }] };
    const draft = new Draft();
    const stop = draft.follow();
    await vi.advanceTimersByTimeAsync(0);
    stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual(['GET /replay']);
  });
});

describe('a report', () => {
  it('names whom somebody knows, and shows what gives anything', () => {
    expect(nameIn([{ id: 'a', name: 'Ann' }], 'a')).toBe('Ann');
    expect(nameIn([], '0123456789')).toBe('01234567');
    const line = (key: string, draft: number, current: number) => ({ key, draft: { points: draft, awards: 1 }, current: { points: current, awards: 1 } });
    expect(shown([line('no', 0, 0), line('less', 1, 2), line('most', 9, 0)]).map((one) => one.key)).toEqual(['most', 'less']);
    expect(monthWords('2026-05')).toContain('2026');
    expect(monthWords('?')).toBe('?');
  });
});
