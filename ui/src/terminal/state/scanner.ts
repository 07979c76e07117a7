// The keyboard scanner of the till. On a busy machine the first keys of a scan can come so late that they pass for
// typing and land in the focused field; they are taken out of it and joined to the rest.
import { attachWedge } from '../../lib/wedge-dom';

const runGapMs = 400;
const runLengthMax = 8;
const tornMs = 250;
const tornPerKeyMs = 30;

type Box = HTMLInputElement | HTMLTextAreaElement;

/** The characters that went into a field a moment ago. */
class Run {
  #box: Box | null = null;
  #text = '';
  #lastMs = 0;

  /** Notes what went into a field; anything but a typed character ends the run. */
  note(event: Event, nowMs: number): void {
    const box = event.target;
    const typed = event instanceof InputEvent ? event.data : null;
    if (typed === null || !(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement)) {
      this.#text = '';
      return;
    }
    if (box !== this.#box || nowMs - this.#lastMs > runGapMs) this.#text = '';
    this.#box = box;
    this.#text += typed;
    this.#lastMs = nowMs;
  }

  /** The scan as it left the scanner; takes its torn head out of the field. */
  join(scanned: string, nowMs: number): string {
    const box = this.#box;
    const head = this.#text;
    this.#text = '';
    const fresh = nowMs - this.#lastMs < tornMs + tornPerKeyMs * scanned.length;
    if (!box || head === '' || head.length > runLengthMax || !fresh || box !== document.activeElement || !box.value.endsWith(head)) return scanned;
    box.value = box.value.slice(0, -head.length);
    box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContentBackward' }));
    return head + scanned;
  }
}

/** Hands each scan to `onScan`, whatever has the focus; returns the way out. */
export function attachScanner(onScan: (text: string) => void): () => void {
  const run = new Run();
  const note = (event: Event) => run.note(event, performance.now());
  window.addEventListener('input', note, { capture: true });
  const stop = attachWedge((scan) => onScan(run.join(scan.text, performance.now())));
  return () => {
    window.removeEventListener('input', note, { capture: true });
    stop();
  };
}
