// Key streams as scanners and people make them, with instants in milliseconds.
import { describe, expect, it } from 'vitest';
import { Wedge, type WedgeKey, type WedgeOutput } from './wedge';

const cyrillic: Record<string, string> = { KeyA: 'ф', KeyB: 'и', KeyC: 'с', KeyM: 'ь', KeyT: 'е', KeyI: 'ш', KeyV: 'м' };

function keyOf(char: string, t: number, layout: Record<string, string> = {}): WedgeKey {
  if (/[0-9]/.test(char)) return { code: `Digit${char}`, key: char, shift: false, t };
  if (/[a-z]/i.test(char)) {
    const code = `Key${char.toUpperCase()}`;
    return { code, key: layout[code] ?? char, shift: char !== char.toLowerCase(), t };
  }
  const codes: Record<string, string> = { ']': 'BracketRight', '-': 'Minus', '.': 'Period', ' ': 'Space', '/': 'Slash' };
  return { code: codes[char] ?? '', key: char, shift: false, t };
}

/** `text` typed with the given gaps, which repeat. */
function stream(text: string, gaps: number[], start = 0, layout: Record<string, string> = {}): WedgeKey[] {
  let t = start;
  return [...text].map((char, at) => {
    if (at > 0) t += gaps[(at - 1) % gaps.length] ?? 0;
    return keyOf(char, t, layout);
  });
}

const enter = (t: number): WedgeKey => ({ code: 'Enter', key: 'Enter', shift: false, t });

/** Feeds keys, letting silence decide wherever it is due before the next key, as the page's timer would. */
function run(keys: WedgeKey[], wedge = new Wedge()): { outputs: WedgeOutput[]; held: boolean[]; wedge: Wedge } {
  const outputs: WedgeOutput[] = [];
  const held: boolean[] = [];
  for (const key of keys) {
    if (wedge.dueAt !== null && wedge.dueAt <= key.t) outputs.push(...wedge.tick(wedge.dueAt));
    const step = wedge.key(key);
    outputs.push(...step.outputs);
    held.push(step.hold);
  }
  if (wedge.dueAt !== null) outputs.push(...wedge.tick(wedge.dueAt));
  return { outputs, held, wedge };
}

const scans = (outputs: WedgeOutput[]) => outputs.flatMap((output) => (output.kind === 'scan' ? [output.text] : []));
const typed = (outputs: WedgeOutput[]) => outputs.flatMap((output) => (output.kind === 'replay' ? output.keys.map((key) => key.key) : [])).join('');

describe('a scanner', () => {
  it('is known by its rhythm, and its Enter is swallowed', () => {
    const keys = [...stream('9520001000201', [7, 9, 8]), enter(110)];
    const { outputs, held } = run(keys);
    expect(outputs).toEqual([{ kind: 'scan', text: '9520001000201', aim: null, certain: false }]);
    expect(held).toEqual(keys.map(() => true));
  });

  it('is accepted after silence when it sends no suffix', () => {
    expect(scans(run(stream('95200019', [12])).outputs)).toEqual(['95200019']);
  });

  it('is accepted with Tab as its suffix', () => {
    const tab: WedgeKey = { code: 'Tab', key: 'Tab', shift: false, t: 60 };
    expect(scans(run([...stream('123456', [10]), tab]).outputs)).toEqual(['123456']);
  });

  it('reads the same under a Cyrillic layout', () => {
    const { outputs } = run([...stream('MATVIC', [9], 0, cyrillic), enter(60)]);
    expect(scans(outputs)).toEqual(['MATVIC']);
  });

  it('is certain with an AIM prefix, which is taken off', () => {
    const { outputs } = run([...stream(']C1', [30]), ...stream('01', [50], 100), enter(155)]);
    expect(outputs).toEqual([{ kind: 'scan', text: '01', aim: ']C1', certain: true }]);
  });

  it('is certain after STX', () => {
    const stx: WedgeKey = { code: 'KeyB', key: 'b', shift: false, ctrl: true, t: 0 };
    expect(run([stx, ...stream('77', [10], 10), enter(30)]).outputs).toEqual([{ kind: 'scan', text: '77', aim: null, certain: true }]);
  });

  it('keeps a group separator inside a code', () => {
    const gs: WedgeKey = { code: 'BracketRight', key: ']', shift: false, ctrl: true, t: 45 };
    expect(scans(run([...stream('10AB', [10]), gs, ...stream('21X', [10], 55), enter(90)]).outputs)).toEqual(['10AB\u001d21X']);
  });

  it('has a late second Enter swallowed too, but not one of a person', () => {
    const { wedge } = run([...stream('95200019', [10]), enter(80)]);
    expect(wedge.key(enter(130)).hold).toBe(true);
    expect(wedge.key(enter(900)).hold).toBe(false);
  });

  it('makes two scans of two codes in a row', () => {
    const keys = [...stream('11112222', [8]), enter(65), ...stream('33334444', [8], 200), enter(265)];
    expect(scans(run(keys).outputs)).toEqual(['11112222', '33334444']);
  });
});

