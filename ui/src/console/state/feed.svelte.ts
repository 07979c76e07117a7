// An answer of the server that a screen shows: loading, there, or failed with a way to try again.
import type { CallError } from '../../lib/errors';
import { rest } from '../../lib/rest';
import { problemOf } from './session.svelte';

/** A value with its load and its failure; only the newest load counts. */
export class Feed<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<CallError | null>(null);
  loading = $state(false);
  #abort: AbortController | null = null;

  /** Loads `path`; a load that is still under way is dropped. */
  async load(path: string): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.loading = true;
    try {
      const value = await rest<T>('GET', path, undefined, abort.signal);
      if (abort.signal.aborted) return;
      this.value = value;
      this.error = null;
    } catch (thrown) {
      if (abort.signal.aborted) return;
      this.error = problemOf(thrown);
    }
    this.loading = false;
  }

  /** Forgets what was loaded. */
  clear(): void {
    this.#abort?.abort();
    this.value = null;
    this.error = null;
    this.loading = false;
  }
}
