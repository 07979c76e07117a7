// Where the person is: `#screen/detail` of the address, so that the phone's own back key works.

/** A place within the phone's screens. */
export interface Route {
  screen: string;
  detail: string;
}

function readRoute(): Route {
  const [screen = '', ...rest] = location.hash.slice(1).split('/');
  try {
    return { screen, detail: decodeURIComponent(rest.join('/')) };
  } catch {
    return { screen, detail: '' };
  }
}

const trailMax = 100;
let now = $state.raw<Route>(readRoute());
/** Addresses of this visit, the present one last: links and the phone's own back key count as well. */
let trail: string[] = [location.hash.startsWith('#token=') ? '' : location.hash];

window.addEventListener('hashchange', () => {
  now = readRoute();
  const here = location.hash;
  trail = trail.at(-2) === here ? trail.slice(0, -1) : [...trail, here].slice(-trailMax);
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

/** Goes one step back, or to `home` when this visit began here. */
export function goBack(home: string): void {
  if (trail.length > 1) history.back();
  else go(home);
}
