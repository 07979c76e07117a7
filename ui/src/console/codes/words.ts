// A series of codes in words and figures: its levels, its parts, what became of its pieces.
import { formatNumber } from '../../lib/format';
import type { Figures } from '../../lib/generated-console/Figures';
import type { Series } from '../../lib/generated-console/Series';
import type { SeriesLevel } from '../../lib/generated-console/SeriesLevel';
import { t } from '../../lib/l10n.svelte';
import { wordOf } from '../state/words';

/** A level's word; the operator's own words stand for themselves. */
export function levelWord(name: string): string {
  return wordOf('level', name);
}

/** The levels above pieces with what each holds, the largest first; empty for a series of pieces alone. */
export function levelsWords(levels: readonly SeriesLevel[]): string {
  const above = levels.slice(1).reverse();
  return above.map((level) => t('console-level-of', { level: levelWord(level.name), count: formatNumber(level.pieces) })).join(' · ');
}

/** How many places a level has. */
export function placesOf(series: Series, level: number): number {
  const size = series.levels[level]?.pieces ?? 0;
  return size > 0 ? Math.ceil(series.pieces / size) : 0;
}

/** One part of the bar of a series. */
export interface BarPart {
  id: string;
  label: string;
  value: number;
  look: 'full' | 'half' | 'dots' | 'wrong' | 'open';
}

/** What became of the pieces, each counted once: scanned, void, on their way, still here. */
export function barOf(figures: Figures): BarPart[] {
  const scanned = Math.min(figures.scanned, figures.printed);
  const stopped = Math.min(figures.void, figures.printed - scanned);
  const away = Math.max(0, Math.min(figures.shipped, figures.printed) - scanned - stopped);
  const here = Math.max(0, figures.printed - scanned - stopped - away);
  return [
    { id: 'scanned', label: t('console-pieces-scanned'), value: scanned, look: 'full' },
    { id: 'away', label: t('console-pieces-away'), value: away, look: 'half' },
    { id: 'here', label: t('console-pieces-here'), value: here, look: 'open' },
    { id: 'void', label: t('console-pieces-void'), value: stopped, look: 'wrong' },
  ];
}

/** The whole counts of a series, as they are. What cannot be told is left out. */
export function countsOf(figures: Figures): { label: string; value: string; testid: string }[] {
  const rows: [string, number | null][] = [
    ['printed', figures.printed], ['shipped', figures.shipped], ['scanned', figures.scanned], ['returned', figures.returned], ['void', figures.void],
  ];
  return rows
    .filter((row): row is [string, number] => row[1] !== null)
    .map(([id, value]) => ({ label: wordOf('pieces', id), value: formatNumber(value), testid: `series-${id}` }));
}
