// One thing at a time that somebody asks the server for by a button: under way, or refused with why.
import type { CallError } from '../../lib/errors';
import { problemOf } from './session.svelte';

/** The work behind the buttons of one screen part: a second press while it goes on does nothing. */
export class Attempt {
  busy = $state(false);
  error = $state.raw<CallError | null>(null);

  /** Does `work`; `error` says afterwards why it failed, if it did. */
  async run(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      this.error = problemOf(thrown);
    }
    this.busy = false;
  }

  /** Forgets what failed. */
  readonly acknowledge = (): void => {
    this.error = null;
  };
}
