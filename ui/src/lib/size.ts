// Sizes in pixels that keep their shape.

/** Width and height that fit into `sideMax` with the same shape, at least 1 pixel each. */
export function fit(width: number, height: number, sideMax: number): { width: number; height: number } {
  const scale = Math.min(1, sideMax / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
