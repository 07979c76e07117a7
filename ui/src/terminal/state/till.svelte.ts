// The till: takes every scan, typed text and picture in turn, and decides what it means for the sale on the screen, and
// which programme it is for.
import { dropToast, showToast, toasts } from '../../components/toasts.svelte';
import { call } from '../../lib/calls';
import { formatMoney } from '../../lib/format';
import type { CodeView } from '../../lib/generated/CodeView';
import type { MembershipView } from '../../lib/generated/MembershipView';
import type { PersonView } from '../../lib/generated/PersonView';
import type { ProductView } from '../../lib/generated/ProductView';
import { t } from '../../lib/l10n.svelte';
import { sound } from '../../lib/sound';
import { Joining } from './joining.svelte';
import { Redeeming } from './redeeming.svelte';
import { Sale } from './sale.svelte';
import type { Carried, Origin, Station } from './station.svelte';
import { named } from './words';

/** What lies over the sale. */
export type Panel = 'item' | 'buyer' | 'seller' | 'void' | 'amount' | 'quantity' | 'redeem' | 'queue' | 'sales' | 'settings' | 'camera' | 'leave' | 'programmes' | 'which' | 'other' | 'join' | 'leave-programme';

/** What the scan line says about the last thing it took. */
export interface Said {
  state: 'ready' | 'busy' | 'done' | 'wrong';
  text: string;
}

