// The keyboard scanner of the till. On a busy machine the first keys of a scan can come so late that they pass for
// typing and land in the focused field; they are taken out of it and joined to the rest.
import { attachWedge } from '../../lib/wedge-dom';

const runGapMs = 400;
const runLengthMax = 8;
const tornMs = 250;
const tornPerKeyMs = 30;

/** What the run needs of a field. */
export interface Box {
  value: string;
}

/** The characters that went into a field a moment ago. Instants are given in milliseconds, so it can be tested. */
export class Run {
  #box: Box | null = null;
  #text = '';
  #lastMs = 0;

  /** Notes what was typed into a field; null (a deletion, a paste) ends the run. */
  note(box: Box, typed: string | null, nowMs: number): void {
    if (box !== this.#box || typed === null || nowMs - this.#lastMs > runGapMs) this.#text = '';
    this.#box = box;
    this.#text += typed ?? '';
    this.#lastMs = nowMs;
  }

  /** The torn head of a scan that ends now, when the field with the focus holds one; the run is over either way. */
  head(scanned: string, focused: Box | null, nowMs: number): string {
    const head = this.#text;
    this.#text = '';
    if (this.#box === null || focused !== this.#box || head.length > runLengthMax) return '';
    const fresh = nowMs - this.#lastMs < tornMs + tornPerKeyMs * scanned.length;
    return fresh && this.#box.value.endsWith(head) ? head : '';
  }
}

function isBox(target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** Hands each scan to `onScan`, whatever has the focus; returns the way out. */
export function attachScanner(onScan: (text: string) => void): () => void {
  const run = new Run();
  const note = (event: Event) => {
    if (isBox(event.target)) run.note(event.target, event instanceof InputEvent ? event.data : null, performance.now());
  };
  const whole = (scanned: string): string => {
    const box = isBox(document.activeElement) ? document.activeElement : null;
    const head = run.head(scanned, box, performance.now());
    if (box === null || head === '') return scanned;
    box.value = box.value.slice(0, -head.length);
    box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContentBackward' }));
    return head + scanned;
  };
  window.addEventListener('input', note, { capture: true });
  const stop = attachWedge((scan) => onScan(whole(scan.text)));
  return () => {
    window.removeEventListener('input', note, { capture: true });
    stop();
  };
}
