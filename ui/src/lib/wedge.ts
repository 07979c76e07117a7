// Tells a keyboard-wedge scanner from a person by the rhythm of keys. A pure state machine: instants come in with the
// keys, and nothing here touches the page (lib/wedge-dom.ts does).
//
// Each character key is held back at first. A fast run that ends in Enter, Tab or silence is a scan and its suffix
// is swallowed; anything else is given back in order, as the person typed it. Keys that a person pressed just before
// a scan are given back before it. Wireless scanners send keys in bursts with longer pauses between; scanners that
// mark their scans (STX, AIM identifier) may be as slow as they like.
import { controlChar, groupSeparator, scannerChar, startOfText } from './wedge-keys';
import { gapsOf, headOf, isNumberWithCheckDigit, median } from './wedge-rhythm';

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
  /** A pause inside a run whose keys otherwise come faster than `burstMs`: a wireless scanner's next packet. */
  burstGapMs: number;
  burstMs: number;
  /** A pause inside a run that began with a scanner's mark. */
  markedGapMs: number;
}

/** The contract's figures. */
export const wedgeLimits: WedgeLimits = {
  meanGapMs: 35, maxGapMs: 60, lengthMin: 4, lengthMax: 3_072, suffixGraceMs: 120, burstGapMs: 130, burstMs: 20, markedGapMs: 250,
};

/** So many keys before a rhythm counts as a burst: nobody rolls four keys that fast. */
const burstKeysMin = 4;
/** Keys at either end of a run by which its patience is decided. */
const lookedAt = 16;
const aimPrefix = /^\][A-Za-z][0-9A-Za-z]/;
/** An AIM identifier, or the beginning of one. */
const aimStart = /^\](?:[A-Za-z](?:[0-9A-Za-z]|$)|$)/;
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
    return last === undefined ? null : last.key.t + this.#patienceMs();
  }

  /** How long a pause may be before it ends the run. */
  #patienceMs(): number {
    // Asked with every key: only a few of them are looked at, however long the run is.
    const head = this.#held.slice(0, lookedAt).map((held) => held.char).join('');
    if (head.includes(startOfText) || aimStart.test(head)) return this.#limits.markedGapMs;
    const recent = this.#held.slice(-lookedAt).map((held) => held.key.t);
    const burst = recent.length >= burstKeysMin && median(gapsOf(recent)) < this.#limits.burstMs;
    const whole = this.#held.length < lookedAt && isNumberWithCheckDigit(head);
    return burst && !whole ? this.#limits.burstGapMs : this.#limits.maxGapMs;
  }

  #times(): number[] {
    return this.#held.map((held) => held.key.t);
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
    const control = controlChar(key.code, key.key, key.shift, key.ctrl === true);
    if (control === startOfText) return control;
    if (control !== null) return this.#held.length > 0 ? control : null;
    return key.ctrl === true ? null : scannerChar(key.code, key.key, key.shift);
  }

  #suffix(key: WedgeKey, earlier: WedgeOutput[]): WedgeStep {
    if (this.#held.length > 0) {
      const outputs = this.#close(key.t);
      return { hold: outputs.some((output) => output.kind === 'scan'), outputs: [...earlier, ...outputs] };
    }
    // A scanner may send its suffix late, or two of them; the focused button must not feel either.
    const late = this.#scanAt !== null && key.t - this.#scanAt <= this.#limits.suffixGraceMs;
    return { hold: late, outputs: earlier };
  }

  #close(at: number): WedgeOutput[] {
    const marked = this.#held.findIndex((held) => held.char === startOfText);
    const head = marked >= 0 ? marked : headOf(gapsOf(this.#times()), this.#limits);
    const before = this.#held.slice(0, head).map((held) => held.key);
    const scan = asScan(this.#held.slice(head), this.#limits);
    if (scan === null) return this.#giveBack();
    this.#held = [];
    this.#scanAt = at;
    return before.length > 0 ? [{ kind: 'replay', keys: before }, scan] : [scan];
  }

  #giveBack(): WedgeOutput[] {
    if (this.#held.length === 0) return [];
    const keys = this.#held.map((held) => held.key);
    this.#held = [];
    return [{ kind: 'replay', keys }];
  }
}

/** A run as a scan, or null when its rhythm or length is a person's. */
function asScan(run: Held[], limits: WedgeLimits): WedgeOutput | null {
  let text = run.map((held) => held.char).join('');
  const marked = text.startsWith(startOfText);
  text = text.replaceAll(startOfText, '');
  const aim = aimPrefix.exec(text)?.[0] ?? null;
  if (aim !== null) text = text.slice(aim.length);
  // What is only separators says nothing.
  if (text.replaceAll(groupSeparator, '') === '') return null;
  const certain = marked || aim !== null;
  if (!certain && (text.length < limits.lengthMin || !isFast(run, limits))) return null;
  return { kind: 'scan', text, aim, certain };
}

/** Faster than people type: on the whole, or within bursts. */
function isFast(run: Held[], limits: WedgeLimits): boolean {
  const gaps = gapsOf(run.map((held) => held.key.t));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length);
  if (mean < limits.meanGapMs) return true;
  return run.length >= burstKeysMin && median(gaps) < limits.burstMs && mean < limits.maxGapMs;
}

/**
 * A scan that came by the clipboard, as telephones and programs beside the till send them: one line, with or without
 * its line end. Null for what nobody scanned.
 */
export function scanOfPaste(pasted: string, limits: WedgeLimits = wedgeLimits): Extract<WedgeOutput, { kind: 'scan' }> | null {
  const line = pasted.replace(/[\r\n\t]+$/, '').replace(startOfText, '').trim();
  if (/[\r\n]/.test(line) || line.length < limits.lengthMin || line.length > limits.lengthMax) return null;
  const aim = aimPrefix.exec(line)?.[0] ?? null;
  const text = aim === null ? line : line.slice(aim.length);
  return text === '' ? null : { kind: 'scan', text, aim, certain: aim !== null };
}
