// A photo on its way in a sentence: how far it has come and what it waits for.
import { formatNumber } from '../../lib/format';
import type { UploadView } from '../../lib/generated/UploadView';
import { t } from '../../lib/l10n.svelte';

const bytesPerMegabyte = 1024 * 1024;

/** A size in megabytes, as people say it. */
function megabytes(bytes: number): string {
  return formatNumber(bytes / bytesPerMegabyte, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
}

/** True when it waits for something that a person may overrule. */
export function held(upload: UploadView): boolean {
  return upload.waits_for === 'upload_metered' || upload.waits_for === 'upload_battery_low';
}

/** What it waits for, or how far it has come. */
export function uploadSentence(upload: UploadView): string {
  const size = megabytes(upload.bytes);
  if (upload.waits_for === 'upload_metered') return t('phone-upload-metered', { size });
  if (upload.waits_for === 'upload_battery_low') return t('phone-upload-battery-low');
  if (upload.waits_for !== null) return t('phone-upload-command');
  if (upload.sent_bytes > 0) return t('phone-upload-sent', { sent: megabytes(upload.sent_bytes), size });
  return t('phone-upload-next');
}
