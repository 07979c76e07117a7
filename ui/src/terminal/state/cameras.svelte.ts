// The till's camera: which one was chosen, its preview, and the codes that the core finds in its frames.
import { toBase64 } from '../../lib/bytes';
import { call } from '../../lib/calls';
import { frameSidePxMax, RepeatGuard, type CameraState } from '../../lib/camera.svelte';
import { CallError, toCallError } from '../../lib/errors';
import { fit, jpegOf } from '../../lib/photo';
import { platform } from '../../lib/platform';

const chosenKey = 'carrot.till.camera';
const frameGapMs = 150;
const frameQuality = 0.85;

/** The id of the camera that was chosen on this device; empty for the browser's own choice. */
export function chosenCamera(): string {
  return localStorage.getItem(chosenKey) ?? '';
}

/** Keeps the choice of a camera on this device. */
export function chooseCamera(id: string): void {
  if (id === '') localStorage.removeItem(chosenKey);
  else localStorage.setItem(chosenKey, id);
}

/** The cameras of this device; empty where the page may not see any. */
export async function listCameras(): Promise<{ id: string; label: string }[]> {
  if (!platform().camera.live) return [];
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === 'videoinput').map((device) => ({ id: device.deviceId, label: device.label }));
  } catch {
    return [];
  }
}

/** One preview. Each code goes to `onText` once per look at it; `error` says why there is no picture. */
export class TillCamera {
  state = $state<CameraState>('off');
  error = $state.raw<CallError | null>(null);
  readonly #onText: (text: string) => void;
  readonly #guard = new RepeatGuard();
  readonly #canvas = document.createElement('canvas');
  #stream: MediaStream | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  /** Starts the preview and the reading; a refused or absent camera ends in `failed` with `no-camera`. */
  async start(video: HTMLVideoElement): Promise<void> {
    this.stop();
    const run = this.#run;
    this.state = 'starting';
    this.error = null;
    try {
      if (!platform().camera.live) throw new CallError('no-camera');
      const stream = await navigator.mediaDevices.getUserMedia({ video: wanted(), audio: false });
      if (run !== this.#run) return endTracks(stream);
      this.#stream = stream;
      video.srcObject = stream;
      await video.play();
      this.state = 'on';
      this.#next(video, run);
    } catch (thrown) {
      if (run !== this.#run) return;
      this.stop();
      this.error = thrown instanceof CallError ? thrown : new CallError('no-camera', { detail: String(thrown) });
      this.state = 'failed';
    }
  }

  /** Ends everything and frees the camera. */
  stop(): void {
    this.#run += 1;
    clearTimeout(this.#timer);
    if (this.#stream) endTracks(this.#stream);
    this.#stream = null;
    this.state = 'off';
  }

  /** One frame at a time: the next is taken only after the answer, so a slow core is never buried. */
  #next(video: HTMLVideoElement, run: number): void {
    this.#timer = setTimeout(() => {
      void this.#frame(video).finally(() => {
        if (run === this.#run) this.#next(video, run);
      });
    }, frameGapMs);
  }

  async #frame(video: HTMLVideoElement): Promise<void> {
    if (video.videoWidth === 0) return;
    const size = fit(video.videoWidth, video.videoHeight, frameSidePxMax);
    this.#canvas.width = size.width;
    this.#canvas.height = size.height;
    this.#canvas.getContext('2d')?.drawImage(video, 0, 0, size.width, size.height);
    try {
      const picture = await jpegOf(this.#canvas, frameQuality);
      for (const symbol of await call('read_image', { image_base64: toBase64(picture) })) {
        if (this.#guard.fresh(symbol.text, performance.now())) this.#onText(symbol.text);
      }
      this.error = null;
    } catch (thrown) {
      const problem = toCallError(thrown);
      // Most frames show no code; that is no error to a person who is still aiming.
      if (problem.code.replaceAll('_', '-') !== 'no-code-found') this.error = problem;
    }
  }
}

function wanted(): MediaTrackConstraints {
  const id = chosenCamera();
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  return id === '' ? { facingMode: 'environment', ...size } : { deviceId: { exact: id }, ...size };
}

function endTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
