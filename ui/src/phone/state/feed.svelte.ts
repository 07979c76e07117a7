// An answer of the core that a screen keeps fresh: loaded at once, loaded again after each change.
import { toCallError, type CallError } from '../../lib/errors';
import { onNews } from './news';

/** A value with its first load and its failure. A later failure keeps the last good value. */
export class Feed<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<CallError | null>(null);
  readonly #load: () => Promise<T>;
  #running = false;
  #again = false;
  #closed = false;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** Takes a value that another call brought, so that the screen need not wait for the next load. */
  put(value: T): void {
    this.value = value;
    this.error = null;
  }

  /** Loads now; while a load runs, one more is remembered and the rest fall together with it. */
  async refresh(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    do {
      this.#again = false;
      try {
        const value = await this.#load();
        if (!this.#closed) this.put(value);
      } catch (thrown) {
        if (!this.#closed) this.error = toCallError(thrown);
      }
    } while (this.#again && !this.#closed);
    this.#running = false;
  }

  /** Loads and follows the news until the returned function is called. */
  follow(): () => void {
    this.#closed = false;
    void this.refresh();
    const leave = onNews(() => void this.refresh());
    return () => {
      this.#closed = true;
      leave();
    };
  }
}
