// A command of the queue in a sentence: what it is, where it stands, and what the server said about it.
import type { QueueItem } from '../../lib/generated/QueueItem';
import { t, tryText } from '../../lib/l10n.svelte';
import { codeWords } from './words';

/** True while the server has not answered. */
export function waits(item: QueueItem): boolean {
  return item.state === 'queued' || item.state === 'sending' || item.state === 'blocked';
}

/** What the command does. */
export function queueKind(item: QueueItem): string {
  return kindWord(item.kind);
}

/** What a kind of command does. */
export function kindWord(kind: string): string {
  return tryText(`phone-queue-kind-${kind.replaceAll('.', '-')}`) ?? t('phone-kind-other');
}

/** Where it stands, in a sentence. A refusal says why. */
export function queueSentence(item: QueueItem): string {
  if (item.state === 'rejected') return codeWords(item.code ?? 'internal', item.params);
  if (item.state === 'parked') return t('phone-queue-parked');
  if (item.state === 'blocked') return t('phone-queue-blocked');
  if (item.state === 'sending') return t('phone-queue-sending');
  if (item.state === 'queued') return t('phone-queue-queued');
  return item.code === 'adjusted' ? t('phone-queue-adjusted') : t('phone-queue-accepted');
}

/** The tone of that sentence. */
export function queueTone(item: QueueItem): 'waiting' | 'wrong' | 'done' {
  if (item.state === 'rejected' || item.state === 'blocked') return 'wrong';
  return waits(item) || item.state === 'parked' ? 'waiting' : 'done';
}
