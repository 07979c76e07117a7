// What a redemption's answer means at the counter. Pure, so that it is tested without a till.
import type { CallError } from '../../lib/errors';
import type { RewardView } from '../../lib/generated/RewardView';

/** States in which the goods may leave the counter. */
const given = new Set(['confirmed', 'under_lease', 'under_allowance', 'with_voucher']);

/** Refusals of a text that is no whole answer: the same one can be scanned again. */
const unreadable = new Set(['proof-invalid', 'code-damaged', 'bad-input']);

/** Refusals that a new question to the same phone can mend. */
const mendable = new Set(['challenge-other', 'challenge-stale', 'challenge-differs', 'challenge-elsewhere', 'proof-expired']);

/** What helps after a refusal: the same answer once more, a new question, or another reward. */
export type Help = 'scan' | 'question' | 'reward';

/** True when the goods may leave the counter. */
export function mayHandOver(state: string): boolean {
  return given.has(state);
}

/** What helps after a refused answer. */
export function helpAfter(refusal: CallError): Help {
  const slug = slugOf(refusal.code);
  if (unreadable.has(slug)) return 'scan';
  return mendable.has(slug) ? 'question' : 'reward';
}

/** A code as messages spell it. */
export function slugOf(code: string): string {
  return code.replaceAll('_', '-');
}

/** What can be handed over comes first, then by price. */
export function byUse(a: RewardView, b: RewardView): number {
  const rank = (reward: RewardView) => (reward.affordable === false || reward.stock === 0 ? 1 : 0);
  return rank(a) - rank(b) || a.cost_points - b.cost_points;
}
