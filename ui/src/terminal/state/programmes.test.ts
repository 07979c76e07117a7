// Several programmes at one till: where a scan goes, what keeps its programme, and what is never mixed up.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MembershipView } from '../../lib/generated/MembershipView';
import type { ProductView } from '../../lib/generated/ProductView';
import type { StatusView } from '../../lib/generated/StatusView';

type Answers = Record<string, (request: never) => unknown>;
let answers: Answers = {};
const asked: { name: string; request: unknown }[] = [];
vi.mock('../../lib/calls', () => ({
  call: async (name: string, request: unknown) => {
    asked.push({ name, request });
    const answer = answers[name];
    if (!answer) throw new Error(`nobody expected ${name}`);
    return answer(request as never);
  },
}));
vi.mock('../../lib/sound', () => ({ sound: () => undefined }));
vi.mock('../../lib/theme', () => ({ applyTheme: () => true }));
const kept = new Map<string, string>();
const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
vi.stubGlobal('sessionStorage', storage);
vi.stubGlobal('localStorage', storage);
const { Station } = await import('./station.svelte');
const { Till } = await import('./till.svelte');
const { actOf } = await import('../sale/keys');
const { exposureOf, oldestOf } = await import('./programmes');
const { CallError } = await import('../../lib/errors');

const membership = (id: string, current: boolean, waiting = 0): MembershipView => ({
  programme_id: id, code: id, name: id.toUpperCase(), current, waiting, oldest_waiting_ms: null, online: true, blocked: null, role: 'terminal', person: 'Jens',
  exposure_points: null, points_word: {},
});
const statusOf = (id: string) => ({ enrolled: true, role: 'terminal', programme: { id, name: id.toUpperCase(), theme: {} }, person: { participant: `jens-${id}`, name: 'Jens' }, waiting: 0, blocked: null, online: true }) as unknown as StatusView;
const product: ProductView = { id: 'bun', gtin: 'bun', brand: '', category: '', name: { en: 'Bun' }, buyer_points: 6, seller_points: 2, price_minor: 3_200 };
const names = () => asked.map((one) => one.name);
const chosen = () => asked.filter((one) => one.name === 'select_membership').map((one) => (one.request as { programme_id: string }).programme_id);

const settled = () => new Promise((done) => setTimeout(done, 20));

let here = 'a';
beforeEach(() => {
  here = 'a';
  asked.length = 0;
  kept.clear();
  answers = {
    status: () => statusOf(here),
    memberships: () => [membership('a', here === 'a', 2), membership('b', here === 'b', 3)],
    select_membership: ({ programme_id }: { programme_id: string }) => statusOf((here = programme_id)),
    quote: () => new Promise(() => undefined),
    sell: () => ({ sale_id: 's', quote: null, confirmed: true }),
    read_text: () => ({ kind: 'product', product }),
  };
});

async function till() {
  const station = new Station();
  await station.refresh();
  asked.length = 0;
  return new Till(station);
}

describe('a scan', () => {
  it('of the other programme changes to it and is taken there', async () => {
    answers.route_scan = () => [membership('b', false)];
    const desk = await till();
    await desk.take('CRR1.b.x', 'scanned');
    expect(chosen()).toEqual(['b']);
    expect(names()).not.toContain('read_text');
    expect(desk.station.status?.programme?.id).toBe('b');
    expect(desk.station.arrived()).toEqual({ text: 'CRR1.b.x', origin: 'scanned', aim: 'sale' });
    expect(desk.station.arrived()).toBeNull();
  });

  it('is taken where it was brought to without asking again', async () => {
    answers.route_scan = () => [membership('b', true), membership('a', false)];
    const desk = await till();
    await desk.arrive({ text: '9520001000201', origin: 'scanned', aim: 'sale' });
    expect(names()).not.toContain('route_scan');
    expect(desk.sale.lines).toHaveLength(1);
  });

  it('leaves a sale with lines where it is until that is finished', async () => {
    const desk = await till();
    desk.sale.addProduct(product, 3_200);
    answers.route_scan = () => [membership('b', false)];
    await desk.take('CRR1.b.x', 'scanned');
    expect(desk.panel).toBe('other');
    expect(chosen()).toEqual([]);
    expect(desk.sale.lines).toHaveLength(1);
    await desk.finishFirst();
    expect(names()).toContain('sell');
    expect(desk.sale.finished).not.toBeNull();
    expect(chosen()).toEqual([]);
    await desk.finish();
    expect(chosen()).toEqual(['b']);
    expect(desk.station.arrived()?.text).toBe('CRR1.b.x');
  });

  it('is forgotten when the cashier stays with the sale', async () => {
    const desk = await till();
    desk.sale.addProduct(product, 3_200);
    answers.route_scan = () => [membership('b', false)];
    await desk.take('CRR1.b.x', 'scanned');
    desk.close();
    await desk.finish();
    await desk.finish();
    expect(chosen()).toEqual([]);
  });

  it('keeps the other programme back when the sale cannot be recorded', async () => {
    const desk = await till();
    desk.sale.addProduct(product, 3_200);
    answers.route_scan = () => [membership('b', false)];
    answers.sell = () => Promise.reject(new CallError('queue-full'));
    await desk.take('CRR1.b.x', 'scanned');
    await desk.finishFirst();
    expect(desk.station.problem?.error.code).toBe('queue-full');
    expect(desk.sale.lines).toHaveLength(1);
    expect(desk.next).toBeNull();
    expect(chosen()).toEqual([]);
  });

  it('that several take is asked about, and goes where the cashier says', async () => {
    answers.route_scan = () => [membership('a', true), membership('b', false)];
    const desk = await till();
    await desk.take('9520001000201', 'scanned');
    expect(desk.panel).toBe('which');
    await desk.meant(membership('a', true));
    expect(desk.sale.lines).toHaveLength(1);
    desk.sale.clear();
    await desk.take('9520001000201', 'scanned');
    await desk.meant(membership('b', false));
    expect(chosen()).toEqual(['b']);
    expect(desk.station.carried?.text).toBe('9520001000201');
  });

  it('that several take goes into a sale that has begun without a question', async () => {
    answers.route_scan = () => [membership('a', true), membership('b', false)];
    const desk = await till();
    desk.sale.addProduct(product, 3_200);
    await desk.take('9520001000201', 'scanned');
    expect(desk.panel).toBeNull();
    expect(desk.sale.pieces).toBe(2);
  });

  it('that no programme takes is refused by the one in use, with its reason', async () => {
    answers.route_scan = () => Promise.reject(new CallError('code-not-ours'));
    answers.read_text = () => Promise.reject(new CallError('code-not-ours'));
    const desk = await till();
    await desk.take('?', 'scanned');
    expect(desk.station.problem?.error.code).toBe('code-not-ours');
  });

  it('of a member of the other programme takes a redemption there', async () => {
    answers.route_scan = () => [membership('b', false)];
    const desk = await till();
    desk.panel = 'redeem';
    await desk.take('CRR1.b.x', 'scanned');
    expect(desk.station.carried?.aim).toBe('redeem');
  });

  it('is never sent round on a till with one programme', async () => {
    answers.memberships = () => [membership('a', true)];
    const desk = await till();
    await desk.take('9520001000201', 'scanned');
    expect(names()).not.toContain('route_scan');
    expect(desk.sale.lines).toHaveLength(1);
  });

  it('of an enrolment code joins a programme, but not over a sale', async () => {
    answers.route_scan = () => [];
    answers.read_text = () => ({ kind: 'enrolment', text: 'CRE1.x' });
    const desk = await till();
    desk.sale.addProduct(product, 3_200);
    await desk.take('CRE1.x', 'scanned');
    expect(desk.panel).toBeNull();
    desk.sale.clear();
    await desk.take('CRE1.x', 'scanned');
    expect(desk.panel).toBe('join');
    expect(desk.joining.code).toBe('CRE1.x');
  });
});

