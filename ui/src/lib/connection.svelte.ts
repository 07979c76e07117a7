// First contact of a page with its core or server: loading, ready, or failed with the error and a way to try again.
import { toCallError, type CallError } from './errors';

/** How a first contact stands. */
export type ConnectionState = 'loading' | 'ready' | 'failed';

/** Runs `probe` until it succeeds; `value` holds its answer. Automatic tries come slower each time, up to 30 s. */
export class Connection<T> {
  state = $state<ConnectionState>('loading');
  error = $state.raw<CallError | null>(null);
  value = $state.raw<T | null>(null);
  readonly #probe: () => Promise<T>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = 1_000;

  constructor(probe: () => Promise<T>) {
    this.#probe = probe;
  }

  /** Tries now. Safe to call again at any time. */
  async retry(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.state !== 'ready') this.state = 'loading';
    try {
      this.value = await this.#probe();
      this.error = null;
      this.state = 'ready';
      this.#pauseMs = 1_000;
    } catch (thrown) {
      this.error = toCallError(thrown);
      this.state = 'failed';
      this.#timer = setTimeout(() => void this.retry(), this.#pauseMs);
      this.#pauseMs = Math.min(this.#pauseMs * 2, 30_000);
    }
  }

  /** Ends automatic tries. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
