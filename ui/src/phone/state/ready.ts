// The sign that the first real data is on the screen, for those who take pictures of it.
import { tick } from 'svelte';

/** Marks the page once what is known now has been drawn. */
export async function markReady(): Promise<void> {
  await tick();
  document.body.dataset.ready = 'true';
}
