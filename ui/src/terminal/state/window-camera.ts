// The camera of the terminal's window: the program opens it and sends pictures with the codes that are in them.
import { invoke } from '@tauri-apps/api/core';
import { toCallError } from '../../lib/errors';
import type { SymbolView } from '../../lib/generated/SymbolView';

/** A camera in the program's list. */
export interface WindowCamera {
  index: number;
  name: string;
}

/** One look through it: a small JPEG in base64, and the codes in the full picture. */
export interface Look {
  preview_base64: string;
  symbols: SymbolView[];
}

/** The machine's cameras. Rejects with a CallError when the system does not let the program ask. */
export function windowCameras(): Promise<WindowCamera[]> {
  return asked('camera_list');
}

/** One picture; opens the camera at first. Rejects with a CallError when it cannot be used. */
export function lookThrough(index: number): Promise<Look> {
  return asked('camera_read', { index });
}

/** Lets the camera go; a failure of that changes nothing for the person. */
export async function closeWindowCamera(): Promise<void> {
  await invoke('camera_close').catch(() => undefined);
}

async function asked<Answer>(command: string, args: Record<string, unknown> = {}): Promise<Answer> {
  try {
    return await invoke<Answer>(command, args);
  } catch (thrown) {
    throw toCallError(thrown);
  }
}
