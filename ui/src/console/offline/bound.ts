// The most that can be lost without a network, now and at worst. Pure arithmetic on what the server says.
import type { DeviceRow } from '../../lib/generated-console/DeviceRow';
import type { LeaseRow } from '../../lib/generated-console/LeaseRow';

/** The worst case in points, with the numbers that it follows from. */
export interface Bound {
  /** All leases together: the most that honest terminals can lose with what is out now. */
  nowPoints: number;
  /** Every active terminal with a full lease: more is not lent to a terminal that lost until a manager clears it. */
  byTerminalsPoints: number;
  /** What leases hold and the budget that is free: nothing more can ever be lent out. */
  byBudgetPoints: number;
  /** The smaller of the two, and never below what is out now: the most that honest terminals can lose. */
  honestPoints: number;
  /** The part of it that no escrow stands behind. */
  allowancePoints: number;
  /** What copied terminals can cost besides, by vouchers that are out now. */
  copiedPoints: number;
  /** Both together; never more than the budget reaches. */
  worstPoints: number;
  /** True when the budget ends it, not the number of terminals. */
  budgetEnds: boolean;
}

/** What the bound follows from, in points; `terminals` counts the active ones. */
export interface Known {
  heldPoints: number;
  budgetPoints: number;
  copiedPoints: number;
  /** What terminals may still lose without escrow. */
  allowancePoints: number;
  terminals: number;
  leasePointsMax: number;
}

/** The bound for what is known. */
export function boundOf(known: Known): Bound {
  const byTerminalsPoints = known.terminals * known.leasePointsMax;
  const byBudgetPoints = known.heldPoints + Math.max(0, known.budgetPoints);
  const budgetEnds = byBudgetPoints < byTerminalsPoints;
  const leasedPoints = Math.max(known.heldPoints, Math.min(byTerminalsPoints, byBudgetPoints));
  const honestPoints = Math.min(leasedPoints + known.allowancePoints, byBudgetPoints);
  const worstPoints = Math.min(honestPoints + known.copiedPoints, byBudgetPoints);
  return { nowPoints: known.heldPoints, byTerminalsPoints, byBudgetPoints, honestPoints, allowancePoints: known.allowancePoints, copiedPoints: known.copiedPoints, worstPoints, budgetEnds };
}

/** A terminal with its lease, when it has one. */
export interface Till {
  id: string;
  name: string;
  place: { id: string; name: string } | null;
  heldPoints: number;
  grantedPoints: number;
  /** All that was lost under its lease. */
  lossPoints: number;
  /** Lost, and not looked into by a manager yet. */
  unclearedPoints: number;
  /** Redeeming under the lease stops at this instant; null without a lease. */
  staleMs: number | null;
  /** Zero when nobody knows. */
  seenMs: number;
  /** The lease's id; null without one. */
  leaseId: string | null;
  status: 'ready' | 'stale' | 'silent' | 'revoked' | 'frozen' | 'given_up' | 'none';
}

function statusOf(device: DeviceRow | undefined, lease: LeaseRow | undefined, atMs: number): Till['status'] {
  if (lease && lease.written_off_ms !== null) return 'given_up';
  if (device?.forked || (lease && lease.frozen_ms !== null)) return 'frozen';
  if (!device || device.status !== 'active') return 'revoked';
  if (device.silent) return 'silent';
  if (!lease || lease.held_points === 0) return 'none';
  return lease.stale_ms <= atMs ? 'stale' : 'ready';
}

/** All terminals, those that hold most first; a lease whose terminal is gone stays in the list, for its points are out. */
export function tillsOf(devices: readonly DeviceRow[], leases: readonly LeaseRow[], atMs: number): Till[] {
  const byDevice = new Map(leases.map((lease) => [lease.device.id, lease]));
  const known = new Map(devices.filter((device) => device.role === 'terminal').map((device) => [device.id, device]));
  const ids = new Set([...byDevice.keys(), ...[...known.values()].filter((device) => device.status === 'active').map((device) => device.id)]);
  const tills = [...ids].map((id): Till => {
    const [device, lease] = [known.get(id), byDevice.get(id)];
    return {
      id,
      name: device?.name || lease?.device.name || '',
      place: device?.outlet ?? lease?.outlet ?? null,
      heldPoints: lease?.held_points ?? 0,
      grantedPoints: lease?.granted_points ?? 0,
      lossPoints: lease?.loss_points ?? 0,
      unclearedPoints: lease ? Math.max(0, lease.loss_points - lease.cleared_points) : 0,
      leaseId: lease?.id ?? null,
      staleMs: lease?.stale_ms ?? null,
      seenMs: device?.seen_ms ?? lease?.seen_ms ?? 0,
      status: statusOf(device, lease, atMs),
    };
  });
  return tills.sort((a, b) => b.heldPoints - a.heldPoints || a.name.localeCompare(b.name));
}

/** A typed number of lost points between nothing and what the lease holds; null when it is none. */
export function lostOf(text: string, heldPoints: number): number | null {
  const points = Number(text.replace(/[\s\u00a0\u202f]/g, ''));
  return Number.isSafeInteger(points) && points >= 0 && points <= heldPoints ? points : null;
}

/** What a typed allowance per terminal can cost with so many terminals; null when it is no such number. */
export function allowanceBoundOf(text: string, terminals: number): { eachPoints: number; boundPoints: number } | null {
  const eachPoints = lostOf(text, Number.MAX_SAFE_INTEGER);
  if (text.trim() === '' || eachPoints === null || eachPoints === 0 || terminals === 0) return null;
  const boundPoints = eachPoints * terminals;
  return Number.isSafeInteger(boundPoints) ? { eachPoints, boundPoints } : null;
}
