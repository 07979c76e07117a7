// A draft on its way: its text, what stands against it, its replay over the past, and publishing it.
import type { CallError } from '../../lib/errors';
import type { ReplayState } from '../../lib/generated-console/ReplayState';
import type { RulesChecked } from '../../lib/generated-console/RulesChecked';
import type { RulesPublished } from '../../lib/generated-console/RulesPublished';
import type { RuleSet } from '../../lib/generated-console/RuleSet';
import { rest } from '../../lib/rest';
import { problemOf } from '../state/session.svelte';

const lookMs = 700;
const base = '/v1/console/rules';

/** A draft of the rules. */
export class Draft {
  text = $state('');
  note = $state('');
  checked = $state.raw<RulesChecked | null>(null);
  replay = $state.raw<ReplayState | null>(null);
  error = $state.raw<CallError | null>(null);
  busy = $state<'' | 'check' | 'replay' | 'publish'>('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #followed = false;

  /** True while the checked text is the one in the editor and can be published. */
  get publishable(): boolean {
    return this.checked?.publishable === true;
  }

  /** True while a replay goes on. */
  get running(): boolean {
    return this.replay?.phase === 'running';
  }

  /** Takes another text; what was found about the one before counts no longer. */
  write(text: string): void {
    this.text = text;
    this.checked = null;
  }

  /** Begins with the rules in force, as the version that follows. */
  begin(set: RuleSet): void {
    this.write(JSON.stringify({ ...set, version: set.version + 1 }, null, 2));
  }

  async #attempt(what: 'check' | 'replay' | 'publish', work: () => Promise<void>): Promise<void> {
    if (this.busy !== '') return;
    this.busy = what;
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      this.error = problemOf(thrown);
    }
    this.busy = '';
  }

  /** Asks what stands against the draft. */
  check(): Promise<void> {
    const text = this.text;
    return this.#attempt('check', async () => {
      const found = await rest<RulesChecked>('POST', `${base}/check`, { text });
      if (text === this.text) this.checked = found;
    });
  }

  /** Publishes; gives the new version, or null when it was refused. */
  async publish(): Promise<number | null> {
    let version: number | null = null;
    await this.#attempt('publish', async () => {
      const done = await rest<RulesPublished>('POST', `${base}/publish`, { text: this.text, note: this.note });
      version = done.version;
      this.write('');
      this.note = '';
    });
    return version;
  }

  /** Starts a replay and looks after it until it ends. */
  start(): Promise<void> {
    return this.#attempt('replay', async () => {
      this.replay = await rest<ReplayState>('POST', `${base}/replay`, { text: this.text, from_ms: null, until_ms: null });
      this.#again();
    });
  }

  /** Ends the replay. */
  async cancel(): Promise<void> {
    try {
      this.replay = await rest<ReplayState>('POST', `${base}/replay/cancel`, {});
    } catch (thrown) {
      this.error = problemOf(thrown);
    }
  }

  /** Looks how far the newest replay is, now and while it runs, until the returned function is called. */
  follow(): () => void {
    this.#followed = true;
    void this.#look();
    return () => {
      this.#followed = false;
      clearTimeout(this.#timer);
    };
  }

  async #look(): Promise<void> {
    try {
      this.replay = await rest<ReplayState>('GET', `${base}/replay`);
    } catch (thrown) {
      this.error = problemOf(thrown);
      return;
    }
    this.#again();
  }

  #again(): void {
    clearTimeout(this.#timer);
    if (this.#followed && this.running) this.#timer = setTimeout(() => void this.#look(), lookMs);
  }
}
