// Camera frames apart from the camera: their size, and a guard against reading one code twice.

/** Longest side of a frame that is sent to the core, pixels. */
export const frameSidePxMax = 960;
/** A code seen again within this time is the same look at it, not a second one. */
export const repeatGuardMs = 3_000;

/** Remembers codes for `repeatGuardMs`; the instant is given, so it can be tested. */
export class RepeatGuard {
  readonly #seen = new Map<string, number>();

  /** True when `text` was not seen lately; seeing it renews its time. */
  fresh(text: string, nowMs: number): boolean {
    const last = this.#seen.get(text);
    for (const [old, at] of this.#seen) if (nowMs - at > repeatGuardMs) this.#seen.delete(old);
    this.#seen.set(text, nowMs);
    return last === undefined || nowMs - last > repeatGuardMs;
  }
}
