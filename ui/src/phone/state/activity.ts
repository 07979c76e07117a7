// A line of history as a screen shows it: one of seven states, an icon, a title.
import type { IconName } from '../../components/icons';
import type { ActivityView } from '../../lib/generated/ActivityView';
import { t, tryText } from '../../lib/l10n.svelte';
import { stageWords } from './steps';
import { inWords } from './words';

/** Where a line stands, in the order of a claim's life. */
export type Standing = 'sending' | 'pending' | 'review' | 'attached' | 'confirmed' | 'refused' | 'reversed';

/** A line's standing. Only what the server has and counts is confirmed. */
export function standing(line: ActivityView): Standing {
  if (line.state === 'rejected') return 'refused';
  if (line.state === 'reversed') return 'reversed';
  if (line.because.some((reason) => reason.code === 'attached_to_existing')) return 'attached';
  if (line.state === 'review') return 'review';
  if (!line.confirmed) return 'sending';
  return line.state === 'active' ? 'confirmed' : 'pending';
}

/** The standing as one of the four words of a claim's answer, for those who test from outside. */
export function stateOf(at: Standing): 'pending' | 'confirmed' | 'attached' | 'refused' {
  if (at === 'confirmed' || at === 'attached') return at;
  return at === 'refused' || at === 'reversed' ? 'refused' : 'pending';
}

/** The chip of a standing: its shape and its word. */
export function chipOf(at: Standing): { state: 'done' | 'waiting' | 'wrong' | 'review' | 'none'; label: string } {
  const shapes = {
    sending: 'waiting', pending: 'waiting', review: 'review', attached: 'review', confirmed: 'done', refused: 'wrong',
    reversed: 'none',
  } as const;
  return { state: shapes[at], label: t(`phone-standing-${at}`) };
}

/** The chip of a line: a claim tells its step where that says more than its standing. */
export function chipFor(line: ActivityView): ReturnType<typeof chipOf> {
  const at = standing(line);
  const chip = chipOf(at);
  if (at === 'sending' && line.stage === 'sent') return { ...chip, label: stageWords('sent') };
  if (at === 'pending' && line.stage === 'checking') return { state: 'review', label: stageWords('checking') };
  if (at === 'pending' && line.stage === 'approved') return { ...chip, label: stageWords('approved') };
  if (at === 'confirmed' && line.stage === 'paid') return { ...chip, label: stageWords('paid') };
  return chip;
}

const icons: Record<string, IconName> = {
  sale: 'shop', claim: 'scan', visit: 'camera', quiz: 'lesson', redeem: 'gift', opening: 'flag', voucher: 'wallet',
};

/** The icon of a line's kind. */
export function iconOf(line: ActivityView): IconName {
  return icons[line.kind] ?? 'list';
}

/** What a line is about: its product, reward, task or lesson; its kind when it has none. */
export function titleOf(line: ActivityView): string {
  const subject = inWords(line.subject);
  return subject === '' ? kindWords(line.kind) : subject;
}

/** The word for a kind of line. */
export function kindWords(kind: string): string {
  return tryText(`phone-kind-${kind}`) ?? t('phone-kind-other');
}
