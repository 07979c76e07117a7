// A sale at the till: lines, undo, and the quote that is never an old one.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProductView } from '../../lib/generated/ProductView';
import type { Quote } from '../../lib/generated/Quote';
import type { SaleDraft } from '../../lib/generated/SaleDraft';

type Asked = { name: string; request: unknown; answer: (value: unknown) => void; refuse: (thrown: unknown) => void };
const asked: Asked[] = [];
vi.mock('../../lib/calls', () => ({
  call: (name: string, request: unknown) => new Promise((answer, refuse) => asked.push({ name, request, answer, refuse })),
}));
const { Sale, linesMax } = await import('./sale.svelte');
const { CallError } = await import('../../lib/errors');

const product = (id: string): ProductView => ({ id, gtin: id, brand: '', category: '', name: { en: id }, buyer_points: 10, seller_points: 4, price_minor: 12_900 });
const quote = (points: number, derivation: Quote['buyer']['derivation'] = []): Quote => ({
  buyer: { points, because: [], derivation, more: [] }, seller: { points: 0, because: [], derivation: [], more: [] },
  total_minor: 0, discounts: [], payable_minor: 0, currency: 'DKK', notes: [], why_not: [],
});
const settle = () => vi.advanceTimersByTimeAsync(100);
const last = () => asked.at(-1) as Asked;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
});

describe('lines', () => {
  it('grow for the same product, and stay single for pieces with their own code', () => {
    const sale = new Sale();
    sale.addProduct(product('beans'), 12_900);
    sale.addProduct(product('beans'), 12_900);
    sale.addProduct(product('beans'), 12_900, 'UNIT-1');
    sale.addProduct(product('beans'), 12_900, 'UNIT-2');
    expect(sale.lines.map((line) => line.pieces)).toEqual([2, 1, 1]);
    expect(sale.hasUnit('UNIT-2')).toBe(true);
    expect(sale.totalMinor).toBe(4 * 12_900);
  });

  it('cost less what the core took off, once it has counted', async () => {
    const sale = new Sale();
    sale.addProduct(product('duo'), 10_000);
    await settle();
    expect(sale.payableMinor).toBe(10_000);
    const off = [{ rule: 'volume', title: {}, rate_bp: 500, amount_minor: 500 }];
    last().answer({ ...quote(40), discounts: off, total_minor: 10_000, payable_minor: 9_500 });
    await settle();
    expect(sale.payableMinor).toBe(9_500);
    sale.addProduct(product('beans'), 1_000);
    expect(sale.payableMinor).toBe(11_000);
  });

  it('are at most twenty', () => {
    const sale = new Sale();
    for (let at = 0; at < linesMax; at += 1) expect(sale.addAmount(100)).toBe(true);
    expect(sale.addAmount(100)).toBe(false);
    expect(sale.lines).toHaveLength(linesMax);
  });

  it('keep one piece where the piece is known', () => {
    const sale = new Sale();
    sale.addProduct(product('duo'), 1, 'UNIT-1');
    sale.setPieces(sale.lines[0]?.id ?? 0, 5);
    expect(sale.pieces).toBe(1);
  });
});

describe('undo', () => {
  it('puts a line back where it was, beside what came meanwhile', () => {
    const sale = new Sale();
    for (const id of ['a', 'b']) sale.addProduct(product(id), 1);
    const undo = sale.remove(sale.lines[0]?.id ?? 0);
    sale.addProduct(product('c'), 1);
    undo();
    expect(sale.lines.map((line) => line.product?.id)).toEqual(['a', 'b', 'c']);
  });

  it('does nothing once that sale is finished', async () => {
    const sale = new Sale();
    for (const id of ['a', 'b']) sale.addProduct(product(id), 1);
    const undo = sale.remove(sale.lines[0]?.id ?? 0);
    const finishing = sale.finish();
    last().answer({ sale_id: 's', command_id: 'c', quote: quote(10), balance_points: null, confirmed: false });
    await finishing;
    undo();
    expect(sale.lines).toHaveLength(0);
  });
});

