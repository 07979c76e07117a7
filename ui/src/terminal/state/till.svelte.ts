// The till: takes every scan, typed text and picture in turn, and decides what it means for the sale on the screen.
import { dropToast, toasts } from '../../components/toasts.svelte';
import { call } from '../../lib/calls';
import { CallError } from '../../lib/errors';
import { formatMoney } from '../../lib/format';
import type { CodeView } from '../../lib/generated/CodeView';
import type { PersonView } from '../../lib/generated/PersonView';
import type { ProductView } from '../../lib/generated/ProductView';
import { t } from '../../lib/l10n.svelte';
import { sound } from '../../lib/sound';
import { Redeeming } from './redeeming.svelte';
import { Sale } from './sale.svelte';
import type { Station } from './station.svelte';
import { named } from './words';

/** What lies over the sale. */
export type Panel = 'item' | 'buyer' | 'seller' | 'void' | 'amount' | 'quantity' | 'redeem' | 'queue' | 'sales' | 'settings' | 'camera' | 'leave';

/** What the scan line says about the last thing it took. */
export interface Said {
  state: 'ready' | 'busy' | 'done' | 'wrong';
  text: string;
}

/** Where a text came from: only a typed one may be an amount in whole units or a name to search for. */
export type Origin = 'typed' | 'scanned';

