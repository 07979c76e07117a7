// A claim from the code to its answer: read the text, ask for the product where the code does not name it, claim.
import { call } from '../../lib/calls';
import { CallError, toCallError } from '../../lib/errors';
import type { ActivityView } from '../../lib/generated/ActivityView';
import type { CodeView } from '../../lib/generated/CodeView';
import type { MembershipView } from '../../lib/generated/MembershipView';
import { sound } from '../../lib/sound';
import { asksFirst } from './covers';
import { tell } from './news';
import { textsIn } from './pictures';
import { isQuestion } from './questions';
import { rememberProduct } from './recent';
import { session } from './session.svelte';
import { claimable, claimablesOf, Several } from './several.svelte';

/** `aim`: waiting for a code; `busy`: the core works; `product`: it must be said what was sold; `several`: a picture
    held more than one code; `programme`: several programmes take the code; `covers`: the code stands for more than one piece, which is shown first; `used`: the code was probably used already and can be sent all the same; `wrong`: a refusal stands. */
export type ScanPhase = 'aim' | 'busy' | 'product' | 'several' | 'programme' | 'covers' | 'used' | 'wrong';

/** What the last claim of this page became, so that its screen need not wait for the next load. */
export const lastClaim: { line: ActivityView | null } = { line: null };

/** One look for a code. `onDone` gets the line of history that the claim made, `onQuestion` a till's question. */
export class Scanning {
  phase = $state<ScanPhase>('aim');
  text = $state('');
  code = $state.raw<CodeView | null>(null);
  error = $state.raw<CallError | null>(null);
  several = $state.raw<Several | null>(null);
  /** The programmes that take the code, while it is to be said which. */
  programmes = $state.raw<readonly MembershipView[]>([]);
  #refused = '';
  readonly #onDone: (line: ActivityView) => void;
  readonly #onQuestion: (text: string) => void;

  constructor(onDone: (line: ActivityView) => void, onQuestion: (text: string) => void) {
    this.#onDone = onDone;
    this.#onQuestion = onQuestion;
  }

  /** Takes a scanned or typed text. A second one is let pass while the first is worked on. */
  async take(text: string): Promise<void> {
    const asked = text.trim();
    if (asked === '' || this.phase !== 'aim') return;
    if (isQuestion(asked)) return this.#onQuestion(asked);
    this.text = asked;
    await this.#work(async () => {
      const takers = await takersOf(asked);
      const [only] = takers;
      if (takers.length > 1) {
        this.programmes = takers;
        this.phase = 'programme';
        return;
      }
      if (only && !only.current) await session.choose(only.programme_id);
      await this.#read(asked);
    });
  }

  /** Says which programme the code is for. */
  async meant(programme_id: string): Promise<void> {
    if (this.phase !== 'programme') return;
    await this.#work(async () => {
      await session.choose(programme_id);
      this.programmes = [];
      await this.#read(this.text);
    });
  }

  /** Takes a code that the camera sees. One that was just refused and is still held before it says nothing new. */
  async see(text: string): Promise<void> {
    if (text.trim() !== this.#refused) await this.take(text);
  }

  /** Takes a picture: the code in it that can be claimed, a list where there are several, else the first of all. */
  async takePicture(file: Blob): Promise<void> {
    if (this.phase !== 'aim') return;
    let found = '';
    await this.#work(async () => {
      const texts = await textsIn(file);
      const rows = await claimablesOf(texts);
      if (rows.length > 1) {
        this.several = new Several(rows);
        this.phase = 'several';
        return;
      }
      // A box often carries its product's number beside the unique code.
      found = rows[0]?.text ?? texts[0] ?? '';
      this.phase = 'aim';
    });
    if (found !== '') await this.take(found);
  }

  /** Says what was sold; `null` leaves it to the server, which knows the product of a unique code. */
  async sold(product: string | null): Promise<void> {
    if (this.phase !== 'product') return;
    await this.#work(() => this.#claim(product, product));
  }

  /** Sends a code that was probably used already: the phone may be wrong, the server knows. */
  async sendUsed(): Promise<void> {
    const code = this.code;
    if (this.phase !== 'used' || code?.kind !== 'unique') return;
    await this.#work(() => this.#claim(null, code.product?.id ?? null));
  }

  /** Claims all that the code stands for. What holds several products asks which one is meant. */
  async claimAll(): Promise<void> {
    const code = this.code;
    if (this.phase !== 'covers' || code?.kind !== 'unique') return;
    await this.#work(async () => {
      try {
        await this.#claim(null, code.product?.id ?? null);
      } catch (thrown) {
        if (toCallError(thrown).code.replaceAll('-', '_') !== 'product_needed') throw thrown;
        this.phase = 'product';
      }
    });
  }

  /** Back to the beginning: after a refusal was read, or when the person goes another way. */
  reset(): void {
    this.phase = 'aim';
    this.error = null;
    this.code = null;
    this.several = null;
    this.programmes = [];
    this.text = '';
  }

  async #read(asked: string): Promise<void> {
    const code = await call('read_text', { text: asked });
    this.code = code;
    if (code.kind === 'product') throw new CallError('code_names_product_only');
    if (!claimable(code)) throw new CallError('code_not_a_claim');
    if (asksFirst(code)) this.phase = 'covers';
    else if (code.kind === 'unique' && code.product && code.perhaps_used) this.phase = 'used';
    else if (code.kind === 'unique' && code.product) await this.#claim(null, code.product.id);
    else this.phase = 'product';
  }

  async #claim(product: string | null, remembered: string | null): Promise<void> {
    const done = await call('claim', { text: this.text, product });
    const programme = session.status.value?.programme?.id ?? '';
    if (remembered !== null) rememberProduct(programme, remembered);
    lastClaim.line = done.activity;
    sound('done');
    tell();
    this.#onDone(done.activity);
  }

  async #work(work: () => Promise<void>): Promise<void> {
    this.phase = 'busy';
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      this.error = toCallError(thrown);
      this.#refused = this.text;
      this.phase = 'wrong';
    }
  }
}

/** The programmes of this phone that take a code, the one in use first; none where there is nothing to choose from. */
async function takersOf(text: string): Promise<readonly MembershipView[]> {
  if ((session.memberships.value ?? []).length < 2) return [];
  return call('route_scan', { text });
}
