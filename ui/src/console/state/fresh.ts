// Screens that keep themselves fresh while somebody is there. A screen left alone asks for nothing, so that its session
// can end.

const attentionMs = 10 * 60_000;
let lastInput = Date.now();

for (const kind of ['pointerdown', 'keydown', 'wheel']) {
  window.addEventListener(kind, () => (lastInput = Date.now()), { passive: true, capture: true });
}

/** Runs `work` every `everyMs` while the page is seen and was used in the last ten minutes; returns how to end it. */
export function keepFresh(everyMs: number, work: () => void): () => void {
  const timer = setInterval(() => {
    const used = Date.now() - lastInput < attentionMs;
    if (used && document.visibilityState === 'visible') work();
  }, everyMs);
  return () => clearInterval(timer);
}
