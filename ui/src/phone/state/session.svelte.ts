// What every phone screen leans on: the device's standing, its programmes, and the programme's word for points.
import { call } from '../../lib/calls';
import { formatPoints, type PointsWord } from '../../lib/format';
import type { MembershipView } from '../../lib/generated/MembershipView';
import type { StatusView } from '../../lib/generated/StatusView';
import { setLanguage, t } from '../../lib/l10n.svelte';
import { isLanguage } from '../../lib/languages';
import { applyTheme } from '../../lib/theme';
import { Feed } from './feed.svelte';
import { tell } from './news';

const languageKey = 'carrot.language';
const emptyWord: PointsWord = {};

/** The device's standing and what follows from it. One per page. */
export class Session {
  readonly status = new Feed<StatusView>(() => call('status', {}));
  readonly memberships = new Feed<MembershipView[]>(() => call('memberships', {}));

  /** The person's role, `seller` where nothing is known yet. */
  get role(): string {
    return this.status.value?.person?.role || 'seller';
  }

  /** The programme's word for points by language and plural form. */
  get word(): PointsWord {
    return (this.status.value?.programme?.points_word as PointsWord | undefined) ?? emptyWord;
  }

  /** An amount of points with its word. */
  points(count: number, signed = false): string {
    return formatPoints(count, this.word, signed);
  }

  /** The programme's name; the product's own while nothing is known yet. */
  get programmeName(): string {
    return this.status.value?.programme?.name ?? t('phone-title');
  }

  /** The server's instant as far as this phone can tell, milliseconds. */
  nowMs(): number {
    return Date.now() + (this.status.value?.clock_offset_ms ?? 0);
  }

  /** Makes another programme the one that all screens are about. */
  async choose(programme_id: string): Promise<void> {
    this.status.put(await call('select_membership', { programme_id }));
    tell();
  }

  /** True when the queue stands still although there is a network. */
  get stuck(): boolean {
    return this.status.value?.blocked !== null && this.status.value?.blocked !== undefined;
  }

  /** Follows the device's standing until the returned function is called. */
  follow(): () => void {
    const leave = [this.status.follow(), this.memberships.follow()];
    return () => leave.forEach((end) => end());
  }

  /** Puts the programme's colours on the page; its own stay where the programme's are unreadable. */
  dress(): void {
    applyTheme(this.status.value?.programme?.theme ?? null);
  }

  /** Speaks the person's language until somebody chooses another on this phone or in the address. */
  async speak(): Promise<void> {
    const wished = this.status.value?.person?.language ?? '';
    const chosen = localStorage.getItem(languageKey) !== null || new URLSearchParams(location.search).has('lang');
    if (!chosen && isLanguage(wished)) await setLanguage(wished);
  }
}

/** The page's one session. */
export const session = new Session();
