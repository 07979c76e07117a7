// A series under way: the record first, then its typed codes in steps, so that people see how far it is and can stop.
import type { CallError } from '../../lib/errors';
import type { SeriesFilled } from '../../lib/generated-console/SeriesFilled';
import type { SeriesMade } from '../../lib/generated-console/SeriesMade';
import type { SeriesWish } from '../../lib/generated-console/SeriesWish';
import { rest } from '../../lib/rest';
import { problemOf } from '../state/session.svelte';

/** `idle`: nothing asked; `busy`: codes are made; `stopped`: somebody stopped it, the codes so far exist; `done`: all exist. */
export type MakingPhase = 'idle' | 'busy' | 'stopped' | 'done';

/** One series being made. */
export class Making {
  phase = $state<MakingPhase>('idle');
  codes = $state(0);
  wanted = $state(0);
  error = $state.raw<CallError | null>(null);
  #stop = false;

  /** Begins a series and makes its codes. */
  async begin(wish: SeriesWish): Promise<void> {
    if (this.phase === 'busy') return;
    this.wanted = wish.pieces;
    await this.#work(async () => {
      this.codes = (await rest<SeriesMade>('POST', '/v1/console/series', wish)).codes;
      await this.#fill(wish.code);
    });
  }

  /** Goes on with a series whose codes were not all made. */
  async resume(code: string, codes: number, wanted: number): Promise<void> {
    if (this.phase === 'busy') return;
    this.codes = codes;
    this.wanted = wanted;
    await this.#work(() => this.#fill(code));
  }

  /** Stops after the step that is under way. What exists stays and can be gone on with. */
  stop(): void {
    this.#stop = true;
  }

  async #fill(code: string): Promise<void> {
    while (this.codes < this.wanted && !this.#stop) {
      const before = this.codes;
      const filled = await rest<SeriesFilled>('POST', `/v1/console/series/${encodeURIComponent(code)}/fill`, {});
      this.codes = filled.codes;
      this.wanted = filled.wanted;
      // A server that makes no progress is not asked for ever.
      if (filled.codes <= before) break;
    }
  }

  async #work(work: () => Promise<void>): Promise<void> {
    this.phase = 'busy';
    this.#stop = false;
    this.error = null;
    try {
      await work();
      this.phase = this.codes < this.wanted ? 'stopped' : 'done';
    } catch (thrown) {
      this.error = problemOf(thrown);
      this.phase = this.codes > 0 ? 'stopped' : 'idle';
    }
  }
}
