// When a device tries again by itself, in words.
import type { StatusView } from './generated/StatusView';
import { t } from './l10n.svelte';

/** Time that is left as `9:05`; `0:00` when it is over. Milliseconds in. */
export function clockLeft(leftMs: number): string {
  const seconds = Math.max(0, Math.floor(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `Tries again in 0:12`, while something waits or there is no network; null when it says nothing new or the queue has
    stopped. `nowMs` is this device's clock. */
export function nextTry(status: StatusView, nowMs: number): string | null {
  if (status.next_try_ms === null || status.blocked !== null) return null;
  if (status.online && status.waiting === 0) return null;
  const leftMs = status.next_try_ms - nowMs - status.clock_offset_ms;
  return leftMs > 0 ? t('offline-next-try', { time: clockLeft(leftMs) }) : t('offline-trying');
}
