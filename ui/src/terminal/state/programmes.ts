// The programmes of a till in words: who is signed in, what waits, what is not booked yet.
import { CallError, describeError } from '../../lib/errors';
import { formatPoints, type PointsWord } from '../../lib/format';
import type { MembershipView } from '../../lib/generated/MembershipView';
import { t } from '../../lib/l10n.svelte';

/** What was handed out without a network and is not booked yet; a till without a lease has none. */
export function exposureOf(programme: MembershipView): string {
  if (programme.exposure_points === null) return t('terminal-programme-no-lease');
  return t('terminal-lease-exposure', { points: formatPoints(programme.exposure_points, programme.points_word as PointsWord) });
}

/** What waits there: how many, or why they do not go out. */
export function waitsOf(programme: MembershipView): string {
  if (programme.blocked !== null) return describeError(new CallError(programme.blocked)).what;
  const link = programme.online ? t('badge-online') : t('badge-offline');
  return `${link} · ${t('badge-waiting', { count: programme.waiting })}`;
}

/** One line under a programme's name: who is signed in there, and what waits when something does. */
export function standingOf(programme: MembershipView): string {
  const who = programme.person === null ? t('terminal-programme-nobody') : t('terminal-programme-person', { name: programme.person });
  return programme.waiting > 0 || programme.blocked !== null ? `${who} · ${waitsOf(programme)}` : who;
}

/** When the oldest of what waits was made; null where nothing waits. */
export function oldestOf(rows: readonly { oldest_waiting_ms: number | null }[]): number | null {
  const known = rows.map((one) => one.oldest_waiting_ms).filter((ms) => ms !== null);
  return known.length === 0 ? null : Math.min(...known);
}
