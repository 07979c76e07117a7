// A list that the server keeps: search, filters, order and pages are asked for, one page is here.
import { untrack } from 'svelte';
import { Feed } from './feed.svelte';

const pauseMs = 200;

/** The server's page with whatever comes beside it. */
export interface Part<Row> {
  rows: Row[];
  total: number;
  offset: number;
  limit: number;
}

/** One list of the server. `Answer` is what the path answers; `pick` finds the page in it. */
export class Listing<Row, Answer = Part<Row>> {
  q = $state('');
  sort = $state('');
  filters = $state<Record<string, string>>({});
  offset = $state(0);
  readonly limit: number;
  readonly feed = new Feed<Answer>();
  readonly #path: string;
  readonly #pick: (answer: Answer) => Part<Row>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(path: string, pick: (answer: Answer) => Part<Row>, options: { limit?: number; sort?: string } = {}) {
    this.#path = path;
    this.#pick = pick;
    this.limit = options.limit ?? 50;
    this.sort = options.sort ?? '';
  }

  /** The page that is here; none before the first. */
  get page(): Part<Row> | null {
    return this.feed.value === null ? null : this.#pick(this.feed.value);
  }

  get #address(): string {
    const wish = new URLSearchParams({ offset: String(this.offset), limit: String(this.limit) });
    if (this.q.trim() !== '') wish.set('q', this.q.trim());
    if (this.sort !== '') wish.set('sort', this.sort);
    for (const [name, value] of Object.entries(this.filters)) if (value !== '') wish.set(name, value);
    return `${this.#path}?${wish.toString()}`;
  }

  /** Loads the page that is asked for. */
  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    await this.feed.load(this.#address);
  }

  /** Loads now and after each change of the wishes, until the returned function is called. */
  follow(): () => void {
    untrack(() => void this.refresh());
    return () => clearTimeout(this.#timer);
  }

  /** Searches, once the typing pauses. */
  search(text: string): void {
    this.q = text;
    this.offset = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), pauseMs);
  }

  /** Narrows by a field; an empty value widens again. */
  narrow(name: string, value: string): void {
    this.filters = { ...this.filters, [name]: value };
    this.offset = 0;
    void this.refresh();
  }

  /** Orders by a column: first downwards for numbers and times, then the other way. */
  order(key: string): void {
    this.sort = this.sort === `-${key}` ? key : `-${key}`;
    this.offset = 0;
    void this.refresh();
  }

  /** Goes to the page that begins at `offset`. */
  turn(offset: number): void {
    this.offset = Math.max(0, offset);
    void this.refresh();
  }
}

/** A page that is the whole answer. */
export function whole<Row>(part: Part<Row>): Part<Row> {
  return part;
}
