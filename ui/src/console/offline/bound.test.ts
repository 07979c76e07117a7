import { describe, expect, it } from 'vitest';
import type { DeviceRow } from '../../lib/generated-console/DeviceRow';
import type { LeaseRow } from '../../lib/generated-console/LeaseRow';
import { allowanceBoundOf, boundOf, lostOf, tillsOf } from './bound';

const device = (id: string, more: Partial<DeviceRow> = {}): DeviceRow => ({
  id, role: 'terminal', name: `till ${id}`, outlet: { id: 'o', name: 'Shop' }, participant: null, status: 'active', last_seq: 1, enrolled_ms: 0, seen_ms: 50, silent: false, forked: false, trust_version: 1, trust_behind: false, ...more,
});
const lease = (id: string, held_points: number, stale_ms = 200): LeaseRow => ({
  id, device: { id, name: `till ${id}` }, outlet: { id: 'o', name: 'Shop' }, granted_points: 500, held_points, loss_points: 0, cleared_points: 0, granted_ms: 0, stale_ms, written_off_ms: null, frozen_ms: null, seen_ms: 40,
});

describe('the bound', () => {
  it('is the number of terminals times a full lease while the budget reaches', () => {
    expect(boundOf({ heldPoints: 800, budgetPoints: 9_000, copiedPoints: 0, allowancePoints: 0, terminals: 3, leasePointsMax: 1_000 })).toEqual({
      nowPoints: 800, byTerminalsPoints: 3_000, byBudgetPoints: 9_800, honestPoints: 3_000, allowancePoints: 0, copiedPoints: 0, worstPoints: 3_000, budgetEnds: false,
    });
  });

  it('ends with the budget, and is never below what is out', () => {
    expect(boundOf({ heldPoints: 800, budgetPoints: 200, copiedPoints: 0, allowancePoints: 0, terminals: 3, leasePointsMax: 1_000 })).toMatchObject({ worstPoints: 1_000, budgetEnds: true });
    expect(boundOf({ heldPoints: 800, budgetPoints: -5, copiedPoints: 0, allowancePoints: 0, terminals: 0, leasePointsMax: 1_000 })).toMatchObject({ worstPoints: 800, byBudgetPoints: 800 });
  });
});

describe('copied terminals', () => {
  it('cost what the vouchers held besides what honest terminals can lose', () => {
    expect(boundOf({ heldPoints: 800, budgetPoints: 9_000, copiedPoints: 450, allowancePoints: 0, terminals: 3, leasePointsMax: 1_000 })).toMatchObject({ honestPoints: 3_000, copiedPoints: 450, worstPoints: 3_450 });
  });

  it('and what is allowed without escrow ends with the same budget', () => {
    expect(boundOf({ heldPoints: 800, budgetPoints: 9_000, copiedPoints: 0, allowancePoints: 900, terminals: 3, leasePointsMax: 1_000 })).toMatchObject({ honestPoints: 3_900, worstPoints: 3_900 });
    expect(boundOf({ heldPoints: 800, budgetPoints: 500, copiedPoints: 0, allowancePoints: 900, terminals: 1, leasePointsMax: 1_000 })).toMatchObject({ honestPoints: 1_300 });
  });

  it('cost nothing beyond the budget', () => {
    expect(boundOf({ heldPoints: 800, budgetPoints: 200, copiedPoints: 200, allowancePoints: 0, terminals: 3, leasePointsMax: 1_000 })).toMatchObject({ honestPoints: 1_000, worstPoints: 1_000 });
  });

  it('are marked before anything else is said of them', () => {
    const tills = tillsOf([device('a', { forked: true, status: 'revoked' })], [{ ...lease('a', 10), frozen_ms: 5 }], 100);
    expect(tills.map((till) => till.status)).toEqual(['frozen']);
  });
});

describe('the terminals', () => {
  it('stand with their leases, the fullest first, and a lease without its terminal is not forgotten', () => {
    const devices = [device('a'), device('b', { silent: true }), device('c', { status: 'revoked' }), device('d', { status: 'revoked' }), device('p', { role: 'phone' })];
    const tills = tillsOf(devices, [lease('a', 10), lease('b', 30), lease('c', 20), lease('gone', 5)], 100);
    expect(tills.map((till) => [till.id, till.heldPoints, till.status])).toEqual([['b', 30, 'silent'], ['c', 20, 'revoked'], ['a', 10, 'ready'], ['gone', 5, 'revoked']]);
  });

  it('tell a lease that is too old from none', () => {
    const tills = tillsOf([device('a'), device('b')], [lease('a', 10, 100)], 100);
    expect(tills.map((till) => till.status)).toEqual(['stale', 'none']);
  });

  it('say when a lease was given up, whatever became of the terminal', () => {
    const tills = tillsOf([device('a', { silent: true })], [{ ...lease('a', 0), written_off_ms: 90 }], 100);
    expect(tills.map((till) => [till.status, till.leaseId])).toEqual([['given_up', 'a']]);
  });
});

describe('a loss', () => {
  it('is uncleared until somebody looked', () => {
    const tills = tillsOf([device('a')], [{ ...lease('a', 10), loss_points: 70, cleared_points: 30 }], 100);
    expect(tills.map((till) => [till.lossPoints, till.unclearedPoints])).toEqual([[70, 40]]);
  });
});

describe('giving a lease up', () => {
  it('takes whole points up to what it holds', () => {
    expect(['0', '1 000', '500', '501', '-1', '1.5', 'all'].map((text) => lostOf(text, 500))).toEqual([0, null, 500, null, null, null, null]);
  });
});

describe('an allowance', () => {
  it('can cost its points at every terminal, and nothing else is confirmed', () => {
    expect(allowanceBoundOf('300', 4)).toEqual({ eachPoints: 300, boundPoints: 1_200 });
    expect(['', ' ', '0', '-1', '1.5', 'all', '9007199254740991'].map((text) => allowanceBoundOf(text, 4))).toEqual([null, null, null, null, null, null, null]);
    expect(allowanceBoundOf('300', 0)).toBeNull();
  });
});
