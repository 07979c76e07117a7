// A redemption at the till: the member proves who they are, a reward is chosen, the core says whether to hand it over.
import { call } from '../../lib/calls';
import { CallError, toCallError } from '../../lib/errors';
import type { BuyerView } from '../../lib/generated/BuyerView';
import type { RedeemDone } from '../../lib/generated/RedeemDone';
import type { RewardView } from '../../lib/generated/RewardView';
import { sound } from '../../lib/sound';
import type { Station } from './station.svelte';

const proofCodes = new Set(['proof-expired', 'proof-used', 'proof-required', 'proof-invalid']);

/** The steps of one redemption. */
export class Redeeming {
  readonly #station: Station;
  member = $state.raw<BuyerView | null>(null);
  rewards = $state.raw<readonly RewardView[] | null>(null);
  chosen = $state.raw<RewardView | null>(null);
  answer = $state.raw<RedeemDone | null>(null);
  busy = $state(false);
  #proof = '';
  #participant = '';

  constructor(station: Station) {
    this.#station = station;
  }

  /** Starts anew; a buyer with a fresh proof need not show it again. */
  async begin(buyer: BuyerView | null): Promise<void> {
    this.reset();
    if (buyer?.proven && buyer.reference.by === 'proof') await this.#accept(buyer);
  }

  /** Forgets everything. */
  reset(): void {
    this.member = null;
    this.rewards = null;
    this.chosen = null;
    this.answer = null;
    this.#proof = '';
    this.#participant = '';
  }

  /** Takes the text of a member's rotating code. Anything weaker is refused with `proof-required`. */
  async prove(text: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const buyer = await call('find_buyer', { text });
      if (!buyer.proven || buyer.reference.by !== 'proof') throw new CallError('proof-required');
      this.reset();
      sound('done');
      await this.#accept(buyer);
    } catch (thrown) {
      this.#station.fail(thrown, text);
    } finally {
      this.busy = false;
    }
  }

  /** Redeems the chosen reward. A proof that no longer counts leads back to the first step. */
  async confirm(): Promise<void> {
    if (!this.chosen || this.busy) return;
    this.busy = true;
    try {
      this.answer = await call('redeem', { participant: this.#participant, proof: this.#proof, reward: this.chosen.code });
      sound(mayHandOver(this.answer.state) ? 'done' : 'wrong');
      void this.#station.refresh().catch(() => undefined);
    } catch (thrown) {
      if (proofCodes.has(toCallError(thrown).code.replaceAll('_', '-'))) this.reset();
      this.#station.fail(thrown);
    } finally {
      this.busy = false;
    }
  }

  async #accept(buyer: BuyerView): Promise<void> {
    if (buyer.reference.by !== 'proof') return;
    this.#proof = buyer.reference.proof;
    this.#participant = buyer.participant ?? buyer.reference.participant;
    this.member = buyer;
    try {
      const all = await call('rewards', { participant: this.#participant });
      this.rewards = all.filter((reward) => reward.at_till).sort(byUse);
    } catch (thrown) {
      this.reset();
      this.#station.fail(thrown);
    }
  }
}

/** True when the goods may leave the counter. */
export function mayHandOver(state: string): boolean {
  return state === 'confirmed' || state === 'under_lease';
}

/** What can be handed over comes first, then by price. */
function byUse(a: RewardView, b: RewardView): number {
  const rank = (reward: RewardView) => (reward.affordable === false || reward.stock === 0 ? 1 : 0);
  return rank(a) - rank(b) || a.cost_points - b.cost_points;
}
