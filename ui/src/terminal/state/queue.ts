// A queued command in words: what it is, how it stands, and why where that needs saying.
import { describeReason } from '../../lib/errors';
import type { QueueItem } from '../../lib/generated/QueueItem';
import type { StatusView } from '../../lib/generated/StatusView';
import { t, tryText } from '../../lib/l10n.svelte';

/** A state as a chip with its word, and the reason when the server did not simply take it. */
export interface QueueChip {
  state: 'done' | 'waiting' | 'wrong' | 'review' | 'none';
  word: string;
  why: string | null;
}

/** What was done, as a short sentence. */
export function queueSentence(item: QueueItem): string {
  return kindSentence(item.kind);
}

/** What a kind of command did, as a short sentence. */
export function kindSentence(kind: string): string {
  return tryText(`terminal-did-${kind.replace(/[._]/g, '-')}`) ?? t('terminal-did-other', { kind });
}

/** How a command stands. */
export function chipOf(item: QueueItem): QueueChip {
  const why = item.code === null || item.code === 'ok' ? null : describeReason(item.code, item.params);
  switch (item.state) {
    case 'queued':
      return { state: 'waiting', word: t('terminal-item-queued'), why };
    case 'sending':
      return { state: 'waiting', word: t('terminal-item-sending'), why };
    case 'accepted':
    case 'reflected':
      return { state: 'done', word: t('terminal-item-accepted'), why: null };
    case 'rejected':
      return { state: 'wrong', word: t('state-wrong'), why };
    case 'parked':
      return { state: 'review', word: t('state-review'), why };
    case 'blocked':
      return { state: 'wrong', word: t('terminal-item-blocked'), why };
    default:
      return { state: 'none', word: item.state, why };
  }
}

/** What a command that was not sent yet waits for; null for the others. */
export function waitsFor(item: QueueItem, status: Pick<StatusView, 'online' | 'blocked'>): string | null {
  if (item.state !== 'queued') return null;
  if (status.blocked !== null) return t('offline-item-behind');
  return status.online ? t('offline-item-turn') : t('offline-item-network');
}
