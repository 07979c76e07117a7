// The arithmetic behind an award, step by step, cut into the lines of what was sold.
import type { Derivation } from './generated/Derivation';

/** The line number of steps that concern no single line. */
export const wholeEvent = -1;

/** The steps of one line in their order, and what they come to. */
export interface LineSum {
  /** From zero; -1 for the event as a whole, and for arithmetic that was stored before lines had numbers. */
  line: number;
  /** The product that the steps name; only arithmetic without line numbers does. */
  product: string | null;
  steps: Derivation[];
  points: number;
}

/** True for a step of the value that the next share is of: it explains and does not add. */
export function isInner(step: Derivation): boolean {
  return step.params.inner === true;
}

/** Without line numbers a line begins with what its pieces or its amount give. */
function begins(step: Derivation): boolean {
  return step.step === 'per_unit' || step.step === 'per_amount';
}

/**
 * A derivation cut into lines, in the order in which they first appear. The steps of a shared value stand with the
 * share, whichever lines the value is of.
 */
export function lineSums(derivation: readonly Derivation[]): LineSum[] {
  const sums: LineSum[] = [];
  let inner: Derivation[] = [];
  for (const step of derivation) {
    if (isInner(step)) {
      inner.push(step);
      continue;
    }
    const line = step.line ?? wholeEvent;
    let sum = line === wholeEvent && begins(step) ? undefined : sums.findLast((candidate) => candidate.line === line);
    if (!sum) {
      const product = typeof step.params.product === 'string' ? step.params.product : null;
      sum = { line, product, steps: [], points: 0 };
      sums.push(sum);
    }
    sum.steps.push(...inner, step);
    sum.points = step.points;
    inner = [];
  }
  return sums;
}
