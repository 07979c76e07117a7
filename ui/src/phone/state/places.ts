// The places of each role: the tabs at the bottom, the first screen, and which tab a screen belongs to.
import type { IconName } from '../../components/icons';
import { t } from '../../lib/l10n.svelte';
import { link } from './route.svelte';

/** A screen and the tab that is marked while it is open; no bar where `tab` is empty. */
export interface Place {
  screen: string;
  tab: string;
}

const tabIcons = {
  home: 'home', today: 'route', code: 'qr', activity: 'list', scan: 'scan', shop: 'gift', me: 'person',
} as const satisfies Record<string, IconName>;

type Tab = keyof typeof tabIcons;

const tabsByRole: Record<string, readonly Tab[]> = {
  merchandiser: ['today', 'activity', 'shop', 'me'],
  buyer: ['code', 'shop', 'activity', 'me'],
  owner: ['home', 'activity', 'me'],
};
const sellerTabs: readonly Tab[] = ['home', 'activity', 'scan', 'shop', 'me'];

/** Screens that are not tabs: who has them (nobody named: everybody), and the tab they belong to. */
const inner: Record<string, { tab: Tab | ''; roles?: readonly string[] }> = {
  result: { tab: '' },
  receipt: { tab: '', roles: ['seller', 'cashier'] },
  campaign: { tab: 'home' },
  lesson: { tab: '' },
  visit: { tab: '', roles: ['merchandiser'] },
  answer: { tab: '' },
  vouchers: { tab: 'shop' },
  voucher: { tab: '' },
  leave: { tab: '' },
  enrol: { tab: 'me' },
};

function idsOf(role: string): readonly Tab[] {
  return tabsByRole[role] ?? sellerTabs;
}

/** The role's first screen. */
export function firstOf(role: string): string {
  return idsOf(role)[0] ?? 'me';
}

/** The role's tabs, with their words in the screen's language. */
export function tabsOf(role: string): { id: string; label: string; icon: IconName; href: string }[] {
  return idsOf(role).map((id) => ({ id, label: t(`phone-tab-${id}`), icon: tabIcons[id], href: link(id) }));
}

/** The place that an address names, as far as the role has it; the first one otherwise. */
export function placeOf(role: string, screen: string): Place {
  const tabs = idsOf(role);
  if ((tabs as readonly string[]).includes(screen)) return { screen, tab: screen };
  const found = inner[screen];
  const allowed = found !== undefined && (found.roles === undefined || found.roles.includes(role));
  if (!allowed) return { screen: firstOf(role), tab: firstOf(role) };
  return { screen, tab: found.tab !== '' && tabs.includes(found.tab) ? found.tab : '' };
}
