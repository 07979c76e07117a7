// Several codes in one picture: each may be ticked and is claimed by itself; each has its own answer.
import { call } from '../../lib/calls';
import { CallError, toCallError } from '../../lib/errors';
import type { ActivityView } from '../../lib/generated/ActivityView';
import type { CodeView } from '../../lib/generated/CodeView';
import { sound } from '../../lib/sound';
import { tell } from './news';

/** One code of a picture. `fate` is what became of it. */
export interface Found {
  text: string;
  code: CodeView;
  ticked: boolean;
  fate: 'open' | 'busy' | 'done' | 'wrong';
  line: ActivityView | null;
  error: CallError | null;
}

/** True for what can be claimed at all. */
export function claimable(code: CodeView): boolean {
  return code.kind === 'unique' || code.kind === 'receipt';
}

/** The codes among `texts` that can be claimed, each once, in their order. What cannot be read as a code is left out. */
export async function claimablesOf(texts: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const text of new Set(texts.map((one) => one.trim()))) {
    const code = await call('read_text', { text }).catch(() => null);
    if (code === null || !claimable(code)) continue;
    found.push({ text, code, ticked: true, fate: 'open', line: null, error: null });
  }
  return found;
}

/** The list of one picture. */
export class Several {
  rows = $state<Found[]>([]);
  busy = $state(false);

  constructor(rows: readonly Found[]) {
    this.rows = [...rows];
  }

  /** How many will be claimed. */
  get ticked(): number {
    return this.rows.filter((row) => row.ticked && row.fate !== 'done').length;
  }

  /** True once every ticked code has its answer and at least one was sent. */
  get settled(): boolean {
    return this.rows.some((row) => row.fate === 'done') && this.ticked === 0;
  }

  /** Ticks a row or takes the tick away; what is claimed already stays. */
  tick(at: number): void {
    const row = this.rows[at];
    if (row && !this.busy && row.fate !== 'done') row.ticked = !row.ticked;
  }

  /** Claims what is ticked, one after the other. A refusal of one holds nothing else up. */
  async claim(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (const row of this.rows) if (row.ticked && row.fate !== 'done') await claimOne(row);
    this.busy = false;
    sound(this.rows.some((row) => row.fate === 'wrong') ? 'wrong' : 'done');
    tell();
  }
}

async function claimOne(row: Found): Promise<void> {
  row.fate = 'busy';
  row.error = null;
  try {
    const product = row.code.kind === 'unique' ? (row.code.product?.id ?? null) : null;
    row.line = (await call('claim', { text: row.text, product })).activity;
    row.fate = 'done';
  } catch (thrown) {
    row.error = toCallError(thrown);
    row.fate = 'wrong';
    row.ticked = false;
  }
}
