// Tells a keyboard-wedge scanner from a person by the rhythm of keys. A pure state machine: instants come in with the
// keys, and nothing here touches the page (lib/wedge-dom.ts does).
//
// Each character key is held back at first. A fast run that ends in Enter, Tab or silence is a scan and its suffix
// is swallowed; anything else is given back in order, as the person typed it.
import { scannerChar } from './wedge-keys';

/** A key press: position, character, modifiers, and the instant in milliseconds (any monotonic origin). */
export interface WedgeKey {
  code: string;
  key: string;
  shift: boolean;
  ctrl?: boolean;
  t: number;
}

/** What comes out: a scan to act on, or held keys to give back. */
export type WedgeOutput =
  | { kind: 'scan'; text: string; aim: string | null; certain: boolean }
  | { kind: 'replay'; keys: WedgeKey[] };

/** Outcome of one key: `hold` says that the page must not see it (now, or ever when it is part of a scan). */
export interface WedgeStep {
  hold: boolean;
  outputs: WedgeOutput[];
}

/** Limits of a run; all times in milliseconds. */
export interface WedgeLimits {
  meanGapMs: number;
  maxGapMs: number;
  lengthMin: number;
  lengthMax: number;
  suffixGraceMs: number;
}

/** The contract's figures. */
export const wedgeLimits: WedgeLimits = { meanGapMs: 35, maxGapMs: 60, lengthMin: 4, lengthMax: 512, suffixGraceMs: 120 };

const startOfText = '\u0002';
const groupSeparator = '\u001d';
const aimPrefix = /^\][A-Za-z][0-9A-Za-z]/;
const modifiers = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Fn']);

interface Held {
  key: WedgeKey;
  char: string;
}

/** One recogniser per window. Feed every key with `key`, and `tick` when `dueAt` has come. */
export class Wedge {
  readonly #limits: WedgeLimits;
  #held: Held[] = [];
  #scanAt: number | null = null;

  constructor(limits: WedgeLimits = wedgeLimits) {
    this.#limits = limits;
  }

  /** The instant at which silence decides about the held keys; null when nothing is held. */
  get dueAt(): number | null {
    const last = this.#held.at(-1);
    return last === undefined ? null : last.key.t + this.#limits.maxGapMs;
  }

  /** Decides about one key press. */
  key(key: WedgeKey): WedgeStep {
    if (modifiers.has(key.key)) return { hold: false, outputs: [] };
    const outputs = this.tick(key.t);
    if (key.key === 'Enter' || key.key === 'Tab') return this.#suffix(key, outputs);
    const char = this.#charOf(key);
    if (char === null) return { hold: false, outputs: [...outputs, ...this.#giveBack()] };
    this.#held.push({ key, char });
    if (this.#held.length > this.#limits.lengthMax) return { hold: true, outputs: [...outputs, ...this.#giveBack()] };
    return { hold: true, outputs };
  }

  /** Lets silence decide: to be called at `dueAt` or later. */
  tick(now: number): WedgeOutput[] {
    const due = this.dueAt;
    return due === null || now < due ? [] : this.#close(due);
  }

  /** Gives held keys back at once, for example when the window loses its focus. */
  flush(): WedgeOutput[] {
    return this.#giveBack();
  }

  /** Control keys that scanners send inside a code are characters; any other control key is the person's. */
  #charOf(key: WedgeKey): string | null {
    if (key.key === startOfText || (key.ctrl === true && key.code === 'KeyB')) return startOfText;
    const separator = key.key === groupSeparator || (key.ctrl === true && key.code === 'BracketRight');
    if (separator) return this.#held.length > 0 ? groupSeparator : null;
    return key.ctrl === true ? null : scannerChar(key.code, key.key, key.shift);
  }

  #suffix(key: WedgeKey, earlier: WedgeOutput[]): WedgeStep {
    if (this.#held.length > 0) {
      const outputs = this.#close(key.t);
      return { hold: outputs[0]?.kind === 'scan', outputs: [...earlier, ...outputs] };
    }
    // A scanner may send its suffix late, or two of them; the focused button must not feel either.
    const late = this.#scanAt !== null && key.t - this.#scanAt <= this.#limits.suffixGraceMs;
    return { hold: late, outputs: earlier };
  }

  #close(at: number): WedgeOutput[] {
    const scan = this.#asScan();
    if (scan === null) return this.#giveBack();
    this.#held = [];
    this.#scanAt = at;
    return [scan];
  }

  #giveBack(): WedgeOutput[] {
    if (this.#held.length === 0) return [];
    const keys = this.#held.map((held) => held.key);
    this.#held = [];
    return [{ kind: 'replay', keys }];
  }

  /** The held run as a scan, or null when its rhythm or length is a person's. */
  #asScan(): WedgeOutput | null {
    const first = this.#held[0];
    const last = this.#held.at(-1);
    if (first === undefined || last === undefined) return null;
    let text = this.#held.map((held) => held.char).join('');
    const marked = text.startsWith(startOfText);
    text = text.replaceAll(startOfText, '');
    const aim = aimPrefix.exec(text)?.[0] ?? null;
    if (aim !== null) text = text.slice(aim.length);
    const certain = marked || aim !== null;
    if (text === '' || (!certain && text.length < this.#limits.lengthMin)) return null;
    const meanGap = (last.key.t - first.key.t) / Math.max(1, this.#held.length - 1);
    if (!certain && meanGap >= this.#limits.meanGapMs) return null;
    return { kind: 'scan', text, aim, certain };
  }
}
