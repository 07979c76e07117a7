// What a campaign says in one line: how much it counts and until when, and how far everybody is together.
import { formatDate, formatNumber } from '../../lib/format';
import type { CampaignView } from '../../lib/generated/CampaignView';
import { t } from '../../lib/l10n.svelte';
import { session } from './session.svelte';

const basisPoints = 10_000;

/** The factor in words, `× 2`. */
export function campaignFactor(campaign: CampaignView): string {
  return formatNumber(campaign.multiplier_bp / basisPoints, { maximumFractionDigits: 2 });
}

/** The last instant of a campaign, milliseconds: `ends_ms` is the first one after it. */
export function lastInstant(campaign: CampaignView): number {
  return campaign.ends_ms - 1;
}

/** Factor and time in one line. */
export function campaignTerms(campaign: CampaignView): string {
  const factor = campaignFactor(campaign);
  if (campaign.starts_ms > session.nowMs()) {
    return t('phone-campaign-from', { factor, date: formatDate(campaign.starts_ms, 'short') });
  }
  return t('phone-campaign-until', { factor, date: formatDate(lastInstant(campaign), 'short') });
}

/** `1,920 of 2,000`. */
export function campaignProgress(campaign: CampaignView): string {
  const [done, all] = [formatNumber(campaign.sold_units), formatNumber(campaign.target_units)];
  return t('phone-progress', { done, all });
}
