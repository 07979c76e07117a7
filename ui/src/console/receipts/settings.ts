// The settings of the fiscal service as a form: texts that are read and checked before they are sent.
import type { ReceiptSettings } from '../../lib/generated-console/ReceiptSettings';
import type { ReceiptSettingsWish } from '../../lib/generated-console/ReceiptSettingsWish';
import { wholeNumber } from '../codes/wish';

/** What is typed. The token is written and never shown. */
export interface SettingsForm {
  url: string;
  token: string;
  perMinute: string;
  perDay: string;
  enabled: boolean;
  numberCounts: boolean;
  aliasCounts: boolean;
  cashier: string;
}

/** The form of the settings as they are. */
export function formOf(settings: ReceiptSettings): SettingsForm {
  return {
    url: settings.url, token: '', perMinute: String(settings.per_minute), perDay: String(settings.per_day), enabled: settings.enabled,
    numberCounts: settings.number_counts, aliasCounts: settings.alias_counts, cashier: settings.cashier,
  };
}

/** The fields that are wrong. */
export function wrongSettings(form: SettingsForm): ('url' | 'perMinute' | 'perDay')[] {
  const wrong: ('url' | 'perMinute' | 'perDay')[] = [];
  const url = form.url.trim();
  const address = /^https?:\/\/[^\s/]+/.test(url);
  if ((url !== '' && !address) || (form.enabled && url === '')) wrong.push('url');
  if ((wholeNumber(form.perMinute) ?? 0) < 1) wrong.push('perMinute');
  if ((wholeNumber(form.perDay) ?? 0) < 1) wrong.push('perDay');
  return wrong;
}

/** The wish that the server takes; null while something is wrong. What the form does not show stays as it is. */
export function settingsWish(form: SettingsForm, before: ReceiptSettings): ReceiptSettingsWish | null {
  const [per_minute, per_day] = [wholeNumber(form.perMinute), wholeNumber(form.perDay)];
  if (wrongSettings(form).length > 0 || per_minute === null || per_day === null) return null;
  const signals = ['off', 'note', 'review'] as const;
  const settings: ReceiptSettings = {
    ...before, url: form.url.trim(), per_minute, per_day, enabled: form.enabled, number_counts: form.numberCounts, alias_counts: form.aliasCounts,
    cashier: signals.find((signal) => signal === form.cashier) ?? 'off',
  };
  return { settings, token: form.token === '' ? null : form.token };
}
