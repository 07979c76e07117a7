// Derivations cut into lines: with line numbers, without them, and with shares of a value.
import { describe, expect, it } from 'vitest';
import { isInner, lineSums, wholeEvent } from './derivation';
import type { Derivation } from './generated/Derivation';

const step = (name: string, points: number, line = wholeEvent, params: Derivation['params'] = {}): Derivation => ({ step: name, rule: 'r', version: 1, line, params, points });
const cut = (derivation: Derivation[]) => lineSums(derivation).map((sum) => [sum.line, sum.product, sum.steps.map((one) => one.step).join(' '), sum.points]);

describe('a derivation', () => {
  it('is cut by line numbers, however the lines take turns', () => {
    const steps = [step('per_unit', 10, 0), step('per_unit', 7, 1), step('per_amount', 12, 0), step('multiplier', 24, 0), step('fixed', 50), step('capped', 30)];
    expect(cut(steps)).toEqual([[0, null, 'per_unit per_amount multiplier', 24], [1, null, 'per_unit', 7], [-1, null, 'fixed capped', 30]]);
  });

  it('without line numbers begins a line with each price', () => {
    const old = [step('per_unit', 240, -1, { product: 'duo' }), step('multiplier', 360), step('per_unit', 12, -1, { product: 'beans' }), step('per_amount', 1)];
    const { line: _, ...stored } = step('per_unit', 5);
    expect(cut([...old, stored as Derivation])).toEqual([
      [-1, 'duo', 'per_unit multiplier', 360], [-1, 'beans', 'per_unit', 12], [-1, null, 'per_amount', 1], [-1, null, 'per_unit', 5],
    ]);
  });

  it('keeps the steps of a shared value beside the share, and adds only the share', () => {
    const inner = { inner: true };
    const steps = [step('per_unit', 9, 0), step('per_unit', 30, 0, inner), step('per_unit', 7, 2, inner), step('level', 5), step('per_unit', 37, 1, inner), step('part', 18, 1)];
    const sums = lineSums(steps);
    expect(cut(steps)).toEqual([[0, null, 'per_unit', 9], [-1, null, 'per_unit per_unit level', 5], [1, null, 'per_unit part', 18]]);
    expect(sums.flatMap((sum) => sum.steps).filter(isInner)).toHaveLength(3);
    expect(sums.reduce((sum, part) => sum + part.points, 0)).toBe(32);
  });
});