describe('the quote', () => {
  it('is asked once for quick changes, with the sale as it is then', async () => {
    const sale = new Sale();
    sale.addProduct(product('beans'), 12_900);
    sale.addProduct(product('beans'), 12_900);
    await settle();
    expect(asked.map((one) => one.name)).toEqual(['quote']);
    expect((last().request as SaleDraft).lines[0]).toEqual({ product: 'beans', pieces: 2, amount_minor: 25_800, unit_code: null });
  });

  it('that comes late for an older sale is dropped', async () => {
    const sale = new Sale();
    sale.addProduct(product('beans'), 12_900);
    await settle();
    const old = last();
    sale.addProduct(product('beans'), 12_900);
    await settle();
    last().answer(quote(20));
    await settle();
    old.answer(quote(10));
    await settle();
    expect(sale.quote?.buyer.points).toBe(20);
    expect(sale.counted).toBe(true);
  });

  it('is not shown as counted while another is under way', async () => {
    const sale = new Sale();
    sale.addProduct(product('beans'), 12_900);
    await settle();
    last().answer(quote(10));
    await settle();
    sale.addAmount(100);
    expect(sale.counted).toBe(false);
  });

  it('that is refused says why and shows no points', async () => {
    const sale = new Sale();
    sale.addProduct(product('beans'), 12_900);
    await settle();
    last().answer(quote(10));
    await settle();
    sale.addAmount(100);
    await settle();
    last().refuse(new CallError('own_sale'));
    await settle();
    expect(sale.quote).toBeNull();
    expect(sale.quoteError?.code).toBe('own_sale');
  });

  it('gives each line its own share, in turn for the same product', async () => {
    const sale = new Sale();
    sale.addProduct(product('duo'), 1, 'UNIT-1');
    sale.addProduct(product('duo'), 1, 'UNIT-2');
    await settle();
    const step = (points: number, line: number) => ({ step: 'per_unit', rule: 'r', version: 1, line, params: { product: 'duo' }, points });
    last().answer(quote(30, [step(10, -1), step(20, -1)]));
    await settle();
    expect(sale.lines.map((line) => sale.pointsOf(line.id).buyer)).toEqual([10, 20]);
  });

  it('gives each line the share that bears its number', async () => {
    const sale = new Sale();
    sale.addProduct(product('duo'), 1);
    sale.addAmount(5_000);
    sale.addProduct(product('beans'), 1);
    await settle();
    const step = (name: string, points: number, line: number) => ({ step: name, rule: 'r', version: 1, line, params: {}, points });
    last().answer(quote(110, [step('per_unit', 30, 2), step('per_unit', 10, 0), step('per_amount', 20, 0), step('fixed', 60, -1)]));
    await settle();
    expect(sale.lines.map((line) => sale.pointsOf(line.id).buyer)).toEqual([20, null, 30]);
    const more = { points: 7, because: [], derivation: [step('per_unit', 3, 1), step('per_unit', 4, 2)], more: [] };
    const counted = quote(110, [step('per_unit', 30, 2)]);
    void sale.news();
    await settle();
    last().answer({ ...counted, buyer: { ...counted.buyer, more: [more] } });
    await settle();
    expect(sale.lines.map((line) => sale.pointsOf(line.id).buyer)).toEqual([null, 3, 34]);
  });
});

describe('finishing', () => {
  it('keeps everything when the core refuses', async () => {
    const sale = new Sale();
    sale.addProduct(product('beans'), 12_900);
    const finishing = sale.finish();
    last().refuse(new CallError('queue_full'));
    await expect(finishing).rejects.toThrow('queue_full');
    expect(sale.lines).toHaveLength(1);
    expect(sale.sending).toBe(false);
  });

  it('keeps the seller for the next sale, not the buyer', async () => {
    const sale = new Sale();
    const seller = { participant: 'p', name: 'Mette', role: 'seller', language: 'da' };
    sale.setSeller(seller);
    sale.setBuyer({ reference: { by: 'card', reference: 'x' }, participant: null, name: null, balance_points: null, unsynced_points: 0, proven: false });
    sale.addAmount(100);
    const finishing = sale.finish();
    last().answer({ sale_id: 's', command_id: 'c', quote: quote(10), balance_points: 110, confirmed: true });
    await finishing;
    sale.next();
    expect(sale.seller).toEqual(seller);
    expect(sale.buyer).toBeNull();
    expect(sale.finished).toBeNull();
  });
});