describe('a person', () => {
  it('typing slowly gets every key back in order, and Enter works', () => {
    const keys = [...stream('mette 12', [140, 180, 95]), enter(2_000)];
    const { outputs, held } = run(keys);
    expect(scans(outputs)).toEqual([]);
    expect(typed(outputs)).toBe('mette 12');
    expect(held.at(-1)).toBe(false);
  });

  it('typing fast does not fire', () => {
    const keys = [...stream('wednesday', [48, 31, 58, 42, 55]), enter(500)];
    const { outputs, held } = run(keys);
    expect(scans(outputs)).toEqual([]);
    expect(typed(outputs)).toBe('wednesday');
    expect(held.at(-1)).toBe(false);
  });

  it('rolling three keys and pressing Enter at once does not fire', () => {
    const { outputs, held } = run([...stream('123', [10]), enter(35)]);
    expect(typed(outputs)).toBe('123');
    expect(held).toEqual([true, true, true, false]);
  });

  it('gets the letters of the own layout back', () => {
    expect(typed(run(stream('mat', [150], 0, cyrillic)).outputs)).toBe('ьфе');
  });

  it('pressing an arrow key in between gets held keys first', () => {
    const wedge = new Wedge();
    wedge.key(keyOf('a', 0));
    const step = wedge.key({ code: 'ArrowLeft', key: 'ArrowLeft', shift: false, t: 20 });
    expect(step.hold).toBe(false);
    expect(typed(step.outputs)).toBe('a');
  });

  it('pressing Shift alone changes nothing', () => {
    const wedge = new Wedge();
    wedge.key(keyOf('a', 0));
    expect(wedge.key({ code: 'ShiftLeft', key: 'Shift', shift: true, t: 10 })).toEqual({ hold: false, outputs: [] });
    expect(wedge.dueAt).toBe(60);
  });
});

describe('any stream', () => {
  /** A small generator of whole numbers, the same on every run. */
  function numbers(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
  }

  it('loses and doubles no key: each one is scanned, given back or let through', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = numbers(seed);
      let t = 0;
      const keys = Array.from({ length: 40 }, () => {
        t += 1 + next(90);
        return next(9) === 0 ? enter(t) : keyOf('abc0123456789'[next(13)] ?? 'a', t);
      });
      const { outputs, held } = run(keys);
      const out = outputs.map((output) => (output.kind === 'scan' ? output.text : output.keys.map((key) => key.key).join(''))).join('');
      expect(out).toBe(keys.filter((key) => key.key !== 'Enter').map((key) => key.key).join(''));
      expect(keys.every((key, at) => key.key === 'Enter' || held[at])).toBe(true);
    }
  });

  it('gives an endless run back instead of holding it', () => {
    const wedge = new Wedge();
    const outputs = stream('1'.repeat(3_100), [1]).flatMap((key) => wedge.key(key).outputs);
    expect(typed(outputs)).toHaveLength(3_073);
  });
});
