// One ear for "something changed", shared by all screens: the core's own word, a slow clock beside it (a phone that
// slept may have missed the word), and the moment the page is looked at again.
import { platform } from '../../lib/platform';

const clockMs = 4_000;
const listeners = new Set<() => void>();
let hush: (() => void) | null = null;

/** Says to every screen that something changed: after a call of this page's own. */
export function tell(): void {
  for (const listener of [...listeners]) listener();
}

function begin(): () => void {
  const leave = platform().subscribe(tell);
  const clock = setInterval(() => {
    if (document.visibilityState === 'visible') tell();
  }, clockMs);
  document.addEventListener('visibilitychange', tell);
  return () => {
    leave();
    clearInterval(clock);
    document.removeEventListener('visibilitychange', tell);
  };
}

/** Runs `listener` after each change, and every few seconds; returns the way out. */
export function onNews(listener: () => void): () => void {
  listeners.add(listener);
  hush ??= begin();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    hush?.();
    hush = null;
  };
}
