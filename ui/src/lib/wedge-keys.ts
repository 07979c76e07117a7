// What a key position means on the layout that scanners send for (US): digits and letters come out the same whether
// the system's layout is Latin or Cyrillic.

const marks: Record<string, [plain: string, shifted: string]> = {
  Minus: ['-', '_'], Equal: ['=', '+'], BracketLeft: ['[', '{'], BracketRight: [']', '}'], Backslash: ['\\', '|'],
  Semicolon: [';', ':'], Quote: ["'", '"'], Comma: [',', '<'], Period: ['.', '>'], Slash: ['/', '?'],
  Backquote: ['`', '~'], Space: [' ', ' '], IntlBackslash: ['\\', '|'],
  NumpadAdd: ['+', '+'], NumpadSubtract: ['-', '-'], NumpadMultiply: ['*', '*'], NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
};
const shiftedDigits = ')!@#$%^&*(';

/** ASCII 2, which some scanners send before a code. */
export const startOfText = '\u0002';
/** ASCII 29, FNC1 inside a GS1 code. */
export const groupSeparator = '\u001d';
const recordSeparator = '\u001e';
const endOfTransmission = '\u0004';

/**
 * The control character that a scanner means: sent as itself, as Ctrl with the key of its letter, or as F8, which many
 * scanners are set to send for FNC1. Null for every other key.
 */
export function controlChar(code: string, key: string, shift: boolean, ctrl: boolean): string | null {
  if ([startOfText, groupSeparator, recordSeparator, endOfTransmission].includes(key)) return key;
  if (code === 'F8' && !ctrl && !shift) return groupSeparator;
  if (!ctrl) return null;
  if (code === 'KeyB') return startOfText;
  if (code === 'BracketRight') return groupSeparator;
  if (code === 'KeyD') return endOfTransmission;
  return code === 'Digit6' && shift ? recordSeparator : null;
}

/** The character of a key position, or null for a key that writes none. `key` helps where a keyboard gives no position. */
export function scannerChar(code: string, key: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const digit = /^Digit([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return shift ? (shiftedDigits[Number(digit)] ?? null) : digit;
  const pad = /^Numpad([0-9])$/.exec(code)?.[1];
  if (pad !== undefined) return pad;
  const pair = marks[code];
  if (pair !== undefined) return shift ? pair[1] : pair[0];
  return (code === '' || code === 'Unidentified') && [...key].length === 1 ? key : null;
}
