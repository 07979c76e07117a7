// A file that the server makes on request, handed to the browser to be kept.
import { CallError } from './errors';
import { readAnswer } from './http';

/** The name that the server gives the file; `fallback` when it gives none. */
export function fileName(disposition: string | null, fallback: string): string {
  const name = /filename="([^"/\\]+)"/.exec(disposition ?? '')?.[1];
  return name === undefined || name === '' ? fallback : name;
}

/** Asks for a file with a JSON body and lets the browser keep it. Rejects with a CallError. */
export async function downloadFile(path: string, body: unknown, fallback: string): Promise<void> {
  let response: Response;
  try {
    const headers = { 'content-type': 'application/json', 'x-carrot-console': '1' };
    response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin' });
  } catch (thrown) {
    throw new CallError('server-unreachable', { detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  if (!response.ok) {
    await readAnswer(response);
    return;
  }
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName(response.headers.get('content-disposition'), fallback);
  link.click();
  // The browser has taken the bytes by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
