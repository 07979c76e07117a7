// Small helpers of a replay's report.
import type { Compared } from '../../lib/generated-console/Compared';
import type { Named } from '../../lib/generated-console/Named';
import { intlLocale } from '../../lib/l10n.svelte';

const linesMax = 12;

/** The name of a person or outlet; the beginning of the id where nobody knows one. */
export function nameIn(names: Named[], id: string): string {
  const name = names.find((named) => named.id === id)?.name ?? '';
  return name === '' ? id.slice(0, 8) : name;
}

/** The lines that matter: those that give or gave anything, the ones with the most first. */
export function shown(lines: Compared[]): Compared[] {
  const gives = lines.filter((line) => line.draft.points !== 0 || line.current.points !== 0);
  const size = (line: Compared) => Math.max(line.draft.points, line.current.points);
  return gives.sort((one, other) => size(other) - size(one)).slice(0, linesMax);
}

/** `May 2026` for `2026-05`. */
export function monthWords(key: string): string {
  const at = Date.parse(`${key}-15T12:00:00Z`);
  if (Number.isNaN(at)) return key;
  return new Intl.DateTimeFormat(intlLocale(), { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(at);
}