/** The programme that comes after the sale on the screen, with what is to be taken there. */
export interface Next {
  programme: MembershipView;
  carried: Carried | null;
}

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
  readonly joining: Joining;
  panel = $state<Panel | null>(null);
  said = $state.raw<Said>({ state: 'ready', text: '' });
  sellers = $state.raw<readonly PersonView[] | null>(null);
  /** A product that has no price here and waits for one to be typed. */
  pricing = $state.raw<{ product: ProductView; unitCode: string | null } | null>(null);
  /** A unique code that does not say its product and waits for one to be chosen. */
  orphanCode = $state<string | null>(null);
  /** What the item search begins with. */
  searchText = $state('');
  /** The programmes that take what was scanned, while it is to be said which. */
  takers = $state.raw<readonly MembershipView[]>([]);
  /** Where the till goes when the sale on the screen is finished. */
  next = $state.raw<Next | null>(null);
  #asked: Carried | null = null;
  /** Where the camera's codes go back to. */
  cameraFor = $state<Panel | null>(null);
  readonly #seen = new Map<string, ProductView>();
  #turn: Promise<void> = Promise.resolve();

  constructor(station: Station) {
    this.station = station;
    this.redeeming = new Redeeming(station);
    this.joining = new Joining(station);
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
    const kept = sessionStorage.getItem(this.#sellerKey);
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
    if (seller) sessionStorage.setItem(this.#sellerKey, seller.participant);
    else sessionStorage.removeItem(this.#sellerKey);
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

  /** Takes what came along from another programme of this till. */
  arrive(carried: Carried): Promise<void> {
    return this.#queue(async () => {
      if (carried.aim === 'sale') return this.#takeHere(carried.text, carried.origin);
      this.panel = 'redeem';
      await this.redeeming.begin(null, this.station.status?.online === true);
      await this.redeeming.take(carried.text);
    });
  }

  /** Changes to another programme; a sale with lines keeps its own until it is finished. */
  goTo(programme: MembershipView): Promise<void> {
    return this.#queue(() => this.#goTo(programme, null));
  }

  /** Says which programme a text is for. */
  meant(programme: MembershipView): Promise<void> {
    const asked = this.#asked;
    this.close();
    return this.#queue(async () => {
      if (asked === null) return;
      if (programme.current) await this.#takeHere(asked.text, asked.origin);
      else await this.#goTo(programme, asked);
    });
  }

  /** Finishes the sale on the screen; the one after it is the other programme's. */
  finishFirst(): Promise<void> {
    const next = this.next;
    this.close();
    return this.#queue(async () => {
      await this.#finish();
      if (!this.sale.finished || next === null) return;
      this.next = next;
      this.#praise(t('terminal-other-next', { name: next.programme.name }));
    });
  }

  /** Opens the enrolment in one more programme, with a code when there is one. */
  join(code = ''): void {
    this.joining.code = code;
    this.panel = 'join';
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
    if (this.panel === 'which') this.takers = [];
    if (this.panel === 'other') this.next = null;
    this.#asked = null;
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
    this.next = null;
    if (this.panel === 'camera') this.close();
    if (this.panel === 'join') return void (await this.joining.enrol(text));
    if (this.panel === 'redeem') {
      if (this.redeeming.asksForCode && (await this.#elsewhere({ text, origin, aim: 'redeem' }))) return;
      return this.redeeming.take(text);
    }
    if (this.panel === 'buyer') {
      if (!(await this.#elsewhere({ text, origin, aim: 'sale' }, true))) await this.findBuyer(text);
      return;
    }
    const orphan = this.orphanCode;
    this.close();
    // A code that waits for its product is answered by scanning the product.
    this.orphanCode = orphan;
    if (amountCertain.test(text) || (origin === 'typed' && amountTyped.test(text))) return void (await this.addAmount(text));
    if (origin === 'typed' && wordsOnly.test(text)) {
      return this.search(text);
    }
    if (!(await this.#elsewhere({ text, origin, aim: 'sale' }, this.#begun))) await this.#read(text);
  }

  /** What was said to be for this programme, or came along to it. */
  async #takeHere(text: string, origin: Origin): Promise<void> {
    if (origin === 'typed' && wordsOnly.test(text)) return this.search(text);
    await this.#read(text);
  }

  /** True when the sale has something of this programme already: then it takes what it can. */
  get #begun(): boolean {
    return !this.sale.empty || (this.sale.finished === null && (this.sale.buyer !== null || this.sale.receiptKey !== null));
  }

  /** Takes a text to the programme it belongs to, or asks which one. False when it is for the one in use. */
  async #elsewhere(carried: Carried, mine = true): Promise<boolean> {
    if (!this.station.several) return false;
    // What belongs to none is refused by whoever reads it, with its reason.
    const takers = await call('route_scan', { text: carried.text }).catch(() => []);
    const [only, another] = takers;
    if (!only || (only.current && (mine || !another))) return false;
    if (!another) await this.#goTo(only, carried);
    else {
      this.takers = takers;
      this.panel = 'which';
      this.#asked = carried;
    }
    return true;
  }

  async #goTo(programme: MembershipView, carried: Carried | null): Promise<void> {
    if (programme.current) return this.close();
    if (!this.sale.empty) {
      this.next = { programme, carried };
      this.panel = 'other';
      return sound('wrong');
    }
    this.panel = null;
    await this.station.choose(programme.programme_id, carried);
    // What could be undone here is out of sight now.
    clearToasts();
    if (this.station.status?.person) showToast(t('terminal-programme-now', { name: programme.name }), { tone: 'done' });
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
    if (code.kind === 'enrolment') return this.sale.empty ? this.join(code.text) : this.#refuse(t('terminal-programmes-sale'));
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
      const next = this.next;
      this.next = null;
      this.sale.next();
      this.said = { state: 'ready', text: '' };
      if (next) await this.#goTo(next.programme, next.carried);
      return;
    }
    if (this.sale.empty) {
      this.said = { state: 'ready', text: t('terminal-say-nothing') };
      return;
    }
    const finished = await this.sale.finish();
    if (finished) {
      clearToasts();
      localStorage.setItem(this.#lastSaleKey, finished.answer.sale_id);
      this.#praise(t('terminal-say-finished'));
    }
    void this.station.refresh().catch(() => undefined);
  }

  #add(product: ProductView, eachMinor: number, unitCode: string | null): void {
    if (!this.sale.addProduct(product, eachMinor, unitCode)) return this.#refuse(t('terminal-say-full'));
    this.#praise(t('terminal-say-added', { item: named(product.name, product.gtin), count: this.sale.selected?.pieces ?? 1 }));
  }

  get #sellerKey(): string {
    return `${sellerKey}.${this.station.status?.programme?.id ?? ''}`;
  }

  get #lastSaleKey(): string {
    return lastSaleKeyOf(this.station);
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

function clearToasts(): void {
  for (const toast of toasts()) dropToast(toast.id);
}

function lastSaleKeyOf(station: Station): string {
  return `${lastSaleKey}.${station.status?.programme?.id ?? ''}`;
}

/** The id of the last sale that this terminal recorded in its programme, when it remembers one. */
export function lastSaleId(station: Station): string | null {
  return localStorage.getItem(lastSaleKeyOf(station));
}

/** Forgets the sellers of the shift in all programmes, at sign-out. */
export function forgetSellers(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(sellerKey)) sessionStorage.removeItem(key);
}
