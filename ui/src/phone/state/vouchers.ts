// Vouchers in words: points that were put aside for one till, and what became of them.
import type { TillView } from '../../lib/generated/TillView';
import type { VoucherView } from '../../lib/generated/VoucherView';
import { t } from '../../lib/l10n.svelte';

/** A till with its shop: `Vesterbro · Till 2`. Empty when nothing about it is known. */
export function tillWords(till: TillView): string {
  return [till.outlet_name ?? '', till.name].filter((part) => part !== '').join(' · ');
}

/** True while the points are still put aside. */
export function isOpen(voucher: VoucherView): boolean {
  return voucher.state === 'asked' || voucher.state === 'open' || voucher.state === 'ready' || voucher.state === 'shown' || voucher.state === 'cancelled';
}

/** A voucher's state as a chip: its shape and its word. */
export function voucherChip(voucher: VoucherView, nowMs: number): { state: 'done' | 'waiting' | 'wrong' | 'review' | 'none'; label: string } {
  if (isOpen(voucher) && voucher.expires_ms <= nowMs) return { state: 'waiting', label: t('offline-voucher-returning') };
  switch (voucher.state) {
    case 'asked':
    case 'open':
      return { state: 'waiting', label: t('offline-voucher-on-its-way') };
    case 'ready':
      return { state: 'done', label: t('offline-voucher-ready') };
    case 'shown':
      return { state: 'waiting', label: t('offline-voucher-shown') };
    case 'cancelled':
      return { state: 'waiting', label: t('offline-voucher-cancelled') };
    case 'spent':
      return { state: 'none', label: t('offline-voucher-spent') };
    case 'returned':
      return { state: 'none', label: t('offline-voucher-returned') };
    case 'disputed':
      return { state: 'review', label: t('offline-voucher-disputed') };
    default:
      return { state: 'none', label: voucher.state };
  }
}

/** Lives that a voucher can be asked for, hours. */
export const livesH = [2, 24, 72, 168] as const;

/** The whole points in a typed text; null when it is no number above zero. */
export function pointsOf(text: string): number | null {
  const points = Number(text.replace(/[\s\u00a0\u202f]/g, ''));
  return text.trim() !== '' && Number.isSafeInteger(points) && points > 0 ? points : null;
}
