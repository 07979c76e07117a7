// What the whole terminal knows: where the device stands, what went wrong and waits to be seen, and the time of day.
import { call } from '../../lib/calls';
import { CallError, toCallError } from '../../lib/errors';
import type { PointsWord } from '../../lib/format';
import type { StatusView } from '../../lib/generated/StatusView';
import { platform } from '../../lib/platform';
import { sound } from '../../lib/sound';
import { applyTheme, type Theme } from '../../lib/theme';

const statusMs = 3_000;
const clockMs = 1_000;
const plainWord: PointsWord = {};

/** A failure that stays on the screen until somebody acknowledges it. */
export interface Problem {
  error: CallError;
  /** What was being done, for example the text that was scanned. */
  about: string | null;
}

/** State of the device, kept fresh by news from the core and every few seconds. */
export class Station {
  status = $state.raw<StatusView | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Set while the core itself does not answer. */
  lost = $state.raw<CallError | null>(null);
  /** This moment, milliseconds; moves once a second. */
  nowMs = $state(Date.now());
  #listeners = new Set<() => void>();

  /** The programme's word for points; empty forms until it is known. */
  get word(): PointsWord {
    return (this.status?.programme?.points_word as PointsWord | undefined) ?? plainWord;
  }

  /** The till's currency, ISO 4217; empty until it is known. */
  get currency(): string {
    return this.status?.outlet?.currency ?? this.status?.programme?.currency ?? '';
  }

  /** Asks where the device stands. Rejects with a CallError when the core does not answer. */
  async refresh(): Promise<StatusView> {
    try {
      const status = await call('status', {});
      this.accept(status);
      this.lost = null;
      return status;
    } catch (thrown) {
      this.lost = toCallError(thrown);
      throw this.lost;
    }
  }

  /** Takes a status that came as the answer of another call. */
  accept(status: StatusView): void {
    const before = this.status?.programme?.id;
    this.status = status;
    if (status.programme && status.programme.id !== before) applyTheme(status.programme.theme as unknown as Theme);
  }

  /** Shows a failure until it is acknowledged, with the tone for wrong. */
  fail(thrown: unknown, about: string | null = null): void {
    sound('wrong');
    this.problem = { error: toCallError(thrown), about };
  }

  /** Takes the failure off the screen. */
  acknowledge(): void {
    this.problem = null;
  }

  /** Runs `heard` after each change of the core's state; returns the way out. */
  onNews(heard: () => void): () => void {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  /** Begins to follow the core; returns the way out. */
  follow(): () => void {
    const quietly = () => void this.refresh().catch(() => undefined);
    const stop = platform().subscribe(() => {
      quietly();
      for (const heard of this.#listeners) heard();
    });
    const polling = setInterval(quietly, statusMs);
    const clock = setInterval(() => (this.nowMs = Date.now()), clockMs);
    return () => {
      stop();
      clearInterval(polling);
      clearInterval(clock);
    };
  }
}
