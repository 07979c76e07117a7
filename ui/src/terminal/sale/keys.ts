// The function keys of the till: what each does, when it can, and the name that tests know it by.
import { showToast } from '../../components/toasts.svelte';
import { t } from '../../lib/l10n.svelte';
import type { Till } from '../state/till.svelte';

/** A key of the till. `off` says that there is nothing for it to act on now. */
export interface TillKey {
  key: string;
  label: string;
  testid: string;
  off: boolean;
  run: () => void;
}

function removeLine(till: Till): void {
  const line = till.sale.selected;
  if (line) showToast(t('terminal-removed'), { undo: till.sale.remove(line.id) });
}

function clearSale(till: Till): void {
  showToast(t('terminal-cleared'), { undo: till.sale.clear() });
  till.said = { state: 'ready', text: '' };
}

/** The key that finishes the sale, and the one that opens the choice of programme. */
export const finishKey = 'F10';
export const switchKey = 'F11';

/** All keys but F10, which is the finish button, and F11, which stands in the head. Reads reactive state: call it where that may be followed. */
export function tillKeys(till: Till): TillKey[] {
  const sale = till.sale;
  const nothing = sale.empty && sale.buyer === null && sale.receiptKey === null;
  const open = (panel: NonNullable<Till['panel']>) => () => (till.panel = panel);
  return [
    { key: 'F1', label: t('terminal-key-item'), testid: 'item-open', off: false, run: () => till.search('') },
    { key: 'F2', label: t('terminal-key-buyer'), testid: 'buyer-open', off: false, run: open('buyer') },
    { key: 'F3', label: t('terminal-key-seller'), testid: 'seller-open', off: false, run: open('seller') },
    { key: 'F4', label: t('terminal-key-void'), testid: 'void-last', off: false, run: open('void') },
    { key: 'F5', label: t('terminal-key-amount'), testid: 'amount-open', off: false, run: open('amount') },
    { key: 'F6', label: t('terminal-key-quantity'), testid: 'quantity-open', off: sale.empty, run: () => till.askPieces() },
    { key: 'F7', label: t('terminal-key-remove'), testid: 'line-remove', off: sale.empty, run: () => removeLine(till) },
    { key: 'F8', label: t('terminal-key-clear'), testid: 'clear', off: nothing, run: () => clearSale(till) },
    { key: 'F9', label: t('terminal-key-redeem'), testid: 'redeem-open', off: false, run: () => till.redeem() },
  ];
}

/** What a key does now, decided once; it does nothing while something else is open. Undefined for keys that are none of the till's. */
export function actOf(till: Till, keys: readonly TillKey[], key: string): (() => void) | undefined {
  const nothing = () => undefined;
  const seen = till.station.problem === null;
  if (key === finishKey && till.panel === 'other') return seen ? () => void till.finishFirst() : nothing;
  const free = seen && till.panel === null;
  if (key === finishKey) return free ? () => void till.finish() : nothing;
  if (key === switchKey) return free && till.station.several ? () => (till.panel = 'programmes') : nothing;
  const found = keys.find((one) => one.key === key);
  if (!found) return undefined;
  return free && !found.off ? found.run : nothing;
}
