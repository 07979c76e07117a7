// Geometry of the small charts, apart from their drawing.

/** A point of a chart, in units of its data. */
export interface ChartPoint {
  x: number;
  y: number;
}

/** The largest value and zero, so that bars and lines stand on the ground; never an empty range. */
export function topOf(values: readonly number[]): number {
  return Math.max(1, ...values);
}

/** Points as an SVG path in a box of `width` by `height`, y upwards from zero to `top`. */
export function linePath(values: readonly number[], width: number, height: number, top: number, slots = values.length): string {
  const step = slots > 1 ? width / (slots - 1) : 0;
  return values
    .map((value, at) => `${at === 0 ? 'M' : 'L'}${(at * step).toFixed(1)} ${(height - (value / top) * height).toFixed(1)}`)
    .join('');
}

/** Round steps for an axis up to `top`: at most `count` of 1, 2 or 5 times a power of ten. */
export function axisSteps(top: number, count = 4): number[] {
  const raw = Math.max(1, top) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power);
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, at) => at * step);
}
