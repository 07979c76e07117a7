// A receipt claimed by its photo: the picture, the product, what else can be read on it, and sending.
import { toBase64 } from '../../lib/bytes';
import { call } from '../../lib/calls';
import { CallError, toCallError } from '../../lib/errors';
import type { ActivityView } from '../../lib/generated/ActivityView';
import type { ProductView } from '../../lib/generated/ProductView';
import type { Photo } from '../../lib/photo';
import { sound } from '../../lib/sound';
import { tell } from './news';
import { rememberProduct } from './recent';
import { lastClaim } from './scanning.svelte';
import { session } from './session.svelte';

/** One photo of a receipt on its way to a claim. */
export class ReceiptClaim {
  photo = $state.raw<Photo | null>(null);
  product = $state.raw<ProductView | null>(null);
  number = $state('');
  day = $state('');
  total = $state('');
  busy = $state(false);
  error = $state.raw<CallError | null>(null);
  readonly #onDone: (line: ActivityView) => void;

  constructor(onDone: (line: ActivityView) => void) {
    this.#onDone = onDone;
  }

  /** True once there is all that is needed. */
  get ready(): boolean {
    return this.photo !== null && this.product !== null;
  }

  /** True when the refusal says that the same photo was shown before. */
  get again(): boolean {
    return this.error?.code.replaceAll('-', '_') === 'photo_same';
  }

  /** Takes a picture in place of the one before. A picture that cannot be read stays out and says why. */
  async take(picture: () => Promise<Photo>): Promise<void> {
    await this.#work(async () => {
      this.photo = await picture();
    });
  }

  /** Sends it, also without a network: the core keeps it until there is one. */
  async send(): Promise<void> {
    const { photo, product } = this;
    if (photo === null || product === null) return;
    await this.#work(async () => {
      const typed = this.total.trim();
      const total = typed === '' ? null : (await call('parse_amount', { text: typed })).minor;
      const done = await call('claim_photo', {
        image_base64: toBase64(photo.bytes), product: product.id, number: this.number.trim() || null, total_minor: total, day: this.day || null,
      });
      rememberProduct(session.status.value?.programme?.id ?? '', product.id);
      lastClaim.line = done.activity;
      sound('done');
      tell();
      this.#onDone(done.activity);
    });
  }

  /** The refusal was read. The same photo again is of no use: another one is needed. */
  acknowledge(): void {
    if (this.again) this.photo = null;
    this.error = null;
  }

  async #work(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      this.error = toCallError(thrown);
    }
    this.busy = false;
  }
}
