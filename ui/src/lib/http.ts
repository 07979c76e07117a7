// Host: a device that serves its screens over loopback. The token comes once in the address (`#token=…`), is taken
// out of it at once, and lives in the tab only.
import { CallError, readError } from './errors';
import { liveCamera, unreachable, type Platform } from './platform';

const tokenKey = 'carrot.token';
const retryMs = 2_000;

/** Moves the token from the address to the tab's storage; returns the token, empty when there is none. */
export function takeToken(): string {
  const found = new URLSearchParams(location.hash.slice(1)).get('token');
  if (found !== null) {
    sessionStorage.setItem(tokenKey, found);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(tokenKey) ?? '';
}

/** Reads an answer: JSON on success; `{error}` or a bare status becomes a CallError. */
export async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  let body: unknown = null;
  try {
    body = text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    if (response.ok) throw new CallError('internal', { detail: `not JSON: ${text.slice(0, 80)}` });
  }
  const failed = !response.ok || (typeof body === 'object' && body !== null && 'error' in body);
  if (!failed) return body;
  throw readError(body) ?? statusError(response.status);
}

function statusError(status: number): CallError {
  if (status === 401 || status === 403) return new CallError('not-permitted', { status });
  if (status >= 502 && status <= 504) return unreachable(`status ${status}`);
  return new CallError('internal', { detail: `status ${status}` });
}

/** Fetches and reads; a broken connection becomes `server-unreachable`. */
export async function fetchJson(input: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(input, init);
  } catch (thrown) {
    throw unreachable(thrown instanceof Error ? thrown.message : String(thrown));
  }
  return readAnswer(response);
}

/** The platform over loopback HTTP. */
export function httpPlatform(): Platform {
  const token = takeToken();
  return {
    kind: 'http',
    camera: { live: liveCamera() },
    async call<Response>(name: string, request: unknown): Promise<Response> {
      const answer = await fetchJson(`/call/${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-carrot-token': token },
        body: JSON.stringify(request ?? {}),
      });
      return answer as Response;
    },
    subscribe: (changed) => followEvents(`/events?token=${encodeURIComponent(token)}`, changed),
  };
}

/** Follows server-sent events; any event counts as news. A stream that ends for good is opened again after a pause. */
function followEvents(url: string, changed: () => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const open = () => {
    if (stopped) return;
    source = new EventSource(url);
    source.onmessage = () => changed();
    source.addEventListener('changed', () => changed());
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, retryMs);
    };
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}
