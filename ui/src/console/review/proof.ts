// Which voucher a signal is about: its id names the command that used the voucher again.
import type { UsedTwice } from '../../lib/generated-console/UsedTwice';

const signalStart = 'signal:voucher:';

/** The voucher with the use that this signal tells of; null for other signals, and while it is not there. */
export function usedTwiceBy(review: string, known: readonly UsedTwice[]): UsedTwice | null {
  if (!review.startsWith(signalStart)) return null;
  const command = review.slice(signalStart.length);
  return known.find((voucher) => voucher.uses.some((use) => use.command === command)) ?? null;
}
