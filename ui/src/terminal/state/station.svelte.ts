// What the whole terminal knows: where the device stands, its programmes, what went wrong and waits to be seen, and
// the time of day.
import { call } from '../../lib/calls';
import { CallError, toCallError } from '../../lib/errors';
import type { PointsWord } from '../../lib/format';
import type { MembershipView } from '../../lib/generated/MembershipView';
import type { StatusView } from '../../lib/generated/StatusView';
import { platform } from '../../lib/platform';
import { sound } from '../../lib/sound';
import { applyTheme } from '../../lib/theme';

const statusMs = 3_000;
const clockMs = 1_000;
const plainWord: PointsWord = {};

/** A failure that stays on the screen until somebody acknowledges it. */
export interface Problem {
  error: CallError;
  /** What was being done, for example the text that was scanned. */
  about: string | null;
}

/** Where a text came from: only a typed one may be an amount in whole units or a name to search for. */
export type Origin = 'typed' | 'scanned';

/** A text that goes along to the programme it belongs to. */
export interface Carried {
  text: string;
  origin: Origin;
  /** What it was shown for. */
  aim: 'sale' | 'redeem';
}

/** What a round of sending came to, over all programmes. */
export interface Sent {
  pushed: number;
  changes: number;
  rejected: number;
}

/** State of the device, kept fresh by news from the core and every few seconds. */
export class Station {
  status = $state.raw<StatusView | null>(null);
  /** The programmes of this terminal. */
  programmes = $state.raw<readonly MembershipView[]>([]);
  /** What waits to be taken in the programme that was just changed to. */
  carried = $state.raw<Carried | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Set while the core itself does not answer. */
  lost = $state.raw<CallError | null>(null);
  /** This moment, milliseconds; moves once a second. */
  nowMs = $state(Date.now());
  #listeners = new Set<() => void>();
  #moves = 0;

  /** The programme's word for points; empty forms until it is known. */
  get word(): PointsWord {
    return (this.status?.programme?.points_word as PointsWord | undefined) ?? plainWord;
  }

  /** The till's currency, ISO 4217; empty until it is known. */
  get currency(): string {
    return this.status?.outlet?.currency ?? this.status?.programme?.currency ?? '';
  }

  /** True when there is a programme to change to. */
  get several(): boolean {
    return this.programmes.length > 1;
  }

  /** Commands that wait for the server, in all programmes. */
  get waiting(): number {
    return this.several ? this.programmes.reduce((sum, one) => sum + one.waiting, 0) : (this.status?.waiting ?? 0);
  }

  /** True when a queue does not move although there may be a network. */
  get stuck(): boolean {
    return this.lost !== null || Boolean(this.status?.blocked) || this.programmes.some((one) => one.blocked !== null);
  }

  /** Asks where the device stands. Rejects with a CallError when the core does not answer. */
  async refresh(): Promise<StatusView> {
    const moves = this.#moves;
    try {
      const [status, programmes] = await Promise.all([call('status', {}), call('memberships', {})]);
      this.lost = null;
      // An answer from before a change of programme is about the other one.
      if (moves !== this.#moves) return this.status ?? status;
      this.programmes = programmes;
      this.accept(status);
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
    if (status.programme?.id !== before) applyTheme(status.programme?.theme ?? null);
  }

  /** Changes the programme that all screens are about; `carried` is taken there. */
  async choose(programme_id: string, carried: Carried | null = null): Promise<void> {
    await this.move(() => call('select_membership', { programme_id }), carried);
  }

  /** Runs a call that changes the programme in use: a choice, an enrolment, the end of one. */
  async move(change: () => Promise<StatusView>, carried: Carried | null = null): Promise<void> {
    this.#moves += 1;
    try {
      const status = await change();
      this.carried = carried;
      this.accept(status);
    } finally {
      this.#moves += 1;
    }
    await this.refresh().catch(() => undefined);
  }

  /** Hands over what waited for this programme, once. */
  arrived(): Carried | null {
    const carried = this.carried;
    this.carried = null;
    return carried;
  }

  /** Exchanges with the servers of all programmes. One that fails keeps no other back; its failure is told at the end. */
  async sync(): Promise<Sent> {
    const ids = this.several ? this.programmes.map((one) => one.programme_id) : [undefined];
    const ended = await Promise.allSettled(ids.map((programme_id) => call('sync', { programme_id })));
    const failed = ended.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    const done = ended.filter((one) => one.status === 'fulfilled').map((one) => one.value);
    const sum = (of: (one: (typeof done)[number]) => number) => done.reduce((all, one) => all + of(one), 0);
    return { pushed: sum((one) => one.pushed), changes: sum((one) => one.changes), rejected: sum((one) => one.rejected) };
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
