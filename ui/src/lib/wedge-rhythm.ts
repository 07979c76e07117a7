// The rhythm of a run of keys, as figures: gaps, their middle, and where a person's keys end and a scanner's begin.

/** The times between keys. */
export function gapsOf(times: readonly number[]): number[] {
  return times.slice(1).map((t, at) => t - (times[at] ?? t));
}

/** The middle one; the larger of two, and infinity of none. */
export function median(gaps: readonly number[]): number {
  const sorted = [...gaps].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Infinity;
}

/** How many keys before a scan may have been a person's: whoever types on while the other hand scans. */
const headKeysMax = 6;
/** A scan of fewer keys cannot be told from the end of a word. */
const tailKeysMin = 8;
/** The last gap of a person is at least so many times those of the scanner, and this long. */
const headTimes = 4;
const headGapMs = 20;

/**
 * How many keys at the start of a run a person typed: the last gap among the first ones that is a person's while all
 * the keys behind it come at a scanner's pace. Zero for a run that is one thing.
 */
export function headOf(gaps: readonly number[], limits: { burstMs: number }): number {
  for (let at = Math.min(headKeysMax, gaps.length) - 1; at >= 0; at -= 1) {
    const gap = gaps[at] ?? 0;
    const tail = gaps.slice(at + 1);
    if (tail.length + 1 < tailKeysMin || gap < headGapMs) continue;
    const pace = median(tail);
    // A wireless scanner pauses as well, but again and again: a person's gap has nothing like it behind it.
    const alone = tail.every((later) => later * 2 < gap);
    if (alone && pace < limits.burstMs && gap >= headTimes * pace) return at + 1;
  }
  return 0;
}

/** Whether a text is a whole trade item number, so that nothing more is to come. */
export function isNumberWithCheckDigit(text: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false;
  const digits = [...text].map(Number).reverse();
  return digits.reduce((sum, digit, at) => sum + digit * (at % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}
