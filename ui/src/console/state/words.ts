// What the server's data says, in the person's words.
import { formatPoints, formatSigned, pointsWord } from '../../lib/format';
import type { ReviewRow } from '../../lib/generated-console/ReviewRow';
import { intlLocale, t, tryText } from '../../lib/l10n.svelte';
import { who } from './session.svelte';

const microPerUnit = 1_000_000;

/** The programme's word for points. */
export function word() {
  return who()?.points_word ?? {};
}

/** `1,240 beans`. */
export function points(count: number): string {
  return formatPoints(count, word());
}

/** `+120 beans`. */
export function signedPoints(count: number): string {
  const name = pointsWord(count, word());
  return name === '' ? formatSigned(count) : `${formatSigned(count)}\u00a0${name}`;
}

/** A text of the programme in the screen's language; English, then any, stands in. */
export function inWords(texts: { [key in string]: string } | null | undefined): string {
  if (!texts) return '';
  return texts[intlLocale()] ?? texts.en ?? Object.values(texts)[0] ?? '';
}

/** A word for a member of an open set: `console-{set}-{value}`; an unknown one stands for itself. */
export function wordOf(set: string, value: string): string {
  return tryText(`console-${set}-${value.replaceAll('_', '-').replaceAll('.', '-')}`) ?? value;
}

/** A name, or what stands for one that nobody knows. */
export function nameOf(named: { id: string; name: string } | null | undefined): string {
  if (!named) return t('console-nobody');
  return named.name === '' ? named.id.slice(0, 8) : named.name;
}

/** Whom a review is about: a person, or the device that a signal is about. */
export function aboutOf(review: Pick<ReviewRow, 'participant' | 'device'>): string {
  if (review.device === null) return nameOf(review.participant);
  const device = nameOf(review.device);
  if (review.device.id === review.participant.id) return t('console-review-device', { device });
  return t('console-review-device-of', { device, name: nameOf(review.participant) });
}

/** Pieces of a quantity in millionths. */
export function pieces(micro: number): number {
  return micro / microPerUnit;
}

/** How an activity's state looks as a chip. */
export function chipOf(state: string): 'done' | 'waiting' | 'wrong' | 'review' | 'none' {
  if (state === 'active' || state === 'approved' || state === 'accepted') return 'done';
  if (state === 'pending') return 'waiting';
  if (state === 'review' || state === 'open' || state === 'parked') return 'review';
  if (state === 'rejected' || state === 'refused' || state === 'revoked' || state === 'reversed') return 'wrong';
  return 'none';
}
