// A code that was probably used already: the phone says so before it sends, and sends all the same when asked to.
import { beforeEach, describe, expect, it, vi } from 'vitest';

const answers = new Map<string, (request: never) => unknown>();
const asked: [string, unknown][] = [];
vi.mock('../../lib/calls', () => ({
  call: (name: string, request: never) => {
    asked.push([name, request]);
    return Promise.resolve(answers.get(name)?.(request));
  },
}));
vi.mock('../../lib/sound', () => ({ sound: () => undefined }));
vi.mock('./recent', () => ({ rememberProduct: () => undefined }));
const { Scanning } = await import('./scanning.svelte');
const { session } = await import('./session.svelte');

const product = { id: '09520001000017', name: { en: 'Roast' } };
function code(perhaps_used: boolean, named: boolean) {
  return { kind: 'unique', code: 'MORGENRO1', product: named ? product : null, perhaps_used };
}
const none = () => undefined;
const claims = () => asked.filter(([name]) => name === 'claim').length;

beforeEach(() => {
  asked.length = 0;
  answers.clear();
  answers.set('claim', () => ({ activity: { id: 'c:seller' }, code: 'ok' }));
});

describe('a code that was probably used', () => {
  it('is not sent before the person says so', async () => {
    answers.set('read_text', () => code(true, true));
    const done: string[] = [];
    const scanning = new Scanning((line) => done.push(line.id), none);
    await scanning.take('MORGENRO1');
    expect([scanning.phase, claims()]).toEqual(['used', 0]);
    await scanning.sendUsed();
    expect([done, claims()]).toEqual([['c:seller'], 1]);
  });

  it('can be left for another one', async () => {
    answers.set('read_text', () => code(true, true));
    const scanning = new Scanning(none, none);
    await scanning.take('MORGENRO1');
    scanning.reset();
    await scanning.sendUsed();
    expect([scanning.phase, claims()]).toEqual(['aim', 0]);
  });

  it('without a product asks for it as ever, and a fresh one is sent at once', async () => {
    answers.set('read_text', () => code(true, false));
    const scanning = new Scanning(none, none);
    await scanning.take('MORGENRO1');
    expect([scanning.phase, claims()]).toEqual(['product', 0]);
    answers.set('read_text', () => code(false, true));
    const fresh = new Scanning(none, none);
    await fresh.take('MORGENRO1');
    expect(claims()).toBe(1);
  });
});

describe('a till’s question', () => {
  it('m17_goes_to_the_answer_without_being_read_as_a_code', async () => {
    const questions: string[] = [];
    const scanning = new Scanning(none, (question) => questions.push(question));
    await scanning.take(' CRC1.KLK.abc ');
    expect([questions, asked, scanning.phase]).toEqual([['CRC1.KLK.abc'], [], 'aim']);
  });
});

describe('a code on a phone with several programmes', () => {
  const programme = (programme_id: string, current: boolean) => ({ programme_id, code: programme_id, name: programme_id, current, waiting: 0, oldest_waiting_ms: null, online: true, blocked: null, role: 'phone', person: null, exposure_points: null, points_word: {} });
  const both = [programme('one', true), programme('two', false)];
  const entered = () => asked.filter(([name]) => name === 'select_membership').map(([, request]) => request);

  beforeEach(() => {
    session.memberships.put(both);
    answers.set('read_text', () => code(false, true));
    answers.set('select_membership', () => ({ enrolled: true }));
  });

  it('f115_goes_to_the_only_one_that_takes_it', async () => {
    answers.set('route_scan', () => [programme('two', false)]);
    await new Scanning(none, none).take('MORGENRO1');
    expect([entered(), claims()]).toEqual([[{ programme_id: 'two' }], 1]);
  });

  it('f115_asks_which_where_several_take_it_and_claims_nothing_before', async () => {
    answers.set('route_scan', () => both);
    const scanning = new Scanning(none, none);
    await scanning.take('9520001000201');
    expect([scanning.phase, scanning.programmes.length, claims()]).toEqual(['programme', 2, 0]);
    await scanning.meant('two');
    expect([entered(), claims()]).toEqual([[{ programme_id: 'two' }], 1]);
  });
});
