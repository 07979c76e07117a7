// A redemption at the till. With a network the member's changing code is enough and the server decides. Without one,
// or with a voucher, the till asks in a picture, the member's phone agrees in another, and the till decides alone.
import { call } from '../../lib/calls';
import { CallError, toCallError } from '../../lib/errors';
import type { BuyerView } from '../../lib/generated/BuyerView';
import type { ChallengeView } from '../../lib/generated/ChallengeView';
import type { RedeemDone } from '../../lib/generated/RedeemDone';
import type { RewardView } from '../../lib/generated/RewardView';
import { sound } from '../../lib/sound';
import { byUse, helpAfter, mayHandOver, slugOf } from './handing';
import type { Station } from './station.svelte';

const proofCodes = new Set(['proof-expired', 'proof-used', 'proof-required', 'proof-invalid']);

/** How the member agrees: `code`, the changing code and the server; `phone`, an answer to this till's question. */
export type Way = 'code' | 'phone';

/** The steps of one redemption. */
export class Redeeming {
  readonly #station: Station;
  way = $state<Way>('code');
  member = $state.raw<BuyerView | null>(null);
  rewards = $state.raw<readonly RewardView[] | null>(null);
  chosen = $state.raw<RewardView | null>(null);
  /** The question that the member's phone is to answer. */
  question = $state.raw<ChallengeView | null>(null);
  answer = $state.raw<RedeemDone | null>(null);
  /** Why an answer was not taken; stays until somebody goes on. */
  refusal = $state.raw<CallError | null>(null);
  busy = $state(false);
  #proof = '';
  #participant = '';

  constructor(station: Station) {
    this.#station = station;
  }

  /** Starts anew; a buyer with a fresh proof need not show it again. Without a network the phone must agree. */
  async begin(buyer: BuyerView | null, online: boolean): Promise<void> {
    this.reset();
    if (!online) return this.byPhone();
    if (buyer?.proven && buyer.reference.by === 'proof') await this.#accept(buyer);
  }

  /** Forgets everything. */
  reset(): void {
    this.way = 'code';
    this.member = null;
    this.rewards = null;
    this.chosen = null;
    this.question = null;
    this.answer = null;
    this.refusal = null;
    this.#proof = '';
    this.#participant = '';
  }

  /** Goes the way that needs no network: choose, ask, read the answer. */
  async byPhone(): Promise<void> {
    this.reset();
    this.way = 'phone';
    try {
      this.rewards = await rewardsFor(null);
    } catch (thrown) {
      this.reset();
      this.#station.fail(thrown);
    }
  }

  /** True while a member's changing code is waited for. */
  get asksForCode(): boolean {
    return this.way === 'code' && this.answer === null && this.refusal === null && this.member === null;
  }

  /** Takes a scanned or typed text: the changing code, or the phone's answer, whichever is waited for. */
  async take(text: string): Promise<void> {
    if (this.answer || this.refusal) return sound('wrong');
    if (this.way === 'code') return this.prove(text);
    if (this.question) return this.#redeemAnswer(text);
    sound('wrong');
  }

  /** Takes the text of a member's rotating code. Anything weaker is refused with `proof-required`. */
  async prove(text: string): Promise<void> {
    await this.#work(text, async () => {
      const buyer = await call('find_buyer', { text });
      if (!buyer.proven || buyer.reference.by !== 'proof') throw new CallError('proof-required');
      this.reset();
      sound('done');
      await this.#accept(buyer);
    });
  }

  /** Redeems the chosen reward, or asks the member's phone. A proof that no longer counts leads back to the first step. */
  async confirm(): Promise<void> {
    const chosen = this.chosen;
    if (!chosen) return;
    if (this.way === 'phone') return this.ask();
    await this.#work(null, async () => {
      try {
        this.#done(await call('redeem', { participant: this.#participant, proof: this.#proof, reward: chosen.code }));
      } catch (thrown) {
        const code = slugOf(toCallError(thrown).code);
        if (code === 'challenge-needed') return this.#goOnByPhone(chosen);
        if (proofCodes.has(code)) this.reset();
        throw thrown;
      }
    });
  }

  /** Shows a new question for the chosen reward. */
  async ask(): Promise<void> {
    const chosen = this.chosen;
    if (!chosen) return;
    await this.#work(null, () => this.#ask(chosen));
  }

  /** After a refusal was read: the same question once more, a new one, or the choice of a reward, as it helps. */
  async goOn(): Promise<void> {
    const help = this.refusal ? helpAfter(this.refusal) : 'reward';
    this.refusal = null;
    if (help === 'question') await this.ask();
    else if (help === 'reward') this.chooseAgain();
  }

  /** Back to the rewards. */
  chooseAgain(): void {
    this.question = null;
    this.refusal = null;
    this.chosen = null;
  }

  async #goOnByPhone(chosen: RewardView): Promise<void> {
    this.way = 'phone';
    await this.#ask(chosen);
  }

  async #ask(chosen: RewardView): Promise<void> {
    this.question = await call('challenge', { reward: chosen.code });
    this.refusal = null;
  }

  async #redeemAnswer(text: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      this.#done(await call('redeem_answer', { text: text.trim() }));
    } catch (thrown) {
      this.refusal = toCallError(thrown);
      sound('wrong');
    } finally {
      this.busy = false;
    }
  }

  #done(answer: RedeemDone): void {
    this.answer = answer;
    sound(mayHandOver(answer.state) ? 'done' : 'wrong');
    void this.#station.refresh().catch(() => undefined);
  }

  async #work(about: string | null, work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await work();
    } catch (thrown) {
      this.#station.fail(thrown, about);
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
      this.rewards = await rewardsFor(this.#participant);
    } catch (thrown) {
      this.reset();
      this.#station.fail(thrown);
    }
  }
}

/** What a cashier may hand over. */
async function rewardsFor(participant: string | null): Promise<readonly RewardView[]> {
  const all = await call('rewards', { participant });
  return all.filter((reward) => reward.at_till).sort(byUse);
}
