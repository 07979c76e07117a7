// A sale at the till: its lines, the people in it, both pots as the core counts them, and what became of it.
import { call } from '../../lib/calls';
import { lineSums, wholeEvent } from '../../lib/derivation';
import { toCallError, type CallError } from '../../lib/errors';
import type { BuyerView } from '../../lib/generated/BuyerView';
import type { PersonView } from '../../lib/generated/PersonView';
import type { PotView } from '../../lib/generated/PotView';
import type { ProductView } from '../../lib/generated/ProductView';
import type { Quote } from '../../lib/generated/Quote';
import type { SaleDone } from '../../lib/generated/SaleDone';
import type { SaleDraft } from '../../lib/generated/SaleDraft';

/** The most lines that a sale may have. */
export const linesMax = 20;
/** The most pieces in one line. */
export const piecesMax = 999;
const quoteDelayMs = 40;
let nextId = 1;

/** One line. `eachMinor` is the price of a piece in minor units; a typed amount has no product. */
export interface Line {
  id: number;
  product: ProductView | null;
  pieces: number;
  eachMinor: number;
  unitCode: string | null;
}

/** A finished sale with what the screen still says about it. */
export interface Finished {
  answer: SaleDone;
  buyer: BuyerView | null;
  /** The lines that were sold. */
  lines: readonly Line[];
}

/** What a line costs, minor units. */
export function lineMinor(line: Line): number {
  return line.eachMinor * line.pieces;
}

/** The sale on the screen. Every change asks the core for both pots again; only the newest answer is shown. */
export class Sale {
  lines = $state.raw<readonly Line[]>([]);
  selectedId = $state<number | null>(null);
  freshId = $state<number | null>(null);
  buyer = $state.raw<BuyerView | null>(null);
  seller = $state.raw<PersonView | null>(null);
  receiptKey = $state<string | null>(null);
  quote = $state.raw<Quote | null>(null);
  /** False from a change until the core has counted it. */
  counted = $state(true);
  quoteError = $state.raw<CallError | null>(null);
  finished = $state.raw<Finished | null>(null);
  sending = $state(false);
  #number = 1;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** True when there is nothing to finish. */
  get empty(): boolean {
    return this.lines.length === 0;
  }

  /** The sum of all lines, minor units. */
  get totalMinor(): number {
    return this.lines.reduce((sum, line) => sum + lineMinor(line), 0);
  }

  /** The sum less the discounts that the core has counted, minor units. */
  get payableMinor(): number {
    const off = this.counted ? (this.quote?.discounts ?? []).reduce((sum, discount) => sum + discount.amount_minor, 0) : 0;
    return this.totalMinor - off;
  }

  /** All pieces. */
  get pieces(): number {
    return this.lines.reduce((sum, line) => sum + line.pieces, 0);
  }

  /** The line that keys act on: the chosen one, else the last. */
  get selected(): Line | null {
    return this.lines.find((line) => line.id === this.selectedId) ?? this.lines.at(-1) ?? null;
  }

  /** Adds pieces of a product; the same product without a unique code grows its line. False when the sale is full. */
  addProduct(product: ProductView, eachMinor: number, unitCode: string | null = null): boolean {
    this.#begin();
    const same = this.lines.find((line) => unitCode === null && line.unitCode === null && line.product?.id === product.id && line.eachMinor === eachMinor);
    if (same && same.pieces < piecesMax) {
      this.#put({ ...same, pieces: same.pieces + 1 });
      return true;
    }
    return this.#append({ product, pieces: 1, eachMinor, unitCode });
  }

  /** Adds a typed amount. False when the sale is full. */
  addAmount(minor: number): boolean {
    this.#begin();
    return this.#append({ product: null, pieces: 1, eachMinor: minor, unitCode: null });
  }

  /** True when this piece is in the sale already. */
  hasUnit(code: string): boolean {
    return this.finished === null && this.lines.some((line) => line.unitCode === code);
  }

  /** Sets the pieces of a line, 1 to `piecesMax`; lines with a unique code or a typed amount stay at one. */
  setPieces(id: number, pieces: number): void {
    const line = this.lines.find((candidate) => candidate.id === id);
    if (!line || line.unitCode !== null || line.product === null) return;
    this.#put({ ...line, pieces: Math.min(piecesMax, Math.max(1, Math.trunc(pieces))) });
  }

  /** Takes a line off; returns a way to put it back, as long as the sale is the same. */
  remove(id: number): () => void {
    const at = this.lines.findIndex((line) => line.id === id);
    const gone = this.lines[at];
    if (!gone) return () => undefined;
    this.#restore({ lines: this.lines.filter((line) => line.id !== id) });
    return this.#sameSale(() => this.#restore({ lines: this.lines.toSpliced(at, 0, gone) }));
  }

