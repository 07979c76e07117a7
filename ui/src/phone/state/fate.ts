// What became of a command that this phone sent: its line of history, or the refusal that took the line away.
import { call } from '../../lib/calls';
import { CallError } from '../../lib/errors';
import type { ActivityView } from '../../lib/generated/ActivityView';
import type { QueueItem } from '../../lib/generated/QueueItem';

const linesMax = 500;
const commandsMax = 200;

/** One of the two is there. */
export interface Fate {
  line: ActivityView | null;
  refusal: QueueItem | null;
}

/** The fate of the line `id` (`command:role`). A refused command leaves no line; the queue keeps its answer. */
export async function fateOf(id: string): Promise<Fate> {
  const line = (await call('activity', { limit: linesMax })).find((one) => one.id === id) ?? null;
  if (line) return { line, refusal: null };
  const command = id.split(':')[0];
  const queue = await call('queue', { limit: commandsMax });
  const refusal = queue.find((item) => item.command_id === command && item.state === 'rejected') ?? null;
  if (!refusal) throw new CallError('line-unknown');
  return { line: null, refusal };
}

/** Refused commands that left no line of history, as lines, newest first, mixed into the others. */
export async function history(limit: number): Promise<ActivityView[]> {
  const [lines, queue] = await Promise.all([call('activity', { limit }), call('queue', { limit: commandsMax })]);
  const known = new Set(lines.map((line) => line.id.split(':')[0]));
  const refused = queue.filter((item) => item.state === 'rejected' && item.code !== null && !known.has(item.command_id));
  const made = refused.map(refusedLine).filter((line) => line !== null);
  return [...lines, ...made].sort((a, b) => b.at_ms - a.at_ms);
}

const kinds: Record<string, string> = {
  'claim.submit': 'claim', 'visit.record': 'visit', 'quiz.submit': 'quiz', 'reward.redeem': 'redeem', 'sale.record': 'sale',
};

function refusedLine(item: QueueItem): ActivityView | null {
  const kind = kinds[item.kind];
  if (kind === undefined) return null;
  return {
    id: item.command_id, kind, at_ms: item.at_ms, points: 0, state: 'rejected', confirmed: true, subject: null, outlet: null,
    because: [{ code: item.code ?? 'internal', params: item.params }], derivation: [],
  };
}
