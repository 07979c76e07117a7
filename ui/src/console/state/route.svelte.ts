// Where the person is: `#screen/detail` of the address, so that links and the browser's own back key work.
import { markLeaving } from './ready';

/** A place within the console. */
export interface Route {
  screen: string;
  detail: string;
}

function readRoute(): Route {
  const [screen = '', ...rest] = location.hash.replace(/^#\/?/, '').split('/');
  try {
    return { screen, detail: decodeURIComponent(rest.join('/')) };
  } catch {
    return { screen, detail: '' };
  }
}

let now = $state.raw<Route>(readRoute());

window.addEventListener('hashchange', () => {
  const next = readRoute();
  if (next.screen !== now.screen) markLeaving();
  now = next;
});

/** The place now; reactive. */
export function route(): Route {
  return now;
}

/** The address of a place. */
export function link(screen: string, detail = ''): string {
  return detail === '' ? `#${screen}` : `#${screen}/${encodeURIComponent(detail)}`;
}

/** Goes to a place. */
export function go(screen: string, detail = ''): void {
  location.hash = link(screen, detail);
}