describe('the keys', () => {
  it('finish the sale that is in the way, and do not go on before the cashier has seen it recorded', async () => {
    const desk = await till();
    desk.sale.addProduct(product, 3_200);
    await desk.goTo(membership('b', false));
    expect(desk.panel).toBe('other');
    actOf(desk, [], 'F10')?.();
    await vi.waitFor(() => expect(desk.sale.finished).not.toBeNull());
    await settled();
    expect(names().filter((name) => name === 'sell')).toHaveLength(1);
    expect(chosen()).toEqual([]);
  });

  it('open the choice of programme only where there is one and nothing else is open', async () => {
    const desk = await till();
    desk.panel = 'queue';
    actOf(desk, [], 'F11')?.();
    expect(desk.panel).toBe('queue');
    desk.panel = null;
    actOf(desk, [], 'F11')?.();
    expect(desk.panel).toBe('programmes');
    desk.panel = null;
    desk.station.programmes = [membership('a', true)];
    actOf(desk, [], 'F11')?.();
    expect(desk.panel).toBeNull();
    expect(actOf(desk, [], 'x')).toBeUndefined();
  });
});

describe('the till', () => {
  it('remembers the seller of each programme by itself', async () => {
    const desk = await till();
    desk.chooseSeller({ participant: 'mette', name: 'Mette', role: 'seller', language: 'da' });
    await desk.station.choose('b');
    answers.sellers = () => [{ participant: 'mette', name: 'Mette', role: 'seller', language: 'da' }];
    const other = new Till(desk.station);
    await other.open();
    expect(other.sale.seller).toBeNull();
    await desk.station.choose('a');
    const back = new Till(desk.station);
    await back.open();
    expect(back.sale.seller?.participant).toBe('mette');
  });

  it('takes no status from before a change of programme', async () => {
    const desk = await till();
    let late: (status: StatusView) => void = () => undefined;
    answers.status = () => new Promise((answer) => (late = answer));
    const asking = desk.station.refresh();
    answers.status = () => statusOf(here);
    await desk.station.choose('b');
    late(statusOf('a'));
    await asking;
    expect(desk.station.status?.programme?.id).toBe('b');
    expect(desk.station.programmes.find((one) => one.current)?.programme_id).toBe('b');
  });

  it('counts what waits in all programmes, and says the oldest of it', async () => {
    const { station } = await till();
    expect(station.waiting).toBe(5);
    expect(oldestOf([{ oldest_waiting_ms: null }, { oldest_waiting_ms: 7 }, { oldest_waiting_ms: 4 }])).toBe(4);
    expect(oldestOf([{ oldest_waiting_ms: null }])).toBeNull();
    expect(exposureOf(membership('a', true))).not.toBe(exposureOf({ ...membership('a', true), exposure_points: 30 }));
  });

  it('sends for all programmes, also when one server does not answer', async () => {
    const { station } = await till();
    const sent: string[] = [];
    answers.sync = ({ programme_id }: { programme_id: string }) => {
      sent.push(programme_id);
      if (programme_id === 'a') throw new CallError('server-unreachable');
      return { pushed: 3, accepted: 3, rejected: 0, parked: 0, changes: 1, adjusted: 0 };
    };
    await expect(station.sync()).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(sent).toEqual(['a', 'b']);
    answers.sync = () => ({ pushed: 3, accepted: 3, rejected: 1, parked: 0, changes: 1, adjusted: 0 });
    expect(await station.sync()).toEqual({ pushed: 6, changes: 2, rejected: 2 });
  });
});
