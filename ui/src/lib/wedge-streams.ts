// Key streams for tests, as keyboards and scanners make them: every press with its position, what the system's layout
// makes of it, its modifiers, and the time since the press before.
import type { WedgeKey } from './wedge';

/** What the keys of the US layout write under others; capitals are those of the letter. */
const rows = {
  ru: { from: "qwertyuiop[]asdfghjkl;'zxcvbnm,./`", to: 'йцукенгшщзхъфывапролджэячсмитьбю.ё' },
  uk: { from: "qwertyuiop[]asdfghjkl;'zxcvbnm,./`", to: "йцукенгшщзхїфівапролджєячсмитьбю.'" },
  pl: { from: '', to: '' },
} as const;

export type Layout = keyof typeof rows;

const named: Record<string, string> = {
  '-': 'Minus', '=': 'Equal', '[': 'BracketLeft', ']': 'BracketRight', '\\': 'Backslash', ';': 'Semicolon', "'": 'Quote',
  ',': 'Comma', '.': 'Period', '/': 'Slash', '`': 'Backquote', ' ': 'Space',
};
const shifted: Record<string, string> = {
  '!': '1', '@': '2', '#': '3', $: '4', '%': '5', '^': '6', '&': '7', '*': '8', '(': '9', ')': '0', _: '-', '+': '=',
  '{': '[', '}': ']', '|': '\\', ':': ';', '"': "'", '<': ',', '>': '.', '?': '/', '~': '`',
};

/** How a scanner is set to send ASCII 29. */
export type Separator = 'ctrl' | 'f8' | 'char';

function codeOf(char: string): string {
  if (/[0-9]/.test(char)) return `Digit${char}`;
  return /[a-z]/.test(char) ? `Key${char.toUpperCase()}` : (named[char] ?? '');
}

/** One press of the key that writes `char` on a US keyboard, under a layout. */
export function press(char: string, t: number, layout: Layout = 'pl', separator: Separator = 'ctrl'): WedgeKey {
  if (char === '\u001d') {
    if (separator === 'f8') return { code: 'F8', key: 'F8', shift: false, t };
    if (separator === 'char') return { code: '', key: char, shift: false, t };
    return { code: 'BracketRight', key: layout === 'ru' ? 'ъ' : layout === 'uk' ? 'ї' : ']', shift: false, ctrl: true, t };
  }
  const plain = shifted[char] ?? char.toLowerCase();
  const shift = plain !== char;
  const row = rows[layout];
  const at = row.from.indexOf(plain);
  const written = at < 0 ? char : (row.to[at] ?? char);
  return { code: codeOf(plain), key: shift && at >= 0 ? written.toUpperCase() : written, shift, t };
}

const suffixes = { enter: ['Enter'], tab: ['Tab'], both: ['Enter', 'Enter'], none: [] } as const;

/** A stream and what stands behind it. */
export interface Recorded {
  layout?: Layout;
  separator?: Separator;
  suffix?: keyof typeof suffixes;
  start?: number;
}

/** `text` with the given gaps in milliseconds, which repeat, Shift pressed before each character that needs it. */
export function record(text: string, gaps: readonly number[], how: Recorded = {}): WedgeKey[] {
  const { layout = 'pl', separator = 'ctrl', suffix = 'enter', start = 0 } = how;
  const keys: WedgeKey[] = [];
  let t = start;
  let at = 0;
  const gap = () => gaps[at++ % gaps.length] ?? 0;
  for (const char of text) {
    if (keys.length > 0) t += gap();
    const key = press(char, t, layout, separator);
    if (key.shift) keys.push({ code: 'ShiftLeft', key: 'Shift', shift: true, t });
    if (key.ctrl === true) keys.push({ code: 'ControlLeft', key: 'Control', shift: false, ctrl: true, t });
    keys.push(key);
  }
  for (const key of suffixes[suffix]) {
    t += gap();
    keys.push({ code: key, key, shift: false, t });
  }
  return keys;
}

/** A stream after another, so many milliseconds after its last key. */
export function after(first: readonly WedgeKey[], pauseMs: number, then: readonly WedgeKey[]): WedgeKey[] {
  const from = (first.at(-1)?.t ?? 0) + pauseMs - (then[0]?.t ?? 0);
  return [...first, ...then.map((key) => ({ ...key, t: key.t + from }))];
}
