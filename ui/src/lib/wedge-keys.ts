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
