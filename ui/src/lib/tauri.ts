// Host: the terminal's window. One command, `call`, carries every name; one event, `changed`, announces news.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { readError, toCallError } from './errors';
import { liveCamera, type Platform } from './platform';

/** The platform inside the terminal's window. */
export function tauriPlatform(): Platform {
  return {
    kind: 'tauri',
    camera: { live: liveCamera() },
    async call<Response>(name: string, request: unknown): Promise<Response> {
      let answer: unknown;
      try {
        answer = await invoke('call', { name, request });
      } catch (thrown) {
        throw toCallError(parsed(thrown));
      }
      const problem = isFailure(answer) ? readError(answer) : null;
      if (problem !== null) throw problem;
      return answer as Response;
    },
    subscribe(changed: () => void): () => void {
      const stop = listen('changed', () => changed());
      return () => void stop.then((end) => end()).catch(() => undefined);
    },
  };
}

/** A command may reject with JSON text; it is read as the object it stands for. */
function parsed(thrown: unknown): unknown {
  if (typeof thrown !== 'string') return thrown;
  try {
    return JSON.parse(thrown) as unknown;
  } catch {
    return thrown;
  }
}

function isFailure(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'error' in answer;
}
