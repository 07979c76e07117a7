// One visit under way: each step goes to the core at once and comes back as the stop's new state.
import { toBase64 } from '../../lib/bytes';
import { call } from '../../lib/calls';
import { toCallError, type CallError } from '../../lib/errors';
import type { StopView } from '../../lib/generated/StopView';
import type { Photo } from '../../lib/photo';
import { sound } from '../../lib/sound';
import type { Feed } from './feed.svelte';
import { tell } from './news';

/** The most photos of one visit. */
const photosMax = 4;

/** The steps of a visit. A refusal stays in `error` until it is acknowledged. */
export class Visiting {
  busy = $state(false);
  error = $state.raw<CallError | null>(null);
  note = $state('');
  readonly #noteKey: string;
  readonly #stops: Feed<StopView[]>;
  readonly #stop: string;

  constructor(stops: Feed<StopView[]>, stop: string) {
    this.#stops = stops;
    this.#stop = stop;
    this.#noteKey = `carrot.visit.note.${stop}`;
    this.note = localStorage.getItem(this.#noteKey) ?? '';
  }

  /** Says: I am here. */
  checkIn(): Promise<void> {
    return this.#step(() => call('visit_check_in', { stop: this.#stop }));
  }

  /** Answers a point of the checklist; `null` takes the answer back. */
  answer(item: string, ok: boolean | null): Promise<void> {
    return this.#step(() => call('visit_answer', { stop: this.#stop, item, ok }));
  }

  /** Keeps a photo on the phone. */
  photo(photo: Photo): Promise<void> {
    return this.#step(() => call('visit_photo', { stop: this.#stop, image_base64: toBase64(photo.bytes) }));
  }

  /** Counts the products on a shelf photo; the photo is kept with the visit while there is room for it. */
  async shelf(photo: Photo, whole: Uint8Array<ArrayBuffer> = photo.bytes): Promise<void> {
    await this.#step(() => call('visit_shelf', { stop: this.#stop, image_base64: toBase64(whole) }));
    const stop = this.#stops.value?.find((one) => one.id === this.#stop);
    if (!this.error && stop && stop.draft.photos.length < photosMax) await this.photo(photo);
  }

  /** Corrects a count; 0 takes the product off the list. */
  shelfCount(gtin: string, count: number): Promise<void> {
    return this.#step(() => call('visit_shelf_count', { stop: this.#stop, gtin, count }));
  }

  /** Keeps the remark while it is written, so that closing the page loses nothing. */
  write(note: string): void {
    this.note = note;
    localStorage.setItem(this.#noteKey, note);
  }

  /** Takes a photo away. */
  async removePhoto(sha256: string): Promise<void> {
    await this.attempt(async () => this.#stops.put(await call('visit_photo_remove', { sha256 })));
  }

  /** Finishes the visit. */
  async close(): Promise<void> {
    await this.#step(() => call('visit_close', { stop: this.#stop, note: this.note.trim() }));
    if (this.error) return;
    localStorage.removeItem(this.#noteKey);
    sound('done');
    tell();
  }

  /** Runs a step of somebody else under the same error. */
  async attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      this.error = toCallError(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** The refusal was read. */
  acknowledge(): void {
    this.error = null;
  }

  #step(work: () => Promise<StopView>): Promise<void> {
    return this.attempt(async () => {
      const fresh = await work();
      this.#stops.put((this.#stops.value ?? []).map((stop) => (stop.id === fresh.id ? fresh : stop)));
    });
  }
}