  /** Takes everything off but the seller; returns a way to put it back, before whatever came meanwhile. */
  clear(): () => void {
    const before = { lines: this.lines, buyer: this.buyer, receiptKey: this.receiptKey };
    this.#restore({ lines: [], buyer: null, receiptKey: null });
    return this.#sameSale(() =>
      this.#restore({ lines: [...before.lines, ...this.lines], buyer: this.buyer ?? before.buyer, receiptKey: this.receiptKey ?? before.receiptKey }),
    );
  }

  /** Moves the choice up or down by `step` lines. */
  move(step: number): void {
    const at = this.lines.findIndex((line) => line.id === this.selected?.id);
    const next = this.lines[Math.min(this.lines.length - 1, Math.max(0, at + step))];
    if (next) this.selectedId = next.id;
  }

  /** Sets or removes the buyer. */
  setBuyer(buyer: BuyerView | null): void {
    this.#begin();
    this.buyer = buyer;
    this.#changed();
  }

  /** Sets or removes the seller. */
  setSeller(seller: PersonView | null): void {
    this.seller = seller;
    this.#changed();
  }

  /** Notes the fiscal receipt that this sale stands on. */
  setReceipt(key: string): void {
    this.#begin();
    this.receiptKey = key;
    this.#changed();
  }

  /** Records the sale. Rejects with a CallError and keeps everything as it was when the core refuses. */
  async finish(): Promise<Finished | null> {
    if (this.empty || this.sending || this.finished) return null;
    this.sending = true;
    try {
      const answer = await call('sell', this.draft());
      const finished = { answer, buyer: this.buyer, lines: this.lines };
      this.#number += 1;
      this.#restore({ lines: [], buyer: null, receiptKey: null });
      this.quote = answer.quote;
      this.finished = finished;
      return finished;
    } finally {
      this.sending = false;
    }
  }

  /** Leaves the finished sale and starts an empty one. */
  next(): void {
    this.#begin();
  }

  /** Counts again, because rules or balances may have changed; also looks whether the server has the finished sale now. */
  async news(): Promise<void> {
    if (!this.finished) return this.#count();
    if (this.finished.answer.confirmed) return;
    const finished = this.finished;
    const sale = (await call('sales', {})).find((candidate) => candidate.sale_id === finished.answer.sale_id);
    if (sale?.confirmed && this.finished === finished) {
      this.finished = { ...finished, answer: { ...finished.answer, confirmed: true } };
    }
  }

  /** Points of each line by its id, for the buyer and for the seller; null where the core counted none. */
  pointsOf(id: number): { buyer: number | null; seller: number | null } {
    if (!this.counted || !this.quote || this.finished) return { buyer: null, seller: null };
    return { buyer: this.#share(this.quote.buyer, id), seller: this.#share(this.quote.seller, id) };
  }

  /** The sale as the core takes it. */
  draft(): SaleDraft {
    return {
      buyer: this.buyer?.reference ?? null,
      seller: this.seller?.participant ?? null,
      lines: this.lines.map((line) => ({
        product: line.product?.id ?? null,
        pieces: line.pieces,
        amount_minor: lineMinor(line),
        unit_code: line.unitCode,
      })),
      receipt_key: this.receiptKey,
    };
  }

  /** What the core counted for a line, whatever the terms of the points. */
  #share(pot: PotView, id: number): number | null {
    const shares = [pot, ...pot.more].map((part) => this.#shareOf(part, id)).filter((points) => points !== null);
    return shares.length === 0 ? null : shares.reduce((sum, points) => sum + points, 0);
  }

  /** Sums without a line's number come in the order of lines: the same product twice takes them in turn. */
  #shareOf(part: PotView, id: number): number | null {
    const sums = lineSums(part.derivation);
    if (sums.some((sum) => sum.line !== wholeEvent)) {
      return sums.find((sum) => this.lines[sum.line]?.id === id)?.points ?? null;
    }
    for (const line of this.lines) {
      const at = sums.findIndex((sum) => sum.product === (line.product?.id ?? null));
      const sum = at < 0 ? undefined : sums.splice(at, 1)[0];
      if (line.id === id) return sum?.points ?? null;
    }
    return null;
  }

  /** What was taken off a sale must not come back into the next one, nor make it longer than a sale may be. */
  #sameSale(undo: () => void): () => void {
    const number = this.#number;
    return () => {
      if (number === this.#number && this.lines.length < linesMax) undo();
    };
  }

  #begin(): void {
    if (!this.finished) return;
    this.finished = null;
    this.quote = null;
  }

  #append(line: Omit<Line, 'id'>): boolean {
    if (this.lines.length >= linesMax) return false;
    nextId += 1;
    this.lines = [...this.lines, { ...line, id: nextId }];
    this.#touch(nextId);
    return true;
  }

  #put(line: Line): void {
    this.lines = this.lines.map((old) => (old.id === line.id ? line : old));
    this.#touch(line.id);
  }

  #touch(id: number): void {
    this.selectedId = id;
    this.freshId = id;
    this.#changed();
  }

  #restore(parts: { lines?: readonly Line[]; buyer?: BuyerView | null; receiptKey?: string | null }): void {
    if (parts.lines !== undefined) this.lines = parts.lines.slice(0, linesMax);
    if (parts.buyer !== undefined) this.buyer = parts.buyer;
    if (parts.receiptKey !== undefined) this.receiptKey = parts.receiptKey;
    this.#changed();
  }

  #changed(): void {
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.counted = false;
    this.#timer = setTimeout(() => void this.#count(), quoteDelayMs);
  }

  async #count(): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    if (this.empty || this.finished) {
      this.counted = true;
      if (this.finished) return;
      this.quote = null;
      this.quoteError = null;
      return;
    }
    try {
      const quote = await call('quote', this.draft());
      if (mine !== this.#asked) return;
      this.quote = quote;
      this.quoteError = null;
    } catch (thrown) {
      if (mine !== this.#asked) return;
      this.quote = null;
      this.quoteError = toCallError(thrown);
    }
    this.counted = true;
  }
}
