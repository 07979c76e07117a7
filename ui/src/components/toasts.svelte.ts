// Short messages that pass by themselves, newest last; an undo can hang on one.

/** A passing message. */
export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'done' | 'wrong';
  undo: (() => void) | null;
}

/** Messages on the screen at one time. */
export const toastsMax = 3;
const stayMs = 6_000;
let nextId = 1;
let list = $state.raw<readonly Toast[]>([]);

/** The messages on the screen now; reactive. */
export function toasts(): readonly Toast[] {
  return list;
}

/** Takes a message away. */
export function dropToast(id: number): void {
  list = list.filter((toast) => toast.id !== id);
}

/** Shows a message for six seconds; the oldest leaves when there is no room. Returns its id. */
export function showToast(text: string, options: { tone?: Toast['tone']; undo?: () => void } = {}): number {
  const toast: Toast = { id: nextId, text, tone: options.tone ?? 'plain', undo: options.undo ?? null };
  nextId += 1;
  list = [...list, toast].slice(-toastsMax);
  setTimeout(() => dropToast(toast.id), stayMs);
  return toast.id;
}
