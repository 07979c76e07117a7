// Keeps the chosen row of a list where it can be seen.

/** Svelte action: brings the node into view when it becomes the chosen one. */
export function intoView(node: HTMLElement, chosen: boolean): { update: (chosen: boolean) => void } {
  const show = (now: boolean) => {
    if (now) node.scrollIntoView({ block: 'nearest' });
  };
  show(chosen);
  return { update: show };
}
