// What a redemption's answer means at the counter. Pure, so that it is tested without a till.
import type { CallError } from '../../lib/errors';
import type { RewardView } from '../../lib/generated/RewardView';

/** States in which the goods may leave the counter. */
const given = new Set(['confirmed', 'under_lease', 'with_voucher']);

/** Refusals that a new question to the same phone can mend. */
const mendable = new Set([
  'challenge-other', 'challenge-stale', 'challenge-differs', 'challenge-elsewhere', 'proof-invalid', 'proof-expired', 'code-damaged',
]);

/** True when the goods may leave the counter. */
export function mayHandOver(state: string): boolean {
  return given.has(state);
}

/** True when showing a new question to the same phone can help; otherwise another reward, or none. */
export function tryNewQuestion(refusal: CallError): boolean {
  return mendable.has(slugOf(refusal.code));
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
