// The sign that what a place shows is on the screen, for those who take pictures of it or test it.
import { tick } from 'svelte';

/** Takes the sign away: something else is about to come. */
export function markLeaving(): void {
  delete document.body.dataset.ready;
}

/** Sets the sign once what is known now has been drawn. */
export async function markReady(): Promise<void> {
  await tick();
  document.body.dataset.ready = 'true';
}
