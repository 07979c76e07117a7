// The one door between screens and the core. A terminal's window and a device served over loopback look the same.
import { CallError } from './errors';
import { httpPlatform } from './http';
import { tauriPlatform } from './tauri';

/** What the host can do about pictures. `live` needs getUserMedia in a secure context; a file input always works. */
export interface CameraSupport {
  live: boolean;
}

/** A host of the screens. Calls reject with a CallError and nothing else. */
export interface Platform {
  readonly kind: 'tauri' | 'http';
  readonly camera: CameraSupport;
  /** Asks the core: `name(request) -> response`, both plain JSON. */
  call<Response = unknown>(name: string, request: unknown): Promise<Response>;
  /** Runs `changed` after each change of the core's state (a scan elsewhere, a sync); returns the way out. */
  subscribe(changed: () => void): () => void;
}

/** True inside the terminal's window. */
export function inTauri(): boolean {
  return '__TAURI_INTERNALS__' in globalThis;
}

/** True when the web view can show a live camera picture. */
export function liveCamera(): boolean {
  return globalThis.isSecureContext === true && typeof navigator.mediaDevices?.getUserMedia === 'function';
}

/** The host this page runs in. */
export function detectPlatform(): Platform {
  return inTauri() ? tauriPlatform() : httpPlatform();
}

let shared: Platform | null = null;

/** The platform of this page, made at first use. */
export function platform(): Platform {
  shared ??= detectPlatform();
  return shared;
}

/** Asks the core through this page's platform. */
export function call<Response = unknown>(name: string, request: unknown = {}): Promise<Response> {
  return platform().call<Response>(name, request);
}

/** A failure of the way to the core, not of the core. */
export function unreachable(detail: string): CallError {
  return new CallError('server-unreachable', { detail });
}
