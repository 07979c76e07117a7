// What a visit lacks, which stop comes next, and how the day counts.
import { describe, expect, it } from 'vitest';
import type { StopView } from '../../lib/generated/StopView';
import { byDay, byNeed, dayWords, dueStops, isClosed, isSent, missing, nextStop, pendingPoints, stopChip } from './stops';

function stop(id: string, day: string, order: number, state: string): StopView {
  return {
    id, day, order, state, outlet_online: true, task: 'shelf', title: {}, text: {}, points: 60, photo_required: true,
    outlet: { id: 'o', name: 'Kiosk', address: 'Street 1', city: 'Town', currency: 'DKK', country: 'DK' },
    checklist: [{ code: 'eye', text: {} }, { code: 'price', text: {} }],
    shelf: { rows: [], share_bp: null }, draft: { checked_in_ms: null, answers: {}, photos: [], note: '' },
  };
}

describe('stops', () => {
  it('come in the order of days and of the route', () => {
    const days = byDay([stop('b', '2026-11-23', 1, 'open'), stop('c', '2026-11-22', 2, 'open'), stop('a', '2026-11-22', 1, 'open')]);
    expect(days.map((group) => group.stops.map((one) => one.id).join())).toEqual(['a,c', 'b']);
  });

  it('of today come first, then what was left over, then what comes', () => {
    const noon = new Date(2026, 10, 22, 12).getTime();
    const all = [
      stop('old', '2026-11-20', 1, 'approved'), stop('left', '2026-11-21', 1, 'open'), stop('now', '2026-11-22', 1, 'open'),
      stop('next', '2026-11-23', 1, 'open'), stop('ahead', '2026-11-24', 1, 'waiting'),
    ];
    expect(byNeed(all, noon).map((group) => group.stops[0]?.id)).toEqual(['now', 'left', 'next', 'ahead', 'old']);
    expect(dueStops(all, noon).map((one) => one.id)).toEqual(['old', 'left', 'now', 'ahead']);
  });

  it('tell finished here from sent', () => {
    const states = ['open', 'started', 'waiting', 'review', 'approved', 'refused'];
    const all = states.map((state, at) => stop(state, '2026-11-22', at, state));
    expect(all.filter(isClosed).map((one) => one.id)).toEqual(['waiting', 'review', 'approved', 'refused']);
    expect(all.filter(isSent).map((one) => one.id)).toEqual(['review', 'approved', 'refused']);
    expect(pendingPoints(all)).toBe(120);
  });

  it('lead to the first unfinished one after it, then to one before', () => {
    const route = [stop('a', '2026-11-22', 1, 'open'), stop('b', '2026-11-22', 2, 'waiting'), stop('c', '2026-11-23', 1, 'open')];
    expect(nextStop(route, 'b')?.id).toBe('c');
    expect(nextStop(route, 'c')?.id).toBe('a');
    expect(nextStop([stop('x', '2026-11-22', 1, 'review')], 'x')).toBeNull();
  });

  it('say what is missing until photo and answers are there', () => {
    const visit = stop('a', '2026-11-22', 1, 'started');
    expect(missing(visit)).toEqual(['A photo is missing', '2 questions are not answered']);
    visit.draft = { ...visit.draft, photos: ['f'], answers: { eye: false } };
    expect(missing(visit)).toEqual(['1 question is not answered']);
    visit.draft = { ...visit.draft, answers: { eye: false, price: true } };
    expect(missing(visit)).toEqual([]);
  });

  it('name today, and read an unknown state as open', () => {
    const noon = new Date(2026, 10, 22, 12).getTime();
    expect(dayWords('2026-11-22', noon)).toMatch(/^Today, /);
    expect(dayWords('2026-11-23', noon)).toMatch(/^Tomorrow, /);
    expect(dayWords('2026-11-25', noon)).toMatch(/25/);
    expect(stopChip(stop('a', '2026-11-22', 1, 'newer')).label).toBe('To do');
  });
});
