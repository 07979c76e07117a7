// A till's question from the picture to the answer: read it, show what is being agreed to, agree. No network is needed.
import { call } from '../../lib/calls';
import { toCallError, type CallError } from '../../lib/errors';
import type { AnswerView } from '../../lib/generated/AnswerView';
import type { ChallengeAsked } from '../../lib/generated/ChallengeAsked';
import { sound } from '../../lib/sound';
import { tell } from './news';
import { textsIn } from './pictures';
import { isQuestion, tagOf } from './questions';
import { session } from './session.svelte';

/** `aim`: waiting for a till's question; `ask`: it is shown, the person decides; `answer`: the till can read the answer. */
export type AnswerPhase = 'aim' | 'ask' | 'answer' | 'wrong';

/** One look for a till's question. */
export class Answering {
  phase = $state<AnswerPhase>('aim');
  busy = $state(false);
  text = $state('');
  asked = $state.raw<ChallengeAsked | null>(null);
  answer = $state.raw<AnswerView | null>(null);
  error = $state.raw<CallError | null>(null);
  #refused = '';

  /** Takes a scanned, typed or handed-over text. */
  async take(text: string): Promise<void> {
    const question = text.trim();
    if (question === '' || this.phase !== 'aim') return;
    this.text = question;
    await this.#work(async () => {
      await enterProgrammeOf(question);
      this.asked = await call('read_challenge', { text: question, voucher: null });
      this.phase = 'ask';
      sound('done');
    });
  }

  /** Takes a code that the camera sees. One that was just refused and is still held before it says nothing new. */
  async see(text: string): Promise<void> {
    if (text.trim() !== this.#refused) await this.take(text);
  }

  /** Takes a picture: the till's question in it, else the first of its codes. */
  async takePicture(file: Blob): Promise<void> {
    let found = '';
    await this.#work(async () => {
      const texts = await textsIn(file);
      found = texts.find(isQuestion) ?? texts[0] ?? '';
    });
    if (found !== '') await this.take(found);
  }

  /** Agrees: makes the answer that the till reads. */
  async agree(): Promise<void> {
    if (this.phase !== 'ask') return;
    await this.#work(async () => {
      this.answer = await call('answer_challenge', { text: this.text, voucher: this.asked?.voucher?.id ?? null });
      this.phase = 'answer';
      sound('done');
      tell();
    });
  }

  /** Back to the beginning. */
  reset(): void {
    this.phase = 'aim';
    this.text = '';
    this.asked = null;
    this.answer = null;
    this.error = null;
  }

  async #work(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await work();
    } catch (thrown) {
      this.error = toCallError(thrown);
      this.#refused = this.text;
      this.phase = 'wrong';
    } finally {
      this.busy = false;
    }
  }
}

/** A till's question names its programme; a phone with several goes to that one. */
async function enterProgrammeOf(question: string): Promise<void> {
  const tag = tagOf(question);
  const meant = (session.memberships.value ?? []).find((membership) => membership.code.toLowerCase() === tag);
  if (meant && !meant.current) await session.choose(meant.programme_id);
}
