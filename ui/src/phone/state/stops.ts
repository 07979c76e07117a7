// Stops of a route: their days, their states in words, what a visit still lacks, and which one comes next.
import { formatDate } from '../../lib/format';
import type { StopView } from '../../lib/generated/StopView';
import { t } from '../../lib/l10n.svelte';

const dayMs = 86_400_000;

/** True when the visit was finished on this phone or before. */
export function isClosed(stop: StopView): boolean {
  return stop.state !== 'open' && stop.state !== 'started';
}

/** True when the server has the finished visit. */
export function isSent(stop: StopView): boolean {
  return isClosed(stop) && stop.state !== 'waiting';
}

/** Points of finished visits that nobody has approved yet. */
export function pendingPoints(stops: readonly StopView[]): number {
  const waiting = stops.filter((stop) => stop.state === 'waiting' || stop.state === 'review');
  return waiting.reduce((sum, stop) => sum + stop.points, 0);
}

/** Days in order with their stops in order. */
export function byDay(stops: readonly StopView[]): { day: string; stops: StopView[] }[] {
  const days = new Map<string, StopView[]>();
  for (const stop of stops) days.set(stop.day, [...(days.get(stop.day) ?? []), stop]);
  return [...days].map(([day, list]) => ({ day, stops: list.sort((a, b) => a.order - b.order) })).sort((a, b) => a.day.localeCompare(b.day));
}

function localDay(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Days as the merchandiser needs them: today, then what was left over, then what comes. */
export function byNeed(stops: readonly StopView[], nowMs: number): { day: string; stops: StopView[] }[] {
  const today = localDay(nowMs);
  const days = byDay(stops);
  const left = days.filter((group) => group.day < today && group.stops.some((stop) => !isClosed(stop)));
  const done = days.filter((group) => group.day < today && group.stops.every(isClosed));
  return [...days.filter((group) => group.day === today), ...left, ...days.filter((group) => group.day > today), ...done];
}

/** The stops that count now: those up to today, and those that were done ahead of their day. */
export function dueStops(stops: readonly StopView[], nowMs: number): StopView[] {
  const today = localDay(nowMs);
  return stops.filter((stop) => stop.day <= today || isClosed(stop));
}

/** A day in words: today and tomorrow by name, others by weekday and date. */
export function dayWords(day: string, nowMs: number): string {
  const date = formatDate(day, 'long', 'UTC');
  if (day === localDay(nowMs)) return t('phone-day-today', { date });
  if (day === localDay(nowMs + dayMs)) return t('phone-day-tomorrow', { date });
  return date;
}

/** The chip of a stop's state. A state that is not known yet reads as open. */
export function stopChip(stop: StopView): { state: 'done' | 'waiting' | 'wrong' | 'review' | 'none'; label: string } {
  const shapes = {
    open: 'none', started: 'none', waiting: 'waiting', review: 'review', approved: 'done', refused: 'wrong',
  } as const;
  const known = (Object.keys(shapes) as (keyof typeof shapes)[]).find((state) => state === stop.state) ?? 'open';
  return { state: shapes[known], label: t(`phone-stop-${known}`) };
}

/** What the visit still lacks, as sentences; empty when it can be closed. */
export function missing(stop: StopView): string[] {
  const open = stop.checklist.filter((item) => stop.draft.answers[item.code] === undefined).length;
  const out: string[] = [];
  if (stop.photo_required && stop.draft.photos.length === 0) out.push(t('phone-visit-needs-photo'));
  if (open > 0) out.push(t('phone-visit-needs-answers', { count: open }));
  return out;
}

/** The stop to go to after `done`: the first unfinished one after it, else the first unfinished of all. */
export function nextStop(stops: readonly StopView[], done: string): StopView | null {
  const order = byDay(stops).flatMap((group) => group.stops);
  const at = order.findIndex((stop) => stop.id === done);
  const rest = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))];
  return rest.find((stop) => !isClosed(stop)) ?? null;
}
