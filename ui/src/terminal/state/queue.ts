// A queued command in words: what it is, how it stands, and why where that needs saying.
import { call } from '../../lib/calls';
import { describeReason } from '../../lib/errors';
import type { MembershipView } from '../../lib/generated/MembershipView';
import type { QueueItem } from '../../lib/generated/QueueItem';
import type { StatusView } from '../../lib/generated/StatusView';
import { t, tryText } from '../../lib/l10n.svelte';

/** A state as a chip with its word, and the reason when the server did not simply take it. */
export interface QueueChip {
  state: 'done' | 'waiting' | 'wrong' | 'review' | 'none';
  word: string;
  why: string | null;
}

/** The commands of one programme; `programme` is null on a till that has only one. */
export interface QueueGroup {
  programme: MembershipView | null;
  items: readonly QueueItem[];
}

/** What waits and what was answered, by programme. */
export async function queueGroups(programmes: readonly MembershipView[], limit: number): Promise<QueueGroup[]> {
  if (programmes.length < 2) return [{ programme: null, items: await call('queue', { limit }) }];
  return Promise.all(programmes.map(async (programme) => ({ programme, items: await call('queue', { limit, programme_id: programme.programme_id }) })));
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