const amountTyped = /^\d{1,7}(?:[.,]\d*)?$/;
const amountCertain = /^[\d\s]{1,9}[.,]\d+$/;
const wordsOnly = /^[\p{L}][\p{L}\s.'-]*$/u;
const sellerKey = 'carrot.till.seller';
const lastSaleKey = 'carrot.till.last-sale';

/** One till for one signed-in cashier. */
export class Till {
  readonly station: Station;
  readonly sale = new Sale();
  readonly redeeming: Redeeming;
  panel = $state<Panel | null>(null);
  said = $state.raw<Said>({ state: 'ready', text: '' });
  sellers = $state.raw<readonly PersonView[] | null>(null);
  /** A product that has no price here and waits for one to be typed. */
  pricing = $state.raw<{ product: ProductView; unitCode: string | null } | null>(null);
  /** A unique code that does not say its product and waits for one to be chosen. */
  orphanCode = $state<string | null>(null);
  /** What the item search begins with. */
  searchText = $state('');
  /** Where the camera's codes go back to. */
  cameraFor = $state<Panel | null>(null);
  readonly #seen = new Map<string, ProductView>();
  #turn: Promise<void> = Promise.resolve();

  constructor(station: Station) {
    this.station = station;
    this.redeeming = new Redeeming(station);
  }

  /** A product's name by its id, from the lines of this sale; the id itself where it is not among them. */
  productName(id: string): string {
    const product = this.#seen.get(id);
    return product ? named(product.name, product.gtin) : id;
  }

  /** Opens the search for an item, with the words it begins with. */
  search(text: string): void {
    this.searchText = text;
    this.panel = 'item';
  }

  /** Asks for the pieces of the chosen line; one with its own code or a typed amount stays at one. */
  askPieces(): void {
    const line = this.sale.selected;
    if (!line) return;
    if (line.product === null || line.unitCode !== null) this.#refuse(t('terminal-say-one-piece'));
    else this.panel = 'quantity';
  }

  /** Loads the sellers of this outlet and puts the one of this shift back into place. */
  async open(): Promise<void> {
    this.sellers = await call('sellers', {});
    const kept = sessionStorage.getItem(sellerKey);
    const seller = this.sellers.find((candidate) => candidate.participant === kept);
    if (seller && !this.sale.seller) this.sale.setSeller(seller);
  }

  /** Takes a text in its turn, so that quick scans keep their order. */
  take(text: string, origin: Origin): Promise<void> {
    return this.#queue(() => this.#take(text, origin));
  }

  /** Finishes the sale in its turn; after a finished sale it starts the next one. */
  finish(): Promise<void> {
    return this.#queue(() => this.#finish());
  }

  /** Chooses the seller of this shift. */
  chooseSeller(seller: PersonView | null): void {
    this.sale.setSeller(seller);
    if (seller) sessionStorage.setItem(sellerKey, seller.participant);
    else sessionStorage.removeItem(sellerKey);
    this.panel = null;
  }

  /** Adds a product, or asks for its price when the list has none. */
  addProduct(product: ProductView, unitCode: string | null = null): void {
    const code = unitCode ?? this.orphanCode;
    this.#seen.set(product.id, product);
    this.orphanCode = null;
    if (code !== null && this.sale.hasUnit(code)) return this.#refuse(t('terminal-say-unit-twice'));
    if (product.price_minor === null) {
      this.said = { state: 'ready', text: '' };
      this.pricing = { product, unitCode: code };
      this.panel = 'amount';
      return;
    }
    this.panel = null;
    this.#add(product, product.price_minor, code);
  }

  /** Takes a typed amount: the price of the product that waits for one, or a line of its own. True when it was taken. */
  async addAmount(text: string): Promise<boolean> {
    try {
      const amount = await call('parse_amount', { text });
      const waiting = this.pricing;
      this.pricing = null;
      this.panel = null;
      if (waiting) this.#add(waiting.product, amount.minor, waiting.unitCode);
      else if (this.sale.addAmount(amount.minor)) this.#praise(t('terminal-say-amount', { amount: formatMoney(amount.minor, amount.currency) }));
      else this.#refuse(t('terminal-say-full'));
      return true;
    } catch (thrown) {
      this.station.fail(thrown, text);
      return false;
    }
  }

  /** Finds the buyer by a code, a card or a number. True when somebody was found. */
  async findBuyer(text: string): Promise<boolean> {
    try {
      const buyer = await call('find_buyer', { text });
      this.sale.setBuyer(buyer);
      this.panel = null;
      this.#praise(t('terminal-say-buyer', { name: buyer.name ?? t('terminal-buyer-unnamed') }));
      return true;
    } catch (thrown) {
      this.station.fail(thrown, text);
      return false;
    }
  }

  /** Closes the question after a sale was undone; a finished sale that was it leaves the screen. */
  voided(saleId: string): void {
    this.close();
    if (this.sale.finished?.answer.sale_id === saleId) this.sale.next();
    this.#praise(t('terminal-say-voided'));
    void this.station.refresh().catch(() => undefined);
  }

  /** Opens the redemption, with the buyer's proof when there is one. */
  redeem(): void {
    this.panel = 'redeem';
    void this.redeeming.begin(this.sale.buyer, this.station.status?.online === true);
  }

  /** Opens the camera; its codes go to what is open now. */
  openCamera(): void {
    this.cameraFor = this.panel;
    this.panel = 'camera';
  }

  /** Closes what lies over the sale. */
  close(): void {
    if (this.panel === 'amount') this.pricing = null;
    if (this.panel === 'item') this.orphanCode = null;
    this.panel = this.panel === 'camera' ? this.cameraFor : null;
    this.cameraFor = null;
  }

  #queue(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch((thrown: unknown) => this.station.fail(thrown));
    return this.#turn;
  }

  async #take(text: string, origin: Origin): Promise<void> {
    // What is wrong stays until somebody has seen it: a scan meanwhile must not slip through unseen.
    if (this.station.problem) return sound('wrong');
    if (this.panel === 'camera') this.close();
    if (this.panel === 'redeem') return this.redeeming.take(text);
    if (this.panel === 'buyer') return void (await this.findBuyer(text));
    const orphan = this.orphanCode;
    this.close();
    // A code that waits for its product is answered by scanning the product.
    this.orphanCode = orphan;
    if (amountCertain.test(text) || (origin === 'typed' && amountTyped.test(text))) return void (await this.addAmount(text));
    if (origin === 'typed' && wordsOnly.test(text)) {
      return this.search(text);
    }
    await this.#read(text);
  }

  async #read(text: string): Promise<void> {
    this.said = { state: 'busy', text: t('terminal-say-reading') };
    try {
      await this.#use(await call('read_text', { text }));
    } catch (thrown) {
      this.said = { state: 'wrong', text };
      this.station.fail(thrown, text);
    }
    if (this.said.state === 'busy') this.said = { state: 'ready', text: '' };
  }

  async #use(code: CodeView): Promise<void> {
    if (code.kind === 'product') return this.addProduct(code.product);
    this.orphanCode = null;
    if (code.kind === 'member') return void (await this.findBuyer(code.text));
    if (code.kind === 'enrolment') throw new CallError('enrolment-used');
    if (code.kind === 'receipt') {
      this.sale.setReceipt(code.key);
      return this.#praise(t('terminal-say-receipt', { amount: formatMoney(code.total_minor, code.currency) }));
    }
    if (code.product) return this.addProduct(code.product, code.code);
    if (this.sale.hasUnit(code.code)) return this.#refuse(t('terminal-say-unit-twice'));
    this.orphanCode = code.code;
    this.search('');
    this.said = { state: 'ready', text: t('terminal-say-which-product') };
  }

  async #finish(): Promise<void> {
    if (this.station.problem) return;
    if (this.sale.finished) {
      this.sale.next();
      this.said = { state: 'ready', text: '' };
      return;
    }
    if (this.sale.empty) {
      this.said = { state: 'ready', text: t('terminal-say-nothing') };
      return;
    }
    const finished = await this.sale.finish();
    if (finished) {
      for (const toast of toasts()) dropToast(toast.id);
      localStorage.setItem(lastSaleKey, finished.answer.sale_id);
      this.#praise(t('terminal-say-finished'));
    }
    void this.station.refresh().catch(() => undefined);
  }

  #add(product: ProductView, eachMinor: number, unitCode: string | null): void {
    if (!this.sale.addProduct(product, eachMinor, unitCode)) return this.#refuse(t('terminal-say-full'));
    this.#praise(t('terminal-say-added', { item: named(product.name, product.gtin), count: this.sale.selected?.pieces ?? 1 }));
  }

  #praise(text: string): void {
    sound('done');
    this.said = { state: 'done', text };
  }

  #refuse(text: string): void {
    sound('wrong');
    this.said = { state: 'wrong', text };
  }
}

/** The id of the last sale that this terminal recorded, when it remembers one. */
export function lastSaleId(): string | null {
  return localStorage.getItem(lastSaleKey);
}

/** Forgets the seller of the shift, at sign-out. */
export function forgetSeller(): void {
  sessionStorage.removeItem(sellerKey);
}
