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

let now = $state.raw<Route>(readRoute());
let depth = 0;

window.addEventListener('hashchange', () => {
  now = readRoute();
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
  depth += 1;
  location.hash = link(screen, detail);
}

/** Goes one step back, or to `home` when this visit began here. */
export function goBack(home: string): void {
  if (depth > 0) {
    depth -= 1;
    history.back();
  } else go(home);
}
