// The console's way to the server: same-origin JSON over the server's own API, with the session cookie.
import { fetchJson } from './http';

/** Calls `METHOD path` with a JSON body; rejects with a CallError. Changing calls say that they come from the console. */
export async function rest<Response = unknown>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', 'x-carrot-console': '1' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal !== undefined) init.signal = signal;
  return (await fetchJson(path, init)) as Response;
}
